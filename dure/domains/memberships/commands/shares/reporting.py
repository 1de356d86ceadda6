"""The yearly report of changes in share capital was sent."""

from __future__ import annotations

from datetime import date
from itertools import count

from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import keep
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.dates import period_end
from dure.kernel.deeds import command, record
from dure.kernel.refusals import Refusal

from ... import policies
from ...events import ShareReportFiled
from ...models import ShareReport
from ...queries import shares as held
from ..admission import DateInFuture
from ..decisions import DecisionUnnamed

__all__ = ["ReportTooEarly", "ReportTwice", "file_share_report"]


class ReportTooEarly(Refusal):
    """A year is reported when it is over."""

    text = _("The fiscal year ends on %(until)s; it can be reported after that.")


class ReportTwice(Refusal):
    """The year was reported before."""

    text = _("This year was reported on %(date)s already (%(reference)s).")


@command
def file_share_report(
    act: Act, *, year_date: date, reference: str, filed_date: date | None = None
) -> ShareReport:
    """Note that the report of a fiscal year was sent: when, under which reference.

    A report that comes late is noted all the same; the finding says so. Raises ReportTooEarly,
    ReportTwice, DecisionUnnamed, DateInFuture.
    """
    policies.can_file_share_report(act).enforce()
    held_then = held.share_report(act, year_date)
    day = filed_date or act.today
    reference = clean_text(reference, 200, _("Reference"))
    if not reference:
        raise DecisionUnnamed
    if day > act.today:
        raise DateInFuture(date=day.isoformat())
    if day < held_then.until_date:
        raise ReportTooEarly(until=held_then.until_date.isoformat())
    if held_then.filed_date is not None:
        raise ReportTwice(date=held_then.filed_date.isoformat(), reference=held_then.reference)
    book = bylaws.rules_on(held_then.until_date)
    months = next(n for n in count() if day < period_end(held_then.until_date, n))
    findings = book.check_all(("registration.capital_months", months))
    # ---
    made = ShareReport.objects.create(
        year_date=held_then.year_date,
        filed_date=day,
        reference=reference,
        unit_won=held_then.unit_won_after,
        shares=held_then.closing_shares,
        won=held_then.closing_won,
        findings=keep(findings),
    )
    record(
        act,
        ShareReportFiled(made.year_date, day, reference, made.unit_won, made.shares, made.won),
    )
    return made
