"""Among few a count is nobody's: what follows from a resolution follows from its result alone."""

from __future__ import annotations

import pytest

from dure.domains.governance import commands
from dure.domains.memberships import commands as memberships
from dure.domains.memberships.models import Application, ConductCase, ConductNote
from tests.governance.test_decisions import TODAY, case_about
from tests.governance.test_secret_ballot import cast, close

pytestmark = pytest.mark.django_db


def in_secret(house, item, choices):
    """A secret vote among few; closed."""
    vote = commands.open_vote(house.then(), item_id=item.pk, method="secret")
    cast(house, vote, choices)
    vote = close(house, vote)
    assert vote.is_withheld and vote.yes is None
    return vote


@pytest.mark.parametrize("choices", [["yes"] * 3, ["no"] * 3, ["yes", "abstain", "abstain"]])
def test_an_application_is_decided_without_a_count(cooperative, choices):
    house = cooperative
    committee = house.committee(3)
    application = memberships.apply_for_membership(
        house.act("system"), member_class="organisation", kind="organisation",
        name="새싹협동조합", contact_name="오새싹", email="new@example.kr",
    )  # fmt: skip
    memberships.note_interview(
        house.act("secretariat"), application_id=application.pk, visit_date=TODAY,
        form="visit", interviewers="김하늘", opinion="favourable", text="좋습니다.",
    )  # fmt: skip
    commands.grant_competence(
        house.act("secretariat"), body_id=committee.pk, matter="admission", article="정관 제10조"
    )
    meeting = house.plan(committee)
    item = house.item(
        meeting, "가입", effect="memberships.admit_member",
        effect_data={"application_id": application.pk},
    )  # fmt: skip
    house.ready(meeting, present=3)
    vote = in_secret(house, item, choices)
    application.refresh_from_db()
    admitted = Application.State.ADMITTED if vote.passed else Application.State.REFUSED
    assert application.state == admitted and vote.passed == (choices == ["yes"] * 3)
    assert not any(letter.isdigit() for letter in application.decision_reason)
    assert "in_favour" not in application.ballot


def test_a_member_is_expelled_without_a_count_and_without_an_invented_one(cooperative):
    house = cooperative
    case = case_about(house, house.memberships[-1])
    meeting = house.plan()
    item = house.item(
        meeting, "제명", effect="memberships.expel_member", effect_data={"case_id": case.pk}
    )
    house.ready(meeting, present=6)
    in_secret(house, item, ["yes"] * 6)
    case.refresh_from_db()
    assert case.state == ConductCase.State.UPHELD
    note = ConductNote.objects.get(case=case, step="decision")
    assert (note.whole, note.present, note.in_favour) == (11, 6, None)
    assert "meetings.special_ratio" not in {one["key"] for one in case.findings}


def test_only_a_resolution_may_keep_its_count(cooperative):
    house = cooperative
    case = case_about(house, house.memberships[-1])
    with pytest.raises(memberships.CountsImpossible):
        memberships.decide_conduct_case(
            house.then("operator"), case_id=case.pk, body="general_meeting", outcome="upheld",
            decided_date=house.then().today, minutes="총회 제1호", present=6, in_favour=None,
        )  # fmt: skip
