"""Secret ballots: who took part and what was voted lie apart; the box is counted and burnt."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws.rules import Rulebook, enforce
from dure.kernel import boxes
from dure.kernel.acts import Act
from dure.kernel.boxes import Box
from dure.kernel.deeds import command, record
from dure.kernel.refusals import InvalidInput

from .. import policies, queries
from ..events import BallotCast
from ..models import BallotTaken, Vote
from ..rules.bodies import BodyKind
from ..rules.voting import RECEIPT_LETTERS, Method, receipt_hash
from .electing import said_on
from .holding import VotedAlready, hold_vote, may_vote, still_open, with_quorum

RECEIPT_MIN = 12
SHORTEST, PER_OPTION = 90, 16  # letters of a ballot: all ballots of a vote are of one length
AT_ONCE = 1000


class ReceiptTooShort(InvalidInput):
    """A receipt that two could share proves nothing."""

    text = _("The receipt of this ballot is damaged. Open the page again and vote there.")


@dataclass(frozen=True, slots=True)
class SecretBallot:
    """What a voter puts into the box, with the receipt it keeps. Never stored or hashed as it is."""

    party_id: int
    choice: str
    receipt: str
    marks: Mapping[int, int] = field(default_factory=dict)  # in an election


@command
def cast_ballot(act: Act, *, vote_id: int, ballot: SecretBallot) -> int:
    """A voter puts its ballot into the box. The deed says that somebody did, not who.

    The box alone knows who has voted: what was put in stays, even if the command then fails; sent
    again with the same receipt it is the same ballot. Returns the vote. Raises VoteOver,
    OtherMethod, NotThere, NotOnTheRoll, MayNotVote, VotedAlready, QuorumLost, ChoiceMissing,
    MarksUnfit, ReceiptTooShort, BoxMissing.
    """
    vote = hold_vote(vote_id)
    party_id, meeting = ballot.party_id, vote.item.meeting
    by_proxy = party_id in queries.proxied(act, meeting)
    policies.can_cast_ballot(act, meeting, party_id, by_proxy).enforce()
    still_open(vote, Method.SECRET)
    said = said_on(vote, ballot.choice, ballot.marks)
    if sum(one in RECEIPT_LETTERS for one in ballot.receipt) < RECEIPT_MIN:
        raise ReceiptTooShort
    name, receipt = may_vote(vote, party_id), receipt_hash(ballot.receipt)
    box = boxes.open_box(vote.box)
    if party_id in box.takers and receipt not in dict(_ballots(box)):
        raise VotedAlready(name=name)
    with_quorum(vote)
    # ---
    record(replace(act, actor_id=None, key=uuid4()), BallotCast(vote.pk, vote.question))
    if party_id not in box.takers:  # last: whatever fails after it, the ballot is in, once
        text = json.dumps([receipt, said])
        box.put(party_id, text.ljust(SHORTEST + PER_OPTION * len(vote.options)))
    return int(vote.pk)


def in_secret(book: Rulebook, kind: str) -> None:
    """Raises RuleNotMet where the board votes by name."""
    if kind == BodyKind.BOARD:
        enforce(book.check_all(("board.secret_ballot", True)))


def said_in(vote: Vote) -> list[str]:
    """What was said on the ballots in the box, in no order. Raises BoxMissing."""
    return sorted(said for _receipt, said in _ballots(boxes.open_box(vote.box)))


def empty_box(vote: Vote) -> None:
    """Note who took part and the receipts, each in an order of their own, and burn the box once that
    is sure; the caller saves the vote."""
    box = boxes.open_box(vote.box)
    BallotTaken.objects.bulk_create(
        (BallotTaken(vote=vote, party_id=one) for one in sorted(box.takers)), batch_size=AT_ONCE
    )
    vote.receipts = sorted(receipt for receipt, _said in _ballots(box))
    burn_box(vote)


def burn_box(vote: Vote) -> None:
    """Destroy the box of a secret vote as soon as its end is sure, here where it was counted; if this
    process is killed first, the clock does it (queries.boxes_left)."""
    if vote.box:
        transaction.on_commit(lambda: boxes.burn(vote.box))  # noqa: TID251 - a file, not news


def _ballots(box: Box) -> list[tuple[str, str]]:
    """(hash of the receipt, what was said)."""
    return [(receipt, said) for receipt, said in map(json.loads, box.read())]
