"""A voter who cannot come votes in writing, where the rules allow it."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import enforce
from dure.domains.parties import queries as parties
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act, day_of
from dure.kernel.deeds import command, record
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies, queries
from ..events import WrittenVoteNoted, WrittenVoteWithdrawn
from ..models import CastVote, Item, Meeting, Vote, WrittenVote
from ..rules.elections import Form
from ..rules.voting import CHOICES, Method, answers_in_writing, in_writing
from .attending import NotAVoter
from .holding import ChoiceMissing, VotedAlready
from .meetings import State, in_state


class WrittenVotesNotHere(Refusal):
    """No rule of this body knows votes in writing."""

    text = _("In “%(body)s” nobody votes in writing.")


class PaperMissing(InvalidInput):
    """A vote in writing is shown by its paper."""

    text = _("Name the paper and where it is kept.")


class VotedOnAlready(Refusal):
    """What is put to the vote is decided by who is there, and by the papers that were there."""

    text = _("“%(title)s” was put to the vote; a paper that comes now is too late.")


class PapersNeedNames(Refusal):
    """A paper says who votes how: it fits no secret ballot, no consent and no election."""

    text = _("On this item %(count)d voted in writing; it is put to the vote by name or by hands.")


@command
def note_written_vote(
    act: Act, *, item_id: int, party_id: int, choice: str, paper: str
) -> WrittenVote:
    """Note how a voter votes on an item in writing; it counts as present (민법 제73조②, 제75조②).

    `paper`: what shows it. Whoever comes all the same votes in the room, and the paper does not
    count. Raises RuleNotMet, WrittenVotesNotHere, VotedOnAlready, ChoiceMissing, PaperMissing,
    NotAVoter, VotedAlready, MeetingNotSo.
    """
    meeting_id = Item.objects.filter(pk=item_id).values_list("meeting_id", flat=True).first()
    if meeting_id is None:
        raise NotFound
    meeting: Meeting = Meeting.objects.select_related("body").hold(meeting_id)
    item: Item = Item.objects.hold(item_id)
    day = day_of(meeting.starts_at)
    book = bylaws.rules_on(day)
    answers = answers_in_writing(book, meeting.body.kind)
    by_oneself = answers and party_id in act.own
    policies.can_note_written_vote(act, meeting, by_oneself).enforce()
    in_state(meeting, State.CONVENED, State.OPEN)
    key = in_writing(book, meeting.body.kind)
    if not key:
        raise WrittenVotesNotHere(body=meeting.body.name)
    enforce(book.check_all((key, True)))
    if item.votes.exclude(state=Vote.State.LAPSED).exists():
        raise VotedOnAlready(title=item.title)
    if choice not in dict(CHOICES):
        raise ChoiceMissing
    paper, name = (
        clean_text(paper, 120, pgettext_lazy("governance", "Paper")),
        parties.party_name(party_id),
    )
    if not paper:
        raise PaperMissing
    if party_id not in queries.voters_of(meeting.body, day):
        raise NotAVoter(name=name)
    held = WrittenVote.objects.filter(item=item, withdrawn_at=None)
    if held.filter(party=party_id).exists():
        raise VotedAlready(name=name)
    # ---
    written = WrittenVote.objects.create(
        item=item,
        party_id=party_id,
        choice=choice,
        paper=paper,
        noted_at=act.at,
        noted_by_id=act.actor_id,
    )
    record(act, WrittenVoteNoted(item.pk, item.title, party_id, choice, paper))
    return written


@command
def withdraw_written_vote(act: Act, *, written_id: int) -> WrittenVote:
    """The voter thinks better of it, before the item is put to the vote. Raises VotedOnAlready."""
    written: WrittenVote = WrittenVote.objects.select_related("item__meeting").hold(written_id)
    item = written.item
    policies.can_withdraw_written_vote(act, item.meeting, written.party_id).enforce()
    if written.withdrawn_at is not None:
        raise NotFound
    if item.votes.exclude(state=Vote.State.LAPSED).exists():
        raise VotedOnAlready(title=item.title)
    # ---
    written.withdrawn_at = act.at
    written.save(update_fields=["withdrawn_at"])
    record(act, WrittenVoteWithdrawn(item.pk, item.title, written.party_id))
    return written


def papers_on(item: Item, method: str, form: str, voters: Iterable[int]) -> list[WrittenVote]:
    """The papers of these voters that count when an item is put to the vote. Raises PapersNeedNames."""
    held = WrittenVote.objects.filter(item=item, withdrawn_at=None, party__in=list(voters))
    papers = list(held.order_by("party_id"))
    if papers and (method not in (Method.NAMED, Method.HANDS) or form != Form.MOTION):
        raise PapersNeedNames(count=len(papers))
    return papers


def lay_in(act: Act, vote: Vote, papers: Iterable[WrittenVote]) -> None:
    """The papers are votes cast from the moment on in which the vote is opened."""
    CastVote.objects.bulk_create(
        CastVote(
            vote=vote, party_id=one.party_id, choice=one.choice, paper=one.paper,
            cast_at=act.at, cast_by_id=one.noted_by_id,
        )
        for one in papers
    )  # fmt: skip
