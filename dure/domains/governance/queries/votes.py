"""Votes and resolutions, read."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import Finding, kept
from dure.domains.parties import queries as parties
from dure.kernel import boxes
from dure.kernel.acts import Act, day_of
from dure.kernel.boxes import BoxMissing
from dure.kernel.refusals import NotFound
from dure.kernel.statements import Statement

from .. import policies
from ..models import (
    Attendance,
    BallotTaken,
    CastVote,
    HandCount,
    Item,
    Resolution,
    Vote,
    Voter,
)
from ..rules import counting
from ..rules.bodies import rule_of
from ..rules.counting import Counts, Quorum
from ..rules.elections import Form, told
from ..rules.voting import CHOICES, Choice, Method
from .elections import ElectionCard, election_card
from .meetings import present_of, proxied
from .notices import told_dates
from .results import votes_needed

LIST_MAX = 100
# Of the roll of a vote: who is there; who of them may not vote; whose paper lies in it who is not.
_STANDING = Statement(
    "SELECT (SELECT COUNT(*) FROM governance_attendance a WHERE a.meeting_id = %s"
    " AND a.until_at IS NULL AND EXISTS (SELECT 1 FROM governance_voter v"
    " WHERE v.roll_id = %s AND v.party_id = a.party_id)),"
    " (SELECT COUNT(*) FROM governance_barredvoter b JOIN governance_attendance a"
    " ON a.party_id = b.party_id WHERE b.vote_id = %s AND a.meeting_id = %s AND a.until_at IS NULL),"
    " (SELECT COUNT(*) FROM governance_writtenvote w JOIN governance_castvote c"
    " ON c.party_id = w.party_id WHERE w.item_id = %s AND w.withdrawn_at IS NULL"
    " AND c.vote_id = %s AND c.paper <> '' AND NOT EXISTS (SELECT 1 FROM governance_attendance a"
    " WHERE a.meeting_id = %s AND a.party_id = w.party_id AND a.until_at IS NULL))"
)


@dataclass(frozen=True, slots=True)
class CastLine:
    """One voter in a vote by name."""

    party_id: int
    name: str
    is_present: bool
    choice: str
    choice_label: str
    barred: str  # the article
    mine: bool


@dataclass(frozen=True, slots=True)
class VoteCard:
    """A vote on one page. Counts are there when it is closed."""

    id: int
    item_id: int
    meeting_id: int
    meeting: str
    body_id: int
    question: str
    method: str
    method_label: str
    state: str
    state_label: str
    roll_digest: str
    opened_at: datetime
    closed_at: datetime | None
    quorum: Quorum
    yes_needed: int
    counts: Counts
    barred: tuple[tuple[str, str], ...]
    counters: int  # who has counted hands
    own_count: tuple[int, ...] | None
    cast: int
    written: int  # of them in writing
    passed: bool | None
    is_withheld: bool
    receipts: frozenset[str]
    findings: tuple[Finding, ...]
    resolution_id: int | None
    lines: tuple[CastLine, ...]
    election: ElectionCard | None
    objections: tuple[tuple[str, str], ...]  # who objects, and why
    casting: str
    chair_decides: bool  # a tie, by the casting vote; the actor is the chair

    @property
    def is_open(self) -> bool:
        return self.state == Vote.State.OPEN


def vote_row(act: Act, vote_id: int) -> Vote:
    """A vote, for those who belong. Raises NotFound."""
    policies.can_see_bodies(act).enforce()
    rows = Vote.objects.select_related("item__meeting__body", "roll")
    found = rows.filter(pk=vote_id).first()
    if found is None:
        raise NotFound
    return found


def item_row(act: Act, item_id: int) -> Item:
    """An item of an agenda, for those who belong. Raises NotFound."""
    policies.can_see_bodies(act).enforce()
    found = Item.objects.select_related("meeting__body").filter(pk=item_id).first()
    if found is None:
        raise NotFound
    return found


def roll_of(vote: Vote) -> frozenset[int]:
    """The parties that could vote when it was opened."""
    rows = Voter.objects.filter(roll=vote.roll_id).order_by("party_id")
    return frozenset(rows.values_list("party_id", flat=True))


def barred_of(vote: Vote) -> dict[int, str]:
    """Who may not vote on it, with the article."""
    return dict(vote.barred_voters.order_by("pk").values_list("party_id", "article"))


def took_part(vote: Vote) -> frozenset[int]:
    """Who has voted, by name or in secret; never how. Raises BoxMissing."""
    if vote.method == Method.SECRET and vote.state == Vote.State.OPEN:
        return frozenset(boxes.open_box(vote.box).takers)
    taken = BallotTaken if vote.method == Method.SECRET else CastVote
    rows = taken._default_manager.filter(vote=vote).order_by("party_id")
    return frozenset(rows.values_list("party_id", flat=True))


def in_writing(vote: Vote) -> frozenset[int]:
    """Who voted in writing; they count as present."""
    rows = CastVote.objects.filter(vote=vote).exclude(paper="").order_by("party_id")
    return frozenset(rows.values_list("party_id", flat=True))


def hands_of(vote: Vote) -> list[tuple[int, ...]]:
    """(counter, count, …) as it was entered, oldest first."""
    return [
        (one.counted_by_id, *(one.tally[str(number)] for number in vote.options))
        if vote.options
        else (one.counted_by_id, one.yes, one.no, one.abstain)
        for one in HandCount.objects.filter(vote=vote).order_by("pk")
    ]


def hands_seen(vote: Vote) -> tuple[Counts, datetime] | None:
    """Who was there when the hands that hold were raised, and when that was: the earlier of the last
    counts of the two counters. None before anybody has counted."""
    last = {one.counted_by_id: one for one in HandCount.objects.filter(vote=vote).order_by("pk")}
    if not last:
        return None
    first = min(last.values(), key=lambda one: one.pk)
    return Counts(vote.roll.size, first.present, first.barred), first.counted_at


def is_there(act: Act, vote: Vote) -> bool:
    """Whether the actor sits in the meeting of a vote now."""
    sits = Attendance.objects.filter(meeting=vote.item.meeting_id, until_at=None)
    return act.actor_id is not None and sits.filter(person=act.actor_id).exists()


def boxes_left() -> list[str]:
    """Boxes of votes that are over; a process was killed before it burnt them."""
    rows = Vote.objects.filter(box__in=boxes.names()).exclude(state=Vote.State.OPEN)
    return list(rows.order_by("pk").values_list("box", flat=True))


def counted_so_far(vote: Vote) -> Counts:
    """Who is there and may vote, as it stands: counted by the database, for it is asked with every
    vote that is cast. Who voted in writing and came all the same is there once.
    """
    meeting, roll = vote.item.meeting_id, vote.roll
    asked = (meeting, roll.pk, vote.pk, meeting, vote.item_id, vote.pk, meeting)
    [(room, barred, away)] = _STANDING(*asked)
    return Counts(roll.size, room + away - barred, barred)


def vote_card(act: Act, vote_id: int) -> VoteCard:
    """One vote with how it stands. Raises NotFound."""
    vote = vote_row(act, vote_id)
    meeting = vote.item.meeting
    body, book = meeting.body, bylaws.rules_on(day_of(meeting.starts_at))
    roll, barred, there = roll_of(vote), barred_of(vote), present_of(meeting)
    said = {
        one.party_id: (one.choice, choice_label(vote, one))
        for one in CastVote.objects.filter(vote=vote).order_by("pk")
    }
    if vote.method == Method.SECRET:
        with suppress(BoxMissing):
            said = dict.fromkeys(took_part(vote), ("cast", str(_("took part"))))
    papers = in_writing(vote)
    if vote.present is None:
        counts = counted_so_far(vote)
    else:
        counts = Counts(
            vote.roll.size, vote.present, vote.barred,
            vote.yes or 0, vote.no or 0, vote.abstain or 0, vote.spoilt or 0,
        )  # fmt: skip
    mine = proxied(act, meeting) | (set(roll) & act.own)
    secret_now = vote.method == Method.SECRET and vote.state != Vote.State.CLOSED
    runs = bool(policies.can_close_vote(act, meeting)) or vote.state == Vote.State.CLOSED
    shown = [
        one
        for one in roll
        if vote.method != Method.HANDS and (runs and not secret_now or one in mine)
    ]
    objected = _objections(vote) if vote.method == Method.CONSENT else []
    names = parties.names_of({*shown, *barred, *(one for one, _reason in objected)})
    hands = hands_of(vote)
    own = [count for counter, *count in hands if counter == act.actor_id]
    resolution = Resolution.objects.filter(vote=vote).values_list("pk", flat=True).first()
    lines = [
        CastLine(
            one, names.get(one, ""), one in there,
            *said.get(one, ("", "")),
            barred.get(one, ""), one in mine,
        )
        for one in shown
    ]  # fmt: skip
    return VoteCard(
        id=vote.pk,
        item_id=vote.item_id,
        meeting_id=meeting.pk,
        meeting=meeting.title,
        body_id=body.pk,
        question=vote.question,
        method=vote.method,
        method_label=str(vote.get_method_display()),
        state=vote.state,
        state_label=str(vote.get_state_display()),
        roll_digest=vote.roll.digest,
        opened_at=vote.opened_at,
        closed_at=vote.closed_at,
        quorum=counting.quorum(book, body.kind, counts.roll, counts.present + counts.barred),
        yes_needed=votes_needed(vote.item, book, counts),
        counts=counts,
        barred=tuple((names.get(one, ""), article) for one, article in barred.items()),
        counters=len({counter for counter, *_count in hands}),
        own_count=tuple(own[-1]) if own else None,
        cast=len(said),
        written=len(papers),
        passed=vote.passed,
        is_withheld=vote.is_withheld,
        receipts=frozenset(vote.receipts),
        findings=kept(vote.findings),
        resolution_id=resolution,
        lines=tuple(sorted(lines, key=lambda line: (not line.mine, line.name, line.party_id))),
        election=election_card(vote),
        objections=tuple((names.get(one, ""), reason) for one, reason in objected),
        casting=vote.casting,
        chair_decides=bool(policies.can_give_casting_vote(act, meeting.chair_id))
        and vote.form == Form.MOTION
        and vote.method in (Method.HANDS, Method.NAMED)
        and book.yes(rule_of(book, body.kind, "casting_vote")),
    )


def _objections(vote: Vote) -> list[tuple[int, str]]:
    rows = vote.cast.exclude(reason="").order_by("pk")
    return list(rows.values_list("party_id", "reason"))


def choice_label(vote: Vote, said: CastVote) -> str:
    """What a voter said by name, in words."""
    if vote.form == Form.MOTION:
        return str(said.get_choice_display())
    return told(said.choice, vote.paper) or str(dict(CHOICES)[Choice.ABSTAIN])


def resolutions(act: Act, *, body_id: int | None = None) -> QuerySet[Resolution]:
    """What was decided, the latest first."""
    policies.can_see_bodies(act).enforce()
    rows = Resolution.objects.select_related("vote__item", "meeting__body")
    if body_id is not None:
        rows = rows.filter(meeting__body=body_id)
    return rows.order_by("-decided_date", "-pk")


def resolution_named(act: Act, resolution_id: int) -> str:
    """Its number and what was asked. Raises NotFound."""
    one = resolutions(act).filter(pk=resolution_id).first()
    if one is None:
        raise NotFound
    return f"{one.number} · {one.vote.question}"


def unfinished(act: Act) -> list[Resolution]:
    """Resolutions that wait: for somebody to carry them out, for an authority, to be undone."""
    waits = (Resolution.Done.WAITING, Resolution.Done.APPROVAL, Resolution.Done.TO_UNDO)
    return list(resolutions(act).filter(done__in=waits).order_by("decided_date", "pk")[:LIST_MAX])


def standing_resolution_choices() -> list[tuple[int, str]]:
    """Adopted resolutions that hold, the latest first."""
    rows = Resolution.objects.filter(adopted=True, voided_date=None).select_related("vote")
    return [
        (one.pk, f"{one.number} {one.vote.question}"[:120])
        for one in rows.order_by("-decided_date", "-pk")[:LIST_MAX]
    ]


def standing_resolution(resolution_id: int) -> tuple[int, str]:
    """The body and the matter of a resolution that holds. Raises NotFound."""
    rows = Resolution.objects.filter(pk=resolution_id, adopted=True, voided_date=None)
    found = rows.values_list("meeting__body_id", "vote__item__matter").first()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True)
class ResolutionCard:
    """A resolution with what makes it valid."""

    id: int
    number: str
    body: str
    meeting_id: int
    meeting: str
    question: str
    text: str
    matter: str
    adopted: bool
    decided_date: date
    done: str
    done_label: str
    done_text: str
    effect: str
    vote: VoteCard
    told: int  # of the roll
    voided_date: date | None
    void_reason: str
    void_paper: str
    undone_text: str
    approval_date: date | None
    approval_paper: str

    @property
    def body_id(self) -> int:
        return self.vote.body_id


def resolution_card(act: Act, resolution_id: int) -> ResolutionCard:
    """One resolution. Raises NotFound."""
    one = resolutions(act).filter(pk=resolution_id).first()
    if one is None:
        raise NotFound
    item = one.vote.item
    return ResolutionCard(
        one.pk, one.number, one.meeting.body.name, one.meeting_id, one.meeting.title,
        one.vote.question, item.text, str(item.get_matter_display()), one.adopted,
        one.decided_date, one.done, str(one.get_done_display()), one.done_text, item.effect,
        vote_card(act, one.vote_id), len(told_dates(one.meeting)), one.voided_date, one.void_reason,
        one.void_paper, one.undone_text, one.approval_date, one.approval_paper,
    )  # fmt: skip
