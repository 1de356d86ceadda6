"""Who holds how much on any day; one member's shares, subscribed, paid and handed on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.money import format_won
from dure.kernel.reads import note_read
from dure.ui.doors import act_of, form_page, page
from dure.ui.fields import DateField
from dure.ui.tables import Column, Table, ask, show

from ... import commands, policies
from ...forms import shares as forms
from ...queries import (
    applications_due as due_queries,
    members as members_queries,
    receipts as receipt_queries,
    shares as queries,
)
from .claims import here


class RegisterFilters(django_forms.Form):
    on = DateField(label=_("Register on"), required=False)


REGISTER = Table(
    id="share_register",
    title=_("Register of members and shares"),
    columns=(
        Column("number", _("No."), sort="number", kind="id"),
        Column(
            "name",
            _("Name"),
            sort="party__name",
            link=lambda m: reverse("memberships:member_shares", args=[m.pk]),
        ),
        Column("address", _("Address")),
        Column("class_name", _("Kind of member")),
        Column("joined_date", _("Member since"), kind="day", sort="joined_date"),
        Column("left_date", _("Left"), kind="day", shown=False),
        Column("shares_held", _("Number of shares"), kind="number", sort="shares_held"),
        Column("paid_in_won", _("Paid in (won)"), kind="won", sort="paid_in_won"),
        Column("certificate", _("Certificate no."), kind="id"),
        Column("changed_date", _("Last change"), kind="day", shown=False),
    ),
    sort="number",
    filters=RegisterFilters,
    empty_title=_("Nobody stands in the register on this day"),
    empty_text=_("Shares are subscribed to and paid on the page of each member."),
)


def share_register(request: HttpRequest) -> HttpResponseBase:
    """조합원명부·출자자명부: who belonged and held how much, on any day."""
    act = act_of(request)
    asked = ask(request, REGISTER)
    on: date = asked.given.get("on") or act.today
    totals = queries.register_totals(on)
    rows: Any
    if asked.export:
        rows = queries.register_rows(act, on, search=asked.search)
        note_read(act, None, "memberships.share_register", len(rows), download=True)
    else:
        rows = queries.share_register(act, on, search=asked.search)
    context = {
        "on": on,
        "totals": totals,
        "waiting": queries.shares_waiting(act, act.today)[:20],
    }
    return show(request, REGISTER, asked, rows, "memberships/share_register.html", context)


def member_shares(request: HttpRequest, membership_id: int) -> HttpResponse:
    """One member's shares: for the office and for the member."""
    act = act_of(request)
    found = queries.share_card(act, membership_id)
    return page(
        request,
        "memberships/member_shares.html",
        {
            "card": found.holder,
            "found": found,
            "receipt": receipt_named(request),
            "keeps": policies.keeps_members(act),
            "office": bool(policies.can_transfer_shares(act)),
        },
    )


def subscribe_shares(request: HttpRequest, membership_id: int) -> HttpResponse:
    act = act_of(request)
    card = queries.holder_card(act, membership_id)
    office = policies.keeps_members(act)
    return form_page(
        request,
        form=lambda *args, **kwargs: forms.SubscribeShares(*args, office=office, **kwargs),
        template="memberships/subscribe_shares.html",
        call=lambda act, given: commands.subscribe_shares(
            act, membership_id=membership_id, **given
        ),
        preview=lambda act, given: (
            _now("%(shares)d shares of %(unit)s are subscribed to: %(won)s.")
            % {
                "shares": given["shares"],
                "unit": format_won(card.unit_won),
                "won": format_won(given["shares"] * card.unit_won),
            }
        ),
        done=lambda made: ("memberships:member_shares", membership_id),
        said=_("The shares were subscribed to."),
        may=here(lambda act: policies.can_subscribe_shares(act, card.party_id)),
        initial={"subscribed_date": act.today} if office else {},
        context={"keeps": office, "card": card},
    )


def pay_shares(request: HttpRequest, subscription_id: int) -> HttpResponse:
    act = act_of(request)
    found = queries.subscription_card(act, subscription_id)
    return form_page(
        request,
        form=paying_form(forms.PayShares, act, found.open_won),
        template="memberships/pay_shares.html",
        call=lambda act, given: commands.pay_shares(act, subscription_id=subscription_id, **given),
        done=lambda made: ("memberships:member_shares", found.membership_id),
        said=_("The payment was booked."),
        may=here(policies.can_pay_shares),
        initial={"receipt_id": receipt_named(request), "amount_won": found.open_won or None},
        context={"found": found},
    )


