"""A day of many loans at once, within the database: rules.accrual and rules.overdue in SQL, in whole
numbers. Loans are named by a range of ids (after, upto); only rows this room owns are read or written.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from dure.kernel.money import Rounding

from ..queries.provisioning import Provisioning
from ..rules.overdue import YEAR, Class

__all__ = ["FundSum", "carry_forward", "set_aside", "sums_of"]


NEVER = 10**6  # days


class FundSum(NamedTuple):
    """What a range of loans brought in one fund."""

    fund: str
    loans: int
    late_loans: int
    interest_won: int


def carry_forward(
    day: date, after: int, upto: int, table: Provisioning, funds: Sequence[str]
) -> None:
    """Bring the standings of running loans to the end of a day: earned, days late, class, arrears.

    Instalments and loans that were closed after the day count as they were on it, but that a loan
    which is closed by now has earned what it has.
    """
    today = _day_number("%(day)s")
    due, since, counted = (
        _day_number(f"i.{name}") for name in ("due_date", "from_date", "counted_date")
    )
    late_from = f"{_greatest()}({due}, COALESCE({counted}, {due}))"

    def earned(till: str) -> str:
        """Rules 1 and 2 of rules.accrual, of one instalment."""
        interest = _whole(f"i.interest_won * ({till} - {since})", f"({due} - {since})")
        late = _whole(
            f"(i.principal_won - i.paid_principal_won) * s.late_numerator * ({till} - {late_from})",
            f"(s.late_denominator * {YEAR})",
        )
        return f"""CASE WHEN {due} <= {till} THEN i.interest_won WHEN {since} >= {till} THEN 0
      ELSE {interest} END
    + i.late_won + CASE WHEN i.closed_date IS NULL AND i.principal_won > i.paid_principal_won
      AND {late_from} < {till} THEN {late} ELSE 0 END"""

    resting = f"f.oldest + %(rest_days)s < {today}"
    _run(
        f"""
WITH found AS MATERIALIZED (
  SELECT s.loan_id, SUM({earned(today)}) AS earned,
    MIN(CASE WHEN i.closed_date IS NULL AND i.due_date < %(day)s THEN {due} END) AS oldest,
    MIN(CASE WHEN (i.closed_date IS NULL OR i.closed_date > %(day)s) AND i.due_date < %(day)s
      THEN {due} END) AS oldest_then,
    SUM(CASE WHEN i.closed_date IS NULL AND i.due_date < %(day)s
      THEN i.principal_won + i.interest_won + i.late_won
        - i.paid_principal_won - i.paid_interest_won - i.paid_late_won ELSE 0 END) AS arrears
  FROM loans_loanstanding s
  JOIN loans_loaninstalment i ON i.loan_id = s.loan_id AND i.from_date < %(day)s
  WHERE s.loan_id > %(after)s AND s.loan_id <= %(upto)s AND s.as_of_date < %(day)s
    AND (s.closed_date IS NULL OR s.closed_date > %(day)s) AND s.fund IN ({_list(funds)})
  GROUP BY s.loan_id
), rested AS (
  SELECT f.loan_id, SUM({earned("(f.oldest + %(rest_days)s)")}) AS earned
  FROM found f JOIN loans_loanstanding s ON s.loan_id = f.loan_id
  JOIN loans_loaninstalment i ON i.loan_id = f.loan_id AND i.from_date < %(day)s
  WHERE {resting} GROUP BY f.loan_id
), stands AS (
  SELECT f.loan_id, COALESCE(r.earned, f.earned) AS earned, f.arrears,
    COALESCE({today} - f.oldest_then, 0) AS days_late
  FROM found f LEFT JOIN rested r ON r.loan_id = f.loan_id
)
UPDATE loans_loanstanding AS s SET as_of_date = %(day)s,
  day_won = CASE WHEN s.closed_date IS NULL THEN f.earned - s.accrued_won ELSE 0 END,
  accrued_won = CASE WHEN s.closed_date IS NULL THEN f.earned ELSE s.accrued_won END,
  days_late = f.days_late, arrears_won = f.arrears, loan_class = {_class("f.days_late", table)}
FROM stands f WHERE f.loan_id = s.loan_id""",
        day=day, after=after, upto=upto, **_named(funds),
        rest_days=NEVER if table.rest_days is None else table.rest_days,
    )  # fmt: skip


def sums_of(day: date, after: int, upto: int) -> list[FundSum]:
    """What the range brought on a day it was carried to, by fund."""
    rows = _run(
        """
SELECT fund, COUNT(*), SUM(CASE WHEN days_late > 0 THEN 1 ELSE 0 END), SUM(day_won)
FROM loans_loanstanding WHERE loan_id > %(after)s AND loan_id <= %(upto)s
  AND as_of_date = %(day)s AND (closed_date IS NULL OR closed_date > %(day)s)
