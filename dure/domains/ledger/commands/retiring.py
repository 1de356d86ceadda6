"""Accounts and funds that are no longer used: no new line names them; statements and history do."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.money import format_won
from dure.kernel.refusals import Refusal

from .. import policies, rules
from ..events import AccountRetired, AccountRevived, FundRetired, FundRevived
from ..models import Account, Balance, DayBalance, Fund, PartyBalance
from ..queries.chart import Chart, chart
from . import checking
from .books import restamp

Row = TypeVar("Row", Account, Fund)

OF_A_YEAR = (rules.INCOME, rules.EXPENSE)  # what begins at zero each year; the rest stands on


class AccountHasRole(Refusal):
    """Dure itself books on the account."""

    text = _("Dure itself books on %(account)s. It stays in use.")


class GeneralFundStays(Refusal):
    """What belongs to no other fund needs the general fund."""

    text = _("The fund %(fund)s stays in use: what belongs to no other fund is booked there.")


class BalanceStands(Refusal):
    """Something still stands on the account in a fund."""

    text = _("On %(account)s %(won)s still stands in the fund %(fund)s.")
    remedy = _("Bring it to 0 won by an entry first.")


class MovedThisYear(Refusal):
    """Income or expense of the running fiscal year stands on the account."""

    text = _("On %(account)s %(won)s was booked in the fund %(fund)s this fiscal year.")
    remedy = _("Retire it when the year is over, or move it to another account by an entry.")


class StillInUse(Refusal):
    """Only what was retired can be taken into use again."""

    text = _("%(name)s is in use.")


@command
def retire_account(act: Act, *, account: str) -> Account:
    """No longer use an account, by its code or name. It stays in statements and history.

    Raises AccountHasRole, BalanceStands, MovedThisYear, AccountInactive, UnknownAccount.
    """
    policies.can_retire_account(act).enforce()
    checking.lock_books()
    books = chart()
    found = books.account(account)
    if not found.is_active:
        raise checking.AccountInactive(name=found.name)
    if found.role:
        raise AccountHasRole(account=found.name)
    _refuse_what_stands(act, books, Q(account_id=found.id))
    # ---
    row = _turned(Account.objects.get(pk=found.id), is_active=False)
    record(act, AccountRetired(found.id, found.code, found.name))
    return row


@command
def revive_account(act: Act, *, account: str) -> Account:
    """Take a retired account into use again. Raises StillInUse, UnknownAccount."""
    policies.can_revive_account(act).enforce()
    found = chart().account(account)
    if found.is_active:
        raise StillInUse(name=found.name)
    # ---
    row = _turned(Account.objects.get(pk=found.id), is_active=True)
    record(act, AccountRevived(found.id, found.code, found.name))
    return row


@command
def retire_fund(act: Act, *, fund: str) -> Fund:
    """No longer use a fund, by its code or name, once nothing stands in it any more.

    Raises GeneralFundStays, BalanceStands, AccountInactive, UnknownFund.
    """
    policies.can_retire_fund(act).enforce()
    checking.lock_books()
    books = chart()
    found = books.fund(fund)
    if not found.is_active:
        raise checking.AccountInactive(name=found.name)
    if found.code == rules.GENERAL.code:
        raise GeneralFundStays(fund=found.name)
    _refuse_what_stands(act, books, Q(fund_id=found.id), of_the_year=False)
    # ---
    row = _turned(Fund.objects.get(pk=found.id), is_active=False)
    record(act, FundRetired(found.id, found.code, found.name))
    return row


@command
def revive_fund(act: Act, *, fund: str) -> Fund:
    """Take a retired fund into use again. Raises StillInUse, UnknownFund."""
    policies.can_revive_fund(act).enforce()
    found = chart().fund(fund)
    if found.is_active:
        raise StillInUse(name=found.name)
    # ---
    row = _turned(Fund.objects.get(pk=found.id), is_active=True)
    record(act, FundRevived(found.id, found.code, found.name))
    return row


def _refuse_what_stands(act: Act, books: Chart, of: Q, of_the_year: bool = True) -> None:
    """Raises BalanceStands and, for income and expense `of_the_year`, MovedThisYear.

    What income and expense add up to over the years is the net assets', and stands there.
    """

    def refuse(refusal: type[Refusal], account: int, fund: int, won: int) -> None:
        raise refusal(
            account=books.accounts_by_id[account].name,
            fund=books.funds_by_id[fund].name,
            won=format_won(abs(won)),
        )

    for kept in (Balance, PartyBalance):  # the parties' may be there though they sum to zero
        standing = kept.objects.filter(of).exclude(balance_won=0)
        standing = standing.exclude(account__kind__in=OF_A_YEAR).order_by("account_id", "fund_id")
        for place in standing.values_list("account_id", "fund_id", "balance_won")[:1]:
            refuse(BalanceStands, *place)
    if not of_the_year:
        return
    start = rules.fiscal_year_start(act.today, books.fiscal_year_start_month)
    moved = DayBalance.objects.filter(of, account__kind__in=OF_A_YEAR, booked_date__gte=start)
    sums = moved.values("account_id", "fund_id").annotate(won=Sum("debit_won") - Sum("credit_won"))
    for place in (
        sums.exclude(won=0)
        .order_by("account_id", "fund_id")
        .values_list("account_id", "fund_id", "won")[:1]
    ):
        refuse(MovedThisYear, *place)


def _turned(row: Row, is_active: bool) -> Row:
    row.is_active = is_active
    row.save(update_fields=["is_active"])
    restamp()
    return row
