"""Direct-debit files: what is asked of the bank, and what it answered. Pure.

1. How the files look is data: a layout in TOML, read strictly: an unknown or missing key, a value
   that is none, and a code given twice are errors with the layout's name, never silence.
2. A line is known again by its reference, which we gave it; the member's number is for people.
3. An answer is *paid* when its code is one of the layout's; an amount below what was asked for is
   *partly*; every other code is *failed*, in the layout's words or with the code itself.
4. More than was asked for, an unknown reference, a reference twice: reported with the row, not booked.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dure.kernel.money import parse_won
from dure.kernel.refusals import InvalidInput, Refusal
from dure.kernel.words import gettext as _now, gettext_lazy as _

VALUES = ("number", "reference", "name", "holder", "bank", "account", "amount", "collect_date")
ENCODINGS = ("utf-8-sig", "utf-8", "cp949")
_PARTS = {
    "layout": {"name", "title", "encoding", "delimiter"},
    "result": {"reference", "amount", "code"},
    "codes": {"paid", "failed"},
}


class LayoutMalformed(InvalidInput):
    """A layout of debit files cannot be read."""

    text = _("The layout “%(name)s” cannot be used: %(reason)s")


class ResultUnreadable(InvalidInput):
    """The result file lacks a column that the layout names."""

    text = _("The result file has no column “%(column)s”.")
    remedy = _("Check that it is the result of this request, in the layout that was chosen.")


@dataclass(frozen=True, slots=True)
class DebitLayout:
    name: str
    title: str
    encoding: str
    delimiter: str
    request: tuple[tuple[str, str], ...]  # head, value
    result: Mapping[str, tuple[str, ...]]  # reference, amount, code → heads
    paid: frozenset[str]
    failed: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """A line as it stood in the request."""

    line_id: int
    reference: str
    won: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a line: paid_won 0 with a reason, or paid."""

    line_id: int
    paid_won: int
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Answers:
    found: tuple[Answer, ...]
    errors: tuple[tuple[int, str], ...]  # row, reason


def read_layout(text: str, name: str) -> DebitLayout:
    """The layout a TOML text lays down. Raises LayoutMalformed (rule 1)."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LayoutMalformed(name=name, reason=str(error)) from error
    if set(data) != {"layout", "request", "result", "codes"}:
        raise LayoutMalformed(name=name, reason=", ".join(sorted(set(data))))
    for part, known in _PARTS.items():
        if not isinstance(data[part], dict) or set(data[part]) != known:
            raise LayoutMalformed(name=name, reason=f"[{part}]")
    head, codes = data["layout"], data["codes"]
    if head["encoding"] not in ENCODINGS or head["delimiter"] not in (",", ";", "\t", "|"):
        raise LayoutMalformed(name=name, reason="encoding, delimiter")
    request = tuple(_column(one, name) for one in data["request"])
    if not {"reference", "account", "amount"} <= {value for _head, value in request}:
        raise LayoutMalformed(name=name, reason="reference, account, amount")
    for value in (*data["result"].values(), codes["paid"]):
        if not isinstance(value, list) or not value or not all(isinstance(v, str) for v in value):
            raise LayoutMalformed(name=name, reason="[result] [codes]")
    if not isinstance(codes["failed"], dict) or set(codes["failed"]) & set(codes["paid"]):
        raise LayoutMalformed(name=name, reason="[codes.failed]")
    return DebitLayout(
        head["name"],
        head["title"],
        head["encoding"],
        head["delimiter"],
        request,
        {field: tuple(heads) for field, heads in data["result"].items()},
        frozenset(codes["paid"]),
        {str(code): str(words) for code, words in codes["failed"].items()},
    )


def _column(given: Any, name: str) -> tuple[str, str]:
    if not isinstance(given, dict) or set(given) != {"head", "value"}:
        raise LayoutMalformed(name=name, reason="[[request]]")
    if given["value"] not in VALUES:
        raise LayoutMalformed(name=name, reason=str(given["value"]))
    return str(given["head"]), str(given["value"])


def write_request(layout: DebitLayout, rows: Iterable[Mapping[str, str | int | date]]) -> bytes:
    """The request file: a head and a row for each line."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=layout.delimiter, lineterminator="\r\n")
    writer.writerow([head for head, _value in layout.request])
    for row in rows:
        writer.writerow([_cell(row[value]) for _head, value in layout.request])
    return text.getvalue().encode(layout.encoding, "replace")


def _cell(value: str | int | date) -> str:
    return value.strftime("%Y%m%d") if isinstance(value, date) else str(value)


def read_result(
    layout: DebitLayout,
    head: Sequence[str],
    rows: Iterable[tuple[int, Sequence[str]]],
    asked: Iterable[Asked],
) -> Answers:
    """What the result file says of the lines asked for. Raises ResultUnreadable (rules 2-4)."""
    bare = [re.sub(r"\s+", "", cell) for cell in head]
    at: dict[str, int] = {}
    for field, heads in layout.result.items():
        place = next((bare.index(h) for h in heads if h in bare), None)
        if place is None and field != "amount":
            raise ResultUnreadable(column=heads[0])
        if place is not None:
            at[field] = place
    known = {one.reference: one for one in asked}
    found: dict[int, Answer] = {}
    errors: list[tuple[int, str]] = []
    for number, cells in rows:

        def cell(field: str, cells: Sequence[str] = cells) -> str:
            return cells[at[field]].strip() if field in at and at[field] < len(cells) else ""

        reference, code = cell("reference"), cell("code")
        one = known.get(reference)
        if one is None or one.line_id in found:
            if reference:
                again = one is not None
                errors.append((number, _twice(reference) if again else _unknown(reference)))
            continue
        try:
            found[one.line_id] = _answer(layout, one, code, cell("amount"))
        except Refusal as refusal:
            errors.append((number, str(refusal)))
        except ValueError:
            errors.append((number, _now("%(reference)s: more than was asked for.") % {"reference": reference}))  # fmt: skip
    return Answers(tuple(found.values()), tuple(errors))


def _answer(layout: DebitLayout, one: Asked, code: str, amount: str) -> Answer:
    if code not in layout.paid:
        return Answer(one.line_id, 0, code, layout.failed.get(code) or code or "?")
    won = parse_won(amount) if amount else one.won
    if won > one.won:
        raise ValueError
    return Answer(one.line_id, won, code, "")


def _unknown(reference: str) -> str:
    return _now("%(reference)s was not asked for in this request.") % {"reference": reference}


def _twice(reference: str) -> str:
    return _now("%(reference)s stands twice in the file.") % {"reference": reference}
