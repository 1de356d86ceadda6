"""`dure ledger`, reading: balances, statements, ledgers, entries."""

from __future__ import annotations

import click
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.kernel.dates import parse_date, parse_month
from dure.kernel.money import format_won
from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, plain, show

from .. import documents, policies, queries
from .options import from_option, fund_option, to_option

reading = click.Group("ledger")


@reading.command("statement", help=str(_("What a fund had, got, gave and has, month to month.")))
@fund_option()
@from_option
@to_option
@format_option
def statement(fund: str, from_month: str, to_month: str, form: str) -> None:
    queries.books_for(cli_act(), fund)
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


@reading.command("balance", help=str(_("What an account of a fund holds at the end of a day.")))
@click.argument("account")
@fund_option()
@click.option("--on", default="", metavar="DATE", help=str(_("The day; without it, now.")))
@format_option
def balance(account: str, fund: str, on: str, form: str) -> None:
    books = queries.books_for(cli_act(), fund)
    day = parse_date(on) if on else None
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


@reading.command(
    "trial-balance", help=str(_("All accounts with opening, debits, credits, closing."))
)
@fund_option(required=False)
@from_option
@to_option
@format_option
def trial_balance(fund: str, from_month: str, to_month: str, form: str) -> None:
    queries.books_for(cli_act(), fund)
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


@reading.command("money", help=str(_("Money in and out of a fund by what it was for.")))
@fund_option(required=False)
@from_option
@to_option
@format_option
def money(fund: str, from_month: str, to_month: str, form: str) -> None:
    queries.books_for(cli_act(), fund)
    found = queries.money_statement(fund, from_month, to_month)
    if form == "json":
        show(found, form)
        return
    name = queries.chart().fund(fund).name if fund else _now("All funds together")
    rows = documents.money_sheet(found, name).rows
    show(
        [{"what": row.label, "won": row.cells[0].won if row.cells else ""} for row in rows],
        form,
        {"what": "", "won": _("won")},
    )


@reading.command("balance-sheet", help=str(_("Assets, liabilities and net assets on a day.")))
@fund_option(required=False)
@click.option("--on", default="", metavar="DATE", help=str(_("The day; without it, today.")))
@format_option
def balance_sheet(fund: str, on: str, form: str) -> None:
    act = cli_act()
    queries.books_for(act, fund)
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


@reading.command("activities", help=str(_("Income and expense by their nature.")))
@fund_option(required=False)
@from_option
@to_option
@format_option
def activities(fund: str, from_month: str, to_month: str, form: str) -> None:
    queries.books_for(cli_act(), fund)
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


@reading.command("funds", help=str(_("All funds with what they hold.")))
@format_option
def funds(form: str) -> None:
    act = cli_act()
    policies.can_read_books(act).enforce()
    show(
        [one for one in queries.fund_balances().values() if policies.can_read_books(act, one)],
        form,
        {
            "code": _("Code"),
            "name": _("Name"),
            "money_won": _("Money"),
            "net_won": _("Net assets"),
        },
    )


@reading.command("accounts", help=str(_("The chart of accounts.")))
@format_option
def accounts(form: str) -> None:
    policies.can_read_books(cli_act()).enforce()
    show(
        queries.accounts(),
        form,
        {"code": _("Code"), "name": _("Name"), "kind": _("Kind"), "role": _("Role")},
    )


@reading.command("entries", help=str(_("The entries, newest first.")))
@click.option("--from", "from_month", default="", metavar="YYYY-MM")
@click.option("--to", "to_month", default="", metavar="YYYY-MM")
@fund_option(required=False)
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


@reading.command("show", help=str(_("One entry by its number, with what caused it.")))
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


@reading.command("account-ledger", help=str(_("The lines of an account, day by day.")))
@click.argument("account")
@fund_option(required=False)
@from_option
@to_option
@click.option("--page", type=click.IntRange(1), default=1)
@format_option
def account_ledger(
    account: str, fund: str, from_month: str, to_month: str, page: int, form: str
) -> None:
    span = (parse_month(from_month).first_date, parse_month(to_month).end_date)
    _show_ledger(queries.account_ledger(cli_act(), account, fund, *span, page), form)


@reading.command("party-ledger", help=str(_("What stands between the network and a party.")))
@click.argument("party_id", type=click.IntRange(1))
@click.option("--account", default="", help=str(_("Only this account.")))
@fund_option(required=False)
@from_option
@to_option
@click.option("--page", type=click.IntRange(1), default=1)
@format_option
def party_ledger(
    party_id: int, account: str, fund: str, from_month: str, to_month: str, page: int, form: str
) -> None:
    span = (parse_month(from_month).first_date, parse_month(to_month).end_date)
    _show_ledger(queries.party_ledger(cli_act(), party_id, account, fund, *span, page), form)


@reading.command("project-ledger", help=str(_("The lines of a project.")))
@click.argument("project")
@fund_option(required=False)
@from_option
@to_option
@click.option("--page", type=click.IntRange(1), default=1)
@format_option
def project_ledger(
    project: str, fund: str, from_month: str, to_month: str, page: int, form: str
) -> None:
    span = (parse_month(from_month).first_date, parse_month(to_month).end_date)
    _show_ledger(queries.project_ledger(cli_act(), project, fund, *span, page), form)


@reading.command("projects", help=str(_("What each project brought in and cost.")))
@from_option
@to_option
@format_option
def projects(from_month: str, to_month: str, form: str) -> None:
    policies.can_read_books(cli_act()).enforce()
    span = (parse_month(from_month).first_date, parse_month(to_month).end_date)
    show(
        queries.projects(*span),
        form,
        {"project": _("Project"), "income_won": _("Income"), "expense_won": _("Expense")},
    )


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


@reading.command("periods", help=str(_("The months of the books and their state.")))
@format_option
def periods(form: str) -> None:
    policies.can_read_books(cli_act()).enforce()
    show(queries.periods(), form, {"month": _("Month"), "state_name": _("State")})
