"""Issues, read: where they stand, since when, and the whole way they came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import Finding
from dure.domains.parties import queries as parties
from dure.kernel.acts import SEOUL, Act, day_of
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import Body, Issue, IssueStep, Item, Meeting, Resolution
from ..rules.agenda import ENDS, StepKind, stays
from .plans import project_title

WAITING_RULE = "agenda.waiting_days"
LINE_MAX = 500
LEADS_TO = (StepKind.RAISED, StepKind.PASSED_ON, StepKind.RETURNED)


@dataclass(frozen=True, slots=True)
class PathLine:
    """One thing that happened on the way: a step, or a meeting that had it on its agenda."""

    at: datetime
    on_date: date
    kind: str  # of a step, or: agenda, adopted, rejected, withdrawn
    label: str
    who: str = ""
    from_body: str = ""
    to_body: str = ""
    reason: str = ""
    meeting_id: int | None = None
    meeting: str = ""
    resolution_id: int | None = None
    resolution: str = ""
    other_id: int | None = None
    other: str = ""
    project_id: int | None = None
    project: str = ""


@dataclass(frozen=True, slots=True)
class StayLine:
    """How long it stood before one body."""

    body: str
    from_date: date
    until_date: date | None
    days: int
    is_too_long: bool


@dataclass(frozen=True, slots=True)
class IssueCard:
    """An issue on one page, with its whole path."""

    id: int
    title: str
    text: str
    source: str
    source_label: str
    raised_by: str
    raised_date: date
    state: str
    state_label: str
    body_id: int
    body: str
    since_date: date
    days: int  # before this body
    waits: Finding
    into: tuple[int, str] | None
    part_of: tuple[int, str] | None
    parts: tuple[tuple[int, str], ...]
    came_from: str
    on_agenda: tuple[int, str] | None  # the meeting ahead
    path: tuple[PathLine, ...]
    stays: tuple[StayLine, ...]

    @property
    def is_waiting(self) -> bool:
        return self.state == Issue.State.WAITING

    @property
    def is_too_long(self) -> bool:
        return self.is_waiting and not self.waits.passed


def issues(
    act: Act, *, body_id: int | None = None, state: str = "waiting", search: str = ""
) -> QuerySet[Issue]:
    """Issues in a state ("" for all), those that have waited longest first."""
    policies.can_see_bodies(act).enforce()
    rows = Issue.objects.select_related("body", "party", "from_body").order_by("since_date", "pk")
    if body_id is not None:
        rows = rows.filter(body=body_id)
    if search:
        rows = rows.filter(title__icontains=search)
    return rows.filter(state=state) if state else rows


def days_waiting(issue: Issue, today: date) -> int | None:
    """How long it has stood before its body; None where it waits no more."""
    return (today - issue.since_date).days if issue.state == Issue.State.WAITING else None


def issue_row(act: Act, issue_id: int) -> Issue:
    """An issue, for those who belong. Raises NotFound."""
    policies.can_see_bodies(act).enforce()
    rows = Issue.objects.select_related("body", "party", "from_body", "into", "part_of")
    found = rows.filter(pk=issue_id).first()
    if found is None:
        raise NotFound
    return found


def issue_choices(body_id: int, *, but: int | None = None) -> list[tuple[int, str]]:
    """The issues that wait before a body, to choose from."""
    rows = Issue.objects.filter(body=body_id, state=Issue.State.WAITING).exclude(pk=but or 0)
    return list(rows.order_by("since_date", "pk").values_list("pk", "title")[:LINE_MAX])


def issue_card(act: Act, issue_id: int) -> IssueCard:
    """One issue with its path. Raises NotFound."""
    issue = issue_row(act, issue_id)
    steps = _steps(issue)
    ended = steps[-1].on_date if steps and steps[-1].kind in ENDS else None
    book = bylaws.rules_on(act.today)
    moves = [(one.on_date, one.to_body_id or 0) for one in steps if one.kind in LEADS_TO]
    bodies = {one.pk: one.name for step in steps for one in (step.from_body, step.to_body) if one}
    stayed = stays(moves, ended, act.today)
    before = came_from(issue, steps)
    ahead = _items(issue).filter(meeting__opened_at=None, withdrawn_at=None)
    meeting = ahead.exclude(meeting__state=Meeting.State.CANCELLED).first()
    waits = book.check(WAITING_RULE, (act.today - issue.since_date).days)
    return IssueCard(
        id=issue.pk,
        title=issue.title,
        text=issue.text,
        source=issue.source,
        source_label=str(issue.get_source_display()),
        raised_by=_raised_by(issue),
        raised_date=issue.raised_date,
        state=issue.state,
        state_label=str(issue.get_state_display()),
        body_id=issue.body_id,
        body=issue.body.name,
        since_date=issue.since_date,
        days=(act.today - issue.since_date).days,
        waits=waits,
        into=(issue.into.pk, issue.into.title) if issue.into else None,
        part_of=(issue.part_of.pk, issue.part_of.title) if issue.part_of else None,
        parts=tuple(issue.parts.order_by("pk").values_list("pk", "title")),
        came_from=before.name if before else "",
        on_agenda=(meeting.meeting_id, meeting.meeting.title) if meeting else None,
        path=tuple(sorted([*_step_lines(steps), *_meeting_lines(issue)], key=lambda one: one.at)),
        stays=tuple(
            StayLine(
                bodies.get(one.body_id, ""), one.from_date, one.until_date, one.days,
                not book.check(WAITING_RULE, one.days).passed,
            )
            for one in stayed
        ),
    )  # fmt: skip


def came_from(issue: Issue, steps: Iterable[IssueStep] | None = None) -> Body | None:
    """The body from which the issue came to where it stands: back along its way, not in circles."""
    way: list[Body] = []
    for step in _steps(issue) if steps is None else steps:
        if step.to_body is None or step.kind not in LEADS_TO:
            continue
        if step.kind == StepKind.RETURNED and len(way) > 1:
            way.pop()
        else:
            way.append(step.to_body)
    return way[-2] if len(way) > 1 else None


def _steps(issue: Issue) -> list[IssueStep]:
    """Its steps, after those of what it was split off from."""
    line, one = [issue.pk], issue
    while one.part_of is not None and len(line) < LINE_MAX:
        one = one.part_of
        line.append(one.pk)
    rows = IssueStep.objects.filter(issue__in=line).exclude(~Q(issue=issue), kind__in=ENDS)
    return list(rows.select_related("from_body", "to_body", "other").order_by("pk"))


def _items(issue: Issue) -> QuerySet[Item]:
    return Item.objects.filter(issue=issue).select_related("meeting__body").order_by("pk")


def _raised_by(issue: Issue) -> str:
    if issue.party is not None:
        return str(issue.party.name)
    return issue.from_body.name if issue.from_body else issue.source_text


def _step_lines(steps: list[IssueStep]) -> list[PathLine]:
    names = parties.names_of(one.noted_by_id for one in steps)
    at = {one.meeting_id for one in steps if one.meeting_id}
    meetings = dict(Meeting.objects.filter(pk__in=at).order_by("pk").values_list("pk", "title"))
    return [
        PathLine(
            at=one.noted_at,
            on_date=one.on_date,
            kind=one.kind,
            label=str(one.get_kind_display()),
            who=names.get(one.noted_by_id or 0, ""),
            from_body=one.from_body.name if one.from_body else "",
            to_body=one.to_body.name if one.to_body else "",
            reason=one.reason,
            meeting_id=one.meeting_id,
            meeting=meetings.get(one.meeting_id or 0, ""),
            other_id=one.other_id,
            other=one.other.title if one.other else "",
            project_id=one.project_id,
            project=project_title(one.project_id) if one.project_id else "",
        )
        for one in steps
    ]


def _meeting_lines(issue: Issue) -> list[PathLine]:
    """Each meeting that had it on its agenda, and what was decided there: read, never noted twice."""
    items = list(_items(issue))
    rows = Resolution.objects.filter(vote__item__in=items).select_related("vote").order_by("pk")
    decided = {one.vote.item_id: one for one in rows}
    lines = []
    for item in items:
        meeting, came_to = item.meeting, decided.get(item.pk)
        if meeting.state == Meeting.State.CANCELLED:
            continue
        kind, at, reason = "agenda", meeting.opened_at or meeting.starts_at, ""
        if came_to is not None:
            kind = "adopted" if came_to.adopted else "rejected"
            at = came_to.vote.closed_at or at
        elif item.withdrawn_at is not None:
            kind, at, reason = "withdrawn", item.withdrawn_at, item.withdrawn_reason
        lines.append(
            PathLine(
                at=at.astimezone(SEOUL),
                on_date=day_of(at),
                kind=kind,
                label="",
                to_body=meeting.body.name,
                reason=reason or (came_to.done_text if came_to else ""),
                meeting_id=meeting.pk,
                meeting=meeting.title,
                resolution_id=came_to.pk if came_to else None,
                resolution=came_to.number if came_to else "",
            )
        )
    return lines


def issues_waiting(act: Act) -> list[tuple[Issue, int, bool]]:
    """What waits before the bodies that the actor leads, or too long anywhere for the office: each
    with its days and whether they are too many; the longest first.
    """
    office, chaired = act.holds(*policies.OFFICE), act.things("chair")
    if not office and not chaired:
        return []
    rows = issues(act) if office else issues(act).filter(body__in=chaired)
    book = bylaws.rules_on(act.today)
    found = []
    for issue in rows[:LINE_MAX]:
        days = (act.today - issue.since_date).days
        late = not book.check(WAITING_RULE, days).passed
        if issue.body_id in chaired or office and late:
            found.append((issue, days, late))
    return found
