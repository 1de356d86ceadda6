"""Who comes and who goes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.refusals import Refusal

from .. import policies, queries
from ..events import CheckedIn, CheckedOut
from ..models import Attendance, Meeting, Proxy
from .meetings import State, in_state


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


@command
def check_in(
    act: Act, *, meeting_id: int, party_id: int, person_id: int | None = None
) -> Attendance:
    """A voter is there from now on. `person_id`: who sits for an organisation; without one its
    representative. Raises MeetingNotSo, NotAVoter, ThereAlready, NobodySits.
    """
    meeting: Meeting = Meeting.objects.select_related("body").hold(meeting_id)
    by_proxy = party_id in queries.proxied(act, meeting)
    policies.can_check_in(act, meeting, party_id, by_proxy).enforce()
    in_state(meeting, State.CONVENED, State.OPEN)
    name = parties.party_name(party_id)
    if party_id not in queries.voters_of(meeting.body, queries.day_of(meeting.starts_at)):
        raise NotAVoter(name=name)
    if Attendance.objects.filter(meeting=meeting, party=party_id, until_at=None).exists():
        raise ThereAlready(name=name)
    held = Proxy.objects.filter(meeting=meeting, party=party_id, withdrawn_at=None).first()
    sits = held.person_id if held else person_id or _person_of(act, party_id)
    if sits is None:
        raise NobodySits(name=name)
    # ---
    there = Attendance.objects.create(
        meeting=meeting,
        party_id=party_id,
        person_id=sits,
        from_at=act.at,
        noted_by_id=act.actor_id,
    )
    record(act, CheckedIn(meeting.pk, meeting.title, party_id, sits))
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


def _person_of(act: Act, party_id: int) -> int | None:
    """Who sits for a voter: the person itself; the actor, who represents it; its representative."""
    if not parties.is_organisation(party_id):
        return party_id
    if policies.speaks_for(act, party_id) and act.actor_id is not None:
        return act.actor_id
    known = parties.contacts_of([party_id], act.today).get(party_id)
    return known[0] if known else None
