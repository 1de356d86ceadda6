"""What the database itself refuses: to change what was paid in or taken."""

from __future__ import annotations

from dure.kernel.triggers import Trigger, frozen_table

TRIGGERS: tuple[Trigger, ...] = (
    frozen_table("self_help_contribution"),
    frozen_table("self_help_feecharge"),
)
