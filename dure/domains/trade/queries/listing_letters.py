"""What letters about offers and wants say, and to whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dure.domains.bylaws import queries as bylaws
from dure.domains.parties import queries as parties

from ..models import Listing
from .matching import overlap_notice

__all__ = ["ListingLetter", "OverlapLetter", "listing_letter", "overlap_letter"]


@dataclass(frozen=True, slots=True)
class ListingLetter:
    """Whose listing ends when."""

    email: str
    listing_id: int
    name: str
    party: str
    until_date: date


@dataclass(frozen=True, slots=True)
class OverlapLetter:
    """A new offer in the line of members: for those concerned, and for talk."""

    emails: tuple[str, ...]
    listing_id: int
    name: str
    party: str
    others: str
    article: str
    text: str


def listing_letter(listing_id: int, on: date) -> ListingLetter | None:
    """To who speaks for it; None where it is over, or nobody is reached."""
    found = Listing.objects.filter(pk=listing_id, state=Listing.State.OPEN).first()
    email = found and parties.emails_of([found.party_id], on).get(found.party_id, "")
    if not found or not email:
        return None
    party = parties.party_name(found.party_id)
    return ListingLetter(email, found.pk, found.name, party, found.until_date)


def overlap_letter(listing_id: int, office: Iterable[int], on: date) -> OverlapLetter | None:
    """To the owner, the members in the same line and the office; None where nothing overlaps."""
    overlaps = overlap_notice(listing_id, on)
    found = Listing.objects.filter(pk=listing_id).first()
    if found is None or not overlaps:
        return None
    readers = [found.party_id, *(one.party_id for one in overlaps), *office]
    rule = bylaws.rules_on(on).provision("trade.overlap_notice").citation
    return OverlapLetter(
        tuple(dict.fromkeys(parties.emails_of(readers, on).values())), found.pk, found.name,
        parties.party_name(found.party_id),
        ", ".join(f"{one.party} ({one.name})" for one in overlaps),
        str(rule), rule.text,
    )  # fmt: skip
