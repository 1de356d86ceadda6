"""Loans that do not run as agreed: a new schedule, all of it due, written off and recovered; who dies,
leaves or becomes one with another while a loan runs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from dure.domains.bylaws import commands as bylaws
from dure.domains.bylaws.rules import RuleNotMet
from dure.domains.ledger import queries as ledger
from dure.domains.loans import commands, queries
from dure.domains.loans.commands import daily
from dure.domains.loans.models import LoanChange
from dure.domains.memberships import commands as memberships
from dure.domains.parties import commands as parties
from dure.kernel.verdict import Denied

TODAY = date(2026, 11, 20)


@pytest.fixture
def loan(house):
    house.fund(30_000_000)
    house.person("다라", 1800)
    return house.lend(house.person("가나", 1800), house.product(), 1_200_000)


def owed(loan, act, days):
    card = queries.loan_card(act("loan_officer", days=days), loan.pk)
    return card.pay_off_won


def sound():
    return ledger.check_books() == [] == queries.check_loans()


def test_a_new_schedule_owes_the_same_and_never_more_a_year(loan, act):
    commands.repay_loan(act("bookkeeper", days=31), loan_id=loan.pk, won=50_000)
    before = owed(loan, act, 60)
    by = act("secretariat", days=60)
    given = {"loan_id": loan.pk, "months": 24, "decided_by": "이사회 7호"}
    with pytest.raises(commands.LoanRateRaised):
        commands.reschedule_loan(by, **given, rate=(4, 100))
    with pytest.raises(commands.LoanDecisionUnnamed):
        commands.reschedule_loan(by, **{**given, "decided_by": " "})
    with pytest.raises(Denied):
        commands.reschedule_loan(act("bookkeeper"), **given)
    with pytest.raises(Denied):
        commands.reschedule_loan(act("secretariat", actor_id=loan.party_id), **given)
    for _twice in range(2):
        change = commands.reschedule_loan(by, **given, grace_months=3)
    card = queries.loan_card(act("loan_officer", days=60), loan.pk)
    assert (change.won, card.pay_off_won, card.days_late) == (before, before, 0)
    rows = [one for one in card.instalments if one.open_won or one.late_won]
    assert sum(one.principal_won for one in card.instalments) == 1_200_000
    assert sum(one.principal_won for one in rows) == card.left_won == change.principal_won
    assert len(rows) == 25 and change.before[0]["n"] == 1  # what was owed is due with the first
    with pytest.raises(commands.LoanDecidedSince, match="2027-01-19") as refused:
        payment = loan.payments.get()
        commands.undo_loan_payment(act("bookkeeper", days=61), payment_id=payment.pk, reason="x")
    assert "결정" in refused.value.advice and queries.decided_since(loan.pk, payment.paid_date)
    with pytest.raises(IntegrityError), transaction.atomic():
        LoanChange.objects.update(won=1)
    commands.pay_off_loan(act("bookkeeper", days=60), loan_id=loan.pk)
    assert sound()


def test_written_off_by_resolution_and_recovered(loan, act):
    given = {"loan_id": loan.pk, "decided_by": "총회 3호", "reason": "파산"}
    with pytest.raises(Denied):
        commands.write_off_loan(act("bookkeeper", days=400), **given)
    left = owed(loan, act, 400)
    by = act("secretariat", days=400)
    for _twice in range(2):
        gone = commands.write_off_loan(by, **given)
    loan.refresh_from_db()
    assert (loan.state, loan.committed_won, gone.principal_won) == ("written_off", 0, 1_200_000)
    assert queries.outside_the_books(loan.pk) == gone.won >= left
    assert ledger.party_balance(ledger.account_for("member_loans"), loan.party_id) == 0
    with pytest.raises(commands.LoanClosed):
        commands.repay_loan(act("bookkeeper", days=401), loan_id=loan.pk, won=1_000)
    with pytest.raises(commands.LoanRecoversTooMuch):
        commands.recover_loan(act("bookkeeper", days=401), loan_id=loan.pk, won=gone.won + 1)
    with pytest.raises(commands.LoanNothingRecovered):
        commands.recover_loan(act("bookkeeper", days=401), loan_id=loan.pk, won=0)
    loss = ledger.balance(ledger.account_for("loan_loss_expense"), "microloan")
    for won in (300_000, 200_000):
        commands.recover_loan(act("bookkeeper", days=401), loan_id=loan.pk, won=won)
    assert queries.outside_the_books(loan.pk) == gone.won - 500_000
    assert ledger.balance(ledger.account_for("loan_loss_expense"), "microloan") == loss - 500_000
    assert sound()


def test_all_of_it_is_called_due_after_the_notice(loan, act):
    given = {"loan_id": loan.pk, "decided_by": "이사회 8호", "reason": "제명"}
    by = act("secretariat", days=10)
    with pytest.raises(commands.LoanDayImpossible):
        commands.call_loan_due(by, **given, due_date=by.today + timedelta(days=13))
    due = by.today + timedelta(days=14)
    commands.call_loan_due(by, **given, due_date=due)
    card = queries.loan_card(act("loan_officer", days=25), loan.pk)
    rows = [one for one in card.instalments if one.open_won]
    assert {one.due_date for one in rows} == {due} and card.days_late == 1
    assert rows[-1].principal_won == 1_200_000 and sound()


def test_a_death_gives_the_estate_time_and_no_late_interest_runs(loan, act):
    commands.repay_loan(act("bookkeeper", days=31), loan_id=loan.pk, won=50_000)
    died = TODAY + timedelta(days=40)
    memberships.leave_membership(
        act("secretariat", days=41), membership_id=loan.membership_id, left_date=died, reason="died"
    )
    until = died + timedelta(days=90)
    change = loan.changes.get()
    assert (change.kind, change.decided_by) == ("spared", until.isoformat())
    last = queries.loan_card(act("loan_officer", days=129), loan.pk)
    late = [one for one in last.instalments if one.late_won]
    assert len(late) == 1 and late[0].due_date == date(2026, 12, 21)  # as it was at the death
    later = queries.loan_card(act("loan_officer", days=140), loan.pk)
    assert sum(one.late_won for one in later.instalments) > late[0].late_won
    paid = commands.pay_off_loan(act("bookkeeper", days=100), loan_id=loan.pk)  # the heirs
    assert paid.principal_won and sound()


def test_who_leaves_or_is_one_with_another_still_owes(loan, act, house):
    memberships.leave_membership(
        act("secretariat"), membership_id=loan.membership_id, left_date=TODAY, reason="ineligible"
    )
    twin = parties.add_person(act("system"), name="가나", email="twin@example.kr")
    before = owed(loan, act, 10)
    parties.merge_parties(act("secretariat"), kept_id=twin.pk, duplicate_id=loan.party_id)
    loan.refresh_from_db()
    assert loan.party_id == twin.pk and owed(loan, act, 10) == before
    assert ledger.party_balance(ledger.account_for("member_loans"), twin.pk) == 1_200_000
    paid = commands.repay_loan(act("bookkeeper", days=31), loan_id=loan.pk, won=100_000)
    assert paid.won == 100_000 and sound()


def test_late_interest_is_waived_within_the_limit_and_asked_again(loan, act):
    daily.run_until(act("bookkeeper", days=119), TODAY + timedelta(days=119))
    given = {"loan_id": loan.pk, "decided_by": "대출 담당자", "reason": "병원 입원"}
    with pytest.raises(Denied):
        commands.waive_late_interest(act("bookkeeper", days=120), **given)
    with pytest.raises(Denied):
        commands.waive_late_interest(act("loan_officer", actor_id=loan.party_id, days=120), **given)
    before = queries.loan_card(act("loan_officer", days=120), loan.pk)
    with pytest.raises(commands.WaivesTooMuchLate):
        commands.waive_late_interest(
            act("loan_officer", days=120), **given, won=before.late_won + 1
        )
    income = ledger.balance(ledger.account_for("loan_interest_income"), "microloan")
    by = act("loan_officer", days=120)
    for _twice in range(2):
        change = commands.waive_late_interest(by, **given, won=1_000)
    card = queries.loan_card(act("loan_officer", days=120), loan.pk)
    assert (card.late_won, card.days_late) == (before.late_won - 1_000, before.days_late)
    after = ledger.balance(ledger.account_for("loan_interest_income"), "microloan")
    assert -2_000 < after - income <= 1_000 and sound()  # less income, but for the days since
    bylaws.adopt_provision(
        act("secretariat"), key="loans.waiver_won", value="1500", kind="won", comparison="at_most",
        label="감면하는 연체이자", document="규정", article="제9조", from_date=TODAY,
        decided_by="총회",
    )  # fmt: skip
    with pytest.raises(RuleNotMet, match="제9조"):  # what was waived before counts
        commands.waive_late_interest(act("loan_officer", days=120), **given, won=501)
    rest = commands.waive_late_interest(act("resolution", days=120), **given)
    assert rest.won == before.late_won - 1_000 and sound()
    commands.undo_late_waiver(act("resolution", days=120), change_id=rest.pk, reason="재결의")
    undone = commands.undo_late_waiver(
        act("loan_officer", days=120), change_id=change.pk, reason="잘못 적음"
    )
    assert undone.undoes_id == change.pk and queries.late_waived(loan.pk) == 0
    with pytest.raises(commands.LateWaiverStands):
        commands.undo_late_waiver(act("loan_officer", days=120), change_id=change.pk, reason="또")
    again = queries.loan_card(act("loan_officer", days=120), loan.pk)
    assert again.late_won == before.late_won and sound()


def test_interest_carried_into_a_new_schedule_is_interest(loan, act):
    before = queries.loan_card(act("loan_officer", days=60), loan.pk)
    late, owed = before.late_won, before.pay_off_won - before.left_won
    by = act("secretariat", days=60)
    change = commands.reschedule_loan(by, loan_id=loan.pk, months=6, decided_by="이사회 7호")
    card = queries.loan_card(act("loan_officer", days=60), loan.pk)
    first = card.instalments[len(change.before)]
    assert (first.interest_won, first.late_won, card.late_won) == (owed, 0, 0) and late
    with pytest.raises(commands.WaivesTooMuchLate):  # it is no late interest
        commands.waive_late_interest(
            act("secretariat", days=60), loan_id=loan.pk, decided_by="담당자", reason="x", won=1
        )
    paid = commands.repay_loan(act("bookkeeper", days=61), loan_id=loan.pk, won=owed)
    assert (paid.interest_won, paid.late_won) == (owed, 0) and sound()
    commands.undo_loan_payment(act("bookkeeper", days=62), payment_id=paid.pk, reason="착오")
    assert sound()
