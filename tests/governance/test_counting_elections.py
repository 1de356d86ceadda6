"""Elections counted: against published examples, a second count written another way, and for every n."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings, strategies as st

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import Rulebook
from dure.domains.governance.rules import elections
from dure.domains.governance.rules.counting import Counts
from dure.domains.governance.rules.elections import ONE, Fault, Form, Paper

EVERY = range(1, 301)
OPTIONS = (1, 2, 3, 4, 5)


def spread(*rows: tuple[int, tuple[int, ...]]) -> list[tuple[int, ...]]:
    return [ranking for many, ranking in rows for _one in range(many)]


# -- published examples ------------------------------------------------------------------------


def test_the_sweets_for_a_party():
    """The example by which the single transferable vote is usually explained: twenty guests, three
    sweets of five; Droop quota 6. Chocolate's six above the quota go 4 to strawberry, 2 to candy."""
    orange, pear, chocolate, strawberry, candy = OPTIONS
    outcome = elections.stv(
        OPTIONS,
        spread(
            (4, (orange,)), (2, (pear, orange)), (8, (chocolate, strawberry)),
            (4, (chocolate, candy)), (1, (strawberry,)), (1, (candy,)),
        ),
        3,
    )  # fmt: skip
    assert outcome.needed == 6
    assert outcome.elected == (chocolate, orange, strawberry)
    assert [
        {one: votes // ONE for one, votes in round.votes.items()} for round in outcome.rounds
    ] == [
        {orange: 4, pear: 2, chocolate: 12, strawberry: 1, candy: 1},
        {orange: 4, pear: 2, chocolate: 6, strawberry: 5, candy: 3},
        {orange: 6, pear: 0, chocolate: 6, strawberry: 5, candy: 3},
        {orange: 6, pear: 0, chocolate: 6, strawberry: 5, candy: 0},
    ]


def test_the_capital_of_tennessee():
    """The textbook case of one place: Memphis leads, Knoxville wins (42, 26, 15, 17 of a hundred)."""
    memphis, nashville, chattanooga, knoxville = 1, 2, 3, 4
    outcome = elections.stv(
        (1, 2, 3, 4),
        spread(
            (42, (memphis, nashville, chattanooga, knoxville)),
            (26, (nashville, chattanooga, knoxville, memphis)),
            (15, (chattanooga, knoxville, nashville, memphis)),
            (17, (knoxville, chattanooga, nashville, memphis)),
        ),
        1,
    )
    assert outcome.needed == 51 and outcome.elected == (knoxville,)
    assert [round.excluded for round in outcome.rounds] == [chattanooga, nashville, None]


# -- a second count ----------------------------------------------------------------------------


def second_count(ballots: Sequence[tuple[int, ...]], places: int) -> tuple[tuple, tuple]:
    """The same rules once more, each ballot by itself with its value, nothing put together."""
    papers = [[list(one), ONE] for one in ballots if one]
    if not papers:
        return (), ()
    quota = (len(papers) // (places + 1) + 1) * ONE
    standing, elected, waiting = list(OPTIONS), [], []
    fixed: dict = {}
    past: list = []
    holder = [one[0][0] for one in papers]
    while True:
        now = dict.fromkeys(OPTIONS, 0)
        for paper, at in zip(papers, holder, strict=True):
            if at:
                now[at] += paper[1]
        now.update(fixed)
        past.insert(0, now)
        order = sorted(OPTIONS, key=lambda one: ([-round[one] for round in past], one))
        for one in [one for one in order if one in standing]:
            if now[one] >= quota:
                standing.remove(one)
                elected.append(one)
                if now[one] > quota:
                    waiting.append(one)
        room = places - len(elected)
        if len(standing) <= room:
            return tuple(elected + [one for one in order if one in standing]), ()
        if not room:
            return tuple(elected), ()
        if waiting:
            giver = next(one for one in order if one in waiting)
            waiting.remove(giver)
            top, all_of_it = now[giver] - quota, now[giver]
            fixed[giver] = quota
        else:
            giver = [one for one in order if one in standing][-1]
            same = [one for one in standing if all(r[one] == r[giver] for r in past)]
            if len(standing) == room + 1 and len(same) > 1:
                safe = [one for one in order if one in standing and one not in same]
                return tuple(elected + safe), tuple(same)
            standing.remove(giver)
            top = all_of_it = now[giver]
        for number, (paper, at) in enumerate(zip(papers, holder, strict=True)):
            if at == giver:
                paper[1] = paper[1] * top // all_of_it
                later = paper[0][paper[0].index(giver) + 1 :]
                holder[number] = next((one for one in later if one in standing), 0)


rankings = st.permutations(OPTIONS).flatmap(
    lambda order: st.integers(0, len(OPTIONS)).map(lambda length: tuple(order[:length]))
)


@settings(max_examples=400, deadline=None)
@given(st.lists(rankings, max_size=40), st.integers(1, 5))
def test_a_second_count_comes_to_the_same(ballots, places):
    outcome = elections.stv(OPTIONS, ballots, places)
    assert (outcome.elected, outcome.tied) == second_count(ballots, places)


@settings(max_examples=300, deadline=None)
@given(st.lists(rankings, max_size=60), st.integers(1, 5), st.randoms(use_true_random=False))
def test_no_vote_is_lost_and_the_order_of_the_box_is_nothing(ballots, places, chance):
    outcome = elections.stv(OPTIONS, ballots, places)
    valid = sum(1 for one in ballots if one)
    for round in outcome.rounds:
        assert sum(round.votes.values()) + round.exhausted + round.cut_off == valid * ONE
        assert round.cut_off >= 0 and all(0 <= one <= valid * ONE for one in round.votes.values())
        assert sum(one in outcome.elected for one in round.elected) == len(round.elected)
    assert len(set(outcome.elected)) == len(outcome.elected) and not set(outcome.tied) & set(
        outcome.elected
    )
    if valid:
        assert len(outcome.elected) == min(places, len(OPTIONS)) or len(outcome.tied) > 1
    chance.shuffle(ballots)
    assert elections.stv(OPTIONS, ballots, places) == outcome
    assert elections.kept(json.loads(json.dumps(elections.keep(outcome)))) == outcome


def test_whoever_all_put_first_is_elected_and_more_votes_at_the_top_of_one_place_do_no_harm():
    for first in OPTIONS:
        assert first in elections.stv(OPTIONS, [(first, 1 + first % 5)] * 7, 2).elected


# -- every number ------------------------------------------------------------------------------


def test_the_quota_is_the_smallest_number_that_only_so_many_can_have():
    for ballots in EVERY:
        for places in range(1, 12):
            quota = elections.droop(ballots, places)
            assert quota * (places + 1) > ballots >= (quota - 1) * (places + 1)
            assert (places + 1) * quota > ballots  # one more than there are places cannot have it


def test_of_two_the_one_with_one_vote_more_is_elected_for_every_n():
    for ballots in EVERY:
        for ahead in {ballots // 2, ballots // 2 + 1, ballots} - {0}:
            outcome = elections.most({1: ahead, 2: ballots - ahead}, 1)
            if 2 * ahead == ballots:
                assert (outcome.elected, outcome.tied) == ((), (1, 2))
            else:
                assert outcome.elected == ((1,) if 2 * ahead > ballots else (2,))


@pytest.mark.parametrize("places", [1, 2, 3])
def test_most_votes_against_trying_every_count(places):
    """Whoever has fewer than `places` others at or above is elected; nobody else is."""
    for counts in product(range(4), repeat=4):
        tally = dict(enumerate(counts, 1))
        outcome = elections.most(tally, places)
        for one, votes in tally.items():
            above = sum(other > votes for other in counts)
            level = sum(other >= votes for other in counts)
            assert (one in outcome.elected) == (votes > 0 and level <= places)
            assert (one in outcome.tied) == (votes > 0 and above < places < level)


def test_one_vote_more_never_costs_a_place():
    for counts in product(range(4), repeat=3):
        tally = dict(enumerate(counts, 1))
        for one in elections.most(tally, 2).elected:
            assert one in elections.most({**tally, one: tally[one] + 1}, 2).elected


@given(
    st.sampled_from([Form.CHOICE, Form.RANKED, Form.SCORE]),
    st.lists(st.integers(0, 5), min_size=5, max_size=5),
)
def test_every_ballot_of_a_vote_is_of_one_length_and_reads_back(form, marks):
    given_marks = dict(zip(OPTIONS, marks, strict=True))
    text = elections.written(given_marks, OPTIONS)
    assert len(text) == len(elections.written({}, OPTIONS))
    assert elections.read(text, OPTIONS) == {one: mark for one, mark in given_marks.items() if mark}


@pytest.mark.parametrize(
    ("form", "marks", "wrong"),
    [
        (Form.CHOICE, {1: 1, 2: 1}, None),
        (Form.CHOICE, {}, None),
        (Form.CHOICE, {1: 1, 2: 1, 3: 1}, Fault.TOO_MANY),
        (Form.CHOICE, {1: 2}, Fault.BEYOND),
        (Form.CHOICE, {9: 1}, Fault.UNKNOWN),
        (Form.RANKED, {1: 1, 2: 3}, None),
        (Form.RANKED, {1: 1, 2: 1}, Fault.SAME_RANK),
        (Form.RANKED, {1: 6}, Fault.BEYOND),
        (Form.SCORE, {1: 5, 2: 5}, None),
        (Form.SCORE, {1: 6}, Fault.BEYOND),
        (Form.SCORE, {1: -1}, Fault.BEYOND),
    ],
)
def test_what_is_a_ballot(form, marks, wrong):
    assert elections.fault(Paper(form, OPTIONS, 2), marks, 5) == wrong


# -- what the rules ask ------------------------------------------------------------------------


def book() -> Rulebook:
    packs = bylaws.shipped_packs()
    names = bylaws.packs_of("social_cooperative")
    return Rulebook.of(
        (row for name in names for row in packs[name].provisions), date(2026, 11, 20)
    )


def test_who_stands_alone_needs_more_than_half_of_those_present():
    rules, paper = book(), Paper(Form.CHOICE, (1,), 1)
    for present in EVERY:
        for yes in {present // 2, present // 2 + 1}:
            ballots = [{1: 1}] * yes + [{}] * (present - yes)
            there = Counts(roll=present, present=present)
            outcome, findings = elections.judged(
                rules, "general_meeting", "officers", paper, there, ballots
            )
            assert bool(outcome.elected) == (2 * yes > present), (present, yes)
            assert findings[1].key == "elections.uncontested_majority"


def test_where_several_stand_most_is_enough():
    paper = Paper(Form.CHOICE, (1, 2, 3), 1)
    ballots = [{1: 1}] * 4 + [{2: 1}] * 3 + [{3: 1}] * 3
    outcome, findings = elections.judged(
        book(), "general_meeting", "officers", paper, Counts(roll=10, present=10), ballots
    )
    assert outcome.elected == (1,) and len(findings) == 1


@pytest.mark.parametrize(
    ("form", "tally", "ballots", "told"),
    [
        (Form.CHOICE, {1: 3, 2: 0}, 3, False),
        (Form.CHOICE, {1: 2, 2: 1}, 3, False),  # the one knows the other two
        (Form.CHOICE, {1: 5, 2: 3}, 8, True),
        (Form.RANKED, {1: 5, 2: 3}, 8, False),
        (Form.SCORE, {1: 25, 2: 13}, 8, False),
        (Form.RANKED, {1: 6, 2: 4}, 10, True),
        (Form.CHOICE, {1: 10, 2: 0}, 10, True),
    ],
)
def test_which_counts_are_withheld(form, tally, ballots, told):
    outcome = elections.most(tally, 1, ballots=ballots)
    assert elections.reveals(form, outcome, least=10) != told
    hidden = elections.withheld(outcome)
    assert (hidden.elected, hidden.tally, hidden.rounds) == (outcome.elected, {}, ())
