"""What happens to the rules when a network is founded."""

from __future__ import annotations

from typing import Protocol

from dure.kernel.acts import Act

from . import commands


class Founded(Protocol):
    """The founding of a network, as far as the rules need to know it."""

    @property
    def legal_form(self) -> str: ...


def apply_law_of_form(act: Act, event: Founded) -> None:
    """The law of the network's form applies from the day of its founding here."""
    commands.adopt_legal_form(act, form=event.legal_form, from_date=act.today)
