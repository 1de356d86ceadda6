"""A campaign in a crisis: gifts come in, quick grants go out, and everybody is told. Pure.

1. Each named decider decides once on an application, not on one's own. It is granted when as many
   agree as are needed (all who may decide, where fewer may), with the least they agreed to; refused
   when so many are against it that it can no longer be granted.
2. What is told to everybody of those who were helped lets nobody be known: no figure stands for fewer
   than `least` of them; what is fewer is told together, or not at all.
3. A gift: Dr cash, Cr donations. A grant: Dr aid given, Cr cash. Both in the fund of the campaign.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from dure.domains.ledger.rules import Side, credit, debit
from dure.kernel.words import Promise, gettext_lazy as _, pgettext_lazy


class Need(StrEnum):
    """What somebody is in need for."""

    INCOME = "income"
    ILLNESS = "illness"
    HOME = "home"
    DAMAGE = "damage"
    CARE = "care"
    OTHER = "other_need"


NEEDS: tuple[tuple[str, str | Promise], ...] = (
    (Need.INCOME, _("income has broken away")),
    (Need.ILLNESS, _("illness or injury")),
    (Need.HOME, _("home or rent")),
    (Need.DAMAGE, _("damage to house, shop or goods")),
    (Need.CARE, _("care of the family")),
    (Need.OTHER, pgettext_lazy("mutual aid", "another need")),
)


@dataclass(frozen=True, slots=True)
class Chart:
    """The codes of the accounts a campaign moves, by their role in the network's chart."""

    cash: str
    donation_income: str
    aid_benefits: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """Rule 1: open, granted (with how much) or refused."""

    state: str
    won: int = 0


def outcome(needed: int, may_decide: int, granted: Sequence[int], against: int) -> Outcome:
    """Rule 1; `granted`: what each who agreed would give."""
    need = min(needed, may_decide)
    if need and len(granted) >= need:
        return Outcome("granted", min(granted))
    return Outcome("refused" if may_decide - against < need else "asked")


@dataclass(frozen=True, slots=True)
class Told:
    """Rule 2: how many in all (None: too few to tell), by kind, and the rest together."""

    count: int | None
    kinds: dict[str, int] = field(default_factory=dict)
    rest: int = 0


def told(counts: Mapping[str, int], least: int) -> Told:
    """Rule 2."""
    total = sum(counts.values())
    if 0 < total < least:
        return Told(None)
    kinds = {kind: count for kind, count in sorted(counts.items()) if count >= least}
    rest = total - sum(kinds.values())
    while 0 < rest < least and kinds:
        rest += kinds.pop(min(kinds, key=lambda kind: (kinds[kind], kind)))
    return Told(total, kinds, rest)


def giving(chart: Chart, fund: str, won: int) -> tuple[Side, ...]:
    """Rule 3, a gift."""
    return debit(chart.cash, fund, won), credit(chart.donation_income, fund, won)


def granting(chart: Chart, fund: str, won: int) -> tuple[Side, ...]:
    """Rule 3, a grant."""
    return debit(chart.aid_benefits, fund, won), credit(chart.cash, fund, won)
