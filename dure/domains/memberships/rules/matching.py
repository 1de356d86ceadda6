"""Whose money is this? Proposals for matching receipts to members. Pure.

1. Names are compared by their key: without blanks, punctuation and words of legal form (주식회사,
   (주), 사회적협동조합 …): banks print 「㈜햇살」 and 「주식회사햇살」 for one firm and cut long names.
2. A payer text fits a member by *name* if the normalised texts are equal, by *prefix* if the shorter
   one has at least two syllables and begins the longer, or is contained in it with three or more,
   and by *memory* if money with the same payer text was matched to that member before.
3. An amount fits if it is what is open in all, or the oldest open charges one after another up to
   some charge.
4. SURE: exactly one member fits by name or memory, no other fits by prefix as well as amount, and
   the amount fits. LIKELY: a name or memory that fits one member with another amount; or prefix
   and amount. WEAK: the amount alone fits exactly one member. Otherwise there is no proposal.
5. Only sure proposals may be accepted all at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dure.domains.parties.rules.names import name_identity, name_key


class Sureness(StrEnum):
    SURE = "sure"
    LIKELY = "likely"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Payer:
    """A member who may have paid: names it goes by, and its open charges, oldest first, in won."""

    membership_id: int
    names: tuple[str, ...]
    open_won: tuple[int, ...]

    @property
    def fitting_amounts(self) -> frozenset[int]:
        total, sums = 0, []
        for won in self.open_won:
            total += won
            sums.append(total)
        return frozenset(sums)


@dataclass(frozen=True, slots=True)
class Proposal:
    membership_id: int
    sureness: Sureness
    why: str  # "name" | "memory" | "prefix" | "amount"
    amount_fits: bool


def normalise(text: str) -> str:
    """The name as it is compared (rule 1)."""
    return name_key(text) or name_identity(text)[:120]


def fits_by_prefix(payer: str, name: str) -> bool:
    """Whether one normalised text is a cut form of the other (rule 2)."""
    short, long = sorted((payer, name), key=len)
    if len(short) < 2:
        return False
    return long.startswith(short) or (len(short) >= 3 and short in long)


class Book:
    """The members who may pay, indexed once, asked for many receipts."""

    def __init__(self, payers: tuple[Payer, ...], memory: dict[str, frozenset[int]]) -> None:
        """`memory`: normalised payer text -> memberships it was matched to before."""
        self._memory = memory
        self._payers = {p.membership_id: p for p in payers}
        self._names: dict[str, set[int]] = {}
        self._heads: dict[str, set[tuple[str, int]]] = {}
        self._amounts: dict[int, set[int]] = {}
        for payer in payers:
            for name in {normalise(n) for n in payer.names} - {""}:
                self._names.setdefault(name, set()).add(payer.membership_id)
                for i in range(len(name) - 1):
                    self._heads.setdefault(name[i : i + 2], set()).add((name, payer.membership_id))
            for won in payer.fitting_amounts:
                self._amounts.setdefault(won, set()).add(payer.membership_id)

    def propose(self, payer_text: str, amount_won: int) -> Proposal | None:
        """The best proposal for one receipt, or none (rules 2-4)."""
        key = normalise(payer_text)
        exact = self._names.get(key, set()) if key else set()
        remembered = set(self._memory.get(key, frozenset())) & set(self._payers) if key else set()
        near = {
            member
            for head in ({key[:2]} if len(key) >= 2 else set())
            for name, member in self._heads.get(head, set())
            if fits_by_prefix(key, name)
        } - exact
        rightly = {m for m in near if self._fits(m, amount_won)}
        known, why = (exact, "name") if exact else (remembered, "memory")
        if len(known) == 1:
            (member,) = known
            fits = self._fits(member, amount_won)
            sure = fits and not (rightly - known) and not (exact and remembered - exact)
            return Proposal(member, Sureness.SURE if sure else Sureness.LIKELY, why, fits)
        if known:  # several of the same name: the amount may tell
            fitting = {m for m in known if self._fits(m, amount_won)}
            if len(fitting) == 1:
                return Proposal(fitting.pop(), Sureness.LIKELY, why, True)
            return None
        if len(rightly) == 1:
            return Proposal(rightly.pop(), Sureness.LIKELY, "prefix", True)
        if len(near) == 1:
            return Proposal(near.pop(), Sureness.WEAK, "prefix", False)
        alone = self._amounts.get(amount_won, set())
        if not near and len(alone) == 1:
            return Proposal(next(iter(alone)), Sureness.WEAK, "amount", True)
        return None

    def _fits(self, membership_id: int, amount_won: int) -> bool:
        return membership_id in self._amounts.get(amount_won, set())
