"""The making of the ethics code, its versions, and who signed them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.personal import Personal
from dure.kernel.refusals import type_text

from ..rules.ethics import STAGES

__all__ = [
    "CodeDraftingEnded",
    "CodeDraftingStarted",
    "CodeSignaturesAsked",
    "DraftingStageNoted",
    "EthicsCodeAdopted",
    "EthicsCodeSigned",
]


@dataclass(frozen=True, slots=True)
class CodeDraftingStarted(Event):
    drafting_id: int
    title: str
    started_date: date

    def sentence(self) -> type_text:
        return _now("The making of “%(title)s” began on %(date)s.") % {
            "title": self.title,
            "date": self.started_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class DraftingStageNoted(Event):
    drafting_id: int
    title: str
    kind: str
    topic: str
    on_date: date
    people: int

    def sentence(self) -> type_text:
        return _now("“%(title)s”: %(kind)s “%(topic)s” of %(date)s with %(people)d people.") % {
            "title": self.title,
            "kind": str(dict(STAGES)[self.kind]),
            "topic": self.topic,
            "date": self.on_date.isoformat(),
            "people": self.people,
        }


@dataclass(frozen=True, slots=True)
class CodeDraftingEnded(Event):
    """Given up without a code."""

    drafting_id: int
    title: str
    reason: str

    def sentence(self) -> type_text:
        return _now("The making of “%(title)s” was given up: %(reason)s") % {
            "title": self.title,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class EthicsCodeAdopted(Event):
    code_id: int
    version: int
    title: str
    from_date: date
    adopted_by: str
    minutes: str

    def sentence(self) -> type_text:
        return _now(
            "%(body)s adopted “%(title)s”, version %(version)d, from %(date)s (%(minutes)s)."
        ) % {
            "body": self.adopted_by,
            "title": self.title,
            "version": self.version,
            "date": self.from_date.isoformat(),
            "minutes": self.minutes,
        }


@dataclass(frozen=True, slots=True)
class EthicsCodeSigned(Event):
    code_id: int
    version: int
    party_id: int
    number: int
    on_paper: bool
    name: Personal

    def sentence(self) -> type_text:
        return _now("Member no. %(number)d signed version %(version)d of the ethics code.") % {
            "number": self.number,
            "version": self.version,
        }


@dataclass(frozen=True, slots=True)
class CodeSignaturesAsked(Event):
    code_id: int
    version: int
    on: date
    count: int
    memberships: tuple[int, ...]

    def sentence(self) -> type_text:
        return _now("%(count)d members were asked to sign version %(version)d of the code.") % {
            "count": self.count,
            "version": self.version,
        }
