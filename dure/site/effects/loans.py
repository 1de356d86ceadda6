"""Lending to a member, or not."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dure.domains.governance.queries.effects import Decided, Effect, Place, Setting, type_data
from dure.domains.loans import commands as loans
from dure.domains.loans import queries
from dure.kernel.acts import Act
from dure.kernel.money import format_won

from .choosing import Choosing


class Lend(Choosing):
    about = "loan_id"
    loan_id = forms.TypedChoiceField(label=_("Loan"), coerce=int)
    waiting = staticmethod(queries.loan_choices)


def loan_before_vote(data: type_data, place: Place) -> Setting:
    party_id, findings = queries.loan_for_vote(int(data["loan_id"]), place.day)
    return Setting(findings, concerned=frozenset({party_id}))


def decide_loan(act: Act, data: type_data, decided: Decided) -> str:
    loan_id = int(data["loan_id"])
    if decided.adopted:
        made = loans.approve_loan(
            act, loan_id=loan_id, decided_by=decided.reference, decided_date=decided.on_date
        )
        return _now("A loan of %(won)s is approved.") % {"won": format_won(made.won)}
    loans.refuse_loan(
        act, loan_id=loan_id, decided_by=decided.reference, decided_date=decided.on_date,
        reason=_now("The vote on it did not carry."),
    )  # fmt: skip
    return _now("The loan is refused.")


EFFECTS = {
    "loans.approve_loan": Effect(
        _("Lend to a member"), "business", Lend, decide_loan, loan_before_vote,
        also_rejected=True, names_people=True,
    ),
}  # fmt: skip
