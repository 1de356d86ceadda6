"""Cases about conduct, read: by those who keep them, and by the member they are about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import Finding, enforce, kept
from dure.kernel.acts import Act
from dure.kernel.dates import told_by
from dure.kernel.reads import note_read
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import ConductCase, ConductNote, Membership
from ..rules.conduct import (
    ASSEMBLIES,
    BODIES,
    Body,
    ConductKind,
    Facts,
    Judged,
    Outcome,
    check_decision,
    judge,
)
from .duties import Standing, standing_of

UNDER_WAY = Q(state=ConductCase.State.OPEN) | Q(
    appealed_date__isnull=False, appeal_decided_date=None
)
STEPS = ("appeal", "decision", "hearing", "notice", "appeal_period")  # by how they press

__all__ = [
    "CaseWaiting", "ConductCard", "ConductLine", "conduct_card", "conduct_cases", "conduct_of",
    "conduct_waiting", "own_cases", "preview_decision",
    "CaseForVote", "appealed_case_choices", "appealed_case_for_vote", "case_for_vote",
    "open_case_choices",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ConductLine:
    """One thing noted in a case, in words."""

    on_date: date
    step: str
    body: str
    outcome: str
    counts: tuple[int, int, int] | None  # whole, present, in favour
    minutes: str
    text: str


@dataclass(frozen=True, slots=True)
class ConductCard:
    """A case with all that was noted. `bodies`: those competent to decide, as the rules say."""

    id: int
    membership_id: int
    party_id: int
    number: int
    name: str
    kind: str
    kind_code: str
    ground: str
    ground_code: str
    article: str
    reason: str
    state: str
    state_code: str
    opened_date: date
    roll_count: int
    meeting_date: date | None
    notice_date: date | None
    hearing_date: date | None
    from_date: date | None
    until_date: date | None
    appeal_until_date: date | None
    appealed_date: date | None
    appeal_decided_date: date | None
    decided_date: date | None
    minutes: str
    follows_id: int | None
    lines: tuple[ConductLine, ...]
    findings: tuple[Finding, ...]
    bodies: tuple[str, ...]
    notice_days: int
    tell_by: date | None  # for the meeting that was named

    @property
    def is_open(self) -> bool:
        return self.state_code == ConductCase.State.OPEN

    @property
    def may_be_appealed(self) -> bool:
        decided = self.state_code == ConductCase.State.UPHELD and self.from_date is not None
        return decided and self.appealed_date is None

    @property
    def found_something(self) -> bool:
        """A review that says there is something to decide on."""
        return self.state_code == ConductCase.State.UPHELD and self.from_date is None

    @property
    def appeal_waits(self) -> bool:
        return self.appealed_date is not None and self.appeal_decided_date is None

    @property
    def letters(self) -> tuple[str, ...]:
        """Which letters there are to write: notice, decision, appeal."""
        days = (self.meeting_date, self.decided_date, self.appeal_decided_date)
        return tuple(
            kind for kind, day in zip(("notice", "decision", "appeal"), days, strict=True) if day
        )

    @property
    def missing(self) -> tuple[str, ...]:
        """What has to be noted before a decision: notice, hearing."""
        needed = (("notice", self.notice_date), ("hearing", self.hearing_date))
        return tuple(name for name, noted in needed if noted is None)


def conduct_cases(act: Act, *, only_open: bool = False) -> QuerySet[ConductCase]:
    """All cases, the latest first; for those who keep them."""
    policies.can_see_conduct_cases(act).enforce()
    rows = ConductCase.objects.select_related("membership", "membership__party")
    if only_open:
        rows = rows.filter(UNDER_WAY)
    return rows.order_by("-opened_date", "-pk")


@dataclass(frozen=True, slots=True)
class CaseWaiting:
    """A case that waits, for what, and until when; `is_late`: that day is over."""

    case_id: int
    name: str
    kind: str
    step: str  # appeal, decision, hearing, notice, appeal_period
    by_date: date | None
    is_late: bool


def conduct_waiting(act: Act) -> tuple[CaseWaiting, ...]:
    """Cases that wait for a hand, the most pressing first; then decisions that may be appealed yet."""
    policies.can_see_conduct_cases(act).enforce()
    today = act.today
    rows = _not_over(today).order_by("opened_date", "pk")
    found = [_waiting(case, today) for case in rows[:200]]
    found.sort(key=lambda one: (not one.is_late, STEPS.index(one.step), one.by_date or date.max))
    return tuple(found)


def _waiting(case: ConductCase, today: date) -> CaseWaiting:
    by_date: date | None = None
    if case.appealed_date is not None:
        step = "appeal"
    elif case.state != ConductCase.State.OPEN:
        step, by_date = "appeal_period", case.appeal_until_date
    elif case.notice_date is None:
        step = "notice"
    elif case.hearing_date is None:
        step, by_date = "hearing", case.meeting_date
    else:
        step, by_date = "decision", case.meeting_date
    return CaseWaiting(
        case.pk,
        case.membership.party.name,
        case.get_kind_display(),
        step,
        by_date,
        by_date is not None and by_date < today,
    )


def own_cases(act: Act) -> tuple[CaseWaiting, ...]:
    """Cases about the actor, or about whom the actor speaks for, that are not over."""
    own = act.own
    rows = _not_over(act.today).filter(membership__party__in=own).order_by("-pk")
    return tuple(_waiting(case, act.today) for case in rows[:20]) if own else ()


def _not_over(on: date) -> QuerySet[ConductCase]:
    """Under way, waiting for an appeal's decision, or decided and open to appeal."""
    appealable = Q(state=ConductCase.State.UPHELD, appealed_date=None, appeal_until_date__gte=on)
    return ConductCase.objects.select_related("membership__party").filter(UNDER_WAY | appealable)


