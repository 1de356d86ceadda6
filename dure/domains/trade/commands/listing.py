"""Offers and wants: listed, changed, kept longer, taken off, and what the clock does with them."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws import queries as bylaws
from dure.domains.memberships import queries as memberships
from dure.domains.memberships.queries.duties import Use
from dure.domains.parties import queries as parties
from dure.kernel import files
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.refusals import NotFound, Refusal

from .. import policies
from ..events import (
    ListingAdded,
    ListingChanged,
    ListingClosed,
    ListingRenewed,
    ListingsWatched,
)
from ..models import Listing, ListingTerm
from ..queries.listings import ListingImpossible, last_day, readable_about
from ..rules import listings as rules
from ..rules.listings import About

__all__ = [
    "ListingFromOutside", "ListingImpossible", "ListingOver", "NoListingEnds", "add_listing",
    "change_listing", "close_listing", "renew_listing", "watch_listings",
]  # fmt: skip

State = Listing.State
AT_ONCE = 1_000


class ListingFromOutside(Refusal):
    """Who may list, the network decides."""

    text = _("“%(name)s” is not a member, and this network lists what members offer only.")
    remedy = _("The rules say so under “trade.shops_list”; a resolution opens it to local shops.")


class ListingOver(Refusal):
    """It was taken off before."""

    text = _("This is no longer listed.")
    remedy = _("Keep it listed longer; then it can be changed.")


class NoListingEnds(Refusal):
    """The clock finds nothing to do."""

    text = _("No listing ends today or soon.")


def need_lister(party_id: int, day: date) -> str:
    """That this organisation may list on a day; its name. Raises NotFound, ListingImpossible,
    ListingFromOutside, BenefitRests."""
    if not parties.party_exists(party_id):
        raise NotFound
    if not parties.is_organisation(party_id):
        raise ListingImpossible(reason=_("it is listed by an organisation"))
    name = parties.party_name(party_id)
    member = memberships.membership_of(party_id, day)
    if member is not None:
        memberships.need_benefit(member, Use.TRADE, day)
    elif not (bylaws.rules_on(day).yes("trade.shops_list") and _is_near(party_id)):
        raise ListingFromOutside(name=name)
    return name


def _is_near(party_id: int) -> bool:
    """Whether an organisation is in the region of the network; one without a region is not."""
    network = parties.network_profile()
    return network is not None and parties.regions_of([party_id]).get(party_id, "").startswith(
        network.region_code or "-"
    )


def index(listings: list[Listing], names: dict[int, str]) -> None:
    """Write the index of open listings anew."""
    ListingTerm.objects.filter(listing__in=[one.pk for one in listings]).delete()
    ListingTerm.objects.bulk_create(
        (
            ListingTerm(listing=one, side=one.side, term=term, weight=weight)
            for one in listings
            for term, weight in rules.terms_of(one.about, names.get(one.party_id, "")).items()
        ),
        batch_size=AT_ONCE,
    )


@command
def add_listing(act: Act, *, party_id: int, side: str, about: About) -> Listing:
    """List what an organisation offers or looks for.

    Raises ListingImpossible, ListingFromOutside, BenefitRests, UnknownRegion, NotFound.
    """
    policies.can_add_listing(act, party_id).enforce()
    name = need_lister(party_id, act.today)
    about = readable_about(act, side, about)
    # ---
    made = Listing.objects.create(
        party_id=party_id, side=side, listed_at=act.at, **{n: getattr(about, n) for n in About.__slots__}
    )  # fmt: skip
    index([made], {party_id: name})
    record(act, ListingAdded(made.pk, party_id, side, made.name))
    return made


@command
def change_listing(act: Act, *, listing_id: int, about: About) -> Listing:
    """Say it otherwise. Raises ListingOver, ListingImpossible, UnknownRegion."""
    held: Listing = Listing.objects.hold(listing_id)
    policies.can_change_listing(act, held).enforce()
    _need_open(held)
    about = readable_about(act, held.side, about)
    # ---
    for name in About.__slots__:
        setattr(held, name, getattr(about, name))
    held.reminded_date = None
    held.save()
    index([held], parties.names_of([held.party_id]))
    record(act, ListingChanged(held.pk, held.party_id, held.name))
    return held


@command
def renew_listing(act: Act, *, listing_id: int) -> Listing:
    """Keep it listed as long as the rules allow, also when it was over.

    Raises ListingFromOutside, BenefitRests.
    """
    held: Listing = Listing.objects.hold(listing_id)
    policies.can_renew_listing(act, held).enforce()
    name = need_lister(held.party_id, act.today)
    # ---
    held.state, held.ended_date, held.reminded_date = State.OPEN, None, None
    held.until_date = last_day(act.today)
    held.save(update_fields=["state", "ended_date", "reminded_date", "until_date"])
    files.keep_files_until(held.matter, None)
    index([held], {held.party_id: name})
    record(act, ListingRenewed(held.pk, held.party_id, held.name, held.until_date.isoformat()))
    return held


@command
def close_listing(act: Act, *, listing_id: int) -> Listing:
    """Take it off the list; it can be listed again. Raises ListingOver."""
    held: Listing = Listing.objects.hold(listing_id)
    policies.can_close_listing(act, held).enforce()
    _need_open(held)
    # ---
    _end([held], State.CLOSED, act.today)
    record(act, ListingClosed(held.pk, held.party_id, held.name))
    return held


@command
def watch_listings(act: Act) -> tuple[int, int]:
    """Tell whose listings end soon, and end those whose last day is over; how many of each.

    Raises NoListingEnds.
    """
    policies.can_watch_listings(act).enforce()
    notice = timedelta(days=bylaws.rules_on(act.today).number("trade.listing_notice_days"))
    rows = Listing.objects.filter(state=State.OPEN)
    over = list(rows.filter(until_date__lt=act.today).order_by("pk"))
    soon = rows.filter(
        until_date__gte=act.today, until_date__lte=act.today + notice, reminded_date=None
    )
    reminded = list(soon.order_by("pk").values_list("pk", flat=True))
    if not (over or reminded):
        raise NoListingEnds
    # ---
    Listing.objects.filter(pk__in=reminded).update(reminded_date=act.today)
    _end(over, State.EXPIRED, act.today)
    record(act, ListingsWatched(tuple(reminded), tuple(one.pk for one in over)))
    return len(reminded), len(over)


def _need_open(listing: Listing) -> None:
    if listing.state != State.OPEN:
        raise ListingOver


def _end(listings: list[Listing], state: Listing.State, day: date) -> None:
    """Off the list and out of the index; pictures stay as long as something may be listed."""
    for one in listings:
        one.state, one.ended_date = state, day
        files.keep_files_until(one.matter, last_day(day))
    Listing.objects.bulk_update(listings, ["state", "ended_date"], batch_size=AT_ONCE)
    ListingTerm.objects.filter(listing__in=[one.pk for one in listings]).delete()
