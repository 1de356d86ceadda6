"""What goes in and comes out. Accounts and funds by code or name; money in whole won."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from ninja import Schema
from pydantic import AfterValidator, Field, StrictInt

from dure.kernel.money import WON_MAX

from .. import rules

Won = Annotated[int, StrictInt, Field(ge=-WON_MAX, le=WON_MAX)]
Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
MonthText = Annotated[str, Field(examples=["2026-11"], max_length=20)]


def _storable(text: str) -> str:
    """Without what no database keeps: NUL and halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


Storable = AfterValidator(_storable)
Name = Annotated[str, Field(max_length=80), Storable]
Words = Annotated[str, Field(max_length=4000), Storable]
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2200, 12, 31))]
PageNumber = Annotated[int, Field(ge=1, le=1_000_000)]


class SideIn(Schema):
    account: Name
    fund: Name
    amount_won: Won = Field(description="above zero: debit, below zero: credit")
    party_id: Id | None = None
    project: Annotated[str, Field(max_length=40), Storable] | None = None


class EntryIn(Schema):
    date: Day
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


class LedgerReasonIn(Schema):
    reason: Words


class ReversalIn(Schema):
    date: Day
    reason: Words


class MoveIn(Schema):
    date: Day
    from_fund: Name
    to_fund: Name
    amount_won: Won
    text: Words
    settle: bool = False
    draft: bool = Field(False, description="wait for a second person")
    note: Words = ""


class FundIn(Schema):
    code: Name
    name: Name = ""
    purpose: Words = ""
    restriction: Name = ""
    opened_date: Day | None = None


class FundOut(Schema):
    id: int
    code: str
    name: str


class FundRuleIn(Schema):
    kind: Name
    amount_won: Won
    article: Words
    from_date: Day
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
    from_date: Day
    until_date: Day = Field(description="exclusive")
    page: PageNumber = 1


class PartyLedgerIn(LedgerIn):
    account: Name = ""


class EntriesIn(Schema):
    text: Name = ""
    from_date: Day | None = None
    until_date: Day | None = Field(None, description="exclusive")
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
