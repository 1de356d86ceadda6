"""The book check: a list of validations, each of which says in words what is wrong.

Every validation reads whole tables set by set, so a million lines take seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.kernel import seals, triggers
from dure.kernel.money import format_won
from dure.kernel.progress import Progress, silent
from dure.kernel.refusals import type_text

from .. import rules
from ..models import Books, PeriodStatement
from .chart import Chart, chart
from .statements import MonthlyMovements, period_statements

FINDINGS_MAX = 20  # of one kind: the rest would say the same


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: which validation found it, where, and what, in words."""

    check: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


Check = Callable[[Chart], Iterator[Finding]]


def _rows(sql: str, params: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} LIMIT {FINDINGS_MAX}", params)
        return list(cursor.fetchall())


def _entry(number: int | None) -> str:
    return _now("entry no. %(number)s") % {"number": number}


def _place(books: Chart, account_id: int, fund_id: int) -> str:
    account, fund = books.accounts_by_id.get(account_id), books.funds_by_id.get(fund_id)
    return (
        f"{account.code if account else account_id} {account.name if account else '?'}"
        f" · {fund.name if fund else fund_id}"
    )


def _differs(kept: Any, summed: Any) -> str:
    return _now("kept is %(kept)s, the lines give %(summed)s") % {
        "kept": format_won(int(kept or 0)),
        "summed": format_won(int(summed or 0)),
    }


def entries_balance(books: Chart) -> Iterator[Finding]:
    """The lines of every posted entry sum to zero within each fund."""
    for number, fund_id, rest in _rows(
        """SELECT e.number, s.fund_id, s.won FROM (
             SELECT entry_id, fund_id, SUM(amount_won) AS won FROM ledger_line
             GROUP BY entry_id, fund_id HAVING SUM(amount_won) <> 0
           ) s JOIN ledger_entry e ON e.id = s.entry_id WHERE e.posted_at IS NOT NULL
           ORDER BY e.number"""
    ):
        fund = books.funds_by_id.get(fund_id)
        yield Finding(
            "entries_balance",
            _entry(number),
            _now("in the fund %(fund)s debits and credits differ by %(won)s")
            % {"fund": fund.name if fund else fund_id, "won": format_won(abs(int(rest)))},
        )


def funds_paired(books: Chart) -> Iterator[Finding]:
    """What funds owe each other is paired, in every entry and altogether."""
    due = [books.accounts[code].id for code in sorted(books.due)]
    if not due:
        return
    marks = ", ".join(["%s"] * len(due))
    for number, rest in _rows(
        f"""SELECT e.number, SUM(l.amount_won) FROM ledger_line l
            JOIN ledger_entry e ON e.id = l.entry_id
            WHERE l.account_id IN ({marks}) AND e.posted_at IS NOT NULL
            GROUP BY e.number HAVING SUM(l.amount_won) <> 0 ORDER BY e.number""",
        tuple(due),
    ):
        yield Finding(
            "funds_paired",
            _entry(number),
            _now("inter-fund lines differ by %(won)s") % {"won": format_won(abs(int(rest)))},
        )
    total = _rows(
        f"SELECT SUM(balance_won) FROM ledger_balance WHERE account_id IN ({marks})", tuple(due)
    )[0][0]
    if total:
        yield Finding(
            "funds_paired",
            _now("all funds"),
            _now("what funds are owed and owe differs by %(won)s")
            % {"won": format_won(abs(int(total)))},
        )


