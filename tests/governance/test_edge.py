"""At the edge of quorum and majority the rooms trust what the meeting found."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, strategies as st

from dure.domains.bylaws.queries import packs_of, shipped_packs
from dure.domains.bylaws.rules import Rulebook
from dure.domains.governance import commands
from dure.domains.governance.models import Resolution
from dure.domains.governance.rules.counting import Counts, judged, quorum, votes_needed
from dure.domains.memberships.models import ConductCase, Membership
from dure.domains.memberships.rules.conduct import Body, ConductKind, Facts, check_decision
from tests.governance.test_decisions import TODAY, case_about

DAY = date(2026, 12, 2)
BOOK = Rulebook.of(
    [one for name in packs_of("social_cooperative") for one in shipped_packs()[name].provisions],
    DAY,
)


@given(n=st.integers(1, 300), barred=st.integers(0, 1))
def test_what_carries_in_the_meeting_carries_in_the_case(n, barred):
    """협동조합 기본법 제29조제2항: one less and it does not; the accused is there and has no vote."""
    there = quorum(BOOK, "general_meeting", n, 0).needed
    able = there - barred
    if able < 1:
        return
    counts = Counts(n, able, barred)
    least = votes_needed(BOOK, "general_meeting", "expulsion", counts)
    for yes, carried in ((least, least <= able), (least - 1, False)):
        findings = judged(
            BOOK, "general_meeting", "expulsion", Counts(n, able, barred, yes, able - yes)
        )
        assert all(one.passed for one in findings) == (yes >= least)
        facts = Facts(
            ConductKind.EXPULSION, Body.GENERAL_MEETING, "bylaw_reason", TODAY, DAY, True, n,
            able, yes,
        )  # fmt: skip
        asked = check_decision(BOOK, facts, findings)
        assert all(one.passed for one in asked) == (yes >= least)
        assert carried == (yes >= least and yes <= able)


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["named", "secret"])
def test_the_accused_counts_for_the_quorum_and_not_for_the_majority(cooperative, method):
    """Of eleven six are needed: five and the accused, who has no vote. Four of five carry it."""
    house = cooperative
    accused = house.memberships[-1]
    case = case_about(house, accused)
    meeting = house.plan()
    item = house.item(
        meeting, "제명", effect="memberships.expel_member", effect_data={"case_id": case.pk}
    )
    house.call(meeting)
    house.come(meeting, [*house.members[:5], house.members[-1]])
    house.open(meeting)
    vote = commands.open_vote(house.then(), item_id=item.pk, method=method)
    for number, party_id in enumerate(house.members[:5]):
        choice = "yes" if number < 4 else "no"
        voter = house.voter(party_id)
        if method == "named":
            commands.cast_vote(voter, vote_id=vote.pk, party_id=party_id, choice=choice)
            continue
        ballot = commands.SecretBallot(party_id, choice, f"ABCD-EFGH-JKLM-{number}NPQ")
        commands.cast_ballot(voter, vote_id=vote.pk, ballot=ballot)
    vote = commands.close_vote(house.then(), vote_id=vote.pk)
    assert vote.passed and Resolution.objects.get(vote=vote).done == "carried_out"
    case.refresh_from_db()
    assert case.state == ConductCase.State.UPHELD
    assert Membership.objects.get(pk=accused).left_date is not None
    note = case.notes.get(step="decision")
    assert (note.whole, note.present) == (11, 5)
    assert note.in_favour == (None if vote.is_withheld else 4)
    kept = {one["key"] for one in case.findings}
    assert ("meetings.special_ratio" in kept) is not vote.is_withheld
