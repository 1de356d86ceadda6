"""The invented history, before a single deed of it is done: its figures are those of C-01."""

from datetime import date, timedelta

import pytest

from dure.domains.parties.rules.numbers import read_business_number
from dure.domains.parties.rules.texts import read_email, read_phone
from dure.kernel.dates import Month
from dure.site.demo.bookings import balance_of
from dure.site.demo.cast import FOUNDED, ORGANISATION, PERSON, SUPPORTER
from dure.site.demo.dues import FIRST_MONTH, dues_of
from dure.site.demo.history import imagine
from dure.site.demo.money import money_of, trade_of_month, trade_of_year
from dure.site.demo.names import SECTIONS, STEMS
from dure.site.demo.network import invent
from dure.site.demo.steps import (
    ADMINISTRATOR,
    BOOKKEEPER,
    SECOND,
    SECRETARIAT,
    SYSTEM,
    VISITOR,
    Ref,
)

TODAY = date(2026, 11, 21)
DAYS = (date(2024, 9, 1), TODAY, date(2027, 1, 1), date(2029, 3, 2))


@pytest.fixture(scope="module")
def network():
    return invent(1, TODAY)


@pytest.fixture(scope="module")
def dues(network):
    return dues_of(network, 1)


@pytest.fixture(scope="module")
def money(network, dues):
    return money_of(network, dues, 1)


@pytest.mark.parametrize("today", DAYS)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_has_as_many_members_as_the_case(seed, today):
    network = invent(seed, today)
    yesterday = today - timedelta(days=1)
    assert len(network.of(ORGANISATION, FOUNDED)) == 16
    assert len(network.of(ORGANISATION, yesterday)) == 69
    assert (len(network.of(PERSON, yesterday)), len(network.of(SUPPORTER, yesterday))) == (22, 31)
    assert any(m.left for m in network.members)


def test_it_grows_for_nine_years(network):
    counts = [len(network.of(ORGANISATION, date(year, 6, 11))) for year in range(2015, 2025)]
    assert counts[0] == 16 and counts[-1] == 69
    assert counts == sorted(counts)


def test_all_six_sections_have_members(network):
    now = [m.organisation.section for m in network.of(ORGANISATION, TODAY)]
    assert min(now.count(section) for section in SECTIONS) >= 4


def test_nobody_is_meant(network):
    organisations = [m.organisation for m in network.members if m.organisation]
    for organisation in organisations:
        assert read_email(organisation.email, "").endswith("@example.org")
        assert read_phone(organisation.phone, "").startswith("02-0000-")
        assert read_business_number(organisation.business_number) in (
            "",
            organisation.business_number,
        )
        assert organisation.business_number[:3] in ("", "000")  # no tax office has it
    persons = {t.person for m in network.members for t in m.terms} | set(network.staff.values())
    persons |= {m.person for m in network.members if m.person}
    for person in persons:
        assert read_email(person.email, "").endswith("@example.org")
        assert read_phone(person.phone, "").startswith("010-0000-")
    for values in (
        [p.name for p in persons],
        [p.email for p in persons],
        [o.name for o in organisations],
    ):
        assert len(set(values)) == len(values)


def test_a_banks_short_name_fits_one_only():
    assert len({stem[:2] for stem in STEMS}) == len(STEMS)


def test_some_terms_end_soon_and_one_is_over(network):
    running = [
        max((t for t in m.terms if not t.is_deputy), key=lambda t: t.from_date)
        for m in network.of(ORGANISATION, TODAY)
    ]
    ends = [(t.until_date - TODAY).days for t in running]
    assert sum(1 for days in ends if days < 0) == 1
    assert sum(1 for days in ends if 0 <= days < 60) >= 4


def test_the_first_contribution_and_that_of_2022(money):
    first = money.contributions[0]
    assert trade_of_month(FIRST_MONTH) == 1_057_000
    assert -balance_of([first], "4020", "cooperative") == 21_140
    of_2022 = [b for b in money.contributions if b.date.year == 2022]
    assert len(of_2022) == 12
    assert -balance_of(of_2022, "4020", "cooperative") == 8_000_000


@pytest.mark.parametrize("year", [2015, 2016, 2022, 2026, 2030])
def test_the_months_of_trade_sum_to_the_year(year):
    first = 7 if year == 2015 else 1
    assert sum(trade_of_month(Month(year, m)) for m in range(first, 13)) == trade_of_year(year)


@pytest.mark.parametrize("today", DAYS)
@pytest.mark.parametrize("seed", [1, 4])
def test_the_cooperative_fund_holds_200_million_and_nobody_overdraws(seed, today):
    network = invent(seed, today)
    money = money_of(network, dues_of(network, seed), seed)
    assert 0 <= 200_000_000 - balance_of(money.posted, "1010", "cooperative") < 10_000
    for fund in ("cooperative", "grant"):
        left = 0
        for booking in sorted(money.posted, key=lambda b: b.date):
            left += balance_of([booking], "1010", fund)
            assert left >= 0, booking
    for booking in money.posted:
        assert sum(m.won for m in booking.moves) == 0
        assert booking.date < today


def test_most_of_the_fund_did_not_come_from_the_two_per_cent(money):
    contributed = -balance_of(money.contributions, "4020", "cooperative")
    given = -sum(balance_of(money.ordinary, account, "cooperative") for account in ("4910", "4120"))
    assert contributed < 80_000_000 < given


def test_about_95_in_a_hundred_pay(dues):
    for months_ago in range(1, 4):
        month = Month.of(TODAY).plus(-months_ago)
        of_month = [c for c in dues.charges if c.month == month]
        paid = sum(c.won for c in of_month if c.paid)
        assert 92 <= 100 * paid / sum(c.won for c in of_month) <= 98
    strangers = [p for p in dues.payments if p.member is None]
    assert 3 <= len(strangers) <= 5


def test_what_is_paid_is_what_was_owed(dues):
    charged = sum(c.won for c in dues.charges if c.paid)
    assert charged == sum(p.won for p in dues.payments if p.member)


def test_the_same_seed_and_day_give_the_same_history(network, dues, money):
    again = invent(1, TODAY)
    assert again == network
    assert dues_of(again, 1) == dues
    assert money_of(again, dues, 1) == money
    assert invent(2, TODAY) != network


def keys_in(value):
    """The keys of everything a step speaks of."""
    if isinstance(value, Ref):
        yield value.key
    elif isinstance(value, tuple | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from keys_in(each)


@pytest.mark.parametrize("today", [*DAYS, date(2026, 12, 2), date(2027, 2, 28), date(2028, 2, 29)])
def test_nothing_is_spoken_of_before_it_is_there(today):
    known: set[str] = set()
    before = None
    offices = {SYSTEM, VISITOR, SECRETARIAT, SECOND, BOOKKEEPER, ADMINISTRATOR}
    for at, step in imagine(today.day, today).steps():
        assert at.date() == step.day < today
        assert before is None or before <= at
        before = at
        spoken_of = {*keys_in(step.given), step.speaks_for or "nobody"} - {"nobody"}
        assert spoken_of <= known, (at, step.verb)
        assert step.by in offices | known
        known |= set(step.makes)