def conduct_of(act: Act, membership_id: int) -> tuple[Standing, tuple[ConductCase, ...]]:
    """How a member stands today; and its cases, for the member and for those who keep them."""
    rows = ConductCase.objects.select_related("membership").filter(membership=membership_id)
    every = list(rows.order_by("-pk")[:200])
    seen = tuple(one for one in every if policies.can_see_conduct_case(act, one))
    return standing_of(membership_id, act.today, every), seen


def conduct_card(act: Act, case_id: int) -> ConductCard:
    """One case with what was noted; read by staff, the read is noted. Raises NotFound."""
    case = (
        ConductCase.objects.select_related("membership", "membership__party")
        .filter(pk=case_id)
        .first()
    )
    if case is None:
        raise NotFound
    policies.can_see_conduct_case(act, case).enforce()
    member = case.membership
    note_read(act, member.party_id, "memberships.conduct")
    book = bylaws.rules_on(case.decided_date or act.today)
    days_key, body_key = f"{case.kind}.notice_days", f"{case.kind}.body"
    days = book.number(days_key) if days_key in book else 0
    competent = book.choices(body_key) if body_key in book else frozenset(dict(BODIES))
    return ConductCard(
        id=case.pk,
        membership_id=member.pk,
        party_id=member.party_id,
        number=member.number,
        name=member.party.name,
        kind=case.get_kind_display(),
        kind_code=case.kind,
        ground=case.get_ground_display(),
        ground_code=case.ground,
        article=case.article,
        reason=case.reason,
        state=case.get_state_display(),
        state_code=case.state,
        opened_date=case.opened_date,
        roll_count=len(case.roll),
        meeting_date=case.meeting_date,
        notice_date=case.notice_date,
        hearing_date=case.hearing_date,
        from_date=case.from_date,
        until_date=case.until_date,
        appeal_until_date=case.appeal_until_date,
        appealed_date=case.appealed_date,
        appeal_decided_date=case.appeal_decided_date,
        decided_date=case.decided_date,
        minutes=case.minutes,
        follows_id=case.follows_id,
        lines=tuple(map(_line, case.notes.all())),
        findings=kept(case.findings),
        bodies=tuple(str(name) for code, name in BODIES if code in competent),
        notice_days=days,
        tell_by=told_by(case.meeting_date, days) if case.meeting_date else None,
    )


@dataclass(frozen=True, slots=True)
class CaseForVote:
    """What a body must know before it votes on a case: whom it is about, and who may vote."""

    party_id: int
    name: str
    kind: str
    voters: frozenset[int]  # the parties on the roll of the case
    findings: tuple[Finding, ...]  # notice, hearing and ground, as they stand


