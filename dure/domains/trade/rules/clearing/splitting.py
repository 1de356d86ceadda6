"""The set-off of each invoice, and the file that tells it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from dure.kernel.refusals import InvalidInput
from dure.kernel.words import gettext_lazy as _

from .invoices import Invoices, days_written, type_numbers
from .solving import Cleared, id_order

HEAD = "id,debtor,creditor,amount,due_date,set_off,remaining"


class SetOffUnreadable(InvalidInput):
    """The file of set-offs is not as it was written."""

    text = _("The file of set-offs cannot be read: row %(row)d.")


@dataclass(frozen=True, slots=True)
class SetOff:
    """One invoice and what is set off of it."""

    id: str
    debtor: str
    creditor: str
    amount: int
    due_date: date | None
    set_off: int

    @property
    def order(self) -> tuple[date, tuple[int, int, str]]:
        """Older ones of the same pair come first."""
        return (self.due_date or date.max, id_order(self.id))


def split(cleared: Cleared) -> type_numbers:
    """What is set off of each invoice, in their order: the oldest of a pair first."""
    amount = cleared.invoices.amount[cleared.order]
    before = np.cumsum(amount) - amount
    first = np.flatnonzero(np.r_[True, cleared.pair_of[1:] != cleared.pair_of[:-1]])
    before -= before[first][cleared.pair_of]
    return np.clip(cleared.set_off[cleared.pair_of] - before, 0, amount)


def set_off_table(cleared: Cleared) -> str:
    """All invoices with what is set off and what remains, as CSV, by debtor, creditor, due date, id."""
    invoices, order = cleared.invoices, cleared.order
    gone = split(cleared)
    amount = invoices.amount[order]
    firms = [_cell(name) for name in invoices.firms]
    ids = invoices.ids
    joined = "".join(ids)
    quoted = any(mark in joined for mark in '",\r\n')
    lines = map(
        "%s,%s,%s,%d,%s,%d,%d".__mod__,
        zip(
            (_cell(ids[at]) if quoted else ids[at] for at in order.tolist()),
            map(firms.__getitem__, invoices.debtor[order].tolist()),
            map(firms.__getitem__, invoices.creditor[order].tolist()),
            amount.tolist(),
            days_written(invoices.due[order]),
            gone.tolist(),
            (amount - gone).tolist(),
            strict=True,
        ),
    )
    return "\n".join((HEAD, *lines, ""))


def _cell(text: str) -> str:
    if any(mark in text for mark in '",\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text


def invoice_table(invoices: Invoices) -> str:
    """Invoices as the CSV that is read."""
    lines = zip(
        map(_cell, invoices.ids),
        (_cell(invoices.firms[one]) for one in invoices.debtor.tolist()),
        (_cell(invoices.firms[one]) for one in invoices.creditor.tolist()),
        map(str, invoices.amount.tolist()),
        days_written(invoices.due),
        strict=True,
    )
    return "\n".join(("id,debtor,creditor,amount,due_date", *map(",".join, lines), ""))


def read_set_off(content: bytes) -> Iterator[SetOff]:
    """The rows of such a file. Raises SetOffUnreadable."""
    try:
        rows = csv.reader(io.StringIO(content.decode(), newline=""), strict=True)
        yield from _rows(rows)
    except (UnicodeDecodeError, csv.Error) as error:
        raise SetOffUnreadable(row=1) from error


def _rows(rows: Iterator[list[str]]) -> Iterator[SetOff]:
    if next(rows, None) != HEAD.split(","):
        raise SetOffUnreadable(row=1)
    for number, row in enumerate(rows, 2):
        try:
            name, debtor, creditor, amount, due, gone, left = row
            one = SetOff(
                name, debtor, creditor, int(amount),
                date.fromisoformat(due) if due else None, int(gone),
            )  # fmt: skip
        except ValueError as error:
            raise SetOffUnreadable(row=number) from error
        if one.amount - one.set_off != int(left):
            raise SetOffUnreadable(row=number)
        yield one
