"""Dues plans, what members agreed to, and billing: one command for a whole month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _, gettext_noop

from dure.domains.bylaws import queries as bylaws
from dure.domains.ledger import commands as ledger, queries as ledger_queries
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
from ..rules.dues import Owed, billed_date, due_date
from .writing import insert_from

__all__ = [
    "BelowMinimum", "MonthTooFarAhead", "NoPlanInForce", "NotThisPlan", "PlanEnded",
    "PlanStartsTooEarly", "PlanUnnamed", "UnknownFund", "agree_member_dues", "bill_dues",
    "end_dues_plan", "set_dues_plan",
]  # fmt: skip

PLAIN_CHUNK = 10_000
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
    get a letter. What is owed for a closed month is booked today. Raises MonthTooFarAhead,
    NoPlanInForce, and what the ledger refuses.
    """
    policies.can_bill_dues(act).enforce()
    ahead = bylaws.rules_on(act.today).number("dues.bill_ahead_months")
    last = Month.of(act.today).plus(ahead)
    if month > last:
        raise MonthTooFarAhead(month=str(month), last=str(last))
    plans = list(billing.plans_in_force(month, plan_id).select_for_update(of=("self",)))
    if not plans:
        raise NoPlanInForce(month=str(month))
    # ---
    period = ledger_queries.period(month)
    closed = period is not None and period.state != "open"
    booked = billed_date(month, act.today, closed=closed)
    run = DuesRun.objects.create(
        month_date=month.first_date, plan_id=plan_id, run_at=act.at, billed_date=booked
    )
    counts = {plan.pk: billing.candidates_count(month, plan) for plan in plans}
    total = sum(counts.values())
    looked_at = 0
    for plan in plans:
        run.already += billing.already_charged(plan, month)
        plain, same = billing.plain_members(plan, month)
        members = list(plain.items())
        parts: list[_Part] = []
        for start in range(0, len(members) if same else 0, PLAIN_CHUNK):
            assert same is not None
            some = members[start : start + PLAIN_CHUNK]
            owed = tuple((party_id, same.amount_won) for _pk, party_id in some)
            parts.append(_Part(owed, tuple(pk for pk, _party in some), same))
            looked_at += len(some)
            progress(looked_at, total, plan.name)
        everyone = same is not None and len(plain) == counts[plan.pk]
        for rest in () if everyone else billing.due_chunks(plan, month, but=plain):
            looked_at += rest.looked_at
            if rest.rows:
                owed = tuple((row.party_id, row.owed.amount_won) for row in rest.rows)
                parts.append(_Part(owed, rows=rest.rows))
            progress(looked_at, total, plan.name)
        _post_and_charge(act, run, plan, month, parts)
    run.save(update_fields=["count", "sum_won", "already"])
    record(
        act,
        DuesBilled(run.pk, str(month), booked, run.count, run.sum_won, run.already, notify),
    )
    return run


@dataclass(frozen=True, slots=True)
class _Part:
    """Charges of one entry: (party id, won) of each, and either the plain members with what they all
    owe, or row by row."""

    owed: tuple[tuple[int, int], ...]
    plain: tuple[int, ...] = ()
    same: Owed | None = None
    rows: tuple[billing.DueRow, ...] = ()


def _post_and_charge(
    act: Act, run: DuesRun, plan: DuesPlan, month: Month, parts: list[_Part]
) -> None:
    """An entry for each part, then its charges: the plain ones within the database."""
    if not parts:
        return
    chart = books.chart()
    drafts = [_billing_draft(chart, run, plan, month, part.owed) for part in parts]
    posted = ledger.post_entries(
        act,
        batch=tuple(drafts),
        text=books.entry_text(_DUES_TEXT, month=str(month)),
        source=Source("memberships.DuesRun", run.pk),
    )
    entries = ledger_queries.entry_ids(posted.first_number, posted.last_number)
    for part, entry_id in zip(parts, entries, strict=True):
        if part.same is not None:
            rows = Membership.objects.filter(pk__range=(part.plain[0], part.plain[-1]))
            if rows.count() != len(part.plain):  # others lie between: those are named one by one
                rows = Membership.objects.filter(pk__in=part.plain)
            values = _values(run, plan, month, part.same) | {"entry_id": entry_id}
            insert_from(Charge, "membership_id", rows, values)
        else:
            Charge.objects.bulk_create(
                Charge(
                    membership_id=row.membership_id,
                    **_values(run, plan, month, row.owed),
                    entry_id=entry_id,
                )
                for row in part.rows
            )
        run.count += len(part.owed)
        run.sum_won += sum(won for _party, won in part.owed)


def _values(run: DuesRun, plan: DuesPlan, month: Month, owed: Owed) -> dict[str, Any]:
    """What a charge says, but for whose it is."""
    return {
        "plan_id": plan.pk,
        "run_id": run.pk,
        "period_date": owed.period.first_date,
        "from_date": owed.from_month.first_date,
        "until_date": owed.until_month.first_date,
        "amount_won": owed.amount_won,
        "paid_won": 0,
        "waived_won": 0,
        "billed_date": run.billed_date,
        "due_date": due_date(billing.terms_of(plan), month),
    }


def _billing_draft(
    chart: booking.Chart,
    run: DuesRun,
    plan: DuesPlan,
    month: Month,
    owed: tuple[tuple[int, int], ...],
) -> EntryDraft:
    return EntryDraft(
        run.billed_date,
        booking.billing(chart, plan.fund, owed),
        books.entry_text(_BILLED_TEXT, month=str(month), plan=plan.name, count=len(owed)),
        Source("memberships.DuesRun", run.pk),
    )
