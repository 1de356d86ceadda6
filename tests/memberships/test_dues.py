"""Plans, billing, arrears, leaving: money before and after."""

from datetime import date

import pytest

from dure.domains.ledger import commands as ledger_commands, queries as ledger
from dure.domains.memberships import commands, queries
from dure.domains.memberships.models import Charge
from dure.kernel.dates import Month
from dure.kernel.models import Deed
from dure.kernel.refusals import Denied, KeyReused

NOVEMBER = Month(2026, 11)


def bill(act, month=NOVEMBER, **given):
    return commands.bill_dues(act("bookkeeper"), month=month, **given)


def test_cheonan_bills_sixty_five_members(network, act):
    """천안 C-03: 49 organisations at 30,000 and 16 supporters at 10,000 are 1,630,000 a month."""
    network.plan("organisation", 30_000)
    network.plan("supporter", 10_000)
    for i in range(49):
        network.organisation(f"단체{i}")
    for i in range(16):
        network.person(f"후원{i}", member_class="supporter")
    preview = queries.bill_preview(act("bookkeeper"), NOVEMBER)
    assert (preview.count, preview.sum_won) == (65, 1_630_000)
    run = bill(act)
    assert (run.count, run.sum_won) == (65, 1_630_000)
    assert ledger.balance("1110", "general") == ledger.balance("4010", "general") == 1_630_000
    assert Charge.objects.filter(entry=None).count() == 0
    told = Deed.objects.filter(name="memberships.DuesBilled")
    assert told.count() == 1  # one event, whatever the number of members


def test_who_may_bill_and_which_months(network, act):
    network.plan("person", 10_000)
    network.person("가나다")
    with pytest.raises(Denied):
        commands.bill_dues(act("loan_officer"), month=NOVEMBER)
    with pytest.raises(commands.MonthTooFarAhead):
        bill(act, Month(2027, 1))
    assert bill(act, Month(2026, 12)).count == 1  # the next month, yes
    with pytest.raises(commands.NoPlanInForce):
        bill(act, Month(2025, 12))
    key = act("bookkeeper")
    commands.bill_dues(key, month=NOVEMBER)
    with pytest.raises(KeyReused):
        commands.bill_dues(key, month=Month(2026, 10))


def test_what_is_owed_for_a_closed_month_is_booked_in_the_open_one(network, act):
    network.plan("person", 10_000)
    network.person("가나다")
    for month in range(1, 11):
        ledger_commands.close_period(act("secretariat"), month=202600 + month)
    run = bill(act, Month(2026, 10))
    assert (run.count, run.billed_date) == (1, date(2026, 11, 20))
    assert Charge.objects.get().period_date == date(2026, 10, 1)
    assert ledger.balance("4010", "general", date(2026, 10, 31)) == 0
    assert bill(act, Month(2026, 10)).already == 1
    with pytest.raises(commands.NoPlanInForce):
        bill(act, Month(2025, 12))  # before the books


def test_later_joiners_and_changed_plans(network, act):
    network.plan("person", 10_000)
    network.person("가나다")
    bill(act)
    network.person("늦은이", date(2026, 11, 15))
    second = bill(act)
    assert (second.count, second.sum_won, second.already) == (1, 10_000, 1)
    network.plan("person", 12_000, from_month=Month(2026, 12))
    december = bill(act, Month(2026, 12))
    assert (december.count, december.sum_won) == (2, 24_000)
    with pytest.raises(commands.PlanStartsTooEarly):
        network.plan("person", 9_000, from_month=Month(2026, 12))


def test_yearly_dues_by_months_and_once_a_year(network, act):
    network.plan("organisation", 400_000, period="year")
    network.organisation("일찍")
    network.organisation("여름", date(2026, 7, 3))
    run = bill(act, Month(2026, 8))
    assert {c.membership.number: c.amount_won for c in run.charges.all()} == {
        1: 400_000,
        2: 200_000,
    }
    assert bill(act).count == 0
    assert {c.due_date for c in run.charges.all()} == {date(2026, 8, 25)}


