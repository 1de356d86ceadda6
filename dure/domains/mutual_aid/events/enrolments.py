"""Facts about taking part in mutual aid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.money import format_won
from dure.kernel.refusals import type_text


@dataclass(frozen=True, slots=True)
class AidAppliedFor(Event):
    enrolment_id: int
    party_id: int
    plan: str
    monthly_won: int

    def sentence(self) -> type_text:
        return _now("To take part in mutual aid was asked for (%(plan)s, %(won)s a month).") % {
            "plan": self.plan,
            "won": format_won(self.monthly_won),
        }


@dataclass(frozen=True, slots=True)
class AidApplicationWithdrawn(Event):
    enrolment_id: int
    party_id: int

    def sentence(self) -> type_text:
        return _now("The wish to take part in mutual aid was taken back.")


@dataclass(frozen=True, slots=True)
class AidEnrolmentApproved(Event):
    enrolment_id: int
    party_id: int
    plan: str
    decided_by: str

    def sentence(self) -> type_text:
        return _now("%(decided_by)s approved taking part in mutual aid (%(plan)s).") % {
            "plan": self.plan,
            "decided_by": self.decided_by,
        }


@dataclass(frozen=True, slots=True)
class AidEnrolmentRefused(Event):
    enrolment_id: int
    party_id: int
    decided_by: str
    reason: str

    def sentence(self) -> type_text:
        return _now("%(decided_by)s refused taking part in mutual aid: %(reason)s") % {
            "decided_by": self.decided_by,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class AidContractSigned(Event):
    enrolment_id: int
    party_id: int
    plan: str
    signed_date: date

    def sentence(self) -> type_text:
        return _now("A contract of mutual aid was signed on %(date)s (%(plan)s).") % {
            "plan": self.plan,
            "date": self.signed_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class AidRevived(Event):
    enrolment_id: int
    party_id: int
    counts_from: date

    def sentence(self) -> type_text:
        return _now("A lapsed contract of mutual aid revived; waiting begins anew on %(date)s.") % {
            "date": self.counts_from.isoformat()
        }


@dataclass(frozen=True, slots=True)
class AidEnded(Event):
    """`refund_won`: what goes back by the table of the plan."""

    enrolment_id: int
    party_id: int
    ended_date: date
    why: str
    refund_won: int

    def sentence(self) -> type_text:
        return _now(
            "A contract of mutual aid ended on %(date)s (%(why)s); %(won)s go back by the regulation."
        ) % {
            "date": self.ended_date.isoformat(),
            "why": self.why,
            "won": format_won(self.refund_won),
        }


@dataclass(frozen=True, slots=True)
class AidOfLeaverEnded(Event):
    """What follows when a membership ends, or a participation: contracts end, wishes fall."""

    membership_id: int
    contracts: int
    left_date: date
    participant_id: int = 0

    def sentence(self) -> type_text:
        return _now("With the membership ended %(count)d contracts of mutual aid on %(date)s.") % {
            "count": self.contracts,
            "date": self.left_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class AidRefundPaid(Event):
    enrolment_id: int
    party_id: int
    won: int
    paid_date: date
    entry_id: int

    def sentence(self) -> type_text:
        return _now("%(won)s of contributions to mutual aid went back on %(date)s.") % {
            "won": format_won(self.won),
            "date": self.paid_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class AidMoved(Event):
    party_id: int
    duplicate_id: int
    contracts: int

    def sentence(self) -> type_text:
        return _now("%(count)d contracts of mutual aid went to the party that was kept.") % {
            "count": self.contracts
        }


@dataclass(frozen=True, slots=True)
class AidDebitAgreed(Event):
    enrolment_id: int
    party_id: int
    by_debit: bool

    def sentence(self) -> type_text:
        if self.by_debit:
            return _now("The contributions of a contract are taken by direct debit from now on.")
        return _now("The contributions of a contract are taken by direct debit no longer.")
