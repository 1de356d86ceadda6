"""What a body decides takes effect by its resolution only: the old doors are closed."""

from __future__ import annotations

from datetime import date

import pytest

from dure.domains.bylaws import commands as bylaws
from dure.domains.governance import commands
from dure.domains.memberships import commands as memberships, policies
from dure.domains.memberships.models import ConductCase
from dure.kernel.refusals import Denied
from tests.conftest import NOW
from tests.governance.conftest import STARTED
from tests.governance.test_decisions import case_about

pytestmark = pytest.mark.django_db
CHANGE = {
    "key": "bodies.notice_days", "value": "4", "document": "정관", "article": "제30조",
    "from_date": date(2027, 1, 1),
}  # fmt: skip


def decide(act, case, **given):
    asked = {
        "body": "general_meeting", "outcome": "upheld", "decided_date": date(2026, 12, 2),
        "minutes": "임시총회 제1호", "present": 11, "in_favour": 11, **given,
    }  # fmt: skip
    return memberships.decide_conduct_case(act, case_id=case.pk, **asked)


def test_nobody_notes_an_expulsion_but_who_brings_history_in(cooperative):
    house = cooperative
    case = case_about(house, house.memberships[-1])
    with pytest.raises(Denied, match="총회"):
        decide(house.then(), case)
    with pytest.raises(Denied):
        decide(house.then("administrator"), case, outcome="dismissed")
    assert decide(house.then("operator"), case).state == ConductCase.State.UPHELD


def test_a_cooperative_without_its_general_meeting_on_file_expels_nobody_either(house, act):
    bylaws.adopt_legal_form(
        act("secretariat"), form="social_cooperative", from_date=date(2026, 11, 20)
    )
    house.join(5)
    case = case_about(house, house.memberships[-1])
    with pytest.raises(Denied, match="총회"):
        decide(house.then(), case, present=5, in_favour=5)


def test_shares_are_paid_back_by_the_general_meeting(cooperative, act):
    assert not policies.can_approve_share_refund(act("secretariat"))
    assert not policies.can_approve_share_refund(act("bookkeeper"))
    assert policies.can_approve_share_refund(act("system", "resolution"))


def test_the_bylaws_are_changed_by_the_general_meeting_once_there_is_one(house, act):
    assert bylaws.adopt_provision(act("secretariat"), **CHANGE).pk
    house.join(3)
    house.assembly()
    changed = {**CHANGE, "value": "5", "from_date": date(2027, 2, 1)}
    with pytest.raises(Denied, match="총회"):
        bylaws.adopt_provision(act("secretariat"), **changed)
    with pytest.raises(Denied):
        bylaws.repeal_provision(
            act("secretariat"), key="bodies.notice_days", from_date=date(2027, 3, 1),
            document="정관", article="제30조",
        )  # fmt: skip
    own = '[pack]\nname = "own"\norigin = "bylaws"\ntitle = "우리 정관"\n'
    with pytest.raises(Denied):
        bylaws.import_provisions(act("secretariat"), file=own)
    assert bylaws.adopt_provision(act("secretariat"), **changed, origin="regulation").pk
    assert bylaws.adopt_provision(act("operator"), **changed).pk


def test_officers_are_elected_by_the_general_meeting(cooperative, act):
    board = commands.add_body(act("system"), name="이사회", kind="board", from_date=STARTED)
    elected, appointed = (
        commands.add_seat(act("system"), body_id=board.pk, kind=kind)
        for kind in ("elected", "appointed")
    )
    person = cooperative.members[0]
    given = {"person_id": person, "from_date": STARTED}
    with pytest.raises(Denied, match="총회"):
        commands.fill_seat(act("secretariat"), seat_id=elected.pk, **given)
    assert commands.fill_seat(act("secretariat"), seat_id=appointed.pk, **given).pk


def test_who_applies_is_admitted_by_the_body_that_an_article_names(house, act):
    house.join(3)
    wants = memberships.apply_for_membership(
        act("visitor"), member_class="person", kind="person", name="새내기", email="new@example.kr",
        motivation="함께하고 싶습니다.",
    )  # fmt: skip
    committee = house.committee(3)
    commands.grant_competence(
        act("secretariat"), body_id=committee.pk, matter="admission", article="정관 제12조"
    )
    with pytest.raises(Denied, match="운영위원회"):
        memberships.admit_member(
            act("secretariat"),
            application_id=wants.pk,
            decided_by="사무국",
            decided_date=NOW.date(),
        )
    with pytest.raises(Denied, match="운영위원회"):
        memberships.refuse_application(
            act("secretariat"), application_id=wants.pk, decided_by="사무국", reason="사유"
        )
