"""Deals at the terminal."""

from __future__ import annotations

from typing import Any

import click
from django.utils.translation import gettext_lazy as _

from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, show

from .. import commands, queries
from .days import Day

group = click.Group()


def _shown(deal_id: int, form: str) -> None:
    show(queries.deal(cli_act(), deal_id).row, form)


@group.command("list", help=str(_("The deals of all, the newest first.")))
@click.option("--state", default="")
@click.option("--party", "party_id", type=int, default=None)
@format_option
def list_(state: str, party_id: int | None, form: str) -> None:
    show(queries.deals(cli_act(), state=state, party_id=party_id), form)


@group.command("record", help=str(_("Say that a side sold to another, or bought from it.")))
@click.option("--party", "party_id", type=int, required=True)
@click.option("--other", "other_id", type=int, required=True)
@click.option("--sells/--buys", default=True)
@click.option("--what", required=True)
@click.option("--won", type=click.IntRange(1), required=True)
@click.option("--vat-won", type=click.IntRange(0), default=0)
@click.option("--date", "dealt_date", type=Day(), required=True)
@click.option("--due", "due_date", type=Day(), default=None)
@click.option("--tax-number", default="")
@click.option("--another", "is_another", is_flag=True)
@format_option
def record(form: str, **given: Any) -> None:
    _shown(commands.record_deal(cli_act(), **given).pk, form)


@group.command("confirm", help=str(_("Confirm what the other side recorded.")))
@click.argument("deal_id", type=int)
@click.option("--same-as", "same_as_id", type=int, default=None)
@click.option("--on-paper", default="")
@format_option
def confirm(form: str, **given: Any) -> None:
    _shown(commands.confirm_deal(cli_act(), **given).pk, form)


@group.command("refuse", help=str(_("Say that it was not so, and why.")))
@click.argument("deal_id", type=int)
@click.option("--reason", required=True)
@format_option
def refuse(form: str, **given: Any) -> None:
    _shown(commands.refuse_deal(cli_act(), **given).pk, form)


@group.command("withdraw", help=str(_("Take back what one recorded.")))
@click.argument("deal_id", type=int)
@format_option
def withdraw(form: str, **given: Any) -> None:
    _shown(commands.withdraw_deal(cli_act(), **given).pk, form)


@group.command("receive", help=str(_("Say that money for a deal came.")))
@click.argument("deal_id", type=int)
@click.option("--won", type=click.IntRange(1), required=True)
@click.option("--date", "paid_date", type=Day(), default=None)
@click.option("--reference", default="")
@format_option
def receive(form: str, **given: Any) -> None:
    _shown(commands.receive_deal_payment(cli_act(), **given).deal_id, form)


@group.command("undo-payment", help=str(_("Take back a payment that was noted wrongly.")))
@click.argument("settlement_id", type=int)
@click.option("--reason", required=True)
@format_option
def undo_payment(form: str, **given: Any) -> None:
    _shown(commands.undo_deal_payment(cli_act(), **given).deal_id, form)
