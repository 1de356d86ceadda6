"""Laying rules down, on a database."""

from __future__ import annotations

from datetime import date

import pytest

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
