"""The reserve stands in deposits and public bonds, in its own fund, and comes back once."""

from __future__ import annotations

from datetime import date

import pytest

from dure.domains.bylaws.rules import RuleNotMet
from dure.domains.ledger import commands as books, queries as ledger
from dure.domains.ledger.rules import Source, credit, debit
from dure.domains.mutual_aid import commands, documents, queries
from dure.domains.mutual_aid.rules.placing import Placed, by_institution, ladder
from dure.domains.mutual_aid.rules.promises import Promised
from dure.kernel.verdict import Denied
from dure.ui import pdf
from tests.loans.conftest import TODAY, build

WHERE = {
    "institution": "국민은행", "kind": "deposit", "won": 60_000_000, "rate": (3, 100),
    "matures_date": date(2027, 11, 20), "decided_by": "이사회 3호",
}  # fmt: skip


@pytest.fixture
def house(db, act):
    found = build(act)
    books.open_fund(act("system"), code="mutual_aid")
    commands.lay_down_aid_plan(
        act("secretariat"), code="together", name="함께 부조", article="상호부조 규정 제4조",
        decided_by="이사회", from_date=date(2026, 1, 1), monthly_won=10_000, waiting_months=3,
        per_person_won=3_000_000, benefits=[Promised("death", "self", 1_000_000)],
    )  # fmt: skip
    books.post_entry(
        act("system"), date=date(2026, 3, 2), text="회비", source=Source("tests.House", 3),
        sides=(debit("1010", "mutual_aid", 200_000_000), credit("4030", "mutual_aid", 200_000_000)),
    )  # fmt: skip
    return found


def stands(code="1030"):
    return ledger.balance(code, "mutual_aid")


def test_only_deposits_and_public_bonds_and_only_once(house, act):
    for kind in ("stock", "corporate_bond", "investment_fund", "other_security"):
        with pytest.raises(RuleNotMet, match="제57조제6항"):
            commands.place_reserve(act("bookkeeper"), **{**WHERE, "kind": kind})
    with pytest.raises(Denied):
        commands.place_reserve(act("member"), **WHERE)
    with pytest.raises(commands.NoFundOfAid):
        commands.place_reserve(act("bookkeeper"), **WHERE, fund="general")
    with pytest.raises(commands.ReserveShort):
        commands.place_reserve(act("bookkeeper"), **{**WHERE, "won": 200_000_001})
    with pytest.raises(commands.PlacementImpossible):
        commands.place_reserve(act("bookkeeper"), **{**WHERE, "matures_date": TODAY})
    by = act("bookkeeper")
    for _twice in range(2):
        made = commands.place_reserve(by, **WHERE)
    commands.place_reserve(act("bookkeeper"), **WHERE)
    commands.place_reserve(
        act("bookkeeper"), **{**WHERE, "institution": "국고채", "kind": "public_bond"}
    )
    assert (stands(), stands("1040"), stands("1010")) == (120_000_000, 60_000_000, 20_000_000)
    view = queries.reserve_view(act("member"))
    assert (view.reserve_won, view.placed_won) == (200_000_000, 180_000_000)
    paper = documents.reserve_statement(view, "동행", by.at)
    assert "66.67%" in str(paper) and "3.00%" in str(paper)
    assert pdf.statement(paper, made_at=by.at)[:4] == b"%PDF"
    bank, bond = view.institutions
    assert (bank.won, bank.insured.passed, bond.insured.passed) == (120_000_000, False, True)
    assert bank.insured.citation == "예금자보호법 시행령 제18조제6항"
    commands.end_placement(act("bookkeeper"), placement_id=made.pk, interest_won=10_000)
    made.refresh_from_db()
    assert (made.end, stands(), stands("1010")) == ("withdrawn", 60_000_000, 80_010_000)
    with pytest.raises(commands.PlacementEnded):
        commands.end_placement(act("bookkeeper"), placement_id=made.pk)
    assert ledger.check_books() == []


def test_what_is_due_waits_and_is_renewed(house, act):
    made = commands.place_reserve(act("bookkeeper"), **WHERE)
    again = {"matures_date": date(2029, 1, 1), "rate": (25, 1000), "decided_by": "이사회"}
    with pytest.raises(commands.PlacementEnded):
        commands.renew_placement(act("bookkeeper"), placement_id=made.pk, **again)
    later = act("bookkeeper", days=400)
    assert [one.id for one in queries.placements_due(later)] == [made.pk]
    assert queries.placements_due(act("member", days=400)) == []
    by = act("bookkeeper", days=400)
    for _twice in range(2):
        new = commands.renew_placement(
            by, placement_id=made.pk, won=61_000_000, interest_won=1_800_000, **again
        )
    assert new.renews_id == made.pk and stands() == 61_000_000
    assert ledger.balance("4910", "mutual_aid") == 1_800_000 and ledger.check_books() == []


def test_the_ladder_and_the_concentration():
    placed = [
        Placed("가", "deposit", 3, date(2026, 11, 1)),
        Placed("가", "public_bond", 4, date(2027, 1, 20)),
        Placed("나", "deposit", 5, date(2040, 1, 1)),
    ]
    rungs = ladder(placed, TODAY)
    assert [one.won for one in rungs] == [3, 4, 0, 0, 0, 5] and rungs[-1].before is None
    assert by_institution(placed) == [("가", 7, 3), ("나", 5, 5)]
