"""Every result computed again from what was noted: rolls, attendance, votes, rules of the day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import kept
from dure.kernel.progress import Progress, silent

from ..models import Attendance, Ballot, Vote
from ..rules.counting import Counts, judged
from ..rules.voting import Method, agreed, roll_digest
from .meetings import day_of
from .votes import barred_of, roll_of, took_part


@dataclass(frozen=True, slots=True)
class Unsound:
    """A vote whose result does not follow from its records."""

    vote_id: int
    question: str
    what: str  # roll · present · counts · result · resolution · box
    found: str
    expected: str


def verify(progress: Progress = silent) -> list[Unsound]:
    """What does not follow from the records; empty when everything does."""
    rows = Vote.objects.filter(state=Vote.State.CLOSED)
    total = rows.count()
    found: list[Unsound] = []
    shown = rows.select_related("item__meeting__body", "roll", "resolution").order_by("pk")
    for done, vote in enumerate(shown.iterator(chunk_size=200), 1):
        found += [
            Unsound(vote.pk, vote.question, what, str(is_so), str(should))
            for what, is_so, should in _compared(vote)
            if is_so != should
        ]
        progress(done, total, "votes")
    return found


def _compared(vote: Vote) -> Iterator[tuple[str, object, object]]:
    """(what, as kept, as it follows)."""
    roll, barred = roll_of(vote), frozenset(barred_of(vote))
    yield "roll", (vote.roll.digest, vote.roll.size), (roll_digest(roll), len(roll))
    at = vote.closed_at
    there = Attendance.objects.filter(meeting=vote.item.meeting_id, from_at__lte=at).filter(
        Q(until_at=None) | Q(until_at__gte=at)
    )
    present = roll & frozenset(there.values_list("party_id", flat=True).order_by("party_id"))
    present |= took_part(vote) if vote.method != Method.HANDS else frozenset()
    able = len(present - barred)
    yield "present", (vote.present, vote.barred), (able, len(present & barred))
    if vote.method == Method.SECRET:
        yield "box", (vote.box_secret, Ballot.objects.filter(vote=vote).count()), ("", 0)
        yield "receipts", len(vote.receipts), len(took_part(vote))
    elif vote.method == Method.HANDS:
        rows = vote.hand_counts.order_by("pk").values_list("counted_by_id", "yes", "no", "abstain")
        yield "counts", (vote.yes, vote.no, vote.abstain), agreed(rows)
    else:
        said = Counter(vote.cast.order_by("pk").values_list("choice", flat=True))
        counted = (said["yes"], said["no"], said["abstain"])
        yield "counts", (vote.yes, vote.no, vote.abstain), counted
    if not vote.is_withheld:
        counts = Counts(
            len(roll), able, len(present & barred), vote.yes or 0, vote.no or 0, vote.abstain or 0
        )
        meeting = vote.item.meeting
        book = bylaws.rules_on(day_of(meeting.starts_at))
        again = judged(book, meeting.body.kind, vote.item.matter, counts)
        yield "result", vote.passed, all(one.passed for one in again)
        held = {one.key: one.required for one in kept(vote.findings)}
        yield (
            "rules",
            {one.key: held.get(one.key) for one in again},
            {one.key: one.required for one in again},
        )
    yield "resolution", vote.resolution.adopted, vote.passed
