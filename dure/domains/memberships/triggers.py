"""What the database itself refuses in this room: to change a paper that was handed out."""

from __future__ import annotations

from dure.kernel.triggers import Trigger, frozen_table

TRIGGERS: tuple[Trigger, ...] = (
    frozen_table("memberships_issuedpaper"),
    frozen_table("memberships_paperrevocation"),
    frozen_table("memberships_receipteddonation"),
)
