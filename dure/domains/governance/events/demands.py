"""Demands for a meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.refusals import type_text


@dataclass(frozen=True, slots=True)
class MeetingDemanded(Event):
    demand_id: int
    body: str
    matter: str
    purpose: str

    def sentence(self) -> type_text:
        return _now("A meeting of “%(body)s” is demanded: %(purpose)s") % {
            "body": self.body,
            "purpose": self.purpose[:200],
        }


@dataclass(frozen=True, slots=True)
class DemandSigned(Event):
    """`call_by`: by when the meeting must be called, once enough have signed."""

    demand_id: int
    party_id: int
    signed: int
    call_by: date | None

    def sentence(self) -> type_text:
        if self.call_by is None:
            return _now("A demand for a meeting has %(count)d signatures.") % {"count": self.signed}
        return _now(
            "%(count)d have signed the demand: the meeting is to be called by %(date)s."
        ) % {
            "count": self.signed,
            "date": self.call_by.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class DemandAnswered(Event):
    demand_id: int
    meeting_id: int
    title: str

    def sentence(self) -> type_text:
        return _now("The meeting that was demanded is planned: “%(title)s”.") % {
            "title": self.title
        }