def test_a_change_of_class_does_not_charge_a_month_twice(network, act):
    network.plan("organisation", 120_000, period="year", name="단체 연회비")
    network.plan("associate", 60_000, period="year", name="준회원 연회비")
    ana = network.organisation("가나다")
    bill(act, Month(2026, 1))
    commands.change_member_class(
        act("secretariat"),
        membership_id=ana.pk,
        member_class="associate",
        from_date=date(2026, 7, 1),
    )
    assert bill(act, Month(2026, 7)).count == 0  # the year was paid for already
    network.plan("associate", 5_000, name="특별회비", kind="special")
    assert bill(act, Month(2026, 7)).sum_won == 5_000  # special dues stand beside


def test_agreed_amounts_hold_and_survive_a_new_plan(network, act):
    plan = network.plan("organisation", 30_000, is_minimum=True)
    ana, ben = network.organisation("가나다"), network.organisation("라마바")
    with pytest.raises(commands.BelowMinimum):
        commands.agree_member_dues(
            act("bookkeeper"),
            membership_id=ana.pk,
            plan_id=plan.pk,
            amount_won=20_000,
            from_month=NOVEMBER,
        )
    commands.agree_member_dues(
        act("bookkeeper"),
        membership_id=ana.pk,
        plan_id=plan.pk,
        amount_won=100_000,
        from_month=NOVEMBER,
    )
    assert bill(act, Month(2026, 10)).sum_won == 60_000
    assert bill(act).sum_won == 130_000
    network.plan("organisation", 40_000, is_minimum=True, from_month=Month(2026, 12))
    assert bill(act, Month(2026, 12)).sum_won == 140_000
    assert queries.member_card(act("secretariat"), ben.pk).open_won == 30_000 * 2 + 40_000


def test_dues_of_another_fund_are_settled_between_the_funds(network, act):
    ledger_commands.open_fund(
        act("secretariat"),
        code="mutual_aid",
        name="상호부조",
        purpose="돕기",
        restriction="restricted",
    )
    network.plan("person", 5_000, fund="mutual_aid", name="상호부조회비")
    with pytest.raises(commands.UnknownFund):
        network.plan("person", 5_000, fund="없는기금", name="x")
    ana = network.person("가나다")
    bill(act)
    assert ledger.balance("1110", "mutual_aid") == 5_000
    commands.enter_receipt(
        act("bookkeeper"),
        receipt_date=date(2026, 11, 20),
        amount_won=5_000,
        payer="가나다",
        membership_id=ana.pk,
    )
    assert ledger.balance("1110", "mutual_aid") == 0
    assert ledger.balance("1010", "general") == 5_000
    assert ledger.balance("2010", "general") == 0
    assert ledger.balance("2500", "general") == ledger.balance("1500", "mutual_aid") == 5_000


def test_waiving_needs_a_reason_and_another_person(network, act):
    network.plan("person", 10_000)
    ana = network.person("가나다")
    bill(act)
    charge = Charge.objects.get()
    with pytest.raises(commands.WaiverUnreasoned):
        commands.waive_charge(act("bookkeeper"), charge_id=charge.pk, reason=" ")
    with pytest.raises(Denied):
        commands.waive_charge(
            act("bookkeeper", actor_id=ana.party_id), charge_id=charge.pk, reason="어려움"
        )
    with pytest.raises(commands.WaivesTooMuch):
        commands.waive_charge(
            act("bookkeeper"), charge_id=charge.pk, reason="어려움", amount_won=10_001
        )
    commands.waive_charge(act("bookkeeper"), charge_id=charge.pk, reason="어려움", amount_won=4_000)
    assert ledger.balance("1110", "general") == 6_000
    assert ledger.balance("5610", "general") == 4_000
    commands.waive_charge(act("bookkeeper"), charge_id=charge.pk, reason="어려움")
    with pytest.raises(commands.NothingOpen):
        commands.waive_charge(act("bookkeeper"), charge_id=charge.pk, reason="어려움")
    assert queries.payment_rate(NOVEMBER).billed_won == 0


