"""The rule of group buying: Foodsoft's published cases, and against every set of cases there is."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from hypothesis import given, settings, strategies as st

from dure.domains.trade.cli import group
from dure.domains.trade.rules import group_buying as rules
from dure.domains.trade.rules.group_buying import Article, Offer, Supplier, Terms, Wish
from dure.domains.trade.rules.group_buying.sharing import price
from dure.kernel.refusals import InvalidInput


def single(unit=4, least=0, won=1_000, **more):
    return Terms(
        (Article("쌀", unit, least),), (Supplier("농장"),), (Offer("쌀", "농장", ((1, won),)),), **more
    )  # fmt: skip


def pieces(plan):
    return {one.member: one.pieces for one in plan.results}


@pytest.mark.parametrize(
    ("quantity", "tolerance", "cases"), [(0, 5, 0), (2, 2, 1), (4, 4, 1), (5, 3, 2), (5, 2, 1)]
)
def test_foodsofts_published_cases(quantity, tolerance, cases):
    plan = rules.close(single(), [Wish("가", "쌀", quantity, tolerance, 1)])
    assert plan.cases == cases


@pytest.mark.parametrize(
    ("quantity", "tolerance", "cases"), [(2, 5, 0), (2, 6, 2), (8, 0, 2), (7, 1, 2), (0, 9, 0)]
)
def test_a_least_number_of_cases_is_reached_exactly_or_nothing_is_bought(
    quantity, tolerance, cases
):
    plan = rules.close(single(least=2), [Wish("가", "쌀", quantity, tolerance, 1)])
    assert plan.cases == cases


def test_who_stands_back_is_told_with_the_reason():
    wishes = [Wish("가", "쌀", 3, 0, 1), Wish("나", "쌀", 1, 1, 2), Wish("다", "쌀", 3, 0, 3)]
    plan = rules.close(single(), wishes)
    assert [(one.member, one.pieces, one.why) for one in plan.results] == [
        ("가", 3, "all"), ("나", 2, "more"), ("다", 3, "all"),
    ]  # fmt: skip
    plan = rules.close(single(), wishes[:1] + wishes[2:])
    assert [(one.pieces, one.why) for one in plan.results] == [(3, "all"), (1, "rest")]
    plan = rules.close(single(sharing="parts"), wishes[:1] + wishes[2:])
    assert pieces(plan) == {"가": 2, "다": 2}


def test_a_buy_that_misses_its_threshold_by_one_case_releases_everyone():
    terms = single(least_cases=10)
    wishes = [Wish("가", "쌀", 20, 0, 1), Wish("나", "쌀", 16, 3, 2)]
    plan = rules.close(terms, wishes)
    assert (plan.bought, plan.owed(), rules.missing_cases(terms, wishes)) == ((), {}, 1)
    assert {one.why for one in plan.results} == {"released"}
    met = [wishes[0], Wish("나", "쌀", 16, 4, 2)]  # one piece more of tolerance fills it
    plan = rules.close(terms, met)
    assert (plan.cases, rules.missing_cases(terms, met), pieces(plan)["나"]) == (10, 0, 20)


def test_more_boxes_and_the_price_falls():
    terms = Terms(
        (Article("쌀", 4),), (Supplier("농장", 0, 5_000),),
        (Offer("쌀", "농장", ((1, 12_000), (10, 10_000))),),
    )  # fmt: skip
    (hint,) = rules.hints_of(terms, [Wish("가", "쌀", 26, 0, 1)])
    assert (hint.cases, hint.to_case, hint.case_won) == (6, 2, 12_000)
    assert (hint.cases_to_price, hint.next_won) == (4, 10_000)
    # with tolerance ten cases are cheaper in all than nine, and are bought
    plan = rules.close(terms, [Wish("가", "쌀", 36, 4, 1)])
    assert (plan.cases, plan.goods_won, plan.transport_won) == (10, 100_000, 5_000)


def test_several_suppliers_the_cheapest_set_with_transport():
    terms = Terms(
        (Article("쌀", 1), Article("콩", 1)),
        (Supplier("가까이", 0, 1_000), Supplier("멀리", 50_000, 9_000)),
        (
            Offer("쌀", "가까이", ((1, 10_000),), 3), Offer("쌀", "멀리", ((1, 8_000),)),
            Offer("콩", "멀리", ((1, 5_000),)), Offer("콩", "가까이", ((1, 5_500),)),
        ),
    )  # fmt: skip
    few = rules.close(terms, [Wish("가", "쌀", 2, 0, 1), Wish("나", "콩", 1, 0, 2)])
    assert {one.supplier for one in few.bought} == {"가까이"}
    many = rules.close(terms, [Wish("가", "쌀", 7, 0, 1), Wish("나", "콩", 2, 0, 2)])
    assert [(one.article, one.supplier, one.cases) for one in many.bought] == [
        ("쌀", "멀리", 7), ("콩", "멀리", 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("transport", "carried"),
    [("quantity", (750, 250)), ("won", (857, 143)), ("equally", (500, 500))],
)
def test_transport_is_shared_by_rule_to_the_won(transport, carried):
    terms = Terms(
        (Article("쌀", 2), Article("콩", 2)), (Supplier("농장", 0, 1_000),),
        (Offer("쌀", "농장", ((1, 10_001),)), Offer("콩", "농장", ((1, 4_999),))),
        transport=transport,
    )  # fmt: skip
    plan = rules.close(terms, [Wish("가", "쌀", 6, 0, 1), Wish("나", "콩", 2, 0, 2)])
    assert tuple(won for _member, won in plan.transport) == carried


def test_what_comes_short_is_shared_and_paid_in_proportion():
    terms = single(won=10_001)
    wishes = [Wish("가", "쌀", 5, 0, 1), Wish("나", "쌀", 3, 0, 2)]
    plan = rules.close(terms, wishes)
    assert [one.won for one in plan.results] == [12_501, 7_501]
    came = [rules.delivered(one, 5) for one in plan.bought]
    got = [Wish(one.member, one.article, one.pieces, 0, n) for n, one in enumerate(plan.results)]
    short = rules.share_out(terms, got, came, is_short=True)
    assert [(one.pieces, one.why) for one in short.results] == [(5, "all"), (0, "short")]
    assert short.goods_won == 20_002 * 5 // 8 == sum(one.won for one in short.results)


def test_a_file_is_read_as_it_was_written_and_refused_where_it_is_wrong():
    articles, suppliers, offers = rules.terms_of_lines(
        "쌀 10kg\t4\t2\t농장\t12,000 · 10상자부터 11,000원\t30\n콩 | 2 | | 두레 | 5000",
        "농장 / 100,000 / 5,000원",
    )
    terms = Terms(articles, suppliers, offers, 5)
    assert offers[0] == Offer("쌀 10kg", "농장", ((1, 12_000), (10, 11_000)), 30)
    assert suppliers == (Supplier("농장", 100_000, 5_000), Supplier("두레"))
    assert rules.from_json(rules.as_json(terms)) == terms
    wishes = (Wish("가", "쌀 10kg", 5, 3, 8),)
    text = rules.written_group_buy(terms, wishes)
    read, wished = rules.read_group_buy(text.encode())
    assert (read, rules.close(read, wished)) == (terms, rules.close(terms, wishes))
    for wrong in (
        b"id\n1", b"\xff", text.replace("wish,", "hope,").encode(),
        text.replace(",5,3,", ",-5,3,").encode(), text.replace("콩,", "팥,", 1).encode(),
    ):  # fmt: skip
        with pytest.raises(InvalidInput):
            rules.close(*rules.read_group_buy(wrong))
    for wrong in ("쌀 | 4", "쌀 | 네 개 | | 농장 | 100", "쌀 | 4 | | 농장 | 싸게"):
        with pytest.raises(InvalidInput):
            rules.terms_of_lines(wrong, "")
    with pytest.raises(rules.GroupBuyImpossible):  # larger than can be reckoned to the won
        rules.close(single(unit=1, won=9 * 10**15), [Wish("가", "쌀", 10, 0, 1)])


def test_from_the_command_line(tmp_path: Path) -> None:
    file = tmp_path / "감귤.csv"
    wishes = (Wish("밥상", "쌀", 20, 0, 1), Wish("인쇄", "쌀", 16, 4, 2))
    file.write_text(rules.written_group_buy(single(least_cases=10), wishes))
    ran = CliRunner().invoke(group, ["group-buy", str(file), "--format", "json"])
    assert ran.exit_code == 0, ran.output
    told = json.loads(ran.output)
    assert (told["cases"], told["goods_won"], told["missing_cases"]) == (10, 10_000, 0)
    file.write_text(file.read_text().replace("16,4", "16,3"))
    ran = CliRunner().invoke(group, ["group-buy", str(file)])
    assert (ran.exit_code, ran.output.count("released")) == (0, 2)


# -- against every set of cases there is


def brute(terms, wishes):
    """The best of all sets of cases, found by trying each."""
    asked = {one.name: [0, 0] for one in terms.articles}
    for one in wishes:
        asked[one.article][0] += one.quantity
        asked[one.article][1] += one.tolerance
    unit = {one.name: one for one in terms.articles}
    ordered = [o for s in terms.suppliers for o in terms.offers if o.supplier == s.name]
    best = None
    most = [
        range(min(sum(asked[o.article]) // unit[o.article].unit, o.most_cases or 99) + 1)
        for o in ordered
    ]
    for counts in itertools.product(*most):
        bought = list(zip(ordered, counts, strict=True))
        if any(count and count < o.tiers[0][0] for o, count in bought):
            continue
        per = {name: sum(c for o, c in bought if o.article == name) for name in asked}
        goods = {
            s.name: sum(c * price(o, c) for o, c in bought if c and o.supplier == s.name)
            for s in terms.suppliers
        }
        ok = all(
            cases == 0
            or (asked[name][0] and cases * unit[name].unit <= sum(asked[name])
                and cases >= unit[name].least_cases)
            for name, cases in per.items()
        ) and (not sum(counts) or sum(counts) >= terms.least_cases)  # fmt: skip
        ok = ok and all(not goods[s.name] or goods[s.name] >= s.least_won for s in terms.suppliers)
        if not ok:
            continue
        filled = sum(min(asked[name][0], n * unit[name].unit) for name, n in per.items())
        cost = sum(goods.values()) + sum(s.transport_won for s in terms.suppliers if goods[s.name])
        value = (-filled, cost, sum(counts), [-c for c in counts])
        if best is None or value < best[0]:
            best = value, {(o.article, o.supplier): c for o, c in bought if c}
    return best[1]


@st.composite
def buys(draw):
    whole = lambda low, high: draw(st.integers(low, high))  # noqa: E731
    articles = tuple(Article(f"a{n}", whole(1, 4), whole(0, 2)) for n in range(whole(1, 2)))
    suppliers = tuple(
        Supplier(f"s{n}", whole(0, 3) * 500, whole(0, 2) * 300) for n in range(whole(1, 2))
    )
    pairs = [(a.name, s.name) for a in articles for s in suppliers]
    kept = [one for one in pairs if one[1] == "s0" or draw(st.booleans())]
    offers = []
    for article, supplier in kept:
        steps = [(whole(1, 2), whole(3, 9) * 100)]
        if draw(st.booleans()):
            steps.append((steps[0][0] + whole(1, 2), whole(1, 9) * 100))
        offers.append(Offer(article, supplier, tuple(steps), draw(st.sampled_from((None, 2)))))
    terms = Terms(
        articles, suppliers, tuple(offers), whole(0, 4),
        draw(st.sampled_from(("quantity", "won", "equally"))),
        draw(st.sampled_from(("time", "parts"))),
    )  # fmt: skip
    wishes = [
        Wish(f"m{n}", draw(st.sampled_from(articles)).name, whole(0, 5), whole(0, 3), n)
        for n in range(whole(0, 4))
    ]
    return terms, wishes


@settings(max_examples=120, deadline=None)
@given(buys(), st.randoms(use_true_random=False))
def test_no_set_of_cases_is_better_and_every_won_is_borne(made, chance: Random):
    terms, wishes = made
    found = rules.solve(terms, wishes)
    assert found == brute(terms, wishes)
    plan = rules.close(terms, wishes)
    mixed = list(wishes)
    chance.shuffle(mixed)
    assert rules.close(terms, mixed) == plan
    unit = {one.name: one.unit for one in terms.articles}
    wanted = {(one.member, one.article): one for one in wishes}
    for one in plan.results:
        assert 0 <= one.pieces <= one.asked + one.tolerance
        assert one.won == sum(won for _by, won in one.by_supplier)
        wish = wanted[one.member, one.article]
        assert (one.asked, one.tolerance) == (wish.quantity, wish.tolerance)
    for name, size in unit.items():
        of = [one for one in plan.results if one.article == name]
        cases = sum(one.cases for one in plan.bought if one.article == name)
        assert sum(one.pieces for one in of) == cases * size
        if any(one.pieces > one.asked for one in of):  # what was asked comes before tolerance
            assert all(one.pieces >= one.asked for one in of)
    assert sum(one.won for one in plan.results) == plan.goods_won
    used = {one.supplier for one in plan.bought}
    assert plan.transport_won == sum(s.transport_won for s in terms.suppliers if s.name in used)
    owed = rules.owed_to(plan, terms)
    assert sum(a + b for a, b in plan.owed().values()) == sum(a + b for a, b in owed.values())
