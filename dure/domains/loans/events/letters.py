"""Facts about letters to those who are late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.refusals import type_text


@dataclass(frozen=True, slots=True)
class LoanLettersSent(Event):
    day_date: date
    count: int
    letters: tuple[int, ...]

    def sentence(self) -> type_text:
        return _now("%(count)d letters about late loans went out.") % {"count": self.count}
