"""Rounds of clearing at the terminal."""

from __future__ import annotations

from datetime import date
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
@format_option
def open_clearing(cut_off_date: date | None, form: str) -> None:
    _shown(commands.open_clearing(cli_act(), cut_off_date=cut_off_date).pk, form)


@group.command("agree-to-clearing", help=str(_("Note by which paper a member agreed.")))
@click.argument("round_id", type=int)
@click.option("--party", "party_id", type=int, required=True)
@click.option("--on-paper", default="")
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
