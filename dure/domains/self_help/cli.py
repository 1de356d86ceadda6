"""`dure self-help`: the funds that are run for others."""

from __future__ import annotations

from datetime import date
from typing import Any

import click
from django.utils.translation import gettext_lazy as _

from dure.kernel.dates import parse_date
from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, show

from . import commands, queries
from .rules import FeeOf

group = click.Group("self-help", help=str(_("Self-help funds that are run for others.")))


class _Day(click.ParamType[date]):
    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: Any, ctx: Any) -> date:
        return parse_date(value)


def _mandate(command: Any) -> Any:
    """What a contract says."""
    for option in (
        click.option("--fee-months", type=click.Choice(["1", "3", "12"]), default="1"),
        click.option("--fee-share", default="0/1", help=str(_("A share, for example 2/100."))),
        click.option("--fee-won", type=click.IntRange(0), default=0),
        click.option("--fee-of", type=click.Choice([str(one) for one in FeeOf]), default="nothing"),
        click.option("--from", "from_date", type=_Day(), required=True),
        click.option("--contract", required=True),
    ):
        command = option(command)
    return command


def _fee(given: dict[str, Any]) -> dict[str, Any]:
    part, _slash, whole = given["fee_share"].partition("/")
    share = (int(part), int(whole or 1)) if part.isdigit() and (whole or "1").isdigit() else (2, 1)
    return {**given, "fee_share": share, "fee_months": int(given["fee_months"])}


@group.command("list", help=str(_("All funds that are run for others.")))
@format_option
def list_(form: str) -> None:
    show(
        [
            {
                "id": one.id, "code": one.code, "name": one.name, "association": one.association,
                "participants": one.participants, "capital_won": one.capital_won,
                "left_won": one.left_won, "late_won": one.late_won, "money_won": one.money_won,
                "due_won": one.due_won,
            }
            for one in queries.self_help_funds(cli_act())
        ],
        form,
    )  # fmt: skip


@group.command("take-on", help=str(_("Run an association's fund on commission.")))
@click.option("--code", required=True)
@click.option("--name", required=True)
@click.option("--association", "association_id", type=int, required=True)
@click.option("--legal-form", required=True)
@_mandate
@format_option
def take_on(form: str, **given: Any) -> None:
    made = commands.take_on_self_help_fund(cli_act(), **_fee(given))
    show({"id": made.pk, "code": made.code, "name": made.name}, form)


@group.command("open-aid-books", help=str(_("Open the books of a fund's mutual aid.")))
@click.argument("fund_id", type=int)
@format_option
def open_aid_books(fund_id: int, form: str) -> None:
    made = commands.open_aid_books(cli_act(), fund_id=fund_id)
    show({"id": made.pk, "aid_code": made.aid_code}, form)


@group.command("renew", help=str(_("The next contract of a fund.")))
@click.argument("fund_id", type=int)
@_mandate
@format_option
def renew(form: str, **given: Any) -> None:
    made = commands.renew_mandate(cli_act(), **_fee(given))
    show({"id": made.pk, "contract": made.contract, "from_date": made.from_date}, form)


@group.command("participants", help=str(_("Who takes part in a fund.")))
@click.argument("fund_id", type=int)
@format_option
def participants(fund_id: int, form: str) -> None:
    show(queries.participants_of(cli_act(), fund_id), form)


@group.command("enter", help=str(_("Enter who takes part.")))
@click.argument("fund_id", type=int)
@click.option("--party", "party_id", type=int, required=True)
@click.option("--since", "joined_date", type=_Day(), default=None)
@format_option
def enter(form: str, **given: Any) -> None:
    made = commands.enter_participant(cli_act(), **given)
    show({"id": made.pk, "joined_date": made.joined_date}, form)


@group.command("pay-in", help=str(_("Take a contribution of a participant in.")))
@click.argument("participant_id", type=int)
@click.option("--won", type=int, required=True)
@click.option("--on", "paid_date", type=_Day(), default=None)
@format_option
def pay_in(form: str, **given: Any) -> None:
    made = commands.pay_in(cli_act(), **given)
    show({"id": made.pk, "won": made.won, "entry_id": made.entry_id}, form)


@group.command("pay-back", help=str(_("Pay a contribution back.")))
@click.argument("participant_id", type=int)
@click.option("--won", type=int, required=True)
@click.option("--on", "paid_date", type=_Day(), default=None)
@format_option
def pay_back(form: str, **given: Any) -> None:
    made = commands.pay_back(cli_act(), **given)
    show({"id": made.pk, "won": made.won, "entry_id": made.entry_id}, form)


@group.command("end", help=str(_("Somebody takes part no more.")))
@click.argument("participant_id", type=int)
@click.option("--on", "left_date", type=_Day(), default=None)
@format_option
def end(form: str, **given: Any) -> None:
    made = commands.end_participation(cli_act(), **given)
    show({"id": made.pk, "left_date": made.left_date}, form)


@group.command("charge-all", help=str(_("Take every fee that is due, of one fund or of all.")))
@click.option("--fund", "fund_id", type=int, default=None)
@click.option("--dry-run", is_flag=True, help=str(_("Only say what would be taken.")))
@format_option
def charge_all(fund_id: int | None, dry_run: bool, form: str) -> None:
    act = cli_act()
    told = queries.commissions_due(act, fund_id)
    if not dry_run:
        commands.charge_commissions(act, fund_id=fund_id)
    show(
        [
            {
                "fund": one.fund, "from_date": one.commission.from_date,
                "until_date": one.commission.until_date, "won": one.commission.won,
                "taken": one.is_paid and not dry_run,
            }
            for one in told.fees
        ],
        form,
    )  # fmt: skip


@group.command("charge", help=str(_("Take the fee of the period that a month belongs to.")))
@click.argument("fund_id", type=int)
@click.argument("month")
@format_option
def charge(form: str, **given: Any) -> None:
    made = commands.charge_commission(cli_act(), **given)
    show({"id": made.pk, "won": made.won, "from_date": made.from_date}, form)


@group.command("statement", help=str(_("The statement of a fund over whole months.")))
@click.argument("fund_id", type=int)
@click.option("--start", required=True)
@click.option("--end", required=True)
@format_option
def statement(fund_id: int, start: str, end: str, form: str) -> None:
    told = queries.fund_account(cli_act(), fund_id, start, end)
    show(
        {
            "opening_won": told.opening_won, "in_won": told.in_won, "out_won": told.out_won,
            "closing_won": told.closing_won, "lent_won": told.lent_won,
            "capital_won": told.capital_won, "fee_won": told.fee_won,
        },
        form,
    )  # fmt: skip
