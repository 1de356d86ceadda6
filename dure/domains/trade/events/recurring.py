"""Facts about what comes every month. `party_id` is the side that acted, `other_id` the one across."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.money import format_won
from dure.kernel.refusals import type_text


@dataclass(frozen=True, slots=True)
class RecurringDealProposed(Event):
    recurring_id: int
    party_id: int
    other_id: int
    what: str
    won: int

    def sentence(self) -> type_text:
        return _now("A recurring deal was proposed: %(what)s, %(won)s a month.") % {
            "what": self.what,
            "won": format_won(self.won),
        }


@dataclass(frozen=True, slots=True)
class RecurringDealAccepted(Event):
    recurring_id: int
    party_id: int
    other_id: int
    what: str
    confirms_itself: bool

    def sentence(self) -> type_text:
        if self.confirms_itself:
            return _now(
                "Both agreed to a recurring deal, and that it counts each month: %(what)s."
            ) % {"what": self.what}
        return _now("Both agreed to a recurring deal: %(what)s.") % {"what": self.what}


@dataclass(frozen=True, slots=True)
class RecurringDealEnded(Event):
    recurring_id: int
    party_id: int
    other_id: int
    until_date: date
    reason: str

    def sentence(self) -> type_text:
        return _now("A recurring deal ends on %(date)s: %(reason)s") % {
            "date": self.until_date.isoformat(),
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class StandingConsentWithdrawn(Event):
    recurring_id: int
    party_id: int
    other_id: int

    def sentence(self) -> type_text:
        return _now("A recurring deal is confirmed anew each month from now on.")


@dataclass(frozen=True, slots=True)
class RecurringDealsRecorded(Event):
    asked: tuple[int, ...]  # deals that wait for the other side
    counted: int  # those that count by standing consent
    ended: int
    won: int

    def sentence(self) -> type_text:
        return _now(
            "Recurring deals of %(won)s were recorded: %(asked)d wait for the other side,"
            " %(counted)d count by standing consent; %(ended)d came to their end."
        ) % {
            "won": format_won(self.won),
            "asked": len(self.asked),
            "counted": self.counted,
            "ended": self.ended,
        }
