"""The portfolio of any day, by any split, is what the books say; the money of a fund is its statement."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from dure.domains.governance import commands as governance
from dure.domains.ledger import commands as books, queries as ledger
from dure.domains.loans import commands, documents, queries
from dure.domains.loans.rules.portfolio import (
    Due,
    Late,
    LoanAt,
    by_age,
    lateness,
    split,
    sums,
)
from dure.kernel.refusals import Denied
from dure.ui.sheets import TemplateBroken, sheet_book

from .conftest import PRODUCT, TODAY

START = date(2026, 1, 1)
BOUNDS = (0, 1, 31, 91, 181, 366)


@given(
    st.lists(st.tuples(st.integers(0, 9_000), st.integers(0, 900)), min_size=1, max_size=12),
    st.integers(0, 60_000), st.integers(0, 6_000), st.integers(0, 420), st.integers(0, 420),
)  # fmt: skip
def test_what_is_late_is_what_fell_due_and_was_not_paid(parts, principal, interest, began, passed):
    dues = [Due(START + timedelta(days=30 * n), *part) for n, part in enumerate(parts, 1)]
    on, since = START + timedelta(days=passed), START + timedelta(days=began)
    found = lateness(dues, principal, interest, since, on)
    fallen = [one for one in dues if one.due_date < on]
    owed = (sum(one.principal for one in fallen), sum(one.interest for one in fallen))
    assert found.arrears_won == max(owed[0] - principal, 0) + max(owed[1] - interest, 0)
    assert bool(found.days) == bool(found.arrears_won)
    assert 0 <= found.unpaid_won <= min(found.due_won, found.arrears_won)
    assert found.due_won <= sum(owed)


LOANS = st.lists(
    st.builds(
        LoanAt, st.integers(1, 99), st.sampled_from("가나다"), st.sampled_from("라마"),
        st.sampled_from("바사아"), st.integers(0, 9_000_000),
        st.builds(Late, st.integers(0, 500), st.integers(0, 9_000), st.just(7), st.integers(0, 7)),
    ),
    max_size=12,
)  # fmt: skip


@given(LOANS)
def test_every_split_shows_each_loan_once(loans):
    whole = sums(loans)
    ages = [one for _since, one in by_age(loans, BOUNDS)]
    keys = (lambda one: one.product, lambda one: one.purpose, lambda one: one.section)
    for parts in (ages, *(split(loans, key) for key in keys)):
        for name in ("loans", "left_won", "late_loans", "arrears_won", "par30_won", "par90_won", "due_won", "paid_won"):  # fmt: skip
            assert sum(getattr(one, name) for one in parts) == getattr(whole, name)
    assert whole.par90_won <= whole.par30_won <= whole.left_won
    late = (one.left_won for since, one in by_age(loans, BOUNDS) if since > BOUNDS[1])
    assert whole.par30_won == sum(late)


@pytest.fixture
def lent(house, act):
    """Three loans: on time, late, paid off; each repaid on days of its own."""
    house.fund(30_000_000)
    people = [house.person(name, 1800) for name in ("가나", "다라", "마바")]
    living = house.product()
    other = house.product(code="home", name="주거 대출", article="소액대출 규정 제6조")
    one = house.lend(people[0], living, 1_200_000)
    two = house.lend(people[1], other, 2_400_000)
    three = house.lend(people[2], other, 600_000, 6)
    commands.repay_loan(act("bookkeeper", days=31), loan_id=one.pk, won=101_634)
    commands.repay_loan(act("bookkeeper", days=62), loan_id=one.pk, won=101_634)
    commands.repay_loan(act("bookkeeper", days=70), loan_id=two.pk, won=50_000)
    commands.pay_off_loan(act("bookkeeper", days=40), loan_id=three.pk)
    wrong = commands.repay_loan(act("bookkeeper", days=90), loan_id=two.pk, won=300_000)
    commands.undo_loan_payment(
        act("bookkeeper", days=95), payment_id=wrong.pk, reason="다른 사람 돈"
    )
    return one, two, three


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.integers(-1, 200), st.integers(0, 200))
def test_of_any_day_it_is_what_the_books_say(lent, act, day, back):
    on = TODAY + timedelta(days=day)
    report = queries.portfolio_report(
        act("auditor", days=200), on=on, since=on - timedelta(days=back)
    )
    balance = ledger.balance(ledger.account_for("member_loans"), "microloan", on)
    assert report.closing_won == balance == report.opening_won + report.new_won - report.back_won
    for parts in (report.products, report.purposes, report.sections):
        assert sum(one.left_won for one in parts) == balance
    assert sum(one.left_won for _since, one in report.ages) == balance
    assert report.months[-1][1] == balance


def test_the_figures_of_a_day_stay_those_of_the_day(lent, act):
    with pytest.raises(Denied):
        queries.portfolio_report(act("member"))
    with pytest.raises(queries.ReportSpanUnfit):
        queries.portfolio_report(act("auditor"), on=TODAY + timedelta(days=1))
    on = date(2027, 2, 1)  # two is 43 days late, three was paid off on 2026-12-30
    asked = {"on": on, "since": date(2027, 1, 1)}
    report = queries.portfolio_report(act("auditor", days=73), **asked)
    assert report == queries.portfolio_report(act("auditor", days=300), **asked)
    found = {one.name: one for one in report.products}
    late = found["주거 대출"]
    assert (late.loans, late.late_loans, late.par30_won, late.par90_won) == (1, 1, late.left_won, 0)
    assert report.whole.par30 == (late.left_won, report.closing_won)
    assert {one.name: one.loans for one in report.sections} == {"분과 없음": 2}
    assert (report.new_loans, report.new_won) == (0, 0) and report.back_won == 98_877 + 43_046
    # 가나 paid what fell due in January, 다라 did not
    assert report.whole.repayment == (101_624, 304_897)


def test_the_money_of_the_fund_agrees_with_the_ledger_to_the_won(lent, act):
    for fund in ("microloan", ""):
        found = ledger.money_statement(fund, "2026-01", "2027-01")
        assert found.opening_won + found.in_won - found.out_won == found.closing_won
        assert found.opening_won == 0
        assert found.worth_won == ledger.statement(fund, "2026-01", "2027-01").closing_won
    of_fund = ledger.money_statement("microloan", "2026-01", "2027-01")
    assert of_fund.closing_won == ledger.fund_money("microloan")
    account = ledger.chart().account(ledger.account_for("member_loans"))
    (out,) = [one.won for one in of_fund.went if one.account == account.code]
    (back,) = [one.won for one in of_fund.came if one.account == account.code]
    assert (out, out - back) == (4_200_000, ledger.balance(account.code, "microloan"))


def test_the_report_on_its_page_on_paper_and_in_excel(cast, client_of, act):
    books.open_fund(act("system"), code="microloan")
    commands.lay_down_loan_product(act("loan_officer"), **PRODUCT)
    office = client_of("secretariat")
    page = office.get("/loans/portfolio/").content.decode()
    assert "PAR30" in page and "소액대출 현황 보고" in page and "/money/?fund=microloan" in page
    assert office.get("/loans/portfolio/?as=pdf").content.startswith(b"%PDF")
    assert b"".join(office.get("/loans/portfolio/?as=xlsx").streaming_content)[:2] == b"PK"
    assert office.get("/loans/portfolio/?on=2030-01-01").status_code == 422
    assert client_of("member").get("/loans/portfolio/").status_code == 403
    form = office.get("/loans/disclosure/2026/").content.decode()
    assert "소액대출 및 상호부조 사업 결과" in form and "상호부조 사업 결과" in form
    for kind in ("pdf", "hwpx", "xlsx"):
        assert office.get(f"/loans/disclosure/2026/?as={kind}").status_code == 200
    assert office.get("/loans/disclosure/2027/").status_code == 422
    assert office.get("/governance/templates/lending/").status_code == 200
    assert office.get("/governance/templates/other/").status_code == 404
    money = office.get("/ledger/statements/money/?fund=microloan").content.decode()
    assert "돈의 들어옴과 나감" in money and "기말 자금" in money


def test_a_member_sees_what_is_next_and_how_much_more_there_may_be(lent, act):
    one, two, three = lent
    him = act("member", actor_id=two.party_id, days=80)
    (mine,) = queries.my_running(him)
    two.refresh_from_db()
    assert (mine.id, mine.left_won, mine.paid_won) == (two.pk, two.committed_won, 50_000)
    assert mine.days_late == 49 and mine.next_date == date(2027, 2, 22)
    assert 2 * mine.next_won - 50_000 < mine.due_won < 2 * mine.next_won
    assert queries.my_running(act("member", actor_id=three.party_id, days=41)) == []
    products = queries.loan_products(him, on=TODAY)
    (waits,) = queries.my_rooms(him, products)
    assert not waits.may_ask and [found.key for found in waits.waits] == ["loans.late_loan_days"]
    hers = act("member", actor_id=one.party_id)
    (room,) = queries.my_rooms(hers, products)
    (why,) = room.holds
    assert room.may_ask and why.key == "loans.per_member_won"
    one.refresh_from_db()
    assert room.won == 10_000_000 - one.committed_won


OWN = "<h1>우리 서식</h1><table><tr><th>잔액</th><td>{{ loans.closing }}</td></tr></table>"


def test_form_25_is_drafted_from_facts_and_its_template_is_replaced(lent, act):
    data = queries.lending_data(act("auditor", days=200), 2026)
    assert (data["first"], data["last"]) == ("2026-01-01 (목)", "2026-12-31 (목)")
    assert (data["loans"]["new"], data["loans"]["new_won"]) == ("3", "4,200,000")
    assert data["loans"]["closing"] == f"{4_200_000 - 98_632 - 600_000:,}"
    assert data["ceiling"] == "36,000,000" and data["aid_in"] == []
    sheet = documents.lending_sheet(act("auditor", days=200), 2026)
    assert sheet.title == "소액대출 및 상호부조 사업 결과"
    assert b"".join(sheet_book(sheet, act().at))[:2] == b"PK"
    with pytest.raises(Denied):
        governance.replace_paper_template(act("member"), name=queries.LENDING, text=OWN)
    with pytest.raises(TemplateBroken):
        governance.replace_paper_template(
            act("secretariat"), name=queries.LENDING, text=OWN.replace("closing", "nothing")
        )
    governance.replace_paper_template(act("secretariat"), name=queries.LENDING, text=OWN)
    assert documents.lending_sheet(act("auditor"), 2026).title == "우리 서식"


def test_what_is_written_off_did_not_come_back_and_ages_are_those_of_the_late(house, act):
    house.fund(30_000_000)
    house.person("다라", 1800)
    loan = house.lend(house.person("가나", 1800), house.product(), 1_200_000)
    commands.repay_loan(act("bookkeeper", days=31), loan_id=loan.pk, won=101_629)
    left = queries.loan_card(act("loan_officer", days=60), loan.pk).left_won
    commands.write_off_loan(
        act("secretariat", days=60), loan_id=loan.pk, decided_by="총회 3호", reason="파산"
    )
    report = queries.portfolio_report(act("loan_officer", days=60), since=TODAY)
    assert (report.closing_won, report.written_off_won) == (0, left)
    assert report.new_won == 1_200_000 == report.back_won + report.written_off_won
    rows = dict(documents.portfolio_blocks(report)[0].rows)
    assert rows["대손 처리한 원금"] == -left
    ageing = queries.ageing(act("loan_officer", days=60))
    assert [one.from_days for one in ageing.buckets] == [since for since, _sums in report.ages]
