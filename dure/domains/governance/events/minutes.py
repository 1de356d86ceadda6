"""Minutes: written, sent round, commented on, signed, locked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.refusals import type_text


@dataclass(frozen=True, slots=True)
class MinutesWritten(Event):
    meeting_id: int
    title: str
    digest: str
    number: int = 1
    voided: int = 0  # signatures under the words before

    def sentence(self) -> type_text:
        said = _now("The minutes of “%(title)s” were written (version %(number)d).")
        if self.voided:
            said = _now(
                "The minutes of “%(title)s” were changed (version %(number)d); %(voided)d signatures"
                " under the words before hold no more."
            )
        return said % {"title": self.title, "number": self.number, "voided": self.voided}


@dataclass(frozen=True, slots=True)
class MinutesCirculated(Event):
    """Sent to the voters who were absent."""

    meeting_id: int
    title: str
    number: int
    comments_until: date
    absent: int

    def sentence(self) -> type_text:
        return _now(
            "The minutes of “%(title)s” were sent to %(absent)d who were absent, for comments until"
            " %(until)s."
        ) % {
            "title": self.title,
            "absent": self.absent,
            "until": self.comments_until.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class MinutesCommented(Event):
    meeting_id: int
    title: str
    party_id: int
    number: int

    def sentence(self) -> type_text:
        return _now("Voter no. %(party)d commented on the minutes of “%(title)s”.") % {
            "party": self.party_id,
            "title": self.title,
        }


@dataclass(frozen=True, slots=True)
class MinutesSigned(Event):
    meeting_id: int
    title: str
    party_id: int
    is_chair: bool
    digest: str

    def sentence(self) -> type_text:
        said = (
            _now("The chair signed the minutes of “%(title)s”.")
            if self.is_chair
            else _now("A member signed the minutes of “%(title)s”.")
        )
        return said % {"title": self.title}


@dataclass(frozen=True, slots=True)
class MinutesLocked(Event):
    meeting_id: int
    title: str
    digest: str
    signatures: int

    def sentence(self) -> type_text:
        return _now("The minutes of “%(title)s” are locked, with %(count)d signatures.") % {
            "title": self.title,
            "count": self.signatures,
        }
