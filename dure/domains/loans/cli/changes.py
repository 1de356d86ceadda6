"""`dure loans`: decisions about loans that do not run as agreed."""

from __future__ import annotations

from typing import Any

import click
from django.utils.translation import gettext_lazy as _

from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, show

from .. import commands
from .daily import Day

group = click.Group("changes")


def _shown(change: Any, form: str) -> None:
    show(
        {
            "loan_id": change.loan_id, "kind": change.kind, "changed_date": change.changed_date,
            "won": change.won, "principal_won": change.principal_won,
        },
        form,
    )  # fmt: skip


@group.command("reschedule", help=str(_("Lay down a new schedule for what is open.")))
@click.argument("loan_id", type=int)
@click.option("--months", type=click.IntRange(1), required=True)
@click.option("--grace-months", type=click.IntRange(0), default=0)
@click.option("--decided-by", required=True)
@click.option("--reason", default="")
@format_option
def reschedule(form: str, **given: Any) -> None:
    _shown(commands.reschedule_loan(cli_act(), **given), form)


@group.command("call-due", help=str(_("All that is open becomes due on one day.")))
@click.argument("loan_id", type=int)
@click.option("--on", "due_date", type=Day(), required=True)
@click.option("--decided-by", required=True)
@click.option("--reason", required=True)
@format_option
def call_due(form: str, **given: Any) -> None:
    _shown(commands.call_loan_due(cli_act(), **given), form)


@group.command("waive", help=str(_("Give up late interest, all that is open or so much.")))
@click.argument("loan_id", type=int)
@click.option("--won", type=int, default=None)
@click.option("--decided-by", required=True)
@click.option("--reason", required=True)
@format_option
def waive(form: str, **given: Any) -> None:
    _shown(commands.waive_late_interest(cli_act(), **given), form)


@group.command("undo-waiver", help=str(_("Waived late interest is owed again.")))
@click.argument("change_id", type=int)
@click.option("--reason", required=True)
@format_option
def undo_waiver(form: str, **given: Any) -> None:
    _shown(commands.undo_late_waiver(cli_act(), **given), form)


@group.command("write-off", help=str(_("Give a loan up in the books; the claim remains.")))
@click.argument("loan_id", type=int)
@click.option("--decided-by", required=True)
@click.option("--reason", required=True)
@format_option
def write_off(form: str, **given: Any) -> None:
    _shown(commands.write_off_loan(cli_act(), **given), form)


@group.command("recover", help=str(_("Money comes back for a loan that was given up.")))
@click.argument("loan_id", type=int)
@click.option("--won", type=int, required=True)
@format_option
def recover(form: str, **given: Any) -> None:
    _shown(commands.recover_loan(cli_act(), **given), form)


@group.command("spare", help=str(_("Give the estate of a borrower who died time.")))
@click.argument("loan_id", type=int)
@click.option("--died", "died_date", type=Day(), required=True)
@format_option
def spare(form: str, **given: Any) -> None:
    _shown(commands.spare_estate(cli_act(), **given), form)
