"""What other rooms let money pay besides dues. The site wires them: no room below knows what a loan is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from dure.kernel.acts import Act
from dure.kernel.refusals import NotFound

from ..rules.payables import Payable, numbers_in

__all__ = ["Incoming", "PayableKind", "PayableLine", "Taken", "payable", "payable_lines", "payable_kind", "payables_of", "wire_payables"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Incoming:
    """Money that waits in suspense: of which receipt, since when, and on which day it can be booked."""

    receipt_id: int
    fund: str
    day: date
    entry_date: date


@dataclass(frozen=True, slots=True)
class Taken:
    """What a room took in: its own payment, how much, and the entry."""

    payment_id: int
    won: int
    entry_id: int


@dataclass(frozen=True, slots=True)
class PayableKind:
    """What a room offers; numbers and payments are its own.

    `open`: of these memberships (None: of all) on a day; `named`: whose these numbers are; `take_in`:
    book up to so much of the money for a number; `undo`: take a payment back, the reversal's entry.
    Both raise the room's refusals before they write.
    """

    name: str
    prefix: str  # of references in the words of a payment: 대출
    open: Callable[[Collection[int] | None, date], list[Payable]]
    named: Callable[[Collection[int]], set[int]]
    take_in: Callable[[Act, int, int, Incoming], Taken]
    undo: Callable[[Act, int, str, date], int]


_kinds: dict[str, PayableKind] = {}


def wire_payables(kinds: Iterable[PayableKind]) -> None:
    """Called once, by the site."""
    assert not _kinds, "already wired"
    _kinds.update({one.name: one for one in kinds})


def payable_kind(key: str) -> tuple[PayableKind, int]:
    """Whose a key is, and its number there. Raises NotFound."""
    name, _colon, number = key.partition(":")
    kind = _kinds.get(name)
    if kind is None or not (number.isascii() and number.isdigit() and len(number) < 19):
        raise NotFound
    return kind, int(number)


def payables_of(memberships: Collection[int] | None, on: date) -> dict[int, tuple[Payable, ...]]:
    """What money of these members (None: of all) may pay besides dues, by membership."""
    found: dict[int, list[Payable]] = defaultdict(list)
    for kind in _kinds.values():
        for one in kind.open(memberships, on):
            found[one.membership_id].append(one)
    return {pk: tuple(rows) for pk, rows in found.items()}


def payable(key: str, membership_id: int, on: date) -> Payable:
    """One of a member's. Raises NotFound."""
    payable_kind(key)
    for one in payables_of([membership_id], on).get(membership_id, ()):
        if one.key == key:
            return one
    raise NotFound


@dataclass(frozen=True, slots=True)
class PayableLine:
    """What a person is shown to choose from."""

    key: str
    label: str
    due_won: int


def payable_lines(memberships: Collection[int], on: date) -> dict[int, tuple[PayableLine, ...]]:
    """What money that came on a day may pay besides dues, by membership."""
    found = payables_of(memberships, on) if memberships else {}
    return {
        pk: tuple(PayableLine(one.key, one.label, one.due(on)) for one in rows)
        for pk, rows in found.items()
    }


def payable_labels(keys: Mapping[str, int], on: date) -> dict[str, str]:
    """What people read for these, given with their memberships."""
    if not any(keys):
        return {}
    rows = payables_of({pk for key, pk in keys.items() if key}, on)
    return {one.key: one.label for found in rows.values() for one in found if one.key in keys}


def memberships_named(texts: Iterable[str]) -> set[int]:
    """Whose references stand in these texts."""
    by_prefix: dict[str, set[int]] = defaultdict(set)
    prefixes = [kind.prefix for kind in _kinds.values()]
    for text in texts:
        for prefix, number in numbers_in(text, prefixes):
            by_prefix[prefix].add(number)
    return {
        pk
        for kind in _kinds.values()
        if by_prefix[kind.prefix]
        for pk in kind.named(by_prefix[kind.prefix])
    }
