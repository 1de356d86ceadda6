"""How the books are kept: chart, funds, and what the articles ask of them."""

from __future__ import annotations

import re
import secrets
from datetime import date as Date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.money import WON_MAX
from dure.kernel.refusals import InvalidInput, Refusal

from .. import policies, rules
from ..events import AccountAdded, BooksOpened, FundOpened, FundRuleSet
from ..models import Account, Books, Fund, FundRule
from ..queries.chart import BooksNotOpen, chart
from . import checking

NAME_MAX, PURPOSE_MAX = 80, 400


class BooksAlreadyOpen(Refusal):
    """The books are opened once."""

    text = _("The books are open already, from %(first_date)s.")


class NameTaken(Refusal):
    """Another account or fund has this code or name."""

    text = _("“%(name)s” is taken already.")
    remedy = _("Choose another code or name.")


class CodeUnreadable(InvalidInput):
    """A code is short and plain."""

    text = _("“%(code)s” cannot be a code. Use small letters, digits and underscores.")


class AccountCodeUnreadable(InvalidInput):
    """An account's code is four to ten digits, the first of which says its nature."""

    text = _("“%(code)s” cannot be an account code. Use 4 to 10 digits.")


class UnknownKind(InvalidInput):
    """There is no such kind."""

    text = _("“%(kind)s” is not known. Choose one of: %(known)s.")


class ArticleMissing(InvalidInput):
    """A rule of a fund names the article that asks it."""

    text = _("Name the article that asks this, for example “회계 규정 제12조”.")


class FiscalMonthImpossible(InvalidInput):
    """A fiscal year begins in one of twelve months."""

    text = _("A fiscal year begins in a month from 1 to 12, not %(month)d.")


def _new_stamp() -> str:
    return secrets.token_hex(8)


def restamp() -> None:
    """Charts in mind are read anew from now on."""
    Books.objects.filter(pk=1).update(chart_stamp=_new_stamp())


@command
def open_books(
    act: Act, *, first_date: Date | None = None, fiscal_year_start_month: int = 1
) -> Books:
    """Open the books with the standard chart of accounts and the general fund.

    `first_date` is the earliest day that can be booked; without it, the first day of the fiscal
    year of the act. Raises BooksAlreadyOpen, FiscalMonthImpossible.
    """
    policies.can_open_books(act).enforce()
    opened = Books.objects.select_for_update().first()
    if opened is not None:
        raise BooksAlreadyOpen(first_date=opened.first_date)
    if not 1 <= fiscal_year_start_month <= 12:
        raise FiscalMonthImpossible(month=fiscal_year_start_month)
    first = first_date or rules.fiscal_year_start(act.today, fiscal_year_start_month)
    # ---
    books = Books.objects.create(
        id=1,
        first_date=first,
        fiscal_year_start_month=fiscal_year_start_month,
        opened_at=act.at,
        chart_stamp=_new_stamp(),
    )
    Account.objects.bulk_create(
        Account(
            code=row.code,
            name=row.name,
            kind=row.kind,
            role=row.role,
            is_control=row.is_control,
            is_money=row.is_money,
        )
        for row in rules.STANDARD_CHART
    )
    general = rules.GENERAL
    Fund.objects.create(
        code=general.code,
        name=general.name,
        purpose=general.purpose,
        restriction=general.restriction,
        opened_date=first,
    )
    record(act, BooksOpened(first, fiscal_year_start_month, len(rules.STANDARD_CHART), 1))
    return books


@command
def open_fund(
    act: Act,
    *,
    code: str,
    name: str = "",
    purpose: str = "",
    restriction: str = "",
    opened_date: Date | None = None,
) -> Fund:
    """Open a fund of its own books. For the standard codes (cooperative, microloan, mutual_aid,
    grant) name, purpose and restriction may be left out. Raises NameTaken, CodeUnreadable,
    UnknownKind, BooksNotOpen.
    """
    policies.can_open_fund(act).enforce()
    books = Books.objects.select_for_update().first()
    if books is None:
        raise BooksNotOpen
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", code):
        raise CodeUnreadable(code=code[:40])
    standard = {fund.code: fund for fund in rules.STANDARD_FUNDS}.get(code)
    if standard:
        name = name or standard.name
        purpose = purpose or standard.purpose
        restriction = restriction or standard.restriction
    restriction = restriction or rules.UNRESTRICTED
    if restriction not in Fund.Restriction.values:
        raise UnknownKind(kind=restriction[:40], known=", ".join(Fund.Restriction.values))
    name = checking.clean_text(name, NAME_MAX)
    purpose = checking.clean_text(purpose or name, PURPOSE_MAX)
    if Fund.objects.filter(code=code).exists():
        raise NameTaken(name=code)
    if Fund.objects.filter(name=name).exists():
        raise NameTaken(name=name)
    # ---
    fund = Fund.objects.create(
        code=code,
        name=name,
        purpose=purpose,
        restriction=restriction,
        opened_date=opened_date or books.first_date,
    )
    restamp()
    record(act, FundOpened(fund.pk, code, name))
    return fund


@command
def set_fund_rule(
    act: Act,
    *,
    kind: str,
    amount_won: int,
    article: str,
    from_date: Date,
    fund: str = "",
) -> FundRule:
    """Set what an article asks of a fund (without one: of all funds) from a day on.

    The rule in force before ends on that day. Raises UnknownKind, ArticleMissing, UnknownFund.
    """
    policies.can_set_fund_rule(act).enforce()
    if kind not in rules.FUND_RULE_KINDS:
        raise UnknownKind(kind=kind[:40], known=", ".join(rules.FUND_RULE_KINDS))
    if not article.strip():
        raise ArticleMissing
    article = checking.clean_text(article)
    if not 0 <= amount_won <= WON_MAX:
        raise checking.AmountTooLarge
    of_fund = chart().fund(fund) if fund else None
    fund_id, fund = (of_fund.id, of_fund.code) if of_fund else (None, "")
    # ---
    running = FundRule.objects.filter(
        Q(fund_id=fund_id) if fund_id else Q(fund=None), kind=kind, until_date=None
    )
    running.filter(from_date__lt=from_date).update(until_date=from_date)
    rule = FundRule.objects.create(
        fund_id=fund_id,
        kind=kind,
        amount_won=amount_won,
        article=article,
        from_date=from_date,
    )
    restamp()
    record(act, FundRuleSet(fund, kind, amount_won, article, from_date))
    return rule


@command
def add_account(
    act: Act,
    *,
    code: str,
    name: str,
    kind: str,
    is_control: bool = False,
    is_money: bool = False,
    role: str = "",
) -> Account:
    """Add an account to the chart. Raises AccountCodeUnreadable, UnknownKind, NameTaken."""
    policies.can_add_account(act).enforce()
    if not Books.objects.select_for_update().exists():
        raise BooksNotOpen
    if not re.fullmatch(r"[0-9]{4,10}", code):
        raise AccountCodeUnreadable(code=code[:40])
    if kind not in rules.KINDS:
        raise UnknownKind(kind=kind[:40], known=", ".join(rules.KINDS))
    name = checking.clean_text(name, NAME_MAX)
    for taken in ({"code": code}, {"name": name}, {"role": role} if role else None):
        if taken and Account.objects.filter(**taken).exists():
            raise NameTaken(name=next(iter(taken.values())))
    # ---
    account = Account.objects.create(
        code=code, name=name, kind=kind, role=role, is_control=is_control, is_money=is_money
    )
    restamp()
    record(act, AccountAdded(account.pk, code, name, kind))
    return account
