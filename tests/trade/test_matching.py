"""What fits what, and why; who is in the same line."""

from __future__ import annotations

import pytest

from dure.domains.trade import queries
from dure.domains.trade.queries import About
from dure.kernel.refusals import Denied
from tests.trade.test_listings import LUNCH, add


def test_the_offers_that_fit_a_want_with_reasons(house):
    lunch, print_, care = (house.organisation(one) for one in ("밥상", "인쇄", "돌봄"))
    meal = add(house, lunch)
    add(house, print_, About("행사 현수막", kind="goods", category="print", tax="taxed"))
    want = add(
        house, care, About("행사 식사", category="food", budget_won=10_000, quantity="40개"), "want"
    )
    first, second = queries.fits_of(house.of(care), want.pk)
    assert (first.row.name, second.row.name) == ("제철 도시락", "행사 현수막")
    assert len(first.reasons) >= 3  # a word that means the same, the category, the budget
    (need,) = queries.needs_for(house.of(lunch), meal.pk)
    assert (need.party, need.want_id) == ("돌봄", want.pk)
    with pytest.raises(Denied):
        queries.needs_for(house.of(care), meal.pk)


def test_who_bought_the_like_before_may_need_it(house):
    lunch, print_, care = (house.organisation(one) for one in ("밥상", "인쇄", "돌봄"))
    house.trade(lunch, print_, what="행사 도시락 20개")
    offer = add(house, house.organisation("반찬"))
    (need,) = queries.needs_for(house.act("secretariat"), offer.pk)
    assert (need.party, need.want_id, len(need.reasons)) == ("인쇄", None, 1)
    assert care not in {need.party_id}


def test_a_member_in_the_same_line_is_named_to_who_is_concerned(house):
    lunch, side, print_ = (house.organisation(one) for one in ("밥상", "반찬", "인쇄"))
    old = add(house, lunch)
    new = add(house, side, About("도시락 배달", category="food", tax="taxed"))
    assert new.state == "open"
    for act in (house.of(side), house.of(lunch), house.act("secretariat")):
        (one,) = queries.reading_of(act, new.pk).overlaps
        assert (one.party, one.listing_id) == ("밥상", old.pk)
    assert queries.reading_of(house.of(print_), new.pk).overlaps == []
    other = add(house, print_, About(LUNCH.name, category="print", tax="taxed"))
    assert queries.reading_of(house.of(print_), other.pk).overlaps == []
    tofu = add(house, print_, About("국산콩 두부", category="food", tax="taxed"))
    secretariat = house.act("secretariat")
    assert queries.reading_of(secretariat, tofu.pk).overlaps == []  # food, but no lunch
    assert len(queries.reading_of(secretariat, new.pk).overlaps) == 1
