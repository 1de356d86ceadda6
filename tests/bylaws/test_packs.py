"""The law that Dure ships: complete, told once per form, and in the numbers of the statutes."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from dure.domains.bylaws import queries
from dure.domains.bylaws.rules import AREAS, Comparison, Kind, Origin, Rulebook, area_of, read_pack
from dure.domains.bylaws.rules.choices import CHOICES, WHOLES

FORMS = [name for name, _title in queries.forms()]
DAY = date(2026, 11, 20)


def book_of(form: str, on: date = DAY) -> Rulebook:
    packs = queries.shipped_packs()
    return Rulebook.of(
        (row for name in queries.packs_of(form) for row in packs[name].provisions), on
    )


def every():
    return [row for pack in queries.shipped_packs().values() for row in pack.provisions]


def test_the_forms_that_networks_really_have_are_shipped():
    assert set(FORMS) == {
        "association", "civil_group", "cooperative", "federation", "social_cooperative",
        "unincorporated",
    }  # fmt: skip


@pytest.mark.parametrize("form", [*FORMS, "company"])
def test_no_form_is_told_the_same_rule_twice(form):
    packs = queries.shipped_packs()
    keys = [
        row.key
        for name in queries.packs_of(form)
        if name != queries.STANDARD
        for row in packs[name].provisions
    ]
    assert sorted(keys) == sorted(set(keys))


def test_every_value_has_its_words_its_article_and_names_in_korean():
    for row in every():
        assert row.citation.text and row.citation.document and row.citation.article, row.key
        assert row.label and not row.label.isascii(), row.key
        assert area_of(row.key) in AREAS, row.key
        assert not row.of or row.of in WHOLES, row.key
        if row.kind == Kind.RATIO:
            assert row.of, row.key
        if row.kind == Kind.CHOICE:
            assert row.value <= CHOICES.keys(), row.key


def test_law_is_dated_by_the_text_it_was_read_in_and_holds_before_it():
    def laws(form, *on):
        rows = book_of(form, *on).provisions.values()
        return [row for row in rows if row.origin == Origin.LAW]

    for form in FORMS:
        assert laws(form)
        assert not [row for row in laws(form) if row.from_date.year < 2021]
        assert laws(form, date(2013, 1, 1)) == laws(form)


def test_rules_by_analogy_bind_nobody():
    for form in ("unincorporated", "civil_group"):
        civil = [row for row in book_of(form).provisions.values() if "민법" in str(row.citation)]
        assert civil and not [row for row in civil if row.binds]
        assert all("유추" in row.note for row in civil if row.pack == "civil_law_by_analogy"
                   and row.key.startswith("meetings.quorum"))  # fmt: skip


@pytest.mark.parametrize(
    ("form", "key", "comparison", "value", "article"),
    [
        ("cooperative", "meetings.notice_days", "at_least", 7, "제28조제5항"),
        ("cooperative", "meetings.quorum_ratio", "more_than", Fraction(1, 2), "제29조제2항"),
        ("cooperative", "meetings.special_ratio", "at_least", Fraction(2, 3), "제29조제2항"),
        ("cooperative", "votes.proxy_principals_count", "at_most", 1, "제23조제3항"),
        ("cooperative", "minutes.member_signers_count", "at_least", 3, "제30조제2항"),
        ("cooperative", "delegates.members_above_count", "more_than", 200, "제9조"),
        ("cooperative", "delegates.share_ratio", "at_least", Fraction(1, 10), "제31조제3항"),
        ("cooperative", "officers.directors_count", "at_least", 3, "제34조제1항"),
        ("cooperative", "officers.term_months", "at_most", 48, "제35조제1항"),
        ("cooperative", "officers.chair_reelections_count", "at_most", 2, "제35조제2항"),
        ("cooperative", "officers.removal_demand_ratio", "at_least", Fraction(1, 5), "제40조제1항"),
        ("cooperative", "audit.accounts_before_days", "at_least", 7, "제52조제1항"),
        ("cooperative", "shares.cap_ratio", "at_most", Fraction(3, 10), "제22조제2항"),
        ("cooperative", "expulsion.notice_days", "at_least", 10, "제25조제2항"),
        ("cooperative", "reserves.legal_ratio", "at_least", Fraction(1, 10), "제50조제1항"),
        ("cooperative", "dividends.share_ratio", "at_most", Fraction(1, 10), "제51조제3항"),
        ("cooperative", "dividends.patronage_ratio", "at_least", Fraction(1, 2), "제51조제3항"),
        ("cooperative", "disclosure.capital_at_least_won", "at_least", 3_000_000_000, "제12조제1항"),
        ("cooperative", "registration.change_days", "at_most", 21, "제64조제1항"),
        ("cooperative", "refund.lapses_after_months", "at_most", 24, "제26조제3항"),
        ("cooperative", "meetings.remote_votes", "exactly", False, "제23조제2항"),
        ("social_cooperative", "reserves.legal_ratio", "at_least", Fraction(3, 10), "제97조제1항"),
        ("social_cooperative", "reserves.until_ratio", "at_least", Fraction(3), "제97조제1항"),
        ("social_cooperative", "dividends.allowed", "exactly", False, "제98조제2항"),
        ("social_cooperative", "business.main_ratio", "at_least", Fraction(2, 5), "제93조제2항"),
        ("social_cooperative", "loans.ceiling_ratio", "at_most", Fraction(2, 3), "제94조제1항"),
        ("social_cooperative", "loans.with_mutual_aid_ratio", "at_most", Fraction(1), "제94조제1항"),
        ("social_cooperative", "loans.late_rate_ratio", "at_most", Fraction(1, 5), "제2조제1항"),
        ("social_cooperative", "officers.staff_ratio", "at_most", Fraction(1, 3), "제20조제1항"),
        ("social_cooperative", "refund.lapses_after_months", "at_most", 24, "제89조제2항"),
        ("social_cooperative", "disclosure.within_months", "at_most", 4, "제27조"),
        ("social_cooperative", "bylaws.change_approval", "exactly", True, "제86조제3항"),
        ("federation", "shares.cap_ratio", "at_most", Fraction(2, 5), "제115조의5제1항"),
        ("federation", "votes.weighted", "exactly", True, "제115조의5제3항"),
        ("association", "meetings.notice_days", "at_least", 7, "제71조"),
        ("association", "meetings.written_votes", "exactly", True, "제73조제2항"),
        ("association", "bylaws.change_ratio", "at_least", Fraction(2, 3), "제42조제1항"),
        ("association", "dissolution.consent_ratio", "at_least", Fraction(3, 4), "제78조"),
        ("association", "meetings.demand_ratio", "at_least", Fraction(1, 5), "제70조제2항"),
        ("association", "meetings.called_within_days", "at_most", 14, "제70조제3항"),
        ("unincorporated", "loans.allowed", "exactly", False, "제2조제4호"),
        ("civil_group", "breach.notice_hours", "at_most", 72, "제39조제1항"),
        ("association", "meetings.general_matters", "all_of",
         frozenset({"bylaws_change", "dissolution"}), "제42조제1항, 제78조"),
        ("cooperative", "meetings.only_notified_matters", "exactly", True, "제28조제5항"),
        ("federation", "meetings.only_notified_matters", "exactly", True, "제28조제5항"),
        ("cooperative", "officers.staff_exempt_members_count", "at_most", 10, "제10조제2호"),
        ("company", "privacy.access_log_months", "at_least", 12, "제8조"),
        ("company", "debit.consent_kept_months", "at_least", 60, "출금이체"),
    ],
)  # fmt: skip
def test_the_numbers_are_those_of_the_statutes(form, key, comparison, value, article):
    rule = book_of(form).provision(key)
    assert (rule.comparison, rule.value, rule.citation.article) == (
        Comparison(comparison),
        value,
        article,
    )


def test_an_expulsion_is_for_the_general_meeting_alone():
    book = book_of("social_cooperative")
    assert book.check("expulsion.body", "general_meeting").passed
    refused = book.check("expulsion.body", "review_committee")
    assert not refused.passed and refused.citation == "협동조합 기본법 제29조제1항"


def test_what_must_be_handled_by_special_resolution_may_only_grow():
    book = book_of("cooperative")
    needed = book.choices("meetings.special_matters")
    assert book.check("meetings.special_matters", needed | {"land"}).passed
    assert not book.check("meetings.special_matters", needed - {"expulsion"}).passed


def test_delegates_are_a_tenth_and_a_meeting_of_them_needs_more_than_two_hundred():
    book = book_of("cooperative")
    assert not book.check("delegates.members_above_count", 200).passed
    assert book.check("delegates.members_above_count", 201).passed
    assert book.check("delegates.share_ratio", 21, of=201).passed
    assert not book.check("delegates.share_ratio", 20, of=201).passed


@pytest.mark.parametrize(
    ("present", "members", "quorate"), [(45, 90, False), (46, 90, True), (46, 91, True)]
)
def test_half_is_not_a_majority(present, members, quorate):
    assert (
        book_of("association").check("meetings.quorum_ratio", present, of=members).passed is quorate
    )


def test_the_words_of_an_article_fill_in_for_its_provisions():
    rule = book_of("cooperative").provision("shares.cap_ratio")
    assert rule.citation.quoted
    assert (
        rule.citation.text
        == "조합원 1인의 출자좌수는 총 출자좌수의 100분의 30을 넘어서는 아니 된다."
    )


def test_a_pack_reads_the_same_twice():
    from importlib import resources

    folder = resources.files("dure.domains.bylaws") / "packs"
    for name, pack in queries.shipped_packs().items():
        text = (folder / f"{name}.toml").read_text("utf-8")
        assert read_pack(text, Origin.STANDARD if name == "standard" else Origin.LAW) == pack
