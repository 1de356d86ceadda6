"""Plans: what they are made of, how far they have come, what a resolution changed.

1. A plan has areas, an area tasks, a task projects. Money and indicators belong to projects; the
   money of a task, an area or the plan is the sum of theirs.
2. A project has come as far as it was last reported; a task, an area and the plan as far as their
   projects on average, every project counting alike, rounded down to whole hundredths.
3. A part was made by the first resolution whose version holds it, and changed by each later one
   whose version says something else of it, or no longer holds it.
4. Values of indicators are exact: whole thousandths.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from dure.kernel.words import Promise, pgettext_lazy

K = TypeVar("K", bound=Hashable)
type_words = tuple[tuple[str, str | Promise], ...]
MILLI = 1000
_VALUE = re.compile(r"(-?)(\d{1,12})(?:\.(\d{1,3}))?")


class PartKind(StrEnum):
    """What a part of a plan is, from the whole to the single."""

    AREA = "area"
    TASK = "task"
    PROJECT = "project"


PARTS: type_words = (
    (PartKind.AREA, pgettext_lazy("part of a plan", "area")),
    (PartKind.TASK, pgettext_lazy("part of a plan", "task")),
    (PartKind.PROJECT, pgettext_lazy("part of a plan", "project")),
)
ABOVE: dict[str, str] = {PartKind.TASK: PartKind.AREA, PartKind.PROJECT: PartKind.TASK}


def average_done(done: Sequence[int]) -> int:
    """How far several projects have come together (2.)."""
    return sum(done) // len(done) if done else 0


def changes(versions: Sequence[Mapping[K, object]]) -> dict[K, list[tuple[int, str]]]:
    """Of each part the versions (by their place) that made, changed or dropped it (3.)."""
    found: dict[K, list[tuple[int, str]]] = {}
    before: Mapping[K, object] = {}
    for at, now in enumerate(versions):
        for key, said in now.items():
            if key not in before:
                found.setdefault(key, []).append((at, "made"))
            elif before[key] != said:
                found[key].append((at, "changed"))
        for key in before.keys() - now.keys():
            found[key].append((at, "dropped"))
        before = now
    return found


def read_value(text: str) -> int | None:
    """1,200 or 12.5 in whole thousandths; None for what is no number of that kind (4.)."""
    bare = re.sub(r"[\s,]", "", unicodedata.normalize("NFKC", text)).replace("−", "-")
    found = _VALUE.fullmatch(bare)
    if found is None:
        return None
    value = int(found[2]) * MILLI + int((found[3] or "").ljust(3, "0"))
    return -value if found[1] else value


def said_value(milli: int | None) -> str:
    """12500 as people write it: 12.5."""
    if milli is None:
        return ""
    whole, rest = divmod(abs(milli), MILLI)
    text = f"{whole:,}" + (f".{rest:03}".rstrip("0") if rest else "")
    return f"-{text}" if milli < 0 else text
