"""Secret ballots: who took part and what was voted lie apart; the box is counted and burnt."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws.rules import Rulebook, enforce
from dure.kernel import boxes, secrets
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.refusals import InvalidInput

from .. import policies, queries
from ..events import BallotCast
from ..models import Ballot, BallotTaken, Vote
from ..rules.bodies import BodyKind
from ..rules.voting import RECEIPT_LETTERS, Method, receipt_hash
from .electing import said_on
from .holding import VotedAlready, hold_vote, may_vote, still_open, with_quorum

RECEIPT_MIN = 12


class ReceiptTooShort(InvalidInput):
    """A receipt that two could share proves nothing."""

    text = _("The receipt of this ballot is damaged. Open the page again and vote there.")


@dataclass(frozen=True, slots=True)
class SecretBallot:
    """What a voter puts into the box, with the receipt it keeps. Never stored as it is."""

    choice: str
    receipt: str
    marks: Mapping[int, int] = field(default_factory=dict)  # in an election


@command
def cast_ballot(act: Act, *, vote_id: int, party_id: int, ballot: SecretBallot) -> int:
    """A voter puts its ballot into the box. The deed says that somebody did, not who.

    The key of the act is told apart without the ballot: sent twice, the first ballot counts.
    Returns the vote. Raises VoteOver, OtherMethod, NotThere, NotOnTheRoll, MayNotVote,
    VotedAlready, QuorumLost, ChoiceMissing, MarksUnfit, ReceiptTooShort.
    """
    vote = hold_vote(vote_id)
    by_proxy = party_id in queries.proxied(act, vote.item.meeting)
    policies.can_cast_ballot(act, vote.item.meeting, party_id, by_proxy).enforce()
    still_open(vote, Method.SECRET)
    said = said_on(vote, ballot.choice, ballot.marks)
    if sum(one in RECEIPT_LETTERS for one in ballot.receipt) < RECEIPT_MIN:
        raise ReceiptTooShort
    name = may_vote(vote, party_id)
    if BallotTaken.objects.filter(vote=vote, party=party_id).exists():
        raise VotedAlready(name=name)
    with_quorum(vote)
    # ---
    key = secrets.decrypt(vote.box_secret)
    text = json.dumps([said, receipt_hash(ballot.receipt)])
    BallotTaken.objects.create(vote=vote, party_id=party_id)
    Ballot.objects.create(vote=vote, locked=boxes.lock(key, text))
    record(replace(act, actor_id=None), BallotCast(vote.pk, vote.question))
    return int(vote.pk)


def new_box(book: Rulebook, kind: str) -> str:
    """The encrypted key of a new box. Raises RuleNotMet where the board votes by name."""
    if kind == BodyKind.BOARD:
        enforce(book.check_all(("board.secret_ballot", True)))
    return secrets.encrypt(boxes.new_key())


def open_box(vote: Vote) -> list[str]:
    """Take out what was said, note the receipts in their own order, and burn the box."""
    key = secrets.decrypt(vote.box_secret)
    found = [
        json.loads(boxes.unlock(key, locked))
        for locked in vote.ballots.order_by("pk").values_list("locked", flat=True)
    ]
    vote.receipts = sorted(receipt for _said, receipt in found)
    burn_box(vote)
    return sorted(said for said, _receipt in found)


def burn_box(vote: Vote) -> None:
    """Empty the box and destroy its key; the caller saves the vote."""
    vote.ballots.all().delete()
    vote.box_secret = ""
