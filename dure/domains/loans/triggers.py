"""What the database itself refuses: to change a payment that came in, or that it was undone."""

from __future__ import annotations

from dure.kernel.triggers import Trigger, frozen_table

TRIGGERS: tuple[Trigger, ...] = (
    frozen_table("loans_loanpayment"),
    frozen_table("loans_loanpaymentundone"),
)
