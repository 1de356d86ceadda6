"""Repayments among all other money: a bank file, direct debits, sums that do not fit, and undone again."""

from __future__ import annotations

from datetime import date

import pytest

from dure.domains.ledger import queries as ledger
from dure.domains.loans import commands, queries
from dure.domains.loans.models import Loan, LoanPayment
from dure.domains.memberships import commands as memberships, queries as money
from dure.domains.memberships.models import DebitLine, Receipt, ReceiptUse
from dure.kernel.dates import Month
from dure.kernel.verdict import Denied

# paid out on 2026-11-20, the first instalment of 12 due on Monday 2026-12-21
DUE = 31
HEAD = "일시,내용,출금액,입금액,잔액,보낸분\n"


@pytest.fixture
def town(house, act):
    """Three who borrow 1,200,000 each."""
    house.fund(30_000_000)
    product = house.product()
    members = [house.person(name, 1800) for name in ("김하늘", "이바다", "박나무")]
    return members, [house.lend(one, product, 1_200_000) for one in members]


def row(loan, n=1):
    one = loan.instalments.get(n=n)
    return one.principal_won + one.interest_won


def upload(act, rows, days=40, **given):
    text = HEAD + "".join(f"{day},{memo},0,{won},0,{payer}\n" for day, payer, won, memo in rows)
    by = act("bookkeeper", days=days)
    return memberships.import_receipts(
        by, filename="12월.csv", content=text.encode(), match_sure=True, **given
    )


def suspense():
    return ledger.balance(ledger.account_for("suspense"), "general")


def state(loan):
    loan.refresh_from_db()
    paid = loan.payments.filter(undone=None)
    return loan.state, loan.committed_won, sum(one.won for one in paid)


def test_a_month_end_file_with_repayments_among_dues(town, act):
    (sky, sea, tree), (one, two, three) = town
    first = row(one)
    content = [
        ("2026-12-21", "김하늘", first, ""),  # the name and the sum of the first instalment
        (
            "2026-12-22",
            "김바다",
            50_000,
            f"대출{two.pk}",
        ),  # a wrong name, but the reference; in part
        ("2026-12-23", "박나무", first + 7, ""),  # the name, not the sum
        ("2026-12-24", "모르는 이", first, ""),  # nobody's name
        ("2026-12-30", "김하늘", row(one, 2), "상환"),  # the next one, too early
    ]
    done = upload(act, content)
    assert (done.entered_count, done.matched_count) == (5, 3)
    paid = LoanPayment.objects.order_by("pk")
    assert [(p.loan_id, p.paid_date.day, p.won, p.late_won) for p in paid] == [
        (one.pk, 21, first, 0), (two.pk, 22, 50_000, paid[1].late_won), (one.pk, 30, row(one, 2), 0),
    ]  # fmt: skip
    assert paid[1].late_won > 0  # a day late
    assert suspense() == 2 * first + 7
    twice = upload(act, content)
    assert (twice.entered_count, LoanPayment.objects.count()) == (0, 3)
    waiting = {r.payer: r for r in money.unmatched_receipts(act("bookkeeper", days=40))}
    likely = waiting["박나무"]
    assert (likely.proposal.payable, likely.is_sure) == (queries.payable_key(three.pk), False)
    assert "대출" in likely.payable_label and not waiting["모르는 이"].is_sure
    assert ledger.check_books() == [] == queries.check_loans()


def test_what_does_not_fit_is_taken_in_by_hand_in_the_same_place_and_undone_there(town, act):
    (_sky, _sea, tree), (_one, _two, three) = town
    upload(act, [("2026-12-21", "모르는 이", 5_000_000, "")])
    by = act("bookkeeper", days=40)
    receipt = Receipt.objects.get()
    off = queries.loan_card(act("loan_officer", days=DUE), three.pk).pay_off_won
    for _twice in range(2):
        memberships.match_receipt(
            by, receipt_id=receipt.pk, membership_id=tree.pk, payable=queries.payable_key(three.pk)
        )
    receipt.refresh_from_db()
    assert (state(three)[0], receipt.open_won) == ("repaid", 5_000_000 - off)
    payment = LoanPayment.objects.get()
    with pytest.raises(commands.LoanPaymentFromReceipt):
        commands.undo_loan_payment(act("bookkeeper", days=41), payment_id=payment.pk, reason="x")
    memberships.keep_credit(
        act("bookkeeper", days=41), receipt_id=receipt.pk, membership_id=tree.pk, amount_won=100_000
    )
    memberships.unmatch_receipt(act("bookkeeper", days=41), receipt_id=receipt.pk, reason="남의 돈")
    assert state(three) == ("running", 1_200_000, 0)
    use = ReceiptUse.objects.get()
    assert use.undone_entry == payment.undone.entry
    assert suspense() == 5_000_000
    memberships.refund_receipt(act("bookkeeper", days=41), receipt_id=receipt.pk, reason="착오송금")
    assert suspense() == 0 and ledger.check_books() == [] == queries.check_loans()


