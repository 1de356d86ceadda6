"""A breach of personal data: what got out, by when who must be told. Pure.

1. Everybody concerned is told within so many hours of finding out (시행령 제39조제1항), always.
2. The authority is told within so many hours, when it concerns so many people, or sensitive data or
   unique identifiers, or when somebody came in from outside (시행령 제40조제1항).
3. The clock runs from the moment it was found, not from when it happened.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from dure.kernel.words import Promise, gettext_lazy as _, pgettext_lazy

OUTSIDE = "outside_intrusion"
KINDS: dict[str, str | Promise] = {
    "name": pgettext_lazy("kind of data", "names"),
    "contact": _("addresses, telephone, e-mail"),
    "membership": _("membership and what was written for it"),
    "money": _("dues, shares, donations"),
    "account_number": _("account numbers"),
    "password": _("passwords"),
    "sensitive": _("sensitive data (beliefs, unions, health)"),
    "unique": _("unique identifiers (passport and such numbers)"),
    "other": pgettext_lazy("kind of data", "other"),
}
WHOM: dict[str, str | Promise] = {
    "everybody": _("everybody in the register"),
    "members": _("members, and who speaks for them"),
    "read_by": _("whose data one account read"),
}


def deadline(found_at: datetime, hours: int) -> datetime:
    """By when (3)."""
    return found_at + timedelta(hours=hours)


def hours_left(until: datetime, now: datetime) -> int:
    """Whole hours until then, rounded down; below zero when it is over."""
    return int((until - now) // timedelta(hours=1))


def hours_taken(found_at: datetime, done_at: datetime) -> int:
    """Hours from finding out to telling, rounded up: what is held against the rule."""
    return -int((found_at - done_at) // timedelta(hours=1))


def heavy(kinds: Collection[str], from_outside: bool) -> tuple[str, ...]:
    """What makes a breach one to be reported, whatever the number of people (2)."""
    return (*kinds, *((OUTSIDE,) if from_outside else ()))
