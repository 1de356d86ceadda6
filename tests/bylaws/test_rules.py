"""The rulebook of a day, without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from dure.domains.bylaws import rules
from dure.domains.bylaws.rules import (
    Citation,
    Comparison,
    Kind,
    Origin,
    Provision,
    Rulebook,
    values,
)

LAW = Provision(
    key="expulsion.notice_days",
    origin=Origin.LAW,
    kind=Kind.DAYS,
    comparison=Comparison.AT_LEAST,
    value=10,
    citation=Citation("협동조합 기본법", "제25조제2항"),
    from_date=date(2012, 12, 1),
    label="제명 통지",
    mandatory=True,
    pack="cooperative_law",
    id=1,
)
OWN = replace(LAW, origin=Origin.BYLAWS, pack="", mandatory=False, value=14, id=2)
CAP = Provision(
    key="loans.ceiling_ratio",
    origin=Origin.LAW,
    kind=Kind.RATIO,
    comparison=Comparison.AT_MOST,
    value=Fraction(2, 3),
    citation=Citation("협동조합 기본법", "제94조"),
    from_date=date(2012, 12, 1),
    of="paid_in_capital",
    mandatory=True,
)
DAY = date(2026, 11, 20)


def test_a_network_may_tighten_a_mandatory_rule_and_never_loosen_it():
    assert rules.loosened([LAW], OWN) is None
    assert rules.loosened([LAW], replace(OWN, value=7)) == LAW
    assert rules.loosened([replace(LAW, mandatory=False)], replace(OWN, value=7)) is None
    assert rules.in_force([LAW, OWN], DAY) == OWN
    looser = replace(OWN, value=7)  # laid down before the law grew stricter
    assert rules.in_force([LAW, looser], DAY) == LAW


def test_a_second_value_for_the_same_day_is_held_against_the_law_too():
    first = replace(OWN, from_date=date(2026, 7, 1), id=9)
    again = replace(OWN, from_date=date(2026, 7, 1), value=7, id=0)
    assert rules.loosened([LAW, first], again) == LAW


def test_a_regulation_may_not_loosen_the_bylaws():
    regulation = replace(OWN, origin=Origin.REGULATION, value=12, id=3)
    assert rules.loosened([LAW, OWN], regulation) == OWN
    assert rules.in_force([LAW, OWN, replace(regulation, value=20)], DAY).value == 20


def test_the_value_of_the_day_holds_and_a_repeal_brings_back_what_stands_above():
    later = replace(OWN, value=20, from_date=date(2026, 7, 1), id=3)
    ended = replace(OWN, value=None, from_date=date(2027, 1, 1), id=4)
    rows = [LAW, replace(OWN, from_date=date(2020, 1, 1)), later, ended]
    values = {
        day: rules.in_force(rows, day).value
        for day in (
            date(2019, 12, 31),
            date(2020, 1, 1),
            date(2026, 6, 30),
            date(2026, 7, 1),
            date(2027, 1, 1),
        )
    }
    assert list(values.values()) == [10, 14, 14, 20, 10]


def test_law_holds_before_its_text_too_and_says_so_and_own_rules_begin_on_their_day():
    before = date(2000, 1, 1)
    assert rules.in_force([LAW, OWN], before) == LAW and LAW.read_later(before)
    assert not LAW.read_later(DAY) and not OWN.read_later(before)
    assert rules.in_force([OWN], before) is None


@pytest.mark.parametrize(
    ("loans", "passed"), [(60_000_000, True), (60_000_001, False)], ids=["at the edge", "beyond"]
)
def test_a_ratio_of_a_whole_is_exact_at_the_edge(loans, passed):
    finding = Rulebook.of([CAP], DAY).check("loans.ceiling_ratio", loans, of=90_000_000)
    assert finding.passed is passed
    assert finding.citation == "협동조합 기본법 제94조"
    if not passed:
        with pytest.raises(rules.RuleNotMet, match="제94조"):
            rules.enforce([finding])


def test_a_rule_that_nobody_laid_down_is_not_checked_in_silence():
    book = Rulebook.of([LAW], DAY)
    with pytest.raises(KeyError):
        book.check("loans.ceiling_ratio", 1, of=2)
    assert book.check_all(("loans.ceiling_ratio", 1, 2)) == ()
    assert not book.yes("meetings.remote_votes")


@pytest.mark.parametrize(
    ("kind", "comparison", "said", "value"),
    [
        ("won", "at_most", "5천만원 이내", 50_000_000),
        ("won", "at_least", "5천원 이상", 5_000),
        ("count", "at_least", "연 4회 이상", 4),
        ("count", "at_least", "월 2회", 2),
        ("ratio", "at_most", "10% 이하", Fraction(1, 10)),
        ("months", "at_least", "24개월", 24),
    ],
)
def test_a_value_is_typed_as_the_article_says_it(kind, comparison, said, value):
    chosen = rules.Kind(kind)
    bare = rules.value_as_said(chosen, rules.Comparison(comparison), said)
    assert rules.read_value(chosen, bare) == value
    with pytest.raises(values.SaysOtherwise, match="미만"):
        rules.value_as_said(chosen, rules.Comparison(comparison), f"{bare} 미만")
