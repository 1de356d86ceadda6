"""A vote in hand: open, with its quorum, and a voter who may."""

from __future__ import annotations

from django.db.models import Exists, Subquery
from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws import queries as bylaws
from dure.domains.parties import queries as parties
from dure.kernel.acts import day_of
from dure.kernel.refusals import InvalidInput, Refusal

from .. import queries
from ..models import Attendance, Vote, Voter
from ..rules.counting import Counts, quorum
from .attending import NotThere


class VoteOver(Refusal):
    """The vote was closed or broken off."""

    text = _("This vote is over: %(state)s.")


class QuorumLost(Refusal):
    """Without its quorum a meeting decides nothing."""

    text = _("%(present)d are present; %(needed)d of %(whole)d are needed.")
    remedy = _("Wait until enough are back, or break the vote off and call the meeting again.")


class NotOnTheRoll(Refusal):
    """Who was no voter when the vote was opened is none now."""

    text = _("%(name)s was not on the roll when this vote was opened.")


class MayNotVote(Refusal):
    """In one's own matter one has no vote."""

    text = _("%(name)s may not vote on this (%(article)s).")


class VotedAlready(Refusal):
    """One vote each."""

    text = _("%(name)s has voted. What was cast stays.")


class OtherMethod(Refusal):
    """The vote goes another way."""

    text = _("This is a vote: %(method)s.")


class ChoiceMissing(InvalidInput):
    """One says yes, no, or abstains."""

    text = _("Choose yes, no or abstain.")


def hold_vote(vote_id: int) -> Vote:
    """The vote in hand; who waits for the lock sees what the first did. Raises NotFound."""
    vote: Vote = Vote.objects.select_related("item__meeting__body", "roll").hold(vote_id)
    return vote


def still_open(vote: Vote, method: str = "") -> None:
    """Raises VoteOver, OtherMethod."""
    if vote.state != Vote.State.OPEN:
        raise VoteOver(state=vote.get_state_display())
    if method and vote.method != method:
        raise OtherMethod(method=vote.get_method_display())


def may_vote(vote: Vote, party_id: int) -> str:
    """The voter's name. Raises NotOnTheRoll, MayNotVote, NotThere."""
    seats = Attendance.objects.filter(meeting=vote.item.meeting_id, until_at=None)
    found = (
        Voter.objects.filter(roll=vote.roll_id, party=party_id)
        .annotate(
            barred=Subquery(vote.barred_voters.filter(party=party_id).values("article")[:1]),
            is_there=Exists(seats.filter(party=party_id)),
        )
        .values_list("party__name", "barred", "is_there")
        .first()
    )
    if found is None:
        raise NotOnTheRoll(name=parties.party_name(party_id))
    name, barred, is_there = found
    if barred is not None:
        raise MayNotVote(name=name, article=barred)
    if not is_there:
        raise NotThere(name=name)
    return str(name)


def with_quorum(vote: Vote) -> Counts:
    """Who is there; raises QuorumLost when that is not enough any more."""
    counts = queries.counted_so_far(vote)
    meeting = vote.item.meeting
    book = bylaws.rules_on(day_of(meeting.starts_at))
    stands = quorum(book, meeting.body.kind, counts.roll, counts.present + counts.barred)
    if not stands.met:
        raise QuorumLost(present=stands.present, needed=stands.needed, whole=stands.whole)
    return counts