def days_equal_lines(books: Chart) -> Iterator[Finding]:
    """The kept sums and counts of each day are those of the posted lines."""
    for account_id, fund_id, day, debits, credits, lines in _rows(
        """SELECT account_id, fund_id, booked_date, SUM(debit_won), SUM(credit_won), SUM(line_count)
           FROM (
             SELECT account_id, fund_id, booked_date, debit_won, credit_won, line_count
             FROM ledger_daybalance
             UNION ALL
             SELECT l.account_id, l.fund_id, e.booked_date,
               -SUM(CASE WHEN l.amount_won > 0 THEN l.amount_won ELSE 0 END),
               SUM(CASE WHEN l.amount_won < 0 THEN l.amount_won ELSE 0 END), -COUNT(*)
             FROM ledger_line l JOIN ledger_entry e ON e.id = l.entry_id
             WHERE e.posted_at IS NOT NULL GROUP BY l.account_id, l.fund_id, e.booked_date
           ) both_sides GROUP BY account_id, fund_id, booked_date
           HAVING SUM(debit_won) <> 0 OR SUM(credit_won) <> 0 OR SUM(line_count) <> 0
           ORDER BY booked_date, account_id, fund_id"""
    ):
        what = _now(
            "kept debits differ by %(debits)s and credits by %(credits)s from the lines"
        ) % {
            "debits": format_won(int(debits)),
            "credits": format_won(int(credits)),
        }
        if not debits and not credits:
            what = _now("the kept count of lines differs by %(count)d") % {"count": int(lines)}
        yield Finding("days_equal_lines", f"{_place(books, account_id, fund_id)} · {day}", what)


def balances_equal_days(books: Chart) -> Iterator[Finding]:
    """The kept balance of each account and fund is the sum of its days, hence of its lines."""
    for account_id, fund_id, kept, summed in _rows(
        """SELECT account_id, fund_id, SUM(kept), SUM(summed) FROM (
             SELECT account_id, fund_id, balance_won AS kept, 0 AS summed FROM ledger_balance
             UNION ALL
             SELECT account_id, fund_id, 0, SUM(debit_won - credit_won) FROM ledger_daybalance
             GROUP BY account_id, fund_id
           ) both_sides GROUP BY account_id, fund_id HAVING SUM(kept) <> SUM(summed)
           ORDER BY account_id, fund_id"""
    ):
        yield Finding(
            "balances_equal_days", _place(books, account_id, fund_id), _differs(kept, summed)
        )


def parties_equal_lines(books: Chart) -> Iterator[Finding]:
    """The kept balance of each party is the sum of its lines."""
    for party_id, account_id, fund_id, kept, summed in _rows(
        """SELECT party_id, account_id, fund_id, SUM(kept), SUM(summed) FROM (
             SELECT party_id, account_id, fund_id, balance_won AS kept, 0 AS summed
             FROM ledger_partybalance
             UNION ALL
             SELECT l.party_id, l.account_id, l.fund_id, 0, SUM(l.amount_won)
             FROM ledger_line l JOIN ledger_entry e ON e.id = l.entry_id
             WHERE l.party_id IS NOT NULL AND e.posted_at IS NOT NULL
             GROUP BY l.party_id, l.account_id, l.fund_id
           ) both_sides GROUP BY party_id, account_id, fund_id HAVING SUM(kept) <> SUM(summed)
           ORDER BY party_id, account_id, fund_id"""
    ):
        yield Finding(
            "parties_equal_lines",
            _now("%(place)s · party no. %(party)d")
            % {"place": _place(books, account_id, fund_id), "party": party_id},
            _differs(kept, summed),
        )


def control_equals_parties(books: Chart) -> Iterator[Finding]:
    """Each control account equals the sum of its sub-ledger."""
    control = [account.id for account in books.accounts.values() if account.is_control]
    if not control:
        return
    marks = ", ".join(["%s"] * len(control))
    for account_id, fund_id, kept, summed in _rows(
        f"""SELECT account_id, fund_id, SUM(kept), SUM(summed) FROM (
             SELECT account_id, fund_id, balance_won AS kept, 0 AS summed FROM ledger_balance
             UNION ALL
             SELECT account_id, fund_id, 0, SUM(balance_won) FROM ledger_partybalance
             GROUP BY account_id, fund_id
           ) both_sides WHERE account_id IN ({marks})
           GROUP BY account_id, fund_id HAVING SUM(kept) <> SUM(summed)
           ORDER BY account_id, fund_id""",
        tuple(control),
    ):
        yield Finding(
            "control_equals_parties",
            _place(books, account_id, fund_id),
            _now("the account holds %(kept)s, its parties together %(summed)s")
            % {"kept": format_won(int(kept)), "summed": format_won(int(summed))},
        )


