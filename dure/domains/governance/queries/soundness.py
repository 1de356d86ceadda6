"""Every result computed again from what was noted, and held against what its sealed deeds tell.

Two ways lead to each number: it follows from its records (who was there, what was cast, the rules of
the day), and the deed that made it said it. A number that was changed by hand leaves one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import Rulebook, kept
from dure.kernel import boxes, plain
from dure.kernel.acts import SEOUL, day_of
from dure.kernel.deeds import Event
from dure.kernel.models import Deed
from dure.kernel.progress import Progress, silent
from dure.kernel.refusals import NotFound
from dure.kernel.words import Promise

from ..events import (
    ApprovalNoted,
    MeetingClosed,
    MinutesSigned,
    ResolutionAdopted,
    ResolutionCarriedOut,
    ResolutionVoided,
    VoidSettled,
    VoteClosed,
    VoteOpened,
)
from ..models import Attendance, Meeting, MinutesSignature, Resolution, Vote
from ..rules.counting import Counts, quorum
from ..rules.elections import Form, most
from ..rules.voting import Choice, Method, agreed, roll_digest
from .bodies import is_competent
from .meetings import notice_finding
from .minutes import minutes_checks
from .records import meeting_record, up_to, vote_record
from .results import outcome_of, result_of
from .votes import barred_of, hands_of, hands_seen, in_writing, roll_of, took_part

DID_SOMETHING = (
    Resolution.Done.CARRIED_OUT,
    Resolution.Done.UNDONE,
    Resolution.Done.TO_UNDO,
)
LABELS: dict[str, str | Promise] = {
    "roll": _("Roll and its hash"),
    "opened": _("Quorum when the vote was opened"),
    "notice": _("Notice as the least-told voter had it"),
    "competence": _("Competence of the body"),
    "excluded": _("Voters excluded"),
    "present": _("Voters present at the close"),
    "closed": _("Quorum at the close"),
    "counts": _("Votes as they were cast"),
    "box": _("The box is still there"),
    "receipts": _("As many receipts as ballots"),
    "result": _("Result by quorum and majority"),
    "rules": _("Rules of the day"),
    "resolution": _("Resolution as it was adopted"),
    "effect": _("What the resolution did, it did once"),
    "void": _("Whether it was declared void"),
    "deed": _("What the deed of the close told"),
    "records": _("Records unchanged since the close"),
    "missing": _("Records that the deeds tell of"),
    "meeting": _("Meeting as it was closed"),
    "minutes": _("Signatures stand under the words of the minutes"),
    "unreadable": _("Records that can be read"),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing as it is kept, and as it follows."""

    what: str
    found: str
    expected: str
    passed: bool

    @property
    def label(self) -> str:
        return str(LABELS[self.what])


@dataclass(frozen=True, slots=True)
class Unsound:
    """Something of a vote or a meeting that does not follow from its records."""

    vote_id: int  # of a meeting as a whole: none (0)
    question: str
    what: str
    found: str
    expected: str

    @property
    def label(self) -> str:
        return str(LABELS[self.what])


def verify(progress: Progress = silent, resolution_id: int | None = None) -> list[Unsound]:
    """What does not follow from the records; empty when everything does. Raises NotFound."""
    if resolution_id is not None:
        one = Vote.objects.filter(resolution=resolution_id).first()
        if one is None:
            raise NotFound
        return _unsound(one.pk, one.question, vote_checks(one.pk))
    opened, closed = _told(VoteOpened, "vote_id"), _told(VoteClosed, "vote_id")
    told = dict.fromkeys([*_ids(Vote.objects.filter(state=Vote.State.CLOSED)), *closed])
    found: list[Unsound] = []
    for done, vote_id in enumerate(told, 1):
        checks = _vote_checks(vote_id, opened, closed)
        question = str((closed.get(vote_id) or {}).get("question", ""))
        found += _unsound(vote_id, question, checks)
        progress(done, len(told), "votes")
    ended = _told(MeetingClosed, "meeting_id")
    over = Meeting.objects.filter(state__in=(Meeting.State.CLOSED, Meeting.State.FAILED))
    whole = dict.fromkeys([*_ids(over), *ended])
    for done, meeting_id in enumerate(whole, 1):
        title = str((ended.get(meeting_id) or {}).get("title", ""))
        found += _unsound(0, title, _meeting_checks(meeting_id, ended.get(meeting_id)))
        progress(done, len(whole), "meetings")
    return found


