"""What the database itself refuses: to change money that came in, or that it was taken back."""

from __future__ import annotations

from dure.kernel.triggers import Trigger, frozen_table

TRIGGERS: tuple[Trigger, ...] = (
    frozen_table("mutual_aid_aidreceipt"),
    frozen_table("mutual_aid_aidreceiptundone"),
)
