"""What the database itself refuses: to change a notice, a roll, a vote that was cast, a count."""

from __future__ import annotations

from dure.kernel.triggers import Trigger, frozen_table

TRIGGERS: tuple[Trigger, ...] = (
    frozen_table("governance_notice"),
    frozen_table("governance_roll"),
    frozen_table("governance_voter"),
    frozen_table("governance_barredvoter"),
    frozen_table("governance_castvote"),
    frozen_table("governance_ballottaken"),
    frozen_table("governance_handcount"),
    frozen_table("governance_minutessignature"),
)
