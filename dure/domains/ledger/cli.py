"""`dure ledger`: the books from the command line. Accounts and funds by code or Korean name."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import click
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dure.kernel.dates import Month, parse_date, parse_month
from dure.kernel.money import format_won, parse_won
from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, plain, show

from . import commands, policies, queries, rules

Function = TypeVar("Function", bound=Callable[..., Any])
Decorator = Callable[[Function], Function]

group = click.Group("ledger", help=str(_("The books: funds, entries, balances, statements.")))

_PLACE = re.compile(r"(?P<account>[^@#]+)(?:@(?P<fund>[^@#]+))?(?:#(?P<party>\d+))?")


def _fund_option(required: bool = True) -> Decorator[Any]:
    return click.option(
        "--fund",
        required=required,
        default=None if required else "",
        help=str(_("The fund, by code or name.")),
    )


_from_option: Decorator[Any] = click.option("--from", "from_month", required=True, metavar="YYYY-MM", help=str(_("The first month.")))  # fmt: skip
_to_option: Decorator[Any] = click.option("--to", "to_month", required=True, metavar="YYYY-MM", help=str(_("The last month, included.")))  # fmt: skip


# -- reading ---------------------------------------------------------------------------------------


@group.command("statement", help=str(_("What a fund had, got, gave and has, month to month.")))
@_fund_option()
@_from_option
@_to_option
@format_option
def statement(fund: str, from_month: str, to_month: str, form: str) -> None:
    policies.can_read_books(cli_act()).enforce()
    found = queries.statement(fund, from_month, to_month)
    name = queries.chart().funds[found.fund].name
    if form == "json":
        show({"fund_name": name, **plain(found)}, form)
        return
    lines = [
        (_now("Opening"), found.opening_won),
        *((f"+ {line.account} {line.name}", line.won) for line in found.sources),
        (_now("In, together"), found.in_won),
        *((f"− {line.account} {line.name}", line.won) for line in found.uses),
        (_now("Out, together"), found.out_won),
        (_now("Closing"), found.closing_won),
        (_now("of it money"), found.money_closing_won),
    ]
    if found.due_from_funds_won or found.due_to_funds_won:
        lines.append((_now("owed by other funds"), found.due_from_funds_won))
        lines.append((_now("owed to other funds"), found.due_to_funds_won))
    click.echo(f"{name}  {from_month} – {to_month}")
    show([{"what": what, "won": won} for what, won in lines], form, {"what": "", "won": _("won")})


@group.command("balance", help=str(_("What an account of a fund holds at the end of a day.")))
@click.argument("account")
@_fund_option()
@click.option("--on", default="", metavar="DATE", help=str(_("The day; without it, now.")))
@format_option
def balance(account: str, fund: str, on: str, form: str) -> None:
    policies.can_read_books(cli_act()).enforce()
    day = parse_date(on) if on else None
    books = queries.chart()
    found, in_fund = books.account(account), books.fund(fund)
    won = queries.balance(found.code, in_fund.code, day)
    if form == "json":
        show(
            {
                "account": found.code,
                "account_name": found.name,
                "fund": in_fund.code,
                "fund_name": in_fund.name,
                "on": day,
                "balance_won": won,
            },
            form,
        )
        return
    show(format_won(won))


@group.command("trial-balance", help=str(_("All accounts with opening, debits, credits, closing.")))
@_fund_option(required=False)
@_from_option
@_to_option
@format_option
def trial_balance(fund: str, from_month: str, to_month: str, form: str) -> None:
    policies.can_read_books(cli_act()).enforce()
    found = queries.trial_balance(fund, from_month, to_month)
    if form == "json":
        show({**plain(found), "is_balanced": found.is_balanced}, form)
        return
    rows = [plain(row) for row in found.rows]
    rows.append({"account": "", "name": _now("Sum"), "debit_won": found.debit_won, "credit_won": found.credit_won})  # fmt: skip
    show(
        rows,
        form,
        {
            "account": _("Account"),
            "name": _("Name"),
            "opening_won": _("Opening"),
            "debit_won": _("Debit"),
            "credit_won": _("Credit"),
            "closing_won": _("Closing"),
        },
    )


@group.command("balance-sheet", help=str(_("Assets, liabilities and net assets on a day.")))
@_fund_option(required=False)
@click.option("--on", default="", metavar="DATE", help=str(_("The day; without it, today.")))
@format_option
def balance_sheet(fund: str, on: str, form: str) -> None:
    act = cli_act()
    policies.can_read_books(act).enforce()
    found = queries.balance_sheet(fund, parse_date(on) if on else act.today)
    if form == "json":
        show({**plain(found), "is_balanced": found.is_balanced}, form)
        return
    rows = [
        *({"what": f"{line.account} {line.name}", "won": line.won} for line in found.assets),
        {"what": _now("Assets"), "won": found.assets_won},
        *({"what": f"{line.account} {line.name}", "won": line.won} for line in found.liabilities),
        {"what": _now("Liabilities"), "won": found.liabilities_won},
        *({"what": f"{line.account} {line.name}", "won": line.won} for line in found.net_assets),
        {"what": _now("Net assets"), "won": found.net_assets_won},
    ]
    show(rows, form, {"what": "", "won": _("won")})


@group.command("activities", help=str(_("Income and expense by their nature.")))
@_fund_option(required=False)
@_from_option
@_to_option
@format_option
def activities(fund: str, from_month: str, to_month: str, form: str) -> None:
    policies.can_read_books(cli_act()).enforce()
    found = queries.activities(fund, from_month, to_month)
    if form == "json":
        show({**plain(found), "surplus_won": found.surplus_won}, form)
        return
    rows = [
        *({"what": f"{line.account} {line.name}", "won": line.won} for line in found.income),
        {"what": _now("Income"), "won": found.income_won},
        *({"what": f"{line.account} {line.name}", "won": line.won} for line in found.expense),
        {"what": _now("Expense"), "won": found.expense_won},
        {"what": _now("Surplus"), "won": found.surplus_won},
    ]
    show(rows, form, {"what": "", "won": _("won")})


@group.command("funds", help=str(_("All funds with what they hold.")))
@format_option
def funds(form: str) -> None:
    policies.can_read_books(cli_act()).enforce()
    show(
        list(queries.fund_balances().values()),
        form,
        {
            "code": _("Code"),
            "name": _("Name"),
            "money_won": _("Money"),
            "net_won": _("Net assets"),
        },
    )


@group.command("accounts", help=str(_("The chart of accounts.")))
@format_option
def accounts(form: str) -> None:
    policies.can_read_books(cli_act()).enforce()
    show(
        queries.accounts(),
        form,
        {"code": _("Code"), "name": _("Name"), "kind": _("Kind"), "role": _("Role")},
    )


@group.command("entries", help=str(_("The entries, newest first.")))
@click.option("--from", "from_month", default="", metavar="YYYY-MM")
@click.option("--to", "to_month", default="", metavar="YYYY-MM")
@_fund_option(required=False)
@click.option("--text", default="", help=str(_("Part of the text, or a number.")))
@click.option("--state", type=click.Choice(["posted", "draft", "withdrawn"]), default="posted")
@click.option("--page", type=click.IntRange(1), default=1)
@format_option
def entries(
    from_month: str, to_month: str, fund: str, text: str, state: str, page: int, form: str
) -> None:
    found = queries.entries(
        cli_act(),
        queries.EntryFilter(
            text=text,
            from_date=parse_month(from_month).first_date if from_month else None,
            until_date=parse_month(to_month).end_date if to_month else None,
            fund=fund,
            state=state,
        ),
        page,
    )
    if form == "json":
        show(found, form)
        return
    show(
        found.rows,
        form,
        {
            "id": _("Id"),
            "number": _("No."),
            "booked_date": _("Date"),
            "text": _("Text"),
            "amount_won": _("won"),
        },
    )


@group.command("show", help=str(_("One entry by its number, with what caused it.")))
@click.argument("number", type=click.IntRange(1))
@format_option
def show_entry(number: int, form: str) -> None:
    found = queries.entry_card(cli_act(), queries.entry_numbered(number))
    if form == "json":
        show(found, form)
        return
    click.echo(f"{found.number}  {found.booked_date}  {found.text}")
    show(
        found.lines,
        form,
        {
            "account": _("Account"),
            "account_name": _("Name"),
            "fund_name": _("Fund"),
            "party_name": _("Party"),
            "debit_won": _("Debit"),
            "credit_won": _("Credit"),
        },
    )
    for cause in found.causes:
        click.echo(f"{cause.at:%Y-%m-%d %H:%M}  {cause.actor_name}  {cause.sentence}")


@group.command("account-ledger", help=str(_("The lines of an account, day by day.")))
@click.argument("account")
@_fund_option(required=False)
@_from_option
@_to_option
@click.option("--page", type=click.IntRange(1), default=1)
@format_option
def account_ledger(
    account: str, fund: str, from_month: str, to_month: str, page: int, form: str
) -> None:
    span = (parse_month(from_month).first_date, parse_month(to_month).end_date)
    _show_ledger(queries.account_ledger(cli_act(), account, fund, *span, page), form)


@group.command("party-ledger", help=str(_("What stands between the network and a party.")))
@click.argument("party_id", type=click.IntRange(1))
@click.option("--account", default="", help=str(_("Only this account.")))
@_fund_option(required=False)
@_from_option
@_to_option
@click.option("--page", type=click.IntRange(1), default=1)
@format_option
def party_ledger(
    party_id: int, account: str, fund: str, from_month: str, to_month: str, page: int, form: str
) -> None:
    span = (parse_month(from_month).first_date, parse_month(to_month).end_date)
    _show_ledger(queries.party_ledger(cli_act(), party_id, account, fund, *span, page), form)


def _show_ledger(found: queries.LedgerPage, form: str) -> None:
    if form == "json":
        show(found, form)
        return
    click.echo(f"{_now('Opening')} {found.opening_won:,}")
    show(
        found.rows,
        form,
        {
            "number": _("No."),
            "booked_date": _("Date"),
            "text": _("Text"),
            "party_name": _("Party"),
            "debit_won": _("Debit"),
            "credit_won": _("Credit"),
            "balance_won": _("Balance"),
        },
    )
    click.echo(f"{_now('Closing')} {found.closing_won:,}")


@group.command("periods", help=str(_("The months of the books and their state.")))
@format_option
def periods(form: str) -> None:
    policies.can_read_books(cli_act()).enforce()
    show(queries.periods(), form, {"month": _("Month"), "state_name": _("State")})


# -- writing ---------------------------------------------------------------------------------------


def _sides(
    debits: tuple[tuple[str, str], ...], credits: tuple[tuple[str, str], ...], fund: str
) -> tuple[rules.Side, ...]:
    found = []
    for sign, pairs in ((1, debits), (-1, credits)):
        for place, amount in pairs:
            match = _PLACE.fullmatch(place)
            if match is None:
                raise click.UsageError(_now("“%(place)s”: type ACCOUNT, ACCOUNT@FUND or ACCOUNT@FUND#PARTY.") % {"place": place})  # fmt: skip
            in_fund = match["fund"] or fund
            if not in_fund:
                raise click.UsageError(_now("Name the fund with --fund or ACCOUNT@FUND."))
            found.append(
                rules.Side(
                    match["account"].strip(),
                    in_fund.strip(),
                    sign * parse_won(amount),
                    int(match["party"]) if match["party"] else None,
                )
            )
    return tuple(found)


_entry_options: tuple[Decorator[Any], ...] = (
    click.option(
        "--date", "day", default="", metavar="DATE", help=str(_("The day; without it, today."))
    ),  # fmt: skip
    click.option("--text", required=True, help=str(_("What it is about; no names of persons."))),
    click.option("--debit", "debits", nargs=2, multiple=True, metavar="ACCOUNT[@FUND][#PARTY] WON"),
    click.option(
        "--credit", "credits", nargs=2, multiple=True, metavar="ACCOUNT[@FUND][#PARTY] WON"
    ),  # fmt: skip
    click.option("--note", default="", help=str(_("Your own words; kept apart, can be erased."))),
)


def _with_entry_options(function: Function) -> Function:
    for option in reversed(_entry_options):
        function = option(function)
    return function


def _posted(entry: Any, form: str) -> None:
    if form == "json":
        show({"id": entry.pk, "number": entry.number, "date": entry.booked_date, "text": entry.text}, form)  # fmt: skip
    elif entry.number is None:
        click.echo(_now("Draft %(id)d waits for a second person.") % {"id": entry.pk})
    else:
        click.echo(_now("Posted as no. %(number)d.") % {"number": entry.number})


def _day(given: str, today: date) -> date:
    return parse_date(given) if given else today


@group.command("post", help=str(_("Post an entry: at least one --debit and one --credit.")))
@_with_entry_options
@_fund_option(required=False)
@format_option
def post(
    day: str,
    text: str,
    debits: tuple[tuple[str, str], ...],
    credits: tuple[tuple[str, str], ...],
    note: str,
    fund: str,
    form: str,
) -> None:
    act = cli_act()
    _posted(
        commands.post_entry(
            act,
            date=_day(day, act.today),
            text=text,
            sides=_sides(debits, credits, fund),
            note=note,
        ),
        form,
    )


@group.command("draft", help=str(_("Write an entry that a second person approves.")))
@_with_entry_options
@_fund_option(required=False)
@format_option
def draft(
    day: str,
    text: str,
    debits: tuple[tuple[str, str], ...],
    credits: tuple[tuple[str, str], ...],
    note: str,
    fund: str,
    form: str,
) -> None:
    act = cli_act()
    _posted(
        commands.draft_entry(
            act,
            date=_day(day, act.today),
            text=text,
            sides=_sides(debits, credits, fund),
            note=note,
        ),
        form,
    )


@group.command("withdraw", help=str(_("Take a draft back, by its id.")))
@click.argument("draft_id", type=click.IntRange(1))
@click.option("--reason", required=True)
def withdraw(draft_id: int, reason: str) -> None:
    commands.withdraw_draft(cli_act(), entry_id=draft_id, reason=reason)


@group.command("reverse", help=str(_("Undo an entry, by its number, with its mirror image.")))
@click.argument("number", type=click.IntRange(1))
@click.option("--date", "day", default="", metavar="DATE", help=str(_("The day; without it, today.")))  # fmt: skip
@click.option("--reason", required=True)
@format_option
def reverse(number: int, day: str, reason: str, form: str) -> None:
    act = cli_act()
    entry_id = queries.entry_numbered(number)
    _posted(
        commands.reverse_entry(act, entry_id=entry_id, date=_day(day, act.today), reason=reason),
        form,
    )


@group.command("move", help=str(_("Move money from one fund to another.")))
@click.option("--from-fund", required=True)
@click.option("--to-fund", required=True)
@click.option("--amount", required=True, metavar="WON")
@click.option("--text", required=True)
@click.option("--date", "day", default="", metavar="DATE", help=str(_("The day; without it, today.")))  # fmt: skip
@click.option("--settle", is_flag=True, help=str(_("Pay back what is owed between them.")))
@format_option
def move(
    from_fund: str, to_fund: str, amount: str, text: str, day: str, settle: bool, form: str
) -> None:
    act = cli_act()
    _posted(
        commands.move_between_funds(
            act,
            date=_day(day, act.today),
            from_fund=from_fund,
            to_fund=to_fund,
            amount_won=parse_won(amount),
            text=text,
            settle=settle,
        ),
        form,
    )


@group.command("open-fund", help=str(_("Open a fund with books of its own.")))
@click.argument("code")
@click.option("--name", default="")
@click.option("--purpose", default="")
@click.option(
    "--restriction", default="", type=click.Choice(["", "unrestricted", "earmarked", "restricted"])
)
def open_fund(code: str, name: str, purpose: str, restriction: str) -> None:
    fund = commands.open_fund(
        cli_act(), code=code, name=name, purpose=purpose, restriction=restriction
    )
    click.echo(fund.name)


def _month(given: str) -> str:
    month: Month = parse_month(given)
    return str(month)


@group.command("close", help=str(_("Close a month of the books and keep its statements.")))
@click.argument("month", metavar="YYYY-MM")
@format_option
def close(month: str, form: str) -> None:
    asked = _month(month)
    commands.close_period(cli_act(), month=asked)
    kept = queries.kept_statements(asked)
    if form == "json":
        show(
            {
                "month": asked,
                "state": "closed",
                "statements": [{"kind": k.kind, "fund": k.fund, "sha256": k.sha256} for k in kept],
            },
            form,
        )
        return
    click.echo(_now("%(month)s is closed; %(count)d statements are kept.") % {"month": asked, "count": len(kept)})  # fmt: skip


@group.command("reopen", help=str(_("Open a closed month again, with a reason.")))
@click.argument("month", metavar="YYYY-MM")
@click.option("--reason", required=True)
def reopen(month: str, reason: str) -> None:
    commands.reopen_period(cli_act(), month=_month(month), reason=reason)


@group.command("lock", help=str(_("Lock a closed month for good.")))
@click.argument("month", metavar="YYYY-MM")
def lock(month: str) -> None:
    commands.lock_period(cli_act(), month=_month(month))
