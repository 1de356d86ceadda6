"""From the wish to take part to the signed contract."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws.rules import enforce, keep
from dure.domains.loans.queries import rules_of
from dure.kernel.acts import Act
from dure.kernel.dates import Month
from dure.kernel.deeds import command, record
from dure.kernel.refusals import NotFound, Refusal

from .. import policies, queries
from ..events import (
    AidApplicationWithdrawn,
    AidAppliedFor,
    AidContractSigned,
    AidEnrolmentApproved,
    AidEnrolmentRefused,
)
from ..models import AidBill, AidEnrolment, AidPlan
from ..queries.enrolments import PERIODS, taking_part
from ..rules import taking_part as rules
from .steps import AidDayImpossible, AidDecisionUnnamed, AidNotWaiting, day_since, need

from .steps import who_decided, why  # isort: skip

__all__ = [
    "AidDayImpossible", "AidDecisionUnnamed", "AidGoesOnAlready", "AidNotDirect", "AidNotOffered",
    "AidNotWaiting", "apply_for_aid", "approve_aid_enrolment", "refuse_aid_enrolment",
    "sign_aid_contract", "withdraw_aid_application",
]  # fmt: skip

State = AidEnrolment.State
OPEN = (State.APPLIED, State.APPROVED, State.RUNNING, State.LAPSED)


class AidNotOffered(Refusal):
    """The plan is not open that day."""

    text = _("“%(name)s” cannot be joined on %(date)s.")
    remedy = _("Choose one of the plans that are open now.")


class AidGoesOnAlready(Refusal):
    """One contract at a time."""

    text = _("This member has a contract or a wish already: it is %(state)s.")


class AidNotDirect(Refusal):
    """No seller stands between member and co-operative, whatever the rules say about it."""

    text = _("A contract brought by a seller or a bank (%(channel)s) is not accepted.")
    remedy = _("The member asks directly, on the page or at the office.")


@command
def apply_for_aid(
    act: Act,
    *,
    plan_id: int,
    membership_id: int | None = None,
    participant_id: int | None = None,
    channel: str = rules.DIRECT,
) -> AidEnrolment:
    """Ask to take part: a member, or who takes part in a fund run for others, in the mutual aid of that
    fund. The answer of the rules is kept with the wish. `channel`: who brought it.

    Raises RuleNotMet with every rule that was asked, AidNotDirect, AidNotOffered, AidGoesOnAlready,
    AidOfOthers, BenefitRests.
    """
    found = queries.taker(act.today, membership_id=membership_id, participant_id=participant_id)
    policies.can_apply_for_aid(act, found.party_id).enforce()
    plan = _open_plan(plan_id, act.today)
    answer = queries.aid_answer(
        act, membership_id=membership_id, participant_id=participant_id, plan_id=plan_id,
        channel=channel,
    )  # fmt: skip
    enforce(answer.findings)
    if channel != rules.DIRECT:
        raise AidNotDirect(channel=channel[:40])
    there = AidEnrolment.objects.filter(found.enrolments, state__in=OPEN).first()
    if there is not None:
        raise AidGoesOnAlready(state=there.get_state_display())
    # ---
    enrolment = AidEnrolment.objects.create(
        party_id=found.party_id, membership_id=found.membership_id,
        participant_id=found.participant_id, plan=plan, applied_at=act.at,
        findings=keep(answer.findings),
    )  # fmt: skip
    record(act, AidAppliedFor(enrolment.pk, found.party_id, plan.name, plan.monthly_won))
    return enrolment


@command
def withdraw_aid_application(act: Act, *, enrolment_id: int) -> AidEnrolment:
    """Take the wish back before the contract is signed. Raises AidNotWaiting."""
    enrolment = hold_enrolment(enrolment_id)
    policies.can_withdraw_aid_application(act, enrolment).enforce()
    need(enrolment, State.APPLIED, State.APPROVED)
    # ---
    enrolment.state = State.WITHDRAWN
    enrolment.save(update_fields=["state"])
    record(act, AidApplicationWithdrawn(enrolment.pk, enrolment.party_id))
    return enrolment


@command
def approve_aid_enrolment(
    act: Act, *, enrolment_id: int, decided_by: str, decided_date: date | None = None
) -> AidEnrolment:
    """Approve that a member takes part; the rules are asked again.

    Raises RuleNotMet, AidNotWaiting, AidDecisionUnnamed, AidDayImpossible, BenefitRests.
    """
    enrolment = hold_enrolment(enrolment_id)
    policies.can_approve_aid_enrolment(act, enrolment).enforce()
    need(enrolment, State.APPLIED)
    decided_by = who_decided(decided_by)
    day = day_since(act, decided_date, enrolment.applied_at)
    found = queries.taker_of(enrolment, act.today)
    found.need_benefit(act.today)
    findings = taking_part(found, enrolment.plan, enrolment.channel, act.today)
    enforce(findings)
    # ---
    enrolment.state, enrolment.decision = State.APPROVED, keep(findings)
    enrolment.decided_by, enrolment.decided_date = decided_by, day
    enrolment.save(update_fields=["state", "decision", "decided_by", "decided_date"])
    record(
        act,
        AidEnrolmentApproved(enrolment.pk, enrolment.party_id, enrolment.plan.name, decided_by),
    )
    return enrolment


@command
def refuse_aid_enrolment(
    act: Act, *, enrolment_id: int, decided_by: str, reason: str, decided_date: date | None = None
) -> AidEnrolment:
    """Refuse that a member takes part, with the reason.

    Raises AidNotWaiting, AidDecisionUnnamed, AidDayImpossible.
    """
    enrolment = hold_enrolment(enrolment_id)
    policies.can_refuse_aid_enrolment(act, enrolment).enforce()
    need(enrolment, State.APPLIED)
    decided_by, reason = who_decided(decided_by), why(reason)
    day = day_since(act, decided_date, enrolment.applied_at)
    # ---
    enrolment.state, enrolment.reason = State.REFUSED, reason
    enrolment.decided_by, enrolment.decided_date = decided_by, day
    enrolment.save(update_fields=["state", "reason", "decided_by", "decided_date"])
    record(act, AidEnrolmentRefused(enrolment.pk, enrolment.party_id, decided_by, reason))
    return enrolment


@command
def sign_aid_contract(
    act: Act, *, enrolment_id: int, signed_date: date | None = None
) -> AidEnrolment:
    """The contract is signed: its terms and the provisions it was signed under are frozen with it;
    the waiting period begins, and the contribution of this month is billed.

    Raises AidNotWaiting, AidDayImpossible.
    """
    enrolment = hold_enrolment(enrolment_id)
    policies.can_sign_aid_contract(act, enrolment).enforce()
    need(enrolment, State.APPROVED)
    day = day_since(act, signed_date, enrolment.decided_date)
    # ---
    enrolment.state, enrolment.signed_date, enrolment.counts_from = State.RUNNING, day, day
    enrolment.contract = _contract(enrolment, day)
    enrolment.save(update_fields=["state", "signed_date", "counts_from", "contract"])
    bill_month(enrolment, Month.of(day), day)
    record(act, AidContractSigned(enrolment.pk, enrolment.party_id, enrolment.plan.name, day))
    return enrolment


def hold_enrolment(enrolment_id: int) -> AidEnrolment:
    """The contract in hand. Raises NotFound."""
    found: AidEnrolment = AidEnrolment.objects.select_related("plan").hold(enrolment_id)
    return found


def bill_month(enrolment: AidEnrolment, month: Month, since: date) -> None:
    """The contribution of a month; of the first it is due on the day of the plan or, where that is
    past, at the end of the month."""
    due = rules.due_date(month, enrolment.plan.due_day)
    AidBill.objects.create(
        enrolment=enrolment, month_date=month.first_date, won=enrolment.plan.monthly_won,
        due_date=due if due >= since else month.last_date,
    )  # fmt: skip


def _open_plan(plan_id: int, day: date) -> AidPlan:
    plan = AidPlan.objects.filter(pk=plan_id).first()
    if plan is None:
        raise NotFound
    if day < plan.from_date or (plan.until_date and day >= plan.until_date):
        raise AidNotOffered(name=plan.name, date=day.isoformat())
    return plan


def _contract(enrolment: AidEnrolment, day: date) -> dict[str, Any]:
    """What was agreed, in plain values."""
    plan, book = enrolment.plan, rules_of(enrolment.plan.fund, day)
    return {
        "plan": plan.name, "article": plan.article, "monthly_won": plan.monthly_won,
        "due_day": plan.due_day, "waiting_months": plan.waiting_months,
        "per_year_won": plan.per_year_won, "per_person_won": plan.per_person_won,
        "benefits": list(
            plan.benefits.values(
                "event", "relation", "paid_months", "won", "most_times", "evidence"
            )
        ),
        "refunds": plan.refunds,
        "periods": {name: book.number(f"mutual_aid.{name}") for name in PERIODS},
        "provisions": [*plan.findings, *enrolment.decision],
    }  # fmt: skip