def vote_checks(vote_id: int) -> tuple[Check, ...]:
    """What was checked of one closed vote and its meeting, in order; of each what did not pass, if any."""
    told = _about("vote_id", vote_id, VoteOpened, VoteClosed)
    opened, closed = ({vote_id: rows[-1][1]} if rows else {} for rows in told)
    checks = list(_readable(_vote_checks(vote_id, opened, closed)))
    meeting_id = Vote.objects.values_list("item__meeting_id", flat=True).get(pk=vote_id)
    [ended] = _about("meeting_id", meeting_id, MeetingClosed)
    if ended:
        checks += _readable(_meeting_checks(meeting_id, ended[-1][1]))
    first: dict[str, Check] = {}
    for one in checks:
        if one.what not in first or first[one.what].passed and not one.passed:
            first[one.what] = one
    return tuple(first.values())


def _unsound(vote_id: int, question: str, checks: Iterable[Check]) -> list[Unsound]:
    return [
        Unsound(vote_id, question, one.what, one.found, one.expected)
        for one in _readable(checks)
        if not one.passed
    ]


def _readable(checks: Iterable[Check]) -> Iterator[Check]:
    """The checks, up to one that meets a record it cannot read: that one does not pass."""
    try:
        yield from checks
    except (TypeError, ValueError, LookupError) as error:
        yield Check("unreadable", str(error), "–", False)


# -- inside ------------------------------------------------------------------------------------

Told = Mapping[int, Mapping[str, Any]]
Deeds = list[tuple[datetime, dict[str, Any]]]  # when each was done, and what it told, in order


def _told(event: type[Event], about: str) -> dict[int, dict[str, Any]]:
    """What the last deed of a kind told about each thing."""
    deeds = Deed.objects.filter(name=event.NAME).order_by("id")
    rows = map(plain.loads, deeds.values_list("data", flat=True).iterator())
    return {row[about]: row for row in rows}


def _about(about: str, thing: int, *events: type[Event]) -> tuple[Deeds, ...]:
    """The deeds about one thing, of each kind asked for, in one question."""
    found: dict[str, Deeds] = {event.NAME: [] for event in events}
    deeds = Deed.objects.filter(name__in=found, data__contains=f'"{about}":{thing}').order_by("id")
    for name, at, data in deeds.values_list("name", "at", "data"):
        row = plain.loads(data)
        if row[about] == thing:
            found[name].append((at, row))
    return tuple(found.values())


def _ids(rows: Any) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _same(what: str, found: object, expected: object) -> Check:
    return Check(what, _said(found), _said(expected), found == expected)


def _said(value: object) -> str:
    """A value as people read it."""
    if isinstance(value, tuple | list):
        return " · ".join(map(_said, value)) or "–"
    if isinstance(value, bool):
        return _now("yes") if value else _now("no")
    if isinstance(value, datetime):
        return f"{value.astimezone(SEOUL):%Y-%m-%d %H:%M:%S}"
    return "–" if value is None or value == "" else str(value)


def _vote_checks(vote_id: int, opened: Told, closed: Told) -> Iterator[Check]:
    rows = Vote.objects.select_related("item__meeting__body", "roll", "resolution")
    vote = rows.filter(pk=vote_id, state=Vote.State.CLOSED).first()
    if vote is None or not hasattr(vote, "resolution"):
        yield Check("missing", "–", str((closed.get(vote_id) or {}).get("question", "")), False)
        return
    meeting = vote.item.meeting
    book = bylaws.rules_on(day_of(meeting.starts_at))
    roll, barred = roll_of(vote), frozenset(barred_of(vote))
    yield from _entitled(vote, book, roll, barred, opened.get(vote_id))
    yield from _counted(vote, roll, barred)
    told = closed.get(vote_id)
    if told is not None:
        kept_now = (vote.present, vote.yes, vote.no, vote.abstain, vote.passed)
        names = ("present", "yes", "no", "abstain", "passed")
        yield _same("deed", kept_now, tuple(told[name] for name in names))
        if told.get("record"):
            yield _records("records", told["record"], vote_record(vote, up_to(told["record"])))
    yield from _resolved(vote.resolution, vote)


