"""“All funds” is the network's own money; what is held for others is read by the staff, not by the members."""

from __future__ import annotations

from datetime import date

import pytest

from dure.domains.ledger import queries as ledger
from dure.kernel.verdict import Denied

ON = date(2026, 11, 20)


def told():
    return (
        ledger.balance_sheet("", ON), ledger.activities("", "2026-01", "2026-11"),
        ledger.trial_balance("", "2026-01", "2026-11"), ledger.account_balances(),
        ledger.money_statement("", "2026-01", "2026-11"),
    )  # fmt: skip


def test_the_networks_statements_leave_the_funds_of_others_out(house, angels):
    before = told()
    angels.person("김천사", 3_000_000)
    assert told() == before
    assert ledger.balance_sheet("angels", ON).assets_won == 3_000_000
    assert ledger.trial_balance("angels", "2026-03", "2026-03").is_balanced
    assert "angels" not in {one.code for one, _ in ledger.statements_of_funds("2026-03", "2026-03")}
    bookkeeper = house.act("bookkeeper")
    bank = ledger.chart().roles["cash"]
    days = (date(2026, 1, 1), date(2026, 12, 1))
    own = ledger.account_ledger(bookkeeper, bank, "", *days)
    assert own.closing_won == ledger.account_balances()[bank]
    assert "angels" not in {row.fund for row in own.rows}
    assert ledger.account_ledger(bookkeeper, bank, "angels", *days).closing_won == 3_000_000
    assert ledger.project_ledger(bookkeeper, "없는 사업", "", *days).count == 0
    assert ledger.projects(*days) == ()


def test_members_do_not_read_what_is_held_for_others(furniture, cast, act, client_of):
    with pytest.raises(Denied):
        ledger.books_for(act("member"), "angels")
    assert ledger.books_for(act("member"), "general").fund("general").is_own
    assert not ledger.books_for(act("loan_officer"), "angels").fund("angels").is_own

    member, staff = client_of("member"), client_of("secretariat")
    for path in ("/ledger/funds/angels/", "/ledger/statements/fund/?fund=angels"):
        assert staff.get(path).status_code == 200
        assert member.get(path).status_code == 403
    own = f"/ledger/parties/{cast.member}/"  # a member's own lines
    for path in ("/ledger/", own, "/ledger/statements/", "/ledger/statements/fund/"):
        assert "천사금고" in staff.get(path).text
        assert "천사금고" not in member.get(path).text
