"""Consent is refused by whoever objects; a tie is decided by whoever leads the meeting."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import enforce
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act, day_of
from dure.kernel.deeds import command, record
from dure.kernel.personal import Personal
from dure.kernel.refusals import InvalidInput

from .. import policies, queries
from ..events import CastingVoteGiven, ConsentRefused
from ..models import CastVote, Vote
from ..rules.bodies import rule_of
from ..rules.elections import Form
from ..rules.voting import Choice, Method
from .electing import MethodUnfit
from .holding import ChoiceMissing, hold_vote, may_vote, still_open


class ObjectionReasonMissing(InvalidInput):
    """An objection that says why can be met."""

    text = _("Say why you object; then the proposal can be changed or decided another way.")


@command
def object_to_vote(act: Act, *, vote_id: int, party_id: int, reason: str) -> Vote:
    """A voter objects: the consent is refused, and the item waits for another method.

    Raises VoteOver, OtherMethod, ObjectionReasonMissing, NotOnTheRoll, MayNotVote, NotThere.
    """
    vote = hold_vote(vote_id)
    by_proxy = party_id in queries.proxied(act, vote.item.meeting)
    policies.can_object_to_vote(act, vote.item.meeting, party_id, by_proxy).enforce()
    still_open(vote, Method.CONSENT)
    reason = clean_text(reason, 300, _("Reason"))
    if not reason:
        raise ObjectionReasonMissing
    may_vote(vote, party_id)
    # ---
    CastVote.objects.create(
        vote=vote, party_id=party_id, choice=Choice.NO, reason=reason, cast_at=act.at,
        cast_by_id=act.actor_id,
    )  # fmt: skip
    vote.state, vote.closed_at = Vote.State.LAPSED, act.at
    vote.save(update_fields=["state", "closed_at"])
    told = Personal(reason, party_id, f"governance.Vote:{vote.pk}")
    record(act, ConsentRefused(vote.pk, vote.question, party_id, told))
    return vote


@command
def give_casting_vote(act: Act, *, vote_id: int, choice: str) -> Vote:
    """Whoever leads the meeting says what holds should as many be for as against. Where no rule
    gives a casting vote it is refused with the article (RuleNotMet). Raises VoteOver, MethodUnfit,
    ChoiceMissing.
    """
    vote = hold_vote(vote_id)
    meeting = vote.item.meeting
    policies.can_give_casting_vote(act, meeting.chair_id).enforce()
    still_open(vote)
    book = bylaws.rules_on(day_of(meeting.starts_at))
    enforce([book.check(rule_of(book, meeting.body.kind, "casting_vote"), True)])
    if vote.form != Form.MOTION or vote.method not in (Method.HANDS, Method.NAMED):
        raise MethodUnfit(method=vote.get_method_display())
    if choice not in (Choice.YES, Choice.NO):
        raise ChoiceMissing
    # ---
    vote.casting = choice
    vote.save(update_fields=["casting"])
    record(act, CastingVoteGiven(vote.pk, vote.question, choice))
    return vote
