"""The books over the JSON API: what is done, each one command."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from dure.ui.api import act_of_api

from .. import commands
from .root import router
from .schemas import (
    AccountIn,
    AccountOut,
    EntryIn,
    EntryOut,
    FundIn,
    FundOut,
    FundRuleIn,
    FundRuleOut,
    Id,
    LedgerReasonIn,
    MonthText,
    MoveIn,
    Name,
    PeriodOut,
    ReversalIn,
)


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
def withdraw_draft(request: HttpRequest, entry_id: Id, given: LedgerReasonIn) -> Any:
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


@router.post("/accounts/{account}/retire", operation_id="retire_account", response=AccountOut)
def retire_account(request: HttpRequest, account: Name) -> Any:
    """No longer use an account; it stays in statements and history."""
    return commands.retire_account(act_of_api(request), account=account)


@router.post("/accounts/{account}/revive", operation_id="revive_account", response=AccountOut)
def revive_account(request: HttpRequest, account: Name) -> Any:
    """Take a retired account into use again."""
    return commands.revive_account(act_of_api(request), account=account)


@router.post("/funds/{fund}/retire", operation_id="retire_fund", response=FundOut)
def retire_fund(request: HttpRequest, fund: Name) -> Any:
    """No longer use a fund; it stays in statements and history."""
    return commands.retire_fund(act_of_api(request), fund=fund)


@router.post("/funds/{fund}/revive", operation_id="revive_fund", response=FundOut)
def revive_fund(request: HttpRequest, fund: Name) -> Any:
    """Take a retired fund into use again."""
    return commands.revive_fund(act_of_api(request), fund=fund)


@router.post("/periods/{month}/close", operation_id="close_period", response=PeriodOut)
def close_period(request: HttpRequest, month: MonthText) -> Any:
    """Close a month; its statements are kept byte for byte."""
    return commands.close_period(act_of_api(request), month=month)


@router.post("/periods/{month}/reopen", operation_id="reopen_period", response=PeriodOut)
def reopen_period(request: HttpRequest, month: MonthText, given: LedgerReasonIn) -> Any:
    """Open a closed month again, with a reason."""
    return commands.reopen_period(act_of_api(request), month=month, reason=given.reason)


@router.post("/periods/{month}/lock", operation_id="lock_period", response=PeriodOut)
def lock_period(request: HttpRequest, month: MonthText) -> Any:
    """Lock a closed month for good."""
    return commands.lock_period(act_of_api(request), month=month)
