"""From a quote to what was delivered: terms go to and fro until both agree, then goods go over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.money import WON_MAX
from dure.kernel.refusals import InvalidInput, Refusal

from .. import policies
from ..events import (
    OrderAccepted,
    OrderCountered,
    OrderDeclined,
    OrderDelivered,
    OrderEnded,
    OrderProposed,
    OrderWithdrawn,
)
from ..models import Deal, DealLine, Order, OrderLine, OrderTerms
from ..queries.orders import in_short, rest_of, vat_ratio
from ..rules import orders as rules
from ..rules.orders import Deed, Line, Side, Stage, Tax
from .dealing import DealPaperUnnamed, write_deal
from .steps import need_sides, read_terms, why

__all__ = [
    "DeliveryTooMuch", "OrderImpossible", "OrderNotThere", "OrderOutOfDate", "accept_order",
    "counter_order", "decline_order", "deliver_order", "end_order", "propose_order",
    "withdraw_order",
]  # fmt: skip

LINES_MAX = 40
type_lines = Sequence[tuple[str, int, str, int, str]]  # article, quantity, unit, unit_won, tax


class OrderNotThere(Refusal):
    """The order is past this step, or has not come to it."""

    text = _("This cannot be done now: the order is %(stage)s.")


class OrderImpossible(InvalidInput):
    """Terms that cannot be those of an order."""

    text = _("This cannot be an order: %(reason)s.")


class OrderOutOfDate(Refusal):
    """A quote binds until a day."""

    text = _("The terms were good until %(date)s.")
    remedy = _("Propose the same terms yourself; the other side then agrees.")


class DeliveryTooMuch(InvalidInput):
    """No more is delivered than was ordered."""

    text = _("%(rest)d of “%(article)s” are still to be delivered; %(quantity)d cannot be.")


@command
def propose_order(
    act: Act,
    *,
    party_id: int,
    other_id: int,
    sells: bool,
    lines: type_lines,
    wanted_date: date | None = None,
    valid_date: date | None = None,
    due_days: int | None = None,
    note: str = "",
) -> Order:
    """Quote to another what one sells, or ask another for what one buys.

    Raises OrderImpossible, DealImpossible, DealBetweenStrangers, DealPartnerOutside, NotFound.
    """
    policies.can_propose_order(act, party_id).enforce()
    need_sides(party_id, other_id, act.today)
    read, sums = _read(act, lines, wanted_date, valid_date)
    # ---
    seller, buyer = (party_id, other_id) if sells else (other_id, party_id)
    order = Order.objects.create(
        seller_id=seller, buyer_id=buyer, recorder_id=party_id, waits_for_id=other_id,
        stage=Stage.QUOTED if sells else Stage.ASKED, begun_at=act.at,
    )  # fmt: skip
    _propose(act, order, 1, party_id, read, sums, wanted_date, valid_date, due_days, note)
    record(act, OrderProposed(order.pk, party_id, other_id, sums[0], sells))
    return order


@command
def counter_order(
    act: Act,
    *,
    order_id: int,
    lines: type_lines,
    wanted_date: date | None = None,
    valid_date: date | None = None,
    due_days: int | None = None,
    note: str = "",
) -> Order:
    """Propose other terms to who proposed. Raises OrderNotThere, OrderImpossible."""
    order, step = _hold(order_id, Deed.COUNTER)
    policies.can_counter_order(act, order).enforce()
    side = _need(order, step)
    read, sums = _read(act, lines, wanted_date, valid_date)
    # ---
    order.terms_number += 1
    order.stage, order.waits_for_id = step_to(step), order.other(side)
    order.save(update_fields=["terms_number", "stage", "waits_for"])
    _propose(
        act, order, order.terms_number, side, read, sums, wanted_date, valid_date, due_days, note
    )
    record(act, OrderCountered(order.pk, side, order.other(side), order.terms_number, sums[0]))
    return order


@command
def accept_order(act: Act, *, order_id: int, on_paper: str = "") -> Order:
    """Agree to the terms proposed: it is ordered. `on_paper`: by what a side agreed that the office
    types in. Raises OrderNotThere, OrderOutOfDate, DealPaperUnnamed."""
    order, step = _hold(order_id, Deed.ACCEPT)
    policies.can_accept_order(act, order).enforce()
    side = _need(order, step)
    terms = _terms(order)
    if terms.valid_date is not None and terms.valid_date < act.today:
        raise OrderOutOfDate(date=terms.valid_date.isoformat())
    on_paper = clean_text(on_paper, 200, _("Paper"))
    if side not in act.own and not on_paper:
        raise DealPaperUnnamed
    need_sides(*order.sides, act.today)
    # ---
    order.stage, order.waits_for = step_to(step), None
    order.ordered_at, order.on_paper = act.at, on_paper
    order.save(update_fields=["stage", "waits_for", "ordered_at", "on_paper"])
    record(act, OrderAccepted(order.pk, side, order.other(side), terms.won, on_paper))
    return order


@command
def decline_order(act: Act, *, order_id: int, reason: str) -> Order:
    """Say no to the terms proposed. Raises OrderNotThere, DealReasonMissing."""
    order, step = _hold(order_id, Deed.DECLINE)
    policies.can_decline_order(act, order).enforce()
    side = _need(order, step)
    reason = why(reason)
    # ---
    _end(order, step_to(step), reason)
    record(act, OrderDeclined(order.pk, side, order.other(side), reason))
    return order


@command
def withdraw_order(act: Act, *, order_id: int) -> Order:
    """Take back the terms one proposed, before they are agreed to. Raises OrderNotThere."""
    order, step = _hold(order_id, Deed.WITHDRAW)
    policies.can_withdraw_order(act, order).enforce()
    side = _need(order, step)
    # ---
    _end(order, step_to(step), "")
    record(act, OrderWithdrawn(order.pk, side, order.other(side)))
    return order


@command
def deliver_order(
    act: Act,
    *,
    order_id: int,
    quantities: Sequence[tuple[int, int]] | None = None,
    delivered_date: date | None = None,
    tax_number: str = "",
) -> Deal:
    """Say what was delivered, as (place, quantity), or all the rest: it is a deal that the buyer
    confirms. Raises OrderNotThere, DeliveryTooMuch, OrderImpossible, DealKnownAlready."""
    order, step = _hold(order_id, Deed.DELIVER)
    policies.can_deliver_order(act, order).enforce()
    _need(order, step)
    rows = list(_terms(order).lines.order_by("place"))
    brought = _brought(rows, rest_of(order), quantities)
    day = delivered_date or act.today
    won, vat_won = rules.sums((line for _row, line in brought), vat_ratio(day))
    days = _terms(order).due_days
    terms = read_terms(
        act, in_short(line for _row, line in brought), won, vat_won, day,
        None if days is None else day + timedelta(days=days), tax_number,
    )  # fmt: skip
    is_mutual = need_sides(*order.sides, day)
    # ---
    deal = write_deal(act, order.seller_id, *order.sides, terms, is_mutual, order)
    DealLine.objects.bulk_create(
        DealLine(deal=deal, line=row, quantity=line.quantity) for row, line in brought
    )
    record(act, OrderDelivered(order.pk, deal.pk, order.seller_id, order.buyer_id, won))
    return deal


@command
def end_order(act: Act, *, order_id: int, party_id: int, reason: str) -> Order:
    """Let go what is not delivered yet. Raises OrderNotThere, DealReasonMissing."""
    order, step = _hold(order_id, Deed.END)
    policies.can_end_order(act, order, party_id).enforce()
    _need(order, step)
    if not any(rest_of(order).values()):
        raise OrderNotThere(stage=_("delivered"))
    reason = why(reason)
    # ---
    _end(order, step_to(step), reason)
    record(act, OrderEnded(order.pk, party_id, order.other(party_id), reason))
    return order


def step_to(step: rules.Step | None) -> Stage:
    """Where a step leads that was found to be there."""
    assert step is not None
    return step.leads_to


def _hold(order_id: int, deed: Deed) -> tuple[Order, rules.Step | None]:
    """The order in hand, and the step if it is there. Raises NotFound."""
    order: Order = Order.objects.hold(order_id)
    return order, rules.step(order.stage, deed)


def _need(order: Order, step: rules.Step | None) -> int:
    """Whose step it is. Raises OrderNotThere."""
    if step is None:
        raise OrderNotThere(stage=order.get_stage_display())
    return order.seller_id if step.side == Side.SELLER else order.buyer_id


def _terms(order: Order) -> OrderTerms:
    return order.terms.get(number=order.terms_number)


def _end(order: Order, stage: Stage, reason: str) -> None:
    order.stage, order.waits_for, order.end_reason = stage, None, reason
    order.save(update_fields=["stage", "waits_for", "end_reason"])


def _read(
    act: Act, lines: type_lines, wanted_date: date | None, valid_date: date | None
) -> tuple[list[Line], tuple[int, int]]:
    """The lines as they can be kept, with their sums. Raises OrderImpossible."""
    if not 0 < len(lines) <= LINES_MAX:
        raise OrderImpossible(reason=_("it has one to forty articles"))
    taxes = {str(one) for one in Tax}
    read = []
    for article, quantity, unit, unit_won, tax in lines:
        name, unit = clean_text(article, 120, _("Article")), clean_text(unit, 12, _("Unit"))
        if not name or quantity <= 0 or unit_won <= 0 or tax not in taxes:
            raise OrderImpossible(reason=_("each article has a name, a quantity and a price"))
        read.append(Line(name, quantity, unit, unit_won, Tax(tax)))
    if sum(one.won for one in read) > WON_MAX:
        raise OrderImpossible(reason=_("the sum is too large"))
    if any(day is not None and day < act.today for day in (wanted_date, valid_date)):
        raise OrderImpossible(reason=_("its days are not past"))
    return read, rules.sums(read, vat_ratio(act.today))


def _propose(
    act: Act, order: Order, number: int, by: int, lines: list[Line], sums: tuple[int, int],
    wanted_date: date | None, valid_date: date | None, due_days: int | None, note: str,
) -> None:  # fmt: skip
    terms = OrderTerms.objects.create(
        order=order, number=number, by_id=by, wanted_date=wanted_date, valid_date=valid_date,
        due_days=due_days, note=clean_text(note, 300, _("Note")), won=sums[0], vat_won=sums[1],
        proposed_at=act.at,
    )  # fmt: skip
    OrderLine.objects.bulk_create(
        OrderLine(
            terms=terms, place=place, article=one.article, quantity=one.quantity, unit=one.unit,
            unit_won=one.unit_won, tax=one.tax,
        )
        for place, one in enumerate(lines, 1)
    )  # fmt: skip


def _brought(
    rows: list[OrderLine], rest: dict[int, int], quantities: Sequence[tuple[int, int]] | None
) -> list[tuple[OrderLine, Line]]:
    """What a delivery brings, line by line. Raises DeliveryTooMuch, OrderImpossible."""
    asked = (
        dict(quantities) if quantities is not None else {one.place: rest[one.pk] for one in rows}
    )
    if unknown := set(asked) - {one.place for one in rows}:
        raise OrderImpossible(reason=_("it has no line %(place)d") % {"place": min(unknown)})
    found = []
    for row in rows:
        quantity = asked.get(row.place, 0)
        if not 0 <= quantity <= rest[row.pk]:
            raise DeliveryTooMuch(rest=rest[row.pk], article=row.article, quantity=quantity)
        if quantity:
            found.append((row, Line(row.article, quantity, row.unit, row.unit_won, Tax(row.tax))))
    if not found:
        raise OrderImpossible(reason=_("nothing is delivered"))
    return found
