"""Where the columns of a bank's list are: told by its words, else guessed from what stands in them. Pure.

1. The head is the first row, among the first 60, whose words name a day, money that came in (or one
   column of signed amounts), and who paid. Blanks, brackets and case in the words say nothing.
2. Of several words for one column the one that stands first below is taken: a bank that has both
   기재내용 and 적요 writes the payer into 기재내용.
3. Where words fail, the contents are looked at: days are days, a balance is what the balance before
   and the amounts of the row come to, and the payer is the text that differs most. That is a guess
   for a person to look over, never more.
4. A layout is remembered by its *signature*, the words of the head; it then holds without being asked for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dure.kernel.dates import parse_date
from dure.kernel.money import parse_won
from dure.kernel.refusals import Refusal

HEAD_ROWS = 60
SAMPLE_ROWS = 200

FIELDS = (
    "date",
    "time",
    "amount",
    "paid_out",
    "balance",
    "payer",
    "memo",
    "kind",
    "account",
    "currency",
)
NEEDED = ("date", "amount", "payer")

_WORDS: dict[str, tuple[str, ...]] = {
    "date": (
        *("거래일자", "거래일시", "거래일", "거래날짜", "입금일자", "입금일시", "입금일"),
        *("이체일자", "이체일시", "일자", "날짜", "일시", "date"),
    ),
    "time": ("거래시간", "거래시각", "입금시간", "이체시간", "시간", "시각", "time"),
    "amount": (
        *("입금액", "입금금액", "맡기신금액", "맡기신돈", "받은금액", "받으신금액", "들어온금액"),
        *("입금", "수입금액", "예입금액", "거래금액", "금액", "amount", "deposit"),
    ),
    "paid_out": (
        *("출금액", "출금금액", "찾으신금액", "찾으신돈", "보낸금액", "보내신금액", "지급금액"),
        *("지급액", "출금", "나간금액", "withdrawal"),
    ),
    "balance": ("거래후잔액", "거래후잔고", "잔액", "잔고", "통장잔액", "balance"),
    "payer": (
        *("입금자명", "입금자", "입금인", "보낸분", "보낸분/받는분", "받는분/보낸분", "보낸사람"),
        *("보내는분", "보낸이", "의뢰인/수취인", "의뢰인", "송금인", "상대계좌예금주명"),
        *("상대예금주명", "예금주명", "기재내용", "거래기록사항", "통장표시내용", "내용"),
        *("거래내용", "적요", "payer", "description"),
    ),
    "memo": (
        *("송금메모", "통장메모", "입금메모", "이체메모", "메모", "비고", "추가메모"),
        *("받는통장표시내용", "거래내용", "내용", "memo"),
    ),
    "kind": ("적요", "거래구분", "구분", "거래유형", "거래종류", "입출금구분", "kind"),
    "account": ("가상계좌번호", "가상계좌", "입금가상계좌", "수납계좌번호", "납부계좌번호"),
    "currency": ("통화", "통화코드", "화폐", "currency"),
}
_SIGNED = frozenset({"거래금액", "금액", "amount"})
_BRACKETS = re.compile(r"[(\[{][^)\]}]*[)\]}]")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the head stands (its place among the rows, from 0; −1: there is none), and the columns."""

    head: int
    columns: Mapping[str, int] = field(default_factory=dict)
    signed: bool = False  # one column of amounts: negative ones went out

    @property
    def is_whole(self) -> bool:
        return all(name in self.columns for name in NEEDED)


def signature(cells: Sequence[str]) -> str:
    """The words of a head, as layouts are remembered by."""
    return "|".join(_bare(cell) for cell in cells)[:500]


def by_words(rows: Sequence[Sequence[str]]) -> Layout | None:
    """The layout a head row tells (rules 1 and 2)."""
    for place, cells in enumerate(rows[:HEAD_ROWS]):
        found = _named([_bare(cell) for cell in cells])
        if all(name in found for name in NEEDED):
            word = _bare(cells[found["amount"]])
            return Layout(place, found, word in _SIGNED and "paid_out" not in found)
    return None


def remembered(
    rows: Sequence[Sequence[str]], known: Mapping[str, tuple[Mapping[str, int], bool]]
) -> Layout | None:
    """The layout somebody told before (rule 4); `known`: signature → (columns, signed)."""
    if known:
        for place, cells in enumerate(rows[:HEAD_ROWS]):
            if told := known.get(signature(cells)):
                return Layout(place, dict(told[0]), told[1])
    return None


