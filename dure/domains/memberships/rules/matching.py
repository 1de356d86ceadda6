"""Whose money is this, and what for? Proposals for matching receipts to members. Pure.

1. Names are compared by their key: without blanks, punctuation and words of legal form (주식회사,
   (주), 사회적협동조합 …): banks print 「㈜햇살」 and 「주식회사햇살」 for one firm and cut long names.
   Words about the money (11월, 회비, 출자금 …) are no part of a name: 「김하늘11월회비」 is 김하늘.
2. A receipt is known by its *account* if it came to the virtual account of one member; by *name* if
   its payer text and the name of a member have one key; by *memory* if a person once said, or a
   matching showed, that money under this text is a member's; by *prefix* if the shorter of two keys
   has two syllables or more and begins the longer, or three or more and stands in it.
3. An amount fits what the memo names (months, sorts of dues), else all that is open, else the oldest
   open charges up to some charge, else one open charge, else all of one sort.
4. SURE: one member is known by account, or by name or memory with nobody else near, and the amount
   fits. LIKELY: one member is known and the amount does not fit, or one of several near ones has
   the amount. WEAK: near by name alone, or the amount alone fits one member only.
5. Money for shares, and gifts, is never sure, and pays no dues unless a person says so.
6. A proposal says why, and is booked by nobody but a person; only sure ones may be accepted at once.
7. Money may pay what other rooms keep, like instalments of loans: see `payables`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from dure.domains.parties.rules.names import name_identity, name_key

from .payables import Choice, Payable, by_reference, choose, is_meant, named_in

NEAR_MAX = 50  # more names that look alike say nothing


class Sureness(StrEnum):
    SURE = "sure"
    LIKELY = "likely"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Item:
    """An open charge: its sort, and the months it is for, as year × 12 + month."""

    charge_id: int
    won: int
    kind: str = "regular"
    months: range = range(0)


@dataclass(frozen=True, slots=True)
class Payer:
    """A member who may have paid: names it goes by, and its open charges, oldest first; or who is none,
    and owes something to a fund run for others."""

    membership_id: int | None
    names: tuple[str, ...]
    items: tuple[Item, ...] = ()
    payables: tuple[Payable, ...] = ()
    party_id: int | None = None  # of who is no member

    @property
    def key(self) -> int:
        """The membership; of who is none the party, below zero."""
        return self.membership_id if self.membership_id is not None else -(self.party_id or 0)

    @property
    def open_won(self) -> int:
        return sum(item.won for item in self.items)


@dataclass(frozen=True, slots=True)
class Hints:
    """What a payer text and a memo say about the purpose: months of the year, sorts of dues."""

    months: frozenset[int] = frozenset()
    kinds: frozenset[str] = frozenset()
    purpose: str = "dues"  # dues | payable | shares | donation


@dataclass(frozen=True, slots=True)
class Fit:
    """Which charges an amount would pay, in this order, and whether it does so to the won."""

    charge_ids: tuple[int, ...]
    exact: bool
    why: str = ""  # month | kind | all | oldest | one


@dataclass(frozen=True, slots=True)
class Proposal:
    """`reasons`: first how the member is known (account, name, memory, prefix, amount, reference), then
    how the amount fits (month, kind, all, oldest, one; payable, both, either; more, less)."""

    membership_id: int | None
    sureness: Sureness
    reasons: tuple[str, ...]
    charge_ids: tuple[int, ...] = ()
    exact: bool = False
    rest_won: int = 0
    purpose: str = "dues"
    payable: str = ""  # the key of what it pays besides dues
    party_id: int | None = None  # of who is no member


_MONEY_WORDS = re.compile(
    r"(?:\d{2,4}년)?\s*\d{1,2}(?:\s*[~,.·-]\s*\d{1,2})*\s*월(?:분|달)?"
    r"|(?:월|연|년|특별|발전|가입|정기|조합|상호부조)?회비|회비납부|출자금?|가입비|분담금|조합비|후원금?|기부금?|대출금?|융자금?|상환금?|원리금|이자|납부|입금|이체"
)
_MONTHS = re.compile(r"(?<!\d)(\d{1,2}(?:\s*[~,.·-]\s*\d{1,2})*)\s*월")
_KINDS = (("발전", "development"), ("가입", "joining"), ("특별", "special"), ("분담", "levy"))


def normalise(text: str) -> str:
    """The name as it is compared (rule 1)."""
    return name_key(text) or name_identity(text)[:120]


@lru_cache(maxsize=65_536)
def keys_of(text: str) -> tuple[str, ...]:
    """The keys of a payer text: as it stands, and without words about the money."""
    bare = _MONEY_WORDS.sub(" ", text)
    keys = [normalise(text)]
    if bare != text and (key := normalise(bare)):
        keys.append(key)
    return tuple(dict.fromkeys(key for key in keys if key))


@lru_cache(maxsize=65_536)
def hints_of(text: str) -> Hints:
    """What the words say the money is for."""
    months: set[int] = set()
    for found in _MONTHS.findall(text):
        for part in re.split(r"[,.·]", found):
            ends = [int(n) for n in re.findall(r"\d+", part)]
            if ends and all(1 <= n <= 12 for n in ends):
                months.update(_run(ends[0], ends[-1]))
    kinds = frozenset(kind for word, kind in _KINDS if word in text)
    purpose = "shares" if "출자" in text else "donation" if re.search("후원|기부", text) else "dues"
    purpose = "payable" if is_meant(text) else purpose
    return Hints(frozenset(months), kinds, purpose)


def fit(items: Sequence[Item], won: int, hints: Hints = Hints()) -> Fit:  # noqa: B008 - frozen
    """Rule 3."""
    every = tuple(item.charge_id for item in items)
    named = [item for item in items if _is_named(item, hints)]
    if named:
        paid = _paid_up_to(named, won)
        if paid is not None:
            return Fit(paid, True, "kind" if hints.kinds else "month")
        rest = [item.charge_id for item in items if item not in named]
        return Fit((*(item.charge_id for item in named), *rest), False)
    paid = _paid_up_to(items, won)
    if paid is not None:
        return Fit(paid, True, "all" if len(paid) == len(items) else "oldest")
    for item in items:
        if item.won == won:
            return Fit((item.charge_id,), True, "one")
    for kind in dict.fromkeys(item.kind for item in items):
        alike = [item for item in items if item.kind == kind]
        if sum(item.won for item in alike) == won:
            return Fit(tuple(item.charge_id for item in alike), True, "kind")
    return Fit(every, False)


def fits_by_prefix(payer: str, name: str) -> bool:
    """Whether one normalised text is a cut form of the other (rule 2)."""
    short, long = sorted((payer, name), key=len)
    if len(short) < 2:
        return False
    return long.startswith(short) or (len(short) >= 3 and short in long)


@dataclass(frozen=True, slots=True)
class Money:
    """A receipt that waits: what the bank said of it, and what of it is free."""

    payer: str
    won: int
    memo: str = ""
    account: str = ""
    day: date | None = None  # on which it came

    @property
    def text(self) -> str:
        return f"{self.payer} {self.memo}"


class Book:
    """The members who may pay, indexed once, asked for many receipts."""

    def __init__(
        self,
        payers: Iterable[Payer],
        memory: Mapping[str, frozenset[int]],
        accounts: Mapping[str, int] | None = None,
        *,
        by_amount: bool = True,
    ) -> None:
        """`memory`: payer key → memberships; `accounts`: digits → membership; `by_amount`: whether
        every open charge of the network is here, so that an amount alone may point to a member."""
        self._memory, self._accounts = memory, accounts or {}
        self._payers = {p.key: p for p in payers}
        self._named = {one.reference: one for p in self._payers.values() for one in p.payables}
        self._whose = {one.reference: p.key for p in self._payers.values() for one in p.payables}
        self._names: dict[str, set[int]] = defaultdict(set)
        self._amounts: dict[int, set[int]] = defaultdict(set)
        for payer in self._payers.values():
            for name in payer.names:
                self._names[name].add(payer.key)
            if by_amount and payer.items:
                for won in {payer.open_won, payer.items[0].won}:
                    self._amounts[won].add(payer.key)
        self._names.pop("", None)
        self._sorted = sorted(self._names)
        self._parts: dict[str, list[str]] | None = None

    def propose(self, money: Money) -> Proposal | None:
        """The best proposal for one receipt, or none (rules 2-5)."""
        hints = hints_of(money.text)
        if money.day and self._named and (one := named_in(money.text, self._named)):
            return self._paying(self._whose[one.reference], Sureness.SURE, "reference", (), by_reference(one, money.won, money.day))  # fmt: skip
        member = self._accounts.get(money.account) if money.account else None
        if member is not None and member in self._payers:
            return self._known(member, "account", money, hints, surely=True)
        keys = keys_of(money.payer)
        exact = {m for key in keys for m in self._names.get(key, ())}
        recalled = {m for key in keys for m in self._memory.get(key, ())} & self._payers.keys()
        known, why = (exact, "name") if exact else (recalled, "memory")
        if len(known) == 1:
            near = {m for m in self._near(keys) - exact if self._fits(m, money, hints)}
            surely = not (near - known) and not (exact and recalled - exact)
            return self._known(next(iter(known)), why, money, hints, surely)
        if known:  # several of the same name: the amount may tell
            return self._one_that_fits(known, why, money, hints)
        near = self._near(keys)
        if near:
            found = self._one_that_fits(near, "prefix", money, hints)
            if found is None and len(near) == 1:
                return self._proposal(next(iter(near)), Sureness.WEAK, "prefix", money, hints)
            return found
        alone = self._amounts.get(money.won, set())
        if len(alone) == 1:
            return self._proposal(next(iter(alone)), Sureness.WEAK, "amount", money, hints)
        return None

    def _known(
        self, member: int, why: str, money: Money, hints: Hints, surely: bool
    ) -> Proposal | None:
        choice = self._choice(member, money, hints)
        dues = hints.purpose == "dues" and self._fit(member, money, hints).exact
        sure = surely and (choice.is_sure if choice else dues)
        return self._proposal(member, Sureness.SURE if sure else Sureness.LIKELY, why, money, hints)

    def _one_that_fits(
        self, members: set[int], why: str, money: Money, hints: Hints
    ) -> Proposal | None:
        fitting = [m for m in members if self._fits(m, money, hints)]
        if len(fitting) != 1:
            return None
        return self._proposal(fitting[0], Sureness.LIKELY, why, money, hints)

    def _proposal(
        self, member: int, sureness: Sureness, why: str, money: Money, hints: Hints
    ) -> Proposal | None:
        fits, owed = self._fit(member, money, hints), self._payers[member].open_won
        is_member = self._payers[member].membership_id is not None
        rest = max(0, money.won - owed)
        how = fits.why or ("more" if rest else "less")
        if is_member and hints.purpose in ("shares", "donation"):
            return Proposal(member, sureness, (why, hints.purpose), (), False, 0, hints.purpose)
        if choice := self._choice(member, money, hints):
            if choice.key:
                also = fits.charge_ids if choice.why == "both" else ()
                return self._paying(member, sureness, why, also, choice)
            how = choice.why
        if not is_member:  # who owes no dues
            return None
        return Proposal(member, sureness, (why, how), fits.charge_ids, fits.exact, rest)

    def _paying(
        self, member: int, sureness: Sureness, why: str, also: tuple[int, ...], choice: Choice
    ) -> Proposal:
        """A proposal for a payable, and for dues that the money pays with it."""
        if sureness is Sureness.SURE and not choice.is_sure:
            sureness = Sureness.LIKELY
        exact, payer = choice.why in ("payable", "both"), self._payers[member]
        return Proposal(
            payer.membership_id, sureness, (why, choice.why), also, exact, choice.rest_won,
            payable=choice.key, party_id=payer.party_id,
        )  # fmt: skip

    def _choice(self, member: int, money: Money, hints: Hints) -> Choice | None:
        payer = self._payers[member]
        if not payer.payables or money.day is None or hints.purpose in ("shares", "donation"):
            return None
        return choose(
            payer.payables, money.won, money.day, owed=payer.open_won, text=money.text,
            fits_dues=self._fit(member, money, hints).exact,
        )  # fmt: skip

    def _fits(self, member: int, money: Money, hints: Hints) -> bool:
        """Whether the amount pays something of the member's to the won."""
        choice = self._choice(member, money, hints)
        if choice is None or not choice.key:
            return self._fit(member, money, hints).exact
        return choice.why in ("payable", "both")

    def _fit(self, member: int, money: Money, hints: Hints) -> Fit:
        return fit(self._payers[member].items, money.won, hints)

    def _near(self, keys: Sequence[str]) -> set[int]:
        found: set[int] = set()
        for key in keys:
            names = list(self._names_near(key))
            if len(names) <= NEAR_MAX:
                found.update(m for name in names for m in self._names[name])
        return found

    def _names_near(self, key: str) -> Iterator[str]:
        if len(key) < 2:
            return
        at = bisect_left(self._sorted, key)
        for name in self._sorted[at : at + NEAR_MAX + 1]:
            if not name.startswith(key):
                break
            yield name
        for length in range(2, len(key)):
            if key[:length] in self._names:
                yield key[:length]
        for name in self._sharing_a_part(key):
            if not name.startswith(key) and not key.startswith(name) and fits_by_prefix(key, name):
                yield name

    def _sharing_a_part(self, key: str) -> set[str]:
        """Names with three letters running in common with the key, unless too many have them."""
        if self._parts is None:
            self._parts = defaultdict(list)
            for name in self._sorted:
                for part in {name[i : i + 3] for i in range(len(name) - 2)}:
                    self._parts[part].append(name)
        found: set[str] = set()
        for i in range(len(key) - 2):
            names = self._parts.get(key[i : i + 3], ())
            if len(names) <= NEAR_MAX:
                found.update(names)
        return found


def _is_named(item: Item, hints: Hints) -> bool:
    if hints.kinds and item.kind not in hints.kinds:
        return False
    if hints.months:
        return any((m - 1) % 12 + 1 in hints.months for m in item.months)
    return bool(hints.kinds)


def _paid_up_to(items: Sequence[Item], won: int) -> tuple[int, ...] | None:
    total, paid = 0, []
    for item in items:
        total += item.won
        paid.append(item.charge_id)
        if total == won:
            return tuple(paid)
    return None


def _run(first: int, last: int) -> Iterator[int]:
    """Months from first to last, over the turn of the year: 11 to 2 is 11, 12, 1, 2."""
    length = (last - first) % 12
    return ((first - 1 + i) % 12 + 1 for i in range(length + 1))


__all__ = [
    "Book", "Fit", "Hints", "Item", "Money", "Payer", "Proposal", "Sureness", "fit",
    "fits_by_prefix", "hints_of", "keys_of", "normalise",
]  # fmt: skip
