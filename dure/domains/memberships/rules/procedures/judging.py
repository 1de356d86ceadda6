"""Judging: what of a procedure is done, what is missing, and which finding says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dure.domains.bylaws.rules import Comparison, Finding, Kind, Rulebook, Value, read_value
from dure.kernel.words import Promise, gettext_lazy as _

from .steps import SPONSORS, Ballot, Limit, Procedure, Step, StepKind, Way

DONE, WAIVED = "done", "waived"


@dataclass(frozen=True, slots=True)
class Note:
    """What was noted for a step: of one of its papers, sponsors …, or (item "") of all of it."""

    step: str
    item: str = ""
    outcome: str = DONE
    said: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hand:
    """What the judge is handed besides notes: what the network itself knows on the day."""

    interviewed: bool = False
    designations: frozenset[str] = frozenset()  # kinds held on the day by a known organisation
    in_district: int = 0  # members in the same district, without the applicant


@dataclass(frozen=True, slots=True)
class Judged:
    """One step with what is still missing and the finding that says so."""

    step: Step
    done: bool
    missing: tuple[str, ...] = ()  # papers, signatures … by their names
    finding: Finding | None = None
    refused: bool = False  # the fact is known, and is not what is asked


def judge(
    procedure: Procedure, notes: Iterable[Note], hand: Hand, book: Rulebook
) -> tuple[Judged, ...]:
    """Every step before the decision, held against what is known. A later note replaces an earlier
    one of the same step and item."""
    latest: dict[str, dict[str, Note]] = {}
    for note in notes:
        latest.setdefault(note.step, {})[note.item] = note
    return tuple(
        _JUDGES[step.kind](step, latest.get(step.key, {}), hand, book)
        for step in procedure.before_decision
    )


def ready(judged: Iterable[Judged]) -> bool:
    """Whether nothing stands in the way of a yes."""
    return all(one.done for one in judged)


def judged_ballot(step: Step, ballot: Ballot, book: Rulebook) -> tuple[Finding, ...]:
    """Quorum (where one is asked) and majority of a vote that was counted; the last finding is the
    majority."""
    found = []
    if quorum := step.limit("quorum"):
        found.append(quorum.check(book, ballot.present, ballot.seats))
    majority = step.limit("majority")
    assert majority is not None and ballot.in_favour is not None, step.key
    base = ballot.seats if step.base == "seats" else ballot.present
    found.append(majority.check(book, ballot.in_favour, base))
    return tuple(one for one in found if one)


def why_not_open(procedure: Procedure, authorised: bool) -> str | Promise:
    """Why nobody can apply now; empty when one can."""
    if procedure.enters_on_designation:
        return _("One becomes a member by being designated; there is nothing to apply for.")
    if procedure.needs_authorisation and not authorised:
        return _("The network is not authorised yet. Nobody can join before it is.")
    return ""


LIMITS: Mapping[str, str | Promise] = {
    "asks": _("asked"),
    "quorum": _("present"),
    "majority": _("in favour"),
    "within": _("within"),
}


def asked(step: Step, book: Rulebook) -> tuple[tuple[str, str, str], ...]:
    """What a step asks for as people read it: (what, how much, where it stands) ..."""
    named = [(str(SPONSORS[way.by]), way.limit) for way in step.ways]
    named += [(str(LIMITS[name]), limit) for name, limit in step.limits]
    found = []
    for name, limit in named:
        rule = limit.provision(book)
        finding = limit.check(book, rule.value) if rule and rule.value is not None else None
        shown = finding.required_shown if finding else "–"
        found.append((name, shown, finding.citation if finding else limit.rule))
    return tuple(found)


Notes = Mapping[str, Note]


def _own(step: Step, kind: Kind, comparison: Comparison, value: Value, label: str = "") -> Limit:
    return Limit(
        kind=kind, comparison=comparison, value=value, label=label or step.title, sheet=step.sheet
    )


def _yes(step: Step, found: bool, book: Rulebook, missing: tuple[str, ...] = ()) -> Judged:
    finding = _own(step, Kind.YES_NO, Comparison.EXACTLY, True).check(book, found)
    return Judged(step, found, () if found else missing or (step.title,), finding)


def _papers(step: Step, notes: Notes, hand: Hand, book: Rulebook) -> Judged:
    missing = tuple(paper for paper in step.items if paper not in notes)
    there = len(step.items) - len(missing)
    limit = _own(step, Kind.COUNT, Comparison.AT_LEAST, len(step.items))
    return Judged(step, not missing, missing, limit.check(book, there))


def _pledge(step: Step, notes: Notes, hand: Hand, book: Rulebook) -> Judged:
    signed = any(note.said.get("version") == step.version for note in notes.values())
    return _yes(step, signed, book)


def _sponsors(step: Step, notes: Notes, hand: Hand, book: Rulebook) -> Judged:
    def tried(way: Way) -> Judged:
        count = sum(note.said.get("by") == way.by for note in notes.values())
        finding = way.limit.check(book, count)
        label = str(SPONSORS[way.by])
        if finding is None:
            return Judged(step, True)
        return Judged(step, finding.passed, () if finding.passed else (label,), finding)

    ways = [tried(way) for way in step.ways]
    done = next((one for one in ways if one.done), None)
    return done or Judged(
        step, False, tuple(m for one in ways for m in one.missing), ways[0].finding
    )


def _interview(step: Step, notes: Notes, hand: Hand, book: Rulebook) -> Judged:
    return _yes(step, hand.interviewed, book)


def _fact(step: Step, notes: Notes, hand: Hand, book: Rulebook) -> Judged:
    limit, note = step.limit("asks"), notes.get("")
    assert limit is not None, step.key
    if note is None:
        return Judged(step, False, (step.title,))
    rule = limit.provision(book)
    if rule is None:
        return Judged(step, True)
    found: Value | str = note.said["found"]
    if rule.kind == Kind.YES_NO:
        found = found == "yes"
    elif rule.kind == Kind.CHOICE:
        found = read_value(Kind.CHOICE, str(found))
    else:
        found = int(str(found))
    finding = limit.check(book, found, note.said.get("of"))
    assert finding is not None
    return Judged(
        step, finding.passed, () if finding.passed else (step.title,), finding, not finding.passed
    )


def _place(step: Step, notes: Notes, hand: Hand, book: Rulebook) -> Judged:
    note = notes.get("")
    if note is None:
        return Judged(step, False, (step.title,))
    offices = note.said.get("offices", [])
    inside = any(str(code).startswith(region) for code in offices for region in step.items)
    judged = _yes(step, inside, book)
    return Judged(step, inside, judged.missing, judged.finding, not inside)


def _territory(step: Step, notes: Notes, hand: Hand, book: Rulebook) -> Judged:
    limit = step.limit("asks")
    assert limit is not None, step.key
    if "" not in notes:
        return Judged(step, False, (step.title,))
    finding = limit.check(book, hand.in_district + 1)
    if finding is None:
        return Judged(step, True)
    return Judged(
        step, finding.passed, () if finding.passed else (step.title,), finding, not finding.passed
    )


def _designation(step: Step, notes: Notes, hand: Hand, book: Rulebook) -> Judged:
    noted = {note.said.get("designation") for note in notes.values()}
    return _yes(step, bool((hand.designations | noted) & set(step.items)), book)


def _hearing(step: Step, notes: Notes, hand: Hand, book: Rulebook) -> Judged:
    return _yes(step, "" in notes, book)


def _payment(step: Step, notes: Notes, hand: Hand, book: Rulebook) -> Judged:
    limit = step.limit("asks")
    assert limit is not None, step.key
    paid = sum(int(note.said.get("won", 0)) for note in notes.values())
    finding = limit.check(book, paid)
    done = finding is None or finding.passed
    return Judged(step, done, () if done else (step.title,), finding)


_JUDGES = {
    StepKind.PAPERS: _papers,
    StepKind.PLEDGE: _pledge,
    StepKind.SPONSORS: _sponsors,
    StepKind.INTERVIEW: _interview,
    StepKind.FACT: _fact,
    StepKind.PLACE: _place,
    StepKind.TERRITORY: _territory,
    StepKind.DESIGNATION: _designation,
    StepKind.HEARING: _hearing,
    StepKind.PAYMENT: _payment,
}
