"""How long mutual aid lasts: reckoned by hand, against properties, and on every door."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from hypothesis import given, strategies as st

from dure.domains.bylaws import queries as bylaws
from dure.domains.mutual_aid import commands, documents, queries
from dure.domains.mutual_aid.rules.promises import Promised
from dure.domains.mutual_aid.rules.solvency import (
    Asked,
    Case,
    Granted,
    Standing,
    cases,
    expected,
    person_days,
)
from dure.ui import pdf
from dure.ui.sheets import of_statement, sheet_book

from .conftest import HAPPY, ILL, SAD, TODAY

ASKED = Asked(5, 1)
PROMISED = (
    Promised("death", "parent", 500_000),
    Promised("death", "parent", 600_000, 24),
    Promised("death", "spouse", 1_000_000),
    Promised("marriage", "self", 300_000),
)


def test_a_hand_reckoned_example():
    """40 members, 5,000 won a month; 100 person-years on record with six deaths and one marriage."""
    granted = [Granted("death", "parent", 500_000)] * 5 + [Granted("death", "spouse", 800_000)]
    granted.append(Granted("marriage", "self", 200_000))
    days = 100 * 365
    death, marriage = expected(ASKED, PROMISED, granted, days, 40)
    # 6 / 100 × 40 = 2.4 deaths a year; today (5 × 600,000 + 1,000,000) / 6 each = 1,600,000 a year
    assert (death.granted, death.often, death.times) == (6, Fraction(12, 5), Fraction(12, 5))
    assert (death.each_won, death.won) == (Fraction(4_000_000, 6), 1_600_000)
    # 1 / 100 × 40 = 0.4 marriages by the record: few, so one a year at the highest
    assert (marriage.often, marriage.times) == (Fraction(2, 5), Fraction(1))
    assert marriage.won == 300_000
    assert marriage.is_least and not death.is_least
    at = Standing(40, 200_000, 9_000_000, 1_000_000, 300_000, 200_000, 1_000_001)
    so, half, twice, both = cases(ASKED, PROMISED, granted, days, at)
    assert (so.free_won, so.contributions_won, so.expected_won) == (9_500_000, 2_400_000, 1_900_000)
    assert (so.cover_tenths, so.used_up_in, so.ahead(2)) == (
        50,
        None,
        (9_500_000, 10_000_000, 10_500_000),
    )
    assert (half.free_won, half.contributions_won, half.expected_won) == (
        8_999_999,
        1_200_000,
        1_100_000,
    )
    assert (twice.expected_won, twice.yearly_won) == (3_800_000, -1_400_000)
    assert (twice.cover_tenths, twice.used_up_in) == (25, 7)  # 9.5 − 6 × 1.4 = 1.1, then gone
    assert twice.ahead(7)[-2:] == (1_100_000, 0)
    assert (both.expected_won, both.yearly_won, both.used_up_in) == (2_200_000, -1_000_000, 9)


def test_days_of_contracts_within_the_years_on_record():
    day = date(2026, 1, 1)
    stood = [
        (date(2020, 5, 5), day + timedelta(days=10)),
        (day + timedelta(days=360), date(2030, 1, 1)),
        (date(2019, 1, 1), date(2020, 1, 1)),
    ]
    assert person_days(stood, day, date(2027, 1, 1)) == 10 + 5
    assert Case("x", -1, 0, 5).used_up_in == 0 and Case("x", 5, 0, 0).cover_tenths is None


WON = st.integers(0, 10**9)


@given(WON, WON, WON)
def test_used_up_is_the_first_year_that_ends_below_nothing(free, contributions, claims):
    case = Case("x", free, contributions, claims)
    left = [free + year * case.yearly_won for year in range(40)]
    found = next((year for year, won in enumerate(left) if won < 0), None)
    assert case.used_up_in == found or case.used_up_in is None or case.used_up_in >= 40
    assert [max(won, 0) for won in left] == list(case.ahead(39))


@given(
    st.lists(st.builds(Granted, st.sampled_from(["death", "marriage"]), st.just("parent"), st.integers(1, 10**7)), max_size=12),
    st.integers(1, 40_000), st.integers(0, 500), st.integers(1, 8),
)  # fmt: skip
def test_worse_is_never_better_and_never_less_than_the_record(granted, days, members, few):
    asked = Asked(few, 1)
    found = expected(asked, PROMISED, granted, days, members)
    for one in found:
        assert one.times >= one.often == Fraction(one.granted * 365 * members, days)
        assert members == 0 or one.granted >= few or one.times >= 1
    at = Standing(members, members * 1000, 10**7, 0, 0, 0, 10**6)
    so, half, twice, both = cases(asked, PROMISED, granted, days, at)
    assert twice.expected_won == 2 * so.expected_won and both.expected_won == 2 * half.expected_won
    assert half.expected_won <= so.expected_won and half.free_won <= so.free_won
    assert (twice.cover_tenths or 0) <= (so.cover_tenths or 0)


def test_the_view_is_what_books_contracts_and_claims_say(house, act):
    house.fund()
    plan = house.plan()
    ana = house.person("가나")
    made = house.join(ana, plan)
    house.join(house.person("나다"), plan)
    house.give(house.claim(ana, made, SAD))
    house.approve(house.claim(ana, made, HAPPY))
    commands.place_reserve(
        act("bookkeeper"), institution="국민은행", kind="deposit", won=20_000_000, rate=(3, 100),
        matures_date=date(2027, 11, 20), decided_by="이사회 3호",
    )  # fmt: skip
    year = queries.aid_of_year(date(2026, 1, 1), TODAY, bylaws.rules_on(TODAY))
    assert year == (2, 1, [])  # one claim is told as a sum only
    view = queries.solvency(act("secretariat"))
    assert view.person_days == 2 * 140 and view.since == TODAY - timedelta(days=140)
    at = view.standing
    assert (at.members, at.monthly_won) == (2, 20_000)
    assert (view.at_hand_won, view.placed_won) == (
        50_000_000 + 100_000 - 500_000 - 20_000_000,
        20_000_000,
    )
    assert (
        at.free_won == 100_000 - 500_000 - 300_000
    )  # what came from the general fund is owed to it
    assert [(one.event, one.granted) for one in view.events] == [
        ("death", 1),
        ("illness", 0),
        ("marriage", 1),
    ]
    # 1 claim in 280 days of contracts, two members: 365 × 2 / 280 = 2.607… a year, each 500,000
    assert view.events[0].won == ceil(Fraction(730, 280) * SAD.won)
    assert view.events[1].won == ILL.won
    last = view.years[-1]
    assert (last.contributions_won, last.benefits_won, last.refunds_won) == (100_000, 500_000, 0)
    assert queries.solvency(act("member")).events is None
    paper = documents.solvency_statement(view, "동행", act("secretariat").at)
    assert pdf.statement(paper, made_at=act("secretariat").at)[:4] == b"%PDF"
    assert b"".join(sheet_book(of_statement(paper), act("secretariat").at))[:2] == b"PK"
    text = str(paper)
    assert "1,303,572" in text and "2.6" in text
