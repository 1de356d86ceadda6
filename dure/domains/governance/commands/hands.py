"""Raised hands: counted by two who are there, of those who are there when they are counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.refusals import InvalidInput, Refusal

from .. import policies, queries
from ..events import HandsCounted
from ..models import HandCount, Vote
from ..rules.counting import Counts
from ..rules.elections import Form
from ..rules.voting import COUNTERS, Method, agreed
from .holding import hold_vote, still_open, with_quorum


class TellersUnclear(InvalidInput):
    """Two different people, or whoever is there."""

    text = _("Name two people who count the hands, or nobody.")


class CountsImpossible(InvalidInput):
    """No more hands than voters."""

    text = _("%(cast)d hands were counted; %(present)d may vote and are present.")


class CountersEnough(Refusal):
    """Two count; a third would only make it unclear whose count holds."""

    text = _("Two people have counted the hands already.")
    remedy = _("One of the two counts again, or the vote is broken off and put again.")


class CountersDisagree(Refusal):
    """Two people count, and only equal counts hold."""

    text = _("Two people must count the hands and come to the same; so far they do not.")
    remedy = _("Count again; each of the two enters the count from their own log-in.")


@command
def count_hands(
    act: Act,
    *,
    vote_id: int,
    yes: int = 0,
    no: int = 0,
    abstain: int = 0,
    tally: Mapping[int, int] | None = None,
) -> HandCount:
    """Enter what one counted, of those who are there now; a second person must come to the same.
    Counted again by the same two, the later counts. `tally`: in an election, the hands for each number on the ballot. Raises VoteOver,
    OtherMethod, QuorumLost, CountersEnough, CountsImpossible.
    """
    vote = hold_vote(vote_id)
    policies.can_count_hands(act, queries.is_there(act, vote), vote.tellers).enforce()
    still_open(vote, Method.HANDS)
    counted = {counter for counter, *_count in queries.hands_of(vote)}
    if len(counted) >= COUNTERS and (act.actor_id or 0) not in counted:
        raise CountersEnough
    there = with_quorum(vote)
    present = there.present - len(queries.in_writing(vote))
    given = {int(one): many for one, many in (tally or {}).items()}
    hands = {one: given.get(one, 0) for one in vote.options}
    _possible(vote, tuple(hands.values()) or (yes, no, abstain), present)
    # ---
    count = HandCount.objects.create(
        vote=vote,
        counted_by_id=act.actor_id or 0,
        yes=yes,
        no=no,
        abstain=abstain,
        tally=hands,
        counted_at=act.at,
        present=there.present,
        barred=there.barred,
    )
    told = HandsCounted(vote.pk, vote.question, yes, no, abstain, tuple(hands.items()))
    record(act, told)
    return count


def tellers_of(method: str, teller_ids: Iterable[int]) -> list[int]:
    """Who counts the hands of a vote: two people, or nobody in particular. Raises TellersUnclear."""
    tellers = sorted(set(teller_ids)) if method == Method.HANDS else []
    if tellers and (len(tellers) != COUNTERS or not all(map(_is_person, tellers))):
        raise TellersUnclear
    return tellers


def counted_hands(vote: Vote) -> tuple[Counts, list[str], tuple[int, ...]]:
    """Who was there when the hands were counted, what was said in writing, and the count on which two
    agree. Raises CountersDisagree, CountsImpossible."""
    hands, seen = agreed(queries.hands_of(vote)), queries.hands_seen(vote)
    if hands is None or seen is None:
        raise CountersDisagree
    written = list(vote.cast.order_by("pk").values_list("choice", flat=True))
    _possible(vote, hands, seen[0].present - len(written))
    return seen[0], written, hands


def _is_person(party_id: int) -> bool:
    return parties.party_exists(party_id, "person")


def _possible(vote: Vote, hands: Sequence[int], present: int) -> None:
    """Raises CountsImpossible. In an election each raises as many hands as there are places."""
    each, all_hands = 1 if vote.form == Form.MOTION else vote.places, sum(hands)
    if min(hands) < 0 or all_hands > present * each or max(hands) > present:
        raise CountsImpossible(cast=all_hands, present=present)
