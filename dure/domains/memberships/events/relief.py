"""What was done about late dues."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.money import format_won
from dure.kernel.personal import Personal
from dure.kernel.refusals import type_text

__all__ = [
    "ArrearsReviewAsked", "ArrearsTalked", "InstalmentsAgreed", "InstalmentsEnded",
    "MemberExempted",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ArrearsTalked(Event):
    membership_id: int
    party_id: int
    number: int
    note: Personal

    def sentence(self) -> type_text:
        return _now("There was a talk with member no. %(number)d about late dues.") % {
            "number": self.number
        }


@dataclass(frozen=True, slots=True)
class MemberExempted(Event):
    membership_id: int
    party_id: int
    number: int
    kind: str
    from_date: date
    until_date: date
    reason: Personal

    def sentence(self) -> type_text:
        return _now(
            "Member no. %(number)d owes no dues from %(from)s until before %(until)s: %(reason)s"
        ) % {
            "number": self.number,
            "from": self.from_date.isoformat(),
            "until": self.until_date.isoformat(),
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class InstalmentsAgreed(Event):
    membership_id: int
    party_id: int
    number: int
    total_won: int
    monthly_won: int
    first_date: date

    def sentence(self) -> type_text:
        return _now(
            "Member no. %(number)d pays %(total)s in instalments of %(monthly)s a month."
        ) % {
            "number": self.number,
            "total": format_won(self.total_won),
            "monthly": format_won(self.monthly_won),
        }


@dataclass(frozen=True, slots=True)
class InstalmentsEnded(Event):
    membership_id: int
    party_id: int
    number: int

    def sentence(self) -> type_text:
        return _now("The instalments of member no. %(number)d ended.") % {"number": self.number}


@dataclass(frozen=True, slots=True)
class ArrearsReviewAsked(Event):
    """The membership stays as it is; a body is asked."""

    membership_id: int
    party_id: int
    number: int
    owed_won: int
    oldest_date: date
    note: Personal

    def sentence(self) -> type_text:
        return _now(
            "A review of the late dues of member no. %(number)d, %(owed)s, was asked for."
        ) % {
            "number": self.number,
            "owed": format_won(self.owed_won),
        }
