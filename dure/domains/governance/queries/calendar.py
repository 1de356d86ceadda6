"""The calendar: what meets when, what comes by its cycle, and who may read it by which address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core import signing
from django.db.models import Q, QuerySet
from django.utils.dates import WEEKDAYS

from dure.domains.parties import queries as parties
from dure.kernel.acts import SEOUL, Act, day_of
from dure.kernel.dates import public_holidays
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import Body, CalendarKey, Cycle, Meeting
from ..rules import cycles
from ..rules.cycles import EVERY, NTH, Every, Rhythm
from .bodies import in_force, voters_of

CALENDAR_MAX = 2_000
AHEAD = 6  # turns shown
_SALT = "dure.governance.calendar"


@dataclass(frozen=True, slots=True)
class CalendarLine:
    """A meeting in the calendar. For everybody only what is public: no link."""

    id: int
    body_id: int
    body: str
    title: str
    starts_at: datetime
    place: str
    link: str
    state: str
    state_label: str
    is_public: bool

    @property
    def day(self) -> date:
        return day_of(self.starts_at)


@dataclass(frozen=True, slots=True)
class TurnToCome:
    """A meeting that the cycle of its body foresees and nobody has planned yet."""

    planned: date
    day: date
    at: time
    place: str
    host_id: int | None
    host: str


@dataclass(frozen=True, slots=True)
class CycleCard:
    """The cycle of a body in words, and what comes of it."""

    id: int
    every: str
    words: str
    at: time
    place: str
    hosts: tuple[str, ...]
    coming: tuple[TurnToCome, ...]


def calendar(
    act: Act, from_date: date, until_date: date, *, body_id: int | None = None, mine: bool = False
) -> list[CalendarLine]:
    """The meetings of [from, until), the soonest first: of the network, of a body, or those in which
    the actor has a vote or a seat."""
    policies.can_see_bodies(act).enforce()
    rows = _between(from_date, until_date)
    if body_id is not None:
        rows = rows.filter(body=body_id)
    found = list(rows[:CALENDAR_MAX])
    if mine:
        own = _own_bodies(act, found)
        found = [one for one in found if one.body_id in own]
    return [_line(one) for one in found]


def public_calendar(from_date: date, until_date: date) -> list[CalendarLine]:
    """The meetings that everybody may know of, once they are called."""
    rows = _between(from_date, until_date).filter(is_public=True).exclude(state="planned")
    return [_line(one, public=True) for one in rows[:CALENDAR_MAX]]


def cycle_card(act: Act, body_id: int) -> CycleCard | None:
    """How often a body meets, who hosts, what comes next; None without a cycle."""
    policies.can_see_bodies(act).enforce()
    body = Body.objects.filter(in_force(act.today), pk=body_id).first()
    if body is None:
        return None
    cycle = Cycle.objects.filter(in_cycle(act.today), body=body).order_by("-pk").first()
    if cycle is None:
        return None
    names = parties.names_of(_hosts(cycle))
    words = str(dict(EVERY)[cycle.every])
    if cycle.every != Every.BIWEEKLY:
        words += f" {dict(NTH)[cycle.nth]} {_weekday(cycle.weekday)}"
    return CycleCard(
        id=cycle.pk,
        every=cycle.every,
        words=words,
        at=cycle.at,
        place=cycle.place,
        hosts=tuple(names[one] for one in _hosts(cycle)),
        coming=tuple(turns_to_come(body, act.today)),
    )


def turns_to_come(body: Body, after: date, most: int = AHEAD) -> list[TurnToCome]:
    """The next meetings that the cycle of a body foresees after a day, without those planned."""
    cycle = _cycle_of(body, after)
    if cycle is None:
        return []
    held = Meeting.objects.filter(body=body, turn_date__isnull=False)
    known = set(held.exclude(state=Meeting.State.CANCELLED).values_list("turn_date", flat=True))
    hosts = _hosts(cycle)
    names = parties.names_of(hosts)
    rhythm = Rhythm(cycle.every, cycle.first_date, cycle.nth, cycle.weekday, cycle.moved)
    found: list[TurnToCome] = []
    for turn in cycles.turns(rhythm, is_holiday):
        if turn.day <= after or turn.planned in known:
            continue
        host = cycles.host_of(hosts, turn)
        found.append(
            TurnToCome(
                turn.planned, turn.day, cycle.at, cycle.place, host, names.get(host or 0, "")
            )
        )
        if len(found) == most:
            break
    return found


def bodies_due(act: Act, within: timedelta) -> list[tuple[int, str, date]]:
    """The bodies whose next meeting by cycle is near and not planned: id, name, the day."""
    policies.can_see_bodies(act).enforce()
    rows = Cycle.objects.filter(in_cycle(act.today)).select_related("body").order_by("pk")
    found = []
    for cycle in rows[:CALENDAR_MAX]:
        for turn in turns_to_come(cycle.body, act.today, 1):
            if turn.day <= act.today + within:
                found.append((cycle.body_id, cycle.body.name, turn.day))
    return sorted(found, key=lambda one: one[2])


def in_cycle(on: date) -> Q:
    """Laid down and not ended; one that begins later is not the present one."""
    return Q(until_date=None) | Q(until_date__gt=on)


def is_holiday(day: date) -> bool:
    """Whether a day is a public holiday in Korea, or a Sunday."""
    return day.weekday() == cycles.SUNDAY or day in public_holidays(day.year)


# -- whose calendar an address opens -----------------------------------------------------------


def calendar_token(act: Act) -> str:
    """The secret part of the actor's calendar address; "" until it was made."""
    held = CalendarKey.objects.filter(person=act.actor_id).first()
    return signing.Signer(salt=_SALT).sign_object([held.person_id, held.number]) if held else ""


