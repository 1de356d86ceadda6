"""Plans held against the law, who may take part, contributions, lapse and revival, the end."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from dure.domains.bylaws import commands as bylaws
from dure.domains.bylaws.rules import RuleNotMet
from dure.domains.ledger import queries as ledger
from dure.domains.memberships import commands as memberships, queries as members
from dure.domains.memberships.models import DebitLine
from dure.domains.memberships.rules.payables import pay_oldest
from dure.domains.mutual_aid import commands, queries
from dure.domains.mutual_aid.models import AidBill, AidEnrolment, AidReceipt
from dure.domains.mutual_aid.rules import taking_part as rules
from dure.domains.mutual_aid.rules.promises import Promised, Refund, refund_of
from dure.kernel.dates import Month
from dure.kernel.verdict import Denied

from .conftest import HAPPY, PLAN, TODAY


def money():
    return ledger.fund_money("mutual_aid")


@pytest.mark.parametrize(
    ("given", "article"),
    [
        ({"monthly_won": 4_999}, "제57조제4항"),
        ({"per_person_won": 50_000_001}, "제57조제3항"),
        ({"benefits": (Promised("birth", "self", 100_000),)}, "제57조제1항|제23조제1항"),
        ({"fund": "general"}, "제57조제8항|제23조제4항"),
    ],
)
def test_a_plan_keeps_within_the_law_and_the_bylaws(house, given, article):
    with pytest.raises(RuleNotMet, match=article):
        house.plan(**given)
    assert house.plan(monthly_won=5_000, per_person_won=50_000_000, benefits=(HAPPY,)).pk


def test_the_bylaws_may_name_more_events(house, act):
    birth = Promised("birth", "self", 100_000)
    bylaws.adopt_provision(
        act("secretariat"), key="mutual_aid.bylaw_reasons", value="birth, disaster", kind="choice",
        comparison="one_of", label="정관으로 정한 사유", document="정관", article="제57조제9항",
        from_date=date(2026, 1, 1), decided_by="총회",
    )  # fmt: skip
    card = queries.aid_plan(act("member"), house.plan(benefits=(birth, HAPPY)).pk)
    assert "제57조제9항" in {one.article for one in card.findings}
    with pytest.raises(RuleNotMet, match="제57조제9항"):
        house.plan(code="more", benefits=(Promised("unemployment", "self", 100_000),))


def test_a_plan_for_illness_says_first_that_health_data_is_handled(house, act):
    bylaws.adopt_provision(
        act("secretariat"), key="privacy.handles_sensitive", value="no", document="정관",
        article="제80조", from_date=date(2026, 6, 1), decided_by="총회",
    )  # fmt: skip
    with pytest.raises(RuleNotMet, match="제80조"):
        house.plan()


@pytest.mark.parametrize(
    "given",
    [
        {"benefits": ()},
        {"benefits": (HAPPY, HAPPY)},
        {"benefits": (Promised("marriage", "cousin", 1),)},
        {"per_year_won": 100_000},
        {"due_day": 32},
        {"refunds": (Refund(24, Fraction(1, 2)), Refund(12, Fraction(1, 3)))},
        {"refunds": (Refund(12, Fraction(3, 2)),)},
    ],
)
def test_a_plan_that_does_not_fit_together(house, given):
    with pytest.raises(commands.AidPlanImpossible):
        house.plan(**given)


def test_a_change_is_a_new_version(house, act):
    first = house.plan()
    with pytest.raises(commands.AidPlanLaterKnown):
        house.plan()
    with pytest.raises(Denied):
        commands.lay_down_aid_plan(act("member"), **PLAN)
    second = house.plan(from_date=TODAY, monthly_won=20_000)
    assert [one.id for one in queries.aid_plans(act("member"), on=TODAY)] == [second.pk]
    with pytest.raises(commands.AidNotOffered):
        house.apply(house.person("가나"), first)
    commands.end_aid_plan(
        act("secretariat"), plan_id=second.pk, until_date=date(2027, 1, 1), decided_by="이사회"
    )
    with pytest.raises(commands.AidPlanEndedBefore):
        commands.end_aid_plan(
            act("secretariat"), plan_id=second.pk, until_date=TODAY, decided_by="이사회"
        )


def test_who_may_take_part(house, act):
    plan = house.plan()
    young, ana = house.person("새싹", joined=date(2026, 5, 21)), house.person("가나")
    with pytest.raises(RuleNotMet, match="제57조제2항"):
        house.apply(young, plan)
    with pytest.raises(RuleNotMet, match="제57조제5항"):
        house.apply(ana, plan, channel="bank")
    with pytest.raises(Denied):
        commands.apply_for_aid(house.own(young), membership_id=ana.pk, plan_id=plan.pk)
    wish = house.apply(ana, plan)
    assert all(one["passed"] for one in wish.findings) and len(wish.findings) == 4
    with pytest.raises(commands.AidGoesOnAlready):
        house.apply(ana, plan)
    with pytest.raises(Denied):
        commands.approve_aid_enrolment(house.own(ana), enrolment_id=wish.pk, decided_by="저")
    with pytest.raises(Denied):
        commands.approve_aid_enrolment(
            act("secretariat", actor_id=ana.party_id), enrolment_id=wish.pk, decided_by="사무국"
        )
    with pytest.raises(commands.AidNotWaiting):
        commands.sign_aid_contract(house.own(ana), enrolment_id=wish.pk)
    by = act("secretariat")
    for _twice in range(2):
        commands.approve_aid_enrolment(by, enrolment_id=wish.pk, decided_by="심사위원회 1호")
    made = commands.sign_aid_contract(house.own(ana), enrolment_id=wish.pk)
    assert made.contract["periods"]["appeal_days"] == 30 and len(made.contract["benefits"]) == 3
    card = queries.aid_enrolment(house.own(ana), made.pk)
    assert (card.open_won, card.waits_until) == (10_000, date(2027, 2, 20))
    with pytest.raises(Denied):
        queries.aid_enrolment(house.own(young), made.pk)
    refused = house.apply(house.person("다라"), plan)
    commands.refuse_aid_enrolment(
        act("secretariat"), enrolment_id=refused.pk, decided_by="심사위원회", reason="서류 보완"
    )
    assert queries.aid_enrolments(act("auditor"), state="refused")[0].id == refused.pk


def test_contributions_come_in_once_and_are_taken_back_once(house, act):
    ana = house.person("가나")
    made = house.join(ana, house.plan(), months=0)
    assert commands.bill_aid_contributions(act("bookkeeper"), month="2026-08") == 1
    with pytest.raises(commands.AidNothingToBill):
        commands.bill_aid_contributions(act("bookkeeper"), month="2026-08")
    with pytest.raises(commands.AidMonthToCome):
        commands.bill_aid_contributions(act("bookkeeper"), month="2026-12")
    with pytest.raises(commands.AidContributionTooLarge):
        house.pay(made, 20_001)
    with pytest.raises(Denied):
        commands.receive_aid_contribution(
            act("bookkeeper", actor_id=ana.party_id), enrolment_id=made.pk, won=1
        )
    once = act("bookkeeper")
    for _twice in range(2):
        receipt = commands.receive_aid_contribution(once, enrolment_id=made.pk, won=15_000)
    assert money() == 15_000 and queries.months_paid(made.pk) == 1
    commands.undo_aid_contribution(act("bookkeeper"), receipt_id=receipt.pk, reason="다른 사람")
    with pytest.raises(commands.AidContributionUndoneBefore):
        commands.undo_aid_contribution(act("bookkeeper"), receipt_id=receipt.pk, reason="또")
    assert money() == 0 and queries.late_won_of(made.pk, TODAY) == 20_000
    assert AidReceipt.objects.count() == 1 and not queries.check_aid()
    AidBill.objects.update(paid_won=1)
    assert len(queries.check_aid()) == 1


def test_a_line_of_the_bank_pays_the_open_months(house, act):
    ana = house.person("가나")
    made = house.join(ana, house.plan(), months=0)
    commands.bill_aid_contributions(act("system"), month="2026-08")
    line = memberships.enter_receipt(
        act("bookkeeper"), receipt_date=TODAY, amount_won=20_000, payer=f"상호부조{made.pk}"
    )
    memberships.match_receipt(
        act("bookkeeper"), receipt_id=line.pk, membership_id=ana.pk, payable=f"mutual_aid:{made.pk}"
    )
    receipt = AidReceipt.objects.get()
    assert receipt.bank_id == line.pk and queries.months_paid(made.pk) == 2
    with pytest.raises(commands.AidContributionFromBank):
        commands.undo_aid_contribution(act("bookkeeper"), receipt_id=receipt.pk, reason="또")
    memberships.unmatch_receipt(act("bookkeeper"), receipt_id=line.pk, reason="다른 사람")
    assert queries.months_paid(made.pk) == 0 and not queries.check_aid()


def test_what_stays_unpaid_lapses_after_a_notice_and_revives(house, act):
    ana = house.person("가나")
    plan = house.plan()
    made = house.join(ana, plan, months=0)
    other = house.join(house.person("다라"), plan)
    assert not queries.takes_part(membership_id=other.membership_id + 99)
    watch = commands.watch_aid_contributions
    for month in ("2026-08", "2026-09", "2026-10"):
        try:
            commands.bill_aid_contributions(act("system"), month=month)
        except commands.AidNothingToBill:
            pass
    assert watch(act("system")) == (1, 0)
    with pytest.raises(commands.AidNothingToWatch):
        watch(act("system", days=13))
    letter = queries.lapse_letter(made.pk, TODAY)
    assert letter is not None and letter.until == date(2026, 12, 4) and "@" in letter.email
    assert watch(act("system", days=14)) == (0, 1)
    assert queries.lapse_letter(made.pk, TODAY) is None
    made.refresh_from_db()
    assert made.state == "lapsed"
    with pytest.raises(commands.AidStillOpen):
        commands.revive_aid(house.own(ana, days=20), enrolment_id=made.pk)
    open_won = queries.aid_enrolment(house.own(ana), made.pk).open_won
    house.pay(made, open_won)
    with pytest.raises(commands.AidRevivalTooLate):
        commands.revive_aid(house.own(ana, days=300), enrolment_id=made.pk)
    commands.revive_aid(house.own(ana, days=20), enrolment_id=made.pk)
    made.refresh_from_db()
    assert (made.state, made.counts_from) == ("running", date(2026, 12, 10))
    with pytest.raises(commands.AidNotWaiting):
        commands.revive_aid(house.own(ana, days=21), enrolment_id=made.pk)


def test_what_lapsed_and_never_revived_ends_by_the_clock(house, act):
    made = house.join(house.person("가나"), house.plan(), months=4)
    watch = commands.watch_aid_contributions
    for month in ("2026-12", "2027-01", "2027-02"):
        commands.bill_aid_contributions(act("system", days=110), month=month)
    watch(act("system", days=130))
    watch(act("system", days=150))
    made.refresh_from_db()
    lapsed = made.lapsed_date
    assert made.state == "lapsed" and lapsed == date(2027, 4, 19)
    with pytest.raises(commands.AidNothingToWatch):
        watch(act("system", days=150 + 183))  # 19 October, the last day to revive
    watch(act("system", days=150 + 184))
    made.refresh_from_db()
    assert (made.state, made.end_reason) == ("ended", "never_revived")
    with pytest.raises(commands.AidNotWaiting):
        commands.revive_aid(house.own(made.membership, days=334), enrolment_id=made.pk)


def test_who_leaves_gets_back_what_the_table_says_once(house, act):
    ana, dan = house.person("가나"), house.person("다라")
    plan = house.plan(refunds=(Refund(3, Fraction(1, 3)),))
    made, short = house.join(ana, plan), house.join(dan, plan, months=0)
    memberships.leave_membership(
        act("system"), membership_id=ana.pk, left_date=TODAY, reason="died", decided_by="유족"
    )
    made.refresh_from_db()
    assert (made.state, made.end_reason, made.refund_won) == ("ended", "died", 16_666)
    pay = act("bookkeeper")
    for _twice in range(2):
        commands.pay_aid_refund(pay, enrolment_id=made.pk)
    assert money() == 50_000 - 16_666 and not queries.check_aid()
    with pytest.raises(commands.AidRefundPaidBefore):
        commands.pay_aid_refund(act("bookkeeper"), enrolment_id=made.pk)
    commands.end_aid(house.own(dan), enrolment_id=short.pk)
    with pytest.raises(commands.AidNoRefund, match="제4조"):
        commands.pay_aid_refund(act("bookkeeper"), enrolment_id=short.pk)
    assert AidEnrolment.objects.get(pk=short.pk).end_reason == "wish"


def test_money_pays_the_oldest_month_first():
    assert pay_oldest(12, [(7, 10), (8, 10)]) == ([(7, 10), (8, 2)], 0)
    assert pay_oldest(25, [(7, 10), (8, 10)]) == ([(7, 10), (8, 10)], 5)
    assert rules.due_date(Month(2027, 2), 31) == date(2027, 2, 28)
    steps = (Refund(12, Fraction(1, 2)), Refund(36, Fraction(4, 5)))
    assert [refund_of(99_999, months, steps) for months in (11, 12, 35, 36)] == [
        0, 49_999, 49_999, 79_999,
    ]  # fmt: skip


def test_contributions_are_debited_where_the_member_agreed(house, act):
    plan = house.plan()
    ana, ben = house.person("가나"), house.person("나다")
    one, two = (house.join(who, plan, months=0) for who in (ana, ben))
    for who in (ana, ben):
        memberships.give_mandate(
            act("bookkeeper"), membership_id=who.pk, bank="국민은행", holder="본인",
            account_number=f"110-222-33{who.pk:04d}", consent_text="출금 동의", evidence="written",
            from_date=date(2026, 1, 1),
        )  # fmt: skip
    commands.bill_aid_contributions(act("system"), month="2026-11")
    with pytest.raises(memberships.NobodyToDebit):  # nobody agreed
        memberships.request_debits(act("bookkeeper"), collect_date=date(2026, 12, 1))
    with pytest.raises(Denied):
        commands.debit_aid(house.own(ben), enrolment_id=one.pk, by_debit=True)
    own = house.own(ana)
    for _twice in range(2):
        commands.debit_aid(own, enrolment_id=one.pk, by_debit=True)
    run = memberships.request_debits(act("bookkeeper"), collect_date=date(2026, 12, 1))
    [line] = DebitLine.objects.filter(run=run)
    assert (line.payable, line.amount_won) == (f"mutual_aid:{one.pk}", 20_000)
    memberships.take_debit_result(
        act("bookkeeper", days=12), run_id=run.pk, filename="결과.csv",
        content=(
            "참조번호,출금된금액,결과코드\n" + f"{members.reference_of(line.pk)},20000,0000\n"
        ).encode("cp949"),
    )  # fmt: skip
    assert queries.aid_enrolment(act("secretariat"), one.pk).paid_won == 20_000
    assert queries.aid_enrolment(act("secretariat"), two.pk).paid_won == 0
    commands.debit_aid(house.own(ana), enrolment_id=one.pk, by_debit=False)
    assert not queries.aid_enrolment(act("secretariat"), one.pk).by_debit
