"""Orders at the terminal."""

from __future__ import annotations

from typing import Any

import click
from django.utils.translation import gettext_lazy as _

from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, show

from .. import commands, queries
from .days import Day

group = click.Group()
_lines = click.option(
    "--line", "lines", type=(str, int, str, int, str), multiple=True, required=True,
    metavar="ARTICLE QUANTITY UNIT WON taxed|free|zero",
)  # fmt: skip


def _shown(order_id: int, form: str) -> None:
    show(queries.order(cli_act(), order_id).row, form)


@group.command("orders", help=str(_("Orders of those one speaks for, the newest first.")))
@format_option
def orders(form: str) -> None:
    show(queries.orders(cli_act()), form)


@group.command("propose-order", help=str(_("Quote to another, or ask another.")))
@click.option("--party", "party_id", type=int, required=True)
@click.option("--other", "other_id", type=int, required=True)
@click.option("--sells/--buys", default=True)
@_lines
@click.option("--until", "wanted_date", type=Day(), default=None)
@click.option("--good-until", "valid_date", type=Day(), default=None)
@click.option("--due-days", type=click.IntRange(0, 365), default=None)
@click.option("--note", default="")
@format_option
def propose_order(form: str, **given: Any) -> None:
    _shown(commands.propose_order(cli_act(), **given).pk, form)


@group.command("counter-order", help=str(_("Propose other terms to who proposed.")))
@click.argument("order_id", type=int)
@_lines
@click.option("--note", default="")
@format_option
def counter_order(form: str, **given: Any) -> None:
    _shown(commands.counter_order(cli_act(), **given).pk, form)


@group.command("accept-order", help=str(_("Agree to the terms proposed.")))
@click.argument("order_id", type=int)
@click.option("--on-paper", default="")
@format_option
def accept_order(form: str, **given: Any) -> None:
    _shown(commands.accept_order(cli_act(), **given).pk, form)


@group.command("decline-order", help=str(_("Say no to the terms proposed.")))
@click.argument("order_id", type=int)
@click.option("--reason", required=True)
@format_option
def decline_order(form: str, **given: Any) -> None:
    _shown(commands.decline_order(cli_act(), **given).pk, form)


@group.command("withdraw-order", help=str(_("Take back the terms one proposed.")))
@click.argument("order_id", type=int)
@format_option
def withdraw_order(form: str, **given: Any) -> None:
    _shown(commands.withdraw_order(cli_act(), **given).pk, form)


@group.command("deliver-order", help=str(_("Say what was delivered; nothing said: all the rest.")))
@click.argument("order_id", type=int)
@click.option("--quantity", "quantities", type=(int, int), multiple=True, metavar="PLACE QUANTITY")
@click.option("--date", "delivered_date", type=Day(), default=None)
@click.option("--tax-number", default="")
@format_option
def deliver_order(form: str, quantities: Any, **given: Any) -> None:
    made = commands.deliver_order(cli_act(), quantities=quantities or None, **given)
    show(queries.deal(cli_act(), made.pk).row, form)


@group.command("end-order", help=str(_("Let go what is not delivered yet.")))
@click.argument("order_id", type=int)
@click.option("--party", "party_id", type=int, required=True)
@click.option("--reason", required=True)
@format_option
def end_order(form: str, **given: Any) -> None:
    _shown(commands.end_order(cli_act(), **given).pk, form)
