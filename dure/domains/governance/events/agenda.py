"""Issues on their way between bodies, and what an agenda takes up."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.refusals import type_text


@dataclass(frozen=True, slots=True)
class IssueRaised(Event):
    issue_id: int
    title: str
    body: str
    source: str
    party_id: int | None = None

    def sentence(self) -> type_text:
        return _now("The issue “%(title)s” was raised before %(body)s.") % {
            "title": self.title,
            "body": self.body,
        }


@dataclass(frozen=True, slots=True)
class IssuePassedOn(Event):
    issue_id: int
    title: str
    from_body: str
    to_body: str
    days: int
    reason: str = ""

    def sentence(self) -> type_text:
        return _now("%(from)s passed the issue “%(title)s” on to %(to)s.") % {
            "from": self.from_body,
            "to": self.to_body,
            "title": self.title,
        }


@dataclass(frozen=True, slots=True)
class IssueReturned(Event):
    issue_id: int
    title: str
    from_body: str
    to_body: str
    days: int
    reason: str

    def sentence(self) -> type_text:
        return _now("%(from)s returned the issue “%(title)s” to %(to)s: %(reason)s") % {
            "from": self.from_body,
            "to": self.to_body,
            "title": self.title,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class IssueMerged(Event):
    issue_id: int
    title: str
    into_id: int
    into: str
    reason: str = ""

    def sentence(self) -> type_text:
        return _now("The issue “%(title)s” was merged into “%(into)s”.") % {
            "title": self.title,
            "into": self.into,
        }


@dataclass(frozen=True, slots=True)
class IssueSplit(Event):
    issue_id: int
    title: str
    parts: tuple[int, ...]
    reason: str = ""

    def sentence(self) -> type_text:
        return _now("The issue “%(title)s” was split into %(count)d.") % {
            "title": self.title,
            "count": len(self.parts),
        }


@dataclass(frozen=True, slots=True)
class IssueClosed(Event):
    issue_id: int
    title: str
    body: str
    reason: str

    def sentence(self) -> type_text:
        return _now("%(body)s concluded the issue “%(title)s”: %(reason)s") % {
            "body": self.body,
            "title": self.title,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class AgendaGathered(Event):
    meeting_id: int
    title: str
    issues: int
    carried: int

    def sentence(self) -> type_text:
        return _now(
            "The agenda of “%(title)s” took up %(issues)d issues and %(carried)d items of the meeting before."
        ) % {"title": self.title, "issues": self.issues, "carried": self.carried}
