"""Where the reserve may stand. Pure: the rules are the book's, the facts are given.

1. Only in deposits and in government and public bonds, never in shares, corporate bonds, funds or
   other securities that are traded.
2. Placing: Dr deposits or bonds, Cr cash, in the fund of mutual aid. Coming back: Dr cash, Cr deposits
   or bonds for what was placed, Cr other income for the interest.
3. What stands with one institution is shown beside what deposits are insured for there; public bonds
   are not counted.
4. The ladder: what comes back until when, by the months from today.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dure.domains.ledger.rules import Side, credit, debit
from dure.kernel.dates import after_months
from dure.kernel.words import Promise, gettext_lazy as _

SAFE = ("deposit", "public_bond")
KINDS: tuple[tuple[str, str | Promise], ...] = (
    ("deposit", _("deposit")),
    ("public_bond", _("government and public bond")),
    ("stock", _("shares of a company")),
    ("corporate_bond", _("corporate bond")),
    ("investment_fund", _("investment fund")),
    ("other_security", _("another security")),
)
STEPS = (3, 6, 12, 24)  # months of the ladder; later comes last


@dataclass(frozen=True, slots=True)
class Chart:
    """The codes of the accounts a placement moves, by their role in the network's chart."""

    cash: str
    time_deposit: str
    public_bonds: str
    other_income: str

    def of(self, kind: str) -> str:
        return self.public_bonds if kind == "public_bond" else self.time_deposit


@dataclass(frozen=True, slots=True)
class Placed:
    """What stands somewhere until when."""

    institution: str
    kind: str
    won: int
    matures: date


@dataclass(frozen=True, slots=True)
class Rung:
    """What comes back before a day; the last rung has none, the first may be overdue."""

    before: date | None
    won: int
    count: int


def placing(chart: Chart, fund: str, kind: str, won: int) -> tuple[Side, ...]:
    """Rule 2, going out."""
    return debit(chart.of(kind), fund, won), credit(chart.cash, fund, won)


def coming_back(chart: Chart, fund: str, kind: str, won: int, interest: int) -> tuple[Side, ...]:
    """Rule 2, coming back."""
    sides = (debit(chart.cash, fund, won + interest), credit(chart.of(kind), fund, won))
    return (*sides, credit(chart.other_income, fund, interest)) if interest else sides


def by_institution(placed: Iterable[Placed]) -> list[tuple[str, int, int]]:
    """Rule 3: (institution, won of all, won of deposits), the largest first."""
    sums: dict[str, tuple[int, int]] = {}
    for one in placed:
        all_won, deposits = sums.get(one.institution, (0, 0))
        sums[one.institution] = (
            all_won + one.won,
            deposits + (one.won if one.kind == "deposit" else 0),
        )
    return sorted(((name, *won) for name, won in sums.items()), key=lambda one: (-one[1], one[0]))


def ladder(placed: Sequence[Placed], today: date) -> list[Rung]:
    """Rule 4."""
    days: list[date | None] = [today, *(after_months(today, step) for step in STEPS), None]
    rungs, since = [], date.min
    for before in days:
        found = [one for one in placed if since <= one.matures < (before or date.max)]
        rungs.append(Rung(before, sum(one.won for one in found), len(found)))
        since = before or since
    return rungs
