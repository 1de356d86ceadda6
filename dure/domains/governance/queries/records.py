"""What a result rests on, hashed kind by kind when it is closed and told in the deed, which is sealed.

1. Each kind of record ("notice", "attendance" …) gives one hash of its rows, whatever their order.
2. What was added later (a notice noted after the vote) is no part of it: `kind@17` counts the rows
   up to number 17. Who left after the vote was there for it: a later leaving does not count.
3. An empty value is left out, so that a column of a later version changes no old hash.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from dure.kernel import plain
from dure.kernel.acts import day_of

from ..models import Meeting, Vote

# What is hashed of each table; the reasons for all else stand in NOT_EVIDENCE.
EVIDENCE: dict[str, tuple[str, ...]] = {
    "meeting": (
        "body_id", "body__kind", "title", "starts_at", "place", "link", "convened_at", "opened_at",
        "again_for_id",
    ),
    "item": ("meeting_id", "number", "title", "text", "matter", "effect", "effect_data", "was_told"),
    "notice": (
        "meeting_id", "party_id", "way", "told_date", "noted_at", "noted_by_id", "returned_at",
    ),
    "attendance": (
        "meeting_id", "party_id", "person_id", "way", "from_at", "until_at", "noted_by_id",
    ),
    "proxy": (
        "meeting_id", "party_id", "person_id", "paper", "is_family", "given_at", "noted_by_id",
        "withdrawn_at",
    ),
    "roll": ("meeting_id", "digest", "size", "taken_at"),
    "voter": ("roll_id", "party_id"),
    "vote": (
        "item_id", "roll_id", "question", "method", "state", "opened_at", "opened_by_id",
        "closed_at", "present", "barred", "yes", "no", "abstain", "spoilt", "passed",
        "is_withheld", "receipts", "tellers", "findings", "form", "places", "options", "run_off_of_id",
        "casting", "result",
    ),
    "option": ("item_id", "number", "person_id", "text", "statement", "withdrawn_at"),
    "barredvoter": ("vote_id", "party_id", "article"),
    "castvote": ("vote_id", "party_id", "choice", "reason", "cast_at", "cast_by_id", "paper"),
    "ballottaken": ("vote_id", "party_id"),
    "handcount": ("vote_id", "counted_by_id", "yes", "no", "abstain", "tally", "counted_at", "present", "barred"),
}  # fmt: skip
# Known only at its end.
CLOSED_MEETING = (
    "state", "closed_at", "chair_id", "chair_reason", "findings", "voters_count", "came_count",
)  # fmt: skip

NOT_EVIDENCE: dict[str, str] = {
    "meeting.host_id": "whose turn it was decides nothing",
    "meeting.turn_date": "the day counts on which it was held",
    "proxy.file_id": "the picture lies beside the paper that is named, and has a digest of its own",
    "meeting.is_public": "who may know of it decides nothing",
    "notice.returned_why": "that it came back counts, not why",
    **dict.fromkeys(
        (
            "item.parent_id",
            "item.owner_id",
            "item.planned_minutes",
            "item.issue_id",
            "item.carried_from_id",
            "item.settled_at",
            "item.withdrawn_at",
            "item.withdrawn_reason",
        ),
        "where an item came from, who keeps it and what became of it decide nothing about its vote",
    ),
    "item.minutes": "the minutes tell it, and are signed under their own hash",
    "vote.box": "the name of a box that is burnt after the close; that it is gone is checked by itself",
}
ENDINGS = {
    "attendance": "until_at",
    "proxy": "withdrawn_at",
    "notice": "returned_at",
    "option": "withdrawn_at",
}
ADDED_LATER = tuple(ENDINGS)


def vote_record(vote: Vote, last: Mapping[str, int] | None = None) -> tuple[str, ...]:
    """The hashes of all that the result of a vote rests on; `last`: up to which rows (2.)."""
    item, at = vote.item, vote.closed_at
    rows: dict[str, QuerySet[Any]] = {
        "meeting": Meeting.objects.filter(pk=item.meeting_id),
        "item": type(item)._default_manager.filter(pk=item.pk),
        "notice": _told(item.meeting),
        "attendance": item.meeting.attendances.all(),
        "proxy": item.meeting.proxies.all(),
        "roll": type(vote.roll)._default_manager.filter(pk=vote.roll_id),
        "voter": vote.roll.voters.all(),
        "vote": Vote.objects.filter(pk=vote.pk),
        "option": item.options.all(),
        "barredvoter": vote.barred_voters.all(),
        "castvote": vote.cast.all(),
        "ballottaken": vote.taken.all(),
        "handcount": vote.hand_counts.all(),
    }
    return tuple(_hashes(rows, last, dict.fromkeys(ENDINGS, at)))


def meeting_record(meeting: Meeting, last: Mapping[str, int] | None = None) -> tuple[str, ...]:
    """The hashes of what a meeting leaves when it is over: its times, who was told, who was there."""
    rows: dict[str, QuerySet[Any]] = {
        "meeting": Meeting.objects.filter(pk=meeting.pk),
        "notice": _told(meeting),
        "attendance": meeting.attendances.all(),
        "proxy": meeting.proxies.all(),
    }
    return tuple(_hashes(rows, last, {"notice": meeting.closed_at}))


def _told(meeting: Meeting) -> QuerySet[Any]:
    """The notices that had arrived before the day of the meeting."""
    return meeting.notices.filter(told_date__lt=day_of(meeting.starts_at))


def up_to(record: tuple[str, ...]) -> dict[str, int]:
    """Up to which row of each kind a record counts."""
    heads = (line.partition(":")[0].partition("@") for line in record)
    return {kind: int(number) for kind, at, number in heads if at}


def _hashes(
    rows: Mapping[str, QuerySet[Any]],
    last: Mapping[str, int] | None,
    ends: Mapping[str, datetime | None],
) -> Iterator[str]:
    for kind, found in rows.items():
        fields = EVIDENCE[kind]
        if kind == "meeting" and "attendance" not in ends:
            fields = (*fields, *CLOSED_MEETING)
        head = kind
        if kind in ADDED_LATER:
            until = last.get(kind, 0) if last is not None else _newest(found)
            found, head = found.filter(pk__lte=until), f"{kind}@{until}"
        ending, at = ENDINGS.get(kind, ""), ends.get(kind)
        told = [_said(row, ending, at) for row in found.order_by("pk").values(*fields)]
        yield f"{head}:{plain.digest(sorted(map(plain.digest, told)))}"


def _newest(found: QuerySet[Any]) -> int:
    return found.order_by("-pk").values_list("pk", flat=True).first() or 0


def _said(row: Mapping[str, Any], ending: str, at: datetime | None) -> dict[str, Any]:
    """A row without what is empty (3.) and without an end after the moment (2.)."""
    return {
        name: value
        for name, value in row.items()
        if value not in (None, "", [], {}) and not (name == ending and at and value >= at)
    }
