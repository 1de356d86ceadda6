"""The funds run for others: the desk of all, one on its own page, the fee that is due."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from django.db.models import Count, Q, Sum

from dure.domains.ledger import queries as ledger
from dure.domains.ledger.rules import INCOME
from dure.kernel.acts import Act
from dure.kernel.dates import Month, parse_month
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import FeeCharge, Mandate, Participant, SelfHelpFund
from ..rules import YEAR, fee_won, period_of

__all__ = [
    "ChargeLine", "Commission", "Lending", "MandateLine", "ParticipantLine", "SelfHelpFundCard",
    "commission_of", "funds_spoken_for", "my_fund_names", "my_funds", "participants_of", "self_help_fund",
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
    aid_code: str  # the books of its mutual aid; "" while it has none
    name: str
    association_id: int
    association: str
    taken_on_date: date
    participants: int
    capital_won: int
    money_won: int
    aid_money_won: int
    lending: Lending
    mandates: tuple[MandateLine, ...]  # the last first
    charges: tuple[ChargeLine, ...]  # the last first
    due: tuple[Commission, ...]  # periods that are over and whose fee was not taken

    @property
    def mandate(self) -> MandateLine:
        return self.mandates[0]

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
    return _cards(act, _funds(Q()))


def my_funds(act: Act) -> list[SelfHelpFundCard]:
    """The funds of the associations the actor speaks for."""
    return _cards(act, _funds(Q(association__in=act.things("representative"))))


def my_fund_names(act: Act) -> list[tuple[int, str]]:
    """Where the funds of the associations the actor speaks for are read: id and name."""
    spoken_for = act.things("representative")
    if not spoken_for:
        return []
    return list(
        SelfHelpFund.objects.filter(association__in=spoken_for).values_list("pk", "name")[:ROWS_MAX]
    )


def funds_spoken_for(act: Act) -> list[str]:
    """The codes of the funds of the associations the actor speaks for."""
    spoken_for = act.things("representative")
    if not spoken_for:
        return []
    rows = SelfHelpFund.objects.filter(association__in=spoken_for).order_by("code")
    return list(rows.values_list("code", flat=True)[:ROWS_MAX])


def self_help_fund(act: Act, fund_id: int) -> SelfHelpFundCard:
    """One fund. Raises NotFound, Denied."""
    found = _funds(Q(pk=fund_id))
    if not found:
        raise NotFound
    policies.can_see_self_help_fund(act, found[0]).enforce()
    return _cards(act, found)[0]


def participants_of(act: Act, fund_id: int) -> list[ParticipantLine]:
    """Who takes part and took part in a fund, with the capital of each. Raises NotFound, Denied."""
    fund = SelfHelpFund.objects.filter(pk=fund_id).first()
    if fund is None:
        raise NotFound
    policies.can_see_self_help_fund(act, fund).enforce()
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


@dataclass(frozen=True, slots=True)
class _Moved:
    """What moved in a fund, by day: (day, won)."""

    lent: list[tuple[date, int]] = field(default_factory=list)
    income: list[tuple[date, int]] = field(default_factory=list)
    money: list[tuple[date, int]] = field(default_factory=list)

    @property
    def money_won(self) -> int:
        return sum(won for _day, won in self.money)


def _moved(codes: Collection[str], until: date) -> dict[str, _Moved]:
    found = {code: _Moved() for code in codes}
    if not found:
        return found
    books = ledger.chart()
    lent = books.roles["member_loans"]
    accounts = books.accounts
    wanted = [
        one.code
        for one in accounts.values()
        if one.code == lent or one.is_money or one.kind == INCOME
    ]
    for code, account, day, won in ledger.fund_moves(codes, wanted, until, books):
        one = found[code]
        rows = one.lent if account == lent else one.income
        (one.money if accounts[account].is_money else rows).append((day, won))
    return found


def commission_of(fund: SelfHelpFund, month: str | Month) -> Commission | None:
    """The fee of the period a month belongs to; None when no contract holds at its end."""
    asked = parse_month(month)
    moved = _moved([fund.code], asked.plus(YEAR).end_date)
    return _commission(fund, asked, moved[fund.code])


def _commission(fund: SelfHelpFund, month: Month, moved: _Moved) -> Commission | None:
    for one in reversed(fund.mandates.all()):
        since, until = period_of(month, one.fee_months)
        last = until - timedelta(days=1)
        if one.from_date <= last and (one.until_date is None or last < one.until_date):
            lent = sum(won for day, won in moved.lent if day < until)
            income = sum(won for day, won in moved.income if since <= day < until)
            won = fee_won(one.fee_of, one.fee_won, one.share, one.fee_months, lent, income)
            return Commission(since, until, lent, income, won)
    return None


def _due(fund: SelfHelpFund, moved: _Moved, today: date) -> tuple[Commission, ...]:
    taken = {one.from_date for one in fund.charges.all()}
    first = max(Month.of(fund.taken_on_date), Month.of(today).plus(-PERIODS_BACK))
    found: dict[date, Commission] = {}
    month = first
    while month.first_date <= today:
        one = _commission(fund, month, moved)
        if one and one.won and one.until_date <= today and one.from_date not in taken:
            found[one.from_date] = one
            month = Month.of(one.until_date)
        else:
            month = month.plus(1)
    return tuple(found[day] for day in sorted(found))


def _funds(which: Q) -> list[SelfHelpFund]:
    return list(
        SelfHelpFund.objects.filter(which)
        .select_related("association")
        .prefetch_related("mandates", "charges")
        .order_by("name", "pk")[:ROWS_MAX]
    )


def _cards(act: Act, funds: list[SelfHelpFund]) -> list[SelfHelpFundCard]:
    if not funds:
        return []
    codes = [one.code for one in funds]
    aid_codes = [one.aid_code for one in funds if one.aid_code]
    sums = Participant.objects.filter(fund__in=funds).order_by().values_list("fund")
    taking_part = {
        fund: (people, won or 0)
        for fund, people, won in sums.annotate(
            people=Count("pk", filter=Q(left_date=None), distinct=True),
            won=Sum("contributions__won"),
        )
    }
    moved = _moved([*codes, *aid_codes], act.today + timedelta(days=1))
    lent = _lending[0](codes, act.today) if _lending else {}
    return [
        SelfHelpFundCard(
            one.pk, one.code, one.aid_code or "", one.name, one.association_id, one.association.name,
            one.taken_on_date, *taking_part.get(one.pk, (0, 0)),
            moved[one.code].money_won, moved[one.aid_code].money_won if one.aid_code else 0, lent.get(one.code, Lending()),
            tuple(_mandate(row) for row in reversed(one.mandates.all())),
            tuple(_charge(row) for row in reversed(one.charges.all())),
            _due(one, moved[one.code], act.today),
        )
        for one in funds
    ]  # fmt: skip


def _charge(one: FeeCharge) -> ChargeLine:
    last = one.until_date - timedelta(days=1)
    return ChargeLine(one.from_date, last, one.won, one.charged_date, one.entry_id)


def _mandate(one: Mandate) -> MandateLine:
    return MandateLine(
        one.contract, one.from_date, one.until_date, one.fee_of, str(one.get_fee_of_display()),
        str(one.get_fee_months_display()), one.fee_won, one.share,
    )  # fmt: skip
