"""What was traded: per member, pair, section and month; what a member can show for a year."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from dure.domains.bylaws import queries as bylaws
from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import Deal
from .deals import DealRow, of_parties, rows_of
from .traded import Traded, traded

__all__ = [
    "MemberTrade", "MonthTrade", "PairTrade", "PartnerTrade", "SectionTrade", "TradeStatement",
    "TradeTotals", "Traded", "trade_statement", "trade_totals", "traded", "years_of_trade",
]  # fmt: skip

PAIRS_SHOWN = 2000


@dataclass(frozen=True, slots=True)
class MemberTrade:
    """What a member sold and bought in a year, with how many."""

    party_id: int
    name: str
    section: str
    sold_won: int
    bought_won: int
    count: int
    partners: int
    often: int  # partners with whom it traded as often as the evidence asks

    @property
    def won(self) -> int:
        return self.sold_won + self.bought_won


@dataclass(frozen=True, slots=True)
class PairTrade:
    """What one sold to another."""

    seller_id: int
    seller: str
    seller_section: str
    buyer_id: int
    buyer: str
    buyer_section: str
    won: int
    count: int


@dataclass(frozen=True, slots=True)
class SectionTrade:
    """What a section sold and bought; "": those without one, and sections of too few members."""

    name: str
    members: int
    sold_won: int
    bought_won: int


@dataclass(frozen=True, slots=True)
class MonthTrade:
    """What was traded in a month."""

    month: int
    won: int
    count: int


@dataclass(frozen=True, slots=True)
class TradeTotals:
    """The mutual trade of a year. The sums are of all; members and pairs of all only where the reader
    may see them (`shows_all`), else of whom the reader speaks for and their partners."""

    year: int
    section: str
    shows_all: bool
    won: int
    count: int
    traders: int
    members: tuple[MemberTrade, ...]
    pairs: tuple[PairTrade, ...]
    sections: tuple[SectionTrade, ...]
    months: tuple[MonthTrade, ...]


@dataclass(frozen=True, slots=True)
class PartnerTrade:
    """What was traded with one partner."""

    name: str
    sold_won: int
    bought_won: int
    count: int


@dataclass(frozen=True, slots=True)
class TradeStatement:
    """A member's year: with whom, how much, how often; the deals one by one."""

    party_id: int
    name: str
    year: int
    sold_won: int
    bought_won: int
    open_in_won: int
    open_out_won: int
    partners: tuple[PartnerTrade, ...]
    often_times: int
    often: int
    deals: tuple[DealRow, ...]


def years_of_trade(rows: Collection[Traded], today: date) -> list[int]:
    """The years since the first in which members traded, until this one; the newest first."""
    first = min((one.year for one in rows), default=today.year)
    return list(range(today.year, first - 1, -1))


def trade_totals(
    act: Act, year: int, section: str = "", rows: Collection[Traded] | None = None
) -> TradeTotals:
    """The mutual trade of a year: deals of members with members that both confirmed; with a section,
    the pairs where a side is of it. `rows`: what was traded, where it was read already."""
    policies.can_see_trade(act).enforce()
    won: Counter[tuple[int, int]] = Counter()
    count: Counter[tuple[int, int]] = Counter()
    months: dict[int, list[Traded]] = defaultdict(list)
    for row in traded(act.today) if rows is None else rows:
        if row.year == year:
            won[row.seller_id, row.buyer_id] += row.won
            count[row.seller_id, row.buyer_id] += row.count
            months[row.month].append(row)
    ids = {side for pair in won for side in pair}
    names, sections = parties.names_of(ids), parties.sections_of(ids, act.today)
    pairs = [
        PairTrade(
            seller, names.get(seller, ""), sections.get(seller, ""), buyer, names.get(buyer, ""),
            sections.get(buyer, ""), sold_won, count[seller, buyer],
        )
        for (seller, buyer), sold_won in sorted(won.items(), key=lambda one: (-one[1], one[0]))
    ]  # fmt: skip
    shows_all = bool(policies.can_see_all_pairs(act))
    shown = [
        one
        for one in pairs
        if (shows_all or one.seller_id in act.own or one.buyer_id in act.own)
        and (not section or section in (one.seller_section, one.buyer_section))
    ]
    return TradeTotals(
        year=year, section=section, shows_all=shows_all, won=sum(one.won for one in pairs),
        count=sum(one.count for one in pairs), traders=len(ids),
        members=tuple(_by_member(shown, _often(act.today))), pairs=tuple(shown[:PAIRS_SHOWN]),
        sections=tuple(_by_section(pairs, _shown_from(act.today))),
        months=tuple(
            MonthTrade(month, sum(one.won for one in told), sum(one.count for one in told))
            for month, told in sorted(months.items())
        ),
    )  # fmt: skip


