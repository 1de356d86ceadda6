"""The books over the JSON API. Accounts and funds by code or name; money in whole won."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field, StrictInt

from dure.kernel.acts import Act
from dure.ui.api import act_of_api

from . import commands, policies, queries, rules

router = Router(tags=["ledger"])

Won = Annotated[int, StrictInt, Field(ge=-rules.WON_MAX, le=rules.WON_MAX)]
Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
MonthText = Annotated[str, Field(examples=["2026-11"], max_length=20)]
Name = Annotated[str, Field(max_length=80)]
Words = Annotated[str, Field(max_length=4000)]
PageNumber = Annotated[int, Field(ge=1, le=1_000_000)]


class SideIn(Schema):
    account: Name
    fund: Name
    amount_won: Won = Field(description="above zero: debit, below zero: credit")
    party_id: Id | None = None
    project: Annotated[str, Field(max_length=40)] | None = None


class EntryIn(Schema):
    date: date
    text: Words = Field(description="what it is about; no names of persons")
    sides: list[SideIn] = Field(max_length=1000)
    note: Words = Field("", description="your own words; kept apart, can be erased")

    def given(self) -> dict[str, Any]:
        sides = tuple(
            rules.Side(s.account, s.fund, s.amount_won, s.party_id, s.project) for s in self.sides
        )
        return {"date": self.date, "text": self.text, "sides": sides, "note": self.note}


class EntryOut(Schema):
    id: int
    number: int | None
    booked_date: date
    text: str


class ReasonIn(Schema):
    reason: Words


class ReversalIn(Schema):
    date: date
    reason: Words


class MoveIn(Schema):
    date: date
    from_fund: Name
    to_fund: Name
    amount_won: Won
    text: Words
    settle: bool = False
    note: Words = ""


class FundIn(Schema):
    code: Name
    name: Name = ""
    purpose: Words = ""
    restriction: Name = ""
    opened_date: date | None = None


class FundOut(Schema):
    id: int
    code: str
    name: str


class FundRuleIn(Schema):
    kind: Name
    amount_won: Won
    article: Words
    from_date: date
    fund: Name = ""


class FundRuleOut(Schema):
    id: int
    kind: str
    amount_won: int
    article: str
    from_date: date


class AccountIn(Schema):
    code: Name
    name: Name
    kind: Name
    is_control: bool = False
    is_money: bool = False


class AccountOut(Schema):
    id: int
    code: str
    name: str
    kind: str


class PeriodOut(Schema):
    id: int
    first_date: date
    end_date: date
    state: str


class BalanceOut(Schema):
    account: str
    account_name: str
    fund: str
    fund_name: str
    on: date | None
    balance_won: int


class SpanIn(Schema):
    fund: Name = ""
    from_month: MonthText
    to_month: MonthText


class LedgerIn(Schema):
    fund: Name = ""
    from_date: date
    until_date: date = Field(description="exclusive")
    page: PageNumber = 1


class PartyLedgerIn(LedgerIn):
    account: Name = ""


class EntriesIn(Schema):
    text: Name = ""
    from_date: date | None = None
    until_date: date | None = Field(None, description="exclusive")
    fund: Name = ""
    account: Name = ""
    party_id: Id | None = None
    source_kind: Name = ""
    state: Name = "posted"
    page: PageNumber = 1


class KeptStatementOut(Schema):
    id: int
    month: str
    kind: str
    fund: str
    revision: int
    sha256: str
    content: str = Field(description="the kept bytes, as text")


def _reader(request: HttpRequest) -> Act:
    act = act_of_api(request)
    policies.can_read_books(act).enforce()
    return act


# -- reading ---------------------------------------------------------------------------------------


@router.get("/funds", operation_id="funds", response=list[queries.FundBalance])
def funds(request: HttpRequest) -> Any:
    """All funds with what they hold."""
    _reader(request)
    return list(queries.fund_balances().values())


@router.get("/accounts", operation_id="accounts", response=list[queries.AccountRow])
def accounts(request: HttpRequest) -> Any:
    """The chart of accounts."""
    _reader(request)
    return list(queries.accounts())


@router.get("/fund-rules", operation_id="fund_rules", response=list[queries.FundRuleRow])
def fund_rules(request: HttpRequest, fund: Name = "") -> Any:
    """What the articles ask of the funds."""
    _reader(request)
    return list(queries.fund_rules(fund))


@router.get("/balance", operation_id="balance", response=BalanceOut)
def balance(request: HttpRequest, account: Name, fund: Name, on: date | None = None) -> Any:
    """What an account of a fund holds, now or at the end of a day."""
    _reader(request)
    books = queries.chart()
    found, in_fund = books.account(account), books.fund(fund)
    return {
        "account": found.code,
        "account_name": found.name,
        "fund": in_fund.code,
        "fund_name": in_fund.name,
        "on": on,
        "balance_won": queries.balance(found.code, in_fund.code, on),
    }


@router.get("/statement", operation_id="statement", response=rules.FundStatement)
def statement(request: HttpRequest, asked: Query[SpanIn]) -> Any:
    """A fund's statement: opening, in by source, out by use, closing."""
    _reader(request)
    return queries.statement(asked.fund, asked.from_month, asked.to_month)


