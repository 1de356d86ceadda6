"""What happened to share capital, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.money import format_won
from dure.kernel.refusals import type_text

__all__ = [
    "ShareClaimLapsed", "ShareClaimsReminded", "SharePaymentUndone", "ShareRefundApproved",
    "ShareRefundAsked", "ShareRefundPaid", "ShareReportFiled", "ShareSubscriptionEnded",
    "SharesInherited", "SharesPaid", "SharesReduced", "SharesSubscribed",
    "SharesTransferred",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class SharesSubscribed(Event):
    subscription_id: int
    party_id: int
    membership_id: int
    shares: int
    won: int
    due_date: date

    def sentence(self) -> type_text:
        return _now("%(shares)d shares (%(won)s) were subscribed to, due on %(due)s.") % {
            "shares": self.shares,
            "won": format_won(self.won),
            "due": self.due_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class ShareSubscriptionEnded(Event):
    subscription_id: int
    party_id: int
    won: int
    reason: str

    def sentence(self) -> type_text:
        return _now("%(won)s of a subscription to shares were given up: %(reason)s") % {
            "won": format_won(self.won),
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class SharesPaid(Event):
    """Money came in for a subscription; `is_full`: nothing of it is open any more."""

    subscription_id: int
    party_id: int
    membership_id: int
    amount_won: int
    shares: int
    paid_date: date
    is_full: bool
    entry_id: int

    def sentence(self) -> type_text:
        return _now(
            "%(won)s were paid in for shares on %(date)s; %(shares)d more shares are paid in full."
        ) % {
            "won": format_won(self.amount_won),
            "date": self.paid_date.isoformat(),
            "shares": self.shares,
        }


@dataclass(frozen=True, slots=True)
class SharePaymentUndone(Event):
    subscription_id: int
    party_id: int
    amount_won: int
    reason: str
    entry_id: int

    def sentence(self) -> type_text:
        return _now("A payment of %(won)s for shares was undone: %(reason)s") % {
            "won": format_won(self.amount_won),
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class SharesTransferred(Event):
    membership_id: int
    party_id: int
    number: int
    to_membership_id: int
    shares: int
    won: int
    moved_date: date
    decided_by: str
    entry_id: int

    def sentence(self) -> type_text:
        return _now(
            "%(shares)d shares (%(won)s) of member no. %(number)d were transferred by %(decided_by)s."
        ) % {
            "shares": self.shares,
            "won": format_won(self.won),
            "number": self.number,
            "decided_by": self.decided_by,
        }


@dataclass(frozen=True, slots=True)
class SharesInherited(SharesTransferred):
    """The shares of a member who died."""

    def sentence(self) -> type_text:
        return _now(
            "%(shares)d shares (%(won)s) of member no. %(number)d, who died, went to an heir by %(decided_by)s."
        ) % {
            "shares": self.shares,
            "won": format_won(self.won),
            "number": self.number,
            "decided_by": self.decided_by,
        }


@dataclass(frozen=True, slots=True)
class ShareRefundAsked(Event):
    claim_id: int
    membership_id: int
    party_id: int
    number: int
    paid_in_won: int
    asked_date: date
    heir_id: int | None

    def sentence(self) -> type_text:
        return _now(
            "Former member no. %(number)d asked for shares of %(won)s back on %(date)s."
        ) % {
            "number": self.number,
            "won": format_won(self.paid_in_won),
            "date": self.asked_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class SharesReduced(Event):
    claim_id: int
    membership_id: int
    party_id: int
    number: int
    shares: int
    won: int
    asked_date: date

    def sentence(self) -> type_text:
        return _now(
            "Member no. %(number)d asked for %(shares)d shares (%(won)s) back and stays."
        ) % {"number": self.number, "shares": self.shares, "won": format_won(self.won)}


@dataclass(frozen=True, slots=True)
class ShareClaimLapsed(Event):
    claim_id: int
    membership_id: int
    party_id: int
    number: int
    won: int
    posted_to: str
    decided_by: str

    def sentence(self) -> type_text:
        return _now(
            "The claim of former member no. %(number)d to %(won)s lapsed; the money stays in the house by %(decided_by)s."
        ) % {"number": self.number, "won": format_won(self.won), "decided_by": self.decided_by}


@dataclass(frozen=True, slots=True)
class ShareClaimsReminded(Event):
    on: date
    count: int
    memberships: tuple[int, ...]

    def sentence(self) -> type_text:
        return _now("%(count)d former members were told that their claim to shares will lapse.") % {
            "count": self.count
        }


@dataclass(frozen=True, slots=True)
class ShareRefundApproved(Event):
    claim_id: int
    membership_id: int
    party_id: int
    number: int
    paid_in_won: int
    loss_won: int
    amount_won: int
    decided_by: str

    def sentence(self) -> type_text:
        return _now(
            "Of shares of %(paid)s, %(won)s are to be paid back to member no. %(number)d by %(decided_by)s."
        ) % {
            "paid": format_won(self.paid_in_won),
            "won": format_won(self.amount_won),
            "number": self.number,
            "decided_by": self.decided_by,
        }


@dataclass(frozen=True, slots=True)
class ShareRefundPaid(Event):
    claim_id: int
    membership_id: int
    party_id: int
    number: int
    amount_won: int
    set_off_won: int
    rest_won: int
    paid_date: date

    def sentence(self) -> type_text:
        return _now(
            "%(won)s of the shares of member no. %(number)d were paid back; %(rest)s are left."
        ) % {
            "won": format_won(self.amount_won),
            "number": self.number,
            "rest": format_won(self.rest_won),
        }


@dataclass(frozen=True, slots=True)
class ShareReportFiled(Event):
    year_date: date
    filed_date: date
    reference: str
    unit_won: int
    shares: int
    won: int

    def sentence(self) -> type_text:
        return _now(
            "The yearly report of share capital was sent: %(shares)d shares, %(won)s paid in (%(reference)s)."
        ) % {"shares": self.shares, "won": format_won(self.won), "reference": self.reference}
