"""Votes are opened on a frozen roll, cast or counted, and closed: the result is computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import Rulebook, enforce, keep
from dure.domains.parties.rules.texts import clean_text
from dure.kernel import boxes
from dure.kernel.acts import Act, day_of
from dure.kernel.deeds import command, record
from dure.kernel.refusals import NotFound, Refusal

from .. import policies, queries
from ..events import (
    ResolutionAdopted,
    VoteBrokenOff,
    VoteCast,
    VoteClosed,
    VoteOpened,
)
from ..models import BarredVoter, CastVote, Item, Meeting, Resolution, Roll, Vote, Voter
from ..queries import filling
from ..queries.effects import Setting
from ..rules.bodies import kept_for
from ..rules.counting import Counts, quorum
from ..rules.elections import Form, Outcome, keep as keep_outcome
from ..rules.voting import METHODS, Method, roll_digest
from .agenda import not_withdrawn
from .balloting import burn_box, empty_box, in_secret, said_in
from .bodies import BodyEndedAlready
from .electing import paper_for, said_on
from .hands import counted_hands, tellers_of
from .holding import VotedAlready, hold_vote, may_vote, still_open, with_quorum
from .meetings import BodyNotCompetent, State, in_state
from .resolving import carry_out
from .writing import lay_in, papers_on


class ItemDecided(Refusal):
    """One item is voted on once; a vote broken off does not count."""

    text = _("“%(title)s” is being voted on, or has been decided.")


class CastingVoteMissing(Refusal):
    """Where the rules give the chair the casting vote, a tie waits for it."""

    text = _("As many are for as against; the chair decides.")
    remedy = _("Whoever leads the meeting gives the casting vote; then close the vote.")


@command
def open_vote(
    act: Act,
    *,
    item_id: int,
    method: str,
    question: str = "",
    form: str = Form.MOTION,
    places: int | None = None,
    run_off_of_id: int | None = None,
    teller_ids: Sequence[int] = (),
) -> Vote:
    """Put an item to the vote. Who may vote, and who stands, is frozen now.

    What the rules ask (quorum, notice, told items, what the effect needs) is held against what is
    there and kept; what a law or the bylaws ask must be met (RuleNotMet). `places`: how many are
    chosen; without them as many as the effect has seats, or one. `run_off_of_id`: the vote in which
    those who stand now shared the last place. `teller_ids`: who counts the hands.
    Raises MeetingNotSo, ItemDecided, BodyEndedAlready, BodyNotCompetent, PapersNeedNames,
    TellersUnclear, and what `paper_for` raises.
    """
    found = Item.objects.filter(pk=item_id).values_list("meeting_id", flat=True).first()
    if found is None:
        raise NotFound
    meeting: Meeting = Meeting.objects.select_related("body").hold(found)
    item: Item = Item.objects.hold(item_id)
    policies.can_open_vote(act, meeting).enforce()
    in_state(meeting, State.OPEN)
    not_withdrawn(item)
    if method not in dict(METHODS):
        raise NotFound
    run_off_of = item.votes.filter(pk=run_off_of_id).first() if run_off_of_id else None
    if run_off_of is None and run_off_of_id:
        raise NotFound
    decided = item.votes.filter(state__in=(Vote.State.OPEN, Vote.State.CLOSED))
    if run_off_of is not None:
        decided = decided.filter(Q(state=Vote.State.OPEN) | Q(run_off_of=run_off_of))
    if decided.exists():
        raise ItemDecided(title=item.title)
    day, body = day_of(meeting.starts_at), meeting.body
    if body.until_date is not None and body.until_date <= day:
        raise BodyEndedAlready(name=body.name, date=body.until_date.isoformat())
    book = bylaws.rules_on(day)
    enforce(kept_for(book, body.kind, item.matter))
    if not queries.is_competent(body, item.matter, day):
        raise BodyNotCompetent(body=body.name, matter=str(item.get_matter_display()))
    setting = queries.setting_of(item)
    paper = paper_for(
        book, item, setting, method=method, form=form, places=places, run_off_of=run_off_of
    )
    voters = queries.voters_of(body, day)
    if setting.voters is not None:
        voters &= setting.voters
    close = queries.close_voters(body, setting.concerned, voters, day)
    barred = close | _barred(book, voters, setting)
    there = queries.present_of(meeting)
    papers = papers_on(item, method, form, voters - barred.keys() - there)
    present = voters & (there | {one.party_id for one in papers})
    stands = quorum(book, body.kind, len(voters), len(present))
    notice = queries.notice_finding(book, meeting, voters, present)
    told = book.check_all(("meetings.only_notified_matters", item.was_told))
    findings = (*setting.findings, notice, *told, stands.finding)
    enforce(filling.may_meet(body, day))
    enforce(one for one in findings if queries.binding(book, one.key) or one == stands.finding)
    question = clean_text(question, 300, _("Question")) or item.title
    if method == Method.SECRET:
        in_secret(book, body.kind)
    tellers = tellers_of(method, teller_ids)
    # ---
    roll = _freeze(act, meeting, voters)
    vote = Vote.objects.create(
        item=item,
        roll=roll,
        question=question,
        method=method,
        form=paper.form,
        places=paper.places,
        options=list(paper.options),
        run_off_of=run_off_of,
        tellers=tellers,
        box=boxes.new_box() if method == Method.SECRET else "",
        opened_at=act.at,
        opened_by_id=act.actor_id,
        findings=keep(
            (*kept_for(book, body.kind, item.matter), *filling.composition(body, day), *findings)
        ),
    )
    BarredVoter.objects.bulk_create(
        BarredVoter(vote=vote, party_id=one, article=article) for one, article in barred.items()
    )
    lay_in(act, vote, papers)
    record(
        act,
        VoteOpened(
            vote.pk,
            item.pk,
            question,
            method,
            roll.digest,
            roll.size,
            len(barred),
            len(present),
            len(papers),
        ),  # fmt: skip
    )
    return vote


@command
def cast_vote(
    act: Act,
    *,
    vote_id: int,
    party_id: int,
    choice: str = "",
    marks: Mapping[int, int] | None = None,
) -> CastVote:
    """One voter says yes, no or abstains, or marks a ballot, by name; it stays. Raises VoteOver,
    OtherMethod, ChoiceMissing, MarksUnfit, NotThere, NotOnTheRoll, MayNotVote, VotedAlready,
    QuorumLost.
    """
    vote = hold_vote(vote_id)
    by_proxy = party_id in queries.proxied(act, vote.item.meeting)
    policies.can_cast_vote(act, vote.item.meeting, party_id, by_proxy).enforce()
    still_open(vote, Method.NAMED)
    said_text = said_on(vote, choice, marks or {})
    name = may_vote(vote, party_id)
    if CastVote.objects.filter(vote=vote, party=party_id).exists():
        raise VotedAlready(name=name)
    with_quorum(vote)
    # ---
    said = CastVote.objects.create(
        vote=vote, party_id=party_id, choice=said_text, cast_at=act.at, cast_by_id=act.actor_id
    )
    record(act, VoteCast(vote.pk, vote.question, party_id, said_text))
    return said


@command
def close_vote(act: Act, *, vote_id: int, carries_out: bool = True) -> Vote:
    """Close the vote: the result is computed, becomes a resolution, and takes effect at once.

    When what it is to do is refused, nothing is closed and the refusal is told; with `carries_out`
    off the resolution stands and waits to be carried out. Raises VoteOver, QuorumLost,
    CountersDisagree, BoxMissing, and what the effect raises.
    """
    vote = hold_vote(vote_id)
    policies.can_close_vote(act, vote.item.meeting).enforce()
    still_open(vote)
    there, said, hands = _cast(vote)
    result = queries.result_of(vote, there, said, hands)
    if result.waits_for_chair:
        raise CastingVoteMissing
    # ---
    if vote.method == Method.SECRET:
        empty_box(vote)
    counts, outcome = result.counts, result.outcome
    vote.state, vote.closed_at = Vote.State.CLOSED, act.at
    vote.present, vote.barred = counts.present, counts.barred
    vote.passed, vote.is_withheld = result.passed, result.is_withheld
    if outcome is not None:
        vote.result = keep_outcome(outcome)
    elif not result.is_withheld:
        vote.yes, vote.no, vote.abstain = counts.yes, counts.no, counts.abstain
        vote.spoilt = counts.spoilt
    vote.findings = [*vote.findings, *keep(result.findings)]
    vote.save()
    resolution = _resolve(act, vote, result.passed)
    record(act, _closed(vote, outcome))
    record(
        act,
        ResolutionAdopted(
            resolution.pk, resolution.number, vote.question, vote.passed, resolution.decided_date
        ),
    )
    if carries_out:
        carry_out(act, resolution)
    return vote


@command
def break_off_vote(act: Act, *, vote_id: int, reason: str) -> Vote:
    """End a vote without a result: the quorum was lost, or the question is put again. VoteOver."""
    vote = hold_vote(vote_id)
    policies.can_break_off_vote(act, vote.item.meeting).enforce()
    still_open(vote)
    reason = clean_text(reason, 200, _("Reason")) or "–"
    # ---
    vote.state, vote.closed_at = Vote.State.LAPSED, act.at
    burn_box(vote)
    vote.save(update_fields=["state", "closed_at"])
    record(act, VoteBrokenOff(vote.pk, vote.question, reason))
    return vote


# -- inside ------------------------------------------------------------------------------------


def _barred(book: Rulebook, voters: frozenset[int], setting: Setting) -> dict[int, str]:
    """Who is kept from voting in their own matter, with the article; nobody where no rule says so."""
    key = "votes.own_matter"
    if key not in book or book.yes(key):
        return {}
    article = book.provision(key).citation
    said = f"{article.document} {article.article}".strip()
    return dict.fromkeys(sorted(setting.concerned & voters), said)


def _freeze(act: Act, meeting: Meeting, voters: frozenset[int]) -> Roll:
    """The roll of these voters in this meeting; the same one for the same voters."""
    digest = roll_digest(voters)
    known = Roll.objects.filter(meeting=meeting, digest=digest).first()
    if known is not None:
        return known
    roll = Roll.objects.create(meeting=meeting, digest=digest, size=len(voters), taken_at=act.at)
    Voter.objects.bulk_create(
        (Voter(roll=roll, party_id=one) for one in sorted(voters)), batch_size=500
    )
    return roll


def _cast(vote: Vote) -> tuple[Counts, list[str], tuple[int, ...] | None]:
    """Who was there for it, what was said, and the hands that were counted. Who has voted and left
    was there for it; of hands, who was there when they were counted.
    """
    if vote.method == Method.HANDS:
        return counted_hands(vote)
    there = with_quorum(vote)
    gone = (
        queries.took_part(vote) - queries.present_of(vote.item.meeting) - queries.in_writing(vote)
    )
    there = replace(there, present=there.present + len(gone))
    if vote.method == Method.SECRET:
        return there, said_in(vote), None
    return there, list(vote.cast.order_by("pk").values_list("choice", flat=True)), None


def _closed(vote: Vote, outcome: Outcome | None) -> VoteClosed:
    about = (vote.present or 0, vote.yes, vote.no, vote.abstain, bool(vote.passed))
    record_now = queries.vote_record(vote)
    if outcome is None:
        return VoteClosed(vote.pk, vote.question, *about, record_now)
    chosen = (outcome.places, outcome.elected, outcome.tied)
    return VoteClosed(vote.pk, vote.question, *about, record_now, *chosen)


def _resolve(act: Act, vote: Vote, passed: bool) -> Resolution:
    meeting = vote.item.meeting
    body_id, day = meeting.body_id, day_of(meeting.starts_at)
    type(meeting.body).objects.hold(body_id)  # numbers are given one after the other
    same = Resolution.objects.filter(meeting__body=body_id, decided_date__year=day.year).count()
    waits = Resolution.Done.WAITING if vote.item.effect else Resolution.Done.NOTHING
    return Resolution.objects.create(
        vote=vote,
        meeting=meeting,
        number=f"{day.year}-{body_id:02d}-{same + 1:03d}",
        adopted=passed,
        decided_date=day,
        done=waits,
    )
