"""Orders as their sides see them: the terms, what is delivered of them, what may be done next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from django.db.models import Sum
from django.utils.translation import ngettext

from dure.domains.bylaws import queries as bylaws
from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import Deal, DealLine, Order, OrderLine, OrderTerms
from ..rules import orders as rules
from ..rules.orders import Line, Side, Step
from .deals import DealRow, rows_of

__all__ = [
    "OrderCard", "OrderLineRow", "OrderRow", "OrderTermsCard", "order", "orders", "orders_waiting",
]  # fmt: skip

GONE = (Deal.State.REFUSED, Deal.State.WITHDRAWN, Deal.State.SAME, Deal.State.CANCELLED)
COURSE_ENDED = 6


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order in a list."""

    id: int
    seller_id: int
    seller: str
    buyer_id: int
    buyer: str
    waits_for_id: int | None
    stage: str
    stage_label: str
    what: str
    won: int
    wanted_date: date | None
    begun_at: datetime


@dataclass(frozen=True, slots=True)
class OrderLineRow:
    """An article, and how much of it is still to be delivered."""

    place: int
    article: str
    quantity: int
    unit: str
    unit_won: int
    tax: str
    tax_label: str
    won: int
    rest: int


@dataclass(frozen=True, slots=True)
class OrderTermsCard:
    """What one side proposed."""

    number: int
    by: str
    wanted_date: date | None
    valid_date: date | None
    due_days: int | None
    note: str
    won: int
    vat_won: int
    proposed_at: datetime
    lines: tuple[OrderLineRow, ...]


@dataclass(frozen=True, slots=True)
class OrderCard:
    """An order with all that happened to it. `course`: how far it came, from the quote (1) to the
    payment (5); all of it is over (6)."""

    row: OrderRow
    ordered_at: datetime | None
    on_paper: str
    end_reason: str
    terms: tuple[OrderTermsCard, ...]  # the last first
    deals: tuple[DealRow, ...]
    rest: int
    course: int

    @property
    def id(self) -> int:
        return self.row.id

    @property
    def seller_id(self) -> int:
        return self.row.seller_id

    @property
    def buyer_id(self) -> int:
        return self.row.buyer_id

    @property
    def stage(self) -> str:
        return self.row.stage

    @property
    def last(self) -> OrderTermsCard:
        """The terms that hold, or that are to be answered."""
        return self.terms[0]

    @property
    def steps(self) -> tuple[Step, ...]:
        """What may be done now, by whom."""
        found = rules.STEPS[rules.Stage(self.stage)]
        return found if self.rest else tuple(one for one in found if self.stage != "ordered")

    def party_of(self, side: Side) -> int:
        return self.seller_id if side == Side.SELLER else self.buyer_id


def vat_ratio(day: date) -> Fraction:
    """The rate of value-added tax on a day."""
    return bylaws.rules_on(day).ratio("trade.vat_ratio")


def in_short(lines: Iterable[Line]) -> str:
    """What lines are about: the first article, and how many others."""
    first, others = rules.named(lines)
    if not others:
        return first
    return ngettext("%(first)s and %(count)d more", "%(first)s and %(count)d more", others) % {
        "first": first,
        "count": others,
    }


def rest_of(order: Order) -> dict[int, int]:
    """{line: how much of it is still to be delivered} of the last terms."""
    lines = OrderLine.objects.filter(terms__order=order, terms__number=order.terms_number)
    brought = _brought(lines.values_list("pk", flat=True))
    return {one.pk: one.quantity - brought.get(one.pk, 0) for one in lines}


def orders(act: Act) -> list[OrderRow]:
    """The orders of all for whom the actor speaks; for the office and its readers all."""
    policies.can_see_trade(act).enforce()
    rows = Order.objects.all()
    if not act.holds(*policies.READERS):
        own = list(act.own)
        rows = rows.filter(seller__in=own) | rows.filter(buyer__in=own)
    return _rows(list(rows.order_by("-pk")[:500]))


def orders_waiting(act: Act) -> list[OrderRow]:
    """What waits for an answer of whom the actor speaks for, the oldest first."""
    return _rows(list(Order.objects.filter(waits_for__in=act.own).order_by("pk")[:100]))


def order(act: Act, order_id: int) -> OrderCard:
    """One order. Raises NotFound."""
    found = Order.objects.filter(pk=order_id).first()
    if found is None:
        raise NotFound
    policies.can_see_order(act, found).enforce()
    rest = rest_of(found)
    terms = list(found.terms.order_by("-number").prefetch_related("lines"))
    names = parties.names_of({one.by_id for one in terms})
    deals = list(found.deals.order_by("pk"))
    left = sum(rest.values())
    return OrderCard(
        row=_rows([found])[0], ordered_at=found.ordered_at, on_paper=found.on_paper,
        end_reason=found.end_reason,
        terms=tuple(_terms_card(one, names, rest) for one in terms),
        deals=tuple(rows_of(deals)), rest=left, course=_course(found, deals, left),
    )  # fmt: skip


def _course(order: Order, deals: list[Deal], rest: int) -> int:
    """How far an order came (`OrderCard.course`)."""
    alive = [one for one in deals if one.state not in GONE]
    if order.ordered_at is None:
        return 1
    if rest and order.stage == rules.Stage.ORDERED or not alive:
        return 2
    if any(one.state != Deal.State.CONFIRMED for one in alive):
        return 3
    if any(not one.tax_number for one in alive):
        return 4
    return 5 if any(one.open_won for one in alive) else COURSE_ENDED


def _brought(lines: Collection[int]) -> dict[int, int]:
    """{line: how much of it deliveries brought that stand}."""
    rows = DealLine.objects.filter(line__in=list(lines)).exclude(deal__state__in=GONE)
    found = rows.order_by().values_list("line").annotate(brought=Sum("quantity"))
    return {line: int(quantity) for line, quantity in found}


def _terms_card(one: OrderTerms, names: dict[int, str], rest: dict[int, int]) -> OrderTermsCard:
    return OrderTermsCard(
        one.number, names.get(one.by_id, ""), one.wanted_date, one.valid_date, one.due_days,
        one.note, one.won, one.vat_won, one.proposed_at,
        tuple(
            OrderLineRow(
                row.place, row.article, row.quantity, row.unit, row.unit_won, row.tax,
                str(row.get_tax_display()), row.line.won, rest.get(row.pk, 0),
            )
            for row in sorted(one.lines.all(), key=lambda row: row.place)
        ),
    )  # fmt: skip


def _rows(found: list[Order]) -> list[OrderRow]:
    names = parties.names_of({side for one in found for side in one.sides})
    last: dict[int, OrderTerms] = {}
    for terms in OrderTerms.objects.filter(order__in=[one.pk for one in found]).order_by("number"):
        last[terms.order_id] = terms
    lines: dict[int, list[OrderLine]] = defaultdict(list)
    for line in OrderLine.objects.filter(terms__in=[one.pk for one in last.values()]):
        lines[line.terms_id].append(line)
    rows = []
    for one in found:
        terms = last[one.pk]
        what = in_short(row.line for row in sorted(lines[terms.pk], key=lambda row: row.place))
        rows.append(
            OrderRow(
                one.pk, one.seller_id, names.get(one.seller_id, ""), one.buyer_id,
                names.get(one.buyer_id, ""), one.waits_for_id, one.stage,
                str(one.get_stage_display()), what, terms.won, terms.wanted_date,
                one.begun_at,
            )
        )  # fmt: skip
    return rows
