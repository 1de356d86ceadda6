"""A plan as a table: one project a row, its area and task beside it.

1. Columns are known by their heads, in any order; a head that is a year (2026, 2026년) is money.
2. An area or task left empty is that of the row above, as people merge cells.
3. Every fault is told with its cell; a file with faults is not taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dure.kernel.money import parse_won
from dure.kernel.refusals import InvalidInput
from dure.kernel.words import gettext as _now

from .plans import read_value

HEADS = {
    "area": ("영역", "area"),
    "task": ("과제", "task"),
    "title": ("실천사업", "사업", "project"),
    "text": ("설명", "내용", "text"),
    "owner": ("담당", "owner"),
    "indicator": ("지표", "indicator"),
    "unit": ("단위", "unit"),
    "base": ("기준값", "base"),
    "target": ("목표값", "target"),
}
NEEDED = ("area", "task", "title")
_YEAR = re.compile(r"((?:19|20|21)\d{2})\s*년?")


@dataclass(frozen=True, slots=True)
class Fault:
    """What cannot be read, and in which row."""

    row: int
    text: str


@dataclass(frozen=True, slots=True)
class FileRow:
    """One project as it stands in the file."""

    row: int
    area: str
    task: str
    title: str
    text: str
    owner: str
    budgets: tuple[tuple[int, int], ...]
    indicator: str
    unit: str
    base_milli: int | None
    target_milli: int | None


def columns_of(head: Sequence[str]) -> dict[str | int, int]:
    """Which column is what; years as numbers (1.)."""
    found: dict[str | int, int] = {}
    for at, text in enumerate(head):
        bare = text.strip().casefold()
        name = next((name for name, words in HEADS.items() if bare in words), None)
        year = _YEAR.fullmatch(bare)
        if name and name not in found:
            found[name] = at
        elif year:
            found[int(year[1])] = at
    return found


def read_rows(
    head: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]]
) -> tuple[list[FileRow], list[Fault]]:
    """The projects of a file, and what is wrong with it (2., 3.)."""
    columns = columns_of(head)
    missing = [HEADS[name][0] for name in NEEDED if name not in columns]
    if missing:
        return [], [Fault(1, _now("The column %(name)s is missing.") % {"name": missing[0]})]
    found, faults = [], []
    area = task = ""
    for number, cells in rows:

        def cell(name: str | int, cells: Sequence[str] = cells) -> str:
            at = columns.get(name)
            return cells[at].strip() if at is not None and at < len(cells) else ""

        if cell("area") and cell("area") != area:
            task = ""
        area, task = cell("area") or area, cell("task") or task
        if not any(one.strip() for one in cells):
            continue
        if not (area and task and cell("title")):
            faults.append(Fault(number, _now("Area, task and project need a name.")))
            continue
        budgets = []
        for year in (one for one in columns if isinstance(one, int)):
            if typed := cell(year):
                try:
                    budgets.append((year, parse_won(typed)))
                except InvalidInput as error:
                    faults.append(Fault(number, f"{year}: {error}"))
        values = {}
        for name in ("base", "target"):
            values[name] = read_value(cell(name)) if cell(name) else None
            if cell(name) and values[name] is None:
                said = _now("“%(given)s” is no number.") % {"given": cell(name)[:40]}
                faults.append(Fault(number, f"{HEADS[name][0]}: {said}"))
        found.append(
            FileRow(
                number, area, task, cell("title"), cell("text"), cell("owner"), tuple(budgets),
                cell("indicator"), cell("unit"), values["base"], values["target"],
            )
        )  # fmt: skip
    return found, faults
