"""What participants pay by bank is known, and handed over to the fund it is for."""

from __future__ import annotations

import pytest

from dure.domains.ledger import queries as ledger
from dure.domains.loans import commands as loans, queries as lent
from dure.domains.memberships import commands as memberships, queries as members
from dure.domains.memberships.models import ReceiptUse
from dure.domains.memberships.queries import shares
from dure.domains.mutual_aid import commands as aid, queries as helped
from dure.domains.self_help import queries
from dure.kernel.verdict import Denied
from tests.loans.conftest import TODAY

from .conftest import Helping


def came(act, payer: str, won: int, memo: str = "", fund: str = "general"):
    return memberships.enter_receipt(
        act("bookkeeper"), receipt_date=TODAY, amount_won=won, payer=payer, memo=memo, fund=fund
    )


def proposed(act, receipt):
    found = {one.id: one for one in members.unmatched_receipts(act("bookkeeper"))}
    return found[receipt.pk]


def test_money_of_who_is_no_member_pays_into_the_fund(house, act, angels):
    ana = angels.person("가나다", 3_000_000)
    loan = angels.lend(ana, angels.product(), 1_200_000)
    (due,) = [one for one in lent.payables_of_others(TODAY) if one.key == f"loans:{loan.pk}"]
    won, general = due.sums(TODAY)[0], ledger.fund_money("general")
    before = ledger.fund_money("angels")
    receipt = came(act, "가나다", won)
    row = proposed(act, receipt)
    assert (row.member, row.is_sure, row.proposal.membership_id) == ("가나다", True, None)
    assert row.proposal.payable == f"loans:{loan.pk}" and row.payable_label
    by = act("bookkeeper")
    for _twice in range(2):
        assert memberships.match_receipts(by, pairs=((receipt.pk, 0),)) == 1
    assert ledger.fund_money("angels") == before + won
    assert ledger.fund_money("general") == general
    assert ledger.balance(ledger.account_for("suspense"), "angels") == 0
    assert ledger.balance(ledger.account_for("suspense"), "general") == 0
    assert lent.check_loans() == [] == queries.check_self_help() == ledger.check_books()
    memberships.unmatch_receipt(act("bookkeeper"), receipt_id=receipt.pk, reason="잘못 봄")
    assert ledger.fund_money("angels") == before
    assert ledger.balance(ledger.account_for("suspense"), "general") == won
    assert ReceiptUse.objects.get().undone_date is not None
    assert lent.check_loans() == [] == queries.check_self_help() == ledger.check_books()
    memberships.match_receipt(act("bookkeeper"), receipt_id=receipt.pk, payable=f"loans:{loan.pk}")
    assert ledger.fund_money("angels") == before + won
    by_name = came(act, "누군가", won, memo=f"대출{loan.pk}")
    assert memberships.match_sure_receipts(act("bookkeeper")).count == 1
    by_name.refresh_from_db()
    assert by_name.open_won == 0
    strange = came(act, "가나다", 777, "후원금")
    assert proposed(act, strange).proposal is None
    with pytest.raises(Denied):
        loans.debit_loan(act("loan_officer"), loan_id=loan.pk, by_debit=True)


def test_a_members_money_pays_its_part_in_a_fund_by_bank_and_by_debit(house, act, angels):
    helping = Helping(angels)
    member = house.person("나다라", 300)
    one = angels.takes_part(member.party_id, 3_000_000)
    made = helping.join(one, helping.plan(), months=1)
    for month in ("2026-10", "2026-11"):
        aid.bill_aid_contributions(act("system"), month=month)
    loan = angels.lend(one, angels.product(), 1_200_000)
    before = ledger.fund_money("angels_aid")
    assert shares.debts_on(member, TODAY) == (0, 0)  # nothing of it is the network's
    receipt = came(act, "나다라", 10_000)
    row = proposed(act, receipt)
    assert (row.proposal.membership_id, row.proposal.payable) == (
        member.pk,
        f"mutual_aid:{made.pk}",
    )
    memberships.match_receipt(
        act("bookkeeper"), receipt_id=receipt.pk, membership_id=member.pk,
        payable=row.proposal.payable,
    )  # fmt: skip
    assert ledger.fund_money("angels_aid") == before + 10_000
    own = came(act, "나다라", 10_000, "상호부조", fund="angels")  # into the association's account
    row = proposed(act, own)
    assert row.proposal.payable == f"mutual_aid:{made.pk}"
    assert memberships.match_receipts(act("bookkeeper"), pairs=((own.pk, member.pk),)) == 1
    assert ledger.fund_money("angels_aid") == before + 20_000

    memberships.give_mandate(
        act("secretariat"), membership_id=member.pk, bank="두레신협", account_number="110-222-333444",
        holder="나다라", consent_text="출금에 동의합니다", evidence="written",
    )  # fmt: skip
    loans.debit_loan(act("loan_officer"), loan_id=loan.pk, by_debit=True)
    aid.debit_aid(act("secretariat"), enrolment_id=made.pk, by_debit=True)
    later = {"days": 40}
    aid.bill_aid_contributions(act("system", **later), month="2026-12")
    asked = members.debit_candidates(act("bookkeeper", **later).today)
    assert {(row.membership_id, row.payable) for row in asked} == {
        (member.pk, f"loans:{loan.pk}"), (member.pk, f"mutual_aid:{made.pk}"),
    }  # fmt: skip
    run = memberships.request_debits(
        act("bookkeeper", **later), collect_date=act("bookkeeper", **later).today
    )
    line = run.lines.get(payable=f"loans:{loan.pk}")
    general, had = ledger.fund_money("general"), ledger.fund_money("angels")
    memberships.take_debit_result(
        act("bookkeeper", **later), run_id=run.pk, filename="a.csv",
        content=result_of(line).encode(),
    )  # fmt: skip
    assert ledger.fund_money("angels") == had + line.amount_won
    assert ledger.fund_money("general") == general - line.amount_won  # until the bank settles
    assert lent.check_loans() == [] == helped.check_aid() == ledger.check_books()


def result_of(line) -> str:
    return f"참조번호,결과,출금액\nD{line.pk:09d},성공,{line.amount_won}\n"
