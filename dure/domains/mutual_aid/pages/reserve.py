"""Where the reserve stands, and its movements."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext_lazy as _

from dure.kernel.money import format_won
from dure.ui.doors import act_of, form_about
from dure.ui.tables import Column, Table, ask, show

from .. import commands, documents, forms, policies, queries
from .papers import paper_answer

PLACEMENTS = Table(
    id="placements",
    title=_("Deposits and bonds"),
    columns=(
        Column("institution", _("Institution")),
        Column("kind_label", _("Kind")),
        Column("won", _("Amount (won)"), kind="won"),
        Column("opened_date", _("From"), kind="day"),
        Column("matures_date", _("Matures on"), kind="day"),
        Column("end_label", _("Ended")),
        Column("interest_won", _("Interest (won)"), kind="won"),
        Column("decided_by", _("Decided by")),
    ),
    empty_title=_("Nothing is placed yet"),
    empty_text=_("The whole reserve is at hand in the accounts of its fund."),
)


def reserve(request: HttpRequest) -> HttpResponseBase:
    """The reserve: at hand, placed, when it comes back, and with whom it stands."""
    act = act_of(request)
    fund = request.GET.get("fund", "")[:40]
    view = queries.reserve_view(act, fund)
    if request.GET.get("as"):
        return paper_answer(request, documents.reserve_statement, view, fund)
    return show(
        request,
        PLACEMENTS,
        ask(request, PLACEMENTS),
        view.placements,
        "mutual_aid/reserve.html",
        {
            "view": view,
            "fund": fund,
            "moves": bool(policies.can_place_reserve(act)),
        },
    )


def place_reserve(request: HttpRequest) -> HttpResponse:
    """Place a part of the reserve."""
    funds = queries.aid_funds()
    return form_about(
        request,
        "mutual_aid:reserve",
        title=_("Place a part of the reserve"),
        form=lambda *args, **given: forms.PlaceReserveForm(*args, funds=funds, **given),
        may=policies.can_place_reserve,
        call=lambda act, given: commands.place_reserve(act, **given),
        said=_("It is placed, and entered in the books."),
        initial={"opened_date": act_of(request).today},
    )


def end_placement(request: HttpRequest, placement_id: int) -> HttpResponse:
    """Money comes back."""
    act = act_of(request)
    card = queries.placement(act, placement_id)
    return form_about(
        request,
        "mutual_aid:reserve",
        title=_("It comes back"),
        name=f"{card.institution} · {card.kind_label} · {format_won(card.won)}",
        form=forms.EndPlacementForm,
        may=policies.can_end_placement,
        call=lambda act, given: commands.end_placement(act, placement_id=placement_id, **given),
        said=_("It came back, and is entered in the books."),
        initial={"ended_date": act.today},
    )


def renew_placement(request: HttpRequest, placement_id: int) -> HttpResponse:
    """Renew what is due."""
    act = act_of(request)
    card = queries.placement(act, placement_id)
    return form_about(
        request,
        "mutual_aid:reserve",
        title=_("Renew"),
        name=f"{card.institution} · {card.kind_label} · {format_won(card.won)}",
        form=forms.RenewPlacementForm,
        may=policies.can_renew_placement,
        call=lambda act, given: commands.renew_placement(act, placement_id=placement_id, **given),
        said=_("It is renewed, and entered in the books."),
        initial={"ended_date": act.today, "won": card.won},
    )


urlpatterns = [
    path("reserve/", reserve, name="reserve"),
    path("reserve/place/", place_reserve, name="place_reserve"),
    path("reserve/<int:placement_id>/end/", end_placement, name="end_placement"),
    path("reserve/<int:placement_id>/renew/", renew_placement, name="renew_placement"),
]
