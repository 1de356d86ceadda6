"""Cycles of bodies, and calendars of people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.refusals import type_text

from ..rules.cycles import EVERY


@dataclass(frozen=True, slots=True)
class CycleSet(Event):
    cycle_id: int
    body_id: int
    body: str
    every: str
    first_date: date
    hosts: tuple[int, ...]

    def sentence(self) -> type_text:
        return _now("“%(body)s” meets %(every)s from %(date)s on.") % {
            "body": self.body,
            "every": dict(EVERY)[self.every],
            "date": self.first_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class CycleEnded(Event):
    cycle_id: int
    body_id: int
    body: str
    until_date: date

    def sentence(self) -> type_text:
        return _now("The cycle of “%(body)s” ended on %(date)s.") % {
            "body": self.body,
            "date": self.until_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class CalendarKeyRenewed(Event):
    party_id: int
    number: int

    def sentence(self) -> type_text:
        return _now("The address of a calendar was made anew; the one before shows nothing more.")
