"""Facts about offers and wants."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _now, ngettext

from dure.kernel.deeds import Event
from dure.kernel.refusals import type_text


@dataclass(frozen=True, slots=True)
class ListingAdded(Event):
    listing_id: int
    party_id: int
    side: str
    name: str

    def sentence(self) -> type_text:
        if self.side == "want":
            return _now("“%(name)s” was listed as looked for.") % {"name": self.name}
        return _now("“%(name)s” was listed as an offer.") % {"name": self.name}


@dataclass(frozen=True, slots=True)
class ListingChanged(Event):
    listing_id: int
    party_id: int
    name: str

    def sentence(self) -> type_text:
        return _now("What is listed as “%(name)s” was changed.") % {"name": self.name}


@dataclass(frozen=True, slots=True)
class ListingRenewed(Event):
    listing_id: int
    party_id: int
    name: str
    until_date: str

    def sentence(self) -> type_text:
        return _now("“%(name)s” stays listed until %(date)s.") % {
            "name": self.name,
            "date": self.until_date,
        }


@dataclass(frozen=True, slots=True)
class ListingClosed(Event):
    listing_id: int
    party_id: int
    name: str

    def sentence(self) -> type_text:
        return _now("“%(name)s” was taken off the list.") % {"name": self.name}


@dataclass(frozen=True, slots=True)
class ListingPhotoAdded(Event):
    listing_id: int
    party_id: int
    file_id: int

    def sentence(self) -> type_text:
        return _now("A picture was added to what is listed.")


@dataclass(frozen=True, slots=True)
class ListingPhotoRemoved(Event):
    listing_id: int
    party_id: int
    file_id: int

    def sentence(self) -> type_text:
        return _now("A picture of what is listed was removed.")


@dataclass(frozen=True, slots=True)
class ListingsWatched(Event):
    """The daily look: whose last day is near, and whose is over."""

    reminded: tuple[int, ...]
    expired: tuple[int, ...]

    def sentence(self) -> type_text:
        return _now("%(reminded)d listings end soon, %(expired)d have ended.") % {
            "reminded": len(self.reminded),
            "expired": len(self.expired),
        }


@dataclass(frozen=True, slots=True)
class ListingsStaged(Event):
    import_id: int
    party_id: int
    file_name: str
    count: int

    def sentence(self) -> type_text:
        return _now("A file of %(count)d rows was laid out to be looked at: %(name)s.") % {
            "count": self.count,
            "name": self.file_name,
        }


@dataclass(frozen=True, slots=True)
class ListingsAccepted(Event):
    import_id: int
    party_id: int
    listings: tuple[int, ...]
    left_out: int

    def sentence(self) -> type_text:
        return ngettext(
            "%(count)d listing was taken in from a file.",
            "%(count)d listings were taken in from a file.",
            len(self.listings),
        ) % {"count": len(self.listings)}


@dataclass(frozen=True, slots=True)
class ListingsDiscarded(Event):
    import_id: int
    party_id: int
    file_name: str

    def sentence(self) -> type_text:
        return _now("The file %(name)s was discarded; nothing was listed.") % {
            "name": self.file_name
        }


@dataclass(frozen=True, slots=True)
class SynonymsChanged(Event):
    count: int

    def sentence(self) -> type_text:
        return _now("The words that mean the same were changed: %(count)d lines.") % {
            "count": self.count
        }
