"""The chart of accounts, funds and rules as one value, kept in memory under its stamp."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Date
from typing import Any

from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.refusals import NotFound, Refusal
from dure.kernel.statements import Statement

from .. import policies, rules
from ..models import Account, Books, Fund, FundRule


class BooksNotOpen(Refusal):
    """Nothing can be booked before the books are opened."""

    text = _("The books of this network are not open yet.")
    remedy = _("Open them with the chart of accounts first.")


class UnknownAccount(NotFound):
    """No account has this code or name."""

    text = _("There is no account “%(account)s”.")
    remedy = _("Type its code or its name, for example 1010.")


class UnknownFund(NotFound):
    """No fund has this code or name."""

    text = _("There is no fund “%(fund)s”.")
    remedy = _("The funds are: %(funds)s.")


@dataclass(frozen=True, slots=True)
class AccountRow:
    id: int
    code: str
    name: str
    kind: str
    role: str
    is_control: bool
    is_money: bool
    is_active: bool

    def signed(self, won: int) -> int:
        """The balance as people read it: above zero on the account's own side."""
        return won if self.kind in rules.DEBIT_KINDS else -won


@dataclass(frozen=True, slots=True)
class FundRow:
    id: int
    code: str
    name: str
    purpose: str
    restriction: str
    is_active: bool

    @property
    def is_own(self) -> bool:
        """Whether its money is the network's own, and not held for others."""
        return self.restriction != rules.ENTRUSTED


@dataclass(frozen=True, slots=True)
class Chart:
    stamp: str
    first_date: Date
    fiscal_year_start_month: int
    accounts: dict[str, AccountRow]
    funds: dict[str, FundRow]
    roles: dict[str, str]  # role → account code
    due: frozenset[str]  # codes of the inter-fund accounts
    provisions: tuple[rules.Provision, ...]
    accounts_by_id: dict[int, AccountRow]
    funds_by_id: dict[int, FundRow]

    @property
    def own_funds(self) -> tuple[FundRow, ...]:
        """The funds whose money is the network's own: what "all funds" means."""
        return tuple(one for one in self.funds.values() if one.is_own)

    def code_for(self, role: str) -> str:
        """The code of the account that has a role (cash, dues_receivable, …). Raises UnknownAccount."""
        try:
            return self.roles[role]
        except KeyError as error:
            raise UnknownAccount(account=role) from error

    def account(self, code_or_name: str) -> AccountRow:
        """By code or Korean name. Raises UnknownAccount."""
        found = self.accounts.get(code_or_name)
        if found is None:
            found = _by_name(code_or_name, self.accounts.values())
        if found is None:
            raise UnknownAccount(account=code_or_name[:40])
        return found

    def fund(self, code_or_name: str) -> FundRow:
        """By code or Korean name (일반 finds 일반회계). Raises UnknownFund."""
        found = self.funds.get(code_or_name)
        if found is None:
            found = _by_name(code_or_name, self.funds.values())
        if found is None:
            names = ", ".join(fund.name for fund in self.own_funds)
            raise UnknownFund(fund=code_or_name[:40], funds=names)
        return found


def _by_name(text: str, rows: Iterable[Any]) -> Any:
    wanted = "".join(text.split())
    rows = [(row, "".join(row.name.split())) for row in rows]
    same = [row for row, name in rows if name == wanted]
    begins = [row for row, name in rows if wanted and name.startswith(wanted)]
    return (same or begins)[0] if same or len(begins) == 1 else None


def books_for(act: Act, fund: str = "") -> Chart:
    """The chart, for who may read the books, and the fund where one is named.

    Raises Denied, BooksNotOpen, UnknownFund.
    """
    policies.can_read_books(act).enforce()
    books = chart()
    if fund:
        policies.can_read_books(act, books.fund(fund)).enforce()
    return books


_STAMP = Statement("SELECT chart_stamp FROM ledger_books WHERE id = 1")
_kept: dict[str, Chart] = {}
_KEPT_MAX = 8


def chart() -> Chart:
    """The chart as it stands; one row is read when nothing changed. Raises BooksNotOpen."""
    found = _STAMP()
    if not found:
        raise BooksNotOpen
    return chart_of(found[0][0])


_last: list[Chart] = []


def last_chart() -> Chart | None:
    """The chart that was read last, as it was: who writes by it sends its stamp along."""
    return _last[0] if _last else None


def chart_of(stamp: str) -> Chart:
    """The chart of a stamp just read: from memory, else from the tables."""
    found = _kept.get(stamp)
    if found is None:
        found = _read()
        if len(_kept) >= _KEPT_MAX:
            _kept.clear()
        _kept[found.stamp] = found
    _last[:] = (found,)
    return found


def _read() -> Chart:
    books = Books.objects.get(pk=1)
    accounts = {
        row[1]: AccountRow(*row)
        for row in Account.objects.order_by("code").values_list(
            "id", "code", "name", "kind", "role", "is_control", "is_money", "is_active"
        )
    }
    funds = {
        row[1]: FundRow(*row)
        for row in Fund.objects.order_by("id").values_list(
            "id", "code", "name", "purpose", "restriction", "is_active"
        )
    }
    provisions = tuple(
        rules.Provision(*row)
        for row in FundRule.objects.order_by("from_date", "id").values_list(
            "kind", "fund__code", "amount_won", "article", "from_date", "until_date"
        )
    )
    return Chart(
        stamp=books.chart_stamp,
        first_date=books.first_date,
        fiscal_year_start_month=books.fiscal_year_start_month,
        accounts=accounts,
        funds=funds,
        roles={a.role: a.code for a in accounts.values() if a.role},
        due=frozenset(a.code for a in accounts.values() if a.role in rules.DUE_ROLES),
        provisions=provisions,
        accounts_by_id={a.id: a for a in accounts.values()},
        funds_by_id={f.id: f for f in funds.values()},
    )


def account_for(role: str) -> str:
    """The code of the account that has a role (cash, dues_receivable, …). Raises UnknownAccount."""
    return chart().code_for(role)


def funds() -> tuple[FundRow, ...]:
    """All funds, oldest first."""
    return tuple(chart().funds.values())


def accounts() -> tuple[AccountRow, ...]:
    """All accounts in order of their codes."""
    return tuple(chart().accounts.values())


def books_are_open() -> bool:
    return Books.objects.exists()
