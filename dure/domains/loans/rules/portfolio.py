"""What is lent on a day, and how sound it is. Pure; whole won.

1. The books say what is left of each loan. Of its schedule, what was paid until the day pays the
   oldest instalments first; what fell due before the day and is not paid is in arrears.
2. A loan is as many days late as passed since the due day of its oldest instalment in arrears.
3. Portfolio at risk: what is left of the loans more than 30 (90) days late, of all that is left; the
   whole of what is left counts, not only what is in arrears.
4. Repayment rate: of the principal and interest that fell due in a period, what was paid by its end.
5. Every split shows each loan once: its sums are those of the whole.
6. Ages are those of the classes of the rules: not late, from the first day, and from the days of each
   class; on every page the same.
7. What was lent in the beginning and since is left, came back, or was written off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

PAR30, PAR90 = 30, 90  # measures that the whole field reads alike, not limits of the network


class Due(NamedTuple):
    """What a schedule asked for on a day."""

    due_date: date
    principal: int
    interest: int


@dataclass(frozen=True, slots=True)
class Late:
    """Rules 1, 2 and 4 of one loan."""

    days: int = 0
    arrears_won: int = 0
    due_won: int = 0  # fell due in the period
    unpaid_won: int = 0  # of it


def lateness(
    dues: Sequence[Due], paid_principal: int, paid_interest: int, since: date, on: date
) -> Late:
    """How late a loan is on a day; `dues` in their order; the period begins on `since`."""
    oldest: date | None = None
    arrears = fell = unpaid = 0
    for one in dues:
        if one.due_date >= on:
            break
        of_principal = min(one.principal, paid_principal)
        of_interest = min(one.interest, paid_interest)
        paid_principal -= of_principal
        paid_interest -= of_interest
        rest = one.principal + one.interest - of_principal - of_interest
        if rest and oldest is None:
            oldest = one.due_date
        arrears += rest
        if one.due_date >= since:
            fell += one.principal + one.interest
            unpaid += rest
    return Late((on - oldest).days if oldest else 0, arrears, fell, unpaid)


@dataclass(frozen=True, slots=True)
class LoanAt:
    """A loan as it stood at the end of a day."""

    id: int
    product: str
    purpose: str
    section: str
    left_won: int
    late: Late
    provision_won: int = 0


@dataclass(frozen=True, slots=True)
class Sums:
    """Loans in one line; those paid back count in what fell due only."""

    name: str
    loans: int
    left_won: int
    late_loans: int
    arrears_won: int
    par30_won: int
    par90_won: int
    provision_won: int
    due_won: int
    paid_won: int  # of what fell due

    @property
    def par30(self) -> tuple[int, int]:
        return self.par30_won, self.left_won

    @property
    def par90(self) -> tuple[int, int]:
        return self.par90_won, self.left_won

    @property
    def repayment(self) -> tuple[int, int]:
        return self.paid_won, self.due_won


def percent(share: tuple[int, int]) -> str:
    """12.5%, to the tenth, the half up; – of nothing."""
    part, whole = share
    if not whole:
        return "–"
    tenths = (2000 * part + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}%"


def sums(rows: Iterable[LoanAt], name: str = "") -> Sums:
    """Rules 3 and 4 over some loans."""
    rows = tuple(rows)
    left = [one for one in rows if one.left_won]
    return Sums(
        name,
        len(left),
        sum(one.left_won for one in left),
        sum(1 for one in left if one.late.days),
        sum(one.late.arrears_won for one in left),
        sum(one.left_won for one in left if one.late.days > PAR30),
        sum(one.left_won for one in left if one.late.days > PAR90),
        sum(one.provision_won for one in left),
        sum(one.late.due_won for one in rows),
        sum(one.late.due_won - one.late.unpaid_won for one in rows),
    )


def split(rows: Iterable[LoanAt], key: Callable[[LoanAt], str]) -> tuple[Sums, ...]:
    """Rule 5: a line for each, what has most left first."""
    groups: dict[str, list[LoanAt]] = {}
    for one in rows:
        groups.setdefault(key(one), []).append(one)
    found = (sums(group, name) for name, group in groups.items())
    return tuple(sorted(found, key=lambda one: (-one.left_won, one.name)))


def bounds_of(steps: Iterable[tuple[int, object]]) -> tuple[int, ...]:
    """Rule 6: the first day of each age, the youngest first; `steps`: from how many days which class."""
    return tuple(sorted({0, 1, *(days for days, _class in steps)}))


def by_age(rows: Iterable[LoanAt], bounds: Sequence[int]) -> tuple[tuple[int, Sums], ...]:
    """A line for each age, the youngest first, empty ones too."""
    groups: dict[int, list[LoanAt]] = {since: [] for since in bounds}
    for one in rows:
        groups[max(since for since in bounds if since <= one.late.days)].append(one)
    return tuple((since, sums(group)) for since, group in groups.items())
