"""Dues, receipts, shares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.kernel.deeds import Event
from dure.kernel.money import format_won
from dure.kernel.personal import Personal
from dure.kernel.refusals import type_text

__all__ = [
    "ArrearsReminded", "ChargeWaived", "DeferralTakenBack", "DuesBilled", "DuesDeferred",
    "DuesPlanEnded", "DuesPlanSet",
    "MemberDuesAgreed", "ReceiptEntered", "ReceiptMatched", "ReceiptRefunded", "ReceiptUnmatched",
    "ReceiptsDiscarded", "ReceiptsImported", "ReceiptsMatched", "ReceiptsUploaded",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class DuesPlanSet(Event):
    plan_id: int
    plan_name: str
    member_class: str
    period: str
    amount_won: int
    fund: str
    from_date: date
    replaces: int | None

    def sentence(self) -> type_text:
        return _now("“%(name)s” of %(class)s is %(amount)s from %(date)s.") % {
            "name": self.plan_name,
            "class": self.member_class,
            "amount": format_won(self.amount_won),
            "date": self.from_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class DuesPlanEnded(Event):
    plan_id: int
    plan_name: str
    until_date: date

    def sentence(self) -> type_text:
        return _now("“%(name)s” ends on %(date)s.") % {
            "name": self.plan_name,
            "date": self.until_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class MemberDuesAgreed(Event):
    membership_id: int
    party_id: int
    number: int
    plan_name: str
    amount_won: int
    from_date: date

    def sentence(self) -> type_text:
        return _now("Member no. %(number)d pays %(amount)s of “%(name)s” from %(date)s.") % {
            "number": self.number,
            "amount": format_won(self.amount_won),
            "name": self.plan_name,
            "date": self.from_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class DuesBilled(Event):
    """One run: how many charges, their sum, how many members had been charged before."""

    run_id: int
    month: str
    billed_date: date
    count: int
    sum_won: int
    already: int
    notify: bool

    def sentence(self) -> type_text:
        return _now("The dues of %(month)s were billed: %(count)d charges, %(sum)s.") % {
            "month": self.month,
            "count": self.count,
            "sum": format_won(self.sum_won),
        }


@dataclass(frozen=True, slots=True)
class DuesDeferred(Event):
    """At a month's end: won kept out of income for later months, and won that became income."""

    month: str
    funds: int
    kept_won: int
    released_won: int

    def sentence(self) -> type_text:
        return _now(
            "At the end of %(month)s dues were spread over their months: %(kept)s kept for later, %(released)s became income."
        ) % {
            "month": self.month,
            "kept": format_won(self.kept_won),
            "released": format_won(self.released_won),
        }


@dataclass(frozen=True, slots=True)
class DeferralTakenBack(Event):
    month: str
    entries: int
    reason: str

    def sentence(self) -> type_text:
        return _now("The spreading of dues at the end of %(month)s was taken back: %(reason)s") % {
            "month": self.month,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class ChargeWaived(Event):
    charge_id: int
    party_id: int
    amount_won: int
    entry_id: int
    reason: Personal

    def sentence(self) -> type_text:
        return _now("%(amount)s of dues were waived: %(reason)s") % {
            "amount": format_won(self.amount_won),
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class ReceiptEntered(Event):
    receipt_id: int
    receipt_date: date
    amount_won: int
    entry_id: int
    payer: Personal

    def sentence(self) -> type_text:
        return _now("%(amount)s came in from %(payer)s on %(date)s.") % {
            "amount": format_won(self.amount_won),
            "payer": self.payer,
            "date": self.receipt_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class ReceiptsUploaded(Event):
    import_id: int
    new: int
    same: int
    rejected: int

    def sentence(self) -> type_text:
        return _now(
            "A bank file was looked at: %(new)d new, %(same)d known, %(rejected)d unreadable."
        ) % {"new": self.new, "same": self.same, "rejected": self.rejected}


@dataclass(frozen=True, slots=True)
class ReceiptsImported(Event):
    import_id: int
    new: int
    sum_won: int
    same: int
    matched: int
    matched_won: int

    def sentence(self) -> type_text:
        return _now(
            "%(new)d receipts (%(sum)s) came from a bank file; %(matched)d were matched."
        ) % {"new": self.new, "sum": format_won(self.sum_won), "matched": self.matched}


@dataclass(frozen=True, slots=True)
class ReceiptsDiscarded(Event):
    import_id: int

    def sentence(self) -> type_text:
        return _("A bank file was put away without being accepted.")


@dataclass(frozen=True, slots=True)
class ReceiptMatched(Event):
    receipt_id: int
    party_id: int
    amount_won: int
    charges: tuple[int, ...]
    rest_won: int
    entry_id: int

    def sentence(self) -> type_text:
        return _now("%(amount)s of a receipt paid %(count)d charges; %(rest)s are left.") % {
            "amount": format_won(self.amount_won),
            "count": len(self.charges),
            "rest": format_won(self.rest_won),
        }


@dataclass(frozen=True, slots=True)
class ReceiptsMatched(Event):
    """Many sure proposals accepted at once."""

    count: int
    amount_won: int

    def sentence(self) -> type_text:
        return _now("%(count)d receipts (%(amount)s) were matched by their proposals.") % {
            "count": self.count,
            "amount": format_won(self.amount_won),
        }


@dataclass(frozen=True, slots=True)
class ReceiptUnmatched(Event):
    receipt_id: int
    amount_won: int
    reason: str

    def sentence(self) -> type_text:
        return _now("The matching of %(amount)s was undone: %(reason)s") % {
            "amount": format_won(self.amount_won),
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class ReceiptRefunded(Event):
    receipt_id: int
    amount_won: int
    entry_id: int
    reason: Personal

    def sentence(self) -> type_text:
        return _now("%(amount)s were paid back: %(reason)s") % {
            "amount": format_won(self.amount_won),
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class ArrearsReminded(Event):
    on: date
    count: int
    sum_won: int
    memberships: tuple[int, ...]

    def sentence(self) -> type_text:
        return _now("%(count)d members were reminded of %(sum)s of open dues.") % {
            "count": self.count,
            "sum": format_won(self.sum_won),
        }
