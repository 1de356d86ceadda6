"""Classes, applications, memberships."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.kernel.deeds import Event
from dure.kernel.money import format_won
from dure.kernel.personal import Personal
from dure.kernel.refusals import type_text

__all__ = [
    "ApplicationErased", "ApplicationRefused", "ApplicationsErased", "ApplicationWithdrawn", "InterviewNoted",
    "MemberAdmitted", "MemberClassAdded", "MemberClassChanged", "MemberClassSet",
    "MemberDataErased", "MembersSetApart", "MemberEnrolled", "MembershipApplied", "MembershipLeft", "MembershipsMoved",
]  # fmt: skip


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
            "applicant": self.applicant,
            "class": self.member_class,
            "reference": self.reference,
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
            "reference": self.reference,
            "date": self.visit_date.isoformat(),
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
        return _now(
            "Member no. %(number)d (%(class)s) was admitted from %(date)s by %(decided_by)s."
        ) % {
            "number": self.number,
            "class": self.member_class,
            "date": self.joined_date.isoformat(),
            "decided_by": self.decided_by,
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
            "number": self.number,
            "class": self.member_class,
            "date": self.joined_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class ApplicationRefused(Event):
    application_id: int
    reference: str
    decided_date: date
    decided_by: str
    reason: Personal

    def sentence(self) -> type_text:
        return _now(
            "Application %(reference)s was refused on %(date)s by %(decided_by)s: %(reason)s"
        ) % {
            "reference": self.reference,
            "date": self.decided_date.isoformat(),
            "decided_by": self.decided_by,
            "reason": self.reason,
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
            "number": self.number,
            "to": self.to_class,
            "from": self.from_class,
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
            "number": self.number,
            "date": self.left_date.isoformat(),
            "arrears": format_won(self.arrears_won),
            "shares": format_won(self.shares_won),
        }


@dataclass(frozen=True, slots=True)
class MembershipsMoved(Event):
    """Two parties were one: the memberships of the duplicate are those of the one kept."""

    party_id: int
    duplicate_id: int
    count: int

    def sentence(self) -> type_text:
        return _now("%(count)d memberships went along when two entries became one.") % {
            "count": self.count
        }


@dataclass(frozen=True, slots=True)
class ApplicationErased(Event):
    application_id: int
    reference: str
    reason: str

    def sentence(self) -> type_text:
        return _now("The personal data of application %(reference)s was erased (%(reason)s).") % {
            "reference": self.reference,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class ApplicationsErased(Event):
    applications: tuple[int, ...]
    reason: str

    def sentence(self) -> type_text:
        return _now("The personal data of %(count)d applications was erased (%(reason)s).") % {
            "count": len(self.applications),
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class MembersSetApart(Event):
    people: int
    rows: int

    def sentence(self) -> type_text:
        return _now("Of %(people)d former members only what a law keeps is left.") % {
            "people": self.people
        }


@dataclass(frozen=True, slots=True)
class MemberDataErased(Event):
    party_id: int
    rows: int

    def sentence(self) -> type_text:
        return _("What a former member had written was erased.")
