"""What a vote comes to, from what was said in it: for its close, and for whoever computes it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import Finding, Rulebook
from dure.kernel.acts import day_of

from ..models import Item, Option, Vote
from ..rules import counting, elections, voting
from ..rules.bodies import rule_of
from ..rules.counting import Counts
from ..rules.elections import Form, Outcome, kept
from ..rules.voting import Choice, Method
from .effects import Place, Setting, effect_exists, effect_named


@dataclass(frozen=True, slots=True)
class Result:
    """A vote held against the rules of its day; `outcome`: of an election."""

    counts: Counts
    findings: tuple[Finding, ...]
    passed: bool
    is_withheld: bool = False
    outcome: Outcome | None = None
    waits_for_chair: bool = False  # as many for as against, and the casting vote would carry it


def result_of(
    vote: Vote, there: Counts, said: Sequence[str] = (), hands: tuple[int, ...] | None = None
) -> Result:
    """The result of a vote: `said` by its voters, or counted by `hands`."""
    if vote.form == Form.MOTION:
        return _of_motion(vote, there, said, hands)
    meeting = vote.item.meeting
    book, paper = bylaws.rules_on(day_of(meeting.starts_at)), vote.paper
    ballots = [elections.read(one, paper.options) for one in said]
    tally = None if hands is None else dict(zip(paper.options, hands, strict=True))
    outcome, findings = elections.judged(
        book, meeting.body.kind, vote.item.matter, paper, there, ballots, tally
    )
    least = book.number("votes.secret_least_count")
    withheld = vote.method == Method.SECRET and elections.reveals(paper.form, outcome, least)
    passed = findings[0].passed and bool(outcome.elected)
    if withheld:
        outcome, findings = elections.withheld(outcome), findings[:1]
    return Result(there, findings, passed, withheld, outcome)


def _of_motion(
    vote: Vote, there: Counts, said: Sequence[str], hands: tuple[int, ...] | None
) -> Result:
    meeting = vote.item.meeting
    kind, book = meeting.body.kind, bylaws.rules_on(day_of(meeting.starts_at))
    if vote.method == Method.CONSENT:
        counts = replace(there, yes=there.present)
    else:
        counts = counting.counted(there, said, hands or (0, 0, 0))
    findings = _judged(vote.item, book, counts)
    least = book.number("votes.secret_least_count")
    withheld = vote.method == Method.SECRET and voting.reveals(
        counts.yes, counts.no, counts.abstain, counts.spoilt, least
    )
    rule = rule_of(book, kind, "casting_vote")
    if counts.yes == counts.no and vote.method != Method.SECRET and book.yes(rule):
        one_more = _judged(vote.item, book, replace(counts, yes=counts.yes + 1))
        if vote.casting == Choice.YES:
            findings = (*one_more, book.check(rule, True))
        elif not vote.casting and all(one.passed for one in one_more):
            return Result(counts, findings, False, waits_for_chair=True)
    passed = all(one.passed for one in findings)
    return Result(counts, findings[:1] if withheld else findings, passed, withheld)


def votes_needed(item: Item, book: Rulebook, counts: Counts) -> int:
    """How many in favour carry a motion, as things stand."""
    least = counting.votes_needed(book, item.meeting.body.kind, item.matter, counts)
    return max(least, *(counting.needed_for(one) for one in _besides(item, book, counts)[-1:]), 1)


def _judged(item: Item, book: Rulebook, counts: Counts) -> tuple[Finding, ...]:
    """Quorum and majority of the body, and what the effect asks for besides: nothing twice."""
    found = counting.judged(book, item.meeting.body.kind, item.matter, counts)
    besides = _besides(item, book, counts)
    return (*found, *(one for one in besides if one not in found))


def _besides(item: Item, book: Rulebook, counts: Counts) -> tuple[Finding, ...]:
    if not item.effect or not effect_exists(item.effect):  # altered by hand: its record tells
        return ()
    return effect_named(item.effect).asks(item.effect_data, counts, book)


def setting_of(item: Item) -> Setting:
    """What the effect of an item says before a vote on it."""
    if not item.effect:
        return Setting()
    meeting = item.meeting
    found: Setting = effect_named(item.effect).setting(
        item.effect_data, Place(meeting.body_id, meeting.body.kind, day_of(meeting.starts_at))
    )
    return found


def outcome_of(vote: Vote) -> Outcome | None:
    """What an election came to; None before it is closed, or of a motion."""
    return kept(vote.result) if vote.result else None


def elected_of(vote: Vote) -> tuple[int, ...]:
    """The people elected, in their order."""
    outcome = outcome_of(vote)
    if outcome is None:
        return ()
    rows = Option.objects.filter(item=vote.item_id, person__isnull=False).order_by("number")
    people = dict(rows.values_list("number", "person_id"))
    return tuple(people[one] for one in outcome.elected if one in people)
