"""What money can pay besides dues: claims that other rooms keep (instalments of loans, contributions).
Pure; the rooms say what fits.

1. Each is known by a reference that people write into the memo (대출17): then it is meant, whoever paid.
2. Money fits where it is one of the sums that pay something of it to the won on the day it came.
3. Words about loans mean a payable, words about dues mean dues. Without words dues that fit to the
   won come first, but where both fit nothing is sure.
4. Money that is all dues and a payable together is never sure: a person says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

_MEANT = re.compile("대출|융자|상환|원리금|대여금")
_NOT_A_NUMBER = r"(?!\s*[월회차개년만일천백]|\d)"


@dataclass(frozen=True, slots=True)
class Payable:
    """A claim of another room that money of a member may pay."""

    key: str  # "loans:17"
    membership_id: int | None
    label: str
    reference: str  # 대출17
    sums: Callable[[date], Sequence[int]]  # what pays something of it to the won on a day
    most: Callable[[date], int]  # all that may be taken in for it on a day
    due: Callable[[date], int]  # due until a day, and open
    by_debit: bool = False  # the payer agreed that it is taken by direct debit
    booked_won: int | None = (
        None  # what of it the books hold as owed by the party; None: as they say
    )
    party_id: int | None = None  # who pays, where it is owed to a fund run for others


@dataclass(frozen=True, slots=True)
class Choice:
    """Which payable money is for ("" dues, though a payable would fit too), and why."""

    key: str
    is_sure: bool
    why: str  # payable | both | either | less | more
    rest_won: int = 0


def is_meant(text: str) -> bool:
    """Whether the words speak of a loan or of paying back (rule 3)."""
    return _MEANT.search(text) is not None


def pay_oldest(won: int, open_won: Iterable[tuple[int, int]]) -> tuple[list[tuple[int, int]], int]:
    """What money pays of bills, the oldest first: (bill, paid of it), and what is left over;
    `open_won`: (bill, open)."""
    parts = []
    for bill, open_ in open_won:
        paid = min(won, open_)
        if paid:
            parts.append((bill, paid))
            won -= paid
    return parts, won


def numbers_in(text: str, prefixes: Iterable[str]) -> set[tuple[str, int]]:
    """The references that stand in a text: (prefix, number) … (rule 1)."""
    words = "|".join(re.escape(prefix) for prefix in prefixes)
    if not words:
        return set()
    found = re.findall(rf"({words})\s*-?\s*0*(\d{{1,12}}){_NOT_A_NUMBER}", text)
    return {(prefix, int(number)) for prefix, number in found}


def named_in(text: str, known: Mapping[str, Payable]) -> Payable | None:
    """The one payable whose reference stands in a text; `known`: by reference."""
    prefixes = {reference.rstrip("0123456789") for reference in known}
    named = {f"{prefix}{number}" for prefix, number in numbers_in(text, prefixes)}
    found = [known[reference] for reference in named if reference in known]
    return found[0] if len(found) == 1 else None


def choose(
    payables: Sequence[Payable], won: int, day: date, *, fits_dues: bool, owed: int, text: str
) -> Choice | None:
    """What money of a member is for; None: for dues (rules 2-4). `owed`: dues that are open."""
    if not payables:
        return None
    fitting = [one for one in payables if won in one.sums(day)]
    if is_meant(text):
        return _meant(fitting, payables[0], won, day)
    if fits_dues:
        return Choice("", False, "either") if fitting else None
    if "회비" in text:
        return None
    if fitting:
        return Choice(fitting[0].key, len(fitting) == 1, "payable")
    together = [one for one in payables if owed and won - owed in one.sums(day)]
    if together:
        return Choice(together[0].key, False, "both")
    return None if owed else _meant([], payables[0], won, day)


def _meant(fitting: Sequence[Payable], first: Payable, won: int, day: date) -> Choice:
    if fitting:
        return Choice(fitting[0].key, len(fitting) == 1, "payable")
    rest = max(0, won - first.most(day))
    return Choice(first.key, False, "more" if rest else "less", rest)


def by_reference(one: Payable, won: int, day: date) -> Choice:
    """Named by its reference: any sum that it can take pays it."""
    rest = max(0, won - one.most(day))
    return Choice(one.key, not rest, "more" if rest else "payable", rest)