def _by_member(pairs: list[PairTrade], often_times: int) -> list[MemberTrade]:
    """What each sold and bought in these pairs, the most first."""
    sold: dict[int, int] = defaultdict(int)
    bought: dict[int, int] = defaultdict(int)
    times: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    who: dict[int, tuple[str, str]] = {}
    for one in pairs:
        who[one.seller_id] = one.seller, one.seller_section
        who[one.buyer_id] = one.buyer, one.buyer_section
        sold[one.seller_id] += one.won
        bought[one.buyer_id] += one.won
        times[one.seller_id][one.buyer_id] += one.count
        times[one.buyer_id][one.seller_id] += one.count
    found = [
        MemberTrade(
            party, *names, sold[party], bought[party], sum(times[party].values()),
            len(times[party]), sum(count >= often_times for count in times[party].values()),
        )
        for party, names in who.items()
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-one.won, one.party_id))


def _by_section(pairs: list[PairTrade], least: int) -> list[SectionTrade]:
    """What each section sold and bought; those of too few members together, so that a sum of all
    never tells what a single pair traded."""
    members: dict[str, set[int]] = defaultdict(set)
    for one in pairs:
        members[one.seller_section].add(one.seller_id)
        members[one.buyer_section].add(one.buyer_id)
    as_shown = {name: name if len(ids) >= least else "" for name, ids in members.items()}
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for one in pairs:
        sums[as_shown[one.seller_section]][0] += one.won
        sums[as_shown[one.buyer_section]][1] += one.won
    count: dict[str, int] = defaultdict(int)
    for name, ids in members.items():
        count[as_shown[name]] += len(ids)
    return [
        SectionTrade(name, count[name], *won)
        for name, won in sorted(sums.items(), key=lambda one: (-sum(one[1]), one[0]))
    ]


def trade_statement(act: Act, party_id: int, year: int) -> TradeStatement:
    """A member's year, for the member, the office and the auditor. Raises NotFound."""
    if not (party_id in act.own or act.holds(*policies.READERS)):
        policies.can_act_for(act, party_id).enforce()
    name = parties.party_name(party_id)
    if not name:
        raise NotFound
    deals = rows_of(of_parties(_confirmed(year), {party_id}).order_by("dealt_date", "pk"))
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for one in deals:
        sells = one.seller_id == party_id
        found = sums[one.buyer if sells else one.seller]
        found[0 if sells else 1] += one.won
        found[2] += 1
    often_times = _often(act.today)
    return TradeStatement(
        party_id=party_id, name=name, year=year,
        sold_won=sum(one[0] for one in sums.values()),
        bought_won=sum(one[1] for one in sums.values()),
        open_in_won=sum(one.open_won for one in deals if one.seller_id == party_id),
        open_out_won=sum(one.open_won for one in deals if one.buyer_id == party_id),
        partners=tuple(
            PartnerTrade(other, *found)
            for other, found in sorted(sums.items(), key=lambda one: -one[1][0] - one[1][1])
        ),
        often_times=often_times,
        often=sum(found[2] >= often_times for found in sums.values()), deals=tuple(deals),
    )  # fmt: skip


def _confirmed(year: int) -> QuerySet[Deal]:
    return Deal.objects.filter(
        state=Deal.State.CONFIRMED, dealt_date__gte=date(year, 1, 1),
        dealt_date__lt=date(year + 1, 1, 1),
    )  # fmt: skip


def _often(today: date) -> int:
    return bylaws.rules_on(today).number("trade.often_times")


def _shown_from(today: date) -> int:
    return bylaws.rules_on(today).number("trade.shown_from_members")
