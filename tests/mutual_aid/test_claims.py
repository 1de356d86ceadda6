"""A claim from the live answer to the money, refused and granted; the limits in any order."""

from __future__ import annotations

from datetime import date
from itertools import accumulate

import pytest
from hypothesis import given, strategies as st

from dure.domains.bylaws.rules import Rulebook, RuleNotMet
from dure.domains.ledger import queries as ledger
from dure.domains.memberships import commands as memberships
from dure.domains.mutual_aid import commands, queries
from dure.domains.mutual_aid.models import AidClaim
from dure.domains.mutual_aid.rules.claiming import Known, Terms, Wish, answer
from dure.domains.mutual_aid.rules.promises import Promised
from dure.domains.parties import commands as parties
from dure.kernel import files
from dure.kernel.verdict import Denied

from .conftest import HAPPY, ILL, SAD, TODAY


@pytest.fixture
def ana(house):
    return house.person("가나")


@pytest.fixture
def made(house, ana):
    return house.join(ana, house.plan())


def money():
    return ledger.fund_money("mutual_aid")


def test_the_answer_before_anybody_reads_it(house, ana, made):
    found = queries.claim_answer(
        house.own(ana), enrolment_id=made.pk, event="marriage", relation="self", event_date=TODAY
    )
    assert found.is_yes and found.won == 300_000 and found.evidence == "혼인관계증명서"
    early = queries.claim_answer(
        house.own(ana), enrolment_id=made.pk, event="marriage", relation="child",
        event_date=date(2026, 8, 1),
    )  # fmt: skip
    assert {one.key for one in early.findings if not one.passed} == {
        "mutual_aid.plan_waiting", "mutual_aid.plan_promised",
    }  # fmt: skip
    with pytest.raises(RuleNotMet, match="상호부조 규정 제4조"):
        house.claim(ana, made, Promised("marriage", "child", 1))
    with pytest.raises(Denied):
        queries.claim_answer(
            house.own(house.person("다라")), enrolment_id=made.pk, event="death",
            relation="parent", event_date=TODAY,
        )  # fmt: skip


def test_aid_is_paid_once(house, act, ana, made):
    house.fund()
    claim = house.claim(ana, made, SAD)
    assert "돌아가" not in claim.about_secret
    with pytest.raises(commands.AidClaimWaitsAlready):
        house.claim(ana, made, SAD)
    with pytest.raises(Denied):
        commands.approve_aid_claim(house.own(ana), claim_id=claim.pk, decided_by="저")
    with pytest.raises(Denied):
        commands.approve_aid_claim(
            act("secretariat", actor_id=ana.party_id), claim_id=claim.pk, decided_by="사무국"
        )
    with pytest.raises(commands.AidNotWaiting):
        commands.pay_aid_benefit(act("bookkeeper"), claim_id=claim.pk)
    house.approve(claim)
    assert queries.aid_promised() == 500_000
    before, pay = money(), act("bookkeeper")
    for _twice in range(2):
        commands.pay_aid_benefit(pay, claim_id=claim.pk)
    assert before - money() == 500_000 and queries.aid_promised() == 0
    with pytest.raises(commands.AidNotWaiting):
        commands.pay_aid_benefit(act("bookkeeper"), claim_id=claim.pk)
    assert not queries.check_aid()


def test_a_payment_that_is_killed_is_nothing_lost_and_nothing_twice(
    house, act, ana, made, monkeypatch
):
    house.fund()
    claim, before = house.claim(ana, made, SAD), money()
    house.approve(claim)
    from dure.domains.mutual_aid.commands import reviewing

    pay = act("bookkeeper")
    with monkeypatch.context() as patched:
        patched.setattr(reviewing, "record", _killed)
        with pytest.raises(KeyboardInterrupt):
            commands.pay_aid_benefit(pay, claim_id=claim.pk)
    claim.refresh_from_db()
    assert (claim.state, claim.committed_won, money()) == ("approved", 500_000, before)
    commands.pay_aid_benefit(pay, claim_id=claim.pk)
    assert money() == before - 500_000


def _killed(*given):
    raise KeyboardInterrupt


def test_a_fund_without_money_pays_nothing(house, act, ana, made):
    claim = house.claim(ana, made, SAD)
    house.approve(claim)
    with pytest.raises(commands.AidFundShort):
        commands.pay_aid_benefit(act("bookkeeper"), claim_id=claim.pk)
    assert AidClaim.objects.get().state == "approved"
    commands.withdraw_aid_claim(house.own(ana), claim_id=claim.pk)
    assert queries.aid_promised() == 0