def case_for_vote(case_id: int, body: str, on: date) -> CaseForVote:
    """A case that a body is to vote on, on a day. Raises NotFound, when it is not open either."""
    case = (
        ConductCase.objects.select_related("membership", "membership__party")
        .filter(pk=case_id, state=ConductCase.State.OPEN)
        .first()
    )
    if case is None or body not in tuple(Body):
        raise NotFound
    members = Membership.objects.filter(pk__in=case.roll).order_by("pk")
    whole = len(case.roll)
    facts = Facts(
        ConductKind(case.kind), Body(body), case.ground, case.notice_date, on,
        case.was_heard is not None, whole, whole, whole,
    )  # fmt: skip
    return CaseForVote(
        case.membership.party_id,
        case.membership.party.name,
        case.kind,
        frozenset(members.values_list("party_id", flat=True)),
        tuple(  # the counts are the vote's
            one
            for one in check_decision(bylaws.rules_on(on), facts)
            if not one.key.endswith("_ratio")
        ),
    )


def open_case_choices(*kinds: str) -> list[tuple[int, str]]:
    """Open cases of these kinds, to be put to a body."""
    rows = ConductCase.objects.filter(state=ConductCase.State.OPEN, kind__in=kinds)
    rows = rows.select_related("membership__party").order_by("-opened_date", "-pk")
    return [(one.pk, f"{one.membership.party.name} · {one.article}") for one in rows[:200]]


def appealed_case_choices() -> list[tuple[int, str]]:
    """Cases whose appeal waits, to be put to another body."""
    rows = ConductCase.objects.filter(appealed_date__isnull=False, appeal_decided_date=None)
    rows = rows.select_related("membership__party").order_by("appealed_date", "pk")
    return [(one.pk, f"{one.membership.party.name} · {one.article}") for one in rows[:200]]


def appealed_case_for_vote(case_id: int, body: str) -> tuple[int, bool]:
    """Whom an appeal is about, and whether this body may hear it. Raises NotFound."""
    case = (
        ConductCase.objects.select_related("membership")
        .filter(pk=case_id, appealed_date__isnull=False, appeal_decided_date=None)
        .first()
    )
    if case is None:
        raise NotFound
    return case.party_id, body in ASSEMBLIES or body != case.decided_by


def judge_decision(
    case: ConductCase,
    *,
    body: str,
    upheld: bool,
    decided_date: date,
    whole: int,
    present: int,
    in_favour: int | None,
    until_date: date | None,
    resolved: tuple[Finding, ...] = (),
) -> Judged:
    """What the rules of the day say of a decision on a case. Raises SuspensionEndless."""
    facts = Facts(
        ConductKind(case.kind),
        Body(body),
        case.ground,
        case.notice_date,
        decided_date,
        case.was_heard is not None,
        whole,
        present,
        in_favour or 0,
    )
    book = bylaws.rules_on(decided_date)
    return judge(book, facts, upheld=upheld, until_date=until_date, resolved=resolved)


def preview_decision(
    act: Act,
    *,
    case_id: int,
    body: str,
    outcome: str,
    decided_date: date,
    seats: int = 0,
    present: int = 0,
    in_favour: int = 0,
    until_date: date | None = None,
    **typed: object,
) -> Judged:
    """What a decision would do, before it is noted; nothing is written.

    Raises RuleNotMet where the rules do not carry it, SuspensionEndless, NotFound.
    """
    case = ConductCase.objects.filter(pk=case_id).first()
    if case is None:
        raise NotFound
    policies.can_decide_conduct_case(act, case).enforce()
    judged = judge_decision(
        case,
        body=body,
        upheld=outcome == Outcome.UPHELD,
        decided_date=decided_date,
        whole=len(case.roll) if body in ASSEMBLIES else seats,
        present=present,
        in_favour=in_favour,
        until_date=until_date,
    )
    if outcome == Outcome.UPHELD:
        enforce(judged.findings)
    return judged


def _line(note: ConductNote) -> ConductLine:
    counts = None
    if note.whole is not None and note.present is not None and note.in_favour is not None:
        counts = (note.whole, note.present, note.in_favour)
    return ConductLine(
        note.on_date,
        note.get_step_display(),
        note.get_body_display() if note.body else "",
        note.outcome,
        counts,
        note.minutes,
        note.text,
    )
