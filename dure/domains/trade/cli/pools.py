"""The pool of the cooperative fund at the terminal."""

from __future__ import annotations

from typing import Any

import click
from django.utils.translation import gettext_lazy as _

from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, show

from .. import commands, queries
from .days import Day

group = click.Group()


@group.command("open-pool", help=str(_("Let the fund lend to rounds of clearing, as was decided.")))
@click.option("--won", type=click.IntRange(1), required=True)
@click.option("--each", "member_won", type=click.IntRange(1), required=True)
@click.option("--repay-days", type=click.IntRange(1), required=True)
@click.option("--until", "until_date", type=Day(), required=True)
@click.option("--decided-by", required=True)
@format_option
def open_pool(form: str, **given: Any) -> None:
    act = cli_act()
    commands.open_pool(act, **given)
    show(queries.liquidity_pool(act), form)


@group.command("settle-pool-part", help=str(_("Money that was repaid to the pool, or paid by it.")))
@click.argument("part_id", type=int)
@click.option("--won", type=click.IntRange(1), required=True)
@click.option("--date", "moved_date", type=Day(), default=None)
@format_option
def settle_pool_part(part_id: int, form: str, **given: Any) -> None:
    act = cli_act()
    commands.settle_pool_part(act, part_id=part_id, **given)
    show(queries.pool_part(act, part_id), form)


@group.command(
    "undo-pool-move", help=str(_("Take back money of the pool that was entered wrongly."))
)
@click.argument("move_id", type=int)
@click.option("--reason", required=True)
@format_option
def undo_pool_move(form: str, **given: Any) -> None:
    act = cli_act()
    show(queries.pool_part(act, commands.undo_pool_move(act, **given).part_id), form)