def test_a_refusal_is_appealed_in_time_and_decided_by_another(house, act, ana, made):
    claim = house.claim(ana, made, ILL)
    with pytest.raises(commands.AidDecisionUnnamed):
        commands.refuse_aid_claim(
            act("secretariat"), claim_id=claim.pk, decided_by="심사위원회", reason=" "
        )
    commands.refuse_aid_claim(
        act("secretariat"), claim_id=claim.pk, decided_by="심사위원회 8호", reason="진단서 없음"
    )
    card = queries.aid_claim(house.own(ana), claim.pk)
    assert (card.state, card.reason, card.appeal_until) == (
        "refused", "진단서 없음", date(2026, 12, 20),
    )  # fmt: skip
    with pytest.raises(commands.AidAppealTooLate):
        commands.appeal_aid_refusal(house.own(ana, days=31), claim_id=claim.pk, text="냈습니다")
    commands.appeal_aid_refusal(house.own(ana, days=30), claim_id=claim.pk, text="냈습니다")
    second = {
        "claim_id": claim.pk,
        "granted": True,
        "reason": "진단서 확인",
        "waived": "원본을 보았음",
    }
    with pytest.raises(commands.AidAppealSameBody):
        commands.decide_aid_appeal(
            act("secretariat", days=31), decided_by="심사위원회 8호", **second
        )
    commands.decide_aid_appeal(act("secretariat", days=31), decided_by="이사회 3호", **second)
    assert queries.aid_promised() == 1_000_000


def test_what_happened_is_read_by_who_reviews(house, act, ana, made):
    claim = house.claim(ana, made, SAD)
    for office, opened in (("secretariat", True), ("bookkeeper", False), ("auditor", False)):
        card = queries.aid_claim(act(office), claim.pk)
        assert card.is_open is opened and bool(card.about) is opened
        assert bool(queries.aid_claims(act(office))[0].event_label) is opened
    with pytest.raises(Denied):
        queries.aid_claim(house.own(house.person("다라")), claim.pk)
    commands.erase_aid_claims(act("system"), party_id=ana.party_id)
    assert queries.aid_claim(house.own(ana), claim.pk).about == ""


def test_nothing_is_approved_without_the_evidence_that_is_asked_for(house, act, ana, made):
    """Unless the deciders say why; a relation without evidence asked needs none."""
    claim = house.claim(ana, made, SAD)
    for waived in ("", "   "):
        with pytest.raises(RuleNotMet, match="사망진단서"):
            house.approve(claim, waived=waived)
    house.approve(claim, waived="빈소에서 확인")
    card = queries.aid_claim(act("secretariat"), claim.pk)
    assert card.waived == "빈소에서 확인"
    assert queries.aid_claim(act("bookkeeper"), claim.pk).waived == ""
    ill = house.claim(ana, made, ILL)
    commands.add_aid_evidence(
        house.own(ana), claim_id=ill.pk, name="진단서.jpg", content=b"\xff\xd8\xff-"
    )
    house.approve(ill, waived="")
    commands.erase_aid_claims(act("system"), party_id=ana.party_id)
    claim.refresh_from_db()
    assert claim.waived == ""


def test_evidence_is_sealed_read_by_leave_and_gone_by_schedule(house, act, ana, made):
    house.fund()
    claim = house.claim(ana, made, SAD)
    photo = b"\xff\xd8\xff" + b"certificate"
    number = commands.add_aid_evidence(
        house.own(ana), claim_id=claim.pk, name="사망진단서.jpg", content=photo
    )
    assert queries.open_aid_evidence(act("secretariat"), claim.pk, number).content == photo
    assert not queries.aid_claim(act("bookkeeper"), claim.pk).evidence
    with pytest.raises(Denied):
        queries.open_aid_evidence(act("bookkeeper"), claim.pk, number)
    house.give(claim)
    with pytest.raises(files.NoFileDue):
        files.destroy_kept_files(act("system", days=365))
    files.destroy_kept_files(act("system", days=366))
    with pytest.raises(files.FileDestroyed):
        queries.open_aid_evidence(act("secretariat"), claim.pk, number)


