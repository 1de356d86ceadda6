"""What is offered and looked for: found by words, one listing, one's own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws import queries as bylaws
from dure.domains.memberships import queries as memberships
from dure.domains.parties import queries as parties
from dure.domains.parties.rules.regions import read_region, region_name
from dure.domains.parties.rules.search import question
from dure.domains.parties.rules.texts import clean_paragraphs, clean_text
from dure.kernel import files
from dure.kernel.acts import Act
from dure.kernel.refusals import InvalidInput, NotFound

from .. import policies
from ..models import Listing, ListingTerm, SynonymList
from ..rules import listings as rules
from ..rules.listings import CATEGORIES, KINDS, OFFER, SIDES, TAXES, About

__all__ = [
    "CATEGORIES", "KINDS", "SIDES", "TAXES", "About", "ListingCard", "ListingRow", "catalogue",
    "last_day", "listers_of", "listing", "listing_photo", "listing_rows", "offer", "same_words", "synonym_text",
]  # fmt: skip


class ListingImpossible(InvalidInput):
    """What nobody could read or answer."""

    text = _("This cannot be listed: %(reason)s.")


@dataclass(frozen=True, slots=True)
class ListingRow:
    """A listing in a list."""

    id: int
    side: str
    kind: str
    kind_label: str
    name: str
    party_id: int
    party: str
    category: str
    category_label: str
    unit: str
    price_won: int | None
    member_price_won: int | None
    quantity: str
    budget_won: int | None
    region: str
    until_date: date
    is_public: bool
    state: str
    state_label: str
    photo_id: int | None = None


@dataclass(frozen=True, slots=True)
class ListingCard:
    """A listing with all it says."""

    row: ListingRow
    about: About
    tax_label: str
    listed_at: datetime
    ended_date: date | None
    photos: tuple[int, ...]
    phone: str  # of the organisation, where the directory publishes it
    website: str
    in_directory: bool

    @property
    def id(self) -> int:
        return self.row.id

    @property
    def party_id(self) -> int:
        return self.row.party_id

    @property
    def is_public(self) -> bool:
        return self.row.is_public

    @property
    def state(self) -> str:
        return self.row.state


def last_day(today: date) -> date:
    """Until when something may be listed, or kept listed."""
    return today + timedelta(days=bylaws.rules_on(today).number("trade.listing_days"))


def readable_about(act: Act, side: str, about: About) -> About:
    """What is said as it can be kept. Raises ListingImpossible, UnknownRegion, TextTooLong."""
    sido, sigungu = read_region(about.region_code)
    last = last_day(act.today)
    worded: dict[str, Any] = {
        name: (clean_paragraphs if name == "description" else clean_text)(
            getattr(about, name), _most(name), word
        )
        for name, word in _WORDS.items()
    }
    found = replace(
        about, region_code=sigungu or sido, until_date=about.until_date or last, **worded
    )
    if wrong := rules.what_is_wrong(side, found, act.today, last):
        raise ListingImpossible(reason=wrong)
    return found


_WORDS = {
    "name": _("Name"),
    "description": _("Description"),
    "unit": _("Unit"),
    "delivery": _("Delivery"),
    "capacity": _("Capacity"),
    "certificates": _("Certificates"),
    "quantity": _("Quantity"),
}


def _most(field: str) -> int:
    return int(Listing._meta.get_field(field).max_length or 0)  # type: ignore[union-attr]


def synonym_text() -> str:
    """Which words mean the same here, as typed; what comes with the programme until then."""
    kept = SynonymList.objects.order_by("-pk").values_list("text", flat=True).first()
    return rules.seed() if kept is None else kept


def same_words() -> Any:
    """For each word those that mean the same."""
    return rules.synonyms(synonym_text())


def visible_to(act: Act) -> QuerySet[Listing]:
    """What the actor may read: open to its kind of reader, and its own of any state."""
    policies.can_see_catalogue(act).enforce()
    open_to = Q(state=Listing.State.OPEN)
    if not act.holds(*policies.READERS, *policies.BELONGING):
        open_to &= Q(is_public=True)
    return Listing.objects.filter(open_to | Q(party__in=list(act.own)))


def catalogue(
    act: Act,
    *,
    side: str = OFFER,
    search: str = "",
    category: str = "",
    region: str = "",
    party_id: int | None = None,
) -> QuerySet[Listing]:
    """What is offered or looked for, the best answers to the words first, else the newest.

    Of one organisation with what is over, where the reader may act for it.
    """
    rows = visible_to(act).filter(side=side)
    if category:
        rows = rows.filter(category=category)
    if region:
        near = Q(region_code="") | Q(region_code__startswith=region)
        rows = rows.filter(near | Q(region_code=region[:2]))
    if party_id is None:
        rows = rows.filter(state=Listing.State.OPEN)
    else:
        rows = rows.filter(party=party_id)
    if not search.strip():
        return rows.order_by("-pk")
    words = question(search, same_words())
    if not words:
        return rows.none()
    terms = ListingTerm.objects.filter(side=side)
    found: Any = parties.answering(rows, terms, "listing", words)
    return found.order_by("-score", "-pk")  # type: ignore[no-any-return]


def listing_rows(found: list[Listing]) -> list[ListingRow]:
    """Listings as a list names them, with their first picture."""
    names = parties.names_of(one.party_id for one in found)
    photos = files.first_files(one.matter for one in found)
    return [
        ListingRow(
            one.pk, one.side, one.kind, str(one.get_kind_display()), one.name, one.party_id,
            names.get(one.party_id, ""), one.category, str(one.get_category_display()), one.unit,
            one.price_won, one.member_price_won, one.quantity, one.budget_won,
            region_name(one.region_code) if one.region_code else "", one.until_date, one.is_public,
            one.state, str(one.get_state_display()), photos.get(one.matter),
        )
        for one in found
    ]  # fmt: skip


def listing(act: Act, listing_id: int) -> ListingCard:
    """One listing. Raises NotFound."""
    found = Listing.objects.filter(pk=listing_id).first()
    if found is None:
        raise NotFound
    policies.can_see_listing(act, found).enforce()
    try:
        owner = parties.organisation_card(found.party_id)
    except NotFound:
        owner = None
    kept = files.files_of(found.matter)
    return ListingCard(
        row=listing_rows([found])[0], about=found.about, tax_label=str(found.get_tax_display()),
        listed_at=found.listed_at, ended_date=found.ended_date,
        photos=tuple(pk for pk, one in kept.items() if one.destroyed_at is None),
        phone=owner.phone if owner else "", website=owner.website if owner else "",
        in_directory=owner is not None,
    )  # fmt: skip


def listing_photo(act: Act, listing_id: int, file_id: int) -> files.OpenFile:
    """A picture of a listing one may read. Raises NotFound."""
    found = Listing.objects.filter(pk=listing_id).first()
    if found is None:
        raise NotFound
    policies.can_see_listing(act, found).enforce()
    return files.open_public_file(found.matter, file_id)


def offer(act: Act, listing_id: int) -> ListingCard:
    """An open offer, to ask for or to make a deal of. Raises NotFound."""
    found = listing(act, listing_id)
    if found.row.side != OFFER or found.state != Listing.State.OPEN:
        raise NotFound
    return found


def listers_of(act: Act) -> dict[int, str]:
    """For which organisations the actor may list: those it speaks for; the office for members."""
    own = parties.names_of(act.things("representative"))
    if act.holds(*policies.OFFICE):
        return memberships.member_organisations(act.today) | own
    return own
