"""What is to be paid back when. Pure, and in whole numbers: amounts are in the smallest unit of the
currency (won; cents where a peer's schedule is checked), rates are exact fractions.

1. Interest of an instalment: balance × yearly rate × part of the year (rules.days), rounded once by
   the named rule to the smallest unit.
2. Annuity (원리금균등): one equal instalment that would pay the loan off exactly, rounded to the
   instalment unit by the named rule. If, so rounded, the last instalment differs from the others by
   more than half a unit for each of them, the equal instalment is moved once by the mean difference,
   and stays moved if the last then differs less. Not with an instalment unit of its own.
3. Equal principal (원금균등): the principal in equal parts, interest on the balance.
4. Bullet (만기일시): interest on the whole principal; all of the principal at the end.
5. Flat: interest on the first principal for the whole time, in equal parts; the equal instalment is
   rounded to the instalment unit.
6. In months of grace only interest is paid; the principal is paid in the months that are left.
7. The last instalment takes the rest, whatever was rounded before. Nobody pays more than the balance,
   and the balance never grows: an instalment below its interest pays no principal.

The instalment unit is that of an equal instalment; where no instalments are equal it means nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate
from operator import sub
from typing import NamedTuple

from dure.kernel.money import Rounding
from dure.kernel.refusals import InvalidInput
from dure.kernel.words import Promise, gettext_lazy as _

from .days import DayCount, due_dates, year_parts

LONGEST = 600  # instalments: a bound of the arithmetic
GREATEST = 10**15


class Method(StrEnum):
    """How a loan is paid back."""

    ANNUITY = "annuity"
    EQUAL_PRINCIPAL = "equal-principal"
    BULLET = "bullet"
    FLAT = "flat"


METHODS: tuple[tuple[str, str | Promise], ...] = (
    (Method.ANNUITY, _("annuity: equal instalments of principal and interest")),
    (Method.EQUAL_PRINCIPAL, _("equal principal: interest on the balance")),
    (Method.BULLET, _("bullet: principal at the end")),
    (Method.FLAT, _("flat: interest on the first principal")),
)


class TermsUnfit(InvalidInput):
    """There is no schedule for such terms."""

    text = _("There is no schedule for these terms: %(reason)s.")


class Instalment(NamedTuple):
    """One payment; `balance` is what is left of the principal after it."""

    n: int
    due_date: date
    principal: int
    interest: int
    balance: int

    @property
    def due(self) -> int:
        return self.principal + self.interest


@dataclass(frozen=True, slots=True)
class Terms:
    """What a schedule is made of; `unit`: of the equal instalment, in the smallest unit."""

    principal: int
    annual_rate: Fraction
    months: int
    method: Method
    day_count: DayCount
    start: date
    grace_months: int = 0
    unit: int = 1
    rounding: Rounding = Rounding.HALF_EVEN

    def check(self) -> None:
        """Raises TermsUnfit."""
        rate = self.annual_rate
        if not 0 < self.principal <= GREATEST:
            raise TermsUnfit(reason=_("the principal is above 0"))
        if not 0 <= rate.numerator <= rate.denominator:
            raise TermsUnfit(reason=_("the yearly rate is between 0 and 100 %"))
        if not 0 < self.months <= LONGEST:
            raise TermsUnfit(reason=_("it lasts between 1 and 600 months"))
        if not 0 <= self.grace_months < self.months:
            raise TermsUnfit(reason=_("the grace ends before the last instalment"))
        if not 0 < self.unit <= GREATEST:
            raise TermsUnfit(reason=_("the instalment unit is above 0"))
        if self.start.year >= 2150:
            raise TermsUnfit(reason=_("it begins before the year 2150"))


class Schedule(NamedTuple):
    """All instalments, and their sums."""

    instalments: tuple[Instalment, ...]
    total_interest: int
    total_due: int


def schedule(terms: Terms) -> Schedule:
    """Rules 1 to 7. Raises TermsUnfit."""
    terms.check()
    rate = terms.annual_rate
    dates, rates, scale = _periods(
        terms.start, terms.months, terms.day_count, rate.numerator, rate.denominator
    )
    match terms.method:
        case Method.ANNUITY:
            principals, interests = _annuity(terms, rates, scale)
        case Method.FLAT:
            principals, interests = _flat(terms, rates, scale)
        case _:
            principals, interests = _by_principal(terms, rates, scale)
    balances = accumulate(principals, sub, initial=terms.principal)
    next(balances)
    numbers = range(1, terms.months + 1)
    rows = tuple(map(Instalment, numbers, dates, principals, interests, balances))
    paid = sum(interests)
    return Schedule(rows, paid, terms.principal + paid)


@lru_cache(maxsize=4096)
def _periods(
    start: date, months: int, day_count: DayCount, rate: int, per: int
) -> tuple[tuple[date, ...], tuple[int, ...], int]:
    """Due days, and the rate of each period: whole numbers and what they are parts of."""
    dates = due_dates(start, months)
    parts, whole = year_parts(start, dates, day_count)
    return dates, tuple([rate * part for part in parts]), per * whole


def _annuity(terms: Terms, rates: tuple[int, ...], scale: int) -> tuple[list[int], list[int]]:
    """Rule 2."""
    paying = terms.months - terms.grace_months
    equal = _equal_instalment(terms, rates[terms.grace_months :], scale)
    principals, interests = _with_instalment(terms, rates, scale, equal)
    if paying == 1 or terms.unit > 1:
        return principals, interests
    off = _difference(principals, interests)
    if abs(off) <= paying // 2 or not (by := _whole(off, paying, terms.rounding)):
        return principals, interests
    tried = _with_instalment(terms, rates, scale, equal + by)
    if abs(_difference(*tried)) < abs(off):
        return tried
    return principals, interests


def _difference(principals: list[int], interests: list[int]) -> int:
    """By how much the last instalment is above the one before."""
    return principals[-1] + interests[-1] - principals[-2] - interests[-2]


@lru_cache(maxsize=4096)
def _growth(rates: tuple[int, ...], scale: int) -> tuple[int, int]:
    """What 1 grows to over all periods, and what 1 paid in each of them grows to: both as parts of
    the same whole, so that the equal instalment is principal × the first / the second."""
    if rates[0] == rates[-1] and len(set(rates)) == 1:
        rate, n = rates[0], len(rates)
        grown = (scale + rate) ** n
        if not rate:
            return 1, n
        return grown * rate, (grown - scale**n) * scale
    grown, paid, whole = 1, 0, 1
    for rate in rates:
        paid = paid * (scale + rate) + whole * scale
        grown *= scale + rate
        whole *= scale
    return grown, paid


def _equal_instalment(terms: Terms, rates: tuple[int, ...], scale: int) -> int:
    grown, paid = _growth(rates, scale)
    return _whole(terms.principal * grown, paid * terms.unit, terms.rounding) * terms.unit


def _with_instalment(
    terms: Terms, rates: tuple[int, ...], scale: int, equal: int
) -> tuple[list[int], list[int]]:
    """The schedule of an equal instalment: interest first, the rest is principal."""
    interests = [0] * terms.months
    principals = [0] * terms.months
    balance, grace = terms.principal, terms.grace_months
    half = 0 if terms.rounding is Rounding.DOWN else scale
    even = terms.rounding is Rounding.HALF_EVEN
    twice = 2 * scale
    for n, rate in enumerate(rates):
        interest, rest = divmod(2 * balance * rate + half, twice)
        if even and not rest and interest & 1:
            interest -= 1
        interests[n] = interest
        if n >= grace and equal > interest:
            principal = equal - interest
            if principal > balance:
                principal = balance
            principals[n] = principal
            balance -= principal
    principals[-1] += balance
    return principals, interests


def _by_principal(terms: Terms, rates: tuple[int, ...], scale: int) -> tuple[list[int], list[int]]:
    """Rules 3 and 4."""
    principals = _equal_parts(terms, terms.principal)
    if terms.method is Method.BULLET:
        principals = [0] * (terms.months - 1) + [terms.principal]
    balances = accumulate(principals, sub, initial=terms.principal)
    interests = [
        _whole(balance * rate, scale, terms.rounding)
        for balance, rate in zip(balances, rates, strict=False)
    ]
    return principals, interests


def _equal_parts(terms: Terms, won: int) -> list[int]:
    """Equal parts in the months without grace; the last takes the rest."""
    paying = terms.months - terms.grace_months
    part = _whole(won, paying, terms.rounding)
    return _laid_out(terms, part)


def _laid_out(terms: Terms, part: int) -> list[int]:
    """As much principal in each month after the grace, never above the balance, the rest at the end."""
    part = max(part, 0)
    paying = terms.months - terms.grace_months
    full = min(terms.principal // part, paying - 1) if part else paying - 1
    rest = terms.principal - full * part
    parts = [0] * terms.grace_months + [part] * full
    if full < paying - 1:  # paid off before the end
        parts += [rest] + [0] * (paying - full - 1)
        return parts
    return [*parts, rest]


def _flat(terms: Terms, rates: tuple[int, ...], scale: int) -> tuple[list[int], list[int]]:
    """Rule 5."""
    yearly = terms.principal * sum(rates)
    total = _whole(yearly, scale, terms.rounding)
    share = min(
        _whole(yearly, scale * terms.months, terms.rounding), total // (terms.months - 1 or 1)
    )
    interests = [share] * (terms.months - 1)
    interests.append(total - sum(interests))
    paying = terms.months - terms.grace_months
    if terms.unit == 1:
        return _equal_parts(terms, terms.principal), interests
    exact = Fraction(terms.principal, paying) + Fraction(yearly, scale * terms.months)
    equal = _whole(exact.numerator, exact.denominator * terms.unit, terms.rounding) * terms.unit
    return _laid_out(terms, equal - share), interests


def _whole(number: int, by: int, rounding: Rounding) -> int:
    """number / by (above 0), made whole by the named rule."""
    if rounding is Rounding.DOWN:
        return number // by if number >= 0 else -(-number // by)
    found, rest = divmod(2 * abs(number) + by, 2 * by)
    if rounding is Rounding.HALF_EVEN and not rest and found & 1:
        found -= 1
    return found if number >= 0 else -found
