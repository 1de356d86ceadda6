"""What other rooms let money pay besides dues. The site wires them: no room below knows what a loan is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain

from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.refusals import NotFound

from ..models import Membership
from ..rules.payables import Payable, numbers_in

__all__ = ["Incoming", "PayableKind", "PayableLine", "Stranger", "Taken", "payable", "payable_lines", "payable_kind", "payables_of", "strangers_owing", "wire_payables"]  # fmt: skip


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
    Both raise the room's refusals before they write. `others`: on a day, what members and others owe to
    funds that are run for associations; `others_fund`: the books of such a fund that a number is paid
    into, "" for the network's own.
    """

    name: str
    prefix: str  # of references in the words of a payment: 대출
    open: Callable[[Collection[int] | None, date], list[Payable]]
    named: Callable[[Collection[int]], set[int]]
    take_in: Callable[[Act, int, int, Incoming], Taken]
    undo: Callable[[Act, int, str, date], int]
    others: Callable[[date], list[Payable]] = lambda on: []
    others_fund: Callable[[int], str] = lambda number: ""


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


def own_payables_of(
    memberships: Collection[int] | None, on: date
) -> dict[int, tuple[Payable, ...]]:
    """What these members (None: all) owe the network besides dues, by membership."""
    found: dict[int, list[Payable]] = defaultdict(list)
    for kind in _kinds.values():
        for one in kind.open(memberships, on):
            if one.membership_id is not None:
                found[one.membership_id].append(one)
    return {pk: tuple(rows) for pk, rows in found.items()}


@dataclass(frozen=True, slots=True)
class OwedToOthers:
    """What is owed to funds run for others: by members of the network, and by who is none."""

    members: Mapping[int, tuple[Payable, ...]]  # by membership
    strangers: Mapping[int, tuple[Payable, ...]]  # by party

    @property
    def rows(self) -> Iterator[Payable]:
        return chain.from_iterable((*self.members.values(), *self.strangers.values()))


def owed_to_others(on: date) -> OwedToOthers:
    """What money may pay into funds run for others."""
    found: dict[int, list[Payable]] = defaultdict(list)
    for kind in _kinds.values():
        for one in kind.others(on):
            if one.party_id is not None:
                found[one.party_id].append(one)
    if not found:
        return OwedToOthers({}, {})
    rows = Membership.objects.filter(party__in=list(found)).order_by("pk")
    last = dict(rows.values_list("party", "pk"))
    return OwedToOthers(
        {last[party]: tuple(ones) for party, ones in found.items() if party in last},
        {party: tuple(ones) for party, ones in found.items() if party not in last},
    )


def payables_of(memberships: Collection[int] | None, on: date) -> dict[int, tuple[Payable, ...]]:
    """What money of these members (None: of all) may pay besides dues, by membership; also into funds
    run for others."""
    return with_others(own_payables_of(memberships, on), owed_to_others(on), memberships)


def with_others(
    own: Mapping[int, tuple[Payable, ...]], others: OwedToOthers, wanted: Collection[int] | None
) -> dict[int, tuple[Payable, ...]]:
    """The same with what the wanted members (None: all) owe to funds run for others."""
    found = dict(own)
    for pk, rows in others.members.items():
        if wanted is None or pk in wanted:
            found[pk] = (*found.get(pk, ()), *rows)
    return found


def payable(key: str, membership_id: int | None, on: date) -> Payable:
    """One of a member's, or one of somebody who is no member. Raises NotFound."""
    payable_kind(key)
    if membership_id is None:
        rows = [one for ones in owed_to_others(on).strangers.values() for one in ones]
    else:
        rows = list(payables_of([membership_id], on).get(membership_id, ()))
    for one in rows:
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
    return {pk: _lines(rows, on) for pk, rows in found.items()}


@dataclass(frozen=True, slots=True)
class Stranger:
    """Who is no member and owes something to a fund run for others."""

    party_id: int
    name: str
    payables: tuple[PayableLine, ...]


def strangers_owing(on: date, *, search: str = "", party_id: int | None = None) -> list[Stranger]:
    """Those of a name, or one, with what their money may pay."""
    found = owed_to_others(on).strangers
    wanted = [pk for pk in found if party_id in (None, pk)]
    names = parties.names_of(wanted) if wanted else {}
    return [
        Stranger(pk, name, _lines(found[pk], on))
        for pk, name in sorted(names.items(), key=lambda one: (one[1], one[0]))
        if search.strip() in name
    ]


def _lines(rows: Iterable[Payable], on: date) -> tuple[PayableLine, ...]:
    return tuple(PayableLine(one.key, one.label, one.due(on)) for one in rows)


def payable_labels(keys: Mapping[str, int | None], on: date) -> dict[str, str]:
    """What people read for these, given with their memberships."""
    if not any(keys):
        return {}
    others = {one.key: one.label for one in owed_to_others(on).rows if one.key in keys}
    mine = {pk for key, pk in keys.items() if key and key not in others and pk is not None}
    rows = own_payables_of(mine, on).values() if mine else ()
    return others | {one.key: one.label for found in rows for one in found if one.key in keys}


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
