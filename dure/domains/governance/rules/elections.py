"""Elections: what may be marked on a ballot, and what the marks come to. No chance, no fraction lost.

1. A ballot marks options by their numbers: with crosses, in an order, or with points. One on which
   nothing is marked abstains.
2. Choice: at most as many crosses as places. Score: from nothing to the most points of the rules.
   In both who has most comes first, and without a single mark nobody is chosen.
3. Where a majority is asked for (by the rules, or because nobody stands against them), only who
   reaches it is chosen.
4. Ranked is the single transferable vote with the Droop quota: a place for whoever has more than
   one part of the ballots in (places + 1). What is above the quota goes on to the next choices, each
   ballot by the same share; without a surplus the last is left out and the ballots go on whole.
5. A ballot that goes on is worth its value × surplus ÷ votes, in hundred-thousandths, cut off: a
   pocket calculator comes to the same. What is cut off, and what names nobody further, is told.
6. Of equals the one is left out who was behind in the latest round in which they differed; if they
   never did, the one further down the ballot. The round says so.
7. Who shares the last place is not chosen: the tie is told, and decided by another vote.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from dure.domains.bylaws.rules import Finding, Rulebook
from dure.kernel.words import Promise, gettext_lazy as _

from .counting import Counts, majority_of, quorum, votes_needed

ONE = 100_000  # a whole ballot, in hundred-thousandths (5.)
DIGITS = 2  # of a mark as it is written into the box: every ballot of a vote has the same length
OPTIONS_MAX = 10**DIGITS - 1

type_marks = Mapping[int, int]  # option → cross, rank or points


class Form(StrEnum):
    """What is asked: yes or no, or who of several."""

    MOTION = "motion"
    CHOICE = "choice"
    RANKED = "ranked"
    SCORE = "score"


ELECTIONS: tuple[tuple[str, str | Promise], ...] = (
    (Form.CHOICE, _("crosses, at most as many as places")),
    (Form.RANKED, _("in order of preference (STV)")),
    (Form.SCORE, _("points for each")),
)
FORMS: tuple[tuple[str, str | Promise], ...] = (
    (Form.MOTION, _("yes or no")),
    *ELECTIONS,
)


class Fault(StrEnum):
    """Why marks are no ballot."""

    UNKNOWN = "unknown"
    TOO_MANY = "too_many"
    SAME_RANK = "same_rank"
    BEYOND = "beyond"


@dataclass(frozen=True, slots=True)
class Round:
    """One round of a ranked count, in hundred-thousandths. `source`: whose ballots went on after it."""

    votes: dict[int, int]
    elected: tuple[int, ...] = ()
    excluded: int | None = None
    source: int | None = None
    by_order: bool = False  # equals told apart by their place on the ballot (6.)
    exhausted: int = 0  # names nobody further, so far
    cut_off: int = 0  # so far


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an election came to. `tally`: crosses, points or first choices of each option."""

    places: int
    ballots: int
    blank: int
    tally: dict[int, int]
    elected: tuple[int, ...]
    tied: tuple[int, ...] = ()
    needed: int = 1
    rounds: tuple[Round, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether places are left for those who share the last one."""
        return bool(self.tied)


@dataclass(frozen=True, slots=True)
class Paper:
    """What lies before a voter: how it is marked, the numbers on it in their order, the places."""

    form: str
    options: tuple[int, ...]
    places: int

    @property
    def is_contested(self) -> bool:
        return len(self.options) > self.places


# -- ballots -----------------------------------------------------------------------------------


def fault(paper: Paper, marks: type_marks, most_points: int) -> Fault | None:
    """What is wrong with the marks of a ballot (1., 2.)."""
    if not marks.keys() <= set(paper.options):
        return Fault.UNKNOWN
    highest = {Form.CHOICE: 1, Form.RANKED: len(paper.options)}.get(Form(paper.form), most_points)
    if any(not 0 <= mark <= highest for mark in marks.values()):
        return Fault.BEYOND
    given = [mark for mark in marks.values() if mark]
    if paper.form == Form.CHOICE and len(given) > paper.places:
        return Fault.TOO_MANY
    if paper.form == Form.RANKED and len(set(given)) < len(given):
        return Fault.SAME_RANK
    return None


def written(marks: type_marks, options: Sequence[int]) -> str:
    """Marks as they lie in the box: one number for each option, in the order of the ballot."""
    return "".join(f"{marks.get(one, 0):0{DIGITS}d}" for one in options)


def read(text: str, options: Sequence[int]) -> dict[int, int]:
    """The marks of a ballot; options without one are left out."""
    parts = (text[at : at + DIGITS] for at in range(0, len(text), DIGITS))
    found = {one: int(part) for one, part in zip(options, parts, strict=True)}
    return {one: mark for one, mark in found.items() if mark}


def told(text: str, paper: Paper) -> str:
    """The marks of a ballot as they are read out: 1, 3 · 3 > 1 > 2 · 1: 5, 2: 3; "" abstains."""
    marks = read(text, paper.options)
    if paper.form == Form.RANKED:
        return " > ".join(map(str, ranking(marks)))
    if paper.form == Form.SCORE:
        return ", ".join(f"{one}: {mark}" for one, mark in marks.items())
    return ", ".join(map(str, marks))


# -- counting ----------------------------------------------------------------------------------


def count(paper: Paper, ballots: Sequence[type_marks], needed: int = 1) -> Outcome:
    """What the ballots of an election come to."""
    if paper.form == Form.RANKED:
        return stv(paper.options, [ranking(one) for one in ballots], paper.places)
    tally = {one: sum(ballot.get(one, 0) for ballot in ballots) for one in paper.options}
    return most(tally, paper.places, needed, ballots=len(ballots), blank=blanks(ballots))


def blanks(ballots: Iterable[type_marks]) -> int:
    """How many abstain (1.)."""
    return sum(not any(one.values()) for one in ballots)


def most(
    tally: dict[int, int], places: int, needed: int = 1, *, ballots: int = 0, blank: int = 0
) -> Outcome:
    """Who has most (2., 3., 7.); of equals the one further up the ballot is named first."""
    able = sorted((one for one in tally if tally[one] >= needed), key=lambda one: -tally[one])
    elected, tied = able[:places], []
    if len(able) > places and tally[able[places]] == tally[able[places - 1]]:
        edge = tally[able[places]]
        elected = [one for one in able if tally[one] > edge]
        tied = [one for one in able if tally[one] == edge]
    return Outcome(places, ballots, blank, tally, tuple(elected), tuple(tied), needed)


def ranking(marks: type_marks) -> tuple[int, ...]:
    """The options of a ballot in their order; a rank left out is passed over."""
    return tuple(sorted((one for one in marks if marks[one]), key=lambda one: marks[one]))


def droop(ballots: int, places: int) -> int:
    """The smallest number of whole ballots that only so many as there are places can have."""
    return ballots // (places + 1) + 1


type_pile = Counter[tuple[tuple[int, ...], int]]  # (choices still to come, value) → how many


def stv(options: Sequence[int], ballots: Iterable[Sequence[int]], places: int) -> Outcome:
    """The single transferable vote (4.-7.)."""
    alike = Counter(tuple(one) for one in ballots)
    blank = alike.pop((), 0)
    valid = alike.total()
    piles: dict[int, type_pile] = {one: Counter() for one in options}
    for choices, many in alike.items():
        piles[choices[0]][choices[1:], ONE] += many
    first = {one: pile.total() for one, pile in piles.items()}
    quota = droop(valid, places)
    hopeful = set(options) if valid else set()
    elected: list[int] = []
    above: set[int] = set()  # elected, and the surplus has not gone on yet
    passed_on: dict[int, int] = {}  # elected, and it has: the quota stays
    rounds: list[Round] = []
    exhausted = 0

    def outcome(*tied: int) -> Outcome:
        return Outcome(
            places, valid + blank, blank, first, tuple(elected), tied, quota, tuple(rounds)
        )

    while True:
        votes = {one: passed_on.get(one, _worth(piles[one])) for one in options}
        history = [*(one.votes for one in rounds), votes]
        ahead = _ahead(hopeful, options, history)
        won = [one for one in ahead if votes[one] >= quota * ONE]
        rest = ahead[len(won) :]
        left = places - len(elected) - len(won)
        above |= {one for one in won if votes[one] > quota * ONE}
        if len(rest) <= left:
            won, rest = ahead, []
        elected += won
        hopeful = set(rest)
        cut_off = valid * ONE - sum(votes.values()) - exhausted
        now = Round(votes, tuple(won), exhausted=exhausted, cut_off=cut_off)
        if not rest or not left:
            rounds.append(now)
            return outcome()
        row = _ahead(above, options, history) or rest[::-1]
        source = row[0]
        equals = [one for one in row if all(past[one] == past[source] for past in history)]
        if not above and len(equals) > 1 and len(rest) == left + 1:
            safe = [one for one in rest if one not in equals]
            elected += safe
            rounds.append(replace(now, elected=(*won, *safe)))
            return outcome(*equals[::-1])
        share = votes[source]
        if source in above:
            above.remove(source)
            passed_on[source] = quota * ONE
            share -= quota * ONE
        else:
            hopeful.remove(source)
            now = replace(now, excluded=source)
        rounds.append(replace(now, source=source, by_order=len(equals) > 1))
        pile, piles[source] = piles[source], Counter()
        for (choices, value), many in pile.items():
            worth = value * share // votes[source]
            at = next((place for place, one in enumerate(choices) if one in hopeful), None)
            if at is None:
                exhausted += worth * many
            else:
                piles[choices[at]][choices[at + 1 :], worth] += many


def judged(
    book: Rulebook,
    kind: str,
    matter: str,
    paper: Paper,
    there: Counts,
    ballots: Sequence[type_marks],
    hands: dict[int, int] | None = None,
) -> tuple[Outcome, tuple[Finding, ...]]:
    """An election held against the rules: its outcome, quorum, and where it is asked for the
    majority of whoever was chosen with the fewest (3.). `hands`: counted instead of ballots."""
    met = quorum(book, kind, there.roll, there.present + there.barred).finding
    asks = majority_asked(book, paper)
    if not asks:
        outcome = count(paper, ballots) if hands is None else most(hands, paper.places)
        return outcome, (met,)
    blank = blanks(ballots)
    counts = replace(there, yes=len(ballots) - blank, abstain=blank)
    needed = votes_needed(book, kind, matter, counts)
    outcome = count(paper, ballots, needed) if hands is None else most(hands, paper.places, needed)
    key = majority_of(book, kind, matter)
    chosen = [outcome.tally[one] for one in (*outcome.elected, *outcome.tied)]
    fewest = min(chosen, default=max(outcome.tally.values(), default=0))
    whole = counts.whole(book.provision(key).of)
    return outcome, (met, book.check(asks, True), book.check(key, fewest, of=whole))


def majority_asked(book: Rulebook, paper: Paper) -> str:
    """The rule that asks for a majority of each who is chosen; "" when most is enough (3.)."""
    if paper.form != Form.CHOICE:
        return ""
    if book.yes("elections.majority"):
        return "elections.majority"
    alone = "elections.uncontested_majority"
    return alone if not paper.is_contested and book.yes(alone) else ""


def _worth(pile: type_pile) -> int:
    return sum(value * many for (_choices, value), many in pile.items())


def _ahead(
    some: Collection[int], options: Sequence[int], history: Sequence[Mapping[int, int]]
) -> list[int]:
    """The first first: by votes, by the latest round in which they differed, by the ballot (6.)."""
    return sorted(
        (one for one in options if one in some),
        key=lambda one: [-past[one] for past in reversed(history)],
    )


# -- kept --------------------------------------------------------------------------------------


def keep(outcome: Outcome) -> dict[str, Any]:
    """An outcome as it is stored with its vote."""
    return asdict(outcome)


def withheld(outcome: Outcome) -> Outcome:
    """Only who is chosen, in the order of the ballot: nothing from which votes could be told."""
    order = list(outcome.tally)
    return Outcome(
        outcome.places, outcome.ballots, 0, {}, tuple(sorted(outcome.elected, key=order.index)),
        tuple(sorted(outcome.tied, key=order.index)), 0,
    )  # fmt: skip


def kept(stored: Mapping[str, Any]) -> Outcome:
    """An outcome as it was stored."""
    return Outcome(
        **{
            **stored,
            "tally": _numbered(stored["tally"]),
            "elected": tuple(stored["elected"]),
            "tied": tuple(stored["tied"]),
            "rounds": tuple(
                Round(
                    **{
                        **one,
                        "votes": _numbered(one["votes"]),
                        "elected": tuple(one["elected"]),
                    }
                )
                for one in stored["rounds"]
            ),
        }
    )


def _numbered(stored: Mapping[Any, int]) -> dict[int, int]:
    return {int(one): many for one, many in stored.items()}


def reveals(form: str, outcome: Outcome, least: int) -> bool:
    """Whether a count among few would tell who marked what: of crosses when all, or all but one,
    marked the same; of orders and points always."""
    if outcome.ballots >= least:
        return False
    most_marked = max((*outcome.tally.values(), outcome.blank), default=0)
    return form != Form.CHOICE or most_marked >= outcome.ballots - 1
