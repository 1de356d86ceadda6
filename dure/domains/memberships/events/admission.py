"""What happened between an application and the membership."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.money import format_won
from dure.kernel.personal import Personal
from dure.kernel.refusals import type_text

__all__ = [
    "AdmissionCompleted", "AppealDecided", "ApplicationApproved", "ApplicationLapsed",
    "ApplicationSponsored", "DesignatedEntered", "PledgeSigned", "ProcedureLoaded",
    "RefusalAppealed", "StepNoted",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProcedureLoaded(Event):
    procedure_id: int
    class_name: str
    title: str
    from_date: date
    decided_by: str

    def sentence(self) -> type_text:
        return _now("From %(date)s “%(class)s” is joined by the procedure “%(title)s”.") % {
            "date": self.from_date.isoformat(),
            "class": self.class_name,
            "title": self.title,
        }


@dataclass(frozen=True, slots=True)
class StepNoted(Event):
    application_id: int
    reference: str
    step: str
    item: str
    waived: bool
    note: Personal

    def sentence(self) -> type_text:
        text = (
            _now("Application %(reference)s: “%(step)s” was waived (%(item)s).")
            if self.waived
            else _now("Application %(reference)s: “%(step)s” was noted (%(item)s).")
        )
        return text % {
            "reference": self.reference,
            "step": self.step,
            "item": self.item or "–",
        }


@dataclass(frozen=True, slots=True)
class PledgeSigned(Event):
    application_id: int
    reference: str
    step: str
    version: str
    on_paper: bool
    signer: Personal

    def sentence(self) -> type_text:
        return _now("Application %(reference)s: “%(step)s” (%(version)s) was signed.") % {
            "reference": self.reference,
            "step": self.step,
            "version": self.version,
        }


@dataclass(frozen=True, slots=True)
class ApplicationSponsored(Event):
    application_id: int
    reference: str
    by: str
    sponsor_id: int | None
    on_paper: bool

    def sentence(self) -> type_text:
        return _now("Application %(reference)s was sponsored.") % {"reference": self.reference}


@dataclass(frozen=True, slots=True)
class ApplicationApproved(Event):
    """The yes of the body; `owed_won` is to be paid by `pay_until_date`, then it is a membership."""

    application_id: int
    reference: str
    decided_date: date
    decided_by: str
    owed_won: int
    pay_until_date: date

    def sentence(self) -> type_text:
        return _now(
            "Application %(reference)s was approved on %(date)s by %(by)s; %(won)s is to be paid until %(until)s."
        ) % {
            "reference": self.reference,
            "date": self.decided_date.isoformat(),
            "by": self.decided_by,
            "won": format_won(self.owed_won),
            "until": self.pay_until_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class AdmissionCompleted(Event):
    application_id: int
    reference: str
    membership_id: int
    paid_won: int
    paid_date: date

    def sentence(self) -> type_text:
        return _now("Application %(reference)s: shares of %(won)s came in on %(date)s.") % {
            "reference": self.reference,
            "won": format_won(self.paid_won),
            "date": self.paid_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class ApplicationLapsed(Event):
    application_id: int
    reference: str
    pay_until_date: date

    def sentence(self) -> type_text:
        return _now("Application %(reference)s lapsed: not paid until %(until)s.") % {
            "reference": self.reference,
            "until": self.pay_until_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class RefusalAppealed(Event):
    application_id: int
    reference: str
    body: str
    reason: Personal

    def sentence(self) -> type_text:
        return _now("The refusal of application %(reference)s was appealed to %(body)s.") % {
            "reference": self.reference,
            "body": self.body,
        }


@dataclass(frozen=True, slots=True)
class AppealDecided(Event):
    application_id: int
    reference: str
    granted: bool
    decided_date: date
    decided_by: str
    reason: Personal

    def sentence(self) -> type_text:
        text = (
            _now("The appeal of application %(reference)s was granted by %(by)s.")
            if self.granted
            else _now("The appeal of application %(reference)s was rejected by %(by)s.")
        )
        return text % {"reference": self.reference, "by": self.decided_by}


@dataclass(frozen=True, slots=True)
class DesignatedEntered(Event):
    """A designation made the organisation a member, without an application."""

    membership_id: int
    party_id: int
    number: int
    member_class: str
    joined_date: date
    designation: str

    def sentence(self) -> type_text:
        return _now("Member no. %(number)d (%(class)s) from %(date)s, by designation.") % {
            "number": self.number,
            "class": self.member_class,
            "date": self.joined_date.isoformat(),
        }
