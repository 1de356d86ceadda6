"""Templates of papers."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.refusals import type_text


@dataclass(frozen=True, slots=True)
class PaperTemplateReplaced(Event):
    """`digest`: of its words; none: the shipped one holds again."""

    name: str
    digest: str

    def sentence(self) -> type_text:
        if self.digest:
            return _now("The template of the paper “%(name)s” was replaced.") % {"name": self.name}
        return _now("The shipped template of the paper “%(name)s” holds again.") % {
            "name": self.name
        }
