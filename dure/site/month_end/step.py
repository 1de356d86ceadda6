"""What a step of a month's end is, and what a look at it tells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from dure.kernel.acts import Act
from dure.kernel.dates import Month
from dure.kernel.refusals import type_text


class State(StrEnum):
    """How far a step is."""

    DONE = "done"
    NOTHING = "nothing"  # there is nothing to do this month
    TO_DO = "to_do"
    WAITS = "waits"  # only a person can do it


LINKS_MAX = 3
OVER = (State.DONE, State.NOTHING)


@dataclass(frozen=True, slots=True)
class Link:
    """Where a step is worked at, or its result is seen."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a look at a step found: how far it is, in words, and what doing it would do."""

    state: State
    found: str
    effect: str = ""
    links: tuple[Link, ...] = ()
    lines: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    form: str = ""  # the template of what is typed or uploaded right here
    rows: tuple[object, ...] = ()  # what that template lists
    form_first: bool = False  # whether that is what comes next, rather than the mark
    undoable: bool = False  # by the step's own `undo`; else where its links lead


@dataclass(frozen=True, slots=True)
class Step:
    """One step: how it is looked at, how it is done by itself, and whether a person may call it done.

    `mark` is the text of the button by which a person calls it done; without it only facts can.
    What `hinders` must be over before a run without a person goes on; what `asks` is never done
    without one, though it could be. `operation` names the command that does it, for programs; `undo`
    takes it back by a counter-entry, with a reason.
    """

    key: str
    title: type_text
    why: type_text
    look: Callable[[Act, Month], Found]
    do: Callable[[Act, Month], object] | None = None
    do_text: type_text = ""
    mark: type_text = ""
    hinders: bool = True
    asks: bool = False
    operation: str = ""
    undo: Callable[[Act, Month, str], object] | None = None
    undo_text: type_text = ""
