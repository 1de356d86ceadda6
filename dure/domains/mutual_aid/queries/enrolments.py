"""Taking part, read: the answer of the rules, a contract on one page, one's own, all for the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from dure.domains.bylaws.rules import Finding, failed, kept
from dure.domains.self_help.queries import owner_of
from dure.kernel.acts import Act, day_of
from dure.kernel.money import format_won
from dure.kernel.reads import note_read
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import AidBill, AidClaim, AidEnrolment, AidPlan, AidReceipt
from ..rules import taking_part as rules
from ..rules.promises import refund_of
from . import sums
from .plans import refunds_of
from .takers import Taker, enrolments_of, taker, taker_of

__all__ = [
    "AidAnswer", "AidBillLine", "AidCard", "AidFigures", "AidReceiptLine", "AidRow",
    "aid_answer", "aid_contract", "aid_enrolment", "aid_enrolments", "aid_figures",
    "aid_for_vote", "aid_to_decide", "my_aid", "period_of", "refund_due",
]  # fmt: skip

State = AidEnrolment.State
ROWS_MAX = 500
PERIODS = ("lapse_months", "lapse_notice_days", "revival_months", "appeal_days")


@dataclass(frozen=True, slots=True)
class AidAnswer:
    """What the rules answer to the wish to take part, each of them."""

    plan: str
    monthly_won: int
    findings: tuple[Finding, ...]

    @property
    def is_yes(self) -> bool:
        return not failed(self.findings)


@dataclass(frozen=True, slots=True)
class AidRow:
    """A contract in a list."""

    id: int
    name: str
    party_id: int
    plan: str
    state: str
    state_label: str
    monthly_won: int
    paid_won: int
    late_won: int
    applied_date: date
    refund_won: int  # due and not paid back yet


@dataclass(frozen=True, slots=True)
class AidFigures:
    """Contracts that run, of them told that they will lapse; what came in and what was given."""

    running: int
    noticed: int
    paid_in_won: int
    given_won: int


@dataclass(frozen=True, slots=True)
class AidBillLine:
    month_date: date
    due_date: date
    won: int
    open_won: int
    is_late: bool


@dataclass(frozen=True, slots=True)
class AidReceiptLine:
    id: int
    paid_date: date
    won: int
    is_undone: bool


@dataclass(frozen=True, slots=True)
class AidCard:
    """Everything about one contract on one page."""

    id: int
    membership_id: int | None
    participant_id: int | None
    owner: str  # the fund run for others whose mutual aid it is; "" for the network's own
    party_id: int
    name: str
    number: int | None  # of the membership
    plan_id: int
    plan: str
    article: str
    state: str
    state_label: str
    by_debit: bool
    monthly_won: int
    applied_date: date
    findings: tuple[Finding, ...]
    decision: tuple[Finding, ...]
    decided_date: date | None
    decided_by: str
    reason: str
    signed_date: date | None
    counts_from: date | None
    waits_until: date | None  # the first day on which an event counts
    noticed_date: date | None
    lapsed_date: date | None
    revives_until: date | None
    ended_date: date | None
    end_reason: str
    refund_won: int
    refund_due_won: int  # if it ended today
    refunded_date: date | None
    paid_won: int
    paid_months: int
    late_won: int
    open_won: int
    bills: tuple[AidBillLine, ...]
    receipts: tuple[AidReceiptLine, ...]


def aid_answer(
    act: Act,
    *,
    plan_id: int,
    membership_id: int | None = None,
    participant_id: int | None = None,
    channel: str = rules.DIRECT,
) -> AidAnswer:
    """What the rules answer today to a member, or to who takes part in a fund run for others.

    Raises Denied, NotFound, AidOfOthers, BenefitRests.
    """
    plan = AidPlan.objects.filter(pk=plan_id).first()
    if plan is None:
        raise NotFound
    found = taker(act.today, membership_id=membership_id, participant_id=participant_id)
    policies.can_ask_for_aid(act, found.party_id).enforce()
    found.need_plan(plan)
    found.need_benefit(act.today)
    return AidAnswer(plan.name, plan.monthly_won, taking_part(found, plan, channel, act.today))


def taking_part(found: Taker, plan: AidPlan, channel: str, on: date) -> tuple[Finding, ...]:
    """What the rules find about somebody who takes part, on a day."""
    who = rules.Applicant(found.is_member, found.joined_date)
    return rules.may_take_part(found.rules_on(on), who, plan.monthly_won, channel, on)


def period_of(enrolment: AidEnrolment, name: str) -> int:
    """A period of the contract as it was when signed."""
    return int(enrolment.contract["periods"][name])


def refund_due(enrolment: AidEnrolment) -> int:
    """What goes back if the contract ended now, by the table of its plan."""
    return refund_of(
        sums.aid_paid_in(enrolment), sums.months_paid(enrolment.pk), refunds_of(enrolment.plan)
    )


def aid_enrolment(act: Act, enrolment_id: int) -> AidCard:
    """A contract as it stands today. Raises NotFound, Denied."""
    row = _with_names().filter(pk=enrolment_id).first()
    if row is None:
        raise NotFound
    policies.can_see_aid_enrolment(act, row).enforce()
    if row.party_id not in act.own:
        note_read(act, row.party_id, "mutual_aid.aid_enrolment")
    bills = list(row.bills.order_by("month_date"))
    receipts = list(row.receipts.select_related("undone").order_by("paid_date", "pk"))
    paid_won = sum(one.won for one in receipts if not hasattr(one, "undone"))
    paid_months = sum(one.paid_won == one.won for one in bills)
    lapsed, counts = row.lapsed_date, row.counts_from
    return AidCard(
        id=row.pk,
        membership_id=row.membership_id,
        participant_id=row.participant_id,
        owner=owner_of(row.plan.fund),
        party_id=row.party_id,
        name=row.party.name,
        number=row.membership.number if row.membership else None,
        plan_id=row.plan_id,
        plan=row.plan.name,
        article=row.plan.article,
        state=row.state,
        state_label=str(row.get_state_display()),
        by_debit=row.by_debit,
        monthly_won=row.plan.monthly_won,
        applied_date=day_of(row.applied_at),
        findings=kept(row.findings),
        decision=kept(row.decision),
        decided_date=row.decided_date,
        decided_by=row.decided_by,
        reason=row.reason,
        signed_date=row.signed_date,
        counts_from=counts,
        waits_until=rules.waits_until(counts, row.plan.waiting_months) if counts else None,
        noticed_date=row.noticed_date,
        lapsed_date=lapsed,
        revives_until=(
            rules.revives_until(lapsed, period_of(row, "revival_months"))
            if lapsed and row.state == State.LAPSED
            else None
        ),
        ended_date=row.ended_date,
        end_reason=str(row.get_end_reason_display()),
        refund_won=row.refund_won,
        refund_due_won=refund_of(paid_won, paid_months, refunds_of(row.plan)),
        refunded_date=row.refunded_date,
        paid_won=paid_won,
        paid_months=paid_months,
        late_won=sum(one.won - one.paid_won for one in bills if one.due_date < act.today),
        open_won=sum(one.won - one.paid_won for one in bills),
        bills=tuple(_bill(one, act.today) for one in bills),
        receipts=tuple(
            AidReceiptLine(one.pk, one.paid_date, one.won, hasattr(one, "undone"))
            for one in receipts
        ),
    )


def aid_contract(act: Act, enrolment_id: int) -> dict[str, Any]:
    """What was frozen when the contract was signed. Raises NotFound, Denied."""
    row = _with_names().filter(pk=enrolment_id, signed_date__isnull=False).first()
    if row is None:
        raise NotFound
    policies.can_see_aid_enrolment(act, row).enforce()
    found: dict[str, Any] = row.contract
    return found


def aid_enrolments(act: Act, *, state: str = "", fund: str = "") -> list[AidRow]:
    """The contracts of all, the newest first: of the network, or of a fund run for others. Raises
    Denied."""
    policies.can_see_aid(act, fund).enforce()
    rows = _with_names().filter(enrolments_of(fund))
    return _rows(rows.filter(state=state) if state else rows, act.today)


def my_aid(act: Act) -> list[AidRow]:
    """One's own contracts and those of the organisations one speaks for."""
    return _rows(_with_names().filter(party__in=act.own), act.today)


