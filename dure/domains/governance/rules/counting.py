"""Quorum and majority, exact to the one: how many are needed, and whether they are there.

1. Nothing is rounded: of a ratio of a whole, "more than" asks for the next whole number above it,
   "at least" for the first one not below it.
2. The quorum counts everybody present who is on the roll, also who may not vote on this matter;
   the majority counts only those who may (대법원의 민법 제74조 해석).
3. What a majority is of (all members, all seats, those present, those who cast a vote, valid
   votes) is said by its provision. Who is present and says nothing is present.
4. Change of the bylaws and dissolution ask for what their own provisions say; a matter of special
   resolution for `meetings.special_ratio`; everything else for the ordinary ratio of the body.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from dure.domains.bylaws.rules import Comparison, Finding, Rulebook

from .bodies import ASSEMBLIES, rule_of
from .voting import Choice

OWN_MAJORITY = {
    "bylaws_change": "bylaws.change_ratio",
    "dissolution": "dissolution.consent_ratio",
}


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted in a vote. `present` may vote; `barred` are there and may not."""

    roll: int
    present: int
    barred: int = 0
    yes: int = 0
    no: int = 0
    abstain: int = 0
    spoilt: int = 0

    @property
    def cast(self) -> int:
        return self.yes + self.no + self.abstain + self.spoilt

    def whole(self, of: str) -> int:
        """The whole a ratio is of (3.)."""
        match of:
            case "present":
                return self.present
            case "cast":
                return self.cast
            case "valid":
                return self.yes + self.no
            case _:
                return self.roll


@dataclass(frozen=True, slots=True)
class Quorum:
    """Present, needed, and how many more than needed (less than nothing: missing)."""

    present: int
    needed: int
    whole: int
    finding: Finding
    written: int = 0  # of those present: in writing, and not in the room

    @property
    def margin(self) -> int:
        return self.present - self.needed

    @property
    def missing(self) -> int:
        return max(-self.margin, 0)

    @property
    def met(self) -> bool:
        return self.finding.passed


def counted(there: Counts, said: Iterable[str], hands: Sequence[int] = (0, 0, 0)) -> Counts:
    """What was said, by name, in secret or in writing, and the hands that were raised beside."""
    found, (yes, no, abstain) = Counter(said), hands
    return replace(
        there,
        yes=yes + found[Choice.YES],
        no=no + found[Choice.NO],
        abstain=abstain + found[Choice.ABSTAIN],
    )


def needed(comparison: str, ratio: Fraction, whole: int) -> int:
    """The smallest number that satisfies a ratio of a whole (1.)."""
    part = ratio * whole
    floor = part.numerator // part.denominator
    if comparison == Comparison.MORE_THAN:
        return floor + 1
    return floor if part.denominator == 1 else floor + 1


def needed_for(found: Finding) -> int:
    """The smallest number that satisfies what a finding asks for."""
    return needed(found.comparison, Fraction(found.required), 1 if found.of is None else found.of)


def quorum(book: Rulebook, kind: str, whole: int, present: int, written: int = 0) -> Quorum:
    """How a body stands with its quorum (2.). Nobody is no quorum, of whatever whole."""
    key = rule_of(book, kind, "quorum_ratio")
    rule = book.provision(key)
    least = max(needed(rule.comparison, book.ratio(key), whole), 1)
    return Quorum(present, least, whole, book.check(key, present, of=whole), written)


@dataclass(frozen=True, slots=True)
class Forecast:
    """How many will come, if they come as they came to the last meetings."""

    expected: int
    meetings: int
    share: Fraction


def forecast(whole: int, past: Sequence[tuple[int, int]]) -> Forecast | None:
    """From (came, voters) of past meetings: all who came of all who could have, of the voters now,
    rounded down. Nothing is foretold without a past.
    """
    could = sum(voters for _came, voters in past)
    if not could:
        return None
    share = Fraction(sum(came for came, _voters in past), could)
    return Forecast(int(whole * share), len(past), share)


def majority_of(book: Rulebook, kind: str, matter: str) -> str:
    """The key of the majority that a matter asks for (4.)."""
    own = OWN_MAJORITY.get(matter, "")
    if own in book:
        return own
    if kind in ASSEMBLIES and is_special(book, matter):
        return "meetings.special_ratio"
    return rule_of(book, kind, "ordinary_ratio")


def is_special(book: Rulebook, matter: str) -> bool:
    """Whether a matter asks for a special resolution of an assembly."""
    listed = "meetings.special_matters"
    named = listed in book and matter in book.choices(listed)
    return "meetings.special_ratio" in book and (named or book.yes(f"{matter}.special_resolution"))


def judged(book: Rulebook, kind: str, matter: str, counts: Counts) -> tuple[Finding, Finding]:
    """Quorum and majority of a vote, held against their rules."""
    key = majority_of(book, kind, matter)
    whole = counts.whole(book.provision(key).of)
    met = quorum(book, kind, counts.roll, counts.present + counts.barred).finding
    return met, book.check(key, counts.yes, of=whole)


def votes_needed(book: Rulebook, kind: str, matter: str, counts: Counts) -> int:
    """How many in favour carry a matter, as things stand; nobody carries nothing."""
    key = majority_of(book, kind, matter)
    rule = book.provision(key)
    return max(needed(rule.comparison, book.ratio(key), counts.whole(rule.of)), 1)