def by_contents(rows: Sequence[Sequence[str]]) -> Layout:
    """A guess from what stands in the columns (rule 3); what is not seen stays out."""
    width = max((len(cells) for cells in rows[:SAMPLE_ROWS]), default=0)
    data = [
        [*cells, *([""] * (width - len(cells)))]
        for cells in rows[:SAMPLE_ROWS]
        if any(is_day(cell) for cell in cells) and sum(map(is_amount, cells)) >= 1
    ]
    if not data:
        return Layout(-1)
    columns = list(range(width))
    days = [c for c in columns if _share(data, c, is_day) == 100]
    money = [c for c in columns if c not in days and _share(data, c, _is_money) > 90]
    money = [c for c in money if any(is_amount(row[c]) for row in data)]
    found: dict[str, int] = {"date": days[0]} if days else {}
    signed = False
    oldest_first = parse_date(data[0][days[0]]) <= parse_date(data[-1][days[0]]) if days else True
    told = _by_balance(data if oldest_first else data[::-1], money)
    if told is not None:
        came, went, balance = told
        found |= {"amount": came, "balance": balance}
        signed = went is None
        if went is not None:
            found["paid_out"] = went
    elif money:
        found["amount"] = money[0]
        signed = len(money) == 1 and any(row[money[0]].lstrip().startswith("-") for row in data)
    texts = [c for c in columns if c not in days and c not in money and _share(data, c, bool) > 30]
    if texts:
        found["payer"] = max(texts, key=lambda c: (len({row[c] for row in data}), -c))
    head = next(
        (
            i
            for i, cells in enumerate(rows)
            if any(map(is_day, cells)) and any(map(is_amount, cells))
        ),
        0,
    )
    above = rows[head - 1] if head else ()
    has_words = sum(map(bool, above)) >= 3
    return Layout(head - 1 if has_words else -1 if head == 0 else head - 1, found, signed)


def is_day(text: str) -> bool:
    try:
        parse_date(text)
    except Refusal:
        return False
    return bool(re.search(r"\d", text))


def is_amount(text: str) -> bool:
    """Whether a cell holds an amount; days written in eight digits hold none."""
    if not any(c.isdigit() for c in text) or is_day(text):
        return False
    try:
        parse_won(text, negative=True)
    except Refusal:
        return False
    return True


def _is_money(text: str) -> bool:
    return text in ("", "-") or is_amount(text)


def _share(data: Sequence[Sequence[str]], column: int, holds: object) -> int:
    assert callable(holds)
    return 100 * sum(1 for row in data if holds(row[column])) // len(data)


def _by_balance(
    data: Sequence[Sequence[str]], money: Sequence[int]
) -> tuple[int, int | None, int] | None:
    """The columns (came in, went out or none, balance) for which the balances run on."""
    won = {
        c: [parse_won(row[c], negative=True) if is_amount(row[c]) else 0 for row in data]
        for c in money
    }
    best: tuple[int, tuple[int, int | None, int]] | None = None
    for balance in money:
        for came in money:
            for went in (*money, None):
                if len({balance, came, went}) < 3:
                    continue
                out = won[went] if went is not None else [0] * len(data)
                moves = [a - b for a, b in zip(won[came], out, strict=True)]
                fits = runs_on(moves, won[balance]) if any(moves) else 0
                if fits * 10 >= 9 * (len(data) - 1) > 0 and (best is None or fits > best[0]):
                    best = fits, (came, went, balance)
    return best[1] if best else None


def runs_on(moves: Sequence[int], balances: Sequence[int]) -> int:
    """In how many rows, oldest first, the balance is the one before and the row's amount."""
    return sum(balances[i] == balances[i - 1] + moves[i] for i in range(1, len(moves)))


def _named(words: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name in FIELDS:
        for word in _WORDS[name]:
            if word in words and words.index(word) not in found.values():
                found[name] = words.index(word)
                break
    return found


def _bare(cell: str) -> str:
    text = unicodedata.normalize("NFKC", cell).casefold()
    return re.sub(r"\s+", "", _BRACKETS.sub("", text)).strip("*·:")
