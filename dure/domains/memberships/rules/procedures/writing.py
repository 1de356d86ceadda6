"""Writing procedures as the files that `reading` reads: the one form in which they are kept."""

from __future__ import annotations

import json
from collections.abc import Iterator

from dure.domains.bylaws.rules import write_value

from .reading import SHAPES
from .steps import Limit, Procedure, Sheet, Step


def write_procedure(procedure: Procedure) -> str:
    """The canonical file of a procedure; `read_procedure` gives it back."""
    return "\n".join(_lines(procedure)) + "\n"


def _lines(procedure: Procedure) -> Iterator[str]:
    yield "[procedure]"
    yield from _named(title=procedure.title, **_sheet(procedure.sheet))
    for name in ("needs_authorisation", "enters_on_designation"):
        if getattr(procedure, name):
            yield f"{name} = true"
    for step in procedure.steps:
        yield ""
        yield "[[step]]"
        yield from _step(step)


def _step(step: Step) -> Iterator[str]:
    shape = SHAPES[step.kind]
    yield from _named(kind=step.kind.value, key=step.key, title=step.title, **_sheet(step.sheet))
    yield from _named(**{name: getattr(step, name) for name in shape.texts})
    if shape.items and step.items:
        yield f"{shape.items} = [{', '.join(map(_text, step.items))}]"
    for way in step.ways:
        yield "[[step.way]]"
        yield from _named(by=way.by)
        yield from _limit(way.limit)
    for name, limit in step.limits:
        yield f"[step.{name}]"
        yield from _limit(limit)


def _limit(limit: Limit) -> Iterator[str]:
    if limit.rule:
        yield from _named(rule=limit.rule)
        return
    yield from _named(
        kind=limit.kind.value,
        comparison=limit.comparison.value,
        value=write_value(limit.kind, limit.value),
        label=limit.label,
        **_sheet(limit.sheet),
    )


def _sheet(sheet: Sheet) -> dict[str, str]:
    return {"document": sheet.document, "article": sheet.article, "text": sheet.text}


def _named(**given: str) -> Iterator[str]:
    for name, value in given.items():
        if value:
            yield f"{name} = {_text(value)}"


def _text(value: str) -> str:
    """A basic string of TOML: JSON's escapes are among its own."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
