"""Money that comes back: on time, late, in parts, ahead, all at once, too much."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from dure.domains.bylaws.rules import RuleNotMet
from dure.domains.ledger import queries as ledger
from dure.domains.loans import commands, queries
from dure.domains.loans.models import Loan, LoanPayment
from dure.kernel.models import Deed
from dure.kernel.verdict import Denied

# paid out on 2026-11-20; instalments of 12 months at 3 %, the first due on Monday 2026-12-21


@pytest.fixture
def loan(house):
    ana = house.person("가나", 1800)
    house.person("다라", 1800)
    house.fund(30_000_000)
    return house.lend(ana, house.product(), 1_200_000)


def left(loan):
    code = ledger.account_for("member_loans")
    return ledger.party_balance(code, loan.membership.party_id)


def test_on_time_to_the_last_won(loan, act):
    income = ledger.account_for("loan_interest_income")
    rows = list(loan.instalments.order_by("n"))
    for n, row in enumerate(rows):
        days = (row.due_date - date(2026, 11, 20)).days
        by = act("bookkeeper", days=days)
        won = row.principal_won + row.interest_won
        for _twice in range(2):
            paid = commands.repay_loan(by, loan_id=loan.pk, won=won)
        assert (paid.principal_won, paid.interest_won, paid.late_won) == (
            row.principal_won, row.interest_won, 0,
        )  # fmt: skip
        loan.refresh_from_db()
        assert loan.committed_won == left(loan) == sum(r.principal_won for r in rows[n + 1 :])
    assert (loan.state, loan.repaid_date) == ("repaid", rows[-1].due_date)
    assert ledger.balance(income, "microloan") == sum(r.interest_won for r in rows)
    with pytest.raises(commands.LoanClosed):
        commands.repay_loan(act("bookkeeper", days=400), loan_id=loan.pk, won=1)
    assert LoanPayment.objects.count() == 12 and ledger.check_books() == []


def test_late_interest_is_counted_by_the_contract_and_paid_first(loan, act):
    row = loan.instalments.get(n=1)
    days = (row.due_date - date(2026, 11, 20)).days + 10
    card = queries.loan_card(act("loan_officer", days=days), loan.pk)
    late = round(row.principal_won * 45 * 10 / 1000 / 365)
    assert (card.days_late, card.instalments[0].late_won) == (10, late)
    assert card.due_won == row.principal_won + row.interest_won + late
    paid = commands.repay_loan(act("bookkeeper", days=days), loan_id=loan.pk, won=late + 100)
    assert (paid.late_won, paid.interest_won, paid.principal_won) == (late, 100, 0)
    again = queries.loan_card(act("loan_officer", days=days), loan.pk)
    assert again.instalments[0].late_won == 0
    more = queries.loan_card(act("loan_officer", days=days + 10), loan.pk)
    assert more.instalments[0].late_won in (late, late + 1, late - 1)


def test_paid_ahead_pays_the_next_ones(loan, act):
    rows = list(loan.instalments.order_by("n"))
    first = rows[0].principal_won + rows[0].interest_won
    commands.repay_loan(act("bookkeeper", days=31), loan_id=loan.pk, won=first + 1_000)
    card = queries.loan_card(act("loan_officer", days=31), loan.pk)
    assert card.instalments[0].open_won == 0
    assert card.next_due.n == 2
    assert card.instalments[1].open_won == rows[1].principal_won + rows[1].interest_won - 1_000


def test_paid_off_early_without_the_interest_of_days_to_come(loan, act):
    rows = list(loan.instalments.order_by("n"))
    card = queries.loan_card(act("loan_officer", days=10), loan.pk)
    earned = round(rows[0].interest_won * 10 / 31)
    assert card.pay_off_won == 1_200_000 + earned
    with pytest.raises(Denied):
        commands.pay_off_loan(act("member", actor_id=loan.membership.party_id), loan_id=loan.pk)
    by = act("bookkeeper", days=10)
    for _twice in range(2):
        paid = commands.pay_off_loan(by, loan_id=loan.pk)
    assert (paid.won, paid.interest_won) == (card.pay_off_won, earned)
    loan.refresh_from_db()
    assert (loan.state, loan.committed_won, left(loan)) == ("repaid", 0, 0)
    assert queries.lent_in_all() == 0


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"won": 0}, commands.LoanNothingPaid),
        ({"won": -1}, commands.LoanNothingPaid),
        ({"won": 2_000_000}, commands.LoanPaymentTooLarge),
        ({"won": 1_000, "paid_date": date(2026, 11, 19)}, commands.LoanDayImpossible),
        ({"won": 1_000, "paid_date": date(2027, 11, 19)}, commands.LoanDayImpossible),
    ],
)
def test_what_cannot_be_taken_in(loan, act, given, refusal):
    with pytest.raises(refusal):
        commands.repay_loan(act("bookkeeper"), loan_id=loan.pk, **given)
    assert not LoanPayment.objects.exists()


def test_payments_come_in_their_turn_and_stay(loan, act):
    commands.repay_loan(act("bookkeeper", days=20), loan_id=loan.pk, won=1_000)
    with pytest.raises(commands.LoanPaidBeforeOthers):
        commands.repay_loan(
            act("bookkeeper", days=20), loan_id=loan.pk, won=1_000, paid_date=date(2026, 11, 25)
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        LoanPayment.objects.update(won=1)
    with pytest.raises(Denied):
        commands.repay_loan(
            act("bookkeeper", actor_id=loan.membership.party_id), loan_id=loan.pk, won=1
        )


def test_a_loan_not_paid_out_takes_nothing_in(house, act):
    ana = house.person("가나", 1800)
    made = house.apply(ana, house.product())
    with pytest.raises(commands.LoanNotWaiting):
        commands.repay_loan(act("bookkeeper"), loan_id=made.pk, won=1_000)
    assert Loan.objects.get().state == "applied"


def test_a_payment_the_bank_took_back_is_undone_though_a_ceiling_breaks_by_it(house, act):
    """The money is gone; what is refused is lending more, and paying capital back."""
    ana, ben = house.person("가나", 300), house.person("다라", 300)
    house.fund(6_000_000)
    loan = house.lend(ana, house.product(), 2_000_000)
    house.lend(ben, loan.product, 2_000_000)
    paid = commands.pay_off_loan(act("bookkeeper"), loan_id=loan.pk)
    house.lend(ana, loan.product, 2_000_000)
    by = act("bookkeeper")
    for _twice in range(2):
        commands.undo_loan_payment(by, payment_id=paid.pk, reason="은행이 도로 가져감")
    told = Deed.objects.filter(name="loans.LoanPaymentTakenBack").latest("pk").data
    assert "제56조" in str(told)
    room = queries.loan_room(date(2026, 11, 20))
    assert (room.lent_won, room.free_won, room.over_won) == (6_000_000, 0, 2_000_000)
    with pytest.raises(RuleNotMet, match="제56조"):
        house.apply(ben, loan.product, 100_000)
    with pytest.raises(commands.CeilingWouldBreak):
        commands.hold_loan_ceiling(act("loan_officer"))
    assert ledger.check_books() == [] == queries.check_loans()
