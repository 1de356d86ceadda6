"""Mutual trade as it is read: by whom, what it hides, who stands alone, on paper."""

import io
from datetime import date
from fractions import Fraction

import pypdf
import pytest

from dure.domains.bylaws import commands as bylaws
from dure.domains.parties import commands as parties
from dure.domains.trade import commands, documents, queries
from dure.domains.trade.rules.visits import reason_to_visit
from dure.kernel.refusals import Denied

from .conftest import TODAY, House

SECTIONS = {"먹거리": ("가람", "나래", "다솜"), "교육": ("라온", "마루"), "": ("홀로",)}


@pytest.fixture
def town(house: House) -> dict[str, int]:
    found = {}
    for section, names in SECTIONS.items():
        for name in names:
            found[name] = house.organisation(name)
            if section:
                parties.change_organisation(
                    house.act("secretariat"),
                    organisation_id=found[name],
                    changes=(("section", section),),
                )
    by = {name: party for name, party in found.items()}
    paper = "서명한 거래명세서"
    rows = (
        ("가람", "나래", 400_000, date(2026, 1, 10)), ("나래", "다솜", 300_000, date(2026, 2, 10)),
        ("다솜", "가람", 100_000, date(2026, 9, 10)), ("라온", "가람", 100_000, date(2026, 10, 1)),
        ("마루", "라온", 50_000, date(2026, 10, 2)), ("나래", "가람", 500_000, date(2026, 8, 1)),
    )  # fmt: skip
    deals = tuple(
        commands.ImportedDeal(number, by[seller], by[buyer], "물품", won, day)
        for number, (seller, buyer, won, day) in enumerate(rows, 2)
    )
    commands.import_deals(house.act("secretariat"), deals=deals, on_paper=paper)
    return found


def test_members_read_sums_and_their_own_ties(house, town):
    office = queries.trade_totals(house.act("secretariat"), 2026)
    assert office.shows_all and len(office.pairs) == 6 and office.won == 1_450_000
    own = house.of(town["라온"])
    told = queries.trade_totals(own, 2026)
    assert not told.shows_all
    assert (told.won, told.count, told.traders) == (office.won, office.count, 5)
    assert {(one.seller, one.buyer) for one in told.pairs} == {("라온", "가람"), ("마루", "라온")}
    assert sum(one.won for one in told.members) == 2 * 150_000  # of these pairs only
    # two members of one section trade: alone they would tell what the one sold to the other
    assert [(one.name, one.members) for one in told.sections] == [("먹거리", 3), ("", 2)]
    assert sum(one.sold_won for one in told.sections) == told.won
    assert not queries.trade_totals(house.of(town["홀로"]), 2026).pairs
    only = queries.trade_totals(house.act("secretariat"), 2026, "교육")
    assert {one.seller for one in only.pairs} == {"라온", "마루"}
    bylaws.adopt_provision(
        house.act("secretariat", "resolution"), key="trade.pairs_open", value="예",
        document="상호거래 규정", article="제5조", from_date=date(2026, 1, 1), decided_by="총회",
        origin="regulation",
    )  # fmt: skip
    assert len(queries.trade_totals(own, 2026).pairs) == 6


def test_who_stands_alone_is_visited_and_read_by_the_office(house, town):
    found = {one.name: one.reason for one in queries.members_to_visit(house.act("auditor"))}
    assert found == {"홀로": "none", "마루": "few", "다솜": "fallen"}
    with pytest.raises(Denied):
        queries.members_to_visit(house.of(town["홀로"]))


def test_the_reasons():
    half = Fraction(1, 2)
    assert reason_to_visit(0, 0, 0, 1, half) == "none"
    assert reason_to_visit(1, 0, 10, 1, half) == "few"
    assert reason_to_visit(2, 100, 49, 1, half) == "fallen"
    assert reason_to_visit(2, 100, 50, 1, half) is None
    assert reason_to_visit(2, 0, 0, 1, half) is None


def test_what_clearing_saved_and_the_paper(house, town):
    act = house.act("secretariat")
    made = commands.open_clearing(act, cut_off_date=TODAY)
    for name in ("가람", "나래", "다솜"):
        commands.agree_to_clearing(house.of(town[name]), round_id=made.pk, party_id=town[name])
    commands.settle_clearing(house.act("secretariat"), round_id=made.pk)
    figures = queries.trade_figures(house.of(town["라온"]))
    assert figures.saved_won == figures.rounds[0].agreed_won > 0
    totals = queries.trade_totals(act, 2026)
    paper = documents.totals_pdf(
        totals, totals.pairs, figures, queries.members_to_visit(act), "두레망", act.today, act.at
    )
    text = "".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(paper)).pages)
    assert "홀로" in text and "400,000" in text and "거래 없음" in text
