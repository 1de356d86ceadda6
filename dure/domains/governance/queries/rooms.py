"""The room of a meeting, read: the code on its wall, who is there, who sits for whom."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from dure.domains.parties import queries as parties
from dure.kernel.acts import Act, day_of
from dure.kernel.files import OpenFile, open_file
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import Attendance, Meeting, Proxy
from ..rules import rooms
from ..rules.rooms import WAYS
from .bodies import voters_of
from .meetings import proxied


@dataclass(frozen=True, slots=True)
class PresenceLine:
    """One voter of a meeting: there or not, by whom, and for how many that person sits."""

    party_id: int
    name: str
    is_present: bool
    person: str
    way: str
    from_at: datetime | None
    votes: int  # of the person who sits here: more than one is seen

    @property
    def sits_for(self) -> str:
        return self.person if self.person != self.name else ""


@dataclass(frozen=True, slots=True)
class ProxyLine:
    """A proxy of a meeting, with its paper."""

    id: int
    party_id: int
    name: str
    person_id: int
    person: str
    paper: str
    given_at: datetime
    withdrawn_at: datetime | None
    has_file: bool  # a picture of the paper is kept, and not destroyed
    may_add: bool  # whoever looks may hand one in


def room_code(act: Act, meeting: Meeting) -> str:
    """The code of this minute, for whoever runs the meeting and shows it to the room."""
    policies.can_run_meeting(act, meeting).enforce()
    return rooms.room_code(settings.SECRET_KEY, meeting.pk, act.at)


def opens_room(act: Act, meeting: Meeting, given: str) -> bool:
    """Whether a code was on the wall of this meeting within the last minutes."""
    return rooms.opens_room(settings.SECRET_KEY, meeting.pk, act.at, given)


def presence_lines(act: Act, meeting: Meeting, search: str = "") -> list[PresenceLine]:
    """The voters of a meeting by name, or those called like this; for those who run it all, for
    others the ones they speak for."""
    policies.can_see_bodies(act).enforce()
    shown = voters_of(meeting.body, day_of(meeting.starts_at))
    if not policies.can_run_meeting(act, meeting):
        mine = proxied(act, meeting)
        shown = shown & (mine | act.own)
    rows = Attendance.objects.filter(meeting=meeting, until_at=None).order_by("pk")
    there = {one.party_id: one for one in rows}
    votes = Counter(one.person_id for one in there.values())
    names = parties.names_of({*shown, *votes})
    wanted = search.casefold()
    lines = []
    for party_id in shown:
        name, one = names.get(party_id, ""), there.get(party_id)
        person = names.get(one.person_id, "") if one else ""
        if wanted and wanted not in name.casefold() and wanted not in person.casefold():
            continue
        lines.append(
            PresenceLine(
                party_id=party_id,
                name=name,
                is_present=one is not None,
                person=person,
                way=str(dict(WAYS)[one.way]) if one else "",
                from_at=one.from_at if one else None,
                votes=votes[one.person_id] if one else 0,
            )
        )
    return sorted(lines, key=lambda line: (line.name, line.party_id))


def proxies_of(act: Act, meeting: Meeting) -> list[ProxyLine]:
    """The proxies of a meeting, the latest first: all for those who run it, else those one gave or
    holds."""
    policies.can_see_bodies(act).enforce()
    rows = list(
        Proxy.objects.filter(meeting=meeting)
        .select_related("file")
        .defer("file__content_sealed")
        .order_by("-pk")
    )
    if not policies.can_run_meeting(act, meeting):
        rows = [one for one in rows if one.person_id == act.actor_id or one.party_id in act.own]
    names = parties.names_of({party for one in rows for party in (one.party_id, one.person_id)})
    return [
        ProxyLine(
            one.pk, one.party_id, names.get(one.party_id, ""), one.person_id,
            names.get(one.person_id, ""), one.paper, one.given_at, one.withdrawn_at,
            one.file is not None and one.file.destroyed_at is None,
            one.file is None
            and one.withdrawn_at is None
            and bool(policies.can_keep_proxy_paper(act, meeting, one.party_id)),
        )
        for one in rows
    ]  # fmt: skip


def open_proxy_paper(act: Act, proxy_id: int) -> OpenFile:
    """The picture of a written proxy, opened by whoever runs the meeting, gave it or holds it; logged
    as a read. Raises NotFound, FileDestroyed."""
    found = Proxy.objects.select_related("meeting").filter(pk=proxy_id).first()
    shown = found and any(one.id == found.pk for one in proxies_of(act, found.meeting))
    if found is None or found.file_id is None or not shown:
        raise NotFound
    return open_file(act, found.file_id, f"governance.proxy {found.pk}")


def meeting_and_voter(act: Act, proxy_id: int) -> tuple[int, int]:
    """The meeting a proxy is for, and who gave it. Raises NotFound."""
    policies.can_see_bodies(act).enforce()
    found = Proxy.objects.filter(pk=proxy_id).first()
    if found is None:
        raise NotFound
    return found.meeting_id, found.party_id
