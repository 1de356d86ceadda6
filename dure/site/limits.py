"""Limits of the rules that the site keeps for rooms which cannot ask the rules themselves."""

from __future__ import annotations

from datetime import date

from dure.domains.bylaws import queries as bylaws


def invitation_days(on: date) -> int:
    """How long an invitation to open an account holds."""
    return bylaws.rules_on(on).number("access.invitation_days")


def export_kept_days(on: date) -> int:
    """How long an export of the whole network waits to be fetched."""
    return bylaws.rules_on(on).number("access.export_kept_days")


def term_reminder_days(on: date) -> int:
    """How long before its end a term of office is reminded of."""
    return bylaws.rules_on(on).number("officers.term_reminder_days")
