"""Money of mutual aid goes to no other fund and into no loan, however it is booked."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, strategies as st

from dure.domains.ledger import commands as books, queries as ledger
from dure.domains.ledger.rules import EntryDraft, Side, Source, credit, debit
from dure.domains.mutual_aid import queries
from dure.domains.mutual_aid.rules.separate import may_take, taken

from .conftest import SAD, TODAY

AID, GENERAL, CASH = "mutual_aid", "general", "1010"


def test_no_way_out_of_the_fund_but_for_mutual_aid(house, act):
    ana = house.person("가나")
    made = house.join(ana, house.plan())
    house.fund(1_000_000)
    has = ledger.fund_money(AID)
    books.open_fund(act("system"), code="microloan")
    move = {"date": TODAY, "from_fund": AID, "text": "옮기기"}
    loans, income = ledger.account_for("member_loans"), "4120"
    sides = (
        (Side(loans, AID, 500_000, ana.party_id), credit(CASH, AID, 500_000)),
        (
            debit("5520", AID, 500_000), credit(CASH, AID, 500_000),
            debit(CASH, GENERAL, 500_000), credit(income, GENERAL, 500_000),
        ),
    )  # fmt: skip
    for settle, won in ((False, 1), (True, 1_000_001)):
        for to in (GENERAL, "microloan"):
            with pytest.raises(queries.AidMoneyKeptApart, match="제57조제8항"):
                books.move_between_funds(
                    act("secretariat"), **move, to_fund=to, amount_won=won, settle=settle
                )
    for one in sides:
        entry = {"date": TODAY, "text": "옮기기", "sides": one}
        for source in (None, Source("loans.Loan", 1)):
            with pytest.raises(queries.AidMoneyKeptApart):
                books.post_entry(act("secretariat"), **entry, source=source)
        with pytest.raises(queries.AidMoneyKeptApart):
            books.draft_entry(act("secretariat"), **entry)
        with pytest.raises(queries.AidMoneyKeptApart):
            books.post_entries(
                act("system"), text="옮기기", batch=(EntryDraft(TODAY, one),),
                source=Source("tests.Separate", 1),
            )  # fmt: skip
    assert ledger.fund_money(AID) == has
    books.move_between_funds(
        act("secretariat"), **move, to_fund=GENERAL, amount_won=400_000, settle=True
    )  # what it owes goes back
    with pytest.raises(queries.AidMoneyKeptApart):
        books.move_between_funds(
            act("secretariat"), **move, to_fund=GENERAL, amount_won=600_001, settle=True
        )
    house.give(house.claim(ana, made, SAD))
    assert ledger.fund_money(AID) == has - 400_000 - SAD.won and not ledger.check_books()


SIDES = st.lists(
    st.builds(
        Side, st.sampled_from([CASH, "1030", "1310", "2710", "4120"]),
        st.sampled_from([AID, GENERAL, "other"]), st.integers(-5, 5).filter(bool),
    ),
    min_size=2, max_size=6,
)  # fmt: skip


@given(SIDES, st.integers(0, 6))
def test_what_is_taken_is_what_the_fund_loses_to_others(sides, owed):
    found = taken(sides, AID, {CASH, "1030"}, "1310", "2710", owed)
    money: Counter[str] = Counter()
    for one in sides:
        if one.account in (CASH, "1030"):
            money[one.fund] += one.amount_won
    lent = sum(
        s.amount_won for s in sides if (s.fund, s.account) == (AID, "1310") and s.amount_won > 0
    )
    assert 0 <= found <= max(-money[AID], 0) + lent
    assert found <= lent or max(money[GENERAL], money["other"]) > 0
    assert not found or may_take(sides, "1310")
