"""Votes: opened, cast, counted; resolutions and what they did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.refusals import type_text

from ..rules.voting import CHOICES


@dataclass(frozen=True, slots=True)
class VoteOpened(Event):
    """`roll_digest`: the hash of everybody who could vote; `barred`: how many of them may not."""

    vote_id: int
    item_id: int
    question: str
    method: str
    roll_digest: str
    roll_size: int
    barred: int
    present: int
    written: int = 0

    def sentence(self) -> type_text:
        return _now(
            "The vote “%(question)s” was opened: %(size)d on the roll, %(present)d present."
        ) % {"question": self.question, "size": self.roll_size, "present": self.present}


@dataclass(frozen=True, slots=True)
class HandsCounted(Event):
    vote_id: int
    question: str
    yes: int
    no: int
    abstain: int
    tally: tuple[tuple[int, int], ...] = ()  # of an election: number on the ballot, hands

    def sentence(self) -> type_text:
        if self.tally:
            hands = ", ".join(f"{number}: {many}" for number, many in self.tally)
            told = _now("Hands were counted for “%(question)s”: %(hands)s.")
            return told % {"question": self.question, "hands": hands}
        return _now(
            "Hands were counted for “%(question)s”: %(yes)d yes, %(no)d no, %(abstain)d abstained."
        ) % {
            "question": self.question,
            "yes": self.yes,
            "no": self.no,
            "abstain": self.abstain,
        }


@dataclass(frozen=True, slots=True)
class VoteCast(Event):
    """In a vote by name. `choice`: yes, no, abstain, or the marks of an election as written."""

    vote_id: int
    question: str
    party_id: int
    choice: str

    def sentence(self) -> type_text:
        if self.choice not in dict(CHOICES):
            told = _now("Voter no. %(party)d marked a ballot on “%(question)s”.")
            return told % {"party": self.party_id, "question": self.question}
        return _now("Voter no. %(party)d voted on “%(question)s”: %(choice)s.") % {
            "party": self.party_id,
            "question": self.question,
            "choice": str(dict(CHOICES)[self.choice]),
        }


@dataclass(frozen=True, slots=True)
class WrittenVoteNoted(Event):
    """`paper`: what shows it, and where it is kept."""

    item_id: int
    title: str
    party_id: int
    choice: str
    paper: str

    def sentence(self) -> type_text:
        return _now(
            "Voter no. %(party)d voted in writing on “%(title)s”: %(choice)s (%(paper)s)."
        ) % {
            "party": self.party_id,
            "title": self.title,
            "choice": str(dict(CHOICES)[self.choice]),
            "paper": self.paper,
        }


@dataclass(frozen=True, slots=True)
class WrittenVoteWithdrawn(Event):
    item_id: int
    title: str
    party_id: int

    def sentence(self) -> type_text:
        return _now("Voter no. %(party)d took back its vote in writing on “%(title)s”.") % {
            "party": self.party_id,
            "title": self.title,
        }


@dataclass(frozen=True, slots=True)
class BallotCast(Event):
    """In secret: that somebody voted, not who."""

    vote_id: int
    question: str

    def sentence(self) -> type_text:
        return _now("A ballot was cast on “%(question)s”.") % {"question": self.question}


@dataclass(frozen=True, slots=True)
class VoteClosed(Event):
    """Counts that would tell who voted how are left out; `elected`, `tied`: numbers on the ballot."""

    vote_id: int
    question: str
    present: int
    yes: int | None
    no: int | None
    abstain: int | None
    passed: bool
    record: tuple[str, ...] = ()  # the hashes of all that it rests on
    places: int = 0  # of an election
    elected: tuple[int, ...] = ()
    tied: tuple[int, ...] = ()

    def sentence(self) -> type_text:
        if self.places:
            told = _now("“%(question)s”: %(elected)d of %(places)d places were filled.")
            if self.tied:
                told += " " + _now("%(tied)d share the last place.")
            return told % {
                "question": self.question,
                "elected": len(self.elected),
                "places": self.places,
                "tied": len(self.tied),
            }
        if self.yes is None:
            told = (
                _now("“%(question)s” was adopted; the count is withheld.")
                if self.passed
                else _now("“%(question)s” was not adopted; the count is withheld.")
            )
            return told % {"question": self.question}
        said = (
            _now("“%(question)s” was adopted: %(yes)d of %(present)d present in favour.")
            if self.passed
            else _now("“%(question)s” was not adopted: %(yes)d of %(present)d present in favour.")
        )
        return said % {"question": self.question, "yes": self.yes, "present": self.present}


@dataclass(frozen=True, slots=True)
class VoteBrokenOff(Event):
    vote_id: int
    question: str
    reason: str

    def sentence(self) -> type_text:
        return _now("The vote “%(question)s” was broken off: %(reason)s.") % {
            "question": self.question,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class ResolutionAdopted(Event):
    """A valid decision, also one against."""

    resolution_id: int
    number: str
    question: str
    adopted: bool
    decided_date: date

    def sentence(self) -> type_text:
        said = (
            _now("Resolution %(number)s: %(question)s (adopted).")
            if self.adopted
            else _now("Resolution %(number)s: %(question)s (rejected).")
        )
        return said % {"number": self.number, "question": self.question}


@dataclass(frozen=True, slots=True)
class ResolutionCarriedOut(Event):
    resolution_id: int
    number: str
    effect: str
    done_text: str

    def sentence(self) -> type_text:
        return _now("Resolution %(number)s took effect: %(done)s") % {
            "number": self.number,
            "done": self.done_text,
        }
