"""Mutual aid within a fund run for others: it has books of its own beside those of the loans."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _, gettext_noop

from dure.domains.ledger import commands as ledger, queries as books
from dure.domains.ledger.rules import ENTRUSTED
from dure.domains.memberships.queries.books import entry_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.refusals import Refusal

from .. import policies
from ..events import AidBooksOpened
from ..models import SelfHelpFund
from ..rules import aid_code_of
from .taking_on import FundCodeTaken

__all__ = ["AidBooksOpenAlready", "open_aid_books"]

_NAME = gettext_noop("%(name)s: mutual aid")
_PURPOSE = gettext_noop("Mutual aid of %(name)s, run on commission")


class AidBooksOpenAlready(Refusal):
    """Once for each fund."""

    text = _("The mutual aid of “%(name)s” has its books already.")


@command
def open_aid_books(act: Act, *, fund_id: int) -> SelfHelpFund:
    """Open the books in which a fund keeps its mutual aid: entrusted too, and apart from its loans. The
    rules, the people and their capital are those of the fund.

    Raises AidBooksOpenAlready, FundCodeTaken, and the refusals of the ledger.
    """
    fund: SelfHelpFund = SelfHelpFund.objects.hold(fund_id)
    policies.can_open_aid_books(act).enforce()
    if fund.aid_code:
        raise AidBooksOpenAlready(name=fund.name)
    code = aid_code_of(fund.code)
    if code in books.chart().funds:
        raise FundCodeTaken(code=code)
    # ---
    ledger.open_fund(
        act, code=code, name=entry_text(_NAME, name=fund.name)[:80], restriction=ENTRUSTED,
        purpose=entry_text(_PURPOSE, name=fund.name),
    )  # fmt: skip
    fund.aid_code = code
    fund.save(update_fields=["aid_code"])
    record(act, AidBooksOpened(fund.pk, fund.name, code))
    return fund
