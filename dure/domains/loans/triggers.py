"""What the database itself refuses: to change a payment that came in, or that it was undone, the terms
of a product, what was signed, or which letters went out."""

from __future__ import annotations

from dure.kernel.triggers import Trigger, frozen_columns, frozen_table

TERMS = (
    "code", "name", "purpose", "article", "decided_by", "from_date", "least_won", "most_won",
    "longest_months", "shortest_months", "grace_months", "rate_numerator", "rate_denominator",
    "late_rate_numerator", "late_rate_denominator", "method", "day_count", "rounding", "unit_won",
    "due_day_moves", "fund", "borrowers", "purposes", "fee_numerator", "fee_denominator", "fee_won",
    "guarantors", "guarantors_from_won", "papers", "findings",
)  # fmt: skip

TRIGGERS: tuple[Trigger, ...] = (
    frozen_table("loans_loanpayment"),
    frozen_table("loans_loanpaymentundone"),
    frozen_columns("loans_loanproduct", (*TERMS, '"order"')),
    frozen_columns("loans_loan", ("contract",), "OLD.signed_date IS NOT NULL"),
    frozen_table("loans_loanchange"),
    frozen_table("loans_loanletter"),
)
