"""Direct debits: consents, requests, results."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.money import format_won
from dure.kernel.refusals import type_text

__all__ = [
    "DebitResultTaken", "DebitsRequested", "MandateEnded", "MandateGiven", "MandatesDestroyed",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class MandateGiven(Event):
    mandate_id: int
    party_id: int
    number: int
    evidence: str
    from_date: date

    def sentence(self) -> type_text:
        return _now("Member no. %(number)d consented to direct debit from %(date)s.") % {
            "number": self.number,
            "date": self.from_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class MandateEnded(Event):
    mandate_id: int
    party_id: int
    number: int
    until_date: date

    def sentence(self) -> type_text:
        return _now("The direct debit of member no. %(number)d ends on %(date)s.") % {
            "number": self.number,
            "date": self.until_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class MandatesDestroyed(Event):
    count: int
    ended_before: date

    def sentence(self) -> type_text:
        return _now(
            "The accounts of %(count)d mandates that ended before %(date)s were erased."
        ) % {
            "count": self.count,
            "date": self.ended_before.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class DebitsRequested(Event):
    run_id: int
    collect_date: date
    count: int
    sum_won: int

    def sentence(self) -> type_text:
        return _now(
            "Direct debits of %(sum)s from %(count)d members were asked for on %(date)s."
        ) % {
            "sum": format_won(self.sum_won),
            "count": self.count,
            "date": self.collect_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class DebitResultTaken(Event):
    run_id: int
    paid: int
    paid_won: int
    failed: int
    known: int
    errors: int

    def sentence(self) -> type_text:
        return _now("The bank's answer was booked: %(paid)d paid (%(sum)s), %(failed)d failed.") % {
            "paid": self.paid,
            "sum": format_won(self.paid_won),
            "failed": self.failed,
        }
