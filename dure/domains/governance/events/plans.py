"""Plans: drafted, adopted, changed, reported on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.refusals import type_text

from ..rules.plans import PARTS, said_value


@dataclass(frozen=True, slots=True)
class PlanAdded(Event):
    plan_id: int
    title: str
    from_year: int
    until_year: int

    def sentence(self) -> type_text:
        return _now("The plan “%(title)s” (%(from)d–%(until)d) was begun.") % {
            "title": self.title,
            "from": self.from_year,
            "until": self.until_year,
        }


@dataclass(frozen=True, slots=True)
class PlanRevised(Event):
    plan_id: int
    title: str
    number: int
    reason: str = ""

    def sentence(self) -> type_text:
        return _now("A change of the plan “%(title)s” was begun (version %(number)d).") % {
            "title": self.title,
            "number": self.number,
        }


@dataclass(frozen=True, slots=True)
class PlanLineWritten(Event):
    plan_id: int
    number: int
    part_id: int
    kind: str
    title: str

    def sentence(self) -> type_text:
        return _now("Into version %(number)d of the plan was written: %(kind)s “%(title)s”.") % {
            "number": self.number,
            "kind": dict(PARTS)[self.kind],
            "title": self.title,
        }


@dataclass(frozen=True, slots=True)
class PlanLineDropped(Event):
    plan_id: int
    number: int
    part_id: int
    title: str

    def sentence(self) -> type_text:
        return _now("Version %(number)d of the plan no longer has “%(title)s”.") % {
            "number": self.number,
            "title": self.title,
        }


@dataclass(frozen=True, slots=True)
class PlanImported(Event):
    plan_id: int
    title: str
    number: int
    rows: int

    def sentence(self) -> type_text:
        return _now("%(rows)d projects of a file were written into the plan “%(title)s”.") % {
            "rows": self.rows,
            "title": self.title,
        }


@dataclass(frozen=True, slots=True)
class PlanAdopted(Event):
    plan_id: int
    title: str
    number: int
    projects: int

    def sentence(self) -> type_text:
        return _now("Version %(number)d of the plan “%(title)s” was adopted.") % {
            "number": self.number,
            "title": self.title,
        }


@dataclass(frozen=True, slots=True)
class ProgressReported(Event):
    part_id: int
    title: str
    done_of_100: int
    text: str = ""

    def sentence(self) -> type_text:
        return _now("The project “%(title)s” is %(done)d %% done.") % {
            "title": self.title,
            "done": self.done_of_100,
        }


@dataclass(frozen=True, slots=True)
class IndicatorMeasured(Event):
    part_id: int
    title: str
    name: str
    value_milli: int
    on_date: date

    def sentence(self) -> type_text:
        return _now("The project “%(title)s”: %(name)s came to %(value)s on %(date)s.") % {
            "title": self.title,
            "name": self.name,
            "value": said_value(self.value_milli),
            "date": self.on_date.isoformat(),
        }
