"""A case about a member's conduct, until it is decided: opened, told, heard, recommended on."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.personal import Personal
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies, queries
from ..events import (
    ConductCaseOpened,
    ConductCaseWithdrawn,
    ConductHearingNoted,
    ConductNoticeGiven,
    ConductRecommended,
)
from ..models import ConductCase, ConductNote, Membership
from ..rules.conduct import (
    BODIES,
    GROUNDS,
    KINDS,
    NOTICE_WAYS,
    ConductKind,
    Outcome,
)
from ..rules.texts import read_lines
from .admission import DateInFuture
from .members import AlreadyLeft

__all__ = [
    "CaseNotOpen", "CaseOpenAlready", "CaseReasonMissing", "MinutesMissing", "NoticeAfterMeeting",
    "note_conduct_hearing", "note_conduct_notice", "note_conduct_recommendation",
    "open_conduct_case", "withdraw_conduct_case",
]  # fmt: skip

Step = ConductNote.Step


class CaseOpenAlready(Refusal):
    """A member has one case at a time."""

    text = _("A case about member no. %(number)d has been under way since %(date)s.")
    remedy = _("Go on with that one, or withdraw it first.")


class CaseReasonMissing(InvalidInput):
    """A case needs its reason and the article it rests on."""

    text = _("Say what happened, and which article of the bylaws it concerns.")


class CaseNotOpen(Refusal):
    """The case was decided or withdrawn."""

    text = _("This case is over: %(state)s.")


class NoticeAfterMeeting(InvalidInput):
    """A member is told before the meeting."""

    text = _("The member must be told before the meeting of %(meeting)s.")


class MinutesMissing(InvalidInput):
    """A decision is known by its minutes."""

    text = _("Name the meeting and the item of its minutes.")


@command
def open_conduct_case(
    act: Act,
    *,
    membership_id: int,
    kind: str,
    ground: str,
    article: str,
    reason: str,
    follows_id: int | None = None,
) -> ConductCase:
    """Open a case about a member; who the voting members are today is its roll, for good.

    `kind`: review, warning, suspension or expulsion; `ground` as in the law (협동조합 기본법 제25조①);
    `article`: of the bylaws; `follows_id`: the review that found something to decide on. Raises
    AlreadyLeft, CaseOpenAlready, CaseReasonMissing.
    """
    membership: Membership = Membership.objects.hold(membership_id)
    policies.can_open_conduct_case(act, membership).enforce()
    if kind not in dict(KINDS) or ground not in dict(GROUNDS):
        raise NotFound
    article = clean_text(article, 120, _("Article"))
    reason = read_lines(reason, 4000, _("Reason"))
    if not article or not reason:
        raise CaseReasonMissing
    if membership.left_date is not None and membership.left_date <= act.today:
        raise AlreadyLeft(number=membership.number, date=membership.left_date.isoformat())
    follows = (
        follows_id
        and ConductCase.objects.filter(
            pk=follows_id,
            membership=membership,
            kind=ConductKind.REVIEW,
            state=ConductCase.State.UPHELD,
        ).exists()
    )
    if follows_id is not None and not follows:
        raise NotFound
    other = ConductCase.objects.filter(membership=membership, state=ConductCase.State.OPEN).first()
    if other is not None:
        raise CaseOpenAlready(number=membership.number, date=other.opened_date.isoformat())
    # ---
    roll = list(queries.voting_members(act.today).values_list("pk", flat=True))
    case = ConductCase.objects.create(
        membership=membership,
        kind=kind,
        ground=ground,
        article=article,
        reason=reason,
        follows_id=follows_id,
        opened_date=act.today,
        opened_by_id=act.actor_id,
        roll=roll,
    )
    record(
        act,
        ConductCaseOpened(
            case.pk,
            membership.party_id,
            membership.number,
            kind,
            ground,
            article,
            len(roll),
            Personal(reason, membership.party_id),
        ),
    )
    return case


@command
def note_conduct_notice(
    act: Act, *, case_id: int, notice_date: date, way: str, meeting_date: date
) -> ConductCase:
    """Note when and how the member was told the reason, and of which meeting.

    Told again (a later meeting), the later telling counts. Raises CaseNotOpen, NoticeAfterMeeting.
    """
    case = open_case(case_id)
    policies.can_note_conduct_notice(act, case).enforce()
    if way not in dict(NOTICE_WAYS):
        raise NotFound
    if notice_date > act.today:
        raise DateInFuture(date=notice_date.isoformat())
    if not case.opened_date <= notice_date < meeting_date:
        raise NoticeAfterMeeting(meeting=meeting_date.isoformat())
    # ---
    case.notice_date, case.notice_way, case.meeting_date = notice_date, way, meeting_date
    case.save(update_fields=["notice_date", "notice_way", "meeting_date"])
    note_step(act, case, Step.NOTICE, notice_date)
    member = case.membership
    record(
        act,
        ConductNoticeGiven(case.pk, member.party_id, member.number, notice_date, way, meeting_date),
    )
    return case


@command
def note_conduct_hearing(
    act: Act, *, case_id: int, hearing_date: date, was_heard: bool, statement: str = ""
) -> ConductCase:
    """Note that the member was heard, or could speak and did not. Raises CaseNotOpen, DateInFuture."""
    case = open_case(case_id)
    policies.can_note_conduct_hearing(act, case).enforce()
    if hearing_date > act.today:
        raise DateInFuture(date=hearing_date.isoformat())
    statement = read_lines(statement, 4000, _("Statement"))
    # ---
    case.hearing_date, case.was_heard = hearing_date, was_heard
    case.save(update_fields=["hearing_date", "was_heard"])
    note_step(act, case, Step.HEARING, hearing_date, text=statement)
    member = case.membership
    record(
        act,
        ConductHearingNoted(
            case.pk,
            member.party_id,
            member.number,
            hearing_date,
            was_heard,
            Personal(statement, member.party_id),
        ),
    )
    return case


@command
def note_conduct_recommendation(
    act: Act, *, case_id: int, body: str, outcome: str, on_date: date, minutes: str, text: str = ""
) -> ConductCase:
    """Note what a body recommends; it has no effect. Raises CaseNotOpen, MinutesMissing."""
    case = open_case(case_id)
    policies.can_note_conduct_recommendation(act, case).enforce()
    if body not in dict(BODIES) or outcome not in tuple(Outcome):
        raise NotFound
    if on_date > act.today:
        raise DateInFuture(date=on_date.isoformat())
    minutes, text = read_minutes(minutes), read_lines(text, 4000, _("Note"))
    # ---
    note_step(
        act,
        case,
        Step.RECOMMENDATION,
        on_date,
        body=body,
        outcome=outcome,
        minutes=minutes,
        text=text,
    )
    member = case.membership
    record(
        act,
        ConductRecommended(
            case.pk, member.party_id, member.number, body, outcome, on_date, minutes
        ),
    )
    return case


@command
def withdraw_conduct_case(act: Act, *, case_id: int, reason: str) -> ConductCase:
    """Let a case rest without a decision. Raises CaseNotOpen, CaseReasonMissing."""
    case = open_case(case_id)
    policies.can_withdraw_conduct_case(act, case).enforce()
    reason = clean_text(reason, 300, _("Reason"))
    if not reason:
        raise CaseReasonMissing
    # ---
    case.state = ConductCase.State.WITHDRAWN
    case.save(update_fields=["state"])
    member = case.membership
    record(
        act,
        ConductCaseWithdrawn(
            case.pk, member.party_id, member.number, Personal(reason, member.party_id)
        ),
    )
    return case


def open_case(case_id: int) -> ConductCase:
    case: ConductCase = ConductCase.objects.select_related("membership").hold(case_id)
    if case.state != ConductCase.State.OPEN:
        raise CaseNotOpen(state=case.get_state_display())
    return case


def read_minutes(given: str) -> str:
    cleaned = clean_text(given, 200, _("Minutes"))
    if not cleaned:
        raise MinutesMissing
    return cleaned


def note_step(
    act: Act,
    case: ConductCase,
    step: str,
    on_date: date,
    *,
    body: str = "",
    outcome: str = "",
    minutes: str = "",
    text: str = "",
    counts: tuple[int, int, int | None] | None = None,
) -> None:
    whole, present, in_favour = counts or (None, None, None)
    ConductNote.objects.create(
        case=case,
        step=step,
        on_date=on_date,
        body=body,
        outcome=outcome,
        whole=whole,
        present=present,
        in_favour=in_favour,
        minutes=minutes,
        text=text,
        noted_at=act.at,
        noted_by_id=act.actor_id,
    )
