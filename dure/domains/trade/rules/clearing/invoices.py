"""Invoices of a file or of a round: read quickly, checked row by row, in columns of numbers."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from dure.kernel.refusals import InvalidInput
from dure.kernel.words import Promise, gettext_lazy as _

type_numbers: TypeAlias = npt.NDArray[np.int64]

NO_DATE = date.max.toordinal()  # an invoice without a due date comes last
UNREAD = -1
DIGITS = 18  # that surely fit into 64 bits
LARGEST_AMOUNT = 10**15
LARGEST_TOTAL = 4 * 10**18  # in all; the solver counts in 64 bits
TOLD_MOST = 20  # faults that are told of one file
BLOCK = 200_000  # letters that are read at once
NEEDED = ("id", "debtor", "creditor", "amount")


class InvoicesFaulty(InvalidInput):
    """Rows of the file cannot be taken; row and reason of the first ones are given."""

    text = _("Row %(row)d: %(reason)s")
    remedy = _("Nothing was cleared. Correct these rows and try again.")

    def __str__(self) -> str:
        told = "; ".join(str(self.text) % fault for fault in self.faults)
        more = self.params["count"] - len(self.faults)
        return f"{told} (+{more})" if more > 0 else told

    @property
    def faults(self) -> list[dict[str, Any]]:
        """Row (as a spreadsheet counts) and reason, in the order of the rows."""
        return list(self.params["faults"])


class ColumnMissing(InvalidInput):
    """The first row does not name all columns that are needed."""

    text = _("The file has no column “%(column)s”.")
    remedy = _(
        "The first row names the columns: id,debtor,creditor,amount and, if you like, due_date."
    )


class NoInvoices(InvalidInput):
    """There is nothing to clear."""

    text = _("The file has no invoices.")


class NotText(InvalidInput):
    """The file is neither UTF-8 nor what Korean Excel writes."""

    text = _("The file cannot be read as text.")
    remedy = _("Save it as CSV in UTF-8 and try again.")


class TotalTooLarge(InvalidInput):
    """The sum of all amounts is more than can be reckoned exactly."""

    text = _("All invoices together are more than %(most)d won.")
    remedy = _("Clear them in several rounds.")


@dataclass(frozen=True)
class Invoices:
    """Invoices in columns. Firms are numbered in the order of their names."""

    ids: Sequence[str]
    firms: Sequence[str]
    debtor: type_numbers
    creditor: type_numbers
    amount: type_numbers
    due: type_numbers  # ordinals of days; NO_DATE where there is none

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def total(self) -> int:
        return int(self.amount.sum())


def read_invoices(content: bytes) -> Invoices:
    """The invoices of a CSV `id,debtor,creditor,amount[,due_date]`; further columns are passed over.

    Raises NotText, ColumnMissing, NoInvoices, InvoicesFaulty, TotalTooLarge.
    """
    text = _text(content)
    first, _newline, rest = text.partition("\n")
    head = [name.strip().strip('"').lower() for name in first.split(",")]
    for column in NEEDED:
        if column not in head:
            raise ColumnMissing(column=column)
    reading = _Reading(head)
    row = 2
    for lines in _blocks(rest):
        columns = _columns(lines, len(head))
        if columns is None:
            row = reading.take_rows(lines, row)
        else:
            reading.take(columns, range(row, row + len(columns[0])))
            row += len(columns[0])
    return reading.done()


def _blocks(text: str) -> Iterator[str]:
    """The text in pieces of whole lines, small enough to stay in the processor's reach; in one piece
    when a cell may hold a line break."""
    if '"' in text:
        yield text
        return
    start = 0
    while start < len(text):
        end = text.find("\n", start + BLOCK) + 1 or len(text)
        yield text[start:end]
        start = end


def _columns(lines: str, width: int) -> list[list[str]] | None:
    """The cells by column, quickly; nothing where quotes, blank or uneven rows want a closer look."""
    if '"' in lines or "\r" in lines.replace("\r\n", "\n"):
        return None
    lines = lines.replace("\r\n", "\n").removesuffix("\n")
    marks = np.frombuffer(lines.encode("utf-32-le"), np.uint32)
    ends = np.append(np.flatnonzero(marks == ord("\n")), len(marks))
    commas = np.searchsorted(np.flatnonzero(marks == ord(",")), ends)
    if (np.diff(commas, prepend=0) != width - 1).any():
        return None
    cells = lines.replace("\n", ",").split(",")
    return [cells[at::width] for at in range(width)]


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotText


def normal(name: str) -> str:
    """A firm's name without what the eye does not see: outer blanks, ways of writing Hangul."""
    return unicodedata.normalize("NFC", name.strip())


