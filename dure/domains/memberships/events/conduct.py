"""Cases about a member's conduct. Reasons and statements are sealed apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.personal import Personal
from dure.kernel.refusals import type_text

from ..rules.conduct import BODIES, KINDS

__all__ = [
    "ConductAppealDecided", "ConductAppealed", "ConductCaseOpened", "ConductCaseWithdrawn",
    "ConductDecided", "ConductDecisionVoided", "ConductHearingNoted", "ConductNoticeGiven", "ConductRecommended",
]  # fmt: skip


def _kind(kind: str) -> str:
    return str(dict(KINDS)[kind])


def _body(body: str) -> str:
    return str(dict(BODIES)[body])


@dataclass(frozen=True, slots=True)
class ConductCaseOpened(Event):
    case_id: int
    party_id: int
    number: int
    kind: str
    ground: str
    article: str
    roll_count: int
    reason: Personal

    def sentence(self) -> type_text:
        return _now("A case (%(kind)s, %(article)s) about member no. %(number)d was opened.") % {
            "kind": _kind(self.kind),
            "article": self.article,
            "number": self.number,
        }


@dataclass(frozen=True, slots=True)
class ConductNoticeGiven(Event):
    case_id: int
    party_id: int
    number: int
    notice_date: date
    way: str
    meeting_date: date

    def sentence(self) -> type_text:
        return _now(
            "Member no. %(number)d was told the reason on %(date)s, for the meeting of %(meeting)s."
        ) % {
            "number": self.number,
            "date": self.notice_date.isoformat(),
            "meeting": self.meeting_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class ConductHearingNoted(Event):
    case_id: int
    party_id: int
    number: int
    hearing_date: date
    was_heard: bool
    statement: Personal

    def sentence(self) -> type_text:
        said = (
            _now("Member no. %(number)d was heard on %(date)s.")
            if self.was_heard
            else _now("Member no. %(number)d could speak on %(date)s and did not.")
        )
        return said % {"number": self.number, "date": self.hearing_date.isoformat()}


@dataclass(frozen=True, slots=True)
class ConductRecommended(Event):
    case_id: int
    party_id: int
    number: int
    body: str
    outcome: str
    on_date: date
    minutes: str

    def sentence(self) -> type_text:
        return _now(
            "%(body)s gave its opinion on the case of member no. %(number)d (%(minutes)s); it has no effect."
        ) % {"body": _body(self.body), "number": self.number, "minutes": self.minutes}


@dataclass(frozen=True, slots=True)
class ConductDecided(Event):
    case_id: int
    party_id: int
    number: int
    kind: str
    body: str
    outcome: str
    decided_date: date
    minutes: str
    from_date: date | None
    until_date: date | None

    def sentence(self) -> type_text:
        said = (
            _now("%(body)s decided on a %(kind)s of member no. %(number)d (%(minutes)s).")
            if self.outcome == "upheld"
            else _now(
                "%(body)s dismissed the case (%(kind)s) of member no. %(number)d (%(minutes)s)."
            )
        )
        return said % {
            "body": _body(self.body),
            "kind": _kind(self.kind),
            "number": self.number,
            "minutes": self.minutes,
        }


@dataclass(frozen=True, slots=True)
class ConductCaseWithdrawn(Event):
    case_id: int
    party_id: int
    number: int
    reason: Personal

    def sentence(self) -> type_text:
        return _now("The case of member no. %(number)d was withdrawn.") % {"number": self.number}


@dataclass(frozen=True, slots=True)
class ConductAppealed(Event):
    case_id: int
    party_id: int
    number: int
    appealed_date: date
    reason: Personal

    def sentence(self) -> type_text:
        return _now("Member no. %(number)d appealed on %(date)s.") % {
            "number": self.number,
            "date": self.appealed_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class ConductDecisionVoided(Event):
    """Its resolution is void: as if the decision had never had effect."""

    case_id: int
    party_id: int
    number: int
    on_date: date
    reason: str

    def sentence(self) -> type_text:
        return _now(
            "The decision on member no. %(number)d has no effect: its resolution is void (%(reason)s)."
        ) % {"number": self.number, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class ConductAppealDecided(Event):
    """`outcome` upheld: the first decision is undone, as if it had never had effect."""

    case_id: int
    party_id: int
    number: int
    body: str
    outcome: str
    decided_date: date
    minutes: str

    def sentence(self) -> type_text:
        said = (
            _now(
                "The appeal of member no. %(number)d was upheld: the decision is undone (%(minutes)s)."
            )
            if self.outcome == "upheld"
            else _now("The appeal of member no. %(number)d was dismissed (%(minutes)s).")
        )
        return said % {"number": self.number, "minutes": self.minutes}
