"""Money on its way to whom it is for: files, credits, names at the bank."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.money import format_won
from dure.kernel.personal import Personal
from dure.kernel.refusals import type_text

__all__ = [
    "CreditKept", "CreditsUsed", "PayerForgotten", "PayerNoted", "ReceiptBookedAs",
    "ReceiptsMapped",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReceiptsMapped(Event):
    import_id: int
    new: int
    same: int

    def sentence(self) -> type_text:
        return _now(
            "The columns of a bank file were told: %(new)d new receipts, %(same)d known."
        ) % {"new": self.new, "same": self.same}


@dataclass(frozen=True, slots=True)
class ReceiptBookedAs(Event):
    receipt_id: int
    purpose: str  # donation | sponsorship | other_income | debit_run
    amount_won: int
    entry_id: int
    party_id: int | None  # who gave it
    note: Personal

    def sentence(self) -> type_text:
        said = {
            "donation": _now("%(amount)s of a receipt were booked as a donation."),
            "sponsorship": _now("%(amount)s of a receipt were booked as a sponsorship."),
            "payable": _now("%(amount)s of a receipt were taken in for what is not dues."),
            "debit_run": _now("%(amount)s of a receipt are the money of a direct debit."),
        }.get(self.purpose, _now("%(amount)s of a receipt were booked as other income."))
        return said % {"amount": format_won(self.amount_won)}


@dataclass(frozen=True, slots=True)
class CreditKept(Event):
    receipt_id: int
    membership_id: int
    party_id: int
    amount_won: int
    entry_id: int

    def sentence(self) -> type_text:
        return _now("%(amount)s of a receipt are kept for dues to come.") % {
            "amount": format_won(self.amount_won)
        }


@dataclass(frozen=True, slots=True)
class CreditsUsed(Event):
    members: int
    amount_won: int

    def sentence(self) -> type_text:
        return _now("Dues of %(amount)s were paid by what %(count)d members had paid ahead.") % {
            "amount": format_won(self.amount_won),
            "count": self.members,
        }


@dataclass(frozen=True, slots=True)
class PayerNoted(Event):
    membership_id: int
    party_id: int
    number: int
    kind: str
    payer: Personal

    def sentence(self) -> type_text:
        return _now("Money from “%(payer)s” is taken for member no. %(number)d's.") % {
            "payer": self.payer,
            "number": self.number,
        }


@dataclass(frozen=True, slots=True)
class PayerForgotten(Event):
    membership_id: int
    party_id: int
    number: int

    def sentence(self) -> type_text:
        return _now("A payer text of member no. %(number)d was forgotten.") % {
            "number": self.number
        }
