"""What a loan waits for: papers, conditions, guarantors; a promise that lapses; terms that stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from dure.domains.bylaws.rules import RuleNotMet
from dure.domains.loans import commands, queries
from dure.domains.loans.models import Loan, LoanNote, LoanProduct
from dure.domains.loans.rules.costs import yearly_cost
from dure.domains.loans.rules.days import DayCount
from dure.domains.loans.rules.schedules import Method, Terms, schedule
from dure.kernel import files
from dure.kernel.models import Deed, Read
from dure.kernel.refusals import Denied

PDF = b"%PDF-1.4 payslip"
PAPERS = ("신분증 사본", "소득 증빙")


@pytest.fixture
def five(house):
    found = [house.person(f"회원{n}", shares=1000) for n in range(5)]
    house.fund()
    return found


def hand_in(act, loan, title, content=PDF):
    return commands.hand_in_loan_paper(
        act, loan_id=loan.pk, title=title, name="서류.pdf", content=content
    )


def test_a_loan_waits_for_papers_conditions_and_is_reviewed_by_others(house, act, five):
    member = five[0]
    own, officer = act(actor_id=member.party_id), act("loan_officer")
    loan = house.apply(member, house.product(papers=PAPERS))
    decide = {"loan_id": loan.pk, "decided_by": "심사위원회", "conditions": ("보증보험 가입", " ")}
    with pytest.raises(commands.LoanPapersMissing, match="신분증 사본, 소득 증빙"):
        commands.approve_loan(act("loan_officer"), **decide)
    paper = hand_in(own, loan, PAPERS[0])
    with pytest.raises(commands.LoanPaperUnasked, match="가족관계증명서"):
        hand_in(act(actor_id=member.party_id), loan, "가족관계증명서")
    with pytest.raises(Denied):
        hand_in(act(actor_id=five[1].party_id), loan, PAPERS[1])
    with pytest.raises(files.FileUnfit):
        hand_in(act(actor_id=member.party_id), loan, PAPERS[1], b"#!/bin/sh")
    hand_in(act("loan_officer"), loan, PAPERS[1], PDF + b"2")
    with pytest.raises(Denied):
        queries.loan_paper(act("auditor"), paper.pk)
    assert queries.loan_paper(officer, paper.pk).content == PDF
    assert Read.objects.filter(what="loans.loan_paper", is_download=True).count() == 1
    said = {
        "loan_id": loan.pk,
        "kind": "interview",
        "people": "담당자와 회원",
        "text": "이사 보증금",
    }
    with pytest.raises(Denied):
        commands.note_loan(act("loan_officer", actor_id=member.party_id), **said)
    commands.note_loan(act("loan_officer"), **said, advice="lend")
    assert "보증금" not in LoanNote.objects.get().text_sealed
    assert queries.review_card(own, loan.pk).notes[0].text == "이사 보증금"
    commands.approve_loan(act("loan_officer"), **decide)
    commands.sign_loan(act(actor_id=member.party_id), loan_id=loan.pk)
    with pytest.raises(commands.LoanConditionsOpen, match="보증보험 가입"):
        commands.pay_out_loan(act("bookkeeper"), loan_id=loan.pk)
    [condition] = queries.review_card(own, loan.pk).open_conditions
    commands.meet_loan_condition(act("loan_officer"), condition_id=condition.id)
    with pytest.raises(commands.LoanConditionIsMet):
        commands.meet_loan_condition(act("loan_officer"), condition_id=condition.id)
    commands.pay_out_loan(act("bookkeeper"), loan_id=loan.pk)
    with pytest.raises(commands.LoanPapersClosed):
        hand_in(act(actor_id=member.party_id), loan, PAPERS[0], PDF + b"3")


def test_a_promise_that_is_not_taken_up_lapses_and_its_papers_go(house, act, five):
    loan = house.apply(five[0], house.product(papers=PAPERS[:1]))
    hand_in(act("loan_officer"), loan, PAPERS[0])
    commands.approve_loan(act("loan_officer"), loan_id=loan.pk, decided_by="심사위원회")
    later = act("system")
    with pytest.raises(commands.NoPromiseLapses):
        commands.lapse_loan_promises(later)
    sixty = replace(act("system"), at=later.at + timedelta(days=60))
    with pytest.raises(commands.NoPromiseLapses):
        commands.lapse_loan_promises(sixty)
    more = replace(act("system"), at=later.at + timedelta(days=61))
    with pytest.raises(Denied):
        commands.lapse_loan_promises(act("member"))
    assert commands.lapse_loan_promises(more) == commands.lapse_loan_promises(more) == 1
    loan.refresh_from_db()
    assert (loan.state, loan.committed_won) == ("lapsed", 0)
    assert Deed.objects.filter(name="loans.LoanPromiseLapsed").count() == 1
    with pytest.raises(commands.LoanNotWaiting):
        commands.sign_loan(act(actor_id=five[0].party_id), loan_id=loan.pk)
    [held] = files.files_of(queries.matter_of(loan.pk))
    gone = replace(act("system"), at=more.at + timedelta(days=184))
    assert files.destroy_kept_files(gone) == 1
    with pytest.raises(files.FileDestroyed):
        files.open_file(act("system"), held, "loans.loan_paper")


def test_guarantors_agree_in_person_sign_on_paper_are_called_late_and_have_recourse(
    house, act, five
):
    member, first, second = five[:3]
    own = act(actor_id=member.party_id)
    product = house.product(guarantors=1, guarantors_from_won=2_000_000)
    loan = house.apply(member, product)
    name = {"loan_id": loan.pk}
    with pytest.raises(commands.GuarantorIsBorrower):
        commands.name_guarantor(own, membership_id=member.pk, **name)
    held = commands.name_guarantor(own, membership_id=first.pk, **name)
    with pytest.raises(commands.GuarantorNamedAlready):
        commands.name_guarantor(act("loan_officer"), membership_id=first.pk, **name)
    with pytest.raises(Denied):
        commands.answer_guarantee(act("loan_officer"), guarantee_id=held.pk, agrees=True)
    with pytest.raises(commands.GuaranteeNotAgreed):
        commands.sign_guarantee(act("loan_officer"), guarantee_id=held.pk)
    commands.approve_loan(act("loan_officer"), loan_id=loan.pk, decided_by="심사위원회")
    stands = act(actor_id=first.party_id)
    assert [one.id for one in queries.my_guarantees(stands)] == [held.pk]
    commands.answer_guarantee(stands, guarantee_id=held.pk, agrees=True)
    with pytest.raises(commands.GuarantorsMissing, match="제5조"):
        commands.sign_loan(act(actor_id=member.party_id), loan_id=loan.pk)
    commands.sign_guarantee(act("loan_officer"), guarantee_id=held.pk)
    commands.sign_loan(act(actor_id=member.party_id), loan_id=loan.pk)
    commands.pay_out_loan(act("bookkeeper"), loan_id=loan.pk)
    with pytest.raises(RuleNotMet, match="보증인에게 청구하는 연체 일수"):
        commands.call_guarantor(act("loan_officer"), guarantee_id=held.pk)
    pay = {"guarantee_id": held.pk, "won": 500_000}
    with pytest.raises(commands.GuarantorNotCalled):
        commands.pay_as_guarantor(act("bookkeeper"), **pay)
    late = replace(act("loan_officer"), at=own.at + timedelta(days=125))
    commands.call_guarantor(late, guarantee_id=held.pk)
    with pytest.raises(commands.GuaranteeTooSmall):
        commands.pay_as_guarantor(replace(late, key=act().key), **{**pay, "won": 3_000_001})
    paid = commands.pay_as_guarantor(replace(late, key=act().key), **pay)
    [line] = queries.my_guarantees(stands)
    assert (paid.won, line.paid_won, line.borrower) == (500_000, 500_000, "회원0")
    assert not line.is_released
    with pytest.raises(RuleNotMet, match="한 사람이 서는 보증"):
        for one, won in ((second, 9_000_000), (five[3], 1_000_000)):
            other = house.apply(one, house.product(code=f"other{one.pk}"), won=won)
            commands.name_guarantor(
                act(actor_id=one.party_id), loan_id=other.pk, membership_id=first.pk
            )


@pytest.mark.parametrize(
    ("given", "article"),
    [
        ({"fee": (2, 100)}, "이자제한법"),  # of a month: 24 a year
        ({"fee_won": 20_000}, "이자제한법"),  # of 100,000 won
        ({"fee": (17, 100), "shortest_months": 12}, "이자제한법"),
    ],
)
def test_fees_count_as_interest(house, given, article):
    with pytest.raises(RuleNotMet, match=article):
        house.product(**given)


def test_a_fee_within_the_law_is_kept_back_and_is_income(house, act, five):
    product = house.product(fee=(1, 100), shortest_months=12, purposes=("living",))
    with pytest.raises(RuleNotMet, match="쓸 곳"):
        house.apply(five[0], product, purpose="business")
    with pytest.raises(RuleNotMet, match="가장 짧은 기간"):
        house.apply(five[0], product, months=6)
    answer = queries.loan_answer(
        act(actor_id=five[0].party_id), membership_id=five[0].pk, product_id=product.pk,
        won=3_000_000, months=12, purpose="living",
    )  # fmt: skip
    assert answer.fee_won == 30_000 and "30,000원" in str(answer)
    loan = house.lend(five[0], product)
    sides = {(line.account_id, line.amount_won) for line in loan.entry.lines.all()}
    assert {abs(won) for _account, won in sides} == {3_000_000, 2_970_000, 30_000}
    bullet = Terms(
        1_000_000, Fraction(3, 100), 12, Method.BULLET, DayCount.THIRTY_360, date(2026, 1, 15)
    )
    assert yearly_cost(bullet, schedule(bullet), 0) == Fraction(3, 100)
    assert yearly_cost(bullet, schedule(bullet), 20_000) == Fraction(5, 98)


def test_changed_rates_are_for_new_contracts_and_terms_stay(house, act, five):
    first = house.product()
    loan = house.lend(five[0], first)
    second = house.product(from_date=date(2026, 11, 1), late_rate=(4, 100))
    new = house.lend(five[1], second)
    assert (loan.contract["late_rate"], new.contract["late_rate"]) == ("9/200", "1/25")
    assert queries.loan_card(act("system"), loan.pk).late_rate == Fraction(9, 200)
    for rows, change in (
        (LoanProduct.objects.filter(pk=first.pk), {"rate_numerator": 5}),
        (LoanProduct.objects.filter(pk=first.pk), {"papers": ["더"]}),
        (Loan.objects.filter(pk=loan.pk), {"contract": {}}),
    ):
        with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
            rows.update(**change)
