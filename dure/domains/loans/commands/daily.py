"""A day over all loans: what each has earned, how late it is, and at the end of a month what is set aside.

A day is run in parts, each a command of its own that takes so many loans as keep nobody waiting;
where it stopped is written with each part, so that it may be stopped anywhere and goes on from there.
What a day brought in a fund is entered once, when the last part is done. Days follow each other, so
that a week nobody ran is the same as if somebody had.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby
from uuid import uuid5

from django.db.models import F
from django.utils.translation import gettext_lazy as _, gettext_noop

from dure.domains.ledger import commands as ledger, queries as books
from dure.domains.ledger.rules import EntryDraft, Source
from dure.domains.memberships.queries.books import bookable, entry_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.progress import Progress, silent
from dure.kernel.refusals import InvalidInput, Refusal

from .. import policies, queries
from ..events import LoanDayCarried, LoanDayRun
from ..models import LoanDay, LoanDayFund, LoanProduct, LoanStanding
from ..queries.provisioning import Provisioning, provisioning_on
from ..rules import booking
from . import daily_sql

__all__ = ["LoanDayNotNext", "NoLoanDayWaits", "run_loan_day"]

LOANS_AT_ONCE = 2_000  # a payment of one of them waits for as long as these take
EVERY_LOAN = 2**62
_EARNED_TEXT = gettext_noop("Interest of small loans, %(day)s")
_SET_ASIDE_TEXT = gettext_noop("Loan loss allowance, end of %(month)s")


class LoanDayNotNext(InvalidInput):
    """Days are run in their order, and not ahead."""

    text = _("%(day)s cannot be run now.")
    remedy = _("Days are run one after the other, up to today.")


class NoLoanDayWaits(Refusal):
    """Every day up to the one asked for is run, or nothing was lent yet."""

    text = _("No day of loans waits to be run up to %(day)s.")


@command
def run_loan_day(act: Act, *, day_date: date, loans: int = LOANS_AT_ONCE) -> LoanDay:
    """Run a day, or the next part of it: so many loans. With the last of them the day is finished and
    entered: per fund Dr interest receivable, Cr interest income; at the end of a month the change of
    the allowance. Raises NoLoanDayWaits, LoanDayNotNext, and the refusals of the ledger.
    """
    policies.can_run_loan_day(act).enforce()
    if day_date > act.today:
        raise LoanDayNotNext(day=day_date.isoformat())
    wanted = queries.loan_day_to_run(day_date)
    if wanted is None:
        raise NoLoanDayWaits(day=day_date.isoformat())
    if wanted != day_date:
        raise LoanDayNotNext(day=day_date.isoformat())
    # ---
    LoanDay.objects.get_or_create(day_date=day_date)
    day = LoanDay.objects.select_for_update().get(day_date=day_date)
    if day.finished_at is not None:  # by another, who held it before
        raise NoLoanDayWaits(day=day_date.isoformat())
    upto = _carry(day, loans)
    if upto < EVERY_LOAN:
        day.save()
        record(act, LoanDayCarried(day_date, day.loans, upto))
        return day
    _enter(act, day)
    day.finished_at = act.at
    day.save()
    sums = list(day.funds.all())
    record(
        act,
        LoanDayRun(
            day_date, day.loans, day.late_loans, sum(one.interest_won for one in sums),
            sum(one.provision_won for one in sums),
        ),
    )  # fmt: skip
    return day


def run_until(
    act: Act,
    day_date: date,
    *,
    progress: Progress = silent,
    loans: int = LOANS_AT_ONCE,
    stops: Callable[[], bool] = lambda: False,
) -> list[date]:
    """Run every day that waits up to one, part by part, each under a key of its own; those finished."""
    done: list[date] = []
    running = queries.loans_running()
    while not stops():
        wanted = queries.loan_day_to_run(day_date)
        if wanted is None:
            break
        upto, ran = queries.loan_day_reached(wanted)
        key = uuid5(act.key, f"{wanted.isoformat()}:{upto}:{ran}")
        day = run_loan_day(replace(act, key=key), day_date=wanted, loans=loans)
        progress(day.loans, max(running, day.loans), wanted.isoformat())
        if day.finished_at is not None:
            done.append(wanted)
    return done


def _carry(day: LoanDay, loans: int) -> int:
    """Bring the next so many loans to the end of the day; up to which id, EVERY_LOAN when it was the
    last of them. Their standings are held first: a payment waits, or is seen."""
    after = day.upto
    waiting = LoanStanding.objects.filter(
        loan_id__gt=after, closed_date=None, as_of_date__lt=day.day_date
    )
    held = waiting.select_for_update().order_by("loan_id").values_list("loan_id", flat=True)
    ids = list(held[:loans])
    upto = ids[-1] if len(ids) == loans else EVERY_LOAN
    ends_month = (day.day_date + timedelta(days=1)).day == 1
    for table, funds in _tables(day.day_date):
        daily_sql.carry_forward(day.day_date, after, upto, table, funds)
        if ends_month:
            for fund, won in daily_sql.set_aside(day.day_date, after, upto, table, funds):
                _add(day, fund, provision_won=won)
    for one in daily_sql.sums_of(day.day_date, after, upto):
        _add(day, one.fund, interest_won=one.interest_won)
        day.loans += one.loans
        day.late_loans += one.late_loans
    day.upto = upto
    return upto


def _tables(day: date) -> Iterator[tuple[Provisioning, list[str]]]:
    """The funds that lend, by the table in force for them."""
    lending = LoanProduct.objects.order_by("fund").values_list("fund", flat=True).distinct()
    of = {fund: provisioning_on(day, fund) for fund in lending}
    for table, funds in groupby(sorted(of, key=lambda fund: repr(of[fund])), of.__getitem__):
        yield table, list(funds)


def _add(day: LoanDay, fund: str, *, interest_won: int = 0, provision_won: int = 0) -> None:
    LoanDayFund.objects.get_or_create(day=day, fund=fund)
    LoanDayFund.objects.filter(day=day, fund=fund).update(
        interest_won=F("interest_won") + interest_won,
        provision_won=F("provision_won") + provision_won,
    )


def _enter(act: Act, day: LoanDay) -> None:
    """One entry for each fund in which the day brought anything; where its month is closed, today."""
    chart = queries.chart()
    booked = bookable(day.day_date, act.today)
    sums = [one for one in day.funds.all() if one.interest_won or one.provision_won]
    if not sums:
        return
    text = entry_text(_EARNED_TEXT, day=day.day_date.isoformat())
    posted = ledger.post_entries(
        act,
        text=text,
        batch=tuple(
            EntryDraft(
                booked,
                (
                    *booking.earning(chart, one.fund, one.interest_won),
                    *booking.setting_aside(chart, one.fund, one.provision_won),
                ),
                text if one.interest_won else _set_aside_text(day.day_date),
                Source("loans.LoanDay", day.pk),
            )
            for one in sums
        ),
    )
    entries = books.entry_ids(posted.first_number, posted.last_number)
    for one, entry_id in zip(sums, entries, strict=True):
        one.entry_id = entry_id
        one.save(update_fields=["entry"])


def _set_aside_text(day: date) -> str:
    return entry_text(_SET_ASIDE_TEXT, month=day.isoformat()[:7])