@router.get("/activities", operation_id="activities", response=rules.Activities)
def activities(request: HttpRequest, asked: Query[SpanIn]) -> Any:
    """Income and expense by their nature."""
    _reader(request)
    return queries.activities(asked.fund, asked.from_month, asked.to_month)


@router.get("/trial-balance", operation_id="trial_balance", response=rules.TrialBalance)
def trial_balance(request: HttpRequest, asked: Query[SpanIn]) -> Any:
    """All accounts with opening, debits, credits and closing."""
    _reader(request)
    return queries.trial_balance(asked.fund, asked.from_month, asked.to_month)


@router.get("/balance-sheet", operation_id="balance_sheet", response=rules.BalanceSheet)
def balance_sheet(request: HttpRequest, on: date, fund: Name = "") -> Any:
    """Assets, liabilities and net assets at the end of a day."""
    _reader(request)
    return queries.balance_sheet(fund, on)


@router.get("/accounts/{account}/lines", operation_id="account_ledger", response=queries.LedgerPage)
def account_ledger(request: HttpRequest, account: Name, asked: Query[LedgerIn]) -> Any:
    """The lines of an account, fifty a page."""
    return queries.account_ledger(
        act_of_api(request), account, asked.fund, asked.from_date, asked.until_date, asked.page
    )


@router.get("/parties/{party_id}/lines", operation_id="party_ledger", response=queries.LedgerPage)
def party_ledger(request: HttpRequest, party_id: Id, asked: Query[PartyLedgerIn]) -> Any:
    """What stands between the network and a party, fifty lines a page."""
    return queries.party_ledger(
        act_of_api(request),
        party_id,
        asked.account,
        asked.fund,
        asked.from_date,
        asked.until_date,
        asked.page,
    )


@router.get("/entries", operation_id="entries", response=queries.EntryPage)
def entries(request: HttpRequest, asked: Query[EntriesIn]) -> Any:
    """The entries, newest first, fifty a page."""
    wanted = queries.EntryFilter(**asked.dict(exclude={"page"}))
    return queries.entries(act_of_api(request), wanted, asked.page)


@router.get("/entries/{entry_id}", operation_id="entry_card", response=queries.EntryCard)
def entry_card(request: HttpRequest, entry_id: Id) -> Any:
    """One entry with its lines and what caused it."""
    return queries.entry_card(act_of_api(request), entry_id)


@router.get("/drafts", operation_id="drafts", response=list[queries.EntryRow])
def drafts(request: HttpRequest) -> Any:
    """The drafts that wait for a second person."""
    return list(queries.drafts(act_of_api(request)))


@router.get("/periods", operation_id="periods", response=list[queries.PeriodRow])
def periods(request: HttpRequest) -> Any:
    """The months of the books, newest first."""
    _reader(request)
    return list(queries.periods())


