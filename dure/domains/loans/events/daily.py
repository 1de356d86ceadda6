"""Facts about the daily run over all loans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.money import format_won
from dure.kernel.refusals import type_text


@dataclass(frozen=True, slots=True)
class LoanDayCarried(Event):
    """A part of a day; `loans`: so many of it are done."""

    day_date: date
    loans: int
    upto: int

    def sentence(self) -> type_text:
        return _now("%(loans)d loans were brought to the end of %(day)s; more are to follow.") % {
            "loans": self.loans,
            "day": self.day_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class LoanDayRun(Event):
    """A day is finished and entered."""

    day_date: date
    loans: int
    late_loans: int
    interest_won: int
    provision_won: int

    def sentence(self) -> type_text:
        return _now(
            "%(day)s was run over %(loans)d loans, %(late)d of them late: interest %(interest)s, allowance %(provision)s."
        ) % {
            "day": self.day_date.isoformat(),
            "loans": self.loans,
            "late": self.late_loans,
            "interest": format_won(self.interest_won),
            "provision": format_won(self.provision_won),
        }
