"""Bodies and seats: made, given competence, filled, ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.personal import Personal
from dure.kernel.refusals import type_text

from ..rules.bodies import MATTERS, SEAT_KINDS


@dataclass(frozen=True, slots=True)
class BodyAdded(Event):
    body_id: int
    name: str
    kind: str
    from_date: date
    decided_by: str

    def sentence(self) -> type_text:
        return _now("The body “%(name)s” was made, from %(date)s.") % {
            "name": self.name,
            "date": self.from_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class BodyEnded(Event):
    body_id: int
    name: str
    until_date: date
    decided_by: str

    def sentence(self) -> type_text:
        return _now("The body “%(name)s” ends on %(date)s.") % {
            "name": self.name,
            "date": self.until_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class BodyChanged(Event):
    body_id: int
    name: str
    fields: tuple[str, ...]

    def sentence(self) -> type_text:
        return _now("What is said about the body “%(name)s” was changed.") % {"name": self.name}


@dataclass(frozen=True, slots=True)
class CompetenceGranted(Event):
    body_id: int
    name: str
    matter: str
    article: str

    def sentence(self) -> type_text:
        return _now("“%(name)s” may decide on: %(matter)s (%(article)s).") % {
            "name": self.name,
            "matter": str(dict(MATTERS)[self.matter]),
            "article": self.article or "–",
        }


@dataclass(frozen=True, slots=True)
class CompetenceEnded(Event):
    body_id: int
    name: str
    matter: str
    until_date: date

    def sentence(self) -> type_text:
        return _now("From %(date)s “%(name)s” decides no more on: %(matter)s.") % {
            "name": self.name,
            "matter": str(dict(MATTERS)[self.matter]),
            "date": self.until_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class QuotaLaidDown(Event):
    body_id: int
    name: str
    group: str
    article: str
    is_binding: bool

    def sentence(self) -> type_text:
        return _now("A quota was laid down for “%(name)s”: %(group)s (%(article)s).") % {
            "name": self.name,
            "group": self.group,
            "article": self.article,
        }


@dataclass(frozen=True, slots=True)
class QuotaEnded(Event):
    body_id: int
    name: str
    group: str
    until_date: date

    def sentence(self) -> type_text:
        return _now("The quota of “%(name)s” for %(group)s ends on %(date)s.") % {
            "name": self.name,
            "group": self.group,
            "date": self.until_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class SeatAdded(Event):
    seat_id: int
    body_id: int
    name: str
    kind: str
    title: str

    def sentence(self) -> type_text:
        return _now("“%(name)s” has one more seat: %(title)s (%(kind)s).") % {
            "name": self.name,
            "title": self.title or "–",
            "kind": str(dict(SEAT_KINDS)[self.kind]),
        }


@dataclass(frozen=True, slots=True)
class SeatFilled(Event):
    seat_id: int
    party_id: int
    name: str
    title: str
    from_date: date
    until_date: date | None
    decided_by: str

    def sentence(self) -> type_text:
        return _now("A seat of “%(name)s” (%(title)s) was filled from %(date)s.") % {
            "name": self.name,
            "title": self.title or "–",
            "date": self.from_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class TermEnded(Event):
    seat_id: int
    party_id: int
    name: str
    title: str
    until_date: date
    because: Personal = Personal("")

    def sentence(self) -> type_text:
        return _now("A term in “%(name)s” (%(title)s) ends on %(date)s.") % {
            "name": self.name,
            "title": self.title or "–",
            "date": self.until_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class SeatEnded(Event):
    seat_id: int
    body_id: int
    name: str
    title: str
    until_date: date

    def sentence(self) -> type_text:
        return _now("A seat of “%(name)s” (%(title)s) is given up on %(date)s.") % {
            "name": self.name,
            "title": self.title or "–",
            "date": self.until_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class SeatsVacated(Event):
    party_id: int
    until_date: date
    count: int

    def sentence(self) -> type_text:
        return _now("With a membership %(count)d seats end on %(date)s.") % {
            "count": self.count,
            "date": self.until_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class SeatsMoved(Event):
    party_id: int
    duplicate_id: int
    count: int

    def sentence(self) -> type_text:
        return _now("%(count)d seats went along with a merged entry.") % {"count": self.count}
