"""Facts about who is close to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.personal import Personal
from dure.kernel.refusals import type_text


@dataclass(frozen=True, slots=True)
class RelationDeclared(Event):
    relation_id: int
    person_id: int
    other_id: int
    kind: Personal
    from_date: date

    def sentence(self) -> type_text:
        return _now("It was declared that #%(person)d and #%(other)d are close, from %(date)s.") % {
            "person": self.person_id,
            "other": self.other_id,
            "date": self.from_date,
        }


@dataclass(frozen=True, slots=True)
class RelationEnded(Event):
    relation_id: int
    person_id: int
    other_id: int
    until_date: date

    def sentence(self) -> type_text:
        return _now("#%(person)d and #%(other)d are not close any more, from %(date)s.") % {
            "person": self.person_id,
            "other": self.other_id,
            "date": self.until_date,
        }
