"""Who was told of a meeting, whose letter is on its way, and what a letter says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Min, Q

from dure.domains.bylaws import queries as bylaws
from dure.domains.memberships.rules.conduct import NOTICE_WAYS
from dure.domains.parties import queries as parties
from dure.kernel.acts import Act, day_of
from dure.kernel.dates import clear_days
from dure.kernel.reads import note_read
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import Item, Meeting, Notice
from ..rules.bodies import ASSEMBLIES, rule_of
from ..rules.notices import NOTICE_STATES, NoticeState
from .bodies import voters_of


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One voter of a meeting, and how it was told: the latest word of it."""

    party_id: int
    name: str
    state: str  # rules.notices
    notice_id: int | None = None
    way: str = ""
    told_date: date | None = None
    returned_why: str = ""

    @property
    def state_label(self) -> str:
        return str(dict(NOTICE_STATES)[self.state])

    @property
    def way_label(self) -> str:
        return str(dict(NOTICE_WAYS).get(self.way, ""))


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """What a letter of notice says."""

    notice_id: int | None
    email: str
    name: str
    meeting_id: int
    body: str
    title: str
    starts_at: datetime
    place: str
    link: str
    items: tuple[tuple[int, str], ...]
    proxies: bool  # whether one may send somebody else, with a written proxy


def told_dates(meeting: Meeting, noted_until: datetime | None = None) -> dict[int, date]:
    """Who was told, first on which day, as it was noted until a moment; what had come back by then
    told nobody."""
    rows = Notice.objects.filter(meeting=meeting, told_date__isnull=False)
    back = Q(returned_at__isnull=False)
    if noted_until is not None:
        day = day_of(noted_until)
        rows = rows.filter(noted_at__lte=noted_until, told_date__lte=day)
        back = Q(returned_at__lte=noted_until)
    found = rows.exclude(back).order_by().values("party_id").annotate(first=Min("told_date"))
    return dict(found.values_list("party_id", "first"))


def on_their_way(meeting: Meeting) -> frozenset[int]:
    """Whose letter was sent and did not arrive yet."""
    rows = Notice.objects.filter(meeting=meeting, told_date=None, returned_at=None)
    return frozenset(rows.order_by("party_id").values_list("party_id", flat=True))


def letters_after(meeting_id: int, after_id: int) -> Iterator[int]:
    """The letters of a meeting that were queued after one."""
    rows = Notice.objects.filter(meeting=meeting_id, pk__gt=after_id, told_date=None)
    return rows.order_by("pk").values_list("pk", flat=True).iterator()


def notice_lines(act: Act, meeting: Meeting) -> list[NoticeLine]:
    """Every voter of a meeting with how it was told, by name; for those who run it."""
    policies.can_run_meeting(act, meeting).enforce()
    day = _day(meeting)
    voters = voters_of(meeting.body, day)
    book = bylaws.rules_on(day)
    days = book.number(rule_of(book, meeting.body.kind, "notice_days"))
    latest: dict[int, Notice] = {}
    for one in Notice.objects.filter(meeting=meeting).order_by("pk"):
        known = latest.get(one.party_id)
        if known is None or known.told_date is None or known.returned_at is not None:
            latest[one.party_id] = one
    names = parties.names_of(voters)
    lines = []
    for party_id in voters:
        notice = latest.get(party_id)
        name = names.get(party_id, "")
        if notice is None:
            lines.append(NoticeLine(party_id, name, NoticeState.LEFT))
            continue
        state = NoticeState.SENT
        if notice.returned_at is not None:
            state = NoticeState.RETURNED
        elif notice.told_date is not None:
            late = clear_days(notice.told_date, day) < days
            state = NoticeState.LATE if late else NoticeState.TOLD
        lines.append(
            NoticeLine(
                party_id, name, state, notice.pk, notice.way, notice.told_date, notice.returned_why
            )
        )
    return sorted(lines, key=lambda line: (line.name, line.party_id))


def notice_meeting(act: Act, notice_id: int) -> int:
    """The meeting of a notice. Raises NotFound."""
    policies.can_see_bodies(act).enforce()
    found = Notice.objects.filter(pk=notice_id).values_list("meeting_id", flat=True).first()
    if found is None:
        raise NotFound
    return found


def notice_of(meeting: Meeting) -> NoticeFacts:
    """What a notice of a meeting says to anybody."""
    return _facts(meeting, [(None, "", "")])[0]


def notice_facts(notice_id: int) -> NoticeFacts | None:
    """What a letter on its way says; None when there is nothing to say any more."""
    notice = Notice.objects.select_related("meeting__body").filter(pk=notice_id).first()
    if notice is None or notice.told_date is not None or notice.returned_at is not None:
        return None
    meeting = notice.meeting
    if meeting.state != Meeting.State.CONVENED:
        return None
    email = parties.emails_of([notice.party_id], _day(meeting)).get(notice.party_id, "")
    name = parties.party_name(notice.party_id)
    return _facts(meeting, [(notice.pk, email, name)])[0]


def notices_to_print(act: Act, meeting: Meeting) -> list[NoticeFacts]:
    """Letters for the voters who were not told and have no address to mail to, by name."""
    policies.can_note_notices(act, meeting).enforce()
    day = _day(meeting)
    left = voters_of(meeting.body, day) - told_dates(meeting).keys() - on_their_way(meeting)
    left -= parties.emails_of(left, day).keys()
    names = parties.names_of(left)
    if left:
        note_read(act, None, "governance.notices", len(left), download=True)
    return _facts(meeting, [(None, "", name) for name in sorted(names.values())])


def _facts(meeting: Meeting, readers: Iterable[tuple[int | None, str, str]]) -> list[NoticeFacts]:
    day = _day(meeting)
    book = bylaws.rules_on(day)
    knows = "votes.proxy" in book and book.yes("votes.proxy")
    items = Item.objects.filter(meeting=meeting, was_told=True).order_by("number")
    agenda = tuple(items.values_list("number", "title"))
    return [
        NoticeFacts(
            notice_id=notice_id,
            email=email,
            name=name,
            meeting_id=meeting.pk,
            body=meeting.body.name,
            title=meeting.title,
            starts_at=meeting.starts_at,
            place=meeting.place,
            link=meeting.link,
            items=agenda,
            proxies=knows and meeting.body.kind in ASSEMBLIES,
        )
        for notice_id, email, name in readers
    ]


def _day(meeting: Meeting) -> date:
    return day_of(meeting.starts_at)