def no_orphans(books: Chart) -> Iterator[Finding]:
    """Every line has its entry, account and fund; every posted entry has lines; control lines a party."""
    for line_id, entry_id in _rows(
        """SELECT l.id, l.entry_id FROM ledger_line l
           LEFT JOIN ledger_entry e ON e.id = l.entry_id
           LEFT JOIN ledger_account a ON a.id = l.account_id
           LEFT JOIN ledger_fund f ON f.id = l.fund_id
           WHERE e.id IS NULL OR a.id IS NULL OR f.id IS NULL
             OR (a.is_control AND l.party_id IS NULL AND e.posted_at IS NOT NULL)
           ORDER BY l.id"""
    ):
        yield Finding(
            "no_orphans",
            _now("line %(line)d of entry id %(entry)d") % {"line": line_id, "entry": entry_id},
            _now("its entry, account, fund or party is missing"),
        )
    for (number,) in _rows(
        """SELECT e.number FROM ledger_entry e WHERE e.posted_at IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM ledger_line l WHERE l.entry_id = e.id)
           ORDER BY e.number"""
    ):
        yield Finding("no_orphans", _entry(number), _now("it has no lines"))


def entries_have_causes(books: Chart) -> Iterator[Finding]:
    """Every posted entry leads back to a deed: who caused it, when, by which door."""
    for (number,) in _rows(
        """SELECT e.number FROM ledger_entry e WHERE e.posted_at IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM kernel_deed d WHERE d.key = e.key) ORDER BY e.number"""
    ):
        yield Finding("entries_have_causes", _entry(number), _now("no deed tells what caused it"))


def numbers_without_gap(books: Chart) -> Iterator[Finding]:
    """Posted entries are numbered 1, 2, 3, … without gap."""
    count, last = _rows("SELECT COUNT(number), COALESCE(MAX(number), 0) FROM ledger_entry")[0]
    if count == last:
        return
    for (number,) in _rows(
        """SELECT e.number FROM ledger_entry e WHERE e.number > 1
           AND NOT EXISTS (SELECT 1 FROM ledger_entry b WHERE b.number = e.number - 1)
           ORDER BY e.number"""
    ):
        yield Finding(
            "numbers_without_gap", _entry(number), _now("the number before it is missing")
        )
    if not _rows("SELECT 1 FROM ledger_entry WHERE number = 1"):
        yield Finding("numbers_without_gap", _entry(1), _now("it is missing"))


def dates_in_periods(books: Chart) -> Iterator[Finding]:
    """Every posted entry is dated in its month, and the months follow each other."""
    for number, day in _rows(
        """SELECT e.number, e.booked_date FROM ledger_entry e
           LEFT JOIN ledger_period p ON p.id = e.period_id
             AND p.first_date <= e.booked_date AND e.booked_date < p.end_date
           WHERE e.posted_at IS NOT NULL AND p.id IS NULL ORDER BY e.number"""
    ):
        yield Finding(
            "dates_in_periods",
            _entry(number),
            _now("its day %(day)s is not in its month") % {"day": day},
        )
    for (month,) in _rows(
        """SELECT p.id FROM ledger_period p WHERE p.first_date > (SELECT MIN(first_date)
             FROM ledger_period) AND NOT EXISTS (SELECT 1 FROM ledger_period b
             WHERE b.end_date = p.first_date) ORDER BY p.id"""
    ):
        yield Finding(
            "dates_in_periods", rules.month_text(month), _now("the month before it is missing")
        )


def reversals_mirror(books: Chart) -> Iterator[Finding]:
    """Every reversal is the mirror image of the entry it reverses."""
    for (number,) in _rows(
        """SELECT r.number FROM (
             SELECT r.id AS pair, l.account_id, l.fund_id, l.party_id, l.amount_won
             FROM ledger_entry r JOIN ledger_line l ON l.entry_id = r.id
             WHERE r.reverses_id IS NOT NULL AND r.posted_at IS NOT NULL
             UNION ALL
             SELECT r.id, l.account_id, l.fund_id, l.party_id, l.amount_won
             FROM ledger_entry r JOIN ledger_line l ON l.entry_id = r.reverses_id
             WHERE r.reverses_id IS NOT NULL AND r.posted_at IS NOT NULL
           ) both_sides JOIN ledger_entry r ON r.id = pair
           GROUP BY r.number, account_id, fund_id, party_id HAVING SUM(amount_won) <> 0
           ORDER BY r.number"""
    ):
        yield Finding(
            "reversals_mirror", _entry(number), _now("it does not mirror what it reverses")
        )


