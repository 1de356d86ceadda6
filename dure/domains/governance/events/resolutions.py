"""Resolutions after the vote: approved by an authority, declared void, undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.refusals import type_text


@dataclass(frozen=True, slots=True)
class ApprovalNoted(Event):
    """What an authority said to a resolution that has no force without it."""

    resolution_id: int
    number: str
    granted: bool
    approval_date: date
    paper: str

    def sentence(self) -> type_text:
        said = (
            _now("Resolution %(number)s was approved on %(date)s (%(paper)s).")
            if self.granted
            else _now("Resolution %(number)s was not approved on %(date)s (%(paper)s).")
        )
        return said % {
            "number": self.number,
            "date": self.approval_date.isoformat(),
            "paper": self.paper,
        }


@dataclass(frozen=True, slots=True)
class ResolutionVoided(Event):
    """`undone`: what was taken back with it; `left`: something is still to be undone by hand."""

    resolution_id: int
    number: str
    voided_date: date
    reason: str
    paper: str
    undone: str
    left: bool

    def sentence(self) -> type_text:
        return _now("Resolution %(number)s is void: %(reason)s (%(paper)s). %(undone)s") % {
            "number": self.number,
            "reason": self.reason,
            "paper": self.paper,
            "undone": self.undone,
        }


@dataclass(frozen=True, slots=True)
class VoidSettled(Event):
    """People undid by hand what a void resolution had done."""

    resolution_id: int
    number: str
    undone: str

    def sentence(self) -> type_text:
        return _now("What resolution %(number)s had done was undone by hand: %(undone)s") % {
            "number": self.number,
            "undone": self.undone,
        }
