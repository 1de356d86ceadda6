"""Duties and benefits of a class, laid down and ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.refusals import type_text

__all__ = ["ClassTermEnded", "ClassTermLaidDown"]


@dataclass(frozen=True, slots=True)
class ClassTermLaidDown(Event):
    term_id: int
    member_class: str
    kind: str
    use: str
    text: str
    article: str
    rests: bool
    from_date: date

    def sentence(self) -> type_text:
        said = (
            _now("A duty of %(class)s was laid down from %(date)s: %(text)s (%(article)s).")
            if self.kind == "duty"
            else _now("A benefit of %(class)s was laid down from %(date)s: %(text)s (%(article)s).")
        )
        return said % {
            "class": self.member_class,
            "date": self.from_date.isoformat(),
            "text": self.text,
            "article": self.article,
        }


@dataclass(frozen=True, slots=True)
class ClassTermEnded(Event):
    term_id: int
    member_class: str
    text: str
    until_date: date

    def sentence(self) -> type_text:
        return _now("“%(text)s” of %(class)s ends on %(date)s.") % {
            "text": self.text,
            "class": self.member_class,
            "date": self.until_date.isoformat(),
        }