def end_share_subscription(request: HttpRequest, subscription_id: int) -> HttpResponse:
    found = queries.subscription_card(act_of(request), subscription_id)
    return form_page(
        request,
        form=forms.Reasoned,
        template="memberships/end_share_subscription.html",
        call=lambda act, given: commands.end_share_subscription(
            act, subscription_id=subscription_id, **given
        ),
        done=lambda made: ("memberships:member_shares", found.membership_id),
        said=_("What was not paid is given up."),
        may=policies.can_transfer_shares,
        context={"found": found},
    )


def undo_share_payment(request: HttpRequest, movement_id: int) -> HttpResponse:
    membership_id = queries.member_of_movement(act_of(request), movement_id)
    return form_page(
        request,
        form=forms.Reasoned,
        template="memberships/undo_share_payment.html",
        call=lambda act, given: commands.undo_share_payment(act, movement_id=movement_id, **given),
        done=lambda made: ("memberships:member_shares", membership_id),
        said=_("The payment was undone by a counter-entry."),
        may=policies.can_undo_share_payment,
    )


def transfer_shares(request: HttpRequest, membership_id: int) -> HttpResponse:
    act = act_of(request)
    card = queries.holder_card(act, membership_id)
    return form_page(
        request,
        form=_handing_on(forms.TransferShares, act),
        template="memberships/transfer_shares.html",
        call=lambda act, given: commands.transfer_shares(
            act, membership_id=membership_id, **_by_number(given)
        ),
        done=lambda made: ("memberships:member_shares", membership_id),
        said=_("The shares were transferred."),
        may=here(policies.can_transfer_shares),
        initial={"moved_date": act.today, "members_total": members_queries.member_count(act.today)},
        context={"card": card},
    )


def inherit_shares(request: HttpRequest, membership_id: int) -> HttpResponse:
    act = act_of(request)
    card = queries.holder_card(act, membership_id)
    return form_page(
        request,
        form=_handing_on(forms.InheritShares, act),
        template="memberships/inherit_shares.html",
        call=lambda act, given: commands.inherit_shares(
            act, membership_id=membership_id, **_by_number(given)
        ),
        done=lambda made: ("memberships:member_shares", membership_id),
        said=_("The shares went to the heir."),
        may=here(policies.can_inherit_shares),
        initial={"moved_date": act.today},
        context={"card": card},
    )


def paying_form(form: type[forms.PayShares], act: Act, owed_won: int) -> Callable[..., Any]:
    """A form of money for shares, with what came in at the bank to choose from."""
    may = policies.can_see_receipts(act)
    receipts = receipt_queries.open_receipts(act, owed_won) if may else ()
    return partial(form, receipts=receipts, owed_won=owed_won)


def receipt_named(request: HttpRequest) -> int | None:
    """The receipt that pays, when one comes from its page."""
    given = request.GET.get("receipt", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 18 else None


def _handing_on(form: Callable[..., Any], act: Act) -> Callable[..., Any]:
    """A form of shares that change hands, with the applicants who wait for some."""
    may = policies.can_see_applications(act)
    return partial(form, awaited=due_queries.payments_awaited(act) if may else ())


def _by_number(given: dict[str, Any]) -> dict[str, Any]:
    """The receiver by its number as people know it."""
    number = given.pop("to_number", None)
    given["to_membership_id"] = queries.membership_numbered(number) if number else None
    return given


urlpatterns = [
    path("shares/", share_register, name="share_register"),
    path("shares/subscriptions/<int:subscription_id>/pay/", pay_shares, name="pay_shares"),
    path(
        "shares/subscriptions/<int:subscription_id>/end/",
        end_share_subscription,
        name="end_share_subscription",
    ),
    path("shares/movements/<int:movement_id>/undo/", undo_share_payment, name="undo_share_payment"),
    path("<int:membership_id>/shares/", member_shares, name="member_shares"),
    path("<int:membership_id>/shares/subscribe/", subscribe_shares, name="subscribe_shares"),
    path("<int:membership_id>/shares/transfer/", transfer_shares, name="transfer_shares"),
    path("<int:membership_id>/shares/inherit/", inherit_shares, name="inherit_shares"),
]