def aid_figures(act: Act, fund: str = "") -> AidFigures:
    """Mutual aid in figures, of the network or of a fund run for others. Raises Denied."""
    policies.can_see_aid(act, fund).enforce()
    running, of = Q(state=State.RUNNING), enrolments_of(fund, "enrolment__")
    paid = AidClaim.objects.filter(of, state="paid")
    found = AidEnrolment.objects.filter(enrolments_of(fund)).aggregate(
        running=Count("pk", filter=running),
        noticed=Count("pk", filter=running & Q(noticed_date__isnull=False)),
    )
    return AidFigures(
        found["running"],
        found["noticed"],
        int(AidReceipt.objects.filter(of, undone=None).aggregate(won=Sum("won"))["won"] or 0),
        int(paid.aggregate(won=Sum("won"))["won"] or 0),
    )


def aid_to_decide() -> list[tuple[int, str]]:
    """The wishes to take part that a body may decide on, the oldest first."""
    rows = _with_names().filter(enrolments_of(""), state=State.APPLIED)
    return [
        (one.pk, f"{one.party.name} · {one.plan.name} {format_won(one.plan.monthly_won)}")
        for one in rows.order_by("applied_at", "pk")[:200]
    ]


def aid_for_vote(enrolment_id: int, on: date) -> tuple[int, tuple[Finding, ...]]:
    """Whose wish it is, and what the rules find before the vote. Raises NotFound."""
    row = _with_names().filter(pk=enrolment_id).first()
    if row is None:
        raise NotFound
    return row.party_id, taking_part(taker_of(row, on), row.plan, row.channel, on)


def _with_names() -> QuerySet[AidEnrolment]:
    return AidEnrolment.objects.select_related("party", "membership", "plan")


def _rows(rows: QuerySet[AidEnrolment], today: date) -> list[AidRow]:
    found = list(rows.order_by("-applied_at", "-pk")[:ROWS_MAX])
    late = Sum(F("won") - F("paid_won"), filter=Q(due_date__lt=today))
    bills = AidBill.objects.filter(enrolment__in=[one.pk for one in found]).order_by()
    told: dict[int, tuple[int, int]] = {
        one["enrolment"]: (one["paid"] or 0, one["late"] or 0)
        for one in bills.values("enrolment").annotate(late=late, paid=Sum("paid_won"))
    }
    return [
        AidRow(
            one.pk, one.party.name, one.party_id, one.plan.name, one.state,
            str(one.get_state_display()), one.plan.monthly_won,
            *told.get(one.pk, (0, 0)),
            day_of(one.applied_at), 0 if one.refunded_date else one.refund_won,
        )
        for one in found
    ]  # fmt: skip


def _bill(row: AidBill, today: date) -> AidBillLine:
    open_won = row.won - row.paid_won
    return AidBillLine(
        row.month_date, row.due_date, row.won, open_won, bool(open_won) and row.due_date < today
    )
