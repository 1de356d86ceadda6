"""What was traded: per member, pair, section and month; what a member can show for a year."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import ExtractMonth

from dure.domains.bylaws import queries as bylaws
from dure.domains.memberships import queries as memberships
from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import Deal
from .deals import DealRow, of_parties, rows_of

__all__ = [
    "MemberTrade", "MonthTrade", "PairTrade", "PartnerTrade", "SectionTrade", "TradeStatement",
    "TradeTotals", "trade_statement", "trade_totals", "years_of_trade",
]  # fmt: skip

PAIRS_SHOWN = 100


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
    buyer_id: int
    buyer: str
    won: int
    count: int


@dataclass(frozen=True, slots=True)
class SectionTrade:
    """What a section sold and bought."""

    name: str
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
    """The mutual trade of a year; `alone`: members who traded with nobody."""

    year: int
    won: int
    count: int
    members: tuple[MemberTrade, ...]
    pairs: tuple[PairTrade, ...]
    sections: tuple[SectionTrade, ...]
    months: tuple[MonthTrade, ...]
    alone: tuple[str, ...]


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


def years_of_trade(today: date) -> list[int]:
    """The years that have deals, and this one; the newest first."""
    first = Deal.objects.order_by("dealt_date").values_list("dealt_date", flat=True).first()
    return list(range(today.year, (first or today).year - 1, -1))


def trade_totals(act: Act, year: int) -> TradeTotals:
    """The mutual trade of a year: deals of members with members that both confirmed."""
    policies.can_see_all_deals(act).enforce()
    rows = _confirmed(year).filter(is_mutual=True).order_by()
    often_times = _often(act.today)
    pairs = [
        (seller, buyer, int(won), count)
        for seller, buyer, won, count in rows.values_list("seller", "buyer").annotate(
            won=Sum("won"), count=Count("pk")
        )
    ]
    here = memberships.member_organisations(act.today)
    ids = {one for pair in pairs for one in pair[:2]}
    names = here | parties.names_of(ids)
    sections = parties.sections_of(ids, act.today)
    sold: dict[int, int] = defaultdict(int)
    bought: dict[int, int] = defaultdict(int)
    times: dict[int, int] = defaultdict(int)
    with_: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    by_section: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for seller, buyer, won, count in pairs:
        sold[seller] += won
        bought[buyer] += won
        for one, other in ((seller, buyer), (buyer, seller)):
            times[one] += count
            with_[one][other] += count
        by_section[sections.get(seller, "")][0] += won
        by_section[sections.get(buyer, "")][1] += won
    return TradeTotals(
        year=year, won=sum(sold.values()), count=sum(one[3] for one in pairs),
        members=tuple(
            sorted(
                (
                    MemberTrade(
                        one, names.get(one, ""), sections.get(one, ""), sold[one], bought[one],
                        times[one], len(with_[one]),
                        sum(count >= often_times for count in with_[one].values()),
                    )
                    for one in ids
                ),
                key=lambda one: (-one.won, one.party_id),
            )
        ),
        pairs=tuple(
            PairTrade(seller, names.get(seller, ""), buyer, names.get(buyer, ""), won, count)
            for seller, buyer, won, count in sorted(pairs, key=lambda one: (-one[2], one[:2]))
        )[:PAIRS_SHOWN],
        sections=tuple(
            SectionTrade(name, sums[0], sums[1])
            for name, sums in sorted(by_section.items(), key=lambda one: -sum(one[1]))
        ),
        months=tuple(
            MonthTrade(month, int(won), count)
            for month, won, count in rows.annotate(month=ExtractMonth("dealt_date"))
            .values_list("month")
            .annotate(won=Sum("won"), count=Count("pk"))
            .order_by("month")
        ),
        alone=tuple(name for one, name in here.items() if one not in ids),
    )  # fmt: skip


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
