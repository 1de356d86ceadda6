"""Who may do what about loans. Deny by default; each no says why."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.verdict import ALLOW, Verdict, deny

OFFICERS = ("loan_officer", "secretariat", "administrator", "operator", "system")
READERS = (*OFFICERS, "bookkeeper", "auditor")
BELONGING = ("member", "representative")


def can_lay_down_loan_product(act: Act) -> Verdict:
    if act.holds(*OFFICERS):
        return ALLOW
    return deny(_("Only the loan officer and the secretariat lay loan products down."))


can_end_loan_product = can_lay_down_loan_product


def can_see_loan_products(act: Act) -> Verdict:
    if act.holds(*READERS, *BELONGING):
        return ALLOW
    return deny(_("Loans are for members. Log in first."))
