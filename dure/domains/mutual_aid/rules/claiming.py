"""What the rules say about a claim. Pure: the rules are the book's, the facts are given.

1. The event fell into the time of the contract, after its waiting period, not while it rested.
2. It is one that the law or the bylaws name; it is claimed in time; no contribution is late.
3. The plan gives for it from so many months paid, so many times in a life.
4. What is given stays within the limits of a year and of a person (`promises` 3). A claim for which
   nothing is left is not granted.
5. Approving asks for the evidence that the plan names, or for a word why it is done without.
Each is answered, whether it passes or not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dure.domains.bylaws.rules import Finding, Rulebook
from dure.domains.loans.rules.eligibility import months_between
from dure.kernel.words import gettext as _now

from .promises import Promised, findings_on_events, line_for, within


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed with a member: the plan's words, frozen with the contract."""

    name: str
    article: str
    lines: tuple[Promised, ...]
    waiting_months: int
    per_year_won: int | None
    per_person_won: int


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a contract and of what its member had, without the claim that is judged."""

    counts_from: date
    rested_from: date | None  # lapsed or ended on
    paid_months: int
    late_won: int
    times: int  # of this event and relation, granted before
    year_won: int  # granted for events of the same year
    person_won: int  # granted in all


@dataclass(frozen=True, slots=True)
class Wish:
    event: str
    relation: str
    event_date: date


@dataclass(frozen=True, slots=True)
class Answer:
    """What would be given, and each rule's answer."""

    won: int
    line: Promised | None
    findings: tuple[Finding, ...]


def answer(book: Rulebook, terms: Terms, known: Known, wish: Wish, on: date) -> Answer:
    """1 to 4."""
    line = line_for(terms.lines, wish.event, wish.relation, known.paid_months)
    nearest = line or min(
        (one for one in terms.lines if (one.event, one.relation) == (wish.event, wish.relation)),
        key=lambda one: one.paid_months,
        default=None,
    )
    law = book.number(PERSON) if PERSON in book else None
    won = 0
    if nearest is not None:
        won = within(
            nearest.won,
            _left(terms.per_year_won, known.year_won),
            _left(terms.per_person_won, known.person_won),
            _left(law, known.person_won),
        )
    asked = won or (nearest.won if nearest else 0)
    findings = (
        *findings_on_events(book, {wish.event}),
        *_of_time(terms, known, wish),
        *book.check_all(
            ("mutual_aid.claim_months", months_between(wish.event_date, on)),
            ("mutual_aid.late_won", known.late_won),
        ),
        *_of_line(terms, known, nearest),
        *_of_limits(terms, known, asked),
        *book.check_all((PERSON, known.person_won + asked)),
    )
    return Answer(won, line, findings)


PERSON = "mutual_aid.per_member_won"


def of_evidence(name: str, article: str, asked: str, is_there: bool, waived: bool) -> Finding:
    """Rule 5: what the plan asks for to show it, is with the claim, or the deciders do without it."""
    told = (
        _now("evidence (%(asked)s)")
        if is_there or not waived
        else _now("evidence (%(asked)s), waived")
    )
    return Finding(
        key="mutual_aid.plan_evidence", label=f"{name}: {told % {'asked': asked}}",
        origin="regulation", document="", article=article, text="", kind="yes_no",
        comparison="exactly", required="yes", actual="yes" if is_there else "no", of=None,
        passed=is_there or waived,
    )  # fmt: skip


def _left(limit: int | None, had: int) -> int | None:
    return None if limit is None else max(limit - had, 0)


def _of_time(terms: Terms, known: Known, wish: Wish) -> Iterator[Finding]:
    waited = months_between(known.counts_from, wish.event_date)
    yield _finding(terms, "waiting", _now("waiting period"), "months", terms.waiting_months, waited)
    rested = known.rested_from is not None and wish.event_date >= known.rested_from
    covered = known.counts_from <= wish.event_date and not rested
    yield _finding(
        terms, "covered", _now("the contract ran on the day"), "yes_no", "yes",
        "yes" if covered else "no", covered, "exactly",
    )  # fmt: skip


def _of_line(terms: Terms, known: Known, line: Promised | None) -> Iterator[Finding]:
    if line is None:
        yield _finding(
            terms,
            "promised",
            _now("the plan gives for it"),
            "yes_no",
            "yes",
            "no",
            False,
            "exactly",
        )
        return
    yield _finding(
        terms, "paid", _now("months paid"), "months", line.paid_months, known.paid_months
    )
    if line.most_times is not None:
        yield _finding(
            terms, "times", _now("times in a life"), "count", line.most_times, known.times + 1,
            known.times < line.most_times, "at_most",
        )  # fmt: skip


def _of_limits(terms: Terms, known: Known, won: int) -> Iterator[Finding]:
    for key, label, limit, had in (
        ("per_year", _now("highest aid in a year"), terms.per_year_won, known.year_won),
        ("per_person", _now("highest aid of one person"), terms.per_person_won, known.person_won),
    ):
        if limit is not None:
            yield _finding(
                terms, key, label, "won", limit, had + won, had + won <= limit, "at_most"
            )


def _finding(
    terms: Terms,
    key: str,
    label: str,
    kind: str,
    required: object,
    actual: object,
    passed: bool | None = None,
    comparison: str = "at_least",
) -> Finding:
    if passed is None:
        assert isinstance(required, int) and isinstance(actual, int)
        passed = actual >= required
    return Finding(
        key=f"mutual_aid.plan_{key}", label=f"{terms.name}: {label}", origin="regulation",
        document="", article=terms.article, text="", kind=kind, comparison=comparison,
        required=str(required), actual=str(actual), of=None, passed=passed,
    )  # fmt: skip
