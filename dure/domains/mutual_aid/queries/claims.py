"""Claims, read: the live answer, a claim on one page, those that wait. What happened to whom is opened
for the member and for those who review claims, and for nobody else; each look is logged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from dure.domains.bylaws.rules import Finding, failed, kept
from dure.domains.loans.queries import lender_of
from dure.kernel import secrets
from dure.kernel.acts import Act, day_of
from dure.kernel.files import FileLine, OpenFile, files_of, open_file
from dure.kernel.money import format_won
from dure.kernel.reads import note_read
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import AidClaim, AidEnrolment
from ..rules import claiming as rules
from . import sums
from .plans import promised_by
from .takers import enrolments_of

__all__ = [
    "AidClaimCard", "AidClaimRow", "ClaimAnswer", "aid_claim", "aid_claims", "aid_claims_waiting", "appeals_to_decide",
    "claim_answer", "claim_for_vote", "claims_to_decide", "judge_claim", "my_aid_claims",
    "open_aid_evidence",
]  # fmt: skip

State = AidClaim.State
ROWS_MAX = 500
WAITING = (State.FILED, State.APPEALED, State.APPROVED)


@dataclass(frozen=True, slots=True)
class ClaimAnswer:
    """What would be given, and what each rule says."""

    won: int
    evidence: str
    findings: tuple[Finding, ...]

    @property
    def is_yes(self) -> bool:
        return not failed(self.findings)


@dataclass(frozen=True, slots=True)
class AidClaimRow:
    """A claim in a list; without what it is about."""

    id: int
    name: str
    party_id: int
    state: str
    state_label: str
    won: int
    filed_date: date
    event_label: str  # empty for who does not review


@dataclass(frozen=True, slots=True)
class AidClaimCard:
    """A claim on one page; `is_open`: whether the reader sees what it is about."""

    id: int
    enrolment_id: int
    membership_id: int | None
    participant_id: int | None
    party_id: int
    name: str
    number: int | None  # of the membership
    plan: str
    article: str
    state: str
    state_label: str
    won: int
    filed_date: date
    is_open: bool
    matter: str
    event: str
    event_label: str
    relation_label: str
    event_date: date | None
    about: str
    evidence_asked: str
    evidence: tuple[FileLine, ...]
    findings: tuple[Finding, ...]
    decision: tuple[Finding, ...]
    decided_date: date | None
    decided_by: str
    reason: str
    waived: str
    appeal_until: date | None
    appealed_date: date | None
    appeal: str
    second_date: date | None
    second_by: str
    second_reason: str
    paid_date: date | None
    entry_id: int | None


def judge_claim(
    enrolment: AidEnrolment, wish: rules.Wish, on: date, without: int | None = None
) -> rules.Answer:
    """What the rules find about a claim; `without`: the claim that is judged, where it is filed."""
    party, plan = enrolment.party_id, enrolment.plan
    lender = lender_of(plan.fund)
    owner = lender.owner
    rested = [one for one in (enrolment.lapsed_date, enrolment.ended_date) if one is not None]
    assert enrolment.counts_from is not None
    return rules.answer(
        lender.rules_on(on),
        rules.Terms(
            plan.name, plan.article, promised_by(plan), plan.waiting_months, plan.per_year_won,
            plan.per_person_won,
        ),
        rules.Known(
            counts_from=enrolment.counts_from,
            rested_from=min(rested, default=None),
            paid_months=sums.months_paid(enrolment.pk),
            late_won=sums.late_won_of(enrolment.pk, on),
            times=sums.times_granted(party, owner, wish.event, wish.relation, without),
            year_won=sums.aid_granted(
                party, owner=owner, without=without, year=wish.event_date.year
            ),
            person_won=sums.aid_granted(party, owner=owner, without=without),
        ),
        wish,
        on,
    )  # fmt: skip


def claim_answer(
    act: Act, *, enrolment_id: int, event: str, relation: str, event_date: date
) -> ClaimAnswer:
    """What the rules answer today to a claim. Raises Denied, NotFound."""
    rows = AidEnrolment.objects.select_related("plan")
    enrolment = rows.filter(pk=enrolment_id, counts_from__isnull=False).first()
    if enrolment is None:
        raise NotFound
    policies.can_ask_for_aid(act, enrolment.party_id).enforce()
    found = judge_claim(enrolment, rules.Wish(event, relation, event_date), act.today)
    return ClaimAnswer(found.won, found.line.evidence if found.line else "", found.findings)


def aid_claim(act: Act, claim_id: int) -> AidClaimCard:
    """A claim. Raises NotFound, Denied."""
    row = _with_names().filter(pk=claim_id).first()
    if row is None:
        raise NotFound
    policies.can_see_aid_claim(act, row).enforce()
    is_open = bool(policies.can_review_aid_claim(act, row))
    if row.party_id not in act.own:
        note_read(act, row.party_id, "mutual_aid.aid_claim")
    member = row.enrolment.membership
    return AidClaimCard(
        id=row.pk,
        enrolment_id=row.enrolment_id,
        membership_id=row.enrolment.membership_id,
        participant_id=row.participant_id,
        party_id=row.party_id,
        name=row.enrolment.party.name,
        number=member.number if member else None,
        plan=row.enrolment.plan.name,
        article=row.enrolment.plan.article,
        state=row.state,
        state_label=str(row.get_state_display()),
        won=row.won,
        filed_date=day_of(row.filed_at),
        is_open=is_open,
        matter=row.matter,
        event=row.event if is_open else "",
        event_label=str(row.get_event_display()) if is_open else "",
        relation_label=str(row.get_relation_display()) if is_open else "",
        event_date=row.event_date if is_open else None,
        about=_opened(row.about_secret) if is_open else "",
        evidence_asked=row.evidence_asked if is_open else "",
        evidence=tuple(files_of(row.matter).values()) if is_open else (),
        findings=kept(row.findings) if is_open else (),
        decision=kept(row.decision) if is_open else (),
        decided_date=row.decided_date,
        decided_by=row.decided_by,
        reason=row.reason if is_open else "",
        waived=row.waived if is_open else "",
        appeal_until=row.appeal_until,
        appealed_date=row.appealed_date,
        appeal=_opened(row.appeal_secret) if is_open else "",
        second_date=row.second_date,
        second_by=row.second_by,
        second_reason=row.second_reason if is_open else "",
        paid_date=row.paid_date,
        entry_id=row.entry_id,
    )


def open_aid_evidence(act: Act, claim_id: int, file_id: int) -> OpenFile:
    """A piece of evidence, opened; it is logged who did. Raises NotFound, Denied, FileDestroyed."""
    row = _with_names().filter(pk=claim_id).first()
    if row is None:
        raise NotFound
    policies.can_review_aid_claim(act, row).enforce()
    if file_id not in files_of(row.matter):
        raise NotFound
    return open_file(act, file_id, "mutual_aid.evidence")


def aid_claims(act: Act, *, state: str = "", fund: str = "") -> list[AidClaimRow]:
    """The claims of all, the newest first: of the network, or of a fund run for others. Raises Denied."""
    policies.can_see_aid_claims(act, fund).enforce()
    rows = _with_names().filter(enrolments_of(fund, "enrolment__"))
    return _rows(rows.filter(state=state) if state else rows, policies.reviews_aid(act))


def my_aid_claims(act: Act) -> list[AidClaimRow]:
    """One's own claims and those of the organisations one speaks for."""
    return _rows(_with_names().filter(enrolment__party__in=act.own), is_open=True)


