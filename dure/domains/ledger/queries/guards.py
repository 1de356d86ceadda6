"""What rooms above ask of every entry before it is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date as Date

from .. import rules
from .chart import Chart

type_guard = Callable[[Chart, Sequence[rules.Side], Date, rules.Source | None], None]
_guards: list[type_guard] = []


def wire_guards(guards: Sequence[type_guard]) -> None:
    """Called once, by the site. A guard looks at the lines first, and at the database only where they
    concern it; it raises a refusal."""
    assert not _guards, "already wired"
    _guards.extend(guards)


def ask_guards(
    chart: Chart, sides: Sequence[rules.Side], day: Date, source: rules.Source | None
) -> None:
    """Raises the refusals of the rooms above."""
    for guard in _guards:
        guard(chart, sides, day, source)
