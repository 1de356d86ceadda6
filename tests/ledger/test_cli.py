"""`dure ledger` as scripts see it: JSON, Korean names, refusals."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import click
import pytest
from click.testing import CliRunner

from dure.domains.ledger import commands, queries
from dure.domains.ledger.cli import group
from dure.kernel.dates import NotAMonth
from dure.kernel.money import NotAnAmount
from dure.kernel.refusals import NotFound
from dure.ui.doors import set_cli_act

from .conftest import Books

Run = Callable[..., Any]


@pytest.fixture
def run(books: Books) -> Iterator[Run]:
    """Run a command; its JSON when asked for, else its text. Refusals come out as they are."""

    def go(*words: str, code: int = 0) -> Any:
        set_cli_act(books.act("operator", via="cli"))
        answer = CliRunner().invoke(group, words)
        if answer.exception and not isinstance(answer.exception, SystemExit):
            raise answer.exception
        assert answer.exit_code == code, answer.output
        return json.loads(answer.output) if "json" in words else answer.output

    yield go


JSON = ("--format", "json")


def test_an_entry_is_posted_reversed_and_read_by_korean_names(run: Run) -> None:
    posted = run(
        "post", "--fund", "일반", "--date", "2026.3.10", "--text", "회의 다과", "--debit", "회의비", "3만원",
        "--credit", "보통예금", "30,000", *JSON,
    )  # fmt: skip
    assert posted["number"] == 1 and posted["date"] == "2026-03-10"
    found = run("balance", "회의비", "--fund", "일반회계", "--on", "2026-03-10", *JSON)
    assert found["balance_won"] == 30_000 and found["account"] == "5310"
    assert "30,000" in run("balance", "5310", "--fund", "general")
    assert run("show", "1", *JSON)["lines"][0]["debit_won"] == 30_000
    run("reverse", "1", "--date", "2026-04-01", "--reason", "잘못")
    assert run("balance", "회의비", "--fund", "일반", *JSON)["balance_won"] == 0
    assert [row["number"] for row in run("entries", *JSON)["rows"]] == [2, 1]


def test_several_funds_and_parties_in_one_entry(run: Run, books: Books) -> None:
    member = books.members[0]
    run(
        "post", "--date", "2026-03-10", "--text", "회비와 적립금", "--debit", f"1110@general#{member}", "30000",
        "--credit", "4010@general", "30000", "--debit", "1010@협동기금", "600", "--credit", "4020@협동기금", "600",
    )  # fmt: skip
    assert queries.party_balance("1110", member) == 30_000
    ledger = run("party-ledger", str(member), "--from", "2026-03", "--to", "2026-03", *JSON)
    assert ledger["closing_won"] == 30_000
    assert "30,000" in run("account-ledger", "1110", "--from", "2026-03", "--to", "2026-03")


def test_statements_of_months(run: Run, books: Books) -> None:
    books.receive(date(2026, 1, 5), 1_000)
    books.receive(date(2026, 2, 5), 500)
    books.pay(date(2026, 2, 9), 200)
    found = run("statement", "--fund", "일반", "--from", "2026-02", "--to", "2026-02", *JSON)
    assert [found[name] for name in ("opening_won", "in_won", "out_won", "closing_won")] == [
        1_000, 500, 200, 1_300,
    ]  # fmt: skip
    assert found["sources"] == [{"account": "4010", "name": "회비 수입", "won": 500}]
    assert "1,300" in run("statement", "--fund", "일반", "--from", "2026-02", "--to", "2026-02")
    trial = run("trial-balance", "--from", "2026-01", "--to", "2026-02", *JSON)
    assert trial["is_balanced"] and trial["debit_won"] == 1_700
    sheet = run("balance-sheet", "--on", "2026-02-28", *JSON)
    assert sheet["assets_won"] == 1_300 and sheet["is_balanced"]
    assert run("activities", "--from", "2026-01", "--to", "2026-02", *JSON)["surplus_won"] == 1_300
    for words in (("funds",), ("accounts",), ("periods",)):
        assert run(*words, *JSON) and run(*words)


def test_months_close_reopen_and_lock(run: Run) -> None:
    closed = run("close", "2026-01", *JSON)
    assert closed["state"] == "closed" and len(closed["statements"]) > 3
    run("reopen", "2026-01", "--reason", "빠진 것")
    run("close", "2026년 1월")
    run("lock", "2026-01")
    with pytest.raises(commands.PeriodIsLocked):
        run("reopen", "2026-01", "--reason", "x")


def test_a_fund_is_opened_and_money_moved(run: Run, books: Books) -> None:
    books.receive(date(2026, 1, 5), 1_000)
    assert "보조금 사업" in run("open-fund", "grant")
    run("move", "--from-fund", "일반", "--to-fund", "보조금 사업", "--amount", "400", "--text", "선지급", "--date", "2026-01-06")  # fmt: skip
    assert queries.balance("1010", "grant") == 400
    draft = run("draft", "--fund", "일반", "--text", "초안", "--date", "2026-01-07", "--debit", "5210", "5", "--credit", "1010", "5", *JSON)  # fmt: skip
    assert draft["number"] is None
    run("withdraw", str(draft["id"]), "--reason", "안 함")


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (("balance", "9999", "--fund", "일반"), queries.UnknownAccount),
        (("balance", "1010", "--fund", "없는 기금"), queries.UnknownFund),
        (("statement", "--fund", "일반", "--from", "2026-13", "--to", "2026-12"), NotAMonth),
        (("reverse", "77", "--reason", "x"), NotFound),
        (
            (
                "post",
                "--fund",
                "일반",
                "--text",
                "x",
                "--debit",
                "1010",
                "다섯",
                "--credit",
                "4010",
                "5",
            ),
            NotAnAmount,
        ),
        (
            (
                "post",
                "--fund",
                "일반",
                "--text",
                "x",
                "--debit",
                "1010",
                "6",
                "--credit",
                "4010",
                "5",
            ),
            commands.EntryUnbalanced,
        ),
    ],
)
def test_refusals_have_names(run: Run, words: tuple[str, ...], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        run(*words)


def test_accounts_and_funds_are_retired_and_revived(run: Run, books: Books) -> None:
    commands.add_account(books.act("secretariat"), code="1099", name="옛 통장", kind="asset")
    assert "옛 통장" in run("retire-account", "1099")
    assert "소액대출" in run("retire-fund", "microloan")
    assert not queries.chart().accounts["1099"].is_active
    with pytest.raises(commands.AccountHasRole):
        run("retire-account", "보통예금")
    with pytest.raises(commands.GeneralFundStays):
        run("retire-fund", "일반")
    run("revive-account", "옛 통장")
    run("revive-fund", "소액대출")
    with pytest.raises(commands.StillInUse):
        run("revive-fund", "microloan")


def test_misuse_is_2(run: Run) -> None:
    run("statement", "--fund", "일반", code=2)
    run("post", "--text", "x", "--debit", "1010", "5", "--credit", "4010", "5", code=2)
    run("balance", code=2)
    assert isinstance(group, click.Group)
