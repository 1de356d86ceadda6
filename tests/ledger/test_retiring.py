"""Accounts and funds no longer used: refused for new lines by command and database, kept to read."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from dure.domains.ledger import commands, queries
from dure.domains.ledger.commands import checking, writing
from dure.domains.ledger.models import Account, Fund
from dure.domains.ledger.rules import EntryDraft, Source, credit, debit
from dure.kernel.refusals import Denied

from .conftest import Books

DAY = date(2026, 3, 10)
OF = Source("tests.Run", 1)


@pytest.fixture
def old(books: Books) -> Books:
    """An own bank account, an own expense account, an own control account, and an empty fund."""
    act = books.act("secretariat")
    commands.add_account(act, code="1099", name="옛 통장", kind="asset", is_money=True)
    for code, name, kind in (("5999", "옛 비용", "expense"), ("1999", "옛 대여", "asset")):
        act = books.act("secretariat")
        commands.add_account(act, code=code, name=name, kind=kind, is_control=code == "1999")
    return books


def retire(books: Books, account: str = "", fund: str = "", **given: Any) -> Any:
    act = books.act("secretariat", **given)
    if account:
        return commands.retire_account(act, account=account)
    return commands.retire_fund(act, fund=fund)


def test_an_account_is_retired_when_nothing_stands_on_it(old: Books) -> None:
    old.post(DAY, debit("1099", "general", 700), credit("4110", "general", 700))
    with pytest.raises(commands.BalanceStands) as refused:
        retire(old, "옛 통장")
    assert refused.value.params == {"account": "옛 통장", "fund": "일반회계", "won": "700원"}
    old.post(DAY, debit("1010", "general", 700), credit("1099", "general", 700))
    with pytest.raises(Denied):
        commands.retire_account(old.keeper(), account="1099")
    key = uuid4()
    assert retire(old, "1099", key=key) == retire(old, "1099", key=key)
    assert not Account.objects.get(code="1099").is_active
    with pytest.raises(commands.AccountInactive):
        retire(old, "1099")
    with pytest.raises(commands.AccountHasRole):
        retire(old, "1010")
    with pytest.raises(commands.UnknownAccount):
        retire(old, "0000")
    rows = queries.account_ledger(old.keeper(), "1099", "", date(2026, 1, 1), date(2027, 1, 1))
    assert (rows.count, rows.closing_won) == (2, 0)
    old.sound()


def test_what_sums_to_zero_over_parties_still_stands(old: Books) -> None:
    one, other, _third = old.members
    old.post(
        DAY, debit("1999", "general", 500, party_id=one), credit("1999", "general", 500, party_id=other)
    )  # fmt: skip
    with pytest.raises(commands.BalanceStands):
        retire(old, "1999")
    with pytest.raises(commands.GeneralFundStays):
        retire(old, fund="general")


def test_income_and_expense_are_retired_after_their_year(old: Books) -> None:
    old.post(DAY, debit("5999", "general", 300), credit("1010", "general", 300))
    with pytest.raises(commands.MovedThisYear):
        retire(old, "5999")
    later = old.act("secretariat", at=old.keeper().at.replace(year=2027))
    commands.retire_account(later, account="5999")
    assert queries.balance("5999", "general") == 300


def test_a_fund_is_retired_when_nothing_stands_in_it(old: Books) -> None:
    old.receive(DAY, 1_000, fund="microloan")
    with pytest.raises(commands.BalanceStands):
        retire(old, fund="microloan")
    old.pay(DAY, 1_000, fund="microloan")
    with pytest.raises(Denied):
        commands.retire_fund(old.keeper(), fund="microloan")
    retire(old, fund="소액대출")
    with pytest.raises(commands.AccountInactive):
        retire(old, fund="microloan")
    with pytest.raises(commands.AccountInactive):
        old.receive(DAY, 1_000, fund="microloan")
    assert queries.statement("microloan", "2026-01", "2026-12").in_won == 1_000
    assert not queries.fund_balances()["microloan"].is_active
    commands.revive_fund(old.act("secretariat"), fund="microloan")
    with pytest.raises(commands.StillInUse):
        commands.revive_fund(old.act("secretariat"), fund="microloan")
    with pytest.raises(Denied):
        commands.revive_fund(old.keeper(), fund="microloan")
    old.receive(DAY, 1_000, fund="microloan")
    old.sound()


def test_new_lines_are_refused_until_it_is_used_again(old: Books) -> None:
    sides = (debit("5210", "general", 900), credit("1099", "general", 900))
    back = (debit("1099", "general", 900), credit("5210", "general", 900))
    entry, _ = old.post(DAY, *sides), old.post(DAY, *back)
    draft = commands.draft_entry(old.keeper(), date=DAY, text="초안", sides=sides)
    retire(old, "1099")
    for refused in (
        lambda: old.post(DAY, *sides),
        lambda: old.post(DAY, *sides, source=OF),
        lambda: commands.post_entries(
            old.act("system"), text="묶음", batch=(EntryDraft(DAY, sides),), source=OF
        ),
        lambda: commands.draft_entry(old.keeper(), date=DAY, text="초안", sides=sides),
        lambda: commands.approve_entry(old.second(), entry_id=draft.pk),
        lambda: commands.reverse_entry(old.keeper(), entry_id=entry.pk, date=DAY, reason="잘못"),
    ):
        with pytest.raises(commands.AccountInactive):
            refused()
    with pytest.raises(Denied):
        commands.revive_account(old.keeper(), account="1099")
    commands.revive_account(old.act("secretariat"), account="1099")
    with pytest.raises(commands.StillInUse):
        commands.revive_account(old.act("secretariat"), account="1099")
    commands.approve_entry(old.second(), entry_id=draft.pk)
    old.sound()


@pytest.mark.parametrize("kind", [Account, Fund])
@pytest.mark.parametrize("count", [1, 100])
def test_the_database_refuses_too(old: Books, kind: Any, count: int) -> None:
    """Even where the chart in mind still offers it: one entry, and a set of them."""
    chart = queries.chart()
    code = "1099" if kind is Account else "microloan"
    kind.objects.filter(code=code).update(is_active=False)
    fund = "general" if kind is Account else "microloan"
    sides = (debit("5210", fund, 900), credit("1099", fund, 900))
    act = old.keeper()
    checking.stand(act, DAY)  # opens the month
    told = "더 이상 쓰지 않습니다|no longer in use"
    with (
        pytest.raises((IntegrityError, commands.AccountInactive), match=told),
        transaction.atomic(),
    ):
        if count == 1:
            writing.write_entry(act, chart, day=DAY, text="x", sides=sides)
        else:
            writing.write_entries(act, chart, [(DAY, "x", None, sides)] * count, 1)


def test_they_are_not_offered_but_read_and_turned_on_their_pages(
    cast: Any, act: Any, client_of: Any
) -> None:
    commands.add_account(act("secretariat"), code="1099", name="옛 통장", kind="asset")
    commands.open_fund(act("secretariat"), code="microloan")
    office, keeper = client_of("secretariat"), client_of("bookkeeper")
    assert "/ledger/accounts/1099/retire/" in office.get("/ledger/accounts/").content.decode()
    assert "retire" not in keeper.get("/ledger/accounts/").content.decode()
    assert 'value="1099"' in office.get("/ledger/entries/new/").content.decode()
    assert office.get("/ledger/accounts/1099/retire/").status_code == 200
    assert keeper.get("/ledger/accounts/1099/retire/").status_code == 403
    assert office.post("/ledger/accounts/1010/retire/").status_code == 409
    assert office.post("/ledger/accounts/1099/retire/").status_code == 302
    assert office.get("/ledger/funds/microloan/retire/").status_code == 200
    assert office.post("/ledger/funds/microloan/retire/").status_code == 302
    form = office.get("/ledger/entries/new/").content.decode()
    assert 'value="1099"' not in form and 'value="microloan"' not in form
    asked = office.get("/ledger/entries/?account=1099&fund=microloan").content.decode()
    assert 'value="1099" selected' in asked and 'value="microloan" selected' in asked
    assert office.get("/ledger/statements/fund/?fund=microloan").status_code == 200
    for page in ("/ledger/accounts/", "/ledger/", "/ledger/funds/microloan/"):
        assert "쓰지 않음" in office.get(page).content.decode(), page
    for page in ("accounts/1099", "funds/microloan"):
        assert keeper.post(f"/ledger/{page}/revive/").status_code == 403
        assert office.post(f"/ledger/{page}/revive/").status_code == 302
        assert office.post(f"/ledger/{page}/revive/").status_code == 409
    assert 'value="1099"' in office.get("/ledger/entries/new/").content.decode()
