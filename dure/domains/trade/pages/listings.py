"""The catalogue of offers and wants, one listing, and what its owner does with it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid5

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _now, gettext_lazy as _, pgettext_lazy

from dure.domains.bylaws import queries as bylaws
from dure.kernel.acts import Act
from dure.kernel.verdict import ALLOW, Verdict, deny
from dure.ui.doors import act_of, action, form_about, page
from dure.ui.tables import Column, Table, ask, show
from dure.ui.uploads import content_of

from .. import commands, forms, policies, queries
from ..queries import About

WORDS = ("name", "party", "category_label", "kind_label", "region")
FIRST = (
    Column("name", pgettext_lazy("listing", "What"), link=lambda one: reverse("trade:listing", args=[one.id])),
    Column("party", _("Organisation")),
    Column("category_label", _("Category")),
)  # fmt: skip
LAST = (Column("region", _("Region")), Column("until_date", _("Listed until"), kind="day"))
OFFERS = Table(
    id="offers",
    title=pgettext_lazy("catalogue", "Offers"),
    columns=(
        *FIRST,
        Column("unit", _("Unit")),
        Column("price_won", _("Price (won)"), kind="won"),
        Column("member_price_won", _("Price for members (won)"), kind="won"),
        *LAST,
    ),
    filters=forms.CatalogueFilters,
    per_page=24,
    empty_title=_("Nothing is offered yet"),
    empty_text=_("Whoever lists what it offers is found by the others."),
)
WANTS = replace(
    OFFERS,
    id="wants",
    title=pgettext_lazy("catalogue", "Wants"),
    columns=(
        *FIRST,
        Column("quantity", _("Quantity")),
        Column("budget_won", _("Budget (won)"), kind="won"),
        *LAST,
    ),
    empty_title=_("Nothing is looked for now"),
    empty_text=_("Whoever lists what it looks for hears who offers it."),
)


def catalogue(request: HttpRequest) -> HttpResponseBase:
    """Offers or wants, found by words."""
    act = act_of(request)
    side = "want" if request.GET.get("side") == "want" else "offer"
    table = WANTS if side == "want" else OFFERS
    asked = ask(request, table)
    rows = queries.catalogue(
        act, side=side, search=asked.search, category=asked.given.get("category") or "",
        region=asked.given.get("region") or "",
    )  # fmt: skip
    context = {
        "side": side,
        "lists": bool(queries.listers_of(act)),
        "words": bool(policies.can_change_synonyms(act)),
    }
    return show(
        request, table, asked, rows, "trade/catalogue.html", context,
        dress=queries.listing_rows, part="trade/_catalogue.html",
    )  # fmt: skip


def listing(request: HttpRequest, listing_id: int) -> HttpResponse:
    """One listing: what it says, who may fit, what can be done."""
    act = act_of(request)
    card = queries.listing(act, listing_id)
    changes = bool(policies.can_change_listing(act, card))
    return page(
        request,
        "trade/listing.html",
        {
            "card": card,
            "is_offer": card.row.side == "offer",
            "is_open": card.state == "open",
            "changes": changes,
            "reading": queries.reading_of(act, listing_id),
            "overlap_rule": bylaws.rules_on(act.today).provision("trade.overlap_notice").citation,
            "deals": card.state == "open"
            and card.party_id not in act.own
            and (act.holds(*policies.OFFICE) or bool(queries.sides_of(act))),
        },
    )


def may_list(act: Act) -> Verdict:
    if queries.listers_of(act):
        return ALLOW
    return deny(_("Organisations list what they offer and look for, through who speaks for them."))


def _keep_photo(act: Act, listing_id: int, photo: Any) -> None:
    """Under a key of its own: the same form sent twice keeps one picture."""
    if photo is not None:
        commands.add_listing_photo(
            replace(act, key=uuid5(act.key, "photo")),
            listing_id=listing_id, name=photo.name, content=content_of(photo),
        )  # fmt: skip


def add_listing(request: HttpRequest) -> HttpResponse:
    """List an offer or a want."""
    side = "want" if request.GET.get("side") == "want" else "offer"
    title = _now("List a want") if side == "want" else _now("List an offer")

    def call(act: Act, given: dict[str, Any]) -> Any:
        photo, party_id = given.pop("photo"), given.pop("party_id")
        made = commands.add_listing(act, party_id=party_id, side=side, about=About(**given))
        _keep_photo(act, made.pk, photo)
        return made

    return form_about(
        request,
        "trade:catalogue",
        title=title,
        form=lambda *args, **given: forms.ListingForm(
            *args, side=side, sides=queries.listers_of(act_of(request)), **given
        ),
        may=may_list,
        call=call,
        done=lambda made: ("trade:listing", made.pk),
        said=_("It is listed."),
        initial={"kind": "goods"},
    )


def change_listing(request: HttpRequest, listing_id: int) -> HttpResponse:
    """Say it otherwise, or add a picture."""
    act = act_of(request)
    card = queries.listing(act, listing_id)

    def call(act: Act, given: dict[str, Any]) -> Any:
        photo = given.pop("photo")
        made = commands.change_listing(act, listing_id=listing_id, about=About(**given))
        _keep_photo(act, listing_id, photo)
        return made

    return form_about(
        request,
        ("trade:listing", listing_id),
        title=_now("Change the listing"),
        name=card.row.name,
        form=lambda *args, **given: forms.ListingForm(*args, side=card.row.side, sides={}, **given),
        may=lambda act: policies.can_change_listing(act, card),
        call=call,
        said=_("It is changed."),
        initial={name: getattr(card.about, name) for name in About.__slots__},
    )


def renew_listing(request: HttpRequest, listing_id: int) -> HttpResponse:
    """Keep it listed longer."""
    return action(
        request,
        call=lambda act: commands.renew_listing(act, listing_id=listing_id),
        said=_("It stays listed as long as the rules allow."),
        back=("trade:listing", listing_id),
    )


def close_listing(request: HttpRequest, listing_id: int) -> HttpResponse:
    """Take it off."""
    return action(
        request,
        call=lambda act: commands.close_listing(act, listing_id=listing_id),
        said=_("It is taken off the list. It can be listed again."),
        back=("trade:listing", listing_id),
    )


def remove_listing_photo(request: HttpRequest, listing_id: int, photo_id: int) -> HttpResponse:
    """Destroy a picture."""
    return action(
        request,
        call=lambda act: commands.remove_listing_photo(
            act, listing_id=listing_id, file_id=photo_id
        ),
        said=_("The picture is removed."),
        back=("trade:listing", listing_id),
    )


def listing_photo(request: HttpRequest, listing_id: int, photo_id: int) -> HttpResponse:
    """A picture, as it is shown."""
    found = queries.listing_photo(act_of(request), listing_id, photo_id)
    return HttpResponse(
        found.content,
        content_type=found.content_type,
        headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=86400"},
    )


urlpatterns = [
    path("catalogue/", catalogue, name="catalogue"),
    path("catalogue/add/", add_listing, name="add_listing"),
    path("catalogue/<int:listing_id>/", listing, name="listing"),
    path("catalogue/<int:listing_id>/change/", change_listing, name="change_listing"),
    path("catalogue/<int:listing_id>/renew/", renew_listing, name="renew_listing"),
    path("catalogue/<int:listing_id>/close/", close_listing, name="close_listing"),
    path(
        "catalogue/<int:listing_id>/photos/<int:photo_id>/", listing_photo, name="listing_photo"
    ),
    path(
        "catalogue/<int:listing_id>/photos/<int:photo_id>/remove/",
        remove_listing_photo,
        name="remove_listing_photo",
    ),
]  # fmt: skip
