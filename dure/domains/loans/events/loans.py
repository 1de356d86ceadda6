"""Facts about loans of members."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.money import format_won
from dure.kernel.refusals import type_text


@dataclass(frozen=True, slots=True)
class LoanAppliedFor(Event):
    loan_id: int
    party_id: int
    product: str
    won: int
    months: int

    def sentence(self) -> type_text:
        return _now("A loan of %(won)s for %(months)d months was asked for (%(product)s).") % {
            "won": format_won(self.won),
            "months": self.months,
            "product": self.product,
        }


@dataclass(frozen=True, slots=True)
class LoanApplicationWithdrawn(Event):
    loan_id: int
    party_id: int
    won: int

    def sentence(self) -> type_text:
        return _now("The wish for a loan of %(won)s was taken back.") % {
            "won": format_won(self.won)
        }


@dataclass(frozen=True, slots=True)
class LoanApproved(Event):
    loan_id: int
    party_id: int
    won: int
    decided_by: str

    def sentence(self) -> type_text:
        return _now("A loan of %(won)s was approved by %(decided_by)s.") % {
            "won": format_won(self.won),
            "decided_by": self.decided_by,
        }


@dataclass(frozen=True, slots=True)
class LoanRefused(Event):
    loan_id: int
    party_id: int
    decided_by: str
    reason: str

    def sentence(self) -> type_text:
        return _now("A loan was refused by %(decided_by)s: %(reason)s") % {
            "decided_by": self.decided_by,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class LoanSigned(Event):
    loan_id: int
    party_id: int
    won: int
    months: int
    signed_date: date

    def sentence(self) -> type_text:
        return _now("The contract of a loan of %(won)s was signed on %(date)s.") % {
            "won": format_won(self.won),
            "date": self.signed_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class LoanPaidOut(Event):
    loan_id: int
    party_id: int
    won: int
    paid_date: date
    entry_id: int

    def sentence(self) -> type_text:
        return _now("A loan of %(won)s was paid out on %(date)s.") % {
            "won": format_won(self.won),
            "date": self.paid_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class LoanRepaid(Event):
    """A payment; `left_won`: what is left of the principal."""

    loan_id: int
    party_id: int
    won: int
    principal_won: int
    interest_won: int
    late_won: int
    left_won: int
    entry_id: int

    def sentence(self) -> type_text:
        return _now(
            "%(won)s of a loan came back: principal %(principal)s, interest %(interest)s, late interest %(late)s; %(left)s are left."
        ) % {
            "won": format_won(self.won),
            "principal": format_won(self.principal_won),
            "interest": format_won(self.interest_won),
            "late": format_won(self.late_won),
            "left": format_won(self.left_won),
        }


@dataclass(frozen=True, slots=True)
class LoansMoved(Event):
    """Two parties were one: the loans of the duplicate are those of the one kept."""

    party_id: int
    duplicate_id: int
    count: int

    def sentence(self) -> type_text:
        return _now("%(count)d loans went along when two entries became one.") % {
            "count": self.count
        }


@dataclass(frozen=True, slots=True)
class LoanDebitAgreed(Event):
    loan_id: int
    party_id: int
    by_debit: bool

    def sentence(self) -> type_text:
        if self.by_debit:
            return _now("The instalments of a loan are taken by direct debit from now on.")
        return _now("The instalments of a loan are taken by direct debit no longer.")


@dataclass(frozen=True, slots=True)
class LoanPaymentTakenBack(Event):
    """`left_won`: what is left of the principal again; `broken`: the ceilings that stand above by it."""

    loan_id: int
    party_id: int
    won: int
    left_won: int
    reason: str
    entry_id: int
    broken: str = ""

    def sentence(self) -> type_text:
        told = _now(
            "A payment of %(won)s for a loan was undone: %(reason)s; %(left)s are left."
        ) % {
            "won": format_won(self.won),
            "reason": self.reason,
            "left": format_won(self.left_won),
        }
        if self.broken:
            told += " " + _now("What is lent stands above a ceiling by that: %(rules)s.") % {
                "rules": self.broken
            }
        return told


@dataclass(frozen=True, slots=True)
class LoanCeilingHeld(Event):
    """Capital was withdrawn, and the ceiling holds."""

    lent_won: int
    capital_won: int

    def sentence(self) -> type_text:
        return _now("Loans of %(lent)s stay within the ceiling of a capital of %(capital)s.") % {
            "lent": format_won(self.lent_won),
            "capital": format_won(self.capital_won),
        }
