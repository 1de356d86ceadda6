"""Dues of later months: what a month's end keeps out of income, and what it lets in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import F, Sum

from dure.domains.bylaws import queries as bylaws
from dure.domains.ledger import queries as ledger
from dure.kernel.acts import Act
from dure.kernel.dates import Month

from .. import policies
from ..models import Charge
from ..rules.dues import still_to_come

__all__ = ["Deferral", "DeferredFund", "dues_deferral"]

SOURCE = "memberships.DuesDeferral"
RULE = "dues.defer_to_months"
ACCOUNT = "dues_deferred"


@dataclass(frozen=True, slots=True)
class DeferredFund:
    """Dues of one fund that belong to later months: as they should stand, and as they do."""

    fund: str
    wanted_won: int
    held_won: int

    @property
    def won(self) -> int:
        """What is still to be kept out of income; below zero: what becomes income."""
        return self.wanted_won - self.held_won


@dataclass(frozen=True, slots=True)
class Deferral:
    """A month's end: fund by fund, and the entries that stand for the month."""

    funds: tuple[DeferredFund, ...]
    entries: tuple[int, ...]

    @property
    def left(self) -> tuple[DeferredFund, ...]:
        return tuple(one for one in self.funds if one.won)

    @property
    def kept_won(self) -> int:
        return sum(one.won for one in self.left if one.won > 0)

    @property
    def released_won(self) -> int:
        return -sum(one.won for one in self.left if one.won < 0)


def dues_deferral(act: Act, month: Month) -> Deferral | None:
    """Dues of later months at a month's end; None where no rule spreads them and none are held.

    Raises what the ledger refuses when its chart lacks the account.
    """
    policies.can_see_dues(act).enforce()
    spreads = bylaws.rules_on(month.last_date).yes(RULE)
    if not spreads and ACCOUNT not in ledger.chart().roles:
        return None
    wanted = _wanted(month) if spreads else {}
    account = ledger.account_for(ACCOUNT)
    funds = tuple(
        DeferredFund(fund, wanted.get(fund, 0), ledger.balance(account, fund, month.last_date))
        for fund in sorted(wanted.keys() | {fund.code for fund in ledger.funds()})
    )
    entries = ledger.entries_of_source(SOURCE, month.year * 100 + month.month, standing=True)
    if not spreads and not entries and not any(one.held_won for one in funds):
        return None
    return Deferral(tuple(one for one in funds if one.wanted_won or one.held_won), entries)


def _wanted(month: Month) -> dict[str, int]:
    """By fund, what was billed by the month's end for later months: summed by the months owed."""
    rows = (
        Charge.objects.filter(billed_date__lt=month.end_date, until_date__gt=month.end_date)
        .order_by("plan__fund", "from_date", "until_date")
        .values_list("plan__fund", "from_date", "until_date")
        .annotate(won=Sum(F("amount_won") - F("waived_won")))
    )
    found: dict[str, int] = defaultdict(int)
    for fund, from_date, until_date, won in rows:
        found[fund] += still_to_come(won, from_date, until_date, month)
    return found
