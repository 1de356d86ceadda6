"""Facts about many deals at once."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.money import format_won
from dure.kernel.refusals import type_text


@dataclass(frozen=True, slots=True)
class DealsImported(Event):
    count: int
    won: int
    known: int
    paid: int
    on_paper: str

    def sentence(self) -> type_text:
        if self.on_paper:
            told = _now("%(count)d deals of %(won)s were taken in, confirmed by %(paper)s.")
        else:
            told = _now("%(count)d deals of %(won)s were taken in. The other sides are asked.")
        return told % {
            "count": self.count,
            "won": format_won(self.won),
            "paper": self.on_paper,
        }
