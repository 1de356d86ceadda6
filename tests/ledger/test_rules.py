"""The pure rules, tried with whatever hypothesis thinks of."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, strategies as st

from dure.domains.ledger import rules
from dure.domains.ledger.rules import (
    Movement,
    Provision,
    Side,
    credit,
    debit,
    statements as arithmetic,
)

FUNDS = ("general", "cooperative", "microloan")
DUE = frozenset({"1500", "2500"})
won = st.integers(1, 10**12)
signed = st.integers(-(10**12), 10**12).filter(bool)
sides = st.lists(
    st.builds(
        Side,
        st.sampled_from([row.code for row in rules.STANDARD_CHART]),
        st.sampled_from(FUNDS),
        signed,
    ),
    max_size=12,
)
days = st.dates(date(2010, 1, 1), date(2040, 12, 31))


@given(sides)
def test_what_is_missing_in_a_fund_makes_it_balance(given_sides: list[Side]) -> None:
    off = rules.imbalances(given_sides)
    mended = [*given_sides, *(Side("2010", fund, -rest) for fund, rest in off.items())]
    assert rules.imbalances(mended) == {}
    assert all(off.values())


@given(sides)
def test_an_entry_and_its_mirror_leave_nothing(given_sides: list[Side]) -> None:
    both = [*given_sides, *rules.mirrored(given_sides)]
    assert rules.imbalances(both) == {}
    assert rules.unpaired_due(both, frozenset()) == 0
    assert rules.mirrored(rules.mirrored(given_sides)) == tuple(given_sides)


@given(won, st.sampled_from(FUNDS), st.sampled_from(FUNDS))
def test_a_move_between_funds_is_paired_unless_a_fund_owes_itself(
    amount: int, giving: str, taking: str
) -> None:
    move = [
        debit("1500", giving, amount),
        credit("1010", giving, amount),
        debit("1010", taking, amount),
        credit("2500", taking, amount),
    ]
    assert rules.imbalances(move) == {}
    assert bool(rules.unpaired_due(move, DUE)) == (giving == taking)
    assert rules.unpaired_due(move[:2], DUE) == amount


@given(won, won)
def test_only_funds_that_pay_are_held_to_their_floor(inward: int, outward: int) -> None:
    lines = [
        debit("1010", "general", inward),
        credit("1010", "cooperative", outward),
        credit("2190", "microloan", outward),
    ]
    assert rules.funds_paying(lines, {"1010"}) == {"cooperative"}


def test_a_funds_own_rule_goes_before_the_general_one_and_a_newer_before_an_older() -> None:
    general = Provision("second_person_above_won", None, 100, "제1조", date(2026, 1, 1))
    own = Provision(
        "second_person_above_won", "general", 500, "제2조", date(2026, 2, 1), date(2026, 4, 1)
    )
    newer = Provision("second_person_above_won", "general", 900, "제3조", date(2026, 4, 1))
    known = [general, own, newer]

    def found(fund: str, on: date) -> str | None:
        rule = rules.provision_for(known, "second_person_above_won", fund, on)
        return rule.article if rule else None

    assert found("general", date(2025, 12, 31)) is None
    assert found("general", date(2026, 1, 31)) == "제1조"
    assert found("general", date(2026, 3, 31)) == "제2조"
    assert found("general", date(2026, 4, 1)) == "제3조"
    assert found("cooperative", date(2026, 4, 1)) == "제1조"


@pytest.mark.parametrize(("amount", "needed"), [(499, False), (500, False), (501, True)])
def test_a_second_person_is_asked_above_the_amount_not_at_it(amount: int, needed: bool) -> None:
    rule = Provision("second_person_above_won", None, 500, "제7조", date(2026, 1, 1))
    lines = [debit("5210", "general", amount), credit("1010", "general", amount)]
    found = rules.needs_second_person(lines, [rule], date(2026, 3, 1))
    assert found == ((rule, amount) if needed else None)


@given(days)
def test_months_follow_each_other(day: date) -> None:
    month = rules.month_number(day)
    assert rules.first_day(month) <= day < rules.first_day(rules.next_month(month))
    assert rules.months(month, rules.next_month(month)) == [month, rules.next_month(month)]


@given(days, st.integers(1, 12))
def test_a_day_lies_in_its_fiscal_year(day: date, start: int) -> None:
    first = rules.fiscal_year_start(day, start)
    assert first <= day and (first.month, first.day) == (start, 1)
    assert (day - first).days < 366


@given(st.dictionaries(st.integers(0, 11), st.sampled_from(["open", "closed", "locked"]), min_size=1))  # fmt: skip
def test_what_hinders_is_really_there(raw: dict[int, str]) -> None:
    states = {202601 + month: state for month, state in raw.items()}
    for month in states:
        earlier = rules.hinders_close(states, month)
        assert (earlier is None) == all(s != "open" for m, s in states.items() if m < month)
        later = rules.hinders_reopen(states, month)
        assert (later is None) == all(s == "open" for m, s in states.items() if m > month)


# -- statements ------------------------------------------------------------------------------------

CHART = {row.code: row for row in rules.STANDARD_CHART}


def movements_of(openings: list[Side], moved: list[Side]) -> list[Movement]:
    """Movements of balanced lines: what is missing goes through the ordinary deposit."""
    sums: dict[tuple[str, str], list[int]] = {}
    for at, lines in ((0, openings), (1, moved)):
        mended = [*lines, *(Side("1010", f, -rest) for f, rest in rules.imbalances(lines).items())]
        for side in mended:
            row = sums.setdefault((side.account, side.fund), [0, 0, 0])
            if at == 0:
                row[0] += side.amount_won
            else:
                row[1 if side.amount_won > 0 else 2] += abs(side.amount_won)
    return [
        Movement(
            code, CHART[code].name, CHART[code].kind, CHART[code].role, CHART[code].is_money,
            fund, *row,
        )
        for (code, fund), row in sums.items()
    ]  # fmt: skip


@given(sides, sides, st.sampled_from(("", *FUNDS)))
def test_statements_agree_with_each_other(
    opening: list[Side], moved: list[Side], fund: str
) -> None:
    rows = movements_of(opening, moved)
    first, until = date(2026, 1, 1), date(2027, 1, 1)
    sheet = arithmetic.balance_sheet(
        rows,
        fund=fund,
        on_date=date(2026, 12, 31),
        carried_account="3110",
        carried_name="이월",
        surplus_name="차액",
    )
    acts = arithmetic.activities(rows, fund=fund, from_date=first, until_date=until)
    flow = arithmetic.fund_statement(rows, fund=fund, from_date=first, until_date=until)
    trial = arithmetic.trial_balance(rows, fund=fund, from_date=first, until_date=until)
    assert sheet.is_balanced and trial.is_balanced
    assert flow.opening_won + flow.in_won - flow.out_won == flow.closing_won == sheet.net_assets_won
    assert sum(line.won for line in sheet.net_assets if not line.account) == acts.surplus_won
    assert sum(row.debit_won - row.credit_won for row in trial.rows) == 0


@given(sides, sides)
def test_the_whole_is_the_sum_of_its_funds(opening: list[Side], moved: list[Side]) -> None:
    rows = movements_of(opening, moved)
    first, until = date(2026, 1, 1), date(2027, 1, 1)
    parts = [
        arithmetic.fund_statement(rows, fund=f, from_date=first, until_date=until) for f in FUNDS
    ]
    whole = arithmetic.fund_statement(rows, fund="", from_date=first, until_date=until)
    assert whole.closing_won == sum(part.closing_won for part in parts)
    assert whole.money_closing_won == sum(part.money_closing_won for part in parts)


@given(sides)
def test_one_statement_has_one_text(moved: list[Side]) -> None:
    rows = movements_of([], moved)
    first, until = date(2026, 1, 1), date(2026, 2, 1)
    one = arithmetic.canonical(
        arithmetic.trial_balance(rows, fund="", from_date=first, until_date=until)
    )
    other = arithmetic.canonical(
        arithmetic.trial_balance(list(reversed(rows)), fund="", from_date=first, until_date=until)
    )
    assert one == other
