"""Buying together: the list, one buy with its live view and one's wish, its drops, its bills."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _now, gettext_lazy as _, pgettext, pgettext_lazy

from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.money import format_won
from dure.kernel.verdict import ALLOW, Verdict, deny
from dure.ui import files, pdf
from dure.ui.doors import act_of, action, form_about, page
from dure.ui.tables import Column, Table, ask, show

from .. import commands, documents, forms, policies, queries

BUYS = Table(
    id="group_buys",
    title=_("Group buys"),
    columns=(
        Column(
            "name",
            _("Name"),
            link=lambda one: reverse("trade:group_buy", args=[one.id]),
        ),
        Column("organiser", pgettext_lazy("group buy", "Organised by")),
        Column("closes_at", pgettext_lazy("group buy", "Wishes until"), kind="moment"),
        Column("state_label", pgettext_lazy("group buy", "State")),
    ),
    empty_title=_("No group buys yet"),
    empty_text=_("Whoever needs something by the case asks who else does."),
)


def group_buys(request: HttpRequest) -> HttpResponseBase:
    """All buys, and the bundles."""
    act = act_of(request)
    rows = queries.group_buys(act)
    return show(
        request,
        BUYS,
        ask(request, BUYS),
        rows,
        "trade/group_buys.html",
        {
            "opens": bool(queries.sides_of(act)),
            "bundles": queries.bundles(act),
            "makes": bool(policies.can_make_bundle(act)),
            "sells": bool(policies.can_sell_bundle(act)),
        },
    )


def _for_sides(act: Act) -> Verdict:
    if queries.sides_of(act):
        return ALLOW
    return deny(_("You do this for yourself, or for the organisation you speak for."))


def open_group_buy(request: HttpRequest) -> HttpResponse:
    """Open one; first what was read of it."""
    act = act_of(request)
    sides = queries.sides_of(act)

    def effect(_act: Act, given: dict[str, Any]) -> str:
        terms = given["terms"]
        members = [one.name for one in terms.suppliers if one.party_id is not None]
        return _now(
            "%(articles)d articles of %(suppliers)d suppliers. Members among them, whose sales count"
            " as mutual trade: %(members)s."
        ) % {
            "articles": len(terms.articles),
            "suppliers": len(terms.suppliers),
            "members": ", ".join(members) or "-",
        }

    return form_about(
        request,
        "trade:group_buys",
        title=_now("Open a group buy"),
        form=lambda *args, **given: forms.GroupBuyForm(
            *args, sides=sides, members=queries.member_suppliers(act.today), **given
        ),
        may=_for_sides,
        preview=effect,
        call=lambda act, given: commands.open_group_buy(act, **given),
        done=lambda made: ("trade:group_buy", made.pk),
        said=_("The group buy is open. Members find it under “Group buys”."),
        initial={"closes_date": act.today + timedelta(7)},
    )


def group_buy(request: HttpRequest, buy_id: int) -> HttpResponse:
    """One buy: how far it is, my wish, and for who runs it all that is to do."""
    act = act_of(request)
    card = queries.group_buy(act, buy_id)
    state = card.row.state
    runs = bool(policies.can_close_group_buy(act, card))
    sides = queries.sides_of(act)
    wishes = card.is_open and card.row.closes_at > act.at and bool(sides)
    return page(
        request,
        "trade/group_buy.html",
        {
            "card": card,
            "form": _wish_form(card, sides)(initial=_wished(card, sides)) if wishes else None,
            "may": {
                "close": runs and card.is_open,
                "give_up": runs and state in ("open", "ordered"),
                "deliver": runs and state in ("ordered", "delivered"),
                "drops": runs and state in ("delivered", "settled"),
                "settle": state == "delivered" and bool(policies.can_settle_group_buy(act)),
                "pay": state == "settled" and bool(policies.can_pay_group_buy_supplier(act)),
                "keeps": bool(policies.can_settle_group_buy(act)),
            },
        },
        part="trade/_group_live.html",
    )


def _wish_form(card: queries.BuyCard, sides: dict[int, str]) -> Any:
    return lambda *args, **given: forms.WishForm(
        *args, sides=sides, articles=[one.name for one in card.articles], drops=card.drops, **given
    )


def _wished(card: queries.BuyCard, sides: dict[int, str]) -> dict[str, Any]:
    """What the side that comes first wished."""
    known = [one for one in card.mine if one.party_id in sides]
    if not known:
        return {}
    found: dict[str, Any] = {"party_id": known[0].party_id, "drop": known[0].drop}
    of = {line.article: line for line in known[0].lines}
    for number, one in enumerate(card.articles):
        if one.name in of:
            found |= {f"q{number}": of[one.name].asked, f"t{number}": of[one.name].tolerance}
    return found


def wish_in_group_buy(request: HttpRequest, buy_id: int) -> HttpResponse:
    """My wish, by itself; the buy's page has the same form."""
    act = act_of(request)
    card = queries.group_buy(act, buy_id)
    sides = queries.sides_of(act)
    return form_about(
        request,
        ("trade:group_buy", buy_id),
        title=_now("Put the wish in"),
        name=card.row.name,
        form=_wish_form(card, sides),
        may=_for_sides,
        call=lambda act, given: commands.wish_in_group_buy(act, buy_id=buy_id, **given),
        said=_("Your wish is in. You can change it until the buy is closed."),
        initial=_wished(card, sides),
    )


