"""Who comes and who goes."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws import queries as bylaws
from dure.domains.parties import queries as parties
from dure.kernel.acts import SEOUL, Act, day_of
from dure.kernel.deeds import command, record
from dure.kernel.refusals import Refusal

from .. import policies, queries
from ..events import CheckedIn, CheckedOut
from ..models import Attendance, Meeting, Proxy
from ..rules.bodies import rule_of
from ..rules.rooms import Way, from_afar
from .meetings import State, in_state
from .sittings import NotItsDay


class NotAVoter(Refusal):
    """Only voters are counted as present."""

    text = _("%(name)s has no vote in this meeting; guests are not counted.")


class ThereAlready(Refusal):
    """One comes once at a time."""

    text = _("%(name)s is there already.")


class NotThere(Refusal):
    """Who is not there cannot leave or vote."""

    text = _("%(name)s is not checked in.")
    remedy = _("Check in first.")


class NobodySits(Refusal):
    """An organisation is present by a person."""

    text = _("Say who sits for %(name)s.")
    remedy = _("Name its representative, or choose the person who came.")


class SitsByProxy(Refusal):
    """Who gave a proxy and comes after all takes it back first."""

    text = _("%(name)s gave a proxy for this meeting.")
    remedy = _("Withdraw the proxy first; then check in.")


class ProxyMissing(Refusal):
    """A person is represented by a written proxy only."""

    text = _("%(name)s comes in person, or gives a written proxy.")
    remedy = _("Note the proxy first; then check in who holds it.")


class CheckInNotYet(Refusal):
    """Nobody is there hours before."""

    text = _("Check-in begins at %(at)s on the day of the meeting.")


class NotInTheRoom(Refusal):
    """Presence is shown by the code on the wall, or noted by the office."""

    text = _("Type the code that is shown in the room; it changes every minute.")
    remedy = _("Without a phone, tell the office at the entrance.")


@command
def check_in(
    act: Act, *, meeting_id: int, party_id: int, person_id: int | None = None, code: str = ""
) -> Attendance:
    """A voter is there from now on: by the `code` in the room, from afar where the rules allow it,
    or noted by the office. `person_id`: who sits for an organisation; without one its
    representative. Raises MeetingNotSo, NotItsDay, CheckInNotYet, NotInTheRoom, NotAVoter,
    ThereAlready, SitsByProxy, ProxyMissing, NobodySits.
    """
    meeting: Meeting = Meeting.objects.select_related("body").hold(meeting_id)
    by_proxy = party_id in queries.proxied(act, meeting)
    policies.can_check_in(act, meeting, party_id, by_proxy).enforce()
    in_state(meeting, State.CONVENED, State.OPEN)
    way = _way_in(act, meeting, code)
    name = parties.party_name(party_id)
    if party_id not in queries.voters_of(meeting.body, day_of(meeting.starts_at)):
        raise NotAVoter(name=name)
    if Attendance.objects.filter(meeting=meeting, party=party_id, until_at=None).exists():
        raise ThereAlready(name=name)
    held = Proxy.objects.filter(meeting=meeting, party=party_id, withdrawn_at=None).first()
    if held and not by_proxy and party_id in act.own:
        raise SitsByProxy(name=name)
    sits = held.person_id if held else person_id or _person_of(act, party_id)
    if sits is None:
        raise NobodySits(name=name)
    if not held and sits != party_id and not parties.is_organisation(party_id):
        raise ProxyMissing(name=name)
    # ---
    there = Attendance.objects.create(
        meeting=meeting,
        party_id=party_id,
        person_id=sits,
        way=way,
        from_at=act.at,
        noted_by_id=act.actor_id,
    )
    record(act, CheckedIn(meeting.pk, meeting.title, party_id, sits, way))
    return there


@command
def check_out(act: Act, *, meeting_id: int, party_id: int) -> Attendance:
    """A voter leaves; the quorum is what is left. Raises NotThere, MeetingNotSo."""
    meeting: Meeting = Meeting.objects.hold(meeting_id)
    by_proxy = party_id in queries.proxied(act, meeting)
    policies.can_check_out(act, meeting, party_id, by_proxy).enforce()
    in_state(meeting, State.CONVENED, State.OPEN)
    there = Attendance.objects.filter(meeting=meeting, party=party_id, until_at=None).first()
    if there is None:
        raise NotThere(name=parties.party_name(party_id))
    # ---
    there.until_at = act.at
    there.save(update_fields=["until_at"])
    record(act, CheckedOut(meeting.pk, meeting.title, party_id))
    return there


def _way_in(act: Act, meeting: Meeting, code: str) -> Way:
    """How the actor comes in (rules.rooms 2.). Raises NotItsDay, CheckInNotYet, NotInTheRoom."""
    day = day_of(meeting.starts_at)
    if meeting.state == State.CONVENED and act.today != day:
        raise NotItsDay(day=day.isoformat())
    if not code and policies.can_run_meeting(act, meeting):
        return Way.LIST
    book = bylaws.rules_on(day)
    before = book.number(rule_of(book, meeting.body.kind, "check_in_minutes"))
    begins = meeting.starts_at - timedelta(minutes=before)
    if meeting.state == State.CONVENED and act.at < begins:
        raise CheckInNotYet(at=f"{begins.astimezone(SEOUL):%H:%M}")
    if code:
        if not queries.opens_room(act, meeting, code):
            raise NotInTheRoom
        return Way.ROOM
    if not from_afar(book, meeting.body.kind):
        raise NotInTheRoom
    return Way.REMOTE


def _person_of(act: Act, party_id: int) -> int | None:
    """Who sits for a voter: the person itself; the actor, who represents it; its representative."""
    if not parties.is_organisation(party_id):
        return party_id
    if party_id in act.own and act.actor_id is not None:
        return act.actor_id
    known = parties.contacts_of([party_id], act.today).get(party_id)
    return known[0] if known else None