def calendar_reader(token: str) -> int:
    """The person whose calendar an address opens, while its key is the present one. Raises NotFound."""
    try:
        person_id, number = signing.Signer(salt=_SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise NotFound from error
    if not CalendarKey.objects.filter(person=person_id, number=number).exists():
        raise NotFound
    return int(person_id)


# -- inside ------------------------------------------------------------------------------------


def _between(from_date: date, until_date: date) -> QuerySet[Meeting]:
    start = datetime.combine(from_date, time(), SEOUL)
    end = datetime.combine(until_date, time(), SEOUL)
    rows = Meeting.objects.select_related("body").filter(starts_at__gte=start, starts_at__lt=end)
    return rows.order_by("starts_at", "pk")


def _line(one: Meeting, public: bool = False) -> CalendarLine:
    return CalendarLine(
        id=one.pk,
        body_id=one.body_id,
        body=one.body.name,
        title=one.title,
        starts_at=one.starts_at,
        place=one.place,
        link="" if public else one.link,
        state=one.state,
        state_label=str(one.get_state_display()),
        is_public=one.is_public,
    )


def _own_bodies(act: Act, rows: Sequence[Meeting]) -> frozenset[int]:
    """The bodies among those of some meetings in which the actor sits or has a vote today."""
    seats = act.things("seat") | act.things("chair")
    bodies = {one.body_id: one.body for one in rows}
    own = {pk for pk in bodies if pk in seats}
    for pk, body in bodies.items():
        if pk not in own and voters_of(body, act.today) & act.own:
            own.add(pk)
    return frozenset(own)


def _cycle_of(body: Body, on: date) -> Cycle | None:
    if not Body.objects.filter(in_force(on), pk=body.pk).exists():
        return None
    return Cycle.objects.filter(in_cycle(on), body=body).order_by("-pk").first()


def _hosts(cycle: Cycle) -> tuple[int, ...]:
    return tuple(cycle.hosts.order_by("place").values_list("organisation_id", flat=True))


def _weekday(number: int) -> str:
    return str(WEEKDAYS[number])