def close_group_buy(request: HttpRequest, buy_id: int) -> HttpResponse:
    """Before its moment."""
    return action(
        request,
        call=lambda act: commands.close_group_buy(act, buy_id=buy_id),
        said=lambda made: (
            _now("The group buy is closed. The orders are below.")
            if made.bought
            else _now("The group buy did not come about; everyone is released and written to.")
        ),
        back=("trade:group_buy", buy_id),
    )


def give_up_group_buy(request: HttpRequest, buy_id: int) -> HttpResponse:
    """End it without buying."""
    card = queries.group_buy(act_of(request), buy_id)
    return form_about(
        request,
        ("trade:group_buy", buy_id),
        title=_now("Give the group buy up"),
        name=card.row.name,
        form=forms.ReasonForm,
        may=lambda act: policies.can_give_up_group_buy(act, card),
        call=lambda act, given: commands.give_up_group_buy(act, buy_id=buy_id, **given),
        said=_("Everyone is released and written to."),
    )


def deliver_group_buy(request: HttpRequest, buy_id: int) -> HttpResponse:
    """What came."""
    act = act_of(request)
    card = queries.group_buy(act, buy_id)
    lines = queries.delivery_lines(act, buy_id)
    return form_about(
        request,
        ("trade:group_buy", buy_id),
        title=_now("Enter what came"),
        name=card.row.name,
        form=lambda *args, **given: forms.CameForm(*args, lines=lines, **given),
        may=lambda act: policies.can_deliver_group_buy(act, card),
        call=lambda act, given: commands.deliver_group_buy(act, buy_id=buy_id, **given),
        done=lambda made: ("trade:group_buy_drops", buy_id),
        said=_("It is entered. What is short is shared by the rule; here is who gets what."),
        initial={"delivered_date": card.delivered_date or act.today},
    )


def group_buy_drops(request: HttpRequest, buy_id: int) -> HttpResponse:
    """Who fetches what where: a list for the phone."""
    act = act_of(request)
    card = queries.group_buy(act, buy_id)
    policies.can_collect_group_buy(act, card).enforce()
    getting = [one for one in card.members if one.pieces]
    drops = [(drop, [one for one in getting if one.drop == drop]) for drop in card.drops]
    return page(
        request,
        "trade/group_buy_drops.html",
        {
            "card": card,
            "drops": [one for one in drops if one[1]],
            "ticks": card.row.state in ("delivered", "settled"),
        },
    )


def collect_group_buy(request: HttpRequest, buy_id: int, membership_id: int) -> HttpResponse:
    """Ticked, or unticked."""
    return action(
        request,
        call=lambda act: commands.collect_group_buy(
            act,
            buy_id=buy_id,
            membership_id=membership_id,
            is_collected=request.POST.get("undo", "") != "1",
        ),
        back=("trade:group_buy_drops", buy_id),
    )


def settle_group_buy(request: HttpRequest, buy_id: int) -> HttpResponse:
    """Bill it; first how much to how many."""
    act = act_of(request)
    card = queries.group_buy(act, buy_id)

    def effect(_act: Act, _given: dict[str, Any]) -> str:
        return _now("%(count)d members are billed %(won)s in all.") % {
            "count": len([one for one in card.members if one.won]),
            "won": format_won(card.goods_won + card.transport_won),
        }

    return form_about(
        request,
        ("trade:group_buy", buy_id),
        title=_now("Bill the group buy"),
        name=card.row.name,
        form=forms.BillsForm,
        may=policies.can_settle_group_buy,
        preview=effect,
        call=lambda act, given: commands.settle_group_buy(act, buy_id=buy_id, **given),
        said=_("The bills are entered; what members bought of members counts as mutual trade."),
    )


