"""One's own deals, the deals of all, one deal and what is done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _now, gettext_lazy as _, pgettext_lazy

from dure.kernel.acts import Act
from dure.kernel.money import format_won
from dure.kernel.refusals import Refusal
from dure.kernel.verdict import ALLOW, Verdict, deny
from dure.ui.doors import act_of, action, form_about, page
from dure.ui.tables import Column, Table, ask, show

from .. import commands, forms, policies, queries


def _deal_url(one: Any) -> str:
    return reverse("trade:deal", args=[one.id])


DEALS = Table(
    id="deals",
    title=_("Deals"),
    columns=(
        Column("id", _("No."), kind="id", link=_deal_url),
        Column("dealt_date", _("Day"), kind="day"),
        Column("seller", _("Seller")),
        Column("buyer", _("Buyer")),
        Column("what", pgettext_lazy("deal", "What")),
        Column("won", _("Sum (won)"), kind="won"),
        Column("open_won", _("Open (won)"), kind="won"),
        Column("state_label", pgettext_lazy("deal", "State")),
    ),
    empty_title=_("No deals yet"),
    empty_text=_("Whoever sold to or bought from another member writes it down in a minute."),
)


def my_deals(request: HttpRequest) -> HttpResponseBase:
    """What waits for my answer, and all deals of those I speak for."""
    act = act_of(request)
    rows = queries.my_deals(act)
    return show(
        request,
        DEALS,
        ask(request, DEALS),
        rows,
        "trade/my_deals.html",
        {
            "waiting": queries.deals_waiting(act),
            "records": bool(queries.sides_of(act)),
            "sides": [(one, name) for one, name in queries.sides_of(act).items() if one in act.own],
            "year": act.today.year,
        },
    )


def deals(request: HttpRequest) -> HttpResponseBase:
    """The deals of all."""
    rows = queries.deals(act_of(request))
    return show(request, DEALS, ask(request, DEALS), rows, "trade/deals.html")


def may_record(act: Act) -> Verdict:
    """Whether there is anybody for whom the actor trades."""
    if queries.sides_of(act):
        return ALLOW
    return deny(_("You do this for yourself, or for the organisation you speak for."))


def between_two(act: Act, form: type[forms.BetweenTwo]) -> Callable[..., forms.BetweenTwo]:
    """A form that asks for whom and with whom."""
    return lambda *args, **given: form(
        *args,
        sides=queries.sides_of(act),
        names=queries.partner_names(act),
        find=lambda text: queries.find_partners(act, text),
        exists=lambda pk: queries.is_partner(act, pk),
        **given,
    )


def record_deal(request: HttpRequest) -> HttpResponse:
    """“We traded”."""
    act = act_of(request)
    return form_about(
        request,
        "trade:my_deals",
        title=_now("Write a deal down"),
        form=between_two(act, forms.DealForm),
        may=may_record,
        call=lambda act, given: commands.record_deal(act, **given),
        done=lambda made: ("trade:deal", made.pk),
        said=_("It is written down. The other side is asked to confirm it."),
        initial={"dealt_date": act.today, **_of_listing(act, request.GET.get("listing", ""))},
    )


def listed(act: Act, given: str) -> queries.ListingCard | None:
    """What a form begins with that a listing leads to; None: nothing, or nothing one may see."""
    if not (given.isascii() and given.isdigit() and len(given) < 19):
        return None
    try:
        return queries.listing(act, int(given))
    except Refusal:
        return None


def _of_listing(act: Act, given: str) -> dict[str, Any]:
    """What a deal of something listed begins with: an offer is bought, to a want is sold."""
    found = listed(act, given)
    if found is None:
        return {}
    row = found.row
    return {
        "sells": "yes" if row.side == "want" else "no",
        "other_id": f"#{row.party_id}",
        "what": row.name,
        "won": row.member_price_won or row.price_won,
    }


def deal(request: HttpRequest, deal_id: int) -> HttpResponse:
    """One deal: what was agreed, where it stands, what can be done."""
    act = act_of(request)
    card = queries.deal(act, deal_id)
    state = card.row.state
    own = card.waits_for_id in act.own
    agreed = state == "confirmed"
    proposed = agreed and card.waits_for_id is not None
    acts = bool(policies.can_act_for(act, card.seller_id)) or bool(
        policies.can_act_for(act, card.buyer_id)
    )
    may = {
        "agree": proposed and bool(policies.can_agree_deal_correction(act, card)),
        "correct": agreed and not proposed and acts,
        "dispute": agreed and not card.dispute and acts,
        "settle": bool(card.dispute) and bool(policies.can_settle_deal_dispute(act, card)),
        "confirm": state == "recorded" and own,
        "confirm_on_paper": state == "recorded"
        and not own
        and bool(policies.can_confirm_deal(act, card)),
        "refuse": state == "recorded" and bool(policies.can_refuse_deal(act, card)),
        "withdraw": state == "recorded" and bool(policies.can_withdraw_deal(act, card)),
        "invoice": not card.row.tax_number
        and state in ("recorded", "confirmed")
        and bool(policies.can_note_tax_invoice(act, card)),
        "paper": acts and state in ("recorded", "confirmed"),
        "receive": card.row.open_won > 0 and bool(policies.can_receive_deal_payment(act, card)),
        "undo": state == "confirmed" and bool(policies.can_undo_deal_payment(act, card)),
    }
    return page(
        request,
        "trade/deal.html",
        {
            "card": card,
            "proposed": card.versions[0] if proposed else None,
            "may": may,
            "papers": queries.deal_papers(act, card),
            "mine": bool(card.seller_id in act.own or card.buyer_id in act.own),
            "lists": bool(policies.can_see_all_deals(act)),
            "twins": queries.own_twins(act, card) if may["confirm"] else [],
        },
    )


def confirm_deal(request: HttpRequest, deal_id: int) -> HttpResponse:
    """One press; with the paper where the office types it in."""
    act = act_of(request)
    card = queries.deal(act, deal_id)
    said = _("Both sides confirmed the deal. It counts now.")
    if card.waits_for_id in act.own:
        same = request.POST.get("same_as", "")
        same_as = int(same) if same.isascii() and same.isdigit() and len(same) < 19 else None
        return action(
            request,
            call=lambda act: commands.confirm_deal(act, deal_id=deal_id, same_as_id=same_as),
            said=said,
            back=("trade:deal", deal_id),
        )
    return form_about(
        request,
        ("trade:deal", deal_id),
        title=_now("Confirm by paper"),
        name=_name(card),
        form=forms.ConfirmForm,
        may=lambda act: policies.can_confirm_deal(act, card),
        call=lambda act, given: commands.confirm_deal(act, deal_id=deal_id, **given),
        said=said,
    )


def refuse_deal(request: HttpRequest, deal_id: int) -> HttpResponse:
    """It was not so."""
    card = queries.deal(act_of(request), deal_id)
    return form_about(
        request,
        ("trade:deal", deal_id),
        title=_now("It was not so"),
        name=_name(card),
        form=forms.ReasonForm,
        may=lambda act: policies.can_refuse_deal(act, card),
        call=lambda act, given: commands.refuse_deal(act, deal_id=deal_id, **given),
        said=_("The other side reads your reason and can write the deal down anew."),
    )


def withdraw_deal(request: HttpRequest, deal_id: int) -> HttpResponse:
    """Take it back."""
    return action(
        request,
        call=lambda act: commands.withdraw_deal(act, deal_id=deal_id),
        said=_("The deal was taken back."),
        back=("trade:deal", deal_id),
    )


def receive_deal_payment(request: HttpRequest, deal_id: int) -> HttpResponse:
    """The money came."""
    act = act_of(request)
    card = queries.deal(act, deal_id)
    return form_about(
        request,
        ("trade:deal", deal_id),
        title=_now("The money came"),
        name=_name(card),
        form=forms.PaymentForm,
        may=lambda act: policies.can_receive_deal_payment(act, card),
        call=lambda act, given: commands.receive_deal_payment(act, deal_id=deal_id, **given),
        said=_("The payment is noted."),
        initial={"won": card.row.open_won, "paid_date": act.today},
    )


def undo_deal_payment(request: HttpRequest, deal_id: int, settlement_id: int) -> HttpResponse:
    """It did not."""
    card = queries.deal(act_of(request), deal_id)
    return form_about(
        request,
        ("trade:deal", deal_id),
        title=_now("Take the payment back"),
        name=_name(card),
        form=forms.ReasonForm,
        may=lambda act: policies.can_undo_deal_payment(act, card),
        call=lambda act, given: commands.undo_deal_payment(
            act, settlement_id=settlement_id, **given
        ),
        said=_("The amount is open again."),
    )


def _name(card: queries.DealCard) -> str:
    row = card.row
    return f"{row.seller} → {row.buyer} · {row.what} · {format_won(row.won)}"


urlpatterns = [
    path("", my_deals, name="my_deals"),
    path("all/", deals, name="deals"),
    path("record/", record_deal, name="record_deal"),
    path("<int:deal_id>/", deal, name="deal"),
    path("<int:deal_id>/confirm/", confirm_deal, name="confirm_deal"),
    path("<int:deal_id>/refuse/", refuse_deal, name="refuse_deal"),
    path("<int:deal_id>/withdraw/", withdraw_deal, name="withdraw_deal"),
    path("<int:deal_id>/receive/", receive_deal_payment, name="receive_deal_payment"),
    path(
        "<int:deal_id>/payments/<int:settlement_id>/undo/",
        undo_deal_payment,
        name="undo_deal_payment",
    ),
]
