"""Dues plans, what members agreed to, and billing: one command for a whole month."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from dure.domains.ledger import commands as ledger
from dure.domains.ledger import queries as ledger_queries
from dure.domains.ledger.rules import EntryDraft, Source
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.dates import Month
from dure.kernel.deeds import command, record
from dure.kernel.money import format_won
from dure.kernel.progress import Progress, silent
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies
from ..events import (
    DuesBilled,
    DuesPlanEnded,
    DuesPlanSet,
    MemberDuesAgreed,
)
from ..models import AgreedDues, Charge, DuesPlan, DuesRun, MemberClass, Membership
from ..queries import billing, books
from ..rules import booking
from ..rules.dues import billed_date, due_date

FAR_AHEAD_MONTHS = 1
_DUES_TEXT = gettext_noop("Dues of %(month)s")
_BILLED_TEXT = gettext_noop("%(month)s %(plan)s (%(count)d members)")


class PlanUnnamed(InvalidInput):
    """A plan needs a name, an amount, and days that exist."""

    text = _("A dues plan needs a name, an amount above 0 won, and a due day from 1 to 31.")


class UnknownFund(Refusal):
    """The ledger has no such fund."""

    text = _("There is no fund “%(fund)s”.")
    remedy = _("Open the fund in the ledger first, or choose another.")


class PlanStartsTooEarly(Refusal):
    """A new version of a plan begins after the one it replaces."""

    text = _(
        "“%(name)s” has been in force since %(date)s; the new amount can start in a later month."
    )


class PlanEnded(Refusal):
    """The plan has an end already."""

    text = _("“%(name)s” ends on %(date)s already.")


class BelowMinimum(Refusal):
    """The plan sets a minimum that members may exceed, not undercut."""

    text = _("“%(name)s” asks for at least %(minimum)s; %(amount)s is less.")


class NotThisPlan(Refusal):
    """The plan allows no other amount than its own."""

    text = _("“%(name)s” has a fixed amount of %(amount)s.")
    remedy = _("Set the plan as a minimum if members may pay more.")


class MonthTooFarAhead(Refusal):
    """Dues are billed for this month, earlier ones, or the next one."""

    text = _("%(month)s lies too far ahead. Dues are billed up to %(last)s now.")


class NoPlanInForce(Refusal):
    """There is nothing to bill by."""

    text = _("No dues plan is in force in %(month)s.")
    remedy = _("Set a dues plan first.")


@command
def set_dues_plan(
    act: Act,
    *,
    member_class: str,
    name: str,
    period: str,
    amount_won: int,
    from_month: Month,
    fund: str = "general",
    kind: str = "regular",
    due_day: int = 25,
    starts_in_month: int = 1,
    is_minimum: bool = False,
    proration: str = "months",
    joining_month_counts: bool = True,
    leaving_month_counts: bool = True,
    article: str = "",
) -> DuesPlan:
    """Members of a class owe `amount_won` per period (month, quarter, year, once) from a month on.

    `proration`: months, days, half or full (see `rules.dues`).
    A plan of the same class and name that is in force ends there. Raises PlanUnnamed, UnknownFund,
    PlanStartsTooEarly.
    """
    of_class = MemberClass.objects.select_for_update().filter(code=member_class).first()
    if of_class is None:
        raise NotFound
    policies.can_set_dues_plan(act, of_class).enforce()
    name, article = clean_text(name, 60, _("Name")), clean_text(article, 120, _("Article"))
    if (
        not name
        or amount_won <= 0
        or not 1 <= due_day <= 31
        or not 1 <= starts_in_month <= 12
        or period not in DuesPlan.Period.values
        or kind not in DuesPlan.Kind.values
        or proration not in DuesPlan.Proration.values
    ):
        raise PlanUnnamed
    if fund not in {f.code for f in ledger_queries.funds()}:
        raise UnknownFund(fund=fund)
    before = (
        DuesPlan.objects.filter(member_class=of_class, name=name, until_date=None)
        .select_for_update()
        .first()
    )
    if before is not None and from_month.first_date <= before.from_date:
        raise PlanStartsTooEarly(name=name, date=before.from_date.isoformat())
    # ---
    if before is not None:
        before.until_date = from_month.first_date
        before.save(update_fields=["until_date"])
    plan = DuesPlan.objects.create(
        member_class=of_class,
        name=name,
        kind=kind,
        period=period,
        amount_won=amount_won,
        fund=fund,
        due_day=due_day,
        starts_in_month=starts_in_month,
        is_minimum=is_minimum,
        proration=proration,
        joining_month_counts=joining_month_counts,
        leaving_month_counts=leaving_month_counts,
        from_date=from_month.first_date,
        article=article,
    )
    if before is not None and is_minimum:
        _carry_over(before, plan)
    record(
        act,
        DuesPlanSet(
            plan.pk,
            name,
            of_class.name,
            period,
            amount_won,
            fund,
            plan.from_date,
            before.pk if before else None,
        ),
    )
    return plan


def _carry_over(before: DuesPlan, plan: DuesPlan) -> None:
    """What members agreed to under the plan before holds on, where it reaches the new minimum."""
    rows = AgreedDues.objects.filter(plan=before).order_by("membership", "from_date")
    latest = dict(rows.values_list("membership_id", "amount_won"))
    AgreedDues.objects.bulk_create(
        AgreedDues(membership_id=pk, plan=plan, amount_won=won, from_date=plan.from_date)
        for pk, won in latest.items()
        if won > plan.amount_won
    )


@command
def end_dues_plan(act: Act, *, plan_id: int, until_month: Month) -> DuesPlan:
    """The plan is in force for the last time in the month before. Raises PlanEnded."""
    plan: DuesPlan = DuesPlan.objects.hold(plan_id)
    policies.can_end_dues_plan(act, plan).enforce()
    if plan.until_date is not None:
        raise PlanEnded(name=plan.name, date=plan.until_date.isoformat())
    if until_month.first_date < plan.from_date:
        raise PlanStartsTooEarly(name=plan.name, date=plan.from_date.isoformat())
    # ---
    plan.until_date = until_month.first_date
    plan.save(update_fields=["until_date"])
    record(act, DuesPlanEnded(plan.pk, plan.name, plan.until_date))
    return plan


@command
def agree_member_dues(
    act: Act, *, membership_id: int, plan_id: int, amount_won: int, from_month: Month
) -> AgreedDues:
    """A member pays more than the plan's minimum from a month on. Raises BelowMinimum, NotThisPlan."""
    membership: Membership = Membership.objects.hold(membership_id)
    policies.can_agree_member_dues(act, membership).enforce()
    plan: DuesPlan = DuesPlan.objects.hold(plan_id)
    if not plan.is_minimum:
        raise NotThisPlan(name=plan.name, amount=format_won(plan.amount_won))
    if amount_won < plan.amount_won:
        raise BelowMinimum(
            name=plan.name, minimum=format_won(plan.amount_won), amount=format_won(amount_won)
        )
    # ---
    agreed, _created = AgreedDues.objects.update_or_create(
        membership=membership,
        plan=plan,
        from_date=from_month.first_date,
        defaults={"amount_won": amount_won},
    )
    record(
        act,
        MemberDuesAgreed(
            membership.pk,
            membership.party_id,
            membership.number,
            plan.name,
            amount_won,
            agreed.from_date,
        ),
    )
    return agreed


