"""Elections: who stands; objections, and the chair's casting vote."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.personal import Personal
from dure.kernel.refusals import type_text


@dataclass(frozen=True, slots=True)
class OptionAdded(Event):
    """Somebody stands (`person_id`), or something may be chosen."""

    item_id: int
    title: str
    number: int
    person_id: int | None
    text: str

    def sentence(self) -> type_text:
        told = (
            _now("For “%(title)s” person no. %(person)d stands as no. %(number)d.")
            if self.person_id
            else _now("For “%(title)s” no. %(number)d may be chosen: %(text)s.")
        )
        return told % {
            "title": self.title,
            "number": self.number,
            "person": self.person_id or 0,
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class OptionWithdrawn(Event):
    item_id: int
    title: str
    number: int

    def sentence(self) -> type_text:
        return _now("For “%(title)s” no. %(number)d was withdrawn.") % {
            "title": self.title,
            "number": self.number,
        }


@dataclass(frozen=True, slots=True)
class ConsentRefused(Event):
    """A voter objects: another method decides."""

    vote_id: int
    question: str
    party_id: int
    reason: Personal

    def sentence(self) -> type_text:
        return _now("Voter no. %(party)d objects to “%(question)s”: %(reason)s.") % {
            "party": self.party_id,
            "question": self.question,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class CastingVoteGiven(Event):
    """What decides, should as many be for as against."""

    vote_id: int
    question: str
    choice: str

    def sentence(self) -> type_text:
        told = (
            _now("The chair gave the casting vote on “%(question)s”: yes.")
            if self.choice == "yes"
            else _now("The chair gave the casting vote on “%(question)s”: no.")
        )
        return told % {"question": self.question}
