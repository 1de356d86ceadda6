"""What the lists that Korean banks export say. Pure; `dure.ui.files` reads the cells.

1. Where the columns are: see `bank_layouts`. What stands above the head is not read; rows of totals
   (by their word, or undated with the sums of the rows above) and empty rows are passed over, withdrawals are passed over and counted.
2. A payment that the bank took back (a negative deposit, or 취소, 정정 …) cancels the payment it
   belongs to if that stands in the same file: neither is entered. Money that came back from a
   withdrawal is no payment either. What has no partner in the file is *set aside* for a person.
3. Any other row with money that came in is read whole or reported with its cell.
4. A row's key is made of day, time, amount and the balance after it, and of how many rows just like
   it stand before it; without a balance of payer and memo, too. The same file twice, and two files
   that overlap, give the same keys; two equal payments on one day stay two.
5. Where there is a balance, each must be the one before and the row's amount; where not, rows are
   missing or were changed, and the place is named.
6. Text is kept as text: a cell that begins with = is no formula to us.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from itertools import chain, islice

from dure.kernel.dates import parse_date
from dure.kernel.money import parse_won
from dure.kernel.refusals import InvalidInput, Refusal
from dure.kernel.words import gettext as _now, gettext_lazy as _

from . import bank_layouts
from .bank_layouts import HEAD_ROWS, SAMPLE_ROWS, Layout, by_words

ROWS_MAX = 300_000
GAPS_SHOWN = 20

_TOTALS = re.compile(r"합\s*계|총\s*계|소\s*계|누\s*계|총\s*[\d,]+\s*건|이월")
_TOTAL_CELL = re.compile(
    rf"(전월|전기|차월|차기|기간)?\s*({_TOTALS.pattern})\s*(금액|잔액|액)?\s*:?"
)
_TAKEN_BACK = re.compile(r"취소|정정|오류|반환|환입")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_SIMPLE = re.compile(r"([-+]?)(\d{1,3}(?:,\d{3})+|\d+)원?")
_KRW = re.compile(r"원|krw|₩|", re.IGNORECASE)


class NoTableFound(InvalidInput):
    """No row names a day, money that came in, and who paid."""

    text = _(
        "No table was found in “%(filename)s”. It needs a row of headings with the date, the amount paid in and the payer, such as 거래일, 입금액, 적요."
    )


@dataclass(frozen=True, slots=True)
class BankRow:
    """One payment that came in. `row` is the row's number in the file, from 1."""

    row: int
    receipt_date: date
    amount_won: int
    payer: str
    memo: str
    key: str
    account: str = ""  # the virtual account it was paid into, digits only


@dataclass(frozen=True, slots=True)
class RowError:
    row: int
    cell: str  # such as C7
    reason: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A balance that is not what the rows before come to, in won."""

    row: int
    expected_won: int
    found_won: int


@dataclass(frozen=True, slots=True)
class BankFile:
    rows: tuple[BankRow, ...]
    errors: tuple[RowError, ...] = ()
    asides: tuple[RowError, ...] = ()  # money taken back whose payment is not in the file
    gaps: tuple[Gap, ...] = ()
    gap_count: int = 0
    passed_over: int = 0
    cancelled: int = 0  # payments and what took them back …
    taken_back: tuple[tuple[str, int], ...] = ()  # … the keys of those payments, and the row
    columns: Mapping[str, int] = field(default_factory=dict)


type_cells = tuple[int, tuple[str, ...]]  # a row's number and its cells


def read_statement(
    rows: Iterable[type_cells], filename: str, layout: Layout | None = None, account: str = ""
) -> BankFile:
    """The payments in the list. `layout`: as told or remembered, else by the words of the head.

    `account` tells the bank's accounts apart. Raises NoTableFound.
    """
    every = iter(rows)
    start = list(islice(every, HEAD_ROWS + SAMPLE_ROWS))
    layout = layout or by_words([cells for _number, cells in start])
    if layout is None or not layout.is_whole:
        raise NoTableFound(filename=filename[-80:])
    reader = _Reader(layout, account)
    for number, cells in chain(start[layout.head + 1 :], every):
        reader.read(number, cells)
    return reader.done()


def cell_name(column: int, row: int) -> str:
    """C7 for column 2, row 7."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