def test_arrears_by_age_and_on_a_day_in_the_past(network, act):
    network.plan("person", 10_000)
    ana = network.person("가나다")
    for month in (3, 7, 10, 11):
        bill(act, Month(2026, month))
    # due 25 March (240 days), 25 July (118), 25 October (26), 25 November (not yet)
    [row] = queries.arrears(act("bookkeeper"))
    assert (row.won, row.age0, row.age1, row.age2, row.age3) == (30_000, 10_000, 0, 10_000, 10_000)
    assert queries.arrears_total(date(2026, 11, 20)) == (1, 30_000)
    bands = queries.arrears_by_age(date(2026, 11, 20))
    assert [b.won for b in bands] == [10_000, 0, 10_000, 10_000]
    commands.enter_receipt(
        act("bookkeeper"),
        receipt_date=date(2026, 11, 19),
        amount_won=15_000,
        payer="가나다",
        membership_id=ana.pk,
    )
    [row] = queries.arrears(act("bookkeeper"))
    assert (row.won, row.age3, row.age2) == (15_000, 0, 5_000)
    [past] = queries.arrears_on(act("bookkeeper"), date(2026, 11, 18))
    assert (past.won, past.ages_won) == (30_000, (10_000, 0, 10_000, 10_000))
    assert queries.arrears_on(act("bookkeeper"), date(2026, 3, 25)) == []
    with pytest.raises(Denied):
        queries.arrears(act("member", of=ana.pk))
    assert commands.remind_arrears(act("bookkeeper"), membership_ids=(ana.pk,)) == 1
    with pytest.raises(commands.NobodyToRemind):
        commands.remind_arrears(act("bookkeeper"), membership_ids=(ana.pk + 1,))


def test_leaving_keeps_arrears_and_tells_about_shares(network, act):
    network.plan("person", 10_000)
    ana = network.person("가나다")
    bill(act)
    network.shares(ana, 10)
    commands.leave_membership(
        act("secretariat"), membership_id=ana.pk, left_date=date(2026, 11, 20)
    )
    card = queries.member_card(act("secretariat"), ana.pk)
    assert (card.open_won, card.shares_won) == (10_000, 100_000)
    told = Deed.objects.get(name="memberships.MembershipLeft")
    assert '"arrears_won":10000' in told.data and '"shares_won":100000' in told.data


def test_rates_and_statement(network, act):
    network.plan("person", 10_000)
    ana, ben = network.person("가나다"), network.person("라마바")
    bill(act, Month(2026, 10))
    bill(act)
    commands.enter_receipt(
        act("bookkeeper"),
        receipt_date=date(2026, 11, 19),
        amount_won=25_000,
        payer="가나다",
        membership_id=ana.pk,
    )
    assert queries.payment_rate(NOVEMBER).rate == (10_000, 20_000)
    assert queries.payment_rate(Month(2026, 1), NOVEMBER).rate == (20_000, 40_000)
    assert [m.paid_won for m in queries.payment_rates(NOVEMBER, 3)] == [0, 10_000, 10_000]
    found = queries.statement_for_member(
        act(actor_id=ana.party_id), ana.pk, date(2026, 11, 1), date(2026, 12, 1)
    )
    assert (found.opening_won, found.charged_won, found.paid_won, found.closing_won) == (
        10_000,
        10_000,
        20_000,
        0,
    )
    assert found.opening_won + sum(line.amount_won for line in found.lines) == found.closing_won
    with pytest.raises(Denied):
        queries.statement_for_member(
            act(actor_id=ben.party_id), ana.pk, date(2026, 11, 1), date(2026, 12, 1)
        )