def _entitled(
    vote: Vote,
    book: Rulebook,
    roll: frozenset[int],
    barred: frozenset[int],
    told: Mapping[str, Any] | None,
) -> Iterator[Check]:
    """The roll, the notice, the quorum at the opening, who was excluded."""
    meeting, body = vote.item.meeting, vote.item.meeting.body
    yield _same(
        "roll", (vote.roll.size, vote.roll.digest[:16]), (len(roll), roll_digest(roll)[:16])
    )
    day = day_of(meeting.starts_at)
    if vote.item.matter != "business":
        yield _same("competence", is_competent(body, vote.item.matter, day), True)
    there = (_there(meeting, vote.opened_at) | in_writing(vote)) & roll
    held = {one.key: one for one in kept(vote.findings)}
    again = notice_finding(book, meeting, roll, there, vote.opened_at)
    if again.key in held:
        yield _same("notice", held[again.key].actual, again.actual)
    if told is not None:
        roll_told = (told["roll_size"], told["roll_digest"][:16])
        yield _same("roll", (vote.roll.size, vote.roll.digest[:16]), roll_told)
        yield _same("opened", _shown(told["present"], len(roll)), _shown(len(there), len(roll)))
        yield _same("excluded", len(barred), told["barred"])
        yield _same("opened", quorum(book, body.kind, len(roll), len(there)).met, True)


def _counted(vote: Vote, roll: frozenset[int], barred: frozenset[int]) -> Iterator[Check]:
    """Who was there at the close, what was cast, and what it comes to by the rules of the day."""
    meeting = vote.item.meeting
    seen = hands_seen(vote) if vote.method == Method.HANDS else None
    present = roll & _there(meeting, seen[1] if seen else vote.closed_at)
    present |= took_part(vote) if vote.method != Method.HANDS else in_writing(vote)
    able, out = len(present - barred), len(present & barred)
    yield _same("present", (vote.present, vote.barred), (able, out))
    if vote.method == Method.SECRET:
        yield _same("box", vote.box in boxes.names(), False)
        yield _same("receipts", len(vote.receipts), len(took_part(vote)))
    if vote.method != Method.SECRET or vote.form == Form.MOTION and not vote.is_withheld:
        yield from _came_to(vote, Counts(len(roll), able, out))
    elif (outcome := outcome_of(vote)) is not None:
        yield _same("result", vote.passed, bool(outcome.elected))
        if outcome.tally and vote.form != Form.RANKED:
            found = most(outcome.tally, outcome.places, outcome.needed)
            yield _same("result", (outcome.elected, outcome.tied), (found.elected, found.tied))


def _came_to(vote: Vote, there: Counts) -> Iterator[Check]:
    """What was said, or is left of a box that was counted, held against the rules once more."""
    counts = (vote.yes, vote.no, vote.abstain)
    hands, said = None, list(vote.cast.order_by("pk").values_list("choice", flat=True))
    if vote.method == Method.HANDS:
        hands = agreed(hands_of(vote))
        yield _same("counts", hands is not None, True)
    elif vote.method == Method.SECRET:
        said = [one for one, many in zip(Choice, counts, strict=True) for _one in range(many or 0)]
        yield _same("counts", len(said), len(took_part(vote)))
    again = result_of(vote, there, said, hands)
    if again.outcome is None:
        found = again.counts
        yield _same("counts", counts, (found.yes, found.no, found.abstain))
    else:
        yield _same("counts", outcome_of(vote), again.outcome)
    yield _same("closed", again.findings[0].passed, True)
    yield _same("result", vote.passed, again.passed)
    held = {(one.label, one.required_shown, one.actual) for one in kept(vote.findings)}
    wanted = {(one.label, one.required_shown, one.actual) for one in again.findings}
    yield _same("rules", sorted(wanted & held), sorted(wanted))


