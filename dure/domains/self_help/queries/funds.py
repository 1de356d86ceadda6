"""The funds run for others: the desk of all, one on its own page, the fee that is due."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.db.models import Count, Q, Sum

from dure.domains.ledger import queries as ledger
from dure.domains.ledger.rules import INCOME
from dure.kernel.acts import Act
from dure.kernel.dates import Month, parse_month
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import Contribution, Mandate, Participant, SelfHelpFund
from ..rules import fee_won, period_of

__all__ = [
    "ChargeLine", "Commission", "Lending", "MandateLine", "ParticipantLine", "SelfHelpFundCard",
    "charges_of", "commission_of", "mandates_of", "my_funds", "participants_of", "self_help_fund",
    "self_help_funds", "wire_lending",
]  # fmt: skip

ROWS_MAX = 500
PERIODS_BACK = 24  # months that are looked at for fees that were not taken


@dataclass(frozen=True, slots=True)
class Lending:
    """What is lent out of a fund, as the room above counts it."""

    running: int = 0
    waiting: int = 0
    left_won: int = 0
    late: int = 0
    late_won: int = 0


_lending: list[Callable[[Collection[str], date], Mapping[str, Lending]]] = []


def wire_lending(count: Callable[[Collection[str], date], Mapping[str, Lending]]) -> None:
    """Called once, by the site: what is lent out of funds on a day, by their codes."""
    assert not _lending, "already wired"
    _lending.append(count)


@dataclass(frozen=True, slots=True)
class Commission:
    """The fee of a period, by the contract that holds at its end."""

    from_date: date
    until_date: date
    lent_won: int
    income_won: int
    won: int

    @property
    def month(self) -> str:
        return str(Month.of(self.from_date))

    @property
    def last_date(self) -> date:
        return self.until_date - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class MandateLine:
    contract: str
    from_date: date
    until_date: date | None
    fee_of: str
    fee: str
    period: str
    fee_won: int
    share: Fraction

    @property
    def share_parts(self) -> tuple[int, int]:
        return self.share.numerator, self.share.denominator


@dataclass(frozen=True, slots=True)
class ParticipantLine:
    id: int
    party_id: int
    name: str
    joined_date: date
    left_date: date | None
    won: int


@dataclass(frozen=True, slots=True)
class ChargeLine:
    from_date: date
    last_date: date
    won: int
    charged_date: date
    entry_id: int


@dataclass(frozen=True, slots=True)
class SelfHelpFundCard:
    """One fund, as it stands today."""

    id: int
    code: str
    name: str
    association_id: int
    association: str
    taken_on_date: date
    participants: int
    capital_won: int
    money_won: int
    lending: Lending
    mandate: MandateLine
    due: tuple[Commission, ...]  # periods that are over and whose fee was not taken

    @property
    def left_won(self) -> int:
        return self.lending.left_won

    @property
    def late_won(self) -> int:
        return self.lending.late_won

    @property
    def due_won(self) -> int:
        return sum(one.won for one in self.due)


def self_help_funds(act: Act) -> list[SelfHelpFundCard]:
    """The desk: all funds run for others. Raises Denied."""
    policies.can_see_self_help_funds(act).enforce()
    return _cards(act, Q())


def my_funds(act: Act) -> list[SelfHelpFundCard]:
    """The funds of the associations the actor speaks for."""
    return _cards(act, Q(association__in=act.things("representative")))


def self_help_fund(act: Act, fund_id: int) -> SelfHelpFundCard:
    """One fund. Raises NotFound, Denied."""
    found = SelfHelpFund.objects.filter(pk=fund_id).first()
    if found is None:
        raise NotFound
    policies.can_see_self_help_fund(act, found).enforce()
    return _cards(act, Q(pk=fund_id))[0]


def participants_of(act: Act, fund_id: int) -> list[ParticipantLine]:
    """Who takes part and took part in a fund, with the capital of each. Raises NotFound, Denied."""
    self_help_fund(act, fund_id)
    rows = (
        Participant.objects.filter(fund=fund_id)
        .select_related("party")
        .annotate(won=Sum("contributions__won"))
        .order_by("left_date", "joined_date", "pk")[:ROWS_MAX]
    )
    return [
        ParticipantLine(
            one.pk, one.party_id, one.party.name, one.joined_date, one.left_date, one.won or 0
        )
        for one in rows
    ]


def mandates_of(fund_id: int) -> list[MandateLine]:
    """Every contract of a fund, the last first."""
    rows = Mandate.objects.filter(fund=fund_id).order_by("-from_date")
    return [_mandate(one) for one in rows[:ROWS_MAX]]


def charges_of(fund_id: int) -> list[ChargeLine]:
    """Every fee that was taken, the last first."""
    fund = SelfHelpFund.objects.get(pk=fund_id)
    return [
        ChargeLine(
            one.from_date, one.until_date - timedelta(days=1), one.won, one.charged_date,
            one.entry_id,
        )
        for one in fund.charges.order_by("-from_date")[:ROWS_MAX]
    ]  # fmt: skip


def commission_of(fund: SelfHelpFund, month: str | Month) -> Commission | None:
    """The fee of the period a month belongs to; None when no contract holds at its end."""
    asked = parse_month(month)
    for one in fund.mandates.order_by("-from_date"):
        since, until = period_of(asked, one.fee_months)
        last = until - timedelta(days=1)
        if one.from_date <= last and (one.until_date is None or last < one.until_date):
            lent = ledger.balance(ledger.account_for("member_loans"), fund.code, last)
            income = sum(
                move.credit_won - move.debit_won
                for move in ledger.movements(since, until)
                if move.fund == fund.code and move.kind == INCOME
            )
            won = fee_won(one.fee_of, one.fee_won, one.share, one.fee_months, lent, income)
            return Commission(since, until, lent, income, won)
    return None


def _due(fund: SelfHelpFund, today: date) -> tuple[Commission, ...]:
    taken = set(fund.charges.values_list("from_date", flat=True))
    first = max(Month.of(fund.taken_on_date), Month.of(today).plus(-PERIODS_BACK))
    found: dict[date, Commission] = {}
    month = first
    while month.first_date <= today:
        one = commission_of(fund, month)
        if one and one.won and one.until_date <= today and one.from_date not in taken:
            found[one.from_date] = one
            month = Month.of(one.until_date)
        else:
            month = month.plus(1)
    return tuple(found[day] for day in sorted(found))


def _cards(act: Act, which: Q) -> list[SelfHelpFundCard]:
    funds = list(
        SelfHelpFund.objects.filter(which)
        .select_related("association")
        .annotate(people=Count("participants", filter=Q(participants__left_date=None)))
        .order_by("name", "pk")[:ROWS_MAX]
    )
    sums = (
        Contribution.objects.filter(participant__fund__in=funds)
        .order_by()
        .values_list("participant__fund")
        .annotate(n=Sum("won"))
    )
    capital = dict(sums)
    money = {code: one.money_won for code, one in ledger.fund_balances().items()} if funds else {}
    lent = _lending[0]([one.code for one in funds], act.today) if _lending and funds else {}
    return [
        SelfHelpFundCard(
            one.pk, one.code, one.name, one.association_id, one.association.name,
            one.taken_on_date, one.people, capital.get(one.pk, 0), money.get(one.code, 0),
            lent.get(one.code, Lending()), mandates_of(one.pk)[0], _due(one, act.today),
        )
        for one in funds
    ]  # fmt: skip


def _mandate(one: Mandate) -> MandateLine:
    return MandateLine(
        one.contract, one.from_date, one.until_date, one.fee_of, str(one.get_fee_of_display()),
        str(one.get_fee_months_display()), one.fee_won, one.share,
    )  # fmt: skip
