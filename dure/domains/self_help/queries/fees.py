"""The fees that are due of one fund or of all, and which of them the funds can pay."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _now

from dure.kernel.acts import Act
from dure.kernel.money import format_won

from .. import policies
from .funds import Commission, SelfHelpFundCard, self_help_fund, self_help_funds

__all__ = ["CommissionsDue", "FeeDue", "commissions_due"]


@dataclass(frozen=True, slots=True)
class FeeDue:
    """The fee of a period; `is_paid`: whether the money of the fund suffices, the older ones first."""

    fund_id: int
    fund: str
    commission: Commission
    is_paid: bool


@dataclass(frozen=True, slots=True)
class CommissionsDue:
    """All that is due, fund by fund, the oldest first."""

    fees: tuple[FeeDue, ...]

    @property
    def takes(self) -> tuple[FeeDue, ...]:
        """What is taken."""
        return tuple(one for one in self.fees if one.is_paid)

    @property
    def won(self) -> int:
        return sum(one.commission.won for one in self.takes)

    def __str__(self) -> str:
        """What is shown before it is done."""
        short = ", ".join(dict.fromkeys(one.fund for one in self.fees if not one.is_paid))
        told = _now("%(won)s are taken of %(funds)d funds, for %(periods)d periods.") % {
            "won": format_won(self.won),
            "funds": len({one.fund_id for one in self.takes}),
            "periods": len(self.takes),
        }
        if short:
            told += " " + _now("Not enough money for all of it: %(funds)s.") % {"funds": short}
        return told


def commissions_due(act: Act, fund_id: int | None = None) -> CommissionsDue:
    """Of one fund or of all. Raises NotFound, Denied."""
    policies.can_see_self_help_funds(act).enforce()
    cards = self_help_funds(act) if fund_id is None else [self_help_fund(act, fund_id)]
    return CommissionsDue(tuple(one for card in cards for one in _fees(card)))


def _fees(card: SelfHelpFundCard) -> list[FeeDue]:
    found, left = [], card.money_won
    for one in card.due:
        left -= one.won
        found.append(FeeDue(card.id, card.name, one, left >= 0))
    return found
