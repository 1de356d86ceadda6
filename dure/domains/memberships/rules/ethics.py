"""The making of an ethics code, as 광진 made its own in about a year. Pure.

1. Workshops by topic, a survey among the members, hearings of groups outside, then adoption by the
   body that the bylaws name (광진사회적경제네트워크 윤리규정; the provision `ethics.stages`).
2. A version is in force from its day until the next one begins. What was signed stays signed in the
   version of the day.
3. Of a survey as many are in favour as answered at most, and as many answered as were asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from dure.domains.bylaws.rules import Finding, Rulebook
from dure.kernel.words import Promise, gettext_lazy as _


class Stage(StrEnum):
    """What is done on the way to a code."""

    WORKSHOP = "workshop"
    SURVEY = "survey"
    HEARING = "hearing"


STAGES: tuple[tuple[str, str | Promise], ...] = (
    (Stage.WORKSHOP, _("workshop on a topic")),
    (Stage.SURVEY, _("survey among the members")),
    (Stage.HEARING, _("hearing of groups outside")),
)
NEEDED = "ethics.stages"


@dataclass(frozen=True, slots=True)
class Article:
    """A heading of the code with what stands under it, as typed: `## ` begins one, `- ` an item."""

    heading: str
    items: tuple[str, ...]


def check_making(book: Rulebook, done: Iterable[str]) -> tuple[Finding, ...]:
    """Whether all was done that the rules ask for before a code is adopted (1.)."""
    if NEEDED not in book:
        return ()
    return (book.check(NEEDED, frozenset(str(kind) for kind in done)),)


def counts_fit(asked: int, answered: int, in_favour: int) -> bool:
    """Rule 3."""
    return 0 <= in_favour <= answered <= asked


def articles(text: str) -> tuple[Article, ...]:
    """The code as headings with items; text without headings is one article without a heading."""
    found: list[tuple[str, list[str]]] = []
    for line in (one.strip() for one in text.splitlines()):
        if line.startswith("#"):
            found.append((line.lstrip("# "), []))
        elif line:
            if not found:
                found.append(("", []))
            found[-1][1].append(line.removeprefix("- "))
    return tuple(Article(heading, tuple(items)) for heading, items in found)
