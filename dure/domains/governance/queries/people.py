"""A member's record: the seats of a person or an organisation, its attendance, its votes by name.

Members see of each other what was public: who sat where, and how was voted by name. Attendance,
proxies and signatures are for oneself and the office; how was voted in secret is nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from dure.domains.parties import queries as parties
from dure.kernel.acts import Act, day_of
from dure.kernel.reads import note_read
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import (
    Attendance,
    Body,
    CastVote,
    Meeting,
    MinutesSignature,
    Notice,
    Proxy,
    Seat,
    Term,
    Vote,
)
from ..rules.bodies import SeatKind
from ..rules.voting import Method
from .bodies import in_force, sittings

LINES_MAX = 50


@dataclass(frozen=True, slots=True)
class SeatHeld:
    """A seat that is or was held, by whatever right."""

    body_id: int
    body: str
    title: str
    kind_label: str
    from_date: date
    until_date: date | None
    ended: str  # why it ended before its day
    decided_by: str


@dataclass(frozen=True, slots=True)
class Came:
    """A meeting one was called to, and whether one came, or who sat for one."""

    meeting_id: int
    title: str
    body: str
    day: date
    came: bool
    person: str


@dataclass(frozen=True, slots=True)
class Said:
    """A vote by name."""

    vote_id: int
    question: str
    body: str
    day: date
    choice_label: str


@dataclass(frozen=True, slots=True)
class ProxyLine:
    """A proxy given to somebody, or held for somebody."""

    meeting_id: int
    title: str
    day: date
    other: str
    is_given: bool
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class MemberRecord:
    """What somebody did and does in the bodies of the network. `is_whole`: also what is not public."""

    party_id: int
    name: str
    is_whole: bool
    seats: tuple[SeatHeld, ...]
    past: tuple[SeatHeld, ...]
    said: tuple[Said, ...]
    came: tuple[Came, ...]
    proxies: tuple[ProxyLine, ...]
    signed: int  # minutes

    @property
    def attended(self) -> int:
        return sum(one.came for one in self.came)


def member_record(act: Act, party_id: int) -> MemberRecord:
    """The record of a person or an organisation. Reading somebody else's is logged. Raises NotFound:
    also where there is nothing that others may see."""
    policies.can_see_record(act).enforce()
    party_id = parties.resolve(party_id)
    whole = bool(policies.can_see_whole_record(act, party_id))
    name = parties.party_name(party_id)
    held = [*_terms(party_id), *_of_organisation(party_id, act.today)]
    held += _by_office(party_id, act.today)
    said = _said(party_id)
    if not name or not (whole or held or said):
        raise NotFound
    if not parties.is_organisation(party_id):
        note_read(act, party_id, "governance.record")
    now = [one for one in held if one.until_date is None or one.until_date > act.today]
    return MemberRecord(
        party_id=party_id,
        name=name,
        is_whole=whole,
        seats=tuple(now),
        past=tuple(one for one in held if one not in now),
        said=said,
        came=_came(party_id) if whole else (),
        proxies=_proxies(party_id) if whole else (),
        signed=MinutesSignature.objects.filter(person=party_id).count() if whole else 0,
    )


def _terms(party_id: int) -> list[SeatHeld]:
    rows = Term.objects.filter(person=party_id).select_related("seat__body")
    return [
        _held(
            term.seat,
            term.from_date,
            term.until_date,
            str(term.get_ended_because_display()) if term.ended_because else "",
            term.decided_by,
        )
        for term in rows.order_by("-from_date", "-pk")[:LINES_MAX]
    ]


def _of_organisation(party_id: int, on: date) -> list[SeatHeld]:
    whose = Q(organisation=party_id) | Q(turns__organisation=party_id)
    rows = Seat.objects.filter(whose).select_related("body").distinct().order_by("-from_date", "pk")
    return [_held(seat, seat.from_date, seat.until_date) for seat in rows[:LINES_MAX]]


def _by_office(party_id: int, on: date) -> list[SeatHeld]:
    """The seats that follow an office which the person holds today."""
    following = Seat.objects.filter(in_force(on), kind=SeatKind.EX_OFFICIO)
    bodies = Body.objects.filter(in_force(on), pk__in=following.order_by().values("body"))
    found = []
    for body in bodies.order_by("pk"):
        mine = {
            one.seat_id
            for one in sittings(body, on)
            if one.kind == SeatKind.EX_OFFICIO and one.person_id == party_id
        }
        seats = following.filter(pk__in=mine).select_related("body").order_by("pk") if mine else ()
        found += [_held(seat, seat.from_date, seat.until_date) for seat in seats]
    return found


def _held(
    seat: Seat, from_date: date, until_date: date | None, ended: str = "", decided_by: str = ""
) -> SeatHeld:
    ends = [day for day in (until_date, seat.body.until_date) if day is not None]
    return SeatHeld(
        seat.body_id, seat.body.name, seat.title, str(seat.get_kind_display()), from_date,
        min(ends, default=None), ended, decided_by,
    )  # fmt: skip


def _said(party_id: int) -> tuple[Said, ...]:
    """How was voted by name in votes that are over."""
    rows = CastVote.objects.filter(
        party=party_id, vote__method=Method.NAMED, vote__state=Vote.State.CLOSED
    ).select_related("vote__item__meeting__body")
    return tuple(
        Said(
            one.vote_id, one.vote.question, one.vote.item.meeting.body.name,
            day_of(one.vote.item.meeting.starts_at), str(one.get_choice_display()),
        )
        for one in rows.order_by("-vote__pk")[:LINES_MAX]
    )  # fmt: skip


def _came(party_id: int) -> tuple[Came, ...]:
    """The meetings that are over and to which the party was told to come, or came."""
    told = Notice.objects.filter(party=party_id).order_by().values("meeting")
    there = Attendance.objects.filter(party=party_id).order_by("pk")
    sat = dict(there.values_list("meeting_id", "person__party__name"))
    over = Meeting.objects.filter(state__in=(Meeting.State.CLOSED, Meeting.State.FAILED))
    rows = over.filter(Q(pk__in=told) | Q(pk__in=set(sat))).select_related("body")
    return tuple(
        Came(
            one.pk, one.title, one.body.name, day_of(one.starts_at), one.pk in sat,
            sat.get(one.pk, ""),
        )
        for one in rows.order_by("-starts_at", "-pk")[:LINES_MAX]
    )  # fmt: skip


def _proxies(party_id: int) -> tuple[ProxyLine, ...]:
    """Whom the party let vote for it, and for whom the person voted."""
    rows = Proxy.objects.filter(Q(party=party_id) | Q(person=party_id))
    rows = rows.select_related("meeting", "person__party", "party").order_by("-pk")
    return tuple(_proxy_lines(rows[:LINES_MAX], party_id))


def _proxy_lines(rows: Iterable[Proxy], party_id: int) -> Iterable[ProxyLine]:
    for one in rows:
        given = one.party_id == party_id
        yield ProxyLine(
            one.meeting_id, one.meeting.title, day_of(one.meeting.starts_at),
            one.person.party.name if given else one.party.name, given,
            one.withdrawn_at is not None,
        )  # fmt: skip
