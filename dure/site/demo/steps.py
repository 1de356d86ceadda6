"""Steps: what is done on which day, by whom, by which command. Pure values, in order of time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from dure.kernel.acts import SEOUL

SYSTEM, VISITOR = "system", "visitor"
SECRETARIAT, BOOKKEEPER, SECOND, ADMINISTRATOR = (
    "secretariat",
    "bookkeeper",
    "second",
    "administrator",
)


@dataclass(frozen=True, slots=True)
class Ref:
    """The id that something has in the database, by its key in the plan."""

    key: str


@dataclass(frozen=True, slots=True)
class Step:
    """One command. `by` is an office, a person's key, the system or a visitor.

    `makes`: under which keys what comes out of it is known: its id, its party, its contact.
    """

    day: date
    by: str
    verb: str  # a command's registered name, "room.verb_noun", or one of `building.ERRANDS`
    given: dict[str, Any]
    makes: tuple[str, ...] = ()
    speaks_for: str = ""  # the organisation whose representative acts


class Diary:
    """Steps as they are thought of; `in_order` gives each its moment."""

    def __init__(self, until: date) -> None:
        self.until = until  # nothing is done on this day or later
        self._steps: list[tuple[date, int, int, Step]] = []

    def note(
        self,
        day: date,
        by: str,
        verb: str,
        *makes: str,
        rank: int = 0,
        speaks_for: str = "",
        **given: Any,
    ) -> None:
        """`rank` orders the steps of one day; within a rank they keep their order."""
        if day < self.until:
            step = Step(day, by, verb, given, makes, speaks_for)
            self._steps.append((day, rank, len(self._steps), step))

    def in_order(self) -> Iterator[tuple[datetime, Step]]:
        """Each with its moment: from some minute of the morning on, and never into the next day."""
        rows = sorted(self._steps, key=lambda row: row[:3])
        counts = Counter(day for day, _rank, _number, _step in rows)
        last, at = date.min, datetime.min.replace(tzinfo=SEOUL)
        for day, _rank, number, step in rows:
            if day != last:
                morning = time(9, day.toordinal() * 37 % 50, day.toordinal() * 53 % 60)
                last, at = day, datetime.combine(day, morning, SEOUL)
            yield at, step
            pace = min(240 + number * 71 % 480, 13 * 3600 // counts[day])
            at += timedelta(seconds=pace)

    def __len__(self) -> int:
        return len(self._steps)
