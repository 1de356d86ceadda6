"""The yearly report of changes in share capital, as the offices ask for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, Sum

from dure.domains.bylaws import queries as bylaws
from dure.kernel.acts import Act
from dure.kernel.dates import period_end

from ... import policies
from ...models import ShareMovement, ShareReport
from ...rules.dues import fiscal_year_end
from ...rules.shares import fiscal_year_of
from .holding import capital, start_month, unit_won


@dataclass(frozen=True, slots=True)
class ReportDay:
    """A day on which the capital changed, and how it stood after it."""

    date: date
    in_shares: int
    in_won: int
    out_shares: int
    out_won: int
    shares: int
    won: int


@dataclass(frozen=True, slots=True)
class ShareReportCard:
    """출자 1좌의 금액, 출자 총좌수, 납입 출자금 총액: before, day by day, after; and its deadline."""

    year_date: date
    until_date: date  # exclusive
    unit_won: int
    unit_won_after: int
    opening_shares: int
    opening_won: int
    days: tuple[ReportDay, ...]
    closing_shares: int
    closing_won: int
    due_date: date  # the last day
    article: str
    filed_date: date | None
    reference: str

    @property
    def changed(self) -> bool:
        return bool(self.days) or self.unit_won != self.unit_won_after


def share_report(act: Act, year_date: date) -> ShareReportCard:
    """The report of the fiscal year that contains a day."""
    policies.can_see_shares(act).enforce()
    return _report(year_date)


def report_due(act: Act) -> ShareReportCard | None:
    """The report of the last fiscal year, while it is not filed and something changed."""
    policies.can_see_shares(act).enforce()
    this_year = fiscal_year_of(act.today, start_month())
    last = this_year - timedelta(days=1)
    if "registration.capital_months" not in bylaws.rules_on(last):
        return None
    found = _report(last)
    return found if found.changed and found.filed_date is None else None


def _report(day: date) -> ShareReportCard:
    starts = start_month()
    first, until = fiscal_year_of(day, starts), fiscal_year_end(day, starts)
    opening = capital(first - timedelta(days=1))
    shares, won = opening.shares, opening.won
    rows = (
        ShareMovement.objects.filter(moved_date__gte=first, moved_date__lt=until)
        .exclude(kind__in=(ShareMovement.Kind.TRANSFER, ShareMovement.Kind.SUCCESSION))
        .values_list("moved_date")
        .annotate(
            in_shares=Sum("shares", filter=Q(amount_won__gt=0), default=0),
            in_won=Sum("amount_won", filter=Q(amount_won__gt=0), default=0),
            out_shares=Sum("shares", filter=Q(amount_won__lt=0), default=0),
            out_won=Sum("amount_won", filter=Q(amount_won__lt=0), default=0),
        )
        .order_by("moved_date")
    )
    days = []
    for moved, in_shares, in_won, out_shares, out_won in rows:
        shares, won = shares + in_shares + out_shares, won + in_won + out_won
        days.append(ReportDay(moved, in_shares, in_won, -out_shares, -out_won, shares, won))
    last = until - timedelta(days=1)
    book = bylaws.rules_on(last)
    months = (
        book.number("registration.capital_months") if "registration.capital_months" in book else 0
    )
    filed = ShareReport.objects.filter(year_date=first).first()
    return ShareReportCard(
        first,
        until,
        unit_won(bylaws.rules_on(first - timedelta(days=1))) or unit_won(bylaws.rules_on(first)),
        unit_won(book),
        opening.shares,
        opening.won,
        tuple(days),
        shares,
        won,
        period_end(until, months) - timedelta(days=1),
        str(book.provision("registration.capital_months").citation) if months else "–",
        filed.filed_date if filed else None,
        filed.reference if filed else "",
    )


def year_of(year: int | None, today: date) -> date:
    """A day in the fiscal year that begins in a year; without one, in the year that ended last."""
    this_year = fiscal_year_of(today, start_month())
    return date(year, start_month(), 1) if year else this_year - timedelta(days=1)