GROUP BY fund ORDER BY fund""",
        day=day, after=after, upto=upto,
    )  # fmt: skip
    return [FundSum(fund, int(loans), int(late), int(won)) for fund, loans, late, won in rows]


def set_aside(
    day: date, after: int, upto: int, table: Provisioning, funds: Sequence[str]
) -> list[tuple[str, int]]:
    """Keep what each loan of the range asks to be set aside at the end of a day, from its class and
    what was left of it; how much more that is than before, by fund."""
    shares = " ".join(
        f"WHEN '{one}' THEN "
        + _whole(f"f.outstanding * {share.numerator}", str(share.denominator), "f.rounding")
        for one, share in table.shares
    )
    if not shares:
        return []
    given: dict[str, Any] = {"day": day, "after": after, "upto": upto, **_named(funds)}
    _run(
        f"""
WITH f AS (
  SELECT s.loan_id, s.fund, s.rounding, s.provision_won AS before,
    CASE WHEN s.closed_date <= %(day)s THEN 0 ELSE s.days_late END AS days_late,
    CASE WHEN s.closed_date <= %(day)s THEN '{Class.NORMAL}' ELSE s.loan_class END AS loan_class,
    CASE WHEN s.closed_date <= %(day)s THEN 0 ELSE l.committed_won + CAST(COALESCE((
      SELECT SUM(p.principal_won) FROM loans_loanpayment p
      WHERE p.loan_id = s.loan_id AND p.paid_date > %(day)s AND NOT EXISTS (
        SELECT 1 FROM loans_loanpaymentundone u WHERE u.payment_id = p.id)), 0) AS bigint) END AS outstanding
  FROM loans_loanstanding s JOIN loans_loan l ON l.id = s.loan_id
  WHERE s.loan_id > %(after)s AND s.loan_id <= %(upto)s AND s.fund IN ({_list(funds)})
    AND (s.provision_won > 0
      OR s.as_of_date = %(day)s AND (s.closed_date IS NULL OR s.closed_date > %(day)s))
), wanted AS (
  SELECT f.*, CASE f.loan_class {shares} ELSE 0 END AS provision FROM f
)
INSERT INTO loans_loanprovision (standing_id, as_of_date, fund, days_late, loan_class,
  outstanding_won, provision_won, change_won)
SELECT loan_id, %(day)s, fund, days_late, loan_class, outstanding, provision, provision - before
FROM wanted WHERE true ON CONFLICT DO NOTHING""",
        **given,
    )
    _run(
        f"""
UPDATE loans_loanstanding AS s SET provision_won = p.provision_won FROM loans_loanprovision p
WHERE p.standing_id = s.loan_id AND p.as_of_date = %(day)s AND p.change_won <> 0
  AND s.loan_id > %(after)s AND s.loan_id <= %(upto)s AND s.fund IN ({_list(funds)})""",
        **given,
    )
    rows = _run(
        f"""
SELECT fund, SUM(change_won) FROM loans_loanprovision WHERE as_of_date = %(day)s
  AND standing_id > %(after)s AND standing_id <= %(upto)s AND fund IN ({_list(funds)})
GROUP BY fund ORDER BY fund""",
        **given,
    )
    return [(fund, int(won)) for fund, won in rows]


def _run(sql: str, **given: Any) -> list[tuple[Any, ...]]:
    if not _on_postgresql():  # it knows no days, only their texts
        given["day"] = given["day"].isoformat()
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchall() if cursor.description else []


def _on_postgresql() -> bool:
    return connection.vendor == "postgresql"


def _day_number(day: str) -> str:
    """A day as a whole number; one more for each day."""
    if _on_postgresql():
        return f"(CAST({day} AS date) - DATE '1970-01-01')"
    return f"CAST(julianday({day}) - 2440587.5 AS INTEGER)"


def _greatest() -> str:
    return "GREATEST" if _on_postgresql() else "MAX"


def _whole(number: str, by: str, rounding: str = "s.rounding") -> str:
    """number / by, neither below 0, made whole by the rule of the loan: kernel.money.whole in SQL."""
    doubled, twice = f"(2 * {number} + {by})", f"(2 * {by})"
    halves = f"{doubled} %% {twice} = 0 AND {doubled} / {twice} %% 2 = 1"
    return (
        f"CASE {rounding} WHEN '{Rounding.DOWN}' THEN {number} / {by}"
        f" WHEN '{Rounding.HALF_UP}' THEN {doubled} / {twice}"
        f" ELSE {doubled} / {twice} - CASE WHEN {halves} THEN 1 ELSE 0 END END"
    )


def _class(days: str, table: Provisioning) -> str:
    steps = " ".join(f"WHEN {days} >= {since} THEN '{one}'" for since, one in reversed(table.steps))
    return f"CASE {steps} ELSE '{Class.NORMAL}' END" if steps else f"'{Class.NORMAL}'"


def _list(funds: Sequence[str]) -> str:
    return ", ".join(f"%(fund_{n})s" for n in range(len(funds)))


def _named(funds: Sequence[str]) -> dict[str, str]:
    return {f"fund_{n}": fund for n, fund in enumerate(funds)}
