"""Facts about loans that did not run as agreed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now

from dure.domains.bylaws.rules.choices import choice_label
from dure.kernel.deeds import Event
from dure.kernel.money import format_won
from dure.kernel.refusals import type_text


@dataclass(frozen=True, slots=True)
class LoanRescheduled(Event):
    loan_id: int
    party_id: int
    won: int  # what was owed that day
    principal_won: int
    months: int
    decided_by: str

    def sentence(self) -> type_text:
        return _now(
            "A loan of which %(won)s are open has a new schedule of %(months)d months (%(decided_by)s)."
        ) % {
            "won": format_won(self.principal_won),
            "months": self.months,
            "decided_by": self.decided_by,
        }


@dataclass(frozen=True, slots=True)
class LoanCalledDue(Event):
    loan_id: int
    party_id: int
    won: int
    due_date: date
    reason: str

    def sentence(self) -> type_text:
        return _now("All that is open of a loan, %(won)s, is due on %(date)s: %(reason)s") % {
            "won": format_won(self.won),
            "date": self.due_date.isoformat(),
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class LoanSpared(Event):
    loan_id: int
    party_id: int
    won: int
    until_date: date

    def sentence(self) -> type_text:
        return _now(
            "After the borrower's death %(won)s of a loan wait for the estate until %(date)s."
        ) % {
            "won": format_won(self.won),
            "date": self.until_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class BorrowerLeft(Event):
    """`agreed`: what the contract says of it (keep, ask, call_due)."""

    loan_id: int
    party_id: int
    won: int
    agreed: str
    reason: str

    def sentence(self) -> type_text:
        return _now("A borrower left with %(won)s of a loan open; by its contract: %(agreed)s.") % {
            "won": format_won(self.won),
            "agreed": choice_label(self.agreed),
        }


@dataclass(frozen=True, slots=True)
class LateInterestWaived(Event):
    """`left_won`: late interest that is still open."""

    loan_id: int
    party_id: int
    won: int
    left_won: int
    decided_by: str

    def sentence(self) -> type_text:
        return _now("%(won)s of late interest of a loan were waived (%(decided_by)s).") % {
            "won": format_won(self.won),
            "decided_by": self.decided_by,
        }


@dataclass(frozen=True, slots=True)
class LateWaiverUndone(Event):
    loan_id: int
    party_id: int
    won: int
    reason: str

    def sentence(self) -> type_text:
        return _now("%(won)s of late interest that were waived are owed again: %(reason)s") % {
            "won": format_won(self.won),
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class LoanWrittenOff(Event):
    loan_id: int
    party_id: int
    won: int
    principal_won: int
    decided_by: str
    entry_id: int

    def sentence(self) -> type_text:
        return _now(
            "A loan was written off with %(won)s open (%(decided_by)s); the claim remains."
        ) % {
            "won": format_won(self.won),
            "decided_by": self.decided_by,
        }


@dataclass(frozen=True, slots=True)
class LoanRecovered(Event):
    loan_id: int
    party_id: int
    won: int
    left_won: int
    entry_id: int

    def sentence(self) -> type_text:
        return _now("%(won)s of a loan that was written off came back; %(left)s are left.") % {
            "won": format_won(self.won),
            "left": format_won(self.left_won),
        }
