"""Laying rules down, on a database."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dure.domains.bylaws import commands, queries, rules
from dure.kernel.refusals import Denied

pytestmark = pytest.mark.django_db
FOUNDED = date(2020, 1, 1)


def test_the_law_of_a_form_applies_and_the_network_tightens_it(act):
    office = act("secretariat")
    commands.adopt_legal_form(office, form="social_cooperative", from_date=FOUNDED)
    assert queries.rules_on(FOUNDED).number("expulsion.notice_days") == 10
    own = {
        "key": "expulsion.notice_days",
        "document": "정관",
        "article": "제14조",
        "from_date": date(2026, 7, 1),
    }
    with pytest.raises(Denied):
        commands.adopt_provision(act("member"), value="14", **own)
    with pytest.raises(rules.LoosensTheRule, match="제25조제2항"):
        commands.adopt_provision(act("secretariat"), value="7", **own)
    commands.adopt_provision(act("secretariat"), value="14", **own)
    assert queries.rules_on(date(2026, 6, 30)).number("expulsion.notice_days") == 10
    assert queries.rules_on(date(2026, 7, 1)).number("expulsion.notice_days") == 14


def test_the_same_packs_twice_lay_nothing_down(act):
    commands.adopt_legal_form(act("secretariat"), form="cooperative", from_date=FOUNDED)
    assert commands.load_packs(act("secretariat")) == 0


def test_what_was_refused_midway_leaves_no_trace_in_the_rules_at_hand(act):
    from django.db import transaction

    commands.adopt_legal_form(act("secretariat"), form="association", from_date=FOUNDED)
    own = {"key": "meetings.notice_days", "document": "정관", "article": "제14조"}
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        commands.adopt_provision(act("secretariat"), value="30", from_date=FOUNDED, **own)
        assert queries.rules_on(FOUNDED).number("meetings.notice_days") == 30
        1 / 0  # noqa: B018 something breaks after the rule was laid down
    assert queries.rules_on(FOUNDED).number("meetings.notice_days") == 7
    commands.adopt_provision(act("secretariat"), value="20", from_date=FOUNDED, **own)
    assert queries.rules_on(FOUNDED).number("meetings.notice_days") == 20


def test_a_rule_may_begin_on_a_leap_day_and_be_laid_down_for_the_past(act):
    commands.adopt_legal_form(act("secretariat"), form="association", from_date=FOUNDED)
    own = {"key": "meetings.notice_days", "document": "정관", "article": "제14조"}
    leap = date(2028, 2, 29)
    commands.adopt_provision(act("secretariat"), value="20", from_date=leap, **own)
    commands.adopt_provision(act("secretariat"), value="10", from_date=date(2021, 3, 1), **own)
    numbers = [
        queries.rules_on(day).number("meetings.notice_days")
        for day in (date(2021, 2, 28), date(2021, 3, 1), date(2028, 2, 28), leap)
    ]
    assert numbers == [7, 10, 10, 20]


def test_every_day_has_the_rules_of_the_last_change_before_it(act):
    """Rulebooks are kept from change to change: the same as made anew for each day, in one query."""
    commands.adopt_legal_form(act("secretariat"), form="association", from_date=FOUNDED)
    changed = date(2022, 5, 1)
    commands.adopt_legal_form(act("secretariat"), form="social_cooperative", from_date=changed)
    changes = sorted({row.from_date for row in queries.rows_of()} | {FOUNDED, changed})
    for change in changes:
        for day in (change - timedelta(days=1), change, change + timedelta(days=1)):
            packs = queries.packs_on(day)
            rows = [row for row in queries.rows_of() if not row.pack or row.pack in packs]
            assert queries.rules_on(day) == rules.Rulebook.of(rows, day)
    with CaptureQueriesContext(connection) as asked:
        queries.rules_on(date(2023, 3, 3))
    assert len(asked) == 1


def test_a_repeal_needs_something_of_our_own_to_end(act):
    commands.adopt_legal_form(act("secretariat"), form="association", from_date=FOUNDED)
    end = {"document": "정관", "article": "부칙", "from_date": date(2027, 1, 1)}
    for wrong in (
        {"key": "meetings.notice_days"},  # only the law lays it down
        {"key": "meetings.notice_days", "origin": "law"},
        {"key": "no.such_rule"},
    ):
        with pytest.raises(commands.NotLaidDown):
            commands.repeal_provision(act("secretariat"), **wrong, **end)


def test_the_same_key_lays_down_once(act):
    commands.adopt_legal_form(act("secretariat"), form="association", from_date=FOUNDED)
    office = act("secretariat")
    own = {
        "key": "meetings.notice_days", "document": "정관", "article": "제14조", "value": "20",
        "from_date": FOUNDED,
    }  # fmt: skip
    first = commands.adopt_provision(office, **own)
    assert commands.adopt_provision(office, **own).pk == first.pk
    with pytest.raises(rules.RuleTwiceThatDay):
        commands.adopt_provision(act("secretariat"), **own)
