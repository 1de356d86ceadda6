"""Orders: one's own, one with its steps, and what is done at each step."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _now, gettext_lazy as _, pgettext_lazy

from dure.kernel.acts import Act
from dure.kernel.money import format_won
from dure.ui.doors import act_of, action, form_about, page
from dure.ui.tables import Column, Table, ask, show

from .. import commands, forms, policies, queries
from ..rules.orders import Deed, Side, Step, Tax
from .deals import between_two, listed, may_record
from .recurring import rows_with_steps

ORDERS = Table(
    id="orders",
    title=_("Quotes and orders"),
    columns=(
        Column("id", _("No."), kind="id", link=lambda one: reverse("trade:order", args=[one.id])),
        Column("begun_at", _("Begun"), kind="moment"),
        Column("seller", _("Seller")),
        Column("buyer", _("Buyer")),
        Column("what", pgettext_lazy("deal", "What")),
        Column("won", _("Sum (won)"), kind="won"),
        Column("wanted_date", _("To be delivered until"), kind="day"),
        Column("stage_label", pgettext_lazy("order", "Stage")),
    ),
    empty_title=_("No orders yet"),
    empty_text=_("Quote to a member what you sell, or order from it what you need."),
)


def orders(request: HttpRequest) -> HttpResponseBase:
    """What waits for my answer, and all orders of those I speak for."""
    act = act_of(request)
    return show(
        request, ORDERS, ask(request, ORDERS), queries.orders(act), "trade/orders.html",
        {
            "waiting": queries.orders_waiting(act),
            "proposes": act.holds(*policies.OFFICE) or bool(queries.sides_of(act)),
            "recurring": rows_with_steps(act),
        },
    )  # fmt: skip


def propose_order(request: HttpRequest) -> HttpResponse:
    """Quote, or ask."""
    act = act_of(request)
    return form_about(
        request,
        "trade:orders",
        title=_now("Send a quote or an order"),
        form=between_two(act, forms.OrderForm),
        may=may_record,
        call=lambda act, given: commands.propose_order(act, **given),
        done=lambda made: ("trade:order", made.pk),
        said=_("It is sent. The other side is asked to answer."),
        initial=_of_offer(act, request.GET.get("offer", "")),
    )


def _of_offer(act: Act, given: str) -> dict[str, Any]:
    """What an order of something offered begins with: one of it, at the member's price."""
    found = listed(act, given)
    if found is None:
        return {}
    about = found.about
    won = about.member_price_won or about.price_won
    tax = {"exempt": Tax.FREE, "zero": Tax.ZERO}.get(about.tax, Tax.TAXED)
    return {
        "sells": "no",
        "other_id": f"#{found.party_id}",
        "lines": [(about.name, 1, about.unit, won, tax)] if won else about.name,
    }


def order(request: HttpRequest, order_id: int) -> HttpResponse:
    """One order: the terms, what was delivered of them, what may be done by whom."""
    act = act_of(request)
    card = queries.order(act, order_id)
    return page(
        request,
        "trade/order.html",
        {
            "card": card,
            "mine": bool(card.seller_id in act.own or card.buyer_id in act.own),
            "steps": [one for one in card.steps if _party(act, card, one) is not None],
            "waits": [one for one in card.steps if _party(act, card, one) is None],
            "presses": card.row.waits_for_id in act.own,
        },
    )


def _party(act: Act, card: queries.OrderCard, step: Step) -> int | None:
    """As whom the actor takes a step; None: it is not the actor's. The office acts for the seller
    where either side may."""
    party_id = card.party_of(step.side)
    if party_id in act.own:
        return party_id
    if not policies.can_act_for(act, party_id):
        return None
    return party_id if step.deed != Deed.END or step.side == Side.SELLER else None


def order_step(request: HttpRequest, order_id: int, deed: str) -> HttpResponse:
    """One step: pressed, or with what it asks for."""
    act = act_of(request)
    card = queries.order(act, order_id)
    if deed not in {str(one) for one in Deed}:
        raise Http404
    back = ("trade:order", order_id)
    if deed == Deed.WITHDRAW or deed == Deed.ACCEPT and card.row.waits_for_id in act.own:
        accepts = deed == Deed.ACCEPT
        return action(
            request,
            call=lambda act: (commands.accept_order if accepts else commands.withdraw_order)(
                act, order_id=order_id
            ),
            said=_("Both sides agreed. It is ordered.") if accepts else _("It was taken back."),
            back=back,
        )
    ask_for = _ASKED[Deed(deed)]
    return form_about(
        request,
        back,
        title=_title(card, deed),
        name=f"{card.row.seller} → {card.row.buyer} · {card.row.what} · {format_won(card.row.won)}",
        **ask_for(card, act),
    )


def _title(card: queries.OrderCard, deed: str) -> str:
    """What the table of steps says; past it, what the deed is."""
    return next((str(one.says) for one in card.steps if one.deed == deed), _now("Order"))


def _accept(card: queries.OrderCard, act: Act) -> dict[str, Any]:
    return {
        "form": forms.AcceptOrderForm,
        "may": lambda act: policies.can_accept_order(act, card),
        "call": lambda act, given: commands.accept_order(act, order_id=card.id, **given),
        "said": _("Both sides agreed. It is ordered."),
    }


def _counter(card: queries.OrderCard, act: Act) -> dict[str, Any]:
    last = card.last
    return {
        "form": forms.CounterForm,
        "may": lambda act: policies.can_counter_order(act, card),
        "call": lambda act, given: commands.counter_order(act, order_id=card.id, **given),
        "said": _("The other side is asked to answer."),
        "initial": {
            "lines": [
                (one.article, one.quantity, one.unit, one.unit_won, one.tax) for one in last.lines
            ],
            "wanted_date": last.wanted_date, "due_days": last.due_days,
        },
    }  # fmt: skip


def _decline(card: queries.OrderCard, act: Act) -> dict[str, Any]:
    return {
        "form": forms.ReasonForm,
        "may": lambda act: policies.can_decline_order(act, card),
        "call": lambda act, given: commands.decline_order(act, order_id=card.id, **given),
        "said": _("The other side reads your reason."),
    }


def _deliver(card: queries.OrderCard, act: Act) -> dict[str, Any]:
    rest = [one for one in card.last.lines if one.rest]
    return {
        "form": lambda *args, **given: forms.DeliveryForm(*args, lines=rest, **given),
        "may": lambda act: policies.can_deliver_order(act, card),
        "call": lambda act, given: commands.deliver_order(act, order_id=card.id, **given),
        "said": _("The buyer is asked to confirm what came."),
        "initial": {"delivered_date": act.today},
    }


def _end(card: queries.OrderCard, act: Act) -> dict[str, Any]:
    def side(act: Act) -> int:
        return card.buyer_id if card.buyer_id in act.own else card.seller_id

    return {
        "form": forms.ReasonForm,
        "may": lambda act: policies.can_end_order(act, card, side(act)),
        "call": lambda act, given: commands.end_order(
            act, order_id=card.id, party_id=side(act), **given
        ),
        "said": _("What is not delivered is let go."),
    }


_ASKED = {
    Deed.ACCEPT: _accept, Deed.COUNTER: _counter, Deed.DECLINE: _decline, Deed.DELIVER: _deliver,
    Deed.END: _end,
}  # fmt: skip

urlpatterns = [
    path("orders/", orders, name="orders"),
    path("orders/propose/", propose_order, name="propose_order"),
    path("orders/<int:order_id>/", order, name="order"),
    path("orders/<int:order_id>/<slug:deed>/", order_step, name="order_step"),
]
