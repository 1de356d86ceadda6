"""Which members stand alone in the trade of the network, so that somebody visits them. Pure.

1. Of a time, for example a year: who traded with nobody, who with no more than so many partners, and
   whose trade of the later half fell under a share of that of the earlier half.
2. The first of these that holds is the reason.
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from dure.kernel.words import Promise, pgettext_lazy


class Reason(StrEnum):
    """Why somebody should visit."""

    NONE = "none"
    FEW = "few"
    FALLEN = "fallen"


REASONS: dict[str, str | Promise] = {
    Reason.NONE: pgettext_lazy("trade", "no trade"),
    Reason.FEW: pgettext_lazy("trade", "hardly any partner"),
    Reason.FALLEN: pgettext_lazy("trade", "much less than before"),
}


def reason_to_visit(
    partners: int, before_won: int, after_won: int, few: int, fallen: Fraction
) -> Reason | None:
    """Rules 1 and 2; None: it is well among the others."""
    if not partners:
        return Reason.NONE
    if partners <= few:
        return Reason.FEW
    if after_won < before_won * fallen:
        return Reason.FALLEN
    return None