def test_who_was_entered_twice_keeps_the_claim_and_who_is_erased_leaves_no_story(
    house, act, ana, made
):
    claim = house.claim(ana, made, SAD)
    commands.refuse_aid_claim(
        act("secretariat"), claim_id=claim.pk, decided_by="심사위원회", reason="진단서 없음"
    )
    twin = parties.add_person(act("system"), name="가나")
    parties.merge_parties(act("secretariat"), kept_id=twin.pk, duplicate_id=ana.party_id)
    mine = act("member", actor_id=twin.pk)
    assert queries.aid_claim(mine, claim.pk).about and queries.my_aid_claims(mine)
    memberships.leave_membership(
        act("system"), membership_id=ana.pk, left_date=TODAY, reason="other", decided_by="본인"
    )
    parties.erase_person(act("administrator"), person_id=twin.pk, reason="본인 요청")
    claim.refresh_from_db()
    assert (claim.about_secret, claim.reason, claim.won) == ("", "—", 500_000)


def test_limits_of_a_year_and_times_in_a_life(house, act, ana, made):
    house.fund()
    house.give(house.claim(ana, made, ILL))
    rest = house.claim(ana, made, HAPPY)
    assert rest.won == 200_000  # of 1,200,000 a year
    house.give(rest)
    with pytest.raises(RuleNotMet, match="한 해|in a year") as told:
        house.claim(ana, made, SAD)
    assert "상호부조 규정" in str(told.value)
    again = queries.claim_answer(
        house.own(ana), enrolment_id=made.pk, event="marriage", relation="self",
        event_date=date(2026, 11, 1),
    )  # fmt: skip
    assert "mutual_aid.plan_times" in {one.key for one in again.findings if not one.passed}


def test_two_promises_do_not_pass_a_limit_together(house, act, ana, made):
    first, second = house.claim(ana, made, ILL), house.claim(ana, made, SAD)
    assert (first.won, second.won) == (1_000_000, 500_000)
    house.approve(first)
    house.approve(second)
    second.refresh_from_db()
    assert second.won == 200_000


def test_who_dies_is_mourned_with_aid(house, act):
    ana = house.person("가나")
    plan = house.plan(benefits=(Promised("death", "self", 2_000_000),), per_year_won=None)
    made = house.join(ana, plan)
    memberships.leave_membership(
        act("system"), membership_id=ana.pk, left_date=TODAY, reason="died", decided_by="유족"
    )
    office = {"enrolment_id": made.pk, "event": "death", "relation": "self", "about": "유족이 청구"}
    with pytest.raises(RuleNotMet):
        commands.file_aid_claim(
            act("secretariat", days=2), event_date=date(2026, 11, 21), consented=True, **office
        )
    claim = commands.file_aid_claim(
        act("secretariat", days=2), event_date=date(2026, 11, 19), consented=True, **office
    )
    assert claim.won == 2_000_000


LINES = st.lists(
    st.builds(
        Promised, st.sampled_from(["death", "marriage"]), st.sampled_from(["self", "child"]),
        st.integers(1, 60_000_000), st.integers(0, 12), st.none() | st.integers(1, 2),
    ),
    min_size=1, max_size=5,
)  # fmt: skip


@given(
    LINES,
    st.integers(1, 70_000_000),
    st.none() | st.integers(1, 70_000_000),
    st.lists(
        st.tuples(
            st.sampled_from(["death", "marriage"]), st.sampled_from(["self", "child"]),
            st.dates(date(2020, 1, 1), date(2026, 11, 20)), st.integers(0, 20),
        ),
        max_size=8,
    ),
)  # fmt: skip
def test_no_order_of_claims_gives_more_than_a_limit(lines, person, year, wishes):
    terms = Terms("두레", "제4조", tuple(lines), 0, year, person)
    had: list[tuple[str, str, int, int]] = []
    for event, relation, day, paid in wishes:
        known = Known(
            date(2019, 1, 1), None, paid, 0,
            sum((event, relation) == one[:2] for one in had),
            sum(won for *_, when, won in had if when == day.year), sum(one[3] for one in had),
        )  # fmt: skip
        found = answer(Rulebook({}), terms, known, Wish(event, relation, day), TODAY)
        if all(one.passed for one in found.findings):
            assert found.won > 0
            had.append((event, relation, day.year, found.won))
    assert max(accumulate(one[3] for one in had), default=0) <= person
    for when in {one[2] for one in had}:
        assert year is None or sum(one[3] for one in had if one[2] == when) <= year
