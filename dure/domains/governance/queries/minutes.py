"""Minutes as they follow from what happened: nothing in them is typed twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import Finding, Rulebook
from dure.domains.parties import queries as parties
from dure.kernel.acts import day_of

from ..models import (
    Attendance,
    CastVote,
    Item,
    Meeting,
    Minutes,
    MinutesComment,
    MinutesSignature,
    MinutesVersion,
    Option,
    Resolution,
    Vote,
)
from ..rules.bodies import ASSEMBLIES, BodyKind
from ..rules.minutes import SIGNED_BY, Signed, is_signed, signing_asked
from .bodies import people_sitting, voters_of
from .meetings import ItemLine, MeetingCard
from .results import outcome_of


@dataclass(frozen=True, slots=True)
class AttendanceLine:
    """From when until when a voter was there, and who sat for it."""

    name: str
    person: str
    from_at: datetime
    until_at: datetime | None


@dataclass(frozen=True, slots=True)
class VoteLine:
    """What one vote came to."""

    id: int
    question: str
    method: str
    state: str
    state_label: str
    roll: int
    present: int | None
    yes: int | None
    no: int | None
    abstain: int | None
    passed: bool | None
    resolution_id: int | None
    number: str
    done_text: str
    elected: tuple[str, ...] = ()  # of an election: who, each with its crosses or points
    is_election: bool = False
    written: tuple[str, ...] = ()  # who voted in writing, with the paper


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """What happened to one item."""

    item: ItemLine
    votes: tuple[VoteLine, ...]


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """Who signed when; `holds`: the words are still the ones that were signed."""

    name: str
    person_id: int
    is_chair: bool
    signed_at: datetime
    holds: bool
    on_paper: bool
    digest: str


@dataclass(frozen=True, slots=True)
class CommentLine:
    """What a voter said about a version of the minutes."""

    name: str
    number: int
    text: str
    said_at: datetime


@dataclass(frozen=True, slots=True)
class VersionLine:
    """The words as they were once."""

    number: int
    text: str
    written_at: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class MinutesDraft:
    """The course of a meeting and its results; once written, its words, what was said about them,
    and who signed."""

    attendance: tuple[AttendanceLine, ...]
    present: int
    absent: tuple[str, ...]
    chair: str
    items: tuple[ItemRecord, ...]
    text: str = ""
    number: int = 0
    digest: str = ""
    written_at: datetime | None = None
    comments_until: date | None = None
    locked_at: datetime | None = None
    signatures: tuple[SignatureLine, ...] = ()
    comments: tuple[CommentLine, ...] = ()
    versions: tuple[VersionLine, ...] = ()
    findings: tuple[Finding, ...] = ()  # what the rules ask of the signatures
    signers: tuple[tuple[int, str], ...] = ()  # who was there and has not signed these words
    missing: tuple[str, ...] = ()  # of those without whom it is not finished, by name

    @property
    def signed(self) -> tuple[SignatureLine, ...]:
        """The signatures that hold."""
        return tuple(one for one in self.signatures if one.holds)


def minutes_draft(card: MeetingCard) -> MinutesDraft:
    """The minutes of a meeting, drafted from its records."""
    meeting = Meeting.objects.select_related("body").get(pk=card.id)
    came = list(Attendance.objects.filter(meeting=meeting).order_by("from_at", "pk"))
    missed = card.voter_ids - {one.party_id for one in came} if meeting.opened_at else frozenset()
    names = parties.names_of(
        {
            card.chair_id,
            *(one.party_id for one in came),
            *(one.person_id for one in came),
            *missed,
        }
    )
    votes: dict[int, list[VoteLine]] = {}
    rows = Vote.objects.filter(item__meeting=meeting).select_related("roll", "resolution")
    papers = _papers(meeting)
    for vote in rows.order_by("pk"):
        line = _vote_line(vote, tuple(papers.get(vote.pk, ())))
        votes.setdefault(vote.item_id, []).append(line)
    drafted = MinutesDraft(
        attendance=tuple(
            AttendanceLine(
                names.get(one.party_id, ""),
                "" if one.party_id == one.person_id else names.get(one.person_id, ""),
                one.from_at,
                one.until_at,
            )
            for one in came
        ),
        present=len({one.party_id for one in came}),
        absent=tuple(sorted(names.get(one, "") for one in missed)),
        chair=names.get(card.chair_id or 0, ""),
        items=tuple(ItemRecord(line, tuple(votes.get(line.id, ()))) for line in card.items),
    )
    return drafted if card.written is None else _written(drafted, meeting, card.written, names)


def _written(
    drafted: MinutesDraft, meeting: Meeting, minutes: Minutes, names: dict[int, str]
) -> MinutesDraft:
    """The draft with what was written, said and signed."""
    signatures = MinutesSignature.objects.filter(minutes=minutes).select_related("person__party")
    comments = MinutesComment.objects.filter(minutes=minutes).select_related("party")
    versions = MinutesVersion.objects.filter(minutes=minutes).order_by("-number")
    signed = signed_so_far(meeting, minutes)
    book = bylaws.rules_on(day_of(meeting.starts_at))
    waited = signed.directors_missing if _asks_directors(book, meeting.body.kind) else frozenset()
    if meeting.chair_id is not None and not signed.by_chair:
        waited |= {meeting.chair_id}
    open_to = (signed.present | {meeting.chair_id or 0}) - signed.by
    return MinutesDraft(
        attendance=drafted.attendance,
        present=drafted.present,
        absent=drafted.absent,
        chair=drafted.chair,
        items=drafted.items,
        text=minutes.text,
        number=minutes.number,
        digest=minutes.digest,
        written_at=minutes.written_at,
        comments_until=minutes.comments_until,
        locked_at=minutes.locked_at,
        signatures=tuple(
            SignatureLine(
                one.person.party.name, one.person_id, one.is_chair, one.signed_at,
                one.digest == minutes.digest, one.noted_by_id != one.person_id, one.digest,
            )
            for one in signatures.order_by("pk")
        ),
        comments=tuple(
            CommentLine(one.party.name, one.number, one.text, one.said_at)
            for one in comments.order_by("pk")
        ),
        versions=tuple(
            VersionLine(one.number, one.text, one.written_at, one.digest) for one in versions
        ),
        findings=signing_asked(book, meeting.body.kind, signed),
        signers=tuple(sorted(((one, names[one]) for one in open_to if one in names), key=_by_name)),
        missing=tuple(sorted(parties.names_of(waited).values())),
    )  # fmt: skip


def _asks_directors(book: Rulebook, kind: str) -> bool:
    return (
        kind in ASSEMBLIES and SIGNED_BY in book and "directors_present" in book.choices(SIGNED_BY)
    )


def _by_name(pair: tuple[int, str]) -> tuple[str, int]:
    return pair[1], pair[0]


def absent_voters(meeting: Meeting) -> frozenset[int]:
    """The voters of a meeting who never came."""
    came = Attendance.objects.filter(meeting=meeting).order_by("party_id")
    voters = voters_of(meeting.body, day_of(meeting.starts_at))
    return voters - frozenset(came.values_list("party_id", flat=True))


def absent_from(meeting_id: int) -> list[int]:
    """The voters who never came to a meeting, to be written to."""
    return sorted(absent_voters(Meeting.objects.select_related("body").get(pk=meeting_id)))


@dataclass(frozen=True, slots=True)
class MinutesAsked:
    """Who is asked for comments on which minutes until when."""

    meeting_id: int
    title: str
    name: str
    email: str
    until: date


def minutes_asked(meeting_id: int, party_id: int) -> MinutesAsked | None:
    """What the letter to an absent voter says; None without an address, or when nothing is asked."""
    minutes = Minutes.objects.select_related("meeting").filter(meeting=meeting_id).first()
    if minutes is None or minutes.comments_until is None or minutes.locked_at is not None:
        return None
    name, email = parties.party_name(party_id), ""
    if parties.is_organisation(party_id):
        known = parties.contacts_of([party_id], day_of(minutes.written_at)).get(party_id)
        email = known[2] if known else ""
    else:
        email = parties.person_email(party_id)
    if not email:
        return None
    return MinutesAsked(meeting_id, minutes.meeting.title, name, email, minutes.comments_until)


def signed_so_far(meeting: Meeting, minutes: Minutes) -> Signed:
    """Who was there, and who has signed the words as they read now."""
    came = Attendance.objects.filter(meeting=meeting).order_by("person_id")
    by = MinutesSignature.objects.filter(minutes=minutes, digest=minutes.digest)
    return Signed(
        chair=meeting.chair_id,
        present=frozenset(came.values_list("person_id", flat=True)),
        directors=people_sitting((BodyKind.BOARD,), day_of(meeting.starts_at)),
        by=frozenset(by.order_by("pk").values_list("person_id", flat=True)),
    )


def minutes_digest(meeting: Meeting, text: str, number: int) -> str:
    """The hash of what is signed: the words and every result, so that neither is changed later."""
    rows = Vote.objects.filter(item__meeting=meeting).order_by("pk")
    results = rows.values_list(
        "pk",
        "question",
        "roll__digest",
        "state",
        "present",
        "yes",
        "no",
        "abstain",
        "passed",
        "result",
    )
    of_items = Item.objects.filter(meeting=meeting).exclude(minutes="").order_by("pk")
    said = [list(row) for row in of_items.values_list("pk", "minutes")]
    about = [meeting.pk, number, text, [list(row) for row in results], *([said] if said else [])]
    told = json.dumps(about, ensure_ascii=False)
    return sha256(told.encode()).hexdigest()


def minutes_checks(meeting: Meeting) -> Iterator[tuple[object, object]]:
    """(as kept, as it follows): the hash of the minutes, of their versions and signatures."""
    minutes = Minutes.objects.filter(meeting=meeting).first()
    if minutes is None:
        return
    now = minutes_digest(meeting, minutes.text, minutes.number)
    yield minutes.digest[:16], now[:16]
    versions = list(minutes.versions.order_by("number"))
    for one in versions:
        yield one.digest[:16], minutes_digest(meeting, one.text, one.number)[:16]
    if versions:
        last = versions[-1]
        yield (minutes.number, minutes.text), (last.number, last.text)
    known = {one.digest for one in versions}
    signed = minutes.signatures.order_by("pk").values_list("digest", flat=True)
    yield [one[:16] for one in signed if one not in known], []
    if minutes.locked_at is not None:
        book = bylaws.rules_on(day_of(meeting.starts_at))
        by = signed_so_far(meeting, minutes)
        yield is_signed(book, meeting.body.kind, by), True


def _vote_line(vote: Vote, papers: tuple[str, ...]) -> VoteLine:
    came_to: Resolution | None = getattr(vote, "resolution", None)
    return VoteLine(
        vote.pk, vote.question, str(vote.get_method_display()), vote.state,
        str(vote.get_state_display()), vote.roll.size, vote.present, vote.yes, vote.no,
        vote.abstain, vote.passed, came_to.pk if came_to else None,
        came_to.number if came_to else "", came_to.said if came_to else "",
        elected_words(vote), bool(vote.result), papers,
    )  # fmt: skip


def _papers(meeting: Meeting) -> dict[int, list[str]]:
    """Of each vote who voted in writing, with the paper."""
    rows = CastVote.objects.filter(vote__item__meeting=meeting).exclude(paper="")
    found: dict[int, list[str]] = {}
    for vote_id, name, paper in rows.order_by("party__name", "pk").values_list(
        "vote_id", "party__name", "paper"
    ):
        found.setdefault(vote_id, []).append(f"{name} ({paper})")
    return found


def elected_words(vote: Vote) -> tuple[str, ...]:
    """Who was elected, in their order; with what was counted for each, unless it is withheld."""
    outcome = outcome_of(vote)
    if outcome is None:
        return ()
    rows = Option.objects.filter(item=vote.item_id).select_related("person__party")
    named = {one.number: one.person.party.name if one.person else one.text for one in rows}
    return tuple(
        f"{named.get(one, one)} ({outcome.tally[one]:,})" if one in outcome.tally else named[one]
        for one in outcome.elected
    )
