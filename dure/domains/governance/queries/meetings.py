"""Meetings, read: what is on the agenda, who was told, who is there, whether that is enough."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, QuerySet

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import Finding, Rulebook, kept
from dure.domains.parties import queries as parties
from dure.kernel.acts import Act, day_of
from dure.kernel.dates import clear_days, told_by
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import Attendance, Item, Meeting, Minutes, Option, Proxy, WrittenVote
from ..rules import counting
from ..rules.agenda import labels
from ..rules.bodies import rule_of
from ..rules.counting import Quorum
from ..rules.elections import Form
from ..rules.rooms import from_afar
from ..rules.voting import answers_in_writing, papers_are_there
from .bodies import voters_of
from .effects import effect_named
from .notices import told_dates

LIST_MAX = 500
binding = bylaws.binding


@dataclass(frozen=True, slots=True)
class VoterLine:
    """One voter of a meeting: told when, there or not, and who sits for it."""

    party_id: int
    name: str
    told_date: date | None
    told_in_time: bool
    is_present: bool
    person: str
    proxy_id: int | None  # the proxy it gave, and who holds it
    holder: str


@dataclass(frozen=True, slots=True)
class ItemLine:
    id: int
    number: int
    title: str
    text: str
    matter: str
    effect: str
    was_told: bool
    minutes: str
    vote_id: int | None
    vote_state: str
    passed: bool | None
    elects: bool  # people are elected, or something is chosen
    options: int  # how many are on the ballot
    label: str = ""  # its place: 2, 2.1
    is_part: bool = False
    owner: str = ""  # who presents it
    planned_minutes: int | None = None
    issue_id: int | None = None
    is_settled: bool = False  # dealt with, without a vote
    withdrawn: str = ""  # why
    papers: int = 0


@dataclass(frozen=True, slots=True)
class MeetingCard:
    """A meeting on one page."""

    id: int
    body_id: int
    body: str
    kind: str
    title: str
    starts_at: datetime
    place: str
    link: str
    state: str
    state_label: str
    opened_at: datetime | None
    closed_at: datetime | None
    chair_id: int | None
    again_for: int | None
    again: int | None
    items: tuple[ItemLine, ...]
    quorum: Quorum
    notice_days: int
    tell_by: date
    told: int
    told_late: int
    voter_ids: frozenset[int]
    findings: tuple[Finding, ...]
    from_afar: bool  # whether one may take part from afar
    answers: bool  # whether voters answer in writing by themselves
    written: Minutes | None
    mine: tuple[VoterLine, ...]  # the voters the actor speaks for

    @property
    def day(self) -> date:
        return day_of(self.starts_at)

    @property
    def voters(self) -> int:
        return len(self.voter_ids)


def meetings(act: Act, *, body_id: int | None = None, state: str = "") -> QuerySet[Meeting]:
    """Meetings, the latest first."""
    policies.can_see_bodies(act).enforce()
    rows = Meeting.objects.select_related("body").order_by("-starts_at", "-pk")
    if body_id is not None:
        rows = rows.filter(body=body_id)
    return rows.filter(state=state) if state else rows


def meeting_row(act: Act, meeting_id: int) -> Meeting:
    """A meeting, for those who belong. Raises NotFound."""
    policies.can_see_bodies(act).enforce()
    found = Meeting.objects.select_related("body", "minutes").filter(pk=meeting_id).first()
    if found is None:
        raise NotFound
    return found


def meeting_card(act: Act, meeting_id: int) -> MeetingCard:
    """One meeting with its agenda and its quorum as it stands, and the voters that the actor speaks
    for. Raises NotFound.
    """
    meeting = meeting_row(act, meeting_id)
    body, day = meeting.body, day_of(meeting.starts_at)
    book = bylaws.rules_on(day)
    voters, told, there = voters_of(body, day), told_dates(meeting), sitting_for(meeting)
    days = book.number(rule_of(book, body.kind, "notice_days"))
    in_time = frozenset(one for one, on in told.items() if clear_days(on, day) >= days)
    mine = proxied(act, meeting) | (voters & act.own)
    failed = meeting.state == Meeting.State.FAILED
    return MeetingCard(
        id=meeting.pk,
        body_id=body.pk,
        body=body.name,
        kind=body.kind,
        title=meeting.title,
        starts_at=meeting.starts_at,
        place=meeting.place,
        link=meeting.link,
        state=meeting.state,
        state_label=str(meeting.get_state_display()),
        opened_at=meeting.opened_at,
        closed_at=meeting.closed_at,
        chair_id=meeting.chair_id,
        again_for=meeting.again_for_id,
        again=meeting.again.values_list("pk", flat=True).first() if failed else None,
        items=item_lines(meeting),
        quorum=_stands(meeting, voters, frozenset(there)),
        notice_days=days,
        tell_by=told_by(day, days),
        told=len(voters & told.keys()),
        told_late=len(voters - in_time),
        voter_ids=voters,
        findings=kept(meeting.findings),
        from_afar=from_afar(book, body.kind),
        answers=answers_in_writing(book, body.kind),
        written=getattr(meeting, "minutes", None),
        mine=_voter_lines(voters & mine, told, in_time, there, _given(meeting, mine)),
    )


def _given(meeting: Meeting, voters: frozenset[int]) -> dict[int, tuple[int, int]]:
    """The proxies that voters gave: which, and who holds it."""
    rows = Proxy.objects.filter(meeting=meeting, party__in=voters, withdrawn_at=None)
    found = rows.order_by("pk").values_list("party_id", "pk", "person_id")
    return {party: (pk, person) for party, pk, person in found}


def _voter_lines(
    voters: frozenset[int],
    told: dict[int, date],
    in_time: frozenset[int],
    there: dict[int, int],
    given: dict[int, tuple[int, int]],
) -> tuple[VoterLine, ...]:
    sitters = {there[one] for one in voters if one in there}
    names = parties.names_of({*voters, *sitters, *(person for _pk, person in given.values())})
    lines = []
    for one in voters:
        proxy_id, holder = given.get(one, (None, 0))
        lines.append(
            VoterLine(
                party_id=one,
                name=names.get(one, ""),
                told_date=told.get(one),
                told_in_time=one in in_time,
                is_present=one in there,
                person=names.get(there.get(one, 0), ""),
                proxy_id=proxy_id,
                holder=names.get(holder, ""),
            )
        )
    return tuple(sorted(lines, key=lambda line: (line.name, line.party_id)))


def item_lines(meeting: Meeting) -> tuple[ItemLine, ...]:
    """The agenda, each item with its latest vote; withdrawn ones only where people were told of them."""
    rows = Item.objects.filter(meeting=meeting).select_related("owner__party").order_by("number")
    items = [
        one
        for one in rows.annotate(papers_count=Count("papers")).prefetch_related("votes")
        if one.withdrawn_at is None or one.was_told or meeting.opened_at is not None
    ]
    places = labels([(one.pk, one.parent_id) for one in items])
    standing = Option.objects.filter(item__meeting=meeting, withdrawn_at=None).order_by()
    counted = dict(standing.values_list("item").annotate(many=Count("pk")))
    lines = []
    for item in items:
        votes = sorted(item.votes.all(), key=lambda vote: vote.pk)
        last = votes[-1] if votes else None
        lines.append(
            ItemLine(
                item.pk, item.number, item.title, item.text, str(item.get_matter_display()),
                item.effect, item.was_told, item.minutes, last.pk if last else None,
                last.state if last else "", last.passed if last else None,
                bool(item.effect) and effect_named(item.effect).elects
                or last is not None and last.form != Form.MOTION,
                counted.get(item.pk, 0),
                label=places[item.pk],
                is_part=item.parent_id is not None,
                owner=item.owner.party.name if item.owner else "",
                planned_minutes=item.planned_minutes,
                issue_id=item.issue_id,
                is_settled=item.settled_at is not None,
                withdrawn=item.withdrawn_reason,
                papers=item.papers_count,
            )
        )  # fmt: skip
    return tuple(lines)


def proxied(act: Act, meeting: Meeting) -> frozenset[int]:
    """The voters for whom the actor holds a proxy in this meeting."""
    rows = Proxy.objects.filter(meeting=meeting, person=act.actor_id, withdrawn_at=None)
    return frozenset(rows.order_by("party_id").values_list("party_id", flat=True))


def sitting_for(meeting: Meeting) -> dict[int, int]:
    """The voters that are there now, each with the person who sits for it."""
    rows = Attendance.objects.filter(meeting=meeting, until_at=None).order_by("pk")
    return dict(rows.values_list("party_id", "person_id"))


def present_of(meeting: Meeting) -> frozenset[int]:
    """The voters that are there now."""
    return frozenset(sitting_for(meeting))


def live_quorum(meeting: Meeting) -> Quorum:
    """Present, needed, margin: as it stands."""
    voters = voters_of(meeting.body, day_of(meeting.starts_at))
    return _stands(meeting, voters, present_of(meeting))


def _stands(meeting: Meeting, voters: frozenset[int], there: frozenset[int]) -> Quorum:
    book, kind = bylaws.rules_on(day_of(meeting.starts_at)), meeting.body.kind
    seen, written = len(voters & there), most_papers(meeting, voters)
    return counting.quorum(book, kind, len(voters), seen + written, written)


def most_papers(meeting: Meeting, voters: frozenset[int]) -> int:
    """How many of these voters are not there and count by their paper: each is of one item, so those
    of the item with the most, as in the vote on it.
    """
    if not papers_are_there(bylaws.rules_on(day_of(meeting.starts_at)), meeting.body.kind):
        return 0
    there = Attendance.objects.filter(meeting=meeting, until_at=None, party=OuterRef("party"))
    held = WrittenVote.objects.filter(item__meeting=meeting, item__withdrawn_at=None)
    rows = held.filter(~Exists(there), withdrawn_at=None).order_by()
    found = Counter(
        item for item, party in rows.values_list("item_id", "party_id") if party in voters
    )
    return max(found.values(), default=0)


def notice_finding(
    book: Rulebook,
    meeting: Meeting,
    voters: Iterable[int],
    present: frozenset[int],
    noted_until: datetime | None = None,
) -> Finding:
    """The notice as the least-told voter had it; who is there anyway has nothing to complain of."""
    day = day_of(meeting.starts_at)
    key = rule_of(book, meeting.body.kind, "notice_days")
    told = told_dates(meeting, noted_until)
    asked = [
        clear_days(told[one], day) if one in told else 0 for one in voters if one not in present
    ]
    return book.check(key, min(asked, default=book.number(key)))


def last_day_to_call(body_kind: str, on: date) -> date:
    """Until which day a meeting of a day must be called."""
    book = bylaws.rules_on(on)
    return told_by(on, book.number(rule_of(book, body_kind, "notice_days")))


def upcoming(act: Act, days: int) -> list[Meeting]:
    """Meetings called or planned within so many days, the soonest first."""
    until = act.at + timedelta(days=days)
    rows = meetings(act).filter(state__in=("planned", "convened", "open"), starts_at__lt=until)
    return list(rows.order_by("starts_at", "pk")[:LIST_MAX])
