"""Votes in writing, read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dure.domains.bylaws import queries as bylaws
from dure.domains.parties import queries as parties
from dure.kernel.acts import Act, day_of
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import Item, Meeting, WrittenVote
from ..rules.voting import answers_in_writing, in_writing
from .bodies import voters_of


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """A vote in writing on an item, with its paper."""

    id: int
    item_id: int
    name: str
    choice_label: str
    paper: str
    noted_at: datetime
    withdrawn_at: datetime | None
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class WrittenItem:
    """An item with the votes in writing on it; `waits`: not put to the vote yet."""

    id: int
    number: int
    title: str
    waits: bool
    lines: tuple[WrittenLine, ...]


def answers(meeting: Meeting) -> bool:
    """Whether voters of this meeting answer in writing by themselves."""
    return answers_in_writing(bylaws.rules_on(day_of(meeting.starts_at)), meeting.body.kind)


def answering(act: Act, meeting: Meeting) -> list[tuple[int, str]]:
    """The voters for whom the actor answers in writing; nobody where one meets."""
    policies.can_see_bodies(act).enforce()
    if not answers(meeting):
        return []
    voters = voters_of(meeting.body, day_of(meeting.starts_at))
    names = parties.names_of(voters & act.own)
    return sorted(names.items())


def knows_writing(meeting: Meeting) -> bool:
    """Whether the rules of its day let voters of this meeting vote in writing."""
    book = bylaws.rules_on(day_of(meeting.starts_at))
    key = in_writing(book, meeting.body.kind)
    return bool(key) and book.yes(key)


def written_on(act: Act, meeting: Meeting) -> list[WrittenItem]:
    """The items of a meeting with their votes in writing: all for those who run it, else one's own."""
    policies.can_see_bodies(act).enforce()
    rows = list(WrittenVote.objects.filter(item__meeting=meeting).order_by("item_id", "-pk"))
    if not policies.can_run_meeting(act, meeting):
        rows = [one for one in rows if one.party_id in act.own]
    names = parties.names_of({one.party_id for one in rows})
    found = []
    items = Item.objects.filter(meeting=meeting, withdrawn_at=None).order_by("number")
    for item in items.prefetch_related("votes"):
        waits = meeting.state in ("convened", "open") and all(
            one.state == one.State.LAPSED for one in item.votes.all()
        )
        lines = tuple(
            WrittenLine(
                one.pk, item.pk, names.get(one.party_id, ""), str(one.get_choice_display()),
                one.paper, one.noted_at, one.withdrawn_at, waits and one.withdrawn_at is None,
            )
            for one in rows
            if one.item_id == item.pk
        )  # fmt: skip
        found.append(WrittenItem(item.pk, item.number, item.title, waits, lines))
    return found


def written_meeting(act: Act, written_id: int) -> int:
    """The meeting of a vote in writing. Raises NotFound."""
    policies.can_see_bodies(act).enforce()
    rows = WrittenVote.objects.filter(pk=written_id).values_list("item__meeting_id", flat=True)
    found = rows.first()
    if found is None:
        raise NotFound
    return found
