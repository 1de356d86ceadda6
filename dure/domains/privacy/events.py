"""Facts about personal data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _, ngettext

from dure.kernel.deeds import Event
from dure.kernel.personal import Personal
from dure.kernel.refusals import type_text


@dataclass(frozen=True, slots=True)
class BreachRecorded(Event):
    breach_id: int
    what: Personal
    people: int
    kinds: tuple[str, ...]
    from_outside: bool

    def sentence(self) -> type_text:
        return _("A breach of personal data was recorded (%(people)d people): %(what)s") % {
            "people": self.people,
            "what": self.what,
        }


@dataclass(frozen=True, slots=True)
class BreachChanged(Event):
    breach_id: int
    people: int
    kinds: tuple[str, ...]
    from_outside: bool

    def sentence(self) -> type_text:
        return _("What is known of breach no. %(breach)d was changed: %(people)d people.") % {
            "breach": self.breach_id,
            "people": self.people,
        }


@dataclass(frozen=True, slots=True)
class BreachNoted(Event):
    breach_id: int
    text: Personal

    def sentence(self) -> type_text:
        return _("About breach no. %(breach)d: %(text)s") % {
            "breach": self.breach_id,
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class BreachedPeopleNamed(Event):
    breach_id: int
    people: int

    def sentence(self) -> type_text:
        return _("Whom breach no. %(breach)d concerns was noted: %(people)d more people.") % {
            "breach": self.breach_id,
            "people": self.people,
        }


@dataclass(frozen=True, slots=True)
class BreachedPeopleTold(Event):
    """`letters`: rows of people a letter goes to; `otherwise`: how many were told another way."""

    breach_id: int
    letters: tuple[int, ...]
    otherwise: int

    def sentence(self) -> type_text:
        return _(
            "Breach no. %(breach)d was told to those concerned: %(letters)d letters, %(otherwise)d otherwise."
        ) % {
            "breach": self.breach_id,
            "letters": len(self.letters),
            "otherwise": self.otherwise,
        }


@dataclass(frozen=True, slots=True)
class BreachReported(Event):
    breach_id: int
    authority: str
    reference: str

    def sentence(self) -> type_text:
        return _("Breach no. %(breach)d was reported to the authority (%(reference)s).") % {
            "breach": self.breach_id,
            "reference": self.reference,
        }


@dataclass(frozen=True, slots=True)
class BreachClosed(Event):
    breach_id: int

    def sentence(self) -> type_text:
        return _("Breach no. %(breach)d was closed.") % {"breach": self.breach_id}


@dataclass(frozen=True, slots=True)
class DownloadExplained(Event):
    read_id: int
    reason: Personal

    def sentence(self) -> type_text:
        return _("Why personal data was taken along: %(reason)s") % {"reason": self.reason}


@dataclass(frozen=True, slots=True)
class ReadsConfirmed(Event):
    month_date: date
    reads: int
    downloads: int
    unusual: int

    def sentence(self) -> type_text:
        return _(
            "The log of reads of %(month)s was looked through: %(reads)d reads, %(downloads)d downloads."
        ) % {
            "month": f"{self.month_date:%Y-%m}",
            "reads": self.reads,
            "downloads": self.downloads,
        }


@dataclass(frozen=True, slots=True)
class DestructionBegun(Event):
    run_id: int
    on_date: date
    planned: int

    def sentence(self) -> type_text:
        return ngettext(
            "The destruction of %(count)d record of personal data began.",
            "The destruction of %(count)d records of personal data began.",
            self.planned,
        ) % {"count": self.planned}


@dataclass(frozen=True, slots=True)
class DataDestroyed(Event):
    run_id: int
    kind: str
    count: int

    def sentence(self) -> type_text:
        return _("Personal data was destroyed (%(kind)s): %(count)d.") % {
            "kind": self.kind,
            "count": self.count,
        }


@dataclass(frozen=True, slots=True)
class DestructionFinished(Event):
    run_id: int
    total: int
    certificate: str

    def sentence(self) -> type_text:
        return _("The destruction of personal data is done: %(count)d, certificate %(number)s.") % {
            "count": self.total,
            "number": self.certificate,
        }


@dataclass(frozen=True, slots=True)
class DataHandedOver(Event):
    handover_id: int
    recipient: str
    people: int

    def sentence(self) -> type_text:
        return ngettext(
            "The data of %(count)d person who agreed was given to %(recipient)s.",
            "The data of %(count)d people who agreed was given to %(recipient)s.",
            self.people,
        ) % {"count": self.people, "recipient": self.recipient}


@dataclass(frozen=True, slots=True)
class WithdrawalOpened(Event):
    party_id: int
    withdrawal_id: int
    title: str

    def sentence(self) -> type_text:
        return _("Something is to be done because “%(title)s” was withdrawn.") % {
            "title": self.title
        }


@dataclass(frozen=True, slots=True)
class WithdrawalSettled(Event):
    party_id: int
    withdrawal_id: int
    note: Personal

    def sentence(self) -> type_text:
        return _("What followed from a withdrawn consent was done: %(note)s") % {"note": self.note}


@dataclass(frozen=True, slots=True)
class PersonFollowed(Event):
    """Two people were one: what is kept about the duplicate is kept about the other."""

    party_id: int
    duplicate_id: int
    count: int

    def sentence(self) -> type_text:
        return ngettext(
            "%(count)d line about personal data went along when two entries became one.",
            "%(count)d lines about personal data went along when two entries became one.",
            self.count,
        ) % {"count": self.count}


@dataclass(frozen=True, slots=True)
class WithdrawalsEmptied(Event):
    party_id: int
    count: int

    def sentence(self) -> type_text:
        return ngettext(
            "The note of %(count)d withdrawn consent was erased.",
            "The notes of %(count)d withdrawn consents were erased.",
            self.count,
        ) % {"count": self.count}
