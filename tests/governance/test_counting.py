"""Quorum and majority at the exact edge, for every number of voters from 1 to 300."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import Rulebook, failed
from dure.domains.governance.rules import counting
from dure.domains.governance.rules.bodies import MATTERS, BodyKind, kept_for
from dure.domains.governance.rules.counting import Counts
from dure.domains.governance.rules.voting import agreed, roll_digest
from dure.kernel.dates import clear_days, told_by

EVERY = range(1, 301)
TODAY = date(2026, 11, 20)


def book_of(form: str) -> Rulebook:
    """The rules of a legal form, from its packs alone."""
    packs = bylaws.shipped_packs()
    rows = (row for name in bylaws.packs_of(form) for row in packs[name].provisions)
    return Rulebook.of(rows, TODAY)


COOPERATIVE, ASSOCIATION = book_of("social_cooperative"), book_of("association")


@pytest.mark.parametrize("book", [COOPERATIVE, ASSOCIATION], ids=["협동조합", "사단법인"])
def test_the_quorum_is_met_by_more_than_half_and_not_by_half(book):
    """협동조합 기본법 제29조②, 민법 제75조①: 과반수 출석."""
    for whole in EVERY:
        for present in range(whole + 1):
            stands = counting.quorum(book, BodyKind.GENERAL_MEETING, whole, present)
            assert stands.met == (2 * present > whole), (whole, present)
            assert stands.met == (present >= stands.needed)
            assert stands.margin == present - stands.needed
        assert stands.needed == whole // 2 + 1


def test_an_ordinary_majority_is_more_than_half_of_those_present():
    for present in EVERY:
        for yes in range(present + 1):
            counts = Counts(roll=present, present=present, yes=yes)
            _met, majority = counting.judged(
                COOPERATIVE, BodyKind.GENERAL_MEETING, "plan_and_budget", counts
            )
            assert majority.passed == (2 * yes > present), (present, yes)


@pytest.mark.parametrize("matter", ["bylaws_change", "expulsion", "share_refund", "dissolution"])
def test_a_special_resolution_is_two_thirds_of_those_present_exactly(matter):
    """협동조합 기본법 제29조②: 총조합원 과반수 출석, 출석자 2/3 이상."""
    for present in EVERY:
        edge = -(-2 * present // 3)
        for yes in {0, edge - 1, edge, present} - {-1}:
            counts = Counts(roll=present, present=present, yes=yes)
            met, majority = counting.judged(COOPERATIVE, BodyKind.GENERAL_MEETING, matter, counts)
            assert majority.key == "meetings.special_ratio" and met.passed
            assert majority.passed == (3 * yes >= 2 * present), (present, yes)
        needed = counting.votes_needed(COOPERATIVE, BodyKind.GENERAL_MEETING, matter, counts)
        assert needed == max(edge, 1)


def test_an_association_changes_its_bylaws_with_two_thirds_of_all_its_members():
    """민법 제42조①: 총사원 3분의 2 이상의 동의."""
    for whole in EVERY:
        edge = -(-2 * whole // 3)
        for yes in (edge - 1, edge):
            counts = Counts(roll=whole, present=whole, yes=yes)
            _met, found = counting.judged(
                ASSOCIATION, BodyKind.GENERAL_MEETING, "bylaws_change", counts
            )
            assert found.citation == "민법 제42조제1항"
            assert found.passed == (yes >= edge), (whole, yes)


def test_who_may_not_vote_counts_for_the_quorum_and_not_for_the_majority():
    counts = Counts(roll=10, present=5, barred=1, yes=3)
    met, majority = counting.judged(
        COOPERATIVE, BodyKind.GENERAL_MEETING, "plan_and_budget", counts
    )
    assert met.passed and majority.passed
    assert (majority.of, majority.actual) == (5, "3")


def test_votes_in_writing_are_present_and_counted_at_the_edge():
    """민법 제73조②, 제75조: of every number of members, some in the room, some on paper, some away."""
    for whole in EVERY:
        edge = whole // 2 + 1  # 과반수 출석
        for papers in {0, 1, edge // 2, edge}:
            room = edge - papers
            for present, met in ((room + papers, True), (room + papers - 1, False)):
                stands = counting.quorum(ASSOCIATION, BodyKind.GENERAL_MEETING, whole, present)
                assert stands.met == met, (whole, papers)
            needed = edge // 2 + 1  # 출석의 과반수
            for yes in (needed - 1, needed):
                on_paper = min(papers, yes)
                said = ["yes"] * on_paper + ["no"] * (papers - on_paper)
                hands = (yes - on_paper, room - (yes - on_paper), 0)
                counts = counting.counted(Counts(whole, edge), said, hands)
                assert counts.cast == edge and counts.yes == yes
                met_quorum, majority = counting.judged(
                    ASSOCIATION, BodyKind.GENERAL_MEETING, "plan_and_budget", counts
                )
                assert met_quorum.passed and majority.passed == (2 * yes > edge), (whole, yes)


@given(
    st.fractions(min_value=Fraction(1, 10), max_value=1, max_denominator=12),
    st.integers(1, 300),
    st.sampled_from(["at_least", "more_than"]),
)
def test_what_is_needed_is_the_smallest_that_does(ratio, whole, comparison):
    found = counting.needed(comparison, ratio, whole)

    def does(number: int) -> bool:
        return number > ratio * whole if comparison == "more_than" else number >= ratio * whole

    assert does(found) and not does(found - 1)


def test_only_the_general_meeting_decides_what_the_law_keeps_for_it():
    """협동조합 기본법 제29조①."""
    kept = COOPERATIVE.choices("meetings.general_matters")
    for kind in BodyKind:
        for matter, _label in MATTERS:
            wrong = failed(kept_for(COOPERATIVE, kind, matter))
            if kind == BodyKind.GENERAL_MEETING:
                assert not wrong, matter
            elif matter in kept and kind != BodyKind.DELEGATES_MEETING:
                assert wrong and "제29조제1항" in wrong[0].citation, (kind, matter)


@given(st.dates(date(2026, 1, 1), date(2030, 12, 31)), st.sampled_from([3, 7, 10]))
def test_days_of_notice_are_whole_days_across_months_holidays_and_leap_days(day, days):
    """민법 제157조: neither the day of telling nor the day of the meeting counts."""
    told = told_by(day, days)
    assert clear_days(told, day) == days
    assert clear_days(told + timedelta(days=1), day) == days - 1
    between = [told + timedelta(days=one) for one in range(1, (day - told).days)]
    assert len(between) == days and day not in between


@pytest.mark.parametrize(
    ("meeting", "last"),
    [
        (date(2026, 3, 1), date(2026, 2, 21)),  # over the end of February
        (date(2028, 3, 1), date(2028, 2, 22)),  # and of a leap year's
        (date(2026, 9, 28), date(2026, 9, 20)),  # over 추석
        (date(2027, 1, 5), date(2026, 12, 28)),  # over the turn of the year
    ],
)
def test_seven_days_before_a_general_meeting(meeting, last):
    """협동조합 기본법 제28조⑤, 민법 제71조."""
    assert told_by(meeting, COOPERATIVE.number("meetings.notice_days")) == last


@given(st.sets(st.integers(1, 10_000), max_size=60), st.integers(1, 10_000))
def test_a_roll_with_one_more_has_another_hash(parties, more):
    assert roll_digest(parties) == roll_digest(list(parties)[::-1])
    assert (roll_digest(parties | {more}) == roll_digest(parties)) == (more in parties)


@given(st.lists(st.tuples(st.integers(1, 3), *[st.integers(0, 3)] * 3), max_size=6))
def test_hands_hold_only_when_two_counters_last_said_the_same(rows):
    last = {counter: count for counter, *count in rows}
    found = agreed(rows)
    if len(last) >= 2 and len({tuple(one) for one in last.values()}) == 1:
        assert found == tuple(next(iter(last.values())))
    else:
        assert found is None
