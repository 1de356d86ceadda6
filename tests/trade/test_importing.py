"""Deals brought by a file: written down once, asked of the other side, or confirmed by a paper."""

from datetime import date

import pytest

from dure.domains.trade import commands, queries
from dure.kernel.models import Deed
from dure.kernel.refusals import Denied

from .conftest import TODAY, House

DAY = date(2026, 10, 5)


def row(number: int, seller: int, buyer: int, won: int = 110_000, **given: object):
    told = {"what": "도시락", "dealt_date": DAY, **given}
    return commands.ImportedDeal(number, seller, buyer, won=won, **told)


@pytest.fixture
def three(house: House) -> tuple[int, int, int]:
    a, b, c = (house.organisation(name) for name in ("가람", "나래", "다솜"))
    return a, b, c


def test_the_office_by_a_paper_a_member_asks_and_nothing_twice(house, three, act):
    a, b, c = three
    office = act("secretariat")
    file = (row(2, a, b, paid_date=date(2026, 11, 1)), row(3, b, c, vat_won=10_000))
    assert commands.import_deals(office, deals=file, on_paper="서명한 거래명세서") == 2
    assert (
        commands.import_deals(office, deals=file, on_paper="서명한 거래명세서") == 2
    )  # the same key
    with pytest.raises(commands.NoDealsToImport):
        commands.import_deals(act("secretariat"), deals=file, on_paper="서명한 거래명세서")
    later = (row(2, a, b), row(3, b, c, paid_date=TODAY), row(4, c, a, what="빵"))
    assert commands.import_deals(act("secretariat"), deals=later) == 1
    found = {one.what: one for one in queries.deals(act("secretariat")) if one.what == "빵"}
    assert found["빵"].state == "recorded" and found["빵"].waits_for_id == a
    assert {one.open_won for one in queries.deals(act("secretariat"))} == {0}
    assert Deed.objects.filter(name="trade.DealsImported").count() == 2
    with pytest.raises(Denied):
        commands.import_deals(house.of(a), deals=(row(2, b, c),))
    with pytest.raises(Denied):
        commands.import_deals(house.of(a), deals=(row(2, a, c),), on_paper="구두 확인")
    assert commands.import_deals(house.of(a), deals=(row(2, a, c, 70_000),)) == 1


def test_one_row_that_cannot_be_stops_the_file_and_says_which(house, three, act):
    a, b, _c = three
    house.sell(b, a, 33_000, dealt_date=DAY, tax_number="T1")
    file = (
        row(2, a, b),
        row(3, a, a),
        row(4, a, b, 0),
        row(5, a, 10**6),
        row(6, a, b, 44_000, tax_number="T1"),
        row(7, a, b, 55_000, dealt_date=date(2020, 1, 1)),
    )
    with pytest.raises(commands.DealsUnfit) as refused:
        commands.import_deals(act("secretariat"), deals=file)
    assert all(f"{one}" in str(refused.value) for one in (3, 4, 5, 6, 7))
    assert len(queries.deals(act("secretariat"))) == 1


def test_what_both_wrote_down_is_one_deal(house, three, act):
    a, b, _c = three
    made = house.sell(a, b, 90_000, dealt_date=DAY)
    near = row(2, a, b, 90_000, what="점심", dealt_date=date(2026, 10, 7))
    sorted_ = queries.sort_deals(act("secretariat"), (near, row(3, a, b, 90_000, what="저녁")))
    assert (sorted_.known, len(sorted_.new)) == (1, 1)  # one deal answers for one row
    assert queries.deal(act("secretariat"), made.pk).row.state == "recorded"


def test_a_file_is_read_in_any_order_of_columns_and_says_what_it_cannot_read(house, three, act):
    head = ("거래일", "판 곳", "산 곳", "내용", "금액", "부가세", "입금일")
    rows = [(2, ("2026.10.5", "가람", " 나래 ", "도시락", "11만원", "10,000", "")),
            (3, ("20261006", "나래", "다솜", "인쇄", "220,000", "", "2026-11-01"))]  # fmt: skip
    found = queries.deals_of_file(act("secretariat"), head, rows)
    assert [(one.won, one.vat_won, one.paid_date) for one in found] == [
        (110_000, 10_000, None), (220_000, 0, date(2026, 11, 1)),
    ]  # fmt: skip
    assert commands.import_deals(act("secretariat"), deals=tuple(found)) == 2
    wrong = [(2, ("2026-13-01", "가람", "나래", "빵", "1", "", "")), (3, ("", "누구", "나래", "빵", "1", "", ""))]  # fmt: skip
    with pytest.raises(queries.DealsUnreadable) as refused:
        queries.deals_of_file(act("secretariat"), head, wrong)
    assert "2026-13-01" in str(refused.value) and "누구" in str(refused.value)
    with pytest.raises(queries.DealsUnreadable):
        queries.deals_of_file(act("secretariat"), head[1:], rows)
