"""The quorum as it stands, read by many at once: two counts, and the rest kept until it changes.

Who has a vote changes only by what is done with members and seats; who is there, only by what is
done in this room. So a view that is asked for by a whole assembly every few seconds reads next to
nothing. `Kept` is what remembers: it draws anew only after one of the rooms has done something.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from dure.domains.bylaws import queries as bylaws
from dure.kernel.acts import Act, day_of
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import Attendance, Body, Meeting
from ..rules import counting
from ..rules.bodies import votes_by_membership
from ..rules.counting import Forecast, Quorum
from .bodies import voters_of
from .meetings import live_quorum, most_papers

PAST_MEETINGS = 5
CROWD = 500  # voters; above, a page asks less often
OFTEN, SELDOM = 5, 10  # seconds between two looks
OF_MEMBERS = ("memberships", "parties", "bylaws")

R = TypeVar("R")


class Kept(Protocol):
    """Remembers what was drawn until one of the rooms does something."""

    def kept(
        self, rooms: tuple[str, ...], about: tuple[object, ...], draw: Callable[[], R]
    ) -> R: ...


@dataclass(frozen=True, slots=True)
class LiveQuorum:
    """What the view of the quorum shows."""

    id: int
    state: str
    quorum: Quorum
    forecast: Forecast | None

    @property
    def is_live(self) -> bool:
        return self.state in (Meeting.State.CONVENED, Meeting.State.OPEN)

    @property
    def every(self) -> int:
        """Seconds until the page looks again."""
        return SELDOM if self.quorum.whole > CROWD else OFTEN

    @property
    def stamp(self) -> str:
        """Another one when anything shown is another."""
        stands = self.quorum
        shown = (self.id, self.state, stands.present, stands.written, stands.needed, stands.whole)
        return "-".join(map(str, (*shown, self.forecast.expected if self.forecast else "")))


def quorum_shown(act: Act, meeting_id: int, kept: Kept | None = None) -> LiveQuorum:
    """The quorum of a meeting and how many may be expected. Raises NotFound."""
    policies.can_see_bodies(act).enforce()
    if kept is None:
        return _shown(meeting_id, None)
    rooms = ("governance", *OF_MEMBERS)
    return kept.kept(rooms, ("quorum", meeting_id), lambda: _shown(meeting_id, kept))


def _shown(meeting_id: int, kept: Kept | None) -> LiveQuorum:
    meeting = Meeting.objects.select_related("body").filter(pk=meeting_id).first()
    if meeting is None:
        raise NotFound
    body = meeting.body
    if kept is not None and votes_by_membership(body.kind):
        voters, gone = kept.kept(OF_MEMBERS, ("voters", meeting_id), lambda: _whole(meeting))
        there = Attendance.objects.filter(meeting=meeting, until_at=None)
        seen = there.count() - (there.filter(party__in=gone).count() if gone else 0)
        written = most_papers(meeting, voters)
        book = bylaws.rules_on(day_of(meeting.starts_at))
        stands = counting.quorum(book, body.kind, len(voters), seen + written, written)
    else:
        stands = live_quorum(meeting)
    live = meeting.state in (Meeting.State.CONVENED, Meeting.State.OPEN)
    past = counting.forecast(stands.whole, _past(body)) if live else None
    return LiveQuorum(meeting.pk, meeting.state, stands, past)


def _whole(meeting: Meeting) -> tuple[frozenset[int], tuple[int, ...]]:
    """Who has a vote, and who is there without one any more."""
    voters = voters_of(meeting.body, day_of(meeting.starts_at))
    there = Attendance.objects.filter(meeting=meeting, until_at=None).order_by("party_id")
    return voters, tuple(set(there.values_list("party_id", flat=True)) - voters)


def _past(body: Body) -> list[tuple[int, int]]:
    """Who came of whom to the last meetings of a body."""
    rows = Meeting.objects.filter(
        body=body, came_count__isnull=False, voters_count__isnull=False
    ).order_by("-starts_at", "-pk")
    found = rows.values_list("came_count", "voters_count")[:PAST_MEETINGS]
    return [(came or 0, voters or 0) for came, voters in found]
