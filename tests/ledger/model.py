"""What the books should be: a few dictionaries that follow every deed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from dure.domains.ledger import commands
from dure.domains.ledger.rules import Side
from dure.kernel.refusals import Refusal

MONTHS = ("2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06")
FUNDS = ("general", "cooperative", "mutual_aid")
LIMIT, FLOOR = 1_000_000, 0  # the second person's amount; what 상호부조 must keep


@dataclass
class Model:
    """What the books should be."""

    balance: dict[tuple[str, str], int] = field(default_factory=dict)
    days: dict[tuple[str, str, date], tuple[int, int, int]] = field(default_factory=dict)
    parties: dict[tuple[int, str, str], int] = field(default_factory=dict)
    posted: dict[int, tuple[Side, ...]] = field(default_factory=dict)
    posted_by: dict[int, int] = field(default_factory=dict)
    reversed: set[int] = field(default_factory=set)
    reversals: set[int] = field(default_factory=set)
    drafts: dict[int, tuple[date, tuple[Side, ...], int]] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=lambda: dict.fromkeys(MONTHS, "open"))

    def post(self, entry_id: int, day: date, sides: tuple[Side, ...], by: int) -> None:
        self.posted[entry_id], self.posted_by[entry_id] = sides, by
        for s in sides:
            place = (s.account, s.fund)
            self.balance[place] = self.balance.get(place, 0) + s.amount_won
            debits, credits, count = self.days.get((*place, day), (0, 0, 0))
            self.days[*place, day] = (
                debits + max(s.amount_won, 0),
                credits + max(-s.amount_won, 0),
                count + 1,
            )
            if s.party_id is not None:
                key = (s.party_id, *place)
                self.parties[key] = self.parties.get(key, 0) + s.amount_won

    def why_not(
        self, day: date, sides: tuple[Side, ...], alone: bool = True
    ) -> type[Refusal] | None:
        """The refusal a sound entry must meet, or None."""
        if self.states[f"{day:%Y-%m}"] != "open":
            return commands.PeriodNotOpen
        if alone and any(
            sum(s.amount_won for s in sides if s.fund == fund and s.amount_won > 0) > LIMIT
            for fund in FUNDS
        ):
            return commands.SecondPersonNeeded
        moved = sum(s.amount_won for s in sides if (s.account, s.fund) == ("1010", "mutual_aid"))
        if moved < 0 and self.balance.get(("1010", "mutual_aid"), 0) + moved < FLOOR:
            return commands.FundBelowFloor
        return None