def statements_unchanged(books: Chart) -> Iterator[Finding]:
    """The statements of closed months come out of the books byte for byte as they were kept."""
    found = 0
    monthly: MonthlyMovements | None = None
    latest: dict[int, dict[tuple[str, int | None], PeriodStatement]] = {}
    kept = PeriodStatement.objects.filter(period__state__in=(rules.CLOSED, rules.LOCKED))
    for row in kept.order_by("period_id", "revision", "id"):
        month = latest.setdefault(row.period_id, {})
        if month and next(iter(month.values())).revision != row.revision:
            month.clear()
        month[row.kind, row.fund_id] = row
    for month_number, rows in latest.items():
        monthly = monthly or MonthlyMovements.read(books)
        made = {(m.kind, m.fund_id): m for m in period_statements(month_number, books, monthly)}
        for place, row in rows.items():
            held: object = row.content  # SQLite would hold a text as well
            content = held.encode() if isinstance(held, str) else bytes(row.content)
            again = made.get(place)
            fund = books.funds_by_id.get(row.fund_id) if row.fund_id else None
            where = (
                f"{rules.month_text(month_number)} · {row.get_kind_display()}"
                f" · {fund.name if fund else _now('all funds')}"
            )
            what = ""
            if rules.digest(content) != row.sha256:
                what = _now("the kept statement itself was altered")
            elif again is None or again.content != content:
                what = _now("the books no longer give the kept statement")
            if what:
                found += 1
                yield Finding("statements_unchanged", where, what)
            if found >= FINDINGS_MAX:
                return


def months_have_statements(books: Chart) -> Iterator[Finding]:
    """Every closed month has its kept statements."""
    for (month,) in _rows(
        """SELECT p.id FROM ledger_period p WHERE p.state <> 'open' AND NOT EXISTS
             (SELECT 1 FROM ledger_periodstatement s WHERE s.period_id = p.id) ORDER BY p.id"""
    ):
        yield Finding(
            "months_have_statements",
            rules.month_text(month),
            _now("it is closed without statements"),
        )


def guards_stand(books: Chart) -> Iterator[Finding]:
    """The triggers that guard the books stand in the database as declared."""
    for text in triggers.differences(connection)[:FINDINGS_MAX]:
        yield Finding(
            "guards_stand",
            _now("guard of the database %(name)s") % {"name": text.split()[0]},
            _now("it is missing or not as declared; make it anew with “dure manage migrate”"),
        )


def seals_hold(books: Chart) -> Iterator[Finding]:
    """What was sealed is unaltered."""
    for flaw in seals.verify().flaws[:FINDINGS_MAX]:
        yield Finding("seals_hold", flaw.where, flaw.what)


CHECKS: tuple[tuple[Check, type_text], ...] = (
    (entries_balance, _("every entry balances within each fund")),
    (funds_paired, _("what funds owe each other is paired")),
    (days_equal_lines, _("kept sums of days equal the lines")),
    (balances_equal_days, _("kept balances equal the days")),
    (parties_equal_lines, _("kept balances of parties equal the lines")),
    (control_equals_parties, _("sub-ledgers equal their control accounts")),
    (no_orphans, _("nothing hangs in the air")),
    (entries_have_causes, _("every entry has its cause")),
    (numbers_without_gap, _("numbers without gap")),
    (dates_in_periods, _("days lie in their months")),
    (reversals_mirror, _("reversals mirror what they reverse")),
    (months_have_statements, _("closed months have their statements")),
    (statements_unchanged, _("statements of closed months are unchanged")),
    (guards_stand, _("the guards of the database stand")),
    (seals_hold, _("seals hold")),
)


def check_books(progress: Progress = silent) -> list[Finding]:
    """Run every validation; empty when the books are sound. Reads everything, writes nothing."""
    if not Books.objects.exists():
        return []
    books = chart()
    found: list[Finding] = []
    for done, (check, name) in enumerate(CHECKS):
        progress(done, len(CHECKS), str(name))
        found += check(books)
    progress(len(CHECKS), len(CHECKS), "")
    return found
