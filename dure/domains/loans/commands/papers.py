"""Papers of a loan, issued with a number that anybody can check."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from dure.domains.memberships import commands as memberships
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.refusals import InvalidInput, Refusal

from .. import policies, queries
from ..events import LoanCertified
from ..models import Loan

__all__ = ["LoanNotPaidOut", "LoanPaperUnknown", "LoanYearImpossible", "issue_loan_paper"]

BALANCE, INTEREST = "loan_balance", "loan_interest"


class LoanPaperUnknown(InvalidInput):
    """Two kinds of certificate."""

    text = _("Choose the certificate: of the balance, or of the interest of a year.")


class LoanNotPaidOut(Refusal):
    """What was not lent has no balance."""

    text = _("This loan was not paid out yet; there is nothing to certify.")


class LoanYearImpossible(InvalidInput):
    """Years between the pay-out and now."""

    text = _("%(year)s is no year in which this loan ran.")


@command
def issue_loan_paper(
    act: Act, *, loan_id: int, kind: str, year: int | None = None, site_url: str = ""
) -> int:
    """Issue the certificate of balance as of today (loan_balance), or of the interest paid in a year
    (loan_interest, this year by default); the id of the paper.

    Raises LoanPaperUnknown, LoanNotPaidOut, LoanYearImpossible.
    """
    card = queries.loan_card(act, loan_id)
    policies.can_issue_loan_paper(act, card).enforce()
    if kind not in (BALANCE, INTEREST):
        raise LoanPaperUnknown
    if card.paid_out_date is None:
        raise LoanNotPaidOut
    of_year = year or act.today.year
    if not card.paid_out_date.year <= of_year <= act.today.year:
        raise LoanYearImpossible(year=of_year)
    # ---
    if kind == BALANCE:
        said, span = queries.balance_said(card), (act.today, act.today + timedelta(days=1))
        won = card.left_won
    else:
        said, span = (
            queries.interest_said(card, of_year),
            (date(of_year, 1, 1), date(of_year + 1, 1, 1)),
        )
        won = sum(queries.interest_paid(card, of_year))
    paper = memberships.issue_room_paper(
        act, kind=kind, party_id=card.party_id, name=card.name, said=said, from_date=span[0],
        until_date=span[1], amount_won=won, site_url=site_url,
    )  # fmt: skip
    record(act, LoanCertified(card.id, card.party_id, kind, str(paper)))
    return int(paper.pk)


def issue_contract(act: Act, loan: Loan, day: date, site_url: str) -> int:
    """The contract as it is signed, numbered and kept; what it says is digested with it."""
    paper = memberships.issue_room_paper(
        act, kind="loan_contract", party_id=loan.party_id, name=loan.party.name,
        said=queries.contract_said(loan, loan.contract, day, loan.on_paper), from_date=day,
        until_date=day + timedelta(days=1), amount_won=loan.won, site_url=site_url,
    )  # fmt: skip
    return int(paper.pk)
