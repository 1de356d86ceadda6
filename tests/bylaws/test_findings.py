"""Findings: kept with what they decided, shown to the person, and said in a refusal."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from dure.domains.bylaws import queries, rules
from dure.domains.bylaws.rules import Rulebook
from tests.bylaws.test_rules import CAP, DAY, LAW


def findings():
    book = Rulebook.of([CAP, LAW], DAY)
    return book.check_all(("loans.ceiling_ratio", 60_000_001, 90_000_000), (LAW.key, 14))


def test_what_is_kept_comes_back_as_it_was():
    found = findings()
    assert rules.kept(rules.keep(found)) == found


def test_a_refusal_shows_every_rule_that_was_checked():
    with translation.override("ko"), pytest.raises(rules.RuleNotMet) as refused:
        rules.enforce(findings())
    broken, met = refused.value.checks
    assert "제94조" in broken.article and not broken.passed
    assert "제25조제2항" in met.article and met.passed
    assert "제25조" not in str(refused.value)


def test_the_part_of_a_page_says_it_in_words_not_colour_alone():
    with translation.override("ko"):
        page = render_to_string("bylaws/_findings.html", {"findings": findings()})
        assert "맞지 않음" in page and "맞음" in page
        assert "협동조합 기본법 제94조" in page
        assert "90,000,000의 2/3" in page and "60,000,001" in page
        assert render_to_string("bylaws/_findings.html", {"findings": ()}).strip() == ""


def test_a_choice_and_a_share_are_read_as_people_say_them():
    assert Rulebook.of([CAP], DAY).check(CAP.key, Fraction(1, 2)).actual_shown == "50%"


@pytest.mark.django_db
def test_the_cast_lives_under_the_law_of_its_form(cast):
    assert queries.legal_form_on(date(2026, 11, 20)) == "association"
    assert "dues.reminder_after_days" in queries.rules_on(date(2026, 1, 1))
