"""Schedules of 36 instalments beside numpy-financial and a naive Decimal loop, in the same run.

.venv/bin/python benchmarks/schedules.py [--times 10000]

Each loan has its own amount; half of the runs also give each its own day and rate, so that nothing is
found in memory. The Decimal loop is what one writes first: the same arithmetic, rounded to the won.
numpy-financial (in .venv-bench) computes in floats and rounds nothing; it is there for the scale.
Seconds are those of the processor, so that whoever else is busy on the machine does not count.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dure.domains.loans.rules.days import DayCount, due_dates
from dure.domains.loans.rules.schedules import Method, Terms, schedule

MONTHS = 36
START = date(2026, 1, 15)


def wishes(times: int, method: Method, day_count: DayCount, *, alike: bool) -> list[Terms]:
    return [
        Terms(
            1_000_000 + 977 * n,
            Fraction(3, 100) if alike else Fraction(30_000 + n, 1_000_000),
            MONTHS,
            method,
            day_count,
            START if alike else date(2000 + n // 336 % 99, 1 + n // 28 % 12, 1 + n % 28),
        )
        for n in range(times)
    ]


def naive(terms: Terms) -> list[tuple[date, Decimal, Decimal, Decimal]]:
    """An annuity by 30/360, as one writes it first."""
    rate = Decimal(terms.annual_rate.numerator) / terms.annual_rate.denominator / 12
    one = Decimal(1)
    equal = terms.principal * rate / (1 - (1 + rate) ** -terms.months)
    equal = equal.quantize(one, ROUND_HALF_EVEN)
    balance, rows = Decimal(terms.principal), []
    for n, day in enumerate(due_dates(terms.start, terms.months), 1):
        interest = (balance * rate).quantize(one, ROUND_HALF_EVEN)
        principal = balance if n == terms.months else equal - interest
        balance -= principal
        rows.append((day, principal, interest, balance))
    return rows


def per_second(work: Callable[[Terms], object], asked: list[Terms]) -> int:
    work(asked[0])
    began = time.process_time()
    for one in asked:
        work(one)
    return round(len(asked) / (time.process_time() - began))


def main() -> None:
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    asked.add_argument("--times", type=int, default=10_000)
    times = asked.parse_args().times
    floor = per_second(naive, wishes(times // 5, Method.ANNUITY, DayCount.THIRTY_360, alike=True))
    print(f"{'naive Decimal loop, annuity 30/360':<48}{floor:>8,}/s")
    try:
        import numpy
        import numpy_financial

        periods = numpy.arange(1, MONTHS + 1)

        def floats(terms: Terms) -> object:
            rate = float(terms.annual_rate) / 12
            return (
                numpy_financial.ipmt(rate, periods, MONTHS, -terms.principal),
                numpy_financial.ppmt(rate, periods, MONTHS, -terms.principal),
            )

        few = wishes(times // 5, Method.ANNUITY, DayCount.THIRTY_360, alike=True)
        found = per_second(floats, few)
        print(f"{'numpy-financial, floats, no days':<48}{found:>8,}/s  {found / floor:5.1f}x")
    except ImportError:
        print("numpy-financial is not installed here")
    for method in Method:
        for day_count in DayCount:
            for alike in (True, False):
                found = per_second(schedule, wishes(times, method, day_count, alike=alike))
                what = f"{method} {day_count}, {'alike' if alike else 'each its own day and rate'}"
                print(f"{what:<48}{found:>8,}/s  {found / floor:5.1f}x")


if __name__ == "__main__":
    main()
