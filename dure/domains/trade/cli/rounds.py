"""Rounds of clearing at the terminal."""

from __future__ import annotations

from typing import Any

import click
from django.utils.translation import gettext_lazy as _

from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, show

from .. import commands, queries
from .days import Day

group = click.Group()


def _shown(round_id: int, form: str) -> None:
    show(queries.clearing(cli_act(), round_id).row, form)


@group.command("clearings", help=str(_("Rounds of clearing, the newest first.")))
@format_option
def clearings(form: str) -> None:
    show(queries.clearings(cli_act()), form)


@group.command("clearing", help=str(_("Who takes part in a round, and what vanishes for whom.")))
@click.argument("round_id", type=int)
@format_option
def clearing(round_id: int, form: str) -> None:
    show(queries.clearing(cli_act(), round_id).parties, form)


@group.command("open-clearing", help=str(_("Reckon what could be set off, and ask the members.")))
@click.option("--until", "cut_off_date", type=Day(), default=None)
@click.option("--with-pool", is_flag=True)
@format_option
def open_clearing(form: str, **given: Any) -> None:
    _shown(commands.open_clearing(cli_act(), **given).pk, form)


@group.command("agree-to-clearing", help=str(_("Note by which paper a member agreed.")))
@click.argument("round_id", type=int)
@click.option("--party", "party_id", type=int, required=True)
@click.option("--on-paper", default="")
@click.option("--borrows", "borrows_won", type=click.IntRange(0), default=0)
@format_option
def agree_to_clearing(form: str, round_id: int, **given: Any) -> None:
    commands.agree_to_clearing(cli_act(), round_id=round_id, **given)
    _shown(round_id, form)


@group.command("withdraw-from-clearing", help=str(_("A member takes no part.")))
@click.argument("round_id", type=int)
@click.option("--party", "party_id", type=int, required=True)
@click.option("--reason", default="")
@format_option
def withdraw_from_clearing(form: str, round_id: int, **given: Any) -> None:
    commands.withdraw_from_clearing(cli_act(), round_id=round_id, **given)
    _shown(round_id, form)


@group.command("exclude-from-clearing", help=str(_("Leave a member out, and say why.")))
@click.argument("round_id", type=int)
@click.option("--party", "party_id", type=int, required=True)
@click.option("--ground", type=click.Choice(["seizure", "insolvency", "other"]), required=True)
@click.option("--reason", required=True)
@format_option
def exclude_from_clearing(form: str, round_id: int, **given: Any) -> None:
    commands.exclude_from_clearing(cli_act(), round_id=round_id, **given)
    _shown(round_id, form)


@group.command("settle-clearing", help=str(_("Set off what those who agreed owe each other.")))
@click.argument("round_id", type=int)
@format_option
def settle_clearing(round_id: int, form: str) -> None:
    _shown(commands.settle_clearing(cli_act(), round_id=round_id).pk, form)


@group.command("give-up-clearing", help=str(_("End a round without setting anything off.")))
@click.argument("round_id", type=int)
@click.option("--reason", required=True)
@format_option
def give_up_clearing(round_id: int, reason: str, form: str) -> None:
    _shown(commands.give_up_clearing(cli_act(), round_id=round_id, reason=reason).pk, form)


@group.command("undo-clearing", help=str(_("Undo a settled round that was a mistake.")))
@click.argument("round_id", type=int)
@click.option("--reason", required=True)
@format_option
def undo_clearing(round_id: int, reason: str, form: str) -> None:
    _shown(commands.undo_clearing(cli_act(), round_id=round_id, reason=reason).pk, form)


@group.command("clearing-bars", help=str(_("Seizures and insolvencies, the newest first.")))
@format_option
def clearing_bars(form: str) -> None:
    show(queries.clearing_bars(cli_act()), form)


@group.command("bar-from-clearing", help=str(_("Note that claims are seized, or an insolvency.")))
@click.option("--party", "party_id", type=int, required=True)
@click.option("--ground", type=click.Choice(["seizure", "insolvency"]), required=True)
@click.option("--from", "from_date", type=Day(), required=True)
@click.option("--paper", required=True)
@format_option
def bar_from_clearing(form: str, **given: Any) -> None:
    act = cli_act()
    show(queries.clearing_bar(act, commands.bar_from_clearing(act, **given).pk), form)


@group.command("lift-clearing-bar", help=str(_("A seizure or an insolvency is over.")))
@click.argument("bar_id", type=int)
@click.option("--date", "lifted_date", type=Day(), required=True)
@click.option("--paper", required=True)
@format_option
def lift_clearing_bar(form: str, **given: Any) -> None:
    act = cli_act()
    show(queries.clearing_bar(act, commands.lift_clearing_bar(act, **given).pk), form)