def receive_group_buy_payment(request: HttpRequest, bill_id: int) -> HttpResponse:
    """Money for a bill."""
    act = act_of(request)
    bill, buy_id, name = queries.group_buy_bill(act, bill_id)
    return form_about(
        request,
        ("trade:group_buy", buy_id),
        title=pgettext("group buy", "Take a payment in"),
        name=f"{name} · {bill.name}",
        form=forms.GroupPaidForm,
        may=lambda act: policies.can_receive_group_buy_payment(act, bill),
        call=lambda act, given: commands.receive_group_buy_payment(act, bill_id=bill_id, **given),
        said=_("The payment is entered."),
        initial={"won": bill.open_won or None, "paid_date": act.today},
    )


def undo_group_buy_payment(request: HttpRequest, bill_id: int, receipt_id: int) -> HttpResponse:
    """It did not come."""
    bill, buy_id, name = queries.group_buy_bill(act_of(request), bill_id)
    return form_about(
        request,
        ("trade:group_buy", buy_id),
        title=_now("Take the payment back"),
        name=f"{name} · {bill.name}",
        form=forms.ReasonForm,
        may=lambda act: policies.can_undo_group_buy_payment(act, bill),
        call=lambda act, given: commands.undo_group_buy_payment(
            act, receipt_id=receipt_id, **given
        ),
        said=_("The amount is open again."),
    )


def pay_group_buy_supplier(request: HttpRequest, buy_id: int) -> HttpResponse:
    """Its goods and transport, once."""
    return action(
        request,
        call=lambda act: commands.pay_group_buy_supplier(
            act, buy_id=buy_id, supplier=request.POST.get("supplier", "")
        ),
        said=_("The supplier's payment is entered."),
        back=("trade:group_buy", buy_id),
    )


def group_buy_order(request: HttpRequest, buy_id: int, number: int) -> HttpResponseBase:
    """The order to one supplier, as PDF; with ?format=xlsx for a spreadsheet."""
    act = act_of(request)
    card, supplier = queries.group_buy_order(act, buy_id, number)
    network = parties.network_profile()
    title = f"{_now('Order')}_{card.row.name}_{supplier.name}".replace(" ", "_")
    if request.GET.get("format") == "xlsx":
        return files.download(documents.order_sheet(card, supplier, act.at), f"{title}.xlsx")
    made = documents.order_pdf(card, supplier, network.name if network else "", act.at)
    return pdf.answer(made, f"{title}.pdf")


def group_buy_file(request: HttpRequest, buy_id: int) -> HttpResponse:
    """The whole buy, for `dure trade group-buy`."""
    found = queries.group_buy_file(act_of(request), buy_id)
    return files.as_it_came(found.encode(), f"group_buy_{buy_id}.csv")


urlpatterns = [
    path("group-buys/", group_buys, name="group_buys"),
    path("group-buys/open/", open_group_buy, name="open_group_buy"),
    path("group-buys/<int:buy_id>/", group_buy, name="group_buy"),
    path("group-buys/<int:buy_id>/wish/", wish_in_group_buy, name="wish_in_group_buy"),
    path("group-buys/<int:buy_id>/close/", close_group_buy, name="close_group_buy"),
    path("group-buys/<int:buy_id>/give-up/", give_up_group_buy, name="give_up_group_buy"),
    path("group-buys/<int:buy_id>/deliver/", deliver_group_buy, name="deliver_group_buy"),
    path("group-buys/<int:buy_id>/drops/", group_buy_drops, name="group_buy_drops"),
    path(
        "group-buys/<int:buy_id>/drops/<int:membership_id>/",
        collect_group_buy,
        name="collect_group_buy",
    ),
    path("group-buys/<int:buy_id>/bill/", settle_group_buy, name="settle_group_buy"),
    path("group-buys/<int:buy_id>/pay/", pay_group_buy_supplier, name="pay_group_buy_supplier"),
    path("group-buys/<int:buy_id>/orders/<int:number>/", group_buy_order, name="group_buy_order"),
    path("group-buys/<int:buy_id>/file/", group_buy_file, name="group_buy_file"),
    path(
        "group-buys/bills/<int:bill_id>/receive/",
        receive_group_buy_payment,
        name="receive_group_buy_payment",
    ),
    path(
        "group-buys/bills/<int:bill_id>/payments/<int:receipt_id>/undo/",
        undo_group_buy_payment,
        name="undo_group_buy_payment",
    ),
]
