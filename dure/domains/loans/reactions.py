"""What loans do when share capital goes down: the ceiling comes down with it."""

from __future__ import annotations

from typing import Any

from dure.kernel.acts import Act

from . import commands, queries


def hold_ceiling(act: Act, fact: Any) -> None:
    """Shares are paid back, or a payment is undone, only while what is lent stays within the ceiling."""
    if queries.lent_in_all():
        commands.hold_loan_ceiling(act)