class _Reading:
    """Takes rows in chunks. A column that looks right as a whole is read at once; only where one does
    not are its cells looked at one by one."""

    def __init__(self, head: list[str]) -> None:
        self._at = [head.index(column) for column in NEEDED]
        self._due = head.index("due_date") if "due_date" in head else None
        self._width = len(head)
        self._faults: list[tuple[int, str | Promise]] = []
        self._names: dict[str, int] = {}  # as written
        self._firms: dict[str, int] = {}
        self._days: dict[str, int] = {"": NO_DATE}
        self._ids: list[str] = []
        self._chunks: list[tuple[type_numbers, ...]] = []

    def take_rows(self, lines: str, first: int) -> int:
        """Rows read one by one; the number of the row after them. Raises NotText."""
        try:
            rows = list(csv.reader(io.StringIO(lines, newline="")))
        except csv.Error as error:
            raise NotText from error
        filled = [
            (number, (row + [""] * self._width)[: self._width])
            for number, row in enumerate(rows, first)
            if any(cell.strip() for cell in row)
        ]
        if filled:
            numbers, kept = zip(*filled, strict=True)
            self.take([list(column) for column in zip(*kept, strict=True)], numbers)
        return first + len(rows)

    def take(self, columns: list[list[str]], numbers: Sequence[int]) -> None:
        ids, debtors, creditors, amounts = (columns[at] for at in self._at)
        joined = "".join(ids)
        if joined.split(None, 1) != [joined] or not all(ids):
            ids = [one.strip() for one in ids]
            self._fault(numbers, [not one for one in ids], _("the id is missing"))
        self._ids += ids
        debtor, creditor = self._numbered(debtors, numbers), self._numbered(creditors, numbers)
        self._fault(numbers, debtor == creditor, _("debtor and creditor are the same"))
        due = self._ordinals(columns[self._due], numbers) if self._due is not None else NO_DATE
        self._chunks.append(
            (
                np.array(numbers, np.int64),
                debtor,
                creditor,
                self._won(amounts, numbers),
                np.full(len(ids), NO_DATE) if isinstance(due, int) else due,
            )
        )

    def _fault(self, numbers: Sequence[int], wrong: Any, reason: str | Promise) -> None:
        if isinstance(wrong, np.ndarray) and not wrong.any():
            return
        self._faults += [(n, reason) for n, one in zip(numbers, wrong, strict=True) if one]

    def _numbered(self, names: Sequence[str], numbers: Sequence[int]) -> type_numbers:
        for name in [name for name in set(names) if name not in self._names]:
            self._names[name] = self._firms.setdefault(normal(name), len(self._firms))
        nobody = self._firms.get("")
        found = np.fromiter(map(self._names.__getitem__, names), np.int64, len(names))
        if nobody is not None:
            self._fault(numbers, found == nobody, _("a firm is missing"))
        return found

    def _won(self, cells: Sequence[str], numbers: Sequence[int]) -> type_numbers:
        joined = "".join(cells)
        plain = joined.isascii() and joined.isdigit() and all(cells)
        if not plain or max(map(len, cells)) > DIGITS:
            cells = [cell.strip().replace(",", "").removesuffix("원") for cell in cells]
            for number, cell in zip(numbers, cells, strict=True):
                if not (cell.isascii() and cell.isdigit()):
                    reason = _("“%(given)s” is not an amount in whole won") % {"given": cell[:40]}
                    self._faults.append((number, reason))
            cells = [cell if cell.isascii() and cell.isdigit() else "1" for cell in cells]
            cells = [cell.lstrip("0")[: DIGITS + 1] or "0" for cell in cells]
            cells = [cell if len(cell) <= DIGITS else str(LARGEST_AMOUNT + 1) for cell in cells]
        found = np.fromiter(map(int, cells), np.int64, len(cells))
        self._fault(numbers, found == 0, _("the amount must be more than zero"))
        self._fault(numbers, found > LARGEST_AMOUNT, _("the amount is too large"))
        return found

    def _ordinals(self, cells: Sequence[str], numbers: Sequence[int]) -> type_numbers:
        for cell in [cell for cell in set(cells) if cell not in self._days]:
            try:
                self._days[cell] = (
                    date.fromisoformat(cell.strip()).toordinal() if cell.strip() else NO_DATE
                )
            except ValueError:
                self._days[cell] = UNREAD
        found = np.fromiter(map(self._days.__getitem__, cells), np.int64, len(cells))
        reason = _("the due date is not written like 2026-11-20")
        self._fault(numbers, found == UNREAD, reason)
        return found

    def done(self) -> Invoices:
        if not self._chunks:
            raise NoInvoices
        rows, debtor, creditor, amount, due = (
            np.concatenate(column) for column in zip(*self._chunks, strict=True)
        )
        if len(set(self._ids)) != len(self._ids):
            times = Counter(self._ids)
            self._fault(
                rows.tolist(),
                (bool(one) and times[one] > 1 for one in self._ids),
                _("the id stands in several rows"),
            )
        if self._faults:
            faults = sorted(self._faults, key=lambda fault: fault[0])
            told = [{"row": row, "reason": str(reason)} for row, reason in faults[:TOLD_MOST]]
            raise InvoicesFaulty(faults=told, count=len(faults), **told[0])
        firms = sorted(self._firms)
        place = np.empty(len(firms), np.int64)
        place[[self._firms[name] for name in firms]] = np.arange(len(firms))
        return checked(Invoices(self._ids, firms, place[debtor], place[creditor], amount, due))


def checked(invoices: Invoices) -> Invoices:
    """The invoices, if their sum can be reckoned exactly. Raises TotalTooLarge."""
    if float(invoices.amount.sum(dtype=np.float64)) > LARGEST_TOTAL:
        raise TotalTooLarge(most=LARGEST_TOTAL)
    return invoices


def invoices_of(rows: Sequence[tuple[str, str, str, int, date | None]]) -> Invoices:
    """Invoices given one by one as id, debtor, creditor, amount, due date. Raises TotalTooLarge."""
    if not rows:
        raise NoInvoices
    ids, debtors, creditors, amounts, days = zip(*rows, strict=True)
    firms = sorted({*debtors, *creditors})
    place = {name: at for at, name in enumerate(firms)}
    return checked(
        Invoices(
            ids,
            firms,
            np.array([place[name] for name in debtors], np.int64),
            np.array([place[name] for name in creditors], np.int64),
            np.array(amounts, np.int64),
            np.array([day.toordinal() if day else NO_DATE for day in days], np.int64),
        )
    )


def days_written(due: type_numbers) -> Iterator[str]:
    """Due dates as text; empty where there is none."""
    known = {
        one: date.fromordinal(one).isoformat() if one != NO_DATE else ""
        for one in np.unique(due).tolist()
    }
    return map(known.__getitem__, due.tolist())