def test_only_the_last_payment_is_undone_and_everything_is_as_before(town, act):
    _members, (loan, *_others) = town
    before = list(loan.instalments.order_by("n").values())
    late = act("bookkeeper", days=DUE + 20)
    first = commands.repay_loan(late, loan_id=loan.pk, won=50_000)
    second = commands.pay_off_loan(act("bookkeeper", days=DUE + 25), loan_id=loan.pk)
    assert state(loan)[:2] == ("repaid", 0)
    undo = act("bookkeeper", days=DUE + 30)
    with pytest.raises(commands.LoanPaymentStands):
        commands.undo_loan_payment(undo, payment_id=first.pk, reason="잘못 입력")
    with pytest.raises(commands.LoanUndoUnreasoned):
        commands.undo_loan_payment(undo, payment_id=second.pk, reason=" ")
    with pytest.raises(Denied):
        commands.undo_loan_payment(act("auditor"), payment_id=second.pk, reason="x")
    for _twice in range(2):
        commands.undo_loan_payment(undo, payment_id=second.pk, reason="잘못 입력")
    with pytest.raises(commands.LoanPaymentStands):
        commands.undo_loan_payment(act("bookkeeper", days=90), payment_id=second.pk, reason="x")
    commands.undo_loan_payment(act("bookkeeper", days=90), payment_id=first.pk, reason="잘못 입력")
    after = list(loan.instalments.order_by("n").values())
    untouched = ("principal_won", "interest_won", "paid_principal_won", "paid_interest_won")
    assert [[one[k] for k in untouched] for one in after] == [
        [one[k] for k in untouched] for one in before
    ]
    assert state(loan) == ("running", 1_200_000, 0) and queries.check_loans() == []


def test_too_much_twice_and_for_a_loan_that_is_over(town, act):
    (sky, *_), (loan, other, _third) = town
    by = {"loan_id": loan.pk, "won": 2_000_000}
    with pytest.raises(commands.LoanPaymentTooLarge):
        commands.repay_loan(act("bookkeeper", days=DUE), **by)
    paid = commands.repay_loan(act("bookkeeper", days=DUE), **by, rest="keep")
    receipt = Receipt.objects.get()
    assert (paid.won + money.credits_of(act("bookkeeper"), sky.pk), receipt.open_won) == (
        2_000_000,
        0,
    )
    with pytest.raises(commands.LoanClosed):
        commands.repay_loan(act("bookkeeper", days=DUE), loan_id=loan.pk, won=1_000)
    commands.repay_loan(act("bookkeeper", days=DUE), loan_id=other.pk, won=1_000)
    with pytest.raises(commands.LoanPaidTwice):
        commands.repay_loan(act("bookkeeper", days=DUE), loan_id=other.pk, won=1_000)
    commands.repay_loan(act("bookkeeper", days=DUE), loan_id=other.pk, won=1_000, again=True)
    back = commands.repay_loan(
        act("bookkeeper", days=DUE), loan_id=other.pk, won=3_000_000, rest="pay_back"
    )
    assert Receipt.objects.get(pk=back.receipt_id).open_won == 3_000_000 - back.won
    upload(act, [("2026-12-22", "김하늘", 1_200_000, f"대출{loan.pk}")])
    assert Receipt.objects.order_by("pk").last().open_won == 1_200_000  # waits for a person
    assert ledger.check_books() == [] == queries.check_loans()


def test_instalments_are_debited_where_the_borrower_agreed(town, act):
    members, (one, two, three) = town
    for member in members:
        memberships.give_mandate(
            act("bookkeeper"), membership_id=member.pk, bank="국민은행", holder="본인",
            account_number=f"110-222-33{member.pk:04d}", consent_text="출금 동의", evidence="written",
            from_date=date(2026, 1, 1),
        )  # fmt: skip
    with pytest.raises(Denied):
        commands.debit_loan(act("member"), loan_id=one.pk, by_debit=True)
    for loan in (one, two):
        borrower = act(actor_id=loan.party_id)
        for _twice in range(2):
            commands.debit_loan(borrower, loan_id=loan.pk, by_debit=True)
    with pytest.raises(memberships.NobodyToDebit):  # nothing is due yet
        memberships.request_debits(act("bookkeeper"), collect_date=date(2026, 12, 20))
    run = memberships.request_debits(act("bookkeeper"), collect_date=date(2026, 12, 21))
    lines = {line.membership_id: line for line in DebitLine.objects.filter(run=run)}
    assert (run.count, run.sum_won) == (2, 2 * row(one))
    with pytest.raises(memberships.NobodyToDebit):  # under way already
        memberships.request_debits(act("bookkeeper"), collect_date=date(2026, 12, 21))
    file = "참조번호,출금된금액,결과코드\n" + "".join(
        f"{money.reference_of(lines[m.pk].pk)},{won},{code}\n"
        for m, won, code in ((members[0], row(one), "0000"), (members[1], 0, "0021"))
    )
    for _twice in range(2):
        memberships.take_debit_result(
            act("bookkeeper", days=DUE), run_id=run.pk, filename="결과.csv",
            content=file.encode("cp949"),
        )  # fmt: skip
    assert state(one)[2] == row(one) and state(two)[2] == 0  # paid, and bounced
    assert Loan.objects.filter(payments__receipt__isnull=False).count() == 1
    memberships.unmatch_receipt(  # the bank takes it back
        act("bookkeeper", days=DUE + 2), receipt_id=Receipt.objects.get().pk, reason="부도"
    )
    assert state(one) == ("running", 1_200_000, 0)
    assert ledger.check_books() == [] == queries.check_loans()


def test_dues_and_an_instalment_of_one_sum_are_asked_about(town, act):
    """Both fit: a person says which; both together in one sum: proposed, never sure."""
    (sky, *_), (loan, *_others) = town
    memberships.set_dues_plan(
        act("secretariat"), name="월회비", member_class="person", period="month",
        amount_won=row(loan), from_month=Month(2026, 11),
    )  # fmt: skip
    memberships.bill_dues(act("bookkeeper"), month=Month(2026, 11))
    upload(
        act,
        [("2026-12-21", "김하늘", row(loan), ""), ("2026-12-22", "김하늘", 2 * row(loan), "")],
    )
    assert not LoanPayment.objects.exists() and suspense() == 3 * row(loan)