@router.get(
    "/periods/{month}/statements", operation_id="kept_statements", response=list[KeptStatementOut]
)
def kept_statements(request: HttpRequest, month: MonthText) -> Any:
    """The statements of a closed month, byte for byte as they were kept."""
    _reader(request)
    return [
        {
            "id": kept.id,
            "month": kept.month,
            "kind": kept.kind,
            "fund": kept.fund,
            "revision": kept.revision,
            "sha256": kept.sha256,
            "content": kept.content.decode(),
        }
        for kept in queries.kept_statements(month)
    ]


# -- writing ---------------------------------------------------------------------------------------


@router.post("/entries", operation_id="post_entry", response=EntryOut)
def post_entry(request: HttpRequest, given: EntryIn) -> Any:
    """Post an entry. Above the provisioned amount it is drafted instead (draft_entry)."""
    return commands.post_entry(act_of_api(request), **given.given())


@router.post("/drafts", operation_id="draft_entry", response=EntryOut)
def draft_entry(request: HttpRequest, given: EntryIn) -> Any:
    """Write an entry that counts once another person has approved it."""
    return commands.draft_entry(act_of_api(request), **given.given())


@router.post("/drafts/{entry_id}/approve", operation_id="approve_entry", response=EntryOut)
def approve_entry(request: HttpRequest, entry_id: Id) -> Any:
    """Post a draft of somebody else."""
    return commands.approve_entry(act_of_api(request), entry_id=entry_id)


@router.post("/drafts/{entry_id}/withdraw", operation_id="withdraw_draft", response=EntryOut)
def withdraw_draft(request: HttpRequest, entry_id: Id, given: ReasonIn) -> Any:
    """Take a draft back."""
    return commands.withdraw_draft(act_of_api(request), entry_id=entry_id, reason=given.reason)


@router.post("/entries/{entry_id}/reverse", operation_id="reverse_entry", response=EntryOut)
def reverse_entry(request: HttpRequest, entry_id: Id, given: ReversalIn) -> Any:
    """Undo an entry by its mirror image, dated in an open month."""
    return commands.reverse_entry(act_of_api(request), entry_id=entry_id, **given.dict())


@router.post("/moves", operation_id="move_between_funds", response=EntryOut)
def move_between_funds(request: HttpRequest, given: MoveIn) -> Any:
    """Move money from one fund to another, with its paired lines."""
    return commands.move_between_funds(act_of_api(request), **given.dict())


@router.post("/funds", operation_id="open_fund", response=FundOut)
def open_fund(request: HttpRequest, given: FundIn) -> Any:
    """Open a fund with books of its own."""
    return commands.open_fund(act_of_api(request), **given.dict())


@router.post("/fund-rules", operation_id="set_fund_rule", response=FundRuleOut)
def set_fund_rule(request: HttpRequest, given: FundRuleIn) -> Any:
    """Set what an article asks of a fund from a day on."""
    return commands.set_fund_rule(act_of_api(request), **given.dict())


@router.post("/accounts", operation_id="add_account", response=AccountOut)
def add_account(request: HttpRequest, given: AccountIn) -> Any:
    """Add an account to the chart."""
    return commands.add_account(act_of_api(request), **given.dict())


@router.post("/periods/{month}/close", operation_id="close_period", response=PeriodOut)
def close_period(request: HttpRequest, month: MonthText) -> Any:
    """Close a month; its statements are kept byte for byte."""
    return commands.close_period(act_of_api(request), month=month)


@router.post("/periods/{month}/reopen", operation_id="reopen_period", response=PeriodOut)
def reopen_period(request: HttpRequest, month: MonthText, given: ReasonIn) -> Any:
    """Open a closed month again, with a reason."""
    return commands.reopen_period(act_of_api(request), month=month, reason=given.reason)


@router.post("/periods/{month}/lock", operation_id="lock_period", response=PeriodOut)
def lock_period(request: HttpRequest, month: MonthText) -> Any:
    """Lock a closed month for good."""
    return commands.lock_period(act_of_api(request), month=month)
