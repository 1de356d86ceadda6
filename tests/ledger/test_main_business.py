"""The part of the main business each quarter, read from the books by the chosen measure (R-001)."""

from __future__ import annotations

from datetime import date

import pytest

from dure.domains.bylaws import commands as bylaws
from dure.domains.bylaws.rules import RuleNotMet
from dure.domains.ledger import commands, queries
from dure.domains.ledger.rules import Source, credit, debit
from dure.domains.ledger.rules.business import quarter_of
from dure.kernel.verdict import Denied
from dure.site.desk.aid import main_business as on_the_desk
from tests.loans.conftest import TODAY, build

LAW = {"article": "정관 제55조제1항", "decided_by": "총회", "from_date": date(2026, 1, 1)}


def spend(act, account, won, day):
    commands.post_entry(
        act("system"), date=day, text="지출", source=Source("tests.House", 9),
        sides=(debit(account, "general", won), credit("1010", "general", won)),
    )  # fmt: skip


def test_forty_of_a_hundred_by_the_measure_that_was_chosen(db, act):
    build(act)
    spend(act, "5010", 40, date(2026, 7, 2))
    spend(act, "5210", 60, date(2026, 9, 30))
    assert queries.main_business(TODAY)[1].whole == 0  # nobody said what it is
    with pytest.raises(Denied):
        commands.lay_down_main_business(act("bookkeeper"), **LAW, accounts=["5010"])
    with pytest.raises(commands.NotSpending):
        commands.lay_down_main_business(act("secretariat"), **LAW, accounts=["1010"])
    by = act("secretariat")
    for _twice in range(2):
        commands.lay_down_main_business(by, **LAW, accounts=["5010"])
    with pytest.raises(commands.MainBusinessLaterKnown):
        commands.lay_down_main_business(act("secretariat"), **LAW)
    now, third, *_before = queries.main_business(TODAY)
    assert (now.runs, now.whole, third.main, third.whole) == (True, 0, 40, 100)
    assert not third.is_short and "제55조제1항" in third.finding.citation
    assert on_the_desk(act("bookkeeper")) is None
    spend(act, "5210", 1, date(2026, 9, 30))  # 40 of 101
    assert queries.main_business(TODAY)[1].is_short
    assert "제55조제1항" in on_the_desk(act("bookkeeper")).why


def test_what_the_books_do_not_know_is_noted(db, act):
    build(act)
    figure = {
        "quarter": date(2026, 8, 1),
        "measure": "staff_count",
        "whole": 10,
        "source": "4대 보험",
    }
    with pytest.raises(RuleNotMet, match="제18조"):
        commands.note_main_business_figure(act("bookkeeper"), **figure, main=3)
    bylaws.adopt_provision(
        act("secretariat"), key="business.main_measure", value="staff_count", document="정관",
        article="제55조제1항", from_date=date(2026, 1, 1), decided_by="총회",
    )  # fmt: skip
    with pytest.raises(commands.FigureImpossible):
        commands.note_main_business_figure(act("bookkeeper"), **figure, main=11)
    commands.note_main_business_figure(act("bookkeeper"), **figure, main=3)
    assert queries.main_business(TODAY)[1].is_short
    commands.note_main_business_figure(act("bookkeeper", days=1), **figure, main=4)
    assert not queries.main_business(TODAY)[1].is_short


@pytest.mark.parametrize(
    ("day", "start", "first"),
    [
        (date(2026, 11, 20), 1, date(2026, 10, 1)),
        (date(2026, 1, 31), 3, date(2025, 12, 1)),
        (date(2026, 3, 1), 3, date(2026, 3, 1)),
    ],
)
def test_quarters_are_those_of_the_fiscal_year(day, start, first):
    assert quarter_of(day, start)[0] == first