@command
def bill_dues(
    act: Act,
    *,
    month: Month,
    plan_id: int | None = None,
    notify: bool = False,
    progress: Progress = silent,
) -> DuesRun:
    """Charge everyone who owes dues for the month: one deed, one transaction, however many members.

    Whoever was charged for the period before is passed over, so that a second run adds only what
    the first could not know. Killed on the way, nothing of it remains. With `notify` the members
    get a letter. Raises MonthTooFarAhead, NoPlanInForce, and what the ledger refuses (a closed period).
    """
    policies.can_bill_dues(act).enforce()
    last = Month.of(act.today).plus(FAR_AHEAD_MONTHS)
    if month > last:
        raise MonthTooFarAhead(month=str(month), last=str(last))
    plans = list(billing.plans_in_force(month, plan_id).select_for_update(of=("self",)))
    if not plans:
        raise NoPlanInForce(month=str(month))
    # ---
    booked = billed_date(month, act.today)
    run = DuesRun.objects.create(
        month_date=month.first_date, plan_id=plan_id, run_at=act.at, billed_date=booked
    )
    chart = books.chart()
    total = billing.candidates_count(month, plans)
    looked_at = 0
    drafts: list[EntryDraft] = []
    charged: list[tuple[int, int]] = []  # the first and last charge of each entry
    for plan in plans:
        run.already += billing.already_charged(plan, month)
        for chunk in billing.due_chunks(plan, month):
            looked_at += chunk.looked_at
            if chunk.rows:
                made = Charge.objects.bulk_create(_charges(run, plan, month, chunk.rows))
                charged.append((made[0].pk, made[-1].pk))
                draft = _billing_draft(chart, run, plan, month, chunk.rows)
                drafts.append(draft)
                run.count += len(made)
                run.sum_won -= draft.sides[-1].amount_won
            progress(looked_at, total, plan.name)
    if drafts:
        posted = ledger.post_entries(
            act,
            batch=tuple(drafts),
            text=books.entry_text(_DUES_TEXT, month=str(month)),
            source=Source("memberships.DuesRun", run.pk),
        )
        entries = ledger_queries.entry_ids(posted.first_number, posted.last_number)
        for (low, high), entry_id in zip(charged, entries, strict=True):
            Charge.objects.filter(run=run, pk__range=(low, high)).update(entry=entry_id)
    run.save(update_fields=["count", "sum_won", "already"])
    record(
        act,
        DuesBilled(run.pk, str(month), booked, run.count, run.sum_won, run.already, notify),
    )
    return run


def _charges(
    run: DuesRun, plan: DuesPlan, month: Month, rows: tuple[billing.DueRow, ...]
) -> list[Charge]:
    due = due_date(billing.terms_of(plan), month)
    return [
        Charge(
            membership_id=row.membership_id,
            plan=plan,
            run=run,
            period_date=row.owed.period.first_date,
            from_date=row.owed.from_month.first_date,
            until_date=row.owed.until_month.first_date,
            amount_won=row.owed.amount_won,
            billed_date=run.billed_date,
            due_date=due,
        )
        for row in rows
    ]


def _billing_draft(
    chart: booking.Chart,
    run: DuesRun,
    plan: DuesPlan,
    month: Month,
    rows: tuple[billing.DueRow, ...],
) -> EntryDraft:
    return EntryDraft(
        run.billed_date,
        booking.billing(chart, plan.fund, ((row.party_id, row.owed.amount_won) for row in rows)),
        books.entry_text(_BILLED_TEXT, month=str(month), plan=plan.name, count=len(rows)),
        Source("memberships.DuesRun", run.pk),
    )
