"""A claim on the side of those who decide and pay. What is promised or paid is held against every limit
once more, under the lock of the shares: loans, aid and capital move one at a time."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _, gettext_noop

from dure.domains.bylaws.rules import Finding, enforce, keep
from dure.domains.ledger import commands as ledger, queries as books
from dure.domains.ledger.rules import Source
from dure.domains.memberships.commands.shares.holding import lock_shares
from dure.domains.memberships.queries.books import entry_text
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act, day_of
from dure.kernel.deeds import command, record
from dure.kernel.files import files_of
from dure.kernel.money import format_won
from dure.kernel.personal import Personal
from dure.kernel.refusals import Refusal

from .. import policies
from ..events import AidAppealDecided, AidBenefitPaid, AidClaimApproved, AidClaimRefused
from ..models import AidClaim
from ..queries import claims as queries, enrolments, limits, sums
from ..queries.takers import taker_of
from ..rules import booking
from ..rules.claiming import Wish, of_evidence
from .claiming import hold_claim, keep_evidence
from .ending import AidFundShort
from .steps import day_since, need, who_decided, why

__all__ = [
    "AidAppealSameBody", "approve_aid_claim", "decide_aid_appeal", "pay_aid_benefit",
    "refuse_aid_claim",
]  # fmt: skip

_BENEFIT_TEXT = gettext_noop("Mutual aid given")
State = AidClaim.State


class AidAppealSameBody(Refusal):
    """Who refused does not decide on the appeal."""

    text = _("%(body)s refused the claim; the appeal is decided by another.")
    remedy = _("Bring it to another body that reviews mutual aid, or to the general meeting.")


@command
def approve_aid_claim(
    act: Act,
    *,
    claim_id: int,
    decided_by: str,
    decided_date: date | None = None,
    body_id: int | None = None,
    waived: str = "",
) -> AidClaim:
    """Approve a claim; what the plan gives is promised from now on, within every limit. `waived`: why
    without the evidence that the plan asks for.

    Raises RuleNotMet, also where that evidence is missing, AidNotWaiting, AidDecisionUnnamed, AidDayImpossible.
    """
    lock_shares()
    claim = hold_claim(claim_id)
    policies.can_approve_aid_claim(act, claim).enforce()
    need(claim, State.FILED)
    decided_by = who_decided(decided_by)
    day = day_since(act, decided_date, claim.filed_at)
    won, findings = _judge(act, claim, waived := clean_text(waived, 300, _("Reason")))
    # ---
    claim.decided_by, claim.decided_date, claim.body_id = decided_by, day, body_id
    claim.waived = waived
    _promise(claim, won, findings)
    record(act, AidClaimApproved(claim.pk, claim.party_id, won, decided_by))
    return claim


@command
def refuse_aid_claim(
    act: Act,
    *,
    claim_id: int,
    decided_by: str,
    reason: str,
    decided_date: date | None = None,
    body_id: int | None = None,
) -> AidClaim:
    """Refuse a claim, with the reason; from today runs the time to appeal.

    Raises AidNotWaiting, AidDecisionUnnamed, AidDayImpossible.
    """
    claim = hold_claim(claim_id)
    policies.can_refuse_aid_claim(act, claim).enforce()
    need(claim, State.FILED)
    decided_by, reason = who_decided(decided_by), why(reason)
    day = day_since(act, decided_date, claim.filed_at)
    until = act.today + timedelta(days=enrolments.period_of(claim.enrolment, "appeal_days"))
    # ---
    claim.state, claim.reason, claim.appeal_until = State.REFUSED, reason, until
    claim.decided_by, claim.decided_date, claim.body_id = decided_by, day, body_id
    claim.save()
    keep_evidence(claim, until)
    told = Personal(reason, of=claim.party_id, matter=claim.matter)
    record(act, AidClaimRefused(claim.pk, claim.party_id, decided_by, told, until))
    return claim


@command
def decide_aid_appeal(
    act: Act,
    *,
    claim_id: int,
    granted: bool,
    decided_by: str,
    reason: str,
    decided_date: date | None = None,
    body_id: int | None = None,
    waived: str = "",
) -> AidClaim:
    """Decide on an appeal, by another body than the one that refused: aid is promised after all, or
    the refusal stands.

    Raises RuleNotMet, AidAppealSameBody, AidNotWaiting, AidDecisionUnnamed, AidDayImpossible.
    """
    lock_shares()
    claim = hold_claim(claim_id)
    policies.can_decide_aid_appeal(act, claim).enforce()
    need(claim, State.APPEALED)
    decided_by, reason = who_decided(decided_by), why(reason)
    same = body_id == claim.body_id if claim.body_id else decided_by == claim.decided_by
    if same:
        raise AidAppealSameBody(body=claim.decided_by)
    day = day_since(act, decided_date, claim.appealed_date)
    waived = clean_text(waived, 300, _("Reason"))
    won, findings = _judge(act, claim, waived) if granted else (0, ())
    # ---
    claim.second_by, claim.second_date, claim.second_reason = decided_by, day, reason
    if granted:
        claim.waived = waived
        _promise(claim, won, findings)
    else:
        claim.state = State.UPHELD
        claim.save()
        keep_evidence(claim, act.today)
    told = Personal(reason, of=claim.party_id, matter=claim.matter)
    record(act, AidAppealDecided(claim.pk, claim.party_id, granted, decided_by, told))
    return claim


@command
def pay_aid_benefit(act: Act, *, claim_id: int, paid_date: date | None = None) -> AidClaim:
    """Pay a benefit, once: Dr aid given, Cr cash, in the fund of the plan.

    Raises RuleNotMet when a limit no longer holds, AidFundShort, AidNotWaiting, AidDayImpossible,
    and the refusals of the ledger.
    """
    lock_shares()
    claim = hold_claim(claim_id)
    policies.can_pay_aid_benefit(act, claim).enforce()
    need(claim, State.APPROVED)
    day = day_since(act, paid_date, claim.second_date or claim.decided_date)
    enforce(_limits(act, claim, claim.won, day))
    fund = claim.enrolment.plan.fund
    if (has := books.fund_money(fund)) < claim.won:
        raise AidFundShort(has=format_won(has), won=format_won(claim.won))
    # ---
    entry = ledger.post_entry(
        act,
        date=day,
        text=entry_text(_BENEFIT_TEXT),
        sides=booking.giving(sums.chart(), fund, claim.won),
        source=Source("mutual_aid.AidClaim", claim.pk),
    )
    claim.state, claim.committed_won = State.PAID, 0
    claim.paid_date, claim.entry = day, entry
    claim.save()
    keep_evidence(claim, act.today)
    record(act, AidBenefitPaid(claim.pk, claim.party_id, claim.won, day, entry.pk))
    return claim


def _judge(act: Act, claim: AidClaim, waived: str) -> tuple[int, tuple[Finding, ...]]:
    """What is given by the rules of today for what happened, and what they found. Raises RuleNotMet.

    The time for claiming and the contributions are judged as of the day the claim was filed.
    """
    wish = Wish(claim.event, claim.relation, claim.event_date)
    filed = day_of(claim.filed_at)
    answer = queries.judge_claim(claim.enrolment, wish, filed, claim.pk)
    won = min(answer.won, claim.won)
    findings = (
        *answer.findings,
        *_evidence(claim, bool(waived)),
        *_limits(act, claim, won, act.today),
    )
    enforce(findings)
    return won, findings


def _evidence(claim: AidClaim, waived: bool) -> tuple[Finding, ...]:
    if not claim.evidence_asked:
        return ()
    plan, is_there = claim.enrolment.plan, bool(files_of(claim.matter))
    return (of_evidence(plan.name, plan.article, claim.evidence_asked, is_there, waived),)


def _limits(act: Act, claim: AidClaim, won: int, day: date) -> tuple[Finding, ...]:
    return limits.aid_findings(
        taker_of(claim.enrolment, day), won, day, act.today, without=claim.pk
    )


def _promise(claim: AidClaim, won: int, findings: tuple[Finding, ...]) -> None:
    claim.state, claim.won, claim.committed_won = State.APPROVED, won, won
    claim.decision = keep(findings)
    claim.save()
