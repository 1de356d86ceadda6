"""What an order is, and what each of its stages may be followed by. Pure.

1. One side proposes articles with quantity and price: the seller quotes, or the buyer asks.
2. The other side agrees, proposes other terms, or says no; who proposed may take it back.
3. What both agreed on is ordered. The seller delivers it, at once or in parts; each delivery is a deal
   that the buyer confirms, and a delivery that was not confirmed is still to be delivered.
4. What is not delivered either side may let go, saying why.
5. A price has the tax inside: of what is taxed it is the rate's part of the sum, a part of a won
   dropped once for each delivery; of what is free of tax or taxed at nothing there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from dure.kernel.money import Rounding, apply_ratio
from dure.kernel.words import Promise, gettext_lazy as _, pgettext_lazy


class Stage(StrEnum):
    """Where an order stands."""

    QUOTED = "quoted"
    ASKED = "asked"
    ORDERED = "ordered"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


class Side(StrEnum):
    """Who does a step."""

    SELLER = "seller"
    BUYER = "buyer"


class Deed(StrEnum):
    """What can be done with an order."""

    ACCEPT = "accept"
    COUNTER = "counter"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    DELIVER = "deliver"
    END = "end"


class Tax(StrEnum):
    """Whether value-added tax is in a price."""

    TAXED = "taxed"
    FREE = "free"
    ZERO = "zero"


STAGES: tuple[tuple[str, str | Promise], ...] = (
    (Stage.QUOTED, pgettext_lazy("order", "quoted")),
    (Stage.ASKED, pgettext_lazy("order", "asked for")),
    (Stage.ORDERED, pgettext_lazy("order", "ordered")),
    (Stage.DECLINED, pgettext_lazy("order", "declined")),
    (Stage.WITHDRAWN, pgettext_lazy("order", "taken back")),
    (Stage.ENDED, pgettext_lazy("order", "ended")),
)
TAXES: tuple[tuple[str, str | Promise], ...] = (
    (Tax.TAXED, pgettext_lazy("order", "taxed")),
    (Tax.FREE, pgettext_lazy("order", "free of tax")),
    (Tax.ZERO, pgettext_lazy("order", "taxed at zero")),
)


@dataclass(frozen=True, slots=True)
class Step:
    """What a side may do at a stage, and where it leads."""

    deed: Deed
    side: Side
    leads_to: Stage
    says: str | Promise


STEPS: Mapping[Stage, tuple[Step, ...]] = {
    Stage.QUOTED: (
        Step(Deed.ACCEPT, Side.BUYER, Stage.ORDERED, _("Order as quoted")),
        Step(Deed.COUNTER, Side.BUYER, Stage.ASKED, _("Propose other terms")),
        Step(Deed.DECLINE, Side.BUYER, Stage.DECLINED, _("Decline the quote")),
        Step(Deed.WITHDRAW, Side.SELLER, Stage.WITHDRAWN, _("Take the quote back")),
    ),
    Stage.ASKED: (
        Step(Deed.ACCEPT, Side.SELLER, Stage.ORDERED, _("Take the order")),
        Step(Deed.COUNTER, Side.SELLER, Stage.QUOTED, _("Propose other terms")),
        Step(Deed.DECLINE, Side.SELLER, Stage.DECLINED, _("Decline the order")),
        Step(Deed.WITHDRAW, Side.BUYER, Stage.WITHDRAWN, _("Take the order back")),
    ),
    Stage.ORDERED: (
        Step(Deed.DELIVER, Side.SELLER, Stage.ORDERED, _("Deliver, all or a part")),
        Step(Deed.END, Side.SELLER, Stage.ENDED, _("Let the rest go")),
        Step(Deed.END, Side.BUYER, Stage.ENDED, _("Let the rest go")),
    ),
    Stage.DECLINED: (),
    Stage.WITHDRAWN: (),
    Stage.ENDED: (),
}


def steps_of(stage: str, side: Side) -> tuple[Step, ...]:
    """What a side may do at a stage."""
    return tuple(one for one in STEPS[Stage(stage)] if one.side == side)


def step(stage: str, deed: Deed) -> Step | None:
    """The step of this deed at a stage; None: it is not done there. Of either side's the first."""
    return next((one for one in STEPS[Stage(stage)] if one.deed == deed), None)


@dataclass(frozen=True, slots=True)
class Line:
    """One article."""

    article: str
    quantity: int
    unit: str
    unit_won: int
    tax: Tax = Tax.TAXED

    @property
    def won(self) -> int:
        return self.quantity * self.unit_won


def sums(lines: Iterable[Line], vat_ratio: Fraction) -> tuple[int, int]:
    """(sum, tax inside of it) of some lines (rule 5)."""
    rows = list(lines)
    taxed = sum(one.won for one in rows if one.tax == Tax.TAXED)
    vat = apply_ratio(taxed, vat_ratio / (1 + vat_ratio), Rounding.DOWN)
    return sum(one.won for one in rows), vat


def named(lines: Iterable[Line]) -> tuple[str, int]:
    """The first article with its quantity, and how many others there are."""
    rows = list(lines)
    first = rows[0]
    return f"{first.article} {first.quantity}{first.unit}", len(rows) - 1
