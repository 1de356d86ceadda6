"""How far the end of a month is: every step looked at, and the one that is next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import uuid5

from dure.domains.ledger import queries as ledger
from dure.kernel.acts import Act
from dure.kernel.dates import Month
from dure.kernel.refusals import NotFound

from .step import OVER, Found, State, Step
from .steps import RUN


@dataclass(frozen=True, slots=True)
class Shown:
    """A step with what the look found."""

    step: Step
    found: Found
    marked: str | None  # the note of the mark, "" for a mark without one

    @property
    def is_over(self) -> bool:
        return self.found.state in OVER

    @property
    def can_be_done(self) -> bool:
        return self.step.do is not None and self.found.state == State.TO_DO

    @property
    def can_be_undone(self) -> bool:
        return self.step.undo is not None and self.found.undoable


@dataclass(frozen=True, slots=True)
class Progress:
    """A month's end as it stands."""

    month: Month
    steps: tuple[Shown, ...]
    current: Shown | None  # the step asked for, else the first that is not over
    is_closed: bool

    @property
    def over(self) -> int:
        return sum(one.is_over for one in self.steps)


def look_at_month(act: Act, month: Month, asked: str = "") -> Progress:
    """Look at the steps in their order, up to the first that is not over, and at the one asked for.

    Those after it are only listed: what they will find depends on what comes before them. In a
    closed month every step is over, and the last one shows what it made.
    """
    closed, marks = _kept(month)
    if closed and not asked:
        asked = RUN[-1].key  # what the closing made
    steps: list[Shown] = []
    current: Shown | None = None
    for step in RUN:
        looked = step.key == asked or (current is None and not closed)
        found = step.look(act, month) if looked else Found(State.TO_DO, "")
        one = _shown(step, found, closed, marks)
        steps.append(one)
        if current is None and not one.is_over:
            current = one
    wanted = next((one for one in steps if one.step.key == asked), current)
    return Progress(month, tuple(steps), wanted, closed)


def look_at_step(act: Act, month: Month, step: Step) -> Found:
    """Look at one step alone."""
    return _shown(step, step.look(act, month), *_kept(month)).found


def _kept(month: Month) -> tuple[bool, Mapping[str, str]]:
    """Whether a month is closed, and the notes of its marks by step."""
    period = ledger.period(month)
    closed = period is not None and period.state != "open"
    return closed, {key: mark.note for key, mark in ledger.period_marks(month).items()}


def _shown(step: Step, found: Found, closed: bool, marks: Mapping[str, str]) -> Shown:
    note = marks.get(step.key)
    if closed or (note is not None and step.mark):
        found = replace(found, state=State.DONE, effect="")
    return Shown(step, found, note)


def do_step(act: Act, step: Step, month: Month) -> object:
    """Do a step by its room's own command, under a key of its own: the same act twice does it once."""
    if step.do is None:
        raise NotFound
    return step.do(replace(act, key=uuid5(act.key, f"month-end {step.key} {month}")), month)


def undo_step(act: Act, step: Step, month: Month, reason: str) -> object:
    """Take a step back by its room's own command; NotFound where only its links lead to one."""
    if step.undo is None:
        raise NotFound
    return step.undo(act, month, reason)


def step_of(key: str) -> Step:
    """The step of a key. Raises NotFound."""
    found = next((step for step in RUN if step.key == key), None)
    if found is None:
        raise NotFound
    return found


def step_to_mark(key: str) -> Step:
    """The step of a key, if a person may call it done. Raises NotFound."""
    found = step_of(key)
    if not found.mark:
        raise NotFound
    return found
