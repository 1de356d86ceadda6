"""What somebody has to do, and what belongs to items of an agenda."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.refusals import type_text


@dataclass(frozen=True, slots=True)
class ActionAdded(Event):
    action_id: int
    party_id: int  # who has it to do
    text: str
    due_date: date
    body: str

    def sentence(self) -> type_text:
        return _now("%(body)s gave somebody something to do until %(date)s: %(text)s") % {
            "body": self.body,
            "date": self.due_date.isoformat(),
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class ActionFinished(Event):
    action_id: int
    party_id: int
    text: str
    note: str

    def sentence(self) -> type_text:
        return _now("Done: %(text)s (%(note)s)") % {"text": self.text, "note": self.note}


@dataclass(frozen=True, slots=True)
class ActionDropped(Event):
    action_id: int
    party_id: int
    text: str
    reason: str

    def sentence(self) -> type_text:
        return _now("Dropped: %(text)s (%(reason)s)") % {"text": self.text, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class ActionPostponed(Event):
    action_id: int
    party_id: int
    text: str
    from_date: date
    due_date: date
    reason: str

    def sentence(self) -> type_text:
        return _now("Put off from %(before)s to %(due)s: %(text)s (%(reason)s)") % {
            "before": self.from_date,
            "due": self.due_date,
            "text": self.text,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class ActionsReminded(Event):
    actions: tuple[int, ...]

    def sentence(self) -> type_text:
        return _now("%(count)d were reminded of what they have to do.") % {
            "count": len(self.actions)
        }


@dataclass(frozen=True, slots=True)
class DutiesMoved(Event):
    """What a duplicate had to do has the party to do that it was merged into."""

    party_id: int
    from_party_id: int
    rows: int

    def sentence(self) -> type_text:
        return _now(
            "%(rows)d issues, duties and parts of plans moved to the party that was kept."
        ) % {"rows": self.rows}


@dataclass(frozen=True, slots=True)
class ItemWithdrawn(Event):
    item_id: int
    meeting_id: int
    title: str
    reason: str

    def sentence(self) -> type_text:
        return _now("The item “%(title)s” was withdrawn: %(reason)s") % {
            "title": self.title,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class AgendaArranged(Event):
    meeting_id: int
    title: str
    items: int

    def sentence(self) -> type_text:
        return _now("The agenda of “%(title)s” was put in order.") % {"title": self.title}


@dataclass(frozen=True, slots=True)
class ItemMinutesWritten(Event):
    item_id: int
    title: str
    is_settled: bool

    def sentence(self) -> type_text:
        return _now("What was said on “%(title)s” was written down.") % {"title": self.title}


@dataclass(frozen=True, slots=True)
class ItemPaperAdded(Event):
    item_id: int
    title: str
    name: str
    digest: str

    def sentence(self) -> type_text:
        return _now("A paper was added to “%(title)s”: %(name)s.") % {
            "title": self.title,
            "name": self.name,
        }


@dataclass(frozen=True, slots=True)
class IssuePromoted(Event):
    issue_id: int
    title: str
    part_id: int
    project: str

    def sentence(self) -> type_text:
        return _now("The issue “%(title)s” became the project “%(project)s”.") % {
            "title": self.title,
            "project": self.project,
        }
