"""Meetings: planned, called, told of, attended, closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _now

from dure.kernel.acts import SEOUL
from dure.kernel.deeds import Event
from dure.kernel.refusals import type_text


@dataclass(frozen=True, slots=True)
class MeetingPlanned(Event):
    meeting_id: int
    body: str
    title: str
    starts_at: datetime
    again_for: int | None = None

    def sentence(self) -> type_text:
        return _now("“%(title)s” was planned for %(moment)s.") % {
            "title": self.title,
            "moment": f"{self.starts_at.astimezone(SEOUL):%Y-%m-%d %H:%M}",
        }


@dataclass(frozen=True, slots=True)
class ItemAdded(Event):
    item_id: int
    meeting_id: int
    number: int
    title: str
    matter: str
    effect: str
    was_told: bool

    def sentence(self) -> type_text:
        return _now("Item %(number)d was put on the agenda: %(title)s.") % {
            "number": self.number,
            "title": self.title,
        }


@dataclass(frozen=True, slots=True)
class MeetingConvened(Event):
    meeting_id: int
    title: str
    starts_at: datetime
    items: int
    tell_by: date

    def sentence(self) -> type_text:
        return _now("“%(title)s” was called; everybody is to be told by %(date)s.") % {
            "title": self.title,
            "date": self.tell_by.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class NoticesNoted(Event):
    meeting_id: int
    title: str
    count: int
    way: str
    told_date: date

    def sentence(self) -> type_text:
        return _now("%(count)d were told of “%(title)s” on %(date)s.") % {
            "count": self.count,
            "title": self.title,
            "date": self.told_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class NoticesQueued(Event):
    """`left`: who was not told yet, with or without an address; letters are those after `after_id`."""

    meeting_id: int
    title: str
    count: int
    left: int
    after_id: int

    def sentence(self) -> type_text:
        return _now("%(count)d letters of notice for “%(title)s” are on their way.") % {
            "count": self.count,
            "title": self.title,
        }


@dataclass(frozen=True, slots=True)
class NoticeArrived(Event):
    notice_id: int
    meeting_id: int
    title: str
    told_date: date

    def sentence(self) -> type_text:
        return _now("A notice of “%(title)s” arrived on %(date)s.") % {
            "title": self.title,
            "date": self.told_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class NoticeReturned(Event):
    notice_id: int
    meeting_id: int
    title: str
    reason: str

    def sentence(self) -> type_text:
        return _now("A notice of “%(title)s” came back: %(reason)s.") % {
            "title": self.title,
            "reason": self.reason or "–",
        }


@dataclass(frozen=True, slots=True)
class MeetingOpened(Event):
    """`chair_reason`: by what right somebody leads who is not the chair of the body."""

    meeting_id: int
    title: str
    chair_id: int | None = None
    chair_reason: str = ""

    def sentence(self) -> type_text:
        return _now("“%(title)s” was opened.") % {"title": self.title}


@dataclass(frozen=True, slots=True)
class CheckedIn(Event):
    meeting_id: int
    title: str
    party_id: int
    person_id: int
    way: str = "list"

    def sentence(self) -> type_text:
        return _now("Voter no. %(party)d came to “%(title)s”.") % {
            "party": self.party_id,
            "title": self.title,
        }


@dataclass(frozen=True, slots=True)
class CheckedOut(Event):
    meeting_id: int
    title: str
    party_id: int

    def sentence(self) -> type_text:
        return _now("Voter no. %(party)d left “%(title)s”.") % {
            "party": self.party_id,
            "title": self.title,
        }


@dataclass(frozen=True, slots=True)
class MeetingClosed(Event):
    """`failed`: it never had its quorum."""

    meeting_id: int
    title: str
    failed: bool
    record: tuple[str, ...] = ()  # the hashes of what it leaves

    def sentence(self) -> type_text:
        if self.failed:
            return _now("“%(title)s” did not come about: no quorum.") % {"title": self.title}
        return _now("“%(title)s” was closed.") % {"title": self.title}


@dataclass(frozen=True, slots=True)
class MeetingCalledOff(Event):
    meeting_id: int
    title: str
    reason: str

    def sentence(self) -> type_text:
        return _now("“%(title)s” was called off: %(reason)s.") % {
            "title": self.title,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class ProxyGiven(Event):
    meeting_id: int
    title: str
    party_id: int
    person_id: int
    paper: str

    def sentence(self) -> type_text:
        return _now("Voter no. %(party)d gave a proxy for “%(title)s” (%(paper)s).") % {
            "party": self.party_id,
            "title": self.title,
            "paper": self.paper,
        }


@dataclass(frozen=True, slots=True)
class ProxyPaperKept(Event):
    meeting_id: int
    title: str
    party_id: int
    until_date: date

    def sentence(self) -> type_text:
        return _now("The written proxy of voter no. %(party)d for “%(title)s” is kept.") % {
            "party": self.party_id,
            "title": self.title,
        }


@dataclass(frozen=True, slots=True)
class ProxyWithdrawn(Event):
    meeting_id: int
    title: str
    party_id: int

    def sentence(self) -> type_text:
        return _now("Voter no. %(party)d withdrew its proxy for “%(title)s”.") % {
            "party": self.party_id,
            "title": self.title,
        }