def aid_claims_waiting(act: Act) -> list[AidClaimRow]:
    """The claims that wait for the actor: to be decided, or to be paid; the oldest first."""
    states = [*(WAITING[:2] if policies.reviews_aid(act) else ())]
    if act.holds(*policies.MONEY):
        states.append(State.APPROVED)
    if not states:
        return []
    rows = _with_names().filter(state__in=states)
    if not act.holds(*policies.READERS):  # the network's own only
        rows = rows.filter(enrolments_of("", "enrolment__"))
    return _rows(rows, policies.reviews_aid(act))[::-1]


def claims_to_decide() -> list[tuple[int, str]]:
    """The claims a body may decide on, the oldest first."""
    return _choices(State.FILED)


def appeals_to_decide() -> list[tuple[int, str]]:
    """The refusals that were appealed against, the oldest first."""
    return _choices(State.APPEALED)


def claim_for_vote(claim_id: int, on: date) -> tuple[int, tuple[Finding, ...], int | None]:
    """Whose claim it is, what the rules find before the vote, which body refused it. Raises NotFound."""
    row = _with_names().filter(pk=claim_id).first()
    if row is None:
        raise NotFound
    wish = rules.Wish(row.event, row.relation, row.event_date)
    return row.party_id, judge_claim(row.enrolment, wish, on, row.pk).findings, row.body_id


def _choices(state: str) -> list[tuple[int, str]]:
    rows = _with_names().filter(enrolments_of("", "enrolment__"), state=state)
    return [
        (one.pk, f"{one.enrolment.party.name} {format_won(one.won)}")
        for one in rows.order_by("filed_at", "pk")[:200]
    ]


def _with_names() -> QuerySet[AidClaim]:
    return AidClaim.objects.select_related(
        "enrolment__party", "enrolment__membership", "enrolment__plan"
    )


def _rows(rows: QuerySet[AidClaim], is_open: bool) -> list[AidClaimRow]:
    return [
        AidClaimRow(
            one.pk, one.enrolment.party.name, one.party_id, one.state,
            str(one.get_state_display()), one.won, day_of(one.filed_at),
            str(one.get_event_display()) if is_open else "",
        )
        for one in rows.order_by("-filed_at", "-pk")[:ROWS_MAX]
    ]  # fmt: skip


def _opened(secret: str) -> str:
    return secrets.decrypt(secret) if secret else ""
