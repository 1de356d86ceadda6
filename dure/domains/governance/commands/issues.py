"""Issues: raised by whoever belongs, then on their way from body to body until they are concluded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from dure.domains.parties import queries as parties
from dure.domains.parties.rules.texts import clean_paragraphs, clean_text
from dure.kernel.acts import Act, Capacity
from dure.kernel.deeds import command, record
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies, queries
from ..events import (
    IssueClosed,
    IssueMerged,
    IssuePassedOn,
    IssueRaised,
    IssueReturned,
    IssueSplit,
)
from ..events.actions import IssuePromoted
from ..models import Body, Issue, IssueStep, Item, Meeting, PlanPart
from ..rules.agenda import Source, StepKind
from ..rules.plans import PartKind
from .bodies import BodyEndedAlready, exists_on
from .plans import project_under

TITLE_MAX, TEXT_MAX, REASON_MAX = 200, 4000, 1000


class IssueTitleMissing(InvalidInput):
    """An issue says what it is about."""

    text = _("Say in a few words what the issue is about.")


class SurveyUnnamed(InvalidInput):
    """What residents said can be looked up."""

    text = _("Say which survey it comes from, and which question.")


class ReasonMissing(InvalidInput):
    """Whoever raised it reads why."""

    text = _("Give the reason. Whoever raised the issue reads it.")


class IssueElsewhere(Refusal):
    """It was moved meanwhile, or never stood there."""

    text = _("“%(title)s” stands before %(body)s now.")
    remedy = _("Look at the issue again; its path says what happened.")


class IssueConcluded(Refusal):
    """What is concluded goes nowhere."""

    text = _("“%(title)s” waits nowhere any more: %(state)s.")
    remedy = _("Raise a new issue if there is more to it.")


class IssueOnAgenda(Refusal):
    """Who was called to talk about it talks about it."""

    text = _("“%(title)s” is on the agenda of “%(meeting)s”.")
    remedy = _("Wait for that meeting, or withdraw the item there.")


class CameFromNowhere(Refusal):
    """Only what came from another body is returned."""

    text = _("“%(title)s” was raised before this body; there is none to return it to.")
    remedy = _("Pass it on, or conclude it with the reason.")


class SameBody(InvalidInput):
    """Passed on is to somebody else."""

    text = _("The issue stands before %(body)s already.")


class MergedWithItself(InvalidInput):
    """Two become one."""

    text = _("Choose another issue; one cannot be merged with itself.")


class NotAProject(InvalidInput):
    """An area is no place for one thing."""

    text = _("Choose a project, or the task under which it becomes one.")


class TooFewParts(InvalidInput):
    """A whole is split into two at least."""

    text = _("Write at least two titles, each on its own line.")


@command
def raise_issue(
    act: Act,
    *,
    title: str,
    body_id: int,
    text: str = "",
    source: str = Source.MEMBER,
    source_text: str = "",
    party_id: int | None = None,
    from_body_id: int | None = None,
) -> Issue:
    """Bring something before a body: for oneself or the organisation one speaks for, from a survey
    of residents, or from a body. Raises IssueTitleMissing, SurveyUnnamed, BodyEndedAlready.
    """
    body: Body = Body.objects.hold(body_id)
    if source == Source.MEMBER and party_id is None:
        party_id = act.actor_id
    policies.can_raise_issue(act, source, party_id, from_body_id).enforce()
    title, source_text = (
        clean_text(title, TITLE_MAX, _("Title")),
        clean_text(source_text, TITLE_MAX, _("Survey")),
    )
    if not title:
        raise IssueTitleMissing
    if source == Source.SURVEY and not source_text:
        raise SurveyUnnamed
    _lasts(act, body)
    by_body = Body.objects.filter(pk=from_body_id or 0).first() if source == Source.BODY else None
    if source == Source.BODY and by_body is None:
        raise NotFound
    if source == Source.MEMBER and not (party_id and parties.party_exists(party_id)):
        raise NotFound
    # ---
    issue = Issue.objects.create(
        title=title,
        text=clean_paragraphs(text, TEXT_MAX, _("Text")),
        source=source,
        source_text=source_text,
        party_id=party_id if source == Source.MEMBER else None,
        from_body=by_body,
        body=body,
        raised_date=act.today,
        since_date=act.today,
    )
    _step(act, issue, StepKind.RAISED, from_body=by_body, to_body=body)
    record(act, IssueRaised(issue.pk, title, body.name, source, issue.party_id))
    return issue


@command
def pass_on_issue(
    act: Act, *, issue_id: int, from_body_id: int, to_body_id: int, reason: str = ""
) -> Issue:
    """The body that has the issue passes it on to another. `from_body_id` says where one saw it: of
    two people at once the second is told. Raises IssueElsewhere, IssueConcluded, IssueOnAgenda,
    SameBody, BodyEndedAlready.
    """
    issue = _held(issue_id)
    policies.can_pass_on_issue(act, issue).enforce()
    _waits_before(issue, from_body_id)
    _on_no_agenda(issue)
    to_body: Body = Body.objects.hold(to_body_id)
    if to_body.pk == issue.body_id:
        raise SameBody(body=to_body.name)
    _lasts(act, to_body)
    reason = clean_paragraphs(reason, REASON_MAX, _("Reason"))
    # ---
    from_body, days = issue.body, (act.today - issue.since_date).days
    _goes_to(act, issue, StepKind.PASSED_ON, to_body, reason)
    record(act, IssuePassedOn(issue.pk, issue.title, from_body.name, to_body.name, days, reason))
    return issue


@command
def return_issue(act: Act, *, issue_id: int, from_body_id: int, reason: str) -> Issue:
    """Give the issue back to the body it came from, with the reason. Raises ReasonMissing,
    CameFromNowhere, IssueElsewhere, IssueConcluded, IssueOnAgenda, BodyEndedAlready.
    """
    issue = _held(issue_id)
    policies.can_return_issue(act, issue).enforce()
    _waits_before(issue, from_body_id)
    _on_no_agenda(issue)
    reason = _given(reason)
    before = queries.came_from(issue)
    if before is None:
        raise CameFromNowhere(title=issue.title)
    _lasts(act, before)
    # ---
    from_body, days = issue.body, (act.today - issue.since_date).days
    _goes_to(act, issue, StepKind.RETURNED, before, reason)
    record(act, IssueReturned(issue.pk, issue.title, from_body.name, before.name, days, reason))
    return issue


@command
def merge_issue(
    act: Act, *, issue_id: int, from_body_id: int, into_id: int, reason: str = ""
) -> Issue:
    """Make an issue part of another that waits before the same body. It points there for good.

    Raises MergedWithItself, IssueElsewhere, IssueConcluded, IssueOnAgenda.
    """
    if into_id == issue_id:
        raise MergedWithItself
    first, second = sorted((issue_id, into_id))
    held = {first: _held(first), second: _held(second)}
    issue, into = held[issue_id], held[into_id]
    policies.can_merge_issue(act, issue).enforce()
    _waits_before(issue, from_body_id)
    _waits_before(into, from_body_id)
    _on_no_agenda(issue)
    reason = clean_paragraphs(reason, REASON_MAX, _("Reason"))
    # ---
    issue.state, issue.into = Issue.State.MERGED, into
    issue.save(update_fields=["state", "into"])
    _step(act, issue, StepKind.MERGED, from_body=issue.body, other=into, reason=reason)
    _step(act, into, StepKind.ABSORBED, from_body=into.body, other=issue, reason=reason)
    record(act, IssueMerged(issue.pk, issue.title, into.pk, into.title, reason))
    return issue


@command
def split_issue(
    act: Act, *, issue_id: int, from_body_id: int, titles: Sequence[str], reason: str = ""
) -> list[Issue]:
    """Make several issues of one, each before the same body; they keep its story.

    Raises TooFewParts, IssueElsewhere, IssueConcluded, IssueOnAgenda.
    """
    issue = _held(issue_id)
    policies.can_split_issue(act, issue).enforce()
    _waits_before(issue, from_body_id)
    _on_no_agenda(issue)
    cleaned = [clean_text(one, TITLE_MAX, _("Title")) for one in titles]
    cleaned = list(dict.fromkeys(one for one in cleaned if one))
    if len(cleaned) < 2:
        raise TooFewParts
    reason = clean_paragraphs(reason, REASON_MAX, _("Reason"))
    # ---
    parts = []
    for title in cleaned:
        part = Issue.objects.create(
            title=title, text=issue.text, source=issue.source, source_text=issue.source_text,
            party_id=issue.party_id, from_body_id=issue.from_body_id, body=issue.body,
            raised_date=issue.raised_date, since_date=issue.since_date, part_of=issue,
        )  # fmt: skip
        _step(act, part, StepKind.SPLIT_OFF, to_body=issue.body, other=issue, reason=reason)
        parts.append(part)
    issue.state = Issue.State.SPLIT
    issue.save(update_fields=["state"])
    _step(act, issue, StepKind.SPLIT, from_body=issue.body, reason=reason)
    record(act, IssueSplit(issue.pk, issue.title, tuple(one.pk for one in parts), reason))
    return parts


@command
def close_issue(act: Act, *, issue_id: int, from_body_id: int, reason: str) -> Issue:
    """Conclude an issue, with the reason. Raises ReasonMissing, IssueElsewhere, IssueConcluded,
    IssueOnAgenda.
    """
    issue = _held(issue_id)
    policies.can_close_issue(act, issue).enforce()
    _waits_before(issue, from_body_id)
    _on_no_agenda(issue)
    reason = _given(reason)
    # ---
    issue.state = Issue.State.CLOSED
    issue.save(update_fields=["state"])
    _step(act, issue, StepKind.CLOSED, from_body=issue.body, reason=reason)
    record(act, IssueClosed(issue.pk, issue.title, issue.body.name, reason))
    return issue


@command
def promote_issue(
    act: Act, *, issue_id: int, from_body_id: int, part_id: int, reason: str = ""
) -> Issue:
    """Make a project of an issue: one that the plan has, or a new one under a task of the plan, in a
    draft that waits to be adopted. Raises IssueElsewhere, IssueConcluded, IssueOnAgenda,
    NotAProject, and what the plan refuses.
    """
    issue = _held(issue_id)
    policies.can_promote_issue(act, issue).enforce()
    _waits_before(issue, from_body_id)
    _on_no_agenda(issue)
    part = PlanPart.objects.filter(pk=part_id).first()
    if part is None:
        raise NotFound
    if part.kind == PartKind.AREA:
        raise NotAProject
    reason = clean_paragraphs(reason, REASON_MAX, _("Reason"))
    # ---
    drafting = replace(act, standing=act.standing | {Capacity("drafts_plan")})
    issue.state = Issue.State.PROMOTED
    issue.project = project_under(drafting, part, issue.title, issue.text)
    issue.save(update_fields=["state", "project"])
    _step(act, issue, StepKind.PROMOTED, from_body=issue.body, reason=reason, project=issue.project)
    name = queries.project_title(issue.project.pk)
    record(act, IssuePromoted(issue.pk, issue.title, issue.project.pk, name))
    return issue


def ready_for_agenda(issue_id: int, body_id: int) -> Issue:
    """An issue that a body may put on its agenda. Raises IssueElsewhere, IssueConcluded,
    IssueOnAgenda.
    """
    issue = _held(issue_id)
    _waits_before(issue, body_id)
    _on_no_agenda(issue)
    return issue


def _held(issue_id: int) -> Issue:
    issue: Issue = Issue.objects.select_related("body").hold(issue_id)
    return issue


def _lasts(act: Act, body: Body) -> None:
    if not exists_on(body, act.today):
        ended = body.until_date or body.from_date
        raise BodyEndedAlready(name=body.name, date=ended.isoformat())


def _given(reason: str) -> str:
    cleaned = clean_paragraphs(reason, REASON_MAX, _("Reason"))
    if not cleaned:
        raise ReasonMissing
    return cleaned


def _waits_before(issue: Issue, body_id: int) -> None:
    if issue.state != Issue.State.WAITING:
        raise IssueConcluded(title=issue.title, state=issue.get_state_display())
    if issue.body_id != body_id:
        raise IssueElsewhere(title=issue.title, body=issue.body.name)


def _on_no_agenda(issue: Issue) -> None:
    """Not called or about to be: a meeting in session may send it on its way at once."""
    ahead = Item.objects.filter(
        issue=issue,
        withdrawn_at=None,
        meeting__state__in=(Meeting.State.PLANNED, Meeting.State.CONVENED),
    )
    item = ahead.select_related("meeting").order_by("pk").first()
    if item is not None:
        raise IssueOnAgenda(title=issue.title, meeting=item.meeting.title)


def _goes_to(act: Act, issue: Issue, kind: str, body: Body, reason: str) -> None:
    from_body = issue.body
    issue.body, issue.since_date = body, act.today
    issue.save(update_fields=["body", "since_date"])
    _step(act, issue, kind, from_body=from_body, to_body=body, reason=reason)


def _step(
    act: Act,
    issue: Issue,
    kind: str,
    *,
    from_body: Body | None = None,
    to_body: Body | None = None,
    other: Issue | None = None,
    project: PlanPart | None = None,
    reason: str = "",
) -> None:
    """Note one step, with the latest meeting of the body that took the issue up."""
    at_meeting = None
    if from_body is not None:
        items = Item.objects.filter(issue=issue, meeting__body=from_body, withdrawn_at=None)
        last = items.filter(meeting__opened_at__isnull=False).order_by("-meeting__opened_at", "-pk")
        at_meeting = last.values_list("meeting_id", flat=True).first()
    IssueStep.objects.create(
        issue=issue, kind=kind, on_date=act.today, noted_at=act.at, noted_by_id=act.actor_id,
        from_body=from_body, to_body=to_body, other=other, reason=reason, meeting_id=at_meeting,
        project=project,
    )  # fmt: skip
