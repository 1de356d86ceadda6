"""The bylaws of a real co-operative as a network's own layer, held against their boundary cases."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from importlib import resources

import pytest

from dure.domains.bylaws import commands, queries, rules
from dure.domains.bylaws.rules import Origin, Rulebook, read_pack

DAY = date(2024, 6, 1)
FILE = (resources.files("dure.domains.bylaws") / "examples" / "donghaeng.toml").read_text("utf-8")


@pytest.fixture(scope="module")
def book() -> Rulebook:
    """The law of a social co-operative with the bylaws over it."""
    packs = queries.shipped_packs()
    law = [row for name in queries.packs_of("social_cooperative") for row in packs[name].provisions]
    return Rulebook.of([*law, *read_pack(FILE).provisions], DAY)


def months_between(joined: date, on: date) -> int:
    whole = (on.year - joined.year) * 12 + on.month - joined.month
    return whole - (on.day < joined.day)


@pytest.mark.parametrize(
    ("key", "found", "of", "passed"),
    [
        # R-001 the main business is 40/100 of all business or more
        ("business.main_ratio", 400, 1000, True),
        ("business.main_ratio", 3999, 10_000, False),
        # R-004 all loans together are two thirds of the paid-in shares or less
        ("loans.ceiling_ratio", 60_000_000, 90_000_000, True),
        ("loans.ceiling_ratio", 60_000_001, 90_000_000, False),
        ("loans.ceiling_ratio", 66_666_666, 100_000_000, True),
        ("loans.ceiling_ratio", 66_666_667, 100_000_000, False),
        # R-005 24 months of membership
        ("loans.membership_months", months_between(date(2022, 1, 15), date(2024, 1, 14)), None, False),
        ("loans.membership_months", months_between(date(2022, 1, 15), date(2024, 1, 15)), None, True),
        # R-006 a third of the shares, and ten million at most
        ("loans.per_member_ratio", 8_000_000, 24_000_000, True),
        ("loans.per_member_ratio", 8_000_001, 24_000_000, False),
        ("loans.per_member_ratio", 10_000_000, 30_000_000, True),
        ("loans.per_member_won", 10_000_000, None, True),
        ("loans.per_member_won", 10_000_001, None, False),
        # 3 % a year, late 1.5 times of it at most
        ("loans.rate_ratio", Fraction(3, 100), None, True),
        ("loans.rate_ratio", Fraction(4, 100), None, False),
        ("loans.late_times_ratio", Fraction(45, 1000) / Fraction(3, 100), None, True),
        ("loans.late_times_ratio", Fraction(46, 1000) / Fraction(3, 100), None, False),
        # R-014 six months, and the committee's approval
        ("mutual_aid.membership_months", 6, None, True),
        ("mutual_aid.committee_approval", False, None, False),
        #
        ("mutual_aid.per_member_won", 50_000_000, None, True),
        ("mutual_aid.per_member_won", 50_000_001, None, False),
        ("mutual_aid.monthly_dues_won", 5_000, None, True),
        ("mutual_aid.monthly_dues_won", 4_999, None, False),
        # R-018 deposits and public bonds, nothing else
        ("mutual_aid.invested_in", "deposit", None, True),
        ("mutual_aid.invested_in", frozenset({"deposit", "public_bond"}), None, True),
        ("mutual_aid.invested_in", "shares", None, False),
        ("mutual_aid.invested_in", frozenset({"deposit", "corporate_bond"}), None, False),
        #
        ("mutual_aid.reasons", "marriage", None, True),
        ("mutual_aid.reasons", "holiday", None, False),
        ("mutual_aid.separate_books", True, None, True),
    ],
)  # fmt: skip
def test_the_boundary_cases(book, key, found, of, passed):
    finding = book.check(key, found, of=of)
    assert finding.passed is passed
    assert finding.origin == Origin.BYLAWS and "동행 정관 제5" in finding.citation


def test_the_words_of_the_bylaws_stand_beside_their_values(book):
    assert book.provision("loans.membership_months").citation.text == (
        "조합원 가입 후 24개월이 경과한 조합원에 한해서 대출자격을 가진다."
    )
    articles = read_pack(FILE).articles
    assert len(articles) == 18 and all(one.quoted for one in articles)


def own(**given):
    return {
        "document": "규정", "article": "제3조", "from_date": date(2024, 1, 1), "origin": "regulation",
        **given,
    }  # fmt: skip


@pytest.mark.django_db
def test_the_stricter_of_two_readings_is_laid_down_by_regulation(act):
    """R-022: loans and mutual aid together within two thirds; the law itself asks the whole."""
    office = act("secretariat")
    commands.adopt_legal_form(office, form="social_cooperative", from_date=date(2019, 3, 12))
    assert commands.import_provisions(act("secretariat"), file=FILE) == 18
    commands.adopt_provision(
        act("secretariat"), **own(key="loans.with_mutual_aid_ratio", value="2/3")
    )
    book = queries.rules_on(DAY)
    assert book.check("loans.with_mutual_aid_ratio", 60_000_000, of=90_000_000).passed
    assert not book.check("loans.with_mutual_aid_ratio", 60_000_001, of=90_000_000).passed
    with pytest.raises(rules.LoosensTheRule, match="제94조제1항"):
        commands.adopt_provision(act("secretariat"), **own(key="loans.ceiling_ratio", value="70%"))
    with pytest.raises(rules.LoosensTheRule):
        commands.adopt_provision(
            act("secretariat"), **own(key="mutual_aid.invested_in", value="deposit, shares")
        )


@pytest.mark.django_db
def test_a_change_of_the_rate_leaves_the_days_before_alone(act):
    """R-009: the contract asks the rulebook of its day."""
    commands.adopt_legal_form(act("secretariat"), form="social_cooperative", from_date=DAY)
    commands.import_provisions(act("secretariat"), file=FILE)
    commands.adopt_provision(
        act("secretariat"), key="loans.rate_ratio", value="4%", document="정관", article="제56조제4항",
        from_date=date(2025, 1, 1), decided_by="2024 임시총회 1호",
    )  # fmt: skip
    assert queries.rules_on(date(2024, 12, 31)).ratio("loans.rate_ratio") == Fraction(3, 100)
    assert queries.rules_on(date(2025, 1, 1)).ratio("loans.rate_ratio") == Fraction(4, 100)


VECTORS = [  # key, kind, comparison, value, of, passes, fails
    ("equity.in_others_ratio", "ratio", "at_most", "30/100", "paid_in_capital",
     (30_000_000, 100_000_000), (30_000_001, 100_000_000)),
    ("funds.partners_count", "count", "at_most", "49", "", (49, None), (50, None)),
    ("committee.private_ratio", "ratio", "at_least", "1/2", "members", (5, 9), (4, 9)),
    ("market.outside_ratio", "ratio", "at_most", "10/100", "stalls", (4, 46), (5, 46)),
    ("funds.sales_share_ratio", "ratio", "exactly", "2/100", "sales", (21_140, 1_057_000),
     (21_139, 1_057_000)),
    ("funds.profit_least_ratio", "ratio", "at_least", "1/100", "profit", (100_000, 10_000_000),
     (99_999, 10_000_000)),
    ("funds.profit_most_ratio", "ratio", "at_most", "5/100", "profit", (500_000, 10_000_000),
     (500_001, 10_000_000)),
    ("admission.consent_ratio", "ratio", "more_than", "1/2", "committee", (7, 12), (6, 12)),
    ("loans.public_per_body_won", "won", "at_most", "1억 5천만", "", (150_000_000, None),
     (151_000_000, None)),
    ("dues.full_member_won", "won", "at_least", "3만", "", (30_000, None), (29_999, None)),
    ("dues.supporter_won", "won", "at_least", "1만원", "", (10_000, None), (9_999, None)),
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("key", "kind", "comparison", "value", "of", "fits", "breaks"), VECTORS)
def test_rules_that_no_law_knows_are_laid_down_by_whoever_reads_bylaws(
    act, key, kind, comparison, value, of, fits, breaks
):
    commands.adopt_provision(
        act("secretariat"), key=key, kind=kind, comparison=comparison, value=value, of=of,
        label="시험", document="회칙", article="제3조", from_date=date(2024, 1, 1),
    )  # fmt: skip
    book = queries.rules_on(DAY)
    assert book.check(key, fits[0], of=fits[1]).passed
    assert not book.check(key, breaks[0], of=breaks[1]).passed
