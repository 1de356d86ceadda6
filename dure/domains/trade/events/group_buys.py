"""Facts about group buying."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _now, pgettext

from dure.kernel.dates import format_date
from dure.kernel.deeds import Event
from dure.kernel.money import format_won
from dure.kernel.refusals import type_text


@dataclass(frozen=True, slots=True)
class GroupBuyOpened(Event):
    buy_id: int
    party_id: int
    name: str
    closes_at: datetime

    def sentence(self) -> type_text:
        return _now("The group buy “%(name)s” was opened for wishes.") % {"name": self.name}


@dataclass(frozen=True, slots=True)
class GroupBuyWished(Event):
    buy_id: int
    party_id: int
    name: str
    wishes: tuple[tuple[str, int, int], ...]  # article, quantity, tolerance

    def sentence(self) -> type_text:
        told = ", ".join(f"{article} {asked}+{more}" for article, asked, more in self.wishes)
        return _now("A wish in the group buy “%(name)s”: %(wishes)s.") % {
            "name": self.name,
            "wishes": told or "-",
        }


@dataclass(frozen=True, slots=True)
class GroupBuyClosed(Event):
    buy_id: int
    name: str
    cases: int
    won: int
    members: int

    def sentence(self) -> type_text:
        return _now(
            "The group buy “%(name)s” was closed: %(cases)d cases for %(members)d members, %(won)s."
        ) % {
            "name": self.name,
            "cases": self.cases,
            "members": self.members,
            "won": format_won(self.won),
        }


@dataclass(frozen=True, slots=True)
class GroupBuyReleased(Event):
    buy_id: int
    name: str
    missing_cases: int

    def sentence(self) -> type_text:
        return _now(
            "The group buy “%(name)s” did not come about (%(missing)d cases missing);"
            " everyone is released."
        ) % {"name": self.name, "missing": self.missing_cases}


@dataclass(frozen=True, slots=True)
class GroupBuyGivenUp(Event):
    buy_id: int
    name: str
    reason: str

    def sentence(self) -> type_text:
        return _now("The group buy “%(name)s” was given up: %(reason)s") % {
            "name": self.name,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class GroupBuyDelivered(Event):
    buy_id: int
    name: str
    short_pieces: int

    def sentence(self) -> type_text:
        if not self.short_pieces:
            return _now("What was ordered in “%(name)s” came.") % {"name": self.name}
        return _now("What was ordered in “%(name)s” came, %(count)d pieces short.") % {
            "name": self.name,
            "count": self.short_pieces,
        }


@dataclass(frozen=True, slots=True)
class GroupBuyCollected(Event):
    buy_id: int
    party_id: int
    name: str
    is_collected: bool

    def sentence(self) -> type_text:
        if self.is_collected:
            return _now("A member fetched its part of “%(name)s”.") % {"name": self.name}
        return _now("A member did not fetch its part of “%(name)s” after all.") % {
            "name": self.name
        }


@dataclass(frozen=True, slots=True)
class GroupBuySettled(Event):
    buy_id: int
    name: str
    bills: int
    won: int
    deals: int
    due_date: date

    def sentence(self) -> type_text:
        return _now(
            "The group buy “%(name)s” was billed: %(bills)d members, %(won)s, due on %(date)s."
        ) % {
            "name": self.name,
            "bills": self.bills,
            "won": format_won(self.won),
            "date": format_date(self.due_date),
        }


@dataclass(frozen=True, slots=True)
class GroupBuyPaid(Event):
    buy_id: int
    party_id: int
    won: int
    paid_date: date
    entry_id: int

    def sentence(self) -> type_text:
        return _now("%(won)s came in for a group buy on %(date)s.") % {
            "won": format_won(self.won),
            "date": format_date(self.paid_date),
        }


@dataclass(frozen=True, slots=True)
class GroupBuyPaymentUndone(Event):
    buy_id: int
    party_id: int
    won: int
    reason: str
    entry_id: int

    def sentence(self) -> type_text:
        return pgettext("group buy", "A payment of %(won)s was taken back: %(reason)s") % {
            "won": format_won(self.won),
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class GroupBuySupplierPaid(Event):
    buy_id: int
    party_id: int | None
    supplier: str
    won: int
    entry_id: int

    def sentence(self) -> type_text:
        return _now("%(supplier)s was paid %(won)s for a group buy.") % {
            "supplier": self.supplier,
            "won": format_won(self.won),
        }


@dataclass(frozen=True, slots=True)
class BundleMade(Event):
    bundle_id: int
    name: str
    won: int
    members: int

    def sentence(self) -> type_text:
        return _now("The bundle “%(name)s” of %(members)d members was made for %(won)s.") % {
            "name": self.name,
            "members": self.members,
            "won": format_won(self.won),
        }


@dataclass(frozen=True, slots=True)
class BundleSold(Event):
    bundle_id: int
    party_id: int | None
    name: str
    count: int
    won: int
    entry_id: int

    def sentence(self) -> type_text:
        return _now("%(count)d of the bundle “%(name)s” were sold: %(won)s.") % {
            "count": self.count,
            "name": self.name,
            "won": format_won(self.won),
        }


@dataclass(frozen=True, slots=True)
class BundleEnded(Event):
    bundle_id: int
    name: str

    def sentence(self) -> type_text:
        return _now("The bundle “%(name)s” is sold no longer.") % {"name": self.name}
