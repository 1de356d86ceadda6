"""Months of the books: closed with their statements, opened again with a reason, locked for good."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dure.kernel import seals
from dure.kernel.acts import Act
from dure.kernel.dates import Month, parse_month
from dure.kernel.deeds import command, record
from dure.kernel.personal import Personal
from dure.kernel.refusals import Refusal

from .. import policies, rules
from ..events import PeriodClosed, PeriodLocked, PeriodReopened
from ..models import Entry, Period, PeriodStatement
from ..queries import statements
from . import checking
from .posting import ReasonMissing


class PeriodNotClosed(Refusal):
    """The month is not closed."""

    text = _("The books of %(month)s are not closed.")


class EarlierPeriodOpen(Refusal):
    """Months are closed and locked one after another."""

    text = _("The books of %(earlier)s are still open.")
    remedy = _("Close the earlier months first.")


class LaterPeriodClosed(Refusal):
    """A month is opened again only while all later ones are open."""

    text = _("The books of %(later)s, which follow, are closed.")
    remedy = _("Open the later months again first.")


class PeriodIsLocked(Refusal):
    """A locked month never opens again."""

    text = _("The books of %(month)s are locked for good.")
    remedy = _("Correct it by a reversal dated in an open month.")


class MonthNotOver(Refusal):
    """A month is closed after its last day."""

    text = _("%(month)s is not over yet.")


class DraftsWaiting(Refusal):
    """Drafts dated in the month wait for a second person."""

    text = _("%(count)d drafts dated in %(month)s wait to be approved or withdrawn.")


def _all_months() -> dict[int, Period]:
    """By number, locked until this is done."""
    return {p.id: p for p in Period.objects.select_for_update().order_by("id")}


def _closed_month(wanted: Month) -> tuple[Period, dict[int, str]]:
    """Lock the books: a month that is closed, and the states of all. Raises PeriodNotClosed,
    PeriodIsLocked.
    """
    checking.lock_books()
    periods = _all_months()
    period = periods.get(rules.month_number(wanted.first_date))
    if period is None or period.state == Period.State.OPEN:
        raise PeriodNotClosed(month=str(wanted))
    if period.state == Period.State.LOCKED:
        raise PeriodIsLocked(month=str(wanted))
    return period, {p.id: p.state for p in periods.values()}


@command
def close_period(act: Act, *, month: str) -> Period:
    """Close a month: nothing is posted into it any more; its statements are kept byte for byte.

    `month` as 2026-11. Raises EarlierPeriodOpen, PeriodNotOpen, MonthNotOver, DraftsWaiting.
    """
    wanted = parse_month(month)
    number = rules.month_number(wanted.first_date)
    policies.can_close_period(act).enforce()
    checking.stand(act, wanted.last_date)
    if act.today <= wanted.last_date:
        raise MonthNotOver(month=str(wanted))
    periods = _all_months()
    states = {p.id: p.state for p in periods.values()}
    if (earlier := rules.hinders_close(states, number)) is not None:
        raise EarlierPeriodOpen(earlier=rules.month_text(earlier))
    drafts = Entry.objects.filter(number=None, withdrawn_at=None, period_id=number).count()
    if drafts:
        raise DraftsWaiting(count=drafts, month=str(wanted))
    # ---
    period = periods[number]
    period.state = Period.State.CLOSED
    period.save(update_fields=["state"])
    last = period.statements.order_by("-revision").values_list("revision", flat=True).first()
    revision = (last or 0) + 1
    kept = [
        PeriodStatement(
            period=period,
            kind=made.kind,
            fund_id=made.fund_id,
            revision=revision,
            content=made.content,
            sha256=made.sha256,
            made_at=act.at,
        )
        for made in statements.period_statements(number)
    ]
    PeriodStatement.objects.bulk_create(kept)
    entries = Entry.objects.filter(period_id=number, posted_at__isnull=False).count()
    seals.seal_books(act)
    record(act, PeriodClosed(str(wanted), revision, entries, tuple(row.sha256 for row in kept)))
    return period


@command
def reopen_period(act: Act, *, month: str, reason: str) -> Period:
    """Open a closed month again, for a reason. Raises PeriodNotClosed, PeriodIsLocked,
    LaterPeriodClosed, ReasonMissing.
    """
    wanted = parse_month(month)
    policies.can_reopen_period(act).enforce()
    period, states = _closed_month(wanted)
    if (later := rules.hinders_reopen(states, period.id)) is not None:
        raise LaterPeriodClosed(later=rules.month_text(later))
    reason = reason.strip()
    if not reason:
        raise ReasonMissing
    # ---
    period.state = Period.State.OPEN
    period.save(update_fields=["state"])
    record(act, PeriodReopened(str(wanted), Personal(reason)))
    return period


@command
def lock_period(act: Act, *, month: str) -> Period:
    """Lock a closed month for good. Raises PeriodNotClosed, PeriodIsLocked, EarlierPeriodOpen."""
    wanted = parse_month(month)
    policies.can_lock_period(act).enforce()
    period, states = _closed_month(wanted)
    if (earlier := rules.hinders_lock(states, period.id)) is not None:
        raise EarlierPeriodOpen(earlier=rules.month_text(earlier))
    # ---
    period.state = Period.State.LOCKED
    period.save(update_fields=["state"])
    record(act, PeriodLocked(str(wanted)))
    return period
