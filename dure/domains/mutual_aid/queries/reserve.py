"""Where the reserve stands, until when, and how much of it with whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from datetime import date
from fractions import Fraction

from django.db.models import Sum

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import Finding
from dure.domains.ledger import queries as ledger
from dure.domains.self_help import queries as self_help
from dure.domains.self_help.queries import owner_of
from dure.kernel.acts import Act
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import AidPlan, ReservePlacement
from ..rules import placing as rules
from ..rules.placing import KINDS as PLACEMENT_KINDS, Placed, Rung

__all__ = [
    "INVESTED_IN", "InstitutionLine", "PLACEMENT_KINDS", "PlacementCard", "ReserveView",
    "aid_funds", "placement", "placements", "placements_due", "placing_chart", "reserve_view",
]  # fmt: skip

INVESTED_IN, INSURED = "mutual_aid.invested_in", "mutual_aid.insured_deposit_won"
ROWS_MAX = 500


@dataclass(frozen=True, slots=True)
class PlacementCard:
    """One deposit or bond."""

    id: int
    fund: str
    institution: str
    kind: str
    kind_label: str
    won: int
    rate: Fraction
    opened_date: date
    matures_date: date
    decided_by: str
    end: str
    end_label: str
    ended_date: date | None
    interest_won: int
    entry_id: int | None
    is_due: bool

    @property
    def rate_parts(self) -> tuple[int, int]:
        return self.rate.numerator, self.rate.denominator


@dataclass(frozen=True, slots=True)
class InstitutionLine:
    """What stands with one institution, beside what deposits are insured for there."""

    name: str
    won: int
    deposits_won: int
    insured: Finding | None


@dataclass(frozen=True, slots=True)
class ReserveView:
    """The whole reserve on a day."""

    on: date
    at_hand_won: int
    placements: tuple[PlacementCard, ...]  # every one, those that ended too
    ladder: tuple[Rung, ...]
    institutions: tuple[InstitutionLine, ...]

    @property
    def placed(self) -> tuple[PlacementCard, ...]:
        return tuple(one for one in self.placements if not one.end)

    @property
    def placed_won(self) -> int:
        return sum(one.won for one in self.placed)

    @property
    def reserve_won(self) -> int:
        return self.at_hand_won + self.placed_won

    @property
    def due(self) -> tuple[PlacementCard, ...]:
        return tuple(one for one in self.placed if one.is_due)


def placing_chart() -> rules.Chart:
    """The accounts a placement moves, by role. Raises what the ledger refuses when one is missing."""
    return rules.Chart(*(ledger.account_for(field.name) for field in fields(rules.Chart)))


def aid_funds() -> list[tuple[str, str]]:
    """The funds that plans of mutual aid are kept in: (code, name)."""
    codes = sorted(set(AidPlan.objects.order_by().values_list("fund", flat=True)))
    names = {one.code: one.name for one in ledger.funds()} if codes else {}
    return [(code, names.get(code, code)) for code in codes]


def at_hand_of(funds: Collection[str]) -> int:
    """The money of funds, without what stands in deposits."""
    books = ledger.chart()
    held = ledger.account_balances(funds, books)
    money = sum(held[one.code] for one in books.accounts.values() if one.is_money)
    return money - held[books.code_for("time_deposit")]


def placed_in(funds: Iterable[str]) -> int:
    """What of these funds stands in deposits and bonds, as it was placed."""
    rows = ReservePlacement.objects.filter(end="", fund__in=list(funds))
    return int(rows.aggregate(won=Sum("won"))["won"] or 0)


def placements(act: Act, owner: str = "") -> list[PlacementCard]:
    """Every placement ever, of the network or of a fund run for others, those that stand first, by their
    day. Raises Denied."""
    policies.can_see_reserve(act, owner).enforce()
    return _placements(funds_of_aid(owner), act.today)


def placement(act: Act, placement_id: int) -> PlacementCard:
    """One placement. Raises NotFound, Denied."""
    policies.can_see_aid_plans(act).enforce()
    found = ReservePlacement.objects.filter(pk=placement_id).first()
    if found is None:
        raise NotFound
    policies.can_see_reserve(act, owner_of(found.fund)).enforce()
    return _card(found, act.today)


def placements_due(act: Act) -> list[PlacementCard]:
    """What has matured and waits to come back or be renewed, for those who move the reserve."""
    if not policies.can_end_placement(act):
        return []
    rows = ReservePlacement.objects.filter(end="", matures_date__lte=act.today)
    return [_card(one, act.today) for one in rows.order_by("matures_date", "pk")[:ROWS_MAX]]


def reserve_view(act: Act, owner: str = "") -> ReserveView:
    """The reserve today, of the network or of a fund run for others: at hand, placed, when it comes back,
    with whom it stands. Raises Denied."""
    policies.can_see_reserve(act, owner).enforce()
    funds = funds_of_aid(owner)
    every = tuple(_placements(funds, act.today))
    placed = [
        Placed(one.institution, one.kind, one.won, one.matures_date) for one in every if not one.end
    ]
    book = bylaws.rules_on(act.today, owner)
    lines = tuple(
        InstitutionLine(name, won, deposits, next(iter(book.check_all((INSURED, deposits))), None))
        for name, won, deposits in rules.by_institution(placed)
    )
    rungs = tuple(rules.ladder(placed, act.today))
    return ReserveView(act.today, at_hand_of(funds) if funds else 0, every, rungs, lines)


def _placements(funds: list[str], today: date) -> list[PlacementCard]:
    rows = ReservePlacement.objects.filter(fund__in=funds)
    return [_card(one, today) for one in rows.order_by("end", "matures_date", "pk")[:ROWS_MAX]]


def funds_of_aid(owner: str = "") -> list[str]:
    """The funds of the books in which the network, or a fund run for others, keeps its mutual aid."""
    codes = set(AidPlan.objects.order_by().values_list("fund", flat=True))
    if owner:
        return sorted(codes & {self_help.aid_books_of(owner)})
    known = ledger.chart().funds if codes else {}
    return sorted(code for code in codes if known[code].is_own)


def _card(row: ReservePlacement, today: date) -> PlacementCard:
    return PlacementCard(
        row.pk, row.fund, row.institution, row.kind, str(dict(PLACEMENT_KINDS)[row.kind]), row.won,
        row.rate, row.opened_date, row.matures_date, row.decided_by, row.end,
        str(row.get_end_display()) if row.end else "", row.ended_date, row.interest_won,
        row.entry_id, not row.end and row.matures_date <= today,
    )  # fmt: skip
