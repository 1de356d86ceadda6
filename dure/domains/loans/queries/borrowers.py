"""Who borrows, and whose money: the network's from a member; or that of an association's fund, from who
takes part in it. Rules, capital and loans are always those of one and the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import Rulebook
from dure.domains.ledger import queries as ledger
from dure.domains.ledger.rules import ENTRUSTED
from dure.domains.memberships import queries as memberships
from dure.domains.memberships.queries import shares
from dure.domains.memberships.queries.duties import Use
from dure.domains.parties import queries as parties
from dure.domains.self_help import queries as self_help
from dure.kernel.refusals import Refusal

from ..models import Loan

__all__ = [
    "NETWORK",
    "Borrower",
    "FundOfOthers",
    "Lender",
    "borrower",
    "borrower_of",
    "lender_of",
    "rules_of",
]


class FundOfOthers(Refusal):
    """A fund lends to those whose money it is."""

    text = _("“%(fund)s” does not lend to %(name)s: its money is that of others.")
    remedy = _("Choose a product of the fund that the borrower takes part in.")


@dataclass(frozen=True, slots=True)
class Lender:
    """Whose money is lent; `owner`: the code of a fund run for others, "" for the network's own."""

    owner: str = ""

    def rules_on(self, day: date) -> Rulebook:
        return bylaws.rules_on(day, self.owner)

    @property
    def funds(self) -> tuple[str, ...]:
        """The funds of the books that are its."""
        if self.owner:
            return (self.owner,)
        own = (fund for fund in ledger.funds() if fund.restriction != ENTRUSTED)
        return tuple(fund.code for fund in own)

    @property
    def said(self) -> str:
        """Who lends, as a contract names it."""
        profile = parties.network_profile()
        network = profile.name if profile else ""
        if not self.owner:
            return network
        fund, association = self_help.fund_named(self.owner)
        return _now("%(association)s (%(fund)s; run on commission by %(network)s)") % {
            "association": association, "fund": fund, "network": network,
        }  # fmt: skip

    @property
    def loans(self) -> Q:
        """Its loans, and no others."""
        return Q(participant__fund__code=self.owner) if self.owner else Q(participant=None)

    @property
    def capital_won(self) -> int:
        return self_help.capital(self.owner) if self.owner else shares.capital().won

    def capital_moves(self, since: date) -> dict[date, int]:
        if self.owner:
            return self_help.capital_moves(self.owner, since)
        return shares.capital_moves(since)


NETWORK = Lender()


@dataclass(frozen=True, slots=True)
class Borrower:
    """One who may borrow from a lender, as it stands on a day."""

    lender: Lender
    party_id: int
    name: str
    number: int | None
    is_member: bool
    is_person: bool
    joined_date: date | None
    late_dues_won: int
    membership_id: int | None = None
    participant_id: int | None = None

    @property
    def loans(self) -> Q:
        """Its own loans out of that money."""
        if self.participant_id is not None:
            return Q(participant=self.participant_id)
        return Q(membership=self.membership_id)

    @property
    def capital_won(self) -> int:
        if self.participant_id is not None:
            return self_help.own_capital(self.participant_id)
        assert self.membership_id is not None
        return shares.holding(self.membership_id).won

    def capital_moves(self, since: date) -> dict[date, int]:
        if self.participant_id is not None:
            return self_help.capital_moves(self.lender.owner, since, self.participant_id)
        return shares.capital_moves(since, self.membership_id)

    def need_fund(self, fund: str) -> None:
        """Raises FundOfOthers when the money is not that of whose borrower this is."""
        if lender_of(fund) != self.lender:
            raise FundOfOthers(name=self.name, fund=ledger.chart().fund(fund).name)

    def need_benefit(self, on: date) -> None:
        """Raises BenefitRests."""
        if self.membership_id is not None:
            memberships.need_benefit(self.membership_id, Use.LOAN, on)


def borrower(
    on: date, *, membership_id: int | None = None, participant_id: int | None = None
) -> Borrower:
    """A member of the network, or who takes part in a fund run for others. Raises NotFound."""
    if participant_id is not None:
        one = self_help.participation(participant_id, on)
        return Borrower(
            Lender(one.code), one.party_id, one.name, None, one.is_participant, one.is_person,
            one.joined_date, 0,
            participant_id=one.id,
        )  # fmt: skip
    found = memberships.borrower(membership_id or 0, on)
    return Borrower(
        NETWORK, found.party_id, found.name, found.number, found.is_member, found.is_person, found.joined_date,
        found.late_dues_won, membership_id=membership_id,
    )  # fmt: skip


def borrower_of(loan: Loan, on: date) -> Borrower:
    """Who borrowed."""
    return borrower(on, membership_id=loan.membership_id, participant_id=loan.participant_id)


def lender_of(fund: str) -> Lender:
    """Whose money a fund of the books is."""
    return Lender(self_help.owner_of(fund)) if fund else NETWORK


def rules_of(fund: str, on: date) -> Rulebook:
    """The rules for what is lent out of a fund of the books: those of whose money it is."""
    return lender_of(fund).rules_on(on)
