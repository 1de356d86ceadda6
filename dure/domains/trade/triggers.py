"""What the database itself refuses: to change what was agreed, what settled it, and that it was undone."""

from __future__ import annotations

from dure.kernel.triggers import Trigger, frozen_table

TRIGGERS: tuple[Trigger, ...] = (
    frozen_table("trade_dealversion"),
    frozen_table("trade_dealsettlement"),
    frozen_table("trade_dealsettlementundone"),
)
