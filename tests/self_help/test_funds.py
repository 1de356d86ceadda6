"""Each association's fund has its own rules, books and people; what one lends never eats another's room."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from dure.domains.bylaws import commands as bylaws_commands, queries as bylaws
from dure.domains.bylaws.rules import RuleNotMet
from dure.domains.ledger import commands as books, queries as ledger
from dure.domains.ledger.commands.checking import EntrustedFundCrossed
from dure.domains.ledger.rules import Source, credit, debit
from dure.domains.loans import commands as loans, queries as lent
from dure.domains.loans.commands import daily
from dure.domains.parties import commands as parties
from dure.domains.self_help import commands, queries
from dure.domains.self_help.models import Contribution
from dure.kernel.models import Read
from dure.kernel.verdict import Denied
from tests.loans.conftest import TODAY


def findings(fund, one, product, won):
    answer = lent.loan_answer(
        fund.house.act(actor_id=one.party_id), participant_id=one.pk, product_id=product.pk,
        won=won, months=12,
    )  # fmt: skip
    return {found.key: found for found in answer.findings}


def test_a_fund_lends_by_its_own_rules_out_of_its_own_capital(house, act, angels):
    ana = angels.person("가나", 6_000_000)
    small = angels.product()
    late = angels.person("늦은이", 0, joined=date(2026, 9, 1))
    with pytest.raises(RuleNotMet, match="천사금고 규약 제4조") as told:
        angels.apply(late, small)
    assert [one.passed for one in told.value.checks].count(False) == 1
    with pytest.raises(RuleNotMet, match="천사금고 규약"):
        angels.apply(ana, small, 3_000_001)
    found = findings(angels, ana, small, 3_000_000)
    assert found["loans.ceiling_ratio"].document == "협동조합 기본법"
    loan = angels.lend(ana, small, 3_000_000)
    assert (loan.party_id, loan.membership_id, loan.participant_id) == (ana.party_id, None, ana.pk)
    assert ledger.fund_money("angels") == 3_000_000
    assert ledger.party_balances(ledger.account_for("member_loans"), ("angels",)) == {
        ana.party_id: 3_000_000
    }
    assert lent.lent_in_all() == 0 and lent.lent_in_all(lent.Lender("angels")) == 3_000_000
    assert {one.name for one in lent.my_loans(act(actor_id=ana.party_id))} == {"가나"}
    assert lent.my_products(act("member")) == []
    assert [one.fund for one in lent.my_products(act("participant", actor_id=ana.party_id))] == [
        "angels"
    ]
    officer = act("loan_officer")  # its loans are on the fund's page, and in reports on it alone
    assert lent.loans_now(officer) == [] and lent.portfolio(officer).running == 0
    assert [one.id for one in lent.loans_now(officer, fund="angels")] == [loan.pk]
    own, theirs = (lent.portfolio_report(officer, fund=fund) for fund in ("", "angels"))
    assert (own.whole.loans, own.new_won, own.months[-1][1]) == (0, 0, 0)
    assert (theirs.whole.loans, theirs.closing_won, theirs.months[-1][1]) == (
        1,
        3_000_000,
        3_000_000,
    )
    with pytest.raises(Denied):
        loans.debit_loan(officer, loan_id=loan.pk, by_debit=True)
    loans.repay_loan(act("bookkeeper"), loan_id=loan.pk, won=500_000)
    assert queries.check_self_help() == [] == lent.check_loans() == ledger.check_books()


def test_one_funds_loans_never_eat_anothers_room(house, act, angels, bees):
    one, two = angels.person("가나", 3_000_000), bees.person("다라", 3_000_000)
    member = house.person("마바", 300)
    house.fund(2_000_000)
    living = house.product(from_date=date(2024, 2, 1))
    here, there = angels.product(), bees.product()
    angels.lend(one, here, 2_000_000)  # two thirds of 3,000,000: full
    with pytest.raises(RuleNotMet, match="제94조"):
        angels.apply(angels.person("사아"), here, 100_000)
    waiting = bees.apply(two, there, 2_000_000)
    own = house.apply(member, living, 1_000_000)
    loans.approve_loan(act("loan_officer"), loan_id=waiting.pk, decided_by="꿀벌 운영위")
    with pytest.raises(RuleNotMet, match="제94조"):
        bees.apply(bees.person("자차"), there, 100_000)
    loans.approve_loan(act("loan_officer"), loan_id=own.pk, decided_by="심사위원회")
    rooms = [lent.loan_room(TODAY, lent.Lender(code)).lent_won for code in ("", "angels", "bees")]
    assert rooms == [1_000_000, 2_000_000, 2_000_000]
    assert lent.loan_room(TODAY).capital_won == 3_000_000
    later = bees.person("카타", 1_500_000)
    assert findings(bees, later, there, 1_000_000)["loans.ceiling_ratio"].passed


def test_capital_leaves_a_fund_only_while_its_own_ceilings_hold(house, act, angels, bees):
    one, other = angels.person("가나", 3_000_000), angels.person("다라", 3_000_000)
    rich = bees.person("마바", 9_000_000)
    angels.lend(one, angels.product(), 3_000_000)
    with pytest.raises(loans.CeilingWouldBreak, match="제94조"):
        commands.pay_back(act("bookkeeper"), participant_id=other.pk, won=1_500_001)
    assert Contribution.objects.count() == 3
    with pytest.raises(commands.ContributionNotHeld):
        commands.pay_back(act("bookkeeper"), participant_id=rich.pk, won=9_000_001)
    by = act("bookkeeper")
    for _twice in range(2):
        commands.pay_back(by, participant_id=other.pk, won=1_500_000)
    assert (queries.capital("angels"), queries.own_capital(other.pk)) == (4_500_000, 1_500_000)
    assert ledger.fund_money("angels") == 1_500_000
    with pytest.raises(commands.CapitalStands):
        commands.end_participation(act("loan_officer"), participant_id=other.pk)
    commands.pay_back(act("bookkeeper"), participant_id=rich.pk, won=9_000_000)
    commands.end_participation(act("loan_officer"), participant_id=rich.pk)
    with pytest.raises(commands.ParticipationEnded):
        commands.pay_in(act("bookkeeper"), participant_id=rich.pk, won=1)
    with pytest.raises(Denied):
        commands.pay_in(act("bookkeeper", actor_id=one.party_id), participant_id=one.pk, won=1)
    assert queries.check_self_help() == []


def test_money_never_crosses_funds(house, act, angels, bees):
    one = angels.person("가나", 3_000_000)
    member = house.person("다라", 300)
    for who, product in (({"participant_id": one.pk}, bees.product()),
                         ({"participant_id": one.pk}, house.product()),
                         ({"membership_id": member.pk}, angels.product())):  # fmt: skip
        with pytest.raises(lent.FundOfOthers):
            loans.apply_for_loan(
                act("loan_officer"), product_id=product.pk, won=500_000, months=6, **who
            )
    with pytest.raises(EntrustedFundCrossed, match="천사금고"):
        books.move_between_funds(
            act("secretariat"), date=TODAY, from_fund="angels", to_fund="general", amount_won=1,
            text="잠깐 빌리기", source=Source("tests.House", 3),
        )  # fmt: skip
    with pytest.raises(EntrustedFundCrossed):
        books.post_entry(
            act("system"), date=TODAY, text="보기", source=Source("tests.House", 4),
            sides=(
                debit("5210", "general", 1), credit("1010", "general", 1),
                debit("1010", "angels", 1), credit("4910", "angels", 1),
            ),
        )  # fmt: skip
    assert ledger.fund_money("angels") == 3_000_000


def test_the_fee_is_taken_once_for_each_period_by_the_contract(house, act, angels, bees):
    _ana, bea = angels.person("가나", 3_000_000), bees.person("다라", 3_000_000)
    bees.lend(bea, bees.product(), 1_000_000)
    books.post_entry(
        act("system", days=45), date=date(2026, 12, 20), text="예금 이자",
        source=Source("tests.House", 5),
        sides=(debit("1010", "angels", 3_000), credit("4910", "angels", 3_000)),
    )  # fmt: skip
    then = act("bookkeeper", days=45)  # 2027-01-04
    with pytest.raises(commands.NoCommissionDue):
        commands.charge_commission(then, fund_id=angels.fund.pk, month="2027-01")
    desk = {one.code: one for one in queries.self_help_funds(act("loan_officer", days=45))}
    due = {code: [(row.month, row.won) for row in one.due] for code, one in desk.items()}
    assert due == {
        "angels": [("2026-12", 300)], "bees": [("2026-11", 10_000), ("2026-12", 10_000)],
    }  # fmt: skip
    assert (desk["angels"].money_won, desk["bees"].left_won) == (3_003_000, 1_000_000)
    general = ledger.fund_money("general")
    for _twice in range(2):
        charge = commands.charge_commission(then, fund_id=angels.fund.pk, month="2026-12")
    assert (charge.income_won, charge.won) == (3_000, 300)
    with pytest.raises(commands.CommissionChargedAlready):
        commands.charge_commission(
            act("bookkeeper", days=45), fund_id=angels.fund.pk, month="2026-12"
        )
    made = commands.charge_commission(
        act("bookkeeper", days=45), fund_id=bees.fund.pk, month="2026-11"
    )
    assert (made.lent_won, made.won) == (1_000_000, 10_000)  # 12 % a year, one month
    assert ledger.fund_money("general") == general + 10_300
    assert ledger.check_books() == [] == queries.check_self_help()
    with pytest.raises(Denied):
        commands.charge_commission(act("auditor"), fund_id=bees.fund.pk, month="2026-12")
    told = queries.fund_account(act("loan_officer", days=45), bees.fund.pk, "2026-03", "2027-01")
    assert (told.in_won, told.out_won) == (3_000_000, 1_010_000)
    assert told.opening_won + told.in_won - told.out_won == told.closing_won == 1_990_000
    assert (told.lent_won, told.capital_won, told.fee_won) == (1_000_000, 3_000_000, 10_000)


def test_all_fees_that_are_due_are_taken_at_once_and_once(house, act, angels, bees):
    bea = bees.person("다라", 3_000_000)
    bees.lend(bea, bees.product(), 1_000_000)
    for won, number in ((3_000, 5), (2_000, 6)):
        books.post_entry(
            act("system", days=45), date=date(2026, 12, number), text="예금 이자",
            source=Source("tests.House", number),
            sides=(debit("1010", "angels", won), credit("4910", "angels", won)),
        )  # fmt: skip
    commands.renew_mandate(
        act("secretariat"), fund_id=angels.fund.pk, contract="새 계약", from_date=date(2026, 12, 31),
        fee_of="period", fee_won=2_000,
    )  # fmt: skip
    later = act("bookkeeper", days=80)  # 2027-02-08
    told = queries.commissions_due(later)
    assert [(one.fund, one.commission.won, one.is_paid) for one in told.fees] == [
        ("꿀벌금고", 10_000, True), ("꿀벌금고", 10_000, True), ("꿀벌금고", 10_000, True),
        ("천사금고", 2_000, True), ("천사금고", 2_000, True),
    ]  # fmt: skip
    assert told.won == 34_000 and "34,000" in str(told)
    with pytest.raises(Denied):
        commands.charge_commissions(act("auditor", days=80))
    by, general = act("bookkeeper", days=80), ledger.fund_money("general")
    for _twice in range(2):
        assert len(commands.charge_commissions(by, fund_id=angels.fund.pk)) == 2
    assert [one.won for one in commands.charge_commissions(act("bookkeeper", days=80))] == [
        10_000, 10_000, 10_000,
    ]  # fmt: skip
    with pytest.raises(commands.NoCommissionsDue):
        commands.charge_commissions(act("bookkeeper", days=80))
    assert ledger.fund_money("general") == general + 34_000
    assert ledger.check_books() == [] == queries.check_self_help()


def test_a_fund_is_taken_on_with_its_own_law_and_its_association_reads_no_other(
    house, act, angels, bees
):
    with pytest.raises(Denied):
        commands.take_on_self_help_fund(
            act("loan_officer"), code="x", name="가", association_id=angels.fund.association_id,
            legal_form="social_cooperative", contract="계약", from_date=TODAY,
        )  # fmt: skip
    with pytest.raises(commands.FundCodeTaken):
        commands.take_on_self_help_fund(
            act("secretariat"), code="general", name="가",
            association_id=angels.fund.association_id, legal_form="social_cooperative",
            contract="계약", from_date=TODAY,
        )  # fmt: skip
    assert bylaws.rules_on(TODAY, "angels").number("loans.per_member_won") == 3_000_000
    assert bylaws.rules_on(TODAY).number("loans.per_member_won") == 10_000_000
    assert bylaws.rules_on(TODAY, "angels").ratio("loans.ceiling_ratio") == Fraction(2, 3)
    speaker = act("representative", of=angels.fund.association_id)
    assert queries.self_help_fund(speaker, angels.fund.pk).association == "천사금고 협회"
    assert [one.code for one in queries.my_funds(speaker)] == ["angels"]
    for ask in (queries.self_help_fund, queries.participants_of):
        with pytest.raises(Denied):
            ask(speaker, bees.fund.pk)
    with pytest.raises(Denied):
        queries.self_help_funds(speaker)
    desk = queries.self_help_funds(act("loan_officer"))
    assert [(one.name, one.participants) for one in desk] == [("꿀벌금고", 0), ("천사금고", 0)]
    with pytest.raises(commands.MandateLaterKnown):
        commands.renew_mandate(
            act("secretariat"), fund_id=bees.fund.pk, contract="새 계약", from_date=date(2026, 1, 1)
        )
    commands.renew_mandate(
        act("secretariat"), fund_id=bees.fund.pk, contract="새 계약", from_date=TODAY,
        fee_of="period", fee_won=50_000,
    )  # fmt: skip
    assert queries.self_help_fund(act("auditor"), bees.fund.pk).mandate.fee_won == 50_000
    with pytest.raises(commands.FeeImpossible):
        commands.renew_mandate(
            act("secretariat"), fund_id=bees.fund.pk, contract="새 계약", fee_of="income",
            from_date=date(2027, 1, 1),
        )  # fmt: skip


def test_a_place_in_a_fund_goes_along_when_two_entries_become_one(house, act, angels):
    ana = angels.person("가나", 3_000_000)
    angels.lend(ana, angels.product(), 1_000_000)
    twin = parties.add_person(act("system"), name="가나")
    parties.merge_parties(act("secretariat"), kept_id=twin.pk, duplicate_id=ana.party_id)
    ana.refresh_from_db()
    assert ana.party_id == twin.pk and queries.check_self_help() == [] == lent.check_loans()
    with pytest.raises(commands.ParticipatesAlready):
        commands.enter_participant(act("loan_officer"), fund_id=angels.fund.pk, party_id=twin.pk)


def test_lateness_promises_and_the_contract_go_by_the_funds_own_rules(house, act, angels):
    ana, bona = angels.person("가나", 3_000_000), angels.person("다라", 3_000_000)
    small = angels.product()
    for key, value in (("loans.watch_days", "10"), ("loans.promise_days", "5")):
        bylaws_commands.adopt_provision(
            act("secretariat"), key=key, value=value,
            document="천사금고 규약", article="제9조",
            from_date=date(2026, 1, 2), owner="angels", decided_by="운영위원회",
        )  # fmt: skip
    loan = angels.lend(ana, small, 1_200_000)
    said = lent.contract_said(loan, loan.contract, TODAY, True)
    assert said["facts"][0][1].startswith("천사금고 협회(천사금고, ")
    promised = angels.apply(bona, small, 600_000)
    loans.approve_loan(act("loan_officer"), loan_id=promised.pk, decided_by="운영위원회")
    with pytest.raises(loans.NoPromiseLapses):
        loans.lapse_loan_promises(act("system", days=5))
    assert loans.lapse_loan_promises(act("system", days=6)) == 1

    officer = act("loan_officer", days=45)
    daily.run_until(act("bookkeeper", days=45), officer.today - timedelta(days=1))
    assert lent.loans_late(officer, fund="") == []
    (late,) = lent.loans_late(officer, fund="angels")
    assert (late.days, late.loan_class) == (13, "watch")
    assert lent.loans_late(officer) == [late]
    assert lent.ageing(officer).outstanding_won == 0
    theirs = lent.ageing(officer, "angels")
    assert (theirs.late_loans, [one.from_days for one in theirs.buckets][2]) == (1, 10)
    assert lent.check_loans() == [] == ledger.check_books()


def test_a_representative_sees_single_loans_where_the_funds_rules_allow_it(
    house, act, angels, bees
):
    loan = angels.lend(angels.person("가나", 3_000_000), angels.product(), 1_000_000)
    theirs = bees.lend(bees.person("다라", 3_000_000), bees.product(), 1_000_000)
    speaker = act("representative", of=angels.fund.association_id)
    assert queries.fund_account(speaker, angels.fund.pk, "2026-11", "2026-11").lent_won == 1_000_000
    with pytest.raises(Denied):
        lent.loan_card(speaker, loan.pk)
    assert lent.loans_of_my_associations(speaker) == []
    bylaws_commands.adopt_provision(
        act("secretariat"), key="loans.association_sees", value="yes", document="천사금고 규약",
        article="제12조", from_date=date(2026, 1, 2), owner="angels", decided_by="운영위원회",
    )  # fmt: skip
    reads = Read.objects.count()
    assert [one.id for one in lent.loans_of_my_associations(speaker)] == [loan.pk]
    assert lent.loan_card(speaker, loan.pk).left_won == 1_000_000
    assert Read.objects.count() == reads + 2
    for who, what in ((speaker, theirs), (act("member"), loan)):
        with pytest.raises(Denied):
            lent.loan_card(who, what.pk)
