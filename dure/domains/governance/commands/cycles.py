"""The cycle of a body is laid down, its next meetings are planned from it; calendars have a key."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.parties import queries as parties
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import SEOUL, Act
from dure.kernel.dates import Month, format_month
from dure.kernel.deeds import command, record
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies, queries
from ..events import CalendarKeyRenewed, CycleEnded, CycleSet
from ..models import Body, CalendarKey, Cycle, CycleHost, Meeting
from ..rules.cycles import EVERY, MOVED, NTH
from .bodies import BodyEndedAlready, exists_on
from .meetings import plan_meeting


class CycleUnclear(InvalidInput):
    """A cycle has its day in the month and says what becomes of holidays."""

    text = _("Say how often the body meets, on which weekday, and what becomes of holidays.")


class CycleMissing(Refusal):
    """Without a cycle nothing follows from it."""

    text = _("No cycle is laid down for “%(body)s”.")
    remedy = _("Lay down how often it meets, or plan the meeting by hand.")


@command
def set_cycle(
    act: Act,
    *,
    body_id: int,
    every: str,
    first_date: date,
    nth: int = 1,
    weekday: int = 0,
    at: str = "14:00",
    place: str = "",
    moved: str = "next_day",
    host_ids: tuple[int, ...] = (),
) -> Cycle:
    """Lay down how often a body meets from a day on; the cycle before ends that day.

    `host_ids`: the organisations that host in turn, in their order. Raises CycleUnclear,
    BodyEndedAlready, NotFound.
    """
    body: Body = Body.objects.hold(body_id)
    policies.can_set_cycle(act, body.pk).enforce()
    if every not in dict(EVERY) or moved not in dict(MOVED) or nth not in dict(NTH):
        raise CycleUnclear
    try:
        begins = time.fromisoformat(at)
    except ValueError as error:
        raise CycleUnclear from error
    if weekday not in range(7):
        raise CycleUnclear
    if not exists_on(body, first_date):
        ended = body.until_date or body.from_date
        raise BodyEndedAlready(name=body.name, date=ended.isoformat())
    if not all(parties.party_exists(one, "organisation") for one in host_ids):
        raise NotFound
    place = clean_text(place, 200, _("Place"))
    # ---
    Cycle.objects.filter(body=body, until_date=None).update(until_date=first_date)
    cycle = Cycle.objects.create(
        body=body, every=every, first_date=first_date, nth=nth, weekday=weekday, at=begins,
        place=place, moved=moved,
    )  # fmt: skip
    CycleHost.objects.bulk_create(
        CycleHost(cycle=cycle, organisation_id=one, place=place)
        for place, one in enumerate(host_ids)
    )
    record(act, CycleSet(cycle.pk, body.pk, body.name, every, first_date, host_ids))
    return cycle


@command
def end_cycle(act: Act, *, body_id: int, until_date: date | None = None) -> Cycle:
    """The body meets in no cycle any more. Raises CycleMissing."""
    body: Body = Body.objects.hold(body_id)
    policies.can_end_cycle(act, body.pk).enforce()
    cycle = Cycle.objects.filter(body=body, until_date=None).first()
    if cycle is None:
        raise CycleMissing(body=body.name)
    # ---
    cycle.until_date = max(until_date or act.today, cycle.first_date)
    cycle.save(update_fields=["until_date"])
    record(act, CycleEnded(cycle.pk, body.pk, body.name, cycle.until_date))
    return cycle


@command
def plan_by_cycle(act: Act, *, body_id: int) -> Meeting:
    """Plan the next meeting of the cycle that is not planned yet, at its host's. Raises CycleMissing,
    MeetingTitleMissing.
    """
    body: Body = Body.objects.hold(body_id)
    policies.can_plan_by_cycle(act, body.pk).enforce()
    coming = queries.turns_to_come(body, act.today)
    if not coming:
        raise CycleMissing(body=body.name)
    turn = coming[0]
    # ---
    meeting = plan_meeting(
        act,
        body_id=body.pk,
        title=_now("%(body)s, %(month)s")
        % {"body": body.name, "month": format_month(Month.of(turn.day))},
        starts_at=datetime.combine(turn.day, turn.at, SEOUL),
        place=turn.place or turn.host or _now("to be told"),
    )
    meeting.turn_date, meeting.host_id = turn.planned, turn.host_id
    meeting.save(update_fields=["turn_date", "host"])
    return meeting


@command
def renew_calendar_key(act: Act) -> CalendarKey:
    """Make the address of one's own calendar, or make it anew: the one before shows nothing more."""
    policies.can_renew_calendar_key(act).enforce()
    held = CalendarKey.objects.filter(person=act.actor_id).first()
    # ---
    key, _made = CalendarKey.objects.update_or_create(
        person_id=act.actor_id,
        defaults={"number": held.number + 1 if held else 1, "made_at": act.at},
    )
    record(act, CalendarKeyRenewed(key.person_id, key.number))
    return key
