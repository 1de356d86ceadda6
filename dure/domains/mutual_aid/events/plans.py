"""Facts about plans of mutual aid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.refusals import type_text


@dataclass(frozen=True, slots=True)
class AidPlanLaidDown(Event):
    plan_id: int
    code: str
    name: str
    article: str
    from_date: date
    monthly_won: int

    def sentence(self) -> type_text:
        return _now("Plan of mutual aid “%(name)s” holds from %(date)s by %(article)s.") % {
            "name": self.name,
            "date": self.from_date.isoformat(),
            "article": self.article,
        }


@dataclass(frozen=True, slots=True)
class AidPlanEnded(Event):
    plan_id: int
    name: str
    until_date: date
    decided_by: str

    def sentence(self) -> type_text:
        return _now(
            "Nobody joins plan of mutual aid “%(name)s” any more from %(date)s (%(decided_by)s)."
        ) % {
            "name": self.name,
            "date": self.until_date.isoformat(),
            "decided_by": self.decided_by,
        }