@dataclass(slots=True)
class _Move:
    row: int
    won: int
    text: str


class _Reader:
    """Goes through the rows once."""

    def __init__(self, layout: Layout, account: str) -> None:
        self._columns, self._signed, self._account = layout.columns, layout.signed, account
        self._rows: dict[int, BankRow] = {}
        self._paid_in: dict[int, list[int]] = defaultdict(
            list
        )  # amount → rows that may be taken back
        self._paid_out: dict[int, int] = defaultdict(int)
        self._seen: dict[tuple[str, ...], int] = {}
        self._errors: list[RowError] = []
        self._back_in: list[_Move] = []
        self._back_out: list[_Move] = []
        self._balances: list[tuple[int, int, int]] = []  # row, move, balance
        self._taken_back: list[tuple[str, int]] = []
        self._passed_over = self._cancelled = 0
        self._in = self._out = 0  # of all rows so far

    def _is_total(self, came: int, went: int) -> bool:
        """Whether a row is a total by what it says, whatever it is called (rule 1)."""
        return (came, went) == (self._in, self._out) and bool(came or went)

    def read(self, number: int, cells: Sequence[str]) -> None:
        def cell(name: str) -> str:
            at = self._columns.get(name)
            return cells[at].strip() if at is not None and at < len(cells) else ""

        if not any(cells):
            return
        day_text, came_text, went_text = cell("date"), cell("amount"), cell("paid_out")
        if not any(c.isdigit() for c in day_text) or (
            any(_TOTAL_CELL.fullmatch(c.strip()) for c in cells[:3]) and not _TIME.search(day_text)
        ):
            if _is_blank(came_text) or _TOTALS.search("".join(cells)) or not day_text:
                self._passed_over += 1
                return
        where = "amount"
        try:
            came, went = _won(came_text), _won(went_text) if "paid_out" in self._columns else 0
            if self._signed:
                out = re.search("출금|지급|출$", cell("kind")) is not None and came > 0
                came, went = (0, -came) if came < 0 else (0, came) if out else (came, 0)
            if not any(c.isdigit() for c in day_text) and self._is_total(came, went):
                self._passed_over += 1
                return
            self._in, self._out = self._in + came, self._out + went
            where = "balance"
            balance_text = cell("balance")
            balance = _won(balance_text) if balance_text else None
            if came > 0 and not _KRW.fullmatch(cell("currency")):
                self._refuse(number, "currency", _now("Only won can be entered here."))
                return
            if balance is not None:
                self._balances.append((number, came - went, balance))
            if came == 0 and went == 0:
                self._passed_over += 1
                return
            where = "date"
            day = parse_date(day_text)
        except Refusal as refusal:
            self._refuse(number, where, str(refusal))
            return
        kind, payer, memo = cell("kind"), cell("payer"), cell("memo")
        said = f"{kind} {payer} {memo}"
        if came < 0:
            self._back_in.append(_Move(number, -came, payer or kind))
        elif went < 0:
            self._back_out.append(_Move(number, -went, payer or kind))
        elif came > 0 and _TAKEN_BACK.search(f"{kind} {memo}"):
            self._back_out.append(_Move(number, came, said.strip()))
        elif went > 0 and _TAKEN_BACK.search(f"{kind} {memo}"):
            self._back_in.append(_Move(number, went, said.strip()))
        elif came > 0:
            time = _time(cell("time")) or _time(day_text)
            payer = payer or memo or kind
            memo = memo if memo != payer else ""
            key = self._key(day, time, came, payer, memo, balance)
            account = re.sub(r"\D", "", cell("account"))[:40]
            self._rows[number] = BankRow(number, day, came, payer[:120], memo[:200], key, account)
            self._paid_in[came].append(number)
        else:
            self._paid_out[went] += 1
            self._passed_over += 1

    def done(self) -> BankFile:
        asides = [*self._cancel_paid_in(), *self._cancel_paid_out()]
        gaps = _gaps(self._balances)
        return BankFile(
            tuple(self._rows.values()),
            tuple(self._errors),
            tuple(sorted(asides, key=lambda a: a.row)),
            gaps[:GAPS_SHOWN],
            len(gaps),
            self._passed_over,
            self._cancelled,
            tuple(self._taken_back),
            self._columns,
        )

    def _cancel_paid_in(self) -> Iterable[RowError]:
        """Payments the bank took back: off with both, or aside (rule 2)."""
        for move in self._back_in:
            open_rows = [n for n in self._paid_in[move.won] if n in self._rows]
            alike = [n for n in open_rows if _alike(self._rows[n].payer, move.text)]
            partners = alike or (open_rows if len(open_rows) == 1 else [])
            if partners:
                gone = self._rows.pop(min(partners, key=lambda n: (abs(n - move.row), n)))
                self._taken_back.append((gone.key, move.row))
                self._cancelled += 2
            else:
                yield self._aside(
                    move,
                    _now("A payment was taken back that is not in this file. Undo its receipt."),
                )

    def _cancel_paid_out(self) -> Iterable[RowError]:
        for move in self._back_out:
            if self._paid_out[move.won]:
                self._paid_out[move.won] -= 1
                self._cancelled += 1
            else:
                yield self._aside(
                    move, _now("A withdrawal came back that is not in this file. Enter it by hand.")
                )

    def _aside(self, move: _Move, reason: str) -> RowError:
        return RowError(move.row, cell_name(self._columns["amount"], move.row), reason)

    def _refuse(self, number: int, where: str, reason: str) -> None:
        column = self._columns.get(where, self._columns["amount"])
        self._errors.append(RowError(number, cell_name(column, number), reason))

    def _key(
        self, day: date, time: str, won: int, payer: str, memo: str, balance: int | None
    ) -> str:
        same: tuple[str, ...] = (self._account, day.isoformat(), str(won))
        same += (time, payer, memo) if balance is None else (f"={balance}",)
        self._seen[same] = nth = self._seen.get(same, 0) + 1
        return sha256("\x1f".join((*same, str(nth))).encode("utf-8", "replace")).hexdigest()


