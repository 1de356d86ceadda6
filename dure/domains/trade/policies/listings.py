"""Offers and wants: each organisation lists its own; who belongs reads all, others what is public."""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws import queries as bylaws
from dure.kernel.acts import Act
from dure.kernel.verdict import ALLOW, Verdict, deny

from .deals import BELONGING, READERS, OfParty, by_office, can_act_for


class OfOne(Protocol):
    """What one organisation lists: whose it is, and who may read it."""

    @property
    def party_id(self) -> int: ...
    @property
    def is_public(self) -> bool: ...
    @property
    def state(self) -> str: ...


def can_see_catalogue(act: Act) -> Verdict:
    """Who belongs; everybody where the network opens it."""
    if act.holds(*READERS, *BELONGING):
        return ALLOW
    if bylaws.rules_on(act.today).yes("trade.public_catalogue"):
        return ALLOW
    return deny(_("What members offer and look for is open to members. Log in first."))


def can_see_listing(act: Act, listing: OfOne) -> Verdict:
    if can_change_listing(act, listing):
        return ALLOW
    if listing.state != "open":
        return deny(_("This is no longer listed."))
    if act.holds(*READERS, *BELONGING):
        return ALLOW
    verdict = can_see_catalogue(act)
    if verdict and not listing.is_public:
        return deny(_("This is listed for members only."))
    return verdict


def can_see_profiles(act: Act) -> Verdict:
    """What other networks' programs read: only where the network opens its catalogue."""
    if bylaws.rules_on(act.today).yes("trade.public_catalogue"):
        return ALLOW
    return deny(_("This network keeps its catalogue to its members."))


can_add_listing = can_act_for
can_stage_listings = can_act_for


def can_change_listing(act: Act, listing: OfOne) -> Verdict:
    return can_act_for(act, listing.party_id)


can_see_needs = can_change_listing
can_renew_listing = can_change_listing
can_close_listing = can_change_listing
can_add_listing_photo = can_change_listing
can_remove_listing_photo = can_change_listing


def can_accept_listings(act: Act, staged: OfParty) -> Verdict:
    return can_act_for(act, staged.party_id)


can_discard_listings = can_accept_listings


def can_watch_listings(act: Act) -> Verdict:
    """The clock, or the office."""
    return by_office(act)


can_change_synonyms = by_office
