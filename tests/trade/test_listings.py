"""What is offered and looked for: listed by its owner, found by words, kept for a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dure.domains.bylaws import commands as bylaws
from dure.domains.parties import commands as parties
from dure.domains.trade import commands, queries
from dure.domains.trade.queries import About
from dure.kernel.refusals import Denied
from tests.trade.conftest import TODAY

LUNCH = About(
    "제철 도시락", kind="goods", category="food", tax="taxed", unit="개", price_won=9_000,
    member_price_won=8_500, description="행사에 어울리는 도시락을 만들어 드립니다.",
)  # fmt: skip


def add(house, party, about=LUNCH, side="offer", **given):
    return commands.add_listing(
        house.of(party, **given), party_id=party, side=side, about=about
    )  # fmt: skip


def found(act, words, **given):
    return [one.name for one in queries.catalogue(act, search=words, **given)]


def adopt(house, key):
    bylaws.adopt_provision(
        house.act("secretariat"), key=key, value="yes", kind="yes_no", comparison="exactly",
        label=key, document="상호거래 규정", article="제2조", from_date=date(2026, 11, 1),
        decided_by="총회",
    )  # fmt: skip


def test_listed_by_its_owner_and_found_by_inflected_words(house):
    lunch, print_ = house.organisation("밥상"), house.organisation("인쇄")
    with pytest.raises(Denied):
        commands.add_listing(house.of(print_), party_id=lunch, side="offer", about=LUNCH)
    act = house.of(lunch)
    for _twice in range(2):
        made = commands.add_listing(act, party_id=lunch, side="offer", about=LUNCH)
    assert made.until_date == TODAY + timedelta(days=180)
    add(house, print_, About("현수막 인쇄", kind="goods", category="print", tax="taxed"))
    reader = house.of(print_)
    for words in ("도시락을", "행사에서 먹을 도시락", "식사", "케이터링이 필요한", "밥상에서"):
        assert found(reader, words) == ["제철 도시락"], words
    assert found(reader, "출력해 주는 곳") == ["현수막 인쇄"]
    assert found(reader, "배너") == ["현수막 인쇄"]
    assert found(reader, "자동차") == []
    assert found(reader, "", category="print") == ["현수막 인쇄"]
    card = queries.offer(reader, made.pk)
    assert (card.row.party, card.row.member_price_won, card.about.tax) == ("밥상", 8_500, "taxed")


def test_what_cannot_be_listed(house):
    lunch = house.organisation("밥상")
    for wrong in (
        {"name": " "}, {"category": "무기"}, {"kind": "x"}, {"tax": ""}, {"price_won": 0},
        {"member_price_won": 9_001}, {"budget_won": 1}, {"until_date": TODAY - timedelta(days=1)},
        {"until_date": TODAY + timedelta(days=181)},
    ):  # fmt: skip
        with pytest.raises(commands.ListingImpossible):
            add(house, lunch, replace(LUNCH, **wrong))
    with pytest.raises(commands.ListingImpossible):
        add(house, lunch, LUNCH, "want")
    add(house, lunch, About("배달 차량", category="transport", budget_won=300_000), "want")


def test_a_shop_of_the_area_where_the_network_wishes(house):
    shop = house.organisation("동네가게", joined=None)
    with pytest.raises(commands.ListingFromOutside):
        add(house, shop)
    adopt(house, "trade.shops_list")
    with pytest.raises(commands.ListingFromOutside):  # nobody knows where it is
        add(house, shop)
    near = parties.add_organisation(
        house.act("system"), name="광진분식", region_code="서울 광진구"
    ).pk
    parties.change_network(house.act("secretariat"), changes=(("region_code", "11215"),))
    assert add(house, near).party_id == near


def test_changed_taken_off_and_listed_again(house):
    lunch, print_ = house.organisation("밥상"), house.organisation("인쇄")
    made = add(house, lunch)
    with pytest.raises(Denied):
        commands.change_listing(house.of(print_), listing_id=made.pk, about=LUNCH)
    commands.change_listing(
        house.of(lunch), listing_id=made.pk, about=replace(LUNCH, name="나물 꾸러미")
    )
    assert found(house.of(print_), "나물") == ["나물 꾸러미"]
    commands.close_listing(house.of(lunch), listing_id=made.pk)
    with pytest.raises(commands.ListingOver):
        commands.close_listing(house.of(lunch), listing_id=made.pk)
    assert found(house.of(print_), "나물") == []
    with pytest.raises(Denied):
        queries.listing(house.of(print_), made.pk)
    assert queries.listing(house.of(lunch), made.pk).state == "closed"
    commands.renew_listing(house.of(lunch), listing_id=made.pk)
    assert found(house.of(print_), "나물") == ["나물 꾸러미"]


def test_the_clock_tells_before_it_ends_them(house):
    lunch = house.organisation("밥상")
    made = add(house, lunch, replace(LUNCH, until_date=TODAY + timedelta(days=20)))
    with pytest.raises(commands.NoListingEnds):
        commands.watch_listings(house.act("system"))
    near = {"days": 6}
    assert commands.watch_listings(house.act("system", **near)) == (1, 0)
    with pytest.raises(commands.NoListingEnds):
        commands.watch_listings(house.act("system", **near))
    assert commands.watch_listings(house.act("system", days=21)) == (0, 1)
    assert queries.listing(house.of(lunch), made.pk).state == "expired"


def test_read_by_everybody_where_the_network_opens_it(house):
    lunch = house.organisation("밥상")
    add(house, lunch)
    open_one = add(house, lunch, replace(LUNCH, name="공개 도시락", is_public=True))
    with pytest.raises(Denied):
        found(house.act(), "도시락")
    adopt(house, "trade.public_catalogue")
    assert found(house.act(), "도시락") == ["공개 도시락"]
    assert queries.listing(house.act(), open_one.pk).row.name == "공개 도시락"


def test_a_file_is_looked_at_then_taken_in(house):
    lunch = house.organisation("밥상")
    staged = commands.stage_listings(
        house.of(lunch), party_id=lunch, side="offer", file_name="팔것.xlsx",
        head=("이름", "분류", "단가(원)", "회원 값(원)", "부가세", "지역", "비고"),
        rows=(
            (2, ("김밥", "도시락", "4천원", "3,800", "과세", "서울 광진구", "x")),
            (3, ("무기", "무기", "1", "", "", "", "")),
            (4, ("", "food", "1", "", "", "", "")),
            (5, ("쌀", "농산물", "6만원", "", "면세", "", "")),
        ),
    )  # fmt: skip
    look = queries.staged_listings(house.of(lunch), staged.pk)
    assert [(one.number, bool(one.fault)) for one in look.rows] == [
        (2, False), (3, True), (4, True), (5, False)
    ]  # fmt: skip
    assert found(house.of(lunch), "김밥") == []
    with pytest.raises(Denied):
        commands.accept_listings(house.of(lunch + 1), import_id=staged.pk)
    commands.accept_listings(house.of(lunch), import_id=staged.pk)
    assert found(house.of(lunch), "쌀") == ["쌀"]
    with pytest.raises(commands.ListingsOver):
        commands.discard_listings(house.of(lunch), import_id=staged.pk)
    with pytest.raises(commands.ListingHeadMissing):
        commands.stage_listings(
            house.of(lunch), party_id=lunch, side="offer", file_name="x.csv", head=("값",), rows=()
        )


def test_the_office_says_which_words_mean_the_same(house):
    lunch = house.organisation("밥상")
    add(house, lunch)
    assert found(house.of(lunch), "새참") == []
    with pytest.raises(Denied):
        commands.change_synonyms(house.of(lunch), text="새참, 도시락")
    commands.change_synonyms(house.act("secretariat"), text="새참, 도시락\n\n혼자\n")
    assert queries.synonym_text() == "새참, 도시락\n"
    assert found(house.of(lunch), "새참이") == ["제철 도시락"]