def _gaps(balances: Sequence[tuple[int, int, int]]) -> tuple[Gap, ...]:
    """Rule 5. Banks list the newest first or last; the way that fits more often is meant."""
    moves, kept = [b[1] for b in balances], [b[2] for b in balances]
    pairs = range(1, len(balances))
    down = sum(kept[i] == kept[i - 1] + moves[i] for i in pairs)
    up = sum(kept[i - 1] == kept[i] + moves[i - 1] for i in pairs)
    ordered = list(balances) if down >= up else list(reversed(balances))
    return tuple(
        Gap(now[0], before[2] + now[1], now[2])
        for before, now in zip(ordered, ordered[1:], strict=False)
        if now[2] != before[2] + now[1]
    )


def _won(text: str) -> int:
    """An amount with its sign; nothing typed is 0."""
    if found := _SIMPLE.fullmatch(text):
        won = int(found[2].replace(",", ""))
        if won <= 10**15:
            return -won if found[1] == "-" else won
    if _is_blank(text):
        return 0
    return parse_won(text, negative=True)


def _is_blank(text: str) -> bool:
    return re.sub(r"[\s,원₩\-–—]", "", text) in ("", "0")


def _time(text: str) -> str:
    """HH:MM:SS of a cell that holds one, in any of the ways banks write it; else nothing."""
    if found := _TIME.search(text):
        return f"{int(found[1]):02}:{found[2]}:{found[3] or '00'}"
    digits = re.sub(r"\D", "", text)
    if len(digits) in (4, 6) and digits == text.strip():
        return f"{digits[:2]}:{digits[2:4]}:{digits[4:] or '00'}"
    return ""


def _alike(payer: str, text: str) -> bool:
    one, other = re.sub(r"\s+", "", payer), re.sub(r"\s+", "", text)
    return bool(one) and (one in other or bool(other) and other in one)


__all__ = [
    "ROWS_MAX",
    "BankFile",
    "BankRow",
    "Gap",
    "NoTableFound",
    "RowError",
    "bank_layouts",
    "cell_name",
    "read_statement",
]