def _resolved(resolution: Resolution, vote: Vote) -> Iterator[Check]:
    """The resolution is the one that was adopted, and did what it did once."""
    yield _same("resolution", resolution.adopted, vote.passed)
    adopted, deeds, *after = _about(
        "resolution_id", resolution.pk,
        ResolutionAdopted, ResolutionCarriedOut, ApprovalNoted, ResolutionVoided, VoidSettled,
    )  # fmt: skip
    for _at, told in adopted[-1:]:
        kept_now = (resolution.number, resolution.adopted, str(resolution.decided_date))
        said = (told["number"], told["adopted"], str(told["decided_date"]))
        yield _same("resolution", kept_now, said)
        yield _same("resolution", resolution.meeting_id, vote.item.meeting_id)
    carried = [(at, row["done_text"]) for at, row in deeds]
    if resolution.done in DID_SOMETHING:
        yield _same("effect", [(resolution.done_at, resolution.done_text)], carried)
    else:
        yield _same("effect", (resolution.done_at, resolution.done_text), (None, ""))
        yield _same("effect", len(carried), 0)
    if not vote.item.effect:
        yield _same("effect", resolution.get_done_display(), Resolution.Done.NOTHING.label)
    yield from _afterwards(resolution, bool(carried), *after)


def _afterwards(
    resolution: Resolution, carried: bool, approvals: Deeds, voids: Deeds, settlings: Deeds
) -> Iterator[Check]:
    """What an authority said to it, and that it was declared void and undone."""
    approval, void, settled = (
        deeds[-1][1] if deeds else None for deeds in (approvals, voids, settlings)
    )
    yield _same(
        "resolution",
        (str(resolution.approval_date), resolution.approval_paper),
        (str(approval["approval_date"]), approval["paper"]) if approval else ("None", ""),
    )
    undone = (settled or void or {"undone": ""})["undone"]
    yield _same("void", resolution.undone_text, undone)
    taken_back = resolution.done in (Resolution.Done.UNDONE, Resolution.Done.TO_UNDO)
    yield _same("void", taken_back, void is not None and carried)
    yield _same(
        "void",
        (str(resolution.voided_date), resolution.void_reason, resolution.void_paper),
        (str(void["voided_date"]), void["reason"], void["paper"]) if void else ("None", "", ""),
    )


def _meeting_checks(meeting_id: int, told: Mapping[str, Any] | None) -> Iterator[Check]:
    meeting = Meeting.objects.select_related("body").filter(pk=meeting_id).first()
    if meeting is None or meeting.state not in (Meeting.State.CLOSED, Meeting.State.FAILED):
        yield Check("missing", "–", str((told or {}).get("title", "")), False)
        return
    if told is not None:
        yield _same("meeting", meeting.state == Meeting.State.FAILED, told["failed"])
        if told.get("record"):
            yield _records(
                "meeting", told["record"], meeting_record(meeting, up_to(told["record"]))
            )
    for found, expected in minutes_checks(meeting):
        yield _same("minutes", found, expected)
    yield _same("minutes", *_signed(meeting))


def _signed(meeting: Meeting) -> tuple[object, object]:
    """Who signed which words, and whether as chair: as kept, and as the deeds tell it."""
    rows = MinutesSignature.objects.filter(minutes__meeting=meeting).order_by("pk")
    [signed] = _about("meeting_id", meeting.pk, MinutesSigned)
    return (
        sorted(rows.values_list("person_id", "is_chair", "digest")),
        sorted((row["party_id"], row["is_chair"], row["digest"]) for _at, row in signed),
    )


def _records(what: str, told: tuple[str, ...], now: tuple[str, ...]) -> Check:
    """Which kinds of record are not as they were told."""
    changed = [line.partition(":")[0].partition("@")[0] for line in set(told) - set(now)]
    return Check(what, ", ".join(sorted(changed)) or "–", "–", not changed)


def _there(meeting: Meeting, at: datetime | None) -> frozenset[int]:
    """The voters that were there at a moment."""
    rows = Attendance.objects.filter(meeting=meeting, from_at__lte=at).exclude(until_at__lt=at)
    return frozenset(rows.order_by("party_id").values_list("party_id", flat=True))


def _shown(present: int, whole: int) -> str:
    return f"{present:,} / {whole:,}"
