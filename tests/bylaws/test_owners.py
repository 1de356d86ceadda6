"""Rules of others, beside the network's own: an association's fund has its own law and bylaws."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from dure.domains.bylaws import commands, queries
from dure.domains.bylaws.queries import owning
from dure.domains.bylaws.rules import LoosensTheRule
from dure.kernel.refusals import NotFound

ON = date(2026, 11, 20)
FIRST = date(2026, 1, 1)


@pytest.fixture
def owner(monkeypatch):
    monkeypatch.setattr(owning, "_find", [lambda: {"angels": "천사금고"}])
    return "angels"


def adopt(act, key, value, owner="", **given):
    return commands.adopt_provision(
        act("secretariat"), key=key, value=value, document="자조기금 규약", article="제3조",
        from_date=FIRST, owner=owner, **given,
    )  # fmt: skip


def test_the_rules_of_another_stand_beside_the_networks_own(db, act, owner):
    commands.adopt_legal_form(act("secretariat"), form="unincorporated", from_date=FIRST)
    adopt(act, "loans.per_member_won", "5000000", kind="won", comparison="at_most", label="한 사람")
    commands.adopt_legal_form(
        act("secretariat"), form="social_cooperative", from_date=FIRST, owner=owner
    )
    adopt(act, "loans.per_member_won", "2000000", owner)  # its kind is known from the network's
    adopt(act, "loans.ceiling_ratio", "1/2", owner)  # tighter than 제94조
    ours, theirs = queries.rules_on(ON), queries.rules_on(ON, owner)
    assert ours.number("loans.per_member_won") == 5_000_000
    assert theirs.number("loans.per_member_won") == 2_000_000
    assert "loans.ceiling_ratio" not in ours and theirs.ratio("loans.ceiling_ratio") == Fraction(
        1, 2
    )
    assert queries.legal_form_on(ON) == "unincorporated"
    assert queries.rules_on(ON, "nobody").provisions.keys() < theirs.provisions.keys()
    with queries.one_reading():
        assert queries.rules_on(ON).number("loans.per_member_won") == 5_000_000
        assert queries.rules_on(ON, owner).number("loans.per_member_won") == 2_000_000


def test_the_law_of_its_form_binds_another_too(db, act, owner):
    commands.adopt_legal_form(
        act("secretariat"), form="social_cooperative", from_date=FIRST, owner=owner
    )
    with pytest.raises(LoosensTheRule):
        adopt(act, "loans.ceiling_ratio", "3/4", owner)
    adopt(act, "loans.ceiling_ratio", "1/2", owner)
    commands.repeal_provision(
        act("secretariat"), key="loans.ceiling_ratio", from_date=ON, document="자조기금 규약",
        article="부칙", owner=owner,
    )  # fmt: skip
    assert queries.rules_on(ON, owner).ratio("loans.ceiling_ratio") == Fraction(2, 3)
    with pytest.raises(NotFound):
        adopt(
            act,
            "loans.per_member_won",
            "1",
            "stranger",
            kind="won",
            comparison="at_most",
            label="가",
        )


def test_the_page_says_whose_rules_these_are(db, act, owner, client):
    commands.adopt_legal_form(
        act("secretariat"), form="social_cooperative", from_date=FIRST, owner=owner
    )
    shown = queries.rules_shown(ON, owner=owner)
    assert (shown.owner_name, shown.form) == ("천사금고", "social_cooperative")
    assert queries.rules_shown(ON).form == ""
    with pytest.raises(NotFound):
        queries.rules_shown(ON, owner="stranger")
