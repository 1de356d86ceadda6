"""What the database itself refuses: to change a payment that came in."""

from __future__ import annotations

from dure.kernel.triggers import Trigger, frozen_table

TRIGGERS: tuple[Trigger, ...] = (frozen_table("loans_loanpayment"),)
