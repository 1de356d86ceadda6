"""Dues for several months, spread over them where the network's rules say so."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from dure.domains.bylaws import commands as bylaws
from dure.domains.ledger import commands as ledger_commands, queries as ledger
from dure.domains.memberships import commands, queries
from dure.domains.memberships.models import Charge
from dure.domains.memberships.rules.dues import still_to_come
from dure.kernel.dates import Month
from dure.kernel.refusals import Denied
from tests.at_once import at_once

OCTOBER = Month(2026, 10)


def spread(act, from_date=date(2026, 1, 1)):
    bylaws.adopt_provision(
        act("secretariat"), key="dues.defer_to_months", value="yes", document="회계규정",
        article="제4조", from_date=from_date, origin="regulation", decided_by="운영위원회",
    )  # fmt: skip


@pytest.fixture
def yearly(network, act):
    """A year's dues of 120,000 won, billed in September."""
    member = network.organisation("햇살돌봄 협동조합")
    network.plan("organisation", 120_000, period="year", proration="full")
    commands.bill_dues(act("bookkeeper"), month=Month(2026, 9))
    return member


def income():
    return ledger.balance("4010", "general")


def deferred(on=None):
    return ledger.balance("2030", "general", on)


@given(
    won=st.integers(1, 10**9), start=st.integers(1, 12), months=st.integers(1, 24),
    end=st.integers(-12, 36),
)  # fmt: skip
def test_every_month_s_end_leaves_less_and_nothing_at_last(won, start, months, end):
    first = Month(2026, start)
    until = first.plus(months).first_date

    def left(month):
        return still_to_come(won, first.first_date, until, month)

    now = first.plus(end)
    assert 0 <= left(now.next()) <= left(now) <= won
    assert left(first.plus(-1)) == won and left(first.plus(months - 1)) == 0


def test_a_year_s_dues_become_income_month_by_month(yearly, act):
    assert queries.dues_deferral(act("bookkeeper"), OCTOBER) is None
    with pytest.raises(commands.NothingToDefer):
        commands.defer_dues(act("bookkeeper"), month=OCTOBER)
    spread(act)
    with pytest.raises(Denied):
        commands.defer_dues(act("member", of=1), month=OCTOBER)
    september = act("bookkeeper")
    assert commands.defer_dues(september, month=Month(2026, 9)) == 1
    assert commands.defer_dues(september, month=Month(2026, 9)) == 1
    assert (income(), deferred()) == (90_000, 30_000)  # October to December are to come
    with pytest.raises(commands.NothingToDefer):
        commands.defer_dues(act("bookkeeper"), month=Month(2026, 9))
    commands.defer_dues(act("bookkeeper"), month=OCTOBER)
    assert (income(), deferred()) == (100_000, 20_000)
    assert deferred(date(2026, 9, 30)) == 30_000
    with pytest.raises(ledger_commands.MonthNotOver):
        commands.defer_dues(act("bookkeeper"), month=Month(2026, 11))
    assert not queries.check_memberships() and not ledger.check_books()


def test_taken_back_it_stands_as_before_and_can_be_booked_again(yearly, act):
    spread(act)
    with pytest.raises(commands.NotDeferred):
        commands.take_back_deferral(act("bookkeeper"), month=OCTOBER, reason="잘못")
    commands.defer_dues(act("bookkeeper"), month=OCTOBER)
    with pytest.raises(commands.UnmatchUnreasoned):
        commands.take_back_deferral(act("bookkeeper"), month=OCTOBER, reason=" ")
    assert commands.take_back_deferral(act("bookkeeper"), month=OCTOBER, reason="다시 보려고") == 1
    assert (income(), deferred()) == (120_000, 0)
    assert commands.defer_dues(act("bookkeeper"), month=OCTOBER) == 1
    [entry] = queries.dues_deferral(act("bookkeeper"), OCTOBER).entries
    assert deferred() == 20_000 and entry


def test_what_is_waived_is_spread_no_more(yearly, act):
    spread(act)
    commands.defer_dues(act("bookkeeper"), month=Month(2026, 9))
    charge = Charge.objects.get()
    commands.waive_charge(
        act("bookkeeper"), charge_id=charge.pk, amount_won=60_000, reason="휴업한 반년"
    )
    commands.defer_dues(act("bookkeeper"), month=OCTOBER)
    assert deferred() == 10_000


def test_a_rule_that_ends_lets_everything_in_and_one_from_mid_year_begins_there(yearly, act):
    """A change of the rules in mid-year: months before it are read by the rule of their day."""
    spread(act, date(2026, 10, 1))
    assert queries.dues_deferral(act("bookkeeper"), Month(2026, 9)) is None
    commands.defer_dues(act("bookkeeper"), month=OCTOBER)
    assert deferred() == 20_000
    bylaws.adopt_provision(
        act("secretariat"), key="dues.defer_to_months", value="no", document="회계규정",
        article="제4조", from_date=date(2026, 10, 31), origin="regulation", decided_by="총회",
    )  # fmt: skip
    assert queries.dues_deferral(act("bookkeeper"), OCTOBER).released_won == 20_000
    commands.defer_dues(act("bookkeeper"), month=OCTOBER)
    assert (deferred(), income()) == (0, 120_000)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_book_it_once(yearly, act):
    spread(act)

    def book():
        return commands.defer_dues(act("bookkeeper"), month=OCTOBER)

    answers = at_once(book, book)
    assert sorted(str(type(one).__name__) for one in answers) == ["NothingToDefer", "int"]
    assert deferred() == 20_000
