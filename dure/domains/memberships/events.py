"""What happened to members and their money, in the past tense. Names and notes are sealed apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dure.kernel.deeds import Event
from dure.kernel.money import format_won
from dure.kernel.personal import Personal
from dure.kernel.refusals import type_text


@dataclass(frozen=True, slots=True)
class MemberClassAdded(Event):
    member_class_id: int
    code: str
    class_name: str

    def sentence(self) -> type_text:
        return _now("The member class “%(name)s” was added.") % {"name": self.class_name}


@dataclass(frozen=True, slots=True)
class MemberClassSet(Event):
    """The terms of a class changed: who may belong, vote, share minimum."""

    member_class_id: int
    class_name: str

    def sentence(self) -> type_text:
        return _now("The terms of the member class “%(name)s” were changed.") % {
            "name": self.class_name
        }


@dataclass(frozen=True, slots=True)
class MembershipApplied(Event):
    application_id: int
    reference: str
    member_class: str
    applicant: Personal
    party_id: int | None

    def sentence(self) -> type_text:
        return _now("%(applicant)s applied for membership (%(class)s, no. %(reference)s).") % {
            "applicant": self.applicant, "class": self.member_class, "reference": self.reference,
        }


@dataclass(frozen=True, slots=True)
class InterviewNoted(Event):
    application_id: int
    reference: str
    visit_date: date
    form: str
    opinion: str
    note: Personal

    def sentence(self) -> type_text:
        return _now("The interview of application %(reference)s on %(date)s was noted.") % {
            "reference": self.reference, "date": self.visit_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class MemberAdmitted(Event):
    membership_id: int
    party_id: int
    number: int
    member_class: str
    joined_date: date
    decided_by: str
    application_id: int | None
    reason: Personal

    def sentence(self) -> type_text:
        return _now("Member no. %(number)d (%(class)s) was admitted from %(date)s by %(decided_by)s.") % {
            "number": self.number, "class": self.member_class,
            "date": self.joined_date.isoformat(), "decided_by": self.decided_by,
        }


@dataclass(frozen=True, slots=True)
class MemberEnrolled(Event):
    """A member from before the network used Dure."""

    membership_id: int
    party_id: int
    number: int
    member_class: str
    joined_date: date
    decided_by: str

    def sentence(self) -> type_text:
        return _now("Member no. %(number)d (%(class)s, since %(date)s) was taken over.") % {
            "number": self.number, "class": self.member_class, "date": self.joined_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class ApplicationRefused(Event):
    application_id: int
    reference: str
    decided_date: date
    decided_by: str
    reason: Personal

    def sentence(self) -> type_text:
        return _now("Application %(reference)s was refused on %(date)s by %(decided_by)s: %(reason)s") % {
            "reference": self.reference, "date": self.decided_date.isoformat(),
            "decided_by": self.decided_by, "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class ApplicationWithdrawn(Event):
    application_id: int
    reference: str

    def sentence(self) -> type_text:
        return _now("Application %(reference)s was withdrawn.") % {"reference": self.reference}


@dataclass(frozen=True, slots=True)
class MemberClassChanged(Event):
    membership_id: int
    party_id: int
    number: int
    from_class: str
    to_class: str
    from_date: date

    def sentence(self) -> type_text:
        return _now("Member no. %(number)d is %(to)s instead of %(from)s from %(date)s.") % {
            "number": self.number, "to": self.to_class, "from": self.from_class,
            "date": self.from_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class MembershipLeft(Event):
    """`shares_won` may be claimed back from `refund_from_date`; `arrears_won` stay owed."""

    membership_id: int
    party_id: int
    number: int
    left_date: date
    reason: str
    decided_by: str
    arrears_won: int
    shares_won: int
    refund_from_date: date
    note: Personal

    def sentence(self) -> type_text:
        return _now(
            "Member no. %(number)d left on %(date)s; open dues %(arrears)s, shares to be paid back %(shares)s."
        ) % {
            "number": self.number, "date": self.left_date.isoformat(),
            "arrears": format_won(self.arrears_won), "shares": format_won(self.shares_won),
        }


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
            "name": self.plan_name, "class": self.member_class,
            "amount": format_won(self.amount_won), "date": self.from_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class DuesPlanEnded(Event):
    plan_id: int
    plan_name: str
    until_date: date

    def sentence(self) -> type_text:
        return _now("“%(name)s” ends on %(date)s.") % {
            "name": self.plan_name, "date": self.until_date.isoformat()
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
            "number": self.number, "amount": format_won(self.amount_won),
            "name": self.plan_name, "date": self.from_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class DuesBilled(Event):
    """One run: how many charges, their sum, how many members had been charged before."""

    run_id: int
    month: str
    count: int
    sum_won: int
    already: int

    def sentence(self) -> type_text:
        return _now("The dues of %(month)s were billed: %(count)d charges, %(sum)s.") % {
            "month": self.month, "count": self.count, "sum": format_won(self.sum_won)
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
            "amount": format_won(self.amount_won), "reason": self.reason
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
            "amount": format_won(self.amount_won), "payer": self.payer,
            "date": self.receipt_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class ReceiptsUploaded(Event):
    import_id: int
    new: int
    same: int
    rejected: int

    def sentence(self) -> type_text:
        return _now("A bank file was looked at: %(new)d new, %(same)d known, %(rejected)d unreadable.") % {
            "new": self.new, "same": self.same, "rejected": self.rejected
        }


@dataclass(frozen=True, slots=True)
class ReceiptsImported(Event):
    import_id: int
    new: int
    sum_won: int
    same: int
    matched: int
    matched_won: int

    def sentence(self) -> type_text:
        return _now("%(new)d receipts (%(sum)s) came from a bank file; %(matched)d were matched.") % {
            "new": self.new, "sum": format_won(self.sum_won), "matched": self.matched
        }


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
            "amount": format_won(self.amount_won), "count": len(self.charges),
            "rest": format_won(self.rest_won),
        }


@dataclass(frozen=True, slots=True)
class ReceiptsMatched(Event):
    """Many sure proposals accepted at once."""

    count: int
    amount_won: int

    def sentence(self) -> type_text:
        return _now("%(count)d receipts (%(amount)s) were matched by their proposals.") % {
            "count": self.count, "amount": format_won(self.amount_won)
        }


@dataclass(frozen=True, slots=True)
class ReceiptUnmatched(Event):
    receipt_id: int
    amount_won: int
    reason: str

    def sentence(self) -> type_text:
        return _now("The matching of %(amount)s was undone: %(reason)s") % {
            "amount": format_won(self.amount_won), "reason": self.reason
        }


@dataclass(frozen=True, slots=True)
class ReceiptRefunded(Event):
    receipt_id: int
    amount_won: int
    entry_id: int
    reason: Personal

    def sentence(self) -> type_text:
        return _now("%(amount)s were paid back: %(reason)s") % {
            "amount": format_won(self.amount_won), "reason": self.reason
        }


@dataclass(frozen=True, slots=True)
class SharesPaidIn(Event):
    membership_id: int
    party_id: int
    number: int
    amount_won: int
    entry_id: int

    def sentence(self) -> type_text:
        return _now("Member no. %(number)d paid in shares of %(amount)s.") % {
            "number": self.number, "amount": format_won(self.amount_won)
        }


@dataclass(frozen=True, slots=True)
class SharesRefunded(Event):
    membership_id: int
    party_id: int
    number: int
    amount_won: int
    decided_by: str
    entry_id: int

    def sentence(self) -> type_text:
        return _now("Shares of %(amount)s were paid back to former member no. %(number)d by %(decided_by)s.") % {
            "number": self.number, "amount": format_won(self.amount_won),
            "decided_by": self.decided_by,
        }


@dataclass(frozen=True, slots=True)
class ArrearsReminded(Event):
    count: int
    sum_won: int
    memberships: tuple[int, ...]

    def sentence(self) -> type_text:
        return _now("%(count)d members were reminded of %(sum)s of open dues.") % {
            "count": self.count, "sum": format_won(self.sum_won)
        }
