"""`dure ledger`, writing: post, draft, reverse, move, and the months."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import click
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.kernel.dates import Month, parse_month
from dure.kernel.money import parse_won
from dure.kernel.refusals import type_text
from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, show

from .. import commands, queries, rules
from .options import Decorator, date_option, day_or, fund_option

writing = click.Group("ledger")

_PLACE = re.compile(r"(?P<account>[^@#]+)(?:@(?P<fund>[^@#]+))?(?:#(?P<party>\d+))?")


Pairs = tuple[tuple[str, str], ...]  # a place and an amount


def _sides(debits: Pairs, credits: Pairs, fund: str, project: str) -> tuple[rules.Side, ...]:
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
                    project or None,
                )
            )
    return tuple(found)


def _posted(entry: Any, form: str) -> None:
    if form == "json":
        show({"id": entry.pk, "number": entry.number, "date": entry.booked_date, "text": entry.text}, form)  # fmt: skip
    elif entry.number is None:
        click.echo(_now("Draft %(id)d waits for a second person.") % {"id": entry.pk})
    else:
        click.echo(_now("Posted as no. %(number)d.") % {"number": entry.number})


def _entry_command(name: str, text: type_text, write: Callable[..., Any]) -> None:
    @writing.command(name, help=str(text))
    @date_option
    @click.option("--text", required=True, help=str(_("What it is about; no names of persons.")))
    @_side_option("debit")
    @_side_option("credit")
    @click.option("--project", default="", help=str(_("The project of all its lines.")))
    @click.option("--note", default="", help=str(_("Your own words; kept apart, can be erased.")))
    @fund_option(required=False)
    @format_option
    def run(
        day: str,
        text: str,
        debits: Pairs,
        credits: Pairs,
        project: str,
        note: str,
        fund: str,
        form: str,
    ) -> None:
        act = cli_act()
        sides = _sides(debits, credits, fund, project)
        entry = write(act, date=day_or(day, act.today), text=text, sides=sides, note=note)
        _posted(entry, form)


def _side_option(name: str) -> Decorator[Any]:
    shape = "ACCOUNT[@FUND][#PARTY] WON"
    return click.option(f"--{name}", f"{name}s", nargs=2, multiple=True, metavar=shape)


_entry_command(
    "post", _("Post an entry: at least one --debit and one --credit."), commands.post_entry
)
_entry_command("draft", _("Write an entry that a second person approves."), commands.draft_entry)


@writing.command("withdraw", help=str(_("Take a draft back, by its id.")))
@click.argument("draft_id", type=click.IntRange(1))
@click.option("--reason", required=True)
def withdraw(draft_id: int, reason: str) -> None:
    commands.withdraw_draft(cli_act(), entry_id=draft_id, reason=reason)


@writing.command("reverse", help=str(_("Undo an entry, by its number, with its mirror image.")))
@click.argument("number", type=click.IntRange(1))
@date_option
@click.option("--reason", required=True)
@format_option
def reverse(number: int, day: str, reason: str, form: str) -> None:
    act = cli_act()
    entry_id = queries.entry_numbered(number)
    _posted(
        commands.reverse_entry(act, entry_id=entry_id, date=day_or(day, act.today), reason=reason),
        form,
    )


@writing.command("move", help=str(_("Move money from one fund to another.")))
@click.option("--from-fund", required=True)
@click.option("--to-fund", required=True)
@click.option("--amount", required=True, metavar="WON")
@click.option("--text", required=True)
@date_option
@click.option("--settle", is_flag=True, help=str(_("Pay back what is owed between them.")))
@click.option("--draft", is_flag=True, help=str(_("Let a second person approve it.")))
@format_option
def move(
    from_fund: str,
    to_fund: str,
    amount: str,
    text: str,
    day: str,
    settle: bool,
    draft: bool,
    form: str,
) -> None:
    act = cli_act()
    _posted(
        commands.move_between_funds(
            act,
            date=day_or(day, act.today),
            from_fund=from_fund,
            to_fund=to_fund,
            amount_won=parse_won(amount),
            text=text,
            settle=settle,
            draft=draft,
        ),
        form,
    )


@writing.command("open-fund", help=str(_("Open a fund with books of its own.")))
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


@writing.command("retire-account", help=str(_("No longer use an account.")))
@click.argument("account")
def retire_account(account: str) -> None:
    found = commands.retire_account(cli_act(), account=account)
    click.echo(_now("%(name)s is no longer used.") % {"name": found.name})


@writing.command("revive-account", help=str(_("Take a retired account into use again.")))
@click.argument("account")
def revive_account(account: str) -> None:
    found = commands.revive_account(cli_act(), account=account)
    click.echo(_now("%(name)s is used again.") % {"name": found.name})


@writing.command("retire-fund", help=str(_("No longer use a fund.")))
@click.argument("fund")
def retire_fund(fund: str) -> None:
    found = commands.retire_fund(cli_act(), fund=fund)
    click.echo(_now("%(name)s is no longer used.") % {"name": found.name})


@writing.command("revive-fund", help=str(_("Take a retired fund into use again.")))
@click.argument("fund")
def revive_fund(fund: str) -> None:
    found = commands.revive_fund(cli_act(), fund=fund)
    click.echo(_now("%(name)s is used again.") % {"name": found.name})


def _month(given: str) -> str:
    month: Month = parse_month(given)
    return str(month)


@writing.command("close", help=str(_("Close a month of the books and keep its statements.")))
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


@writing.command("reopen", help=str(_("Open a closed month again, with a reason.")))
@click.argument("month", metavar="YYYY-MM")
@click.option("--reason", required=True)
def reopen(month: str, reason: str) -> None:
    commands.reopen_period(cli_act(), month=_month(month), reason=reason)


@writing.command("lock", help=str(_("Lock a closed month for good.")))
@click.argument("month", metavar="YYYY-MM")
def lock(month: str) -> None:
    commands.lock_period(cli_act(), month=_month(month))
