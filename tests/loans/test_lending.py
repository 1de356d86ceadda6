"""From the wish to the pay-out: every answer of the rules, refused and granted, and the ceilings as
they are posted."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from dure.domains.bylaws import commands as bylaws
from dure.domains.bylaws.rules import (
    Citation,
    Comparison,
    Kind,
    Origin,
    Provision,
    Rulebook,
    RuleNotMet,
)
from dure.domains.ledger import commands as books, queries as ledger
from dure.domains.ledger.rules import Source, credit, debit
from dure.domains.loans import commands, queries
from dure.domains.loans.models import Loan, LoanInstalment
from dure.domains.loans.rules.ceilings import Standing, limits
from dure.domains.loans.rules.eligibility import months_between
from dure.domains.memberships import commands as memberships
from dure.domains.memberships.models import ShareMovement
from dure.domains.parties import commands as parties
from dure.kernel.refusals import NotFound
from dure.kernel.verdict import Denied
from tests.memberships.test_duties import suspend

from .conftest import JOINED, TODAY


def lent(member=None):
    code = ledger.account_for("member_loans")
    if member is None:
        return ledger.balance(code, "microloan")
    return ledger.party_balance(code, member.party_id)


@pytest.fixture
def five(house):
    """Five members with 1,800 shares each: a capital of 90,000,000 won (R-004)."""
    found = [house.person(name, 1800) for name in ("가나", "다라", "마바", "사아", "자차")]
    house.fund(80_000_000)
    return found


def test_a_member_is_told_why_not_and_then_why_yes(house, act, five):
    young = house.person("새싹", joined=date(2026, 1, 15))
    living = house.product()
    with pytest.raises(RuleNotMet, match="제56조제2항") as told:
        house.apply(young, living)
    checks = told.value.checks
    assert [one.passed for one in checks] == [
        True, False, True, True, True, True, True, True, True, True, True, True,
    ]  # fmt: skip
    assert {one.key for one in queries.loan_answer(
        act(actor_id=young.party_id), membership_id=young.pk, product_id=living.pk, won=3_000_000,
        months=12,
    ).findings} >= {"loans.ceiling_ratio", "loans.per_member_won", "loans.late_dues_won"}  # fmt: skip
    loan = house.apply(five[0], living)
    assert loan.state == "applied" and all(one["passed"] for one in loan.findings)
    with pytest.raises(commands.LoanWaitsAlready):
        house.apply(five[0], living)
    with pytest.raises(Denied):
        commands.apply_for_loan(
            act("member", actor_id=young.party_id), membership_id=five[0].pk,
            product_id=living.pk, won=1_000_000, months=12,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("joined", "on", "months"),
    [
        (date(2022, 1, 15), date(2024, 1, 14), 23),
        (date(2022, 1, 15), date(2024, 1, 15), 24),
        (date(2024, 2, 29), date(2025, 2, 28), 12),
        (date(2024, 1, 31), date(2024, 2, 29), 1),
        (date(2024, 5, 1), date(2024, 4, 1), 0),
    ],
)
def test_months_of_membership_are_whole_months(joined, on, months):
    assert months_between(joined, on) == months


def test_money_goes_out_once_and_the_schedule_is_kept(house, act, five):
    ana = five[0]
    loan = house.apply(ana, house.product())
    with pytest.raises(Denied):
        commands.approve_loan(
            act("member", actor_id=ana.party_id), loan_id=loan.pk, decided_by="저"
        )
    with pytest.raises(Denied, match="자신|own"):
        commands.approve_loan(
            act("secretariat", actor_id=ana.party_id), loan_id=loan.pk, decided_by="사무국"
        )
    with pytest.raises(commands.LoanDecisionUnnamed):
        commands.approve_loan(act("loan_officer"), loan_id=loan.pk, decided_by=" ")
    with pytest.raises(commands.LoanNotWaiting):
        commands.pay_out_loan(act("bookkeeper"), loan_id=loan.pk)
    with pytest.raises(NotFound):
        commands.pay_out_loan(act("bookkeeper"), loan_id=999)
    by = act("loan_officer")
    for _twice in range(2):
        commands.approve_loan(by, loan_id=loan.pk, decided_by="심사위원회 3호", won=2_000_000)
    with pytest.raises(Denied):
        commands.sign_loan(act("member", actor_id=five[1].party_id), loan_id=loan.pk)
    commands.sign_loan(act("member", actor_id=ana.party_id), loan_id=loan.pk)
    loan.refresh_from_db()
    assert loan.contract["rate"] == "3/100" and loan.contract["won"] == 2_000_000
    assert {one["key"] for one in loan.contract["provisions"]} >= {
        "loans.rate_ratio", "loans.late_times_ratio", "loans.ceiling_ratio",
    }  # fmt: skip
    cash = ledger.fund_money("microloan")
    out = act("bookkeeper")
    with pytest.raises(Denied):
        commands.pay_out_loan(act("bookkeeper", actor_id=ana.party_id), loan_id=loan.pk)
    for _twice in range(2):
        commands.pay_out_loan(out, loan_id=loan.pk)
    assert (lent(), lent(ana), ledger.fund_money("microloan")) == (
        2_000_000, 2_000_000, cash - 2_000_000,
    )  # fmt: skip
    card = queries.loan_card(act(actor_id=ana.party_id), loan.pk)
    assert len(card.instalments) == 12 and card.left_won == 2_000_000
    assert sum(one.principal_won for one in card.instalments) == 2_000_000
    assert card.instalments[0].due_date == date(2026, 12, 21)  # the 20th is a Sunday
    with pytest.raises(Denied):
        queries.loan_card(act("member", actor_id=five[1].party_id), loan.pk)
    with pytest.raises(commands.LoanNotWaiting):
        commands.pay_out_loan(act("bookkeeper"), loan_id=loan.pk)


def test_a_fund_without_money_pays_nothing_out(house, act):
    ana = house.person("가나", 1800)
    loan = house.apply(ana, house.product())
    commands.approve_loan(act("loan_officer"), loan_id=loan.pk, decided_by="심사위원회")
    commands.sign_loan(act(actor_id=ana.party_id), loan_id=loan.pk)
    with pytest.raises(commands.LoanFundShort):
        commands.pay_out_loan(act("bookkeeper"), loan_id=loan.pk)
    assert Loan.objects.get().state == "signed"


def test_the_ceiling_is_two_thirds_to_the_won_and_promises_count(house, act, five):
    living = house.product()
    for member in five:  # 5 x 10,000,000 of 60,000,000
        house.lend(member, living, 10_000_000, 36)
    six = house.person("카타", 1)  # 90,010,000: a ceiling of 60,006,666
    with pytest.raises(RuleNotMet, match="제56조제3항"):
        house.apply(six, house.product(code="big", most_won=10_000_000), 10_000_001, 36)
    loan = house.apply(six, living, 10_000_000, 36)
    other = house.person("파하", 0)
    with pytest.raises(RuleNotMet, match="제56조제1항"):
        house.apply(other, living, 10_006_667, 36)
    commands.approve_loan(act("loan_officer"), loan_id=loan.pk, decided_by="심사위원회")
    assert queries.loan_room(TODAY).free_won == 6_666
    small = house.product(code="small", least_won=1)
    with pytest.raises(RuleNotMet, match="제56조제1항"):
        house.apply(other, small, 6_667, 12)
    assert house.apply(other, small, 6_666, 12).state == "applied"
    commands.withdraw_loan_application(act(actor_id=six.party_id), loan_id=loan.pk)
    assert queries.loan_room(TODAY).free_won == 10_006_666


def test_capital_does_not_leave_while_loans_rest_on_it(house, act, five):
    living = house.product()
    for member in five:
        house.lend(member, living, 10_000_000, 36)
    house.lend(house.person("카타"), living, 10_000_000, 36)  # 60,000,000 of 60,000,000
    movement = ShareMovement.objects.order_by("pk").first()
    with pytest.raises(commands.CeilingWouldBreak, match="제56조제1항"):
        memberships.undo_share_payment(
            act("bookkeeper"), movement_id=movement.pk, reason="다른 사람 돈"
        )
    assert ShareMovement.objects.count() == 5
    loan = Loan.objects.order_by("pk").last()
    commands.pay_off_loan(act("bookkeeper"), loan_id=loan.pk)
    house.pay_in(five[0], 600)
    undone = ShareMovement.objects.order_by("pk").last()
    memberships.undo_share_payment(act("bookkeeper"), movement_id=undone.pk, reason="다른 사람 돈")
    assert queries.loan_room(TODAY).free_won == 10_000_000


def test_what_is_dated_back_is_held_against_the_capital_of_then(house, act, five):
    loan = house.apply(five[0], house.product())
    with pytest.raises(commands.LoanDayImpossible):
        commands.approve_loan(
            act("loan_officer"), loan_id=loan.pk, decided_by="위원회", decided_date=date(2026, 1, 5)
        )
    then, *_days, now = queries.standings(
        date(2026, 2, 1), TODAY, queries.borrower(TODAY, membership_id=five[0].pk)
    )
    assert (then.capital_won, now.capital_won) == (0, 90_000_000)


def test_who_is_late_waits(house, act, five):
    living, ana = house.product(), five[0]
    loan = house.lend(ana, living, 1_000_000)
    later = act(actor_id=ana.party_id, days=60)
    with pytest.raises(RuleNotMet, match="소액대출"):
        commands.apply_for_loan(
            later, membership_id=ana.pk, product_id=living.pk, won=500_000, months=6
        )
    commands.repay_loan(act("bookkeeper", days=60), loan_id=loan.pk, won=200_000)
    made = commands.apply_for_loan(
        act(actor_id=ana.party_id, days=60), membership_id=ana.pk, product_id=living.pk,
        won=500_000, months=6,
    )  # fmt: skip
    assert made.state == "applied"


def test_a_suspended_member_may_not_borrow_where_the_benefit_rests(house, act, five):
    living, ana = house.product(), five[0]
    memberships.lay_down_class_term(
        act("secretariat"), member_class="person", kind="benefit", use="loan", text="소액대출",
        article="회원 규정 제5조", from_date=date(2024, 1, 1),
    )  # fmt: skip
    suspend(act, ana.pk)
    with pytest.raises(memberships.BenefitRests, match="회원 규정 제5조"):
        house.apply(ana, living)
    assert house.apply(five[1], living).state == "applied"


def test_a_refusal_says_who_and_why(house, act, five):
    loan = house.apply(five[0], house.product())
    with pytest.raises(commands.LoanDecisionUnnamed):
        commands.refuse_loan(act("loan_officer"), loan_id=loan.pk, decided_by="위원회", reason=" ")
    commands.refuse_loan(
        act("loan_officer"), loan_id=loan.pk, decided_by="위원회 2호", reason="상환 계획 보완"
    )
    with pytest.raises(commands.LoanNotWaiting):
        commands.approve_loan(act("loan_officer"), loan_id=loan.pk, decided_by="위원회")
    card = queries.loan_card(act(actor_id=five[0].party_id), loan.pk)
    assert (card.state, card.reason) == ("refused", "상환 계획 보완")


def test_a_changed_rate_holds_for_new_contracts_only(house, act, five):
    loan = house.lend(five[0], house.product())
    bylaws.adopt_provision(
        act("secretariat"), key="loans.rate_ratio", value="4%", document="정관",
        article="제56조제4항", from_date=date(2026, 11, 20), decided_by="2026 임시총회",
    )  # fmt: skip
    with pytest.raises(RuleNotMet, match="제56조제4항"):
        house.product(code="other", from_date=TODAY)
    house.product(from_date=TODAY, rate=(4, 100), late_rate=(6, 100))
    card = queries.loan_card(act("loan_officer"), loan.pk)
    assert (str(card.rate), str(card.late_rate)) == ("3/100", "9/200")


def test_the_own_capital_may_be_the_measure_instead():
    """R-006 can be read both ways; the bylaws say which, by what the ratio is of."""
    at = Standing(TODAY, 30_000_000, 3_000_000, 0, 0, 0)
    for of, passed in (("paid_in_capital", True), ("own_shares", False)):
        rule = Provision(
            "loans.per_member_ratio", Origin.BYLAWS, Kind.RATIO, Comparison.AT_MOST, Fraction(1, 3),
            Citation("정관", "제56조제3항"), date(2020, 1, 1), of=of,
        )  # fmt: skip
        (found,) = limits(Rulebook.of((rule,), TODAY), at, 1_000_001)
        assert found.passed is passed


def test_who_left_is_no_member_when_the_money_is_to_go_out(house, act, five):
    ana = five[0]
    loan = house.apply(ana, house.product())
    commands.approve_loan(act("loan_officer"), loan_id=loan.pk, decided_by="위원회")
    commands.sign_loan(act(actor_id=ana.party_id), loan_id=loan.pk)
    memberships.leave_membership(
        act("secretariat"), membership_id=ana.pk, left_date=TODAY, reason="died"
    )
    with pytest.raises(
        commands.LoanNotWaiting, match="철회"
    ):  # the promise ended with the membership
        commands.pay_out_loan(act("bookkeeper"), loan_id=loan.pk)
    assert queries.lent_in_all() == lent() == 0 and JOINED < TODAY


def test_the_books_and_the_loans_agree(house, act, five):
    house.lend(five[0], house.product(), 1_000_000)
    books.post_entry(
        act("system"), date=TODAY, text="보기", source=Source("tests.House", 2),
        sides=(debit("5210", "microloan", 1), credit("1010", "microloan", 1)),
    )  # fmt: skip
    assert lent() == queries.lent_in_all() == 1_000_000
    assert ledger.check_books() == [] == queries.check_loans()
    LoanInstalment.objects.filter(n=1).update(principal_won=1)
    Loan.objects.update(committed_won=999_999)
    assert [one.check for one in queries.check_loans()] == [
        "loans_stand_in_the_books", "instalments_sum_up",
    ]  # fmt: skip


def test_a_loan_goes_along_when_two_entries_become_one(house, act, five):
    loan = house.lend(five[0], house.product(), 1_000_000)
    twin = parties.add_person(act("system"), name="가나")
    parties.merge_parties(act("secretariat"), kept_id=twin.pk, duplicate_id=five[0].party_id)
    loan.refresh_from_db()
    assert loan.party_id == twin.pk and queries.check_loans() == []


def test_who_still_owes_is_not_forgotten(house, act, five):
    house.lend(five[0], house.product(), 1_000_000)
    bound = set(ledger.parties_with_balances().values_list("party", flat=True))
    assert five[0].party_id in bound
