"""Cases about conduct, read: by those who keep them, and by the member they are about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import Finding, kept
from dure.kernel.acts import Act
from dure.kernel.dates import told_by
from dure.kernel.reads import note_read
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import ConductCase, ConductNote, Membership
from ..rules.conduct import BODIES, Body, ConductKind, Facts, check_decision

__all__ = [
    "ConductCard", "ConductLine", "conduct_card", "conduct_cases", "conduct_cases_of",
    "conduct_waiting", "is_suspended", "preview_decision", "warnings_in_force",
    "CaseForVote", "case_for_vote", "open_case_choices",
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
    minutes: str
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
        return self.state_code == ConductCase.State.UPHELD and self.appealed_date is None

    @property
    def appeal_waits(self) -> bool:
        return self.appealed_date is not None and self.appeal_decided_date is None

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
        rows = rows.filter(
            Q(state=ConductCase.State.OPEN)
            | Q(appealed_date__isnull=False, appeal_decided_date=None)
        )
    return rows.order_by("-opened_date", "-pk")


def conduct_cases_of(act: Act, membership_id: int) -> tuple[ConductCase, ...]:
    """The cases of one member, for the member and for those who keep them."""
    rows = ConductCase.objects.select_related("membership").filter(membership=membership_id)
    return tuple(
        row for row in rows.order_by("-pk")[:50] if policies.can_see_conduct_case(act, row)
    )


def conduct_waiting(act: Act) -> int:
    """How many cases or appeals wait for something."""
    return conduct_cases(act, only_open=True).count()


def is_suspended(membership_id: int, on: date) -> bool:
    """Whether the rights of a member rest on a day; never the vote, of which the law disposes."""
    return ConductCase.objects.filter(
        membership=membership_id,
        kind=ConductKind.SUSPENSION,
        state=ConductCase.State.UPHELD,
        from_date__lte=on,
        until_date__gt=on,
    ).exists()


def warnings_in_force(membership_id: int, on: date) -> int:
    """How many warnings of a member have not lapsed on a day."""
    return ConductCase.objects.filter(
        membership=membership_id,
        kind=ConductKind.WARNING,
        state=ConductCase.State.UPHELD,
        from_date__lte=on,
        until_date__gt=on,
    ).count()


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
        minutes=case.minutes,
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


def preview_decision(
    act: Act,
    case_id: int,
    *,
    body: str,
    decided_date: date,
    present: int,
    in_favour: int,
    seats: int,
) -> tuple[Finding, ...]:
    """What the rules say of a decision before it is noted; nothing is written."""
    case = ConductCase.objects.filter(pk=case_id).first()
    if case is None:
        raise NotFound
    policies.can_decide_conduct_case(act, case).enforce()
    whole = len(case.roll) if body.endswith("_meeting") else seats
    return check_decision(
        bylaws.rules_on(decided_date),
        Facts(
            ConductKind(case.kind),
            Body(body),
            case.ground,
            case.notice_date,
            decided_date,
            case.was_heard is not None,
            whole,
            present,
            in_favour,
        ),
    )


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
