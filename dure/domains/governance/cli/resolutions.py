"""Resolutions after the vote, from the command line."""

from __future__ import annotations

import click
from django.utils.translation import gettext_lazy as _

from dure.kernel.dates import parse_date
from dure.ui.doors import cli_act

from .. import commands

group = click.Group("resolutions")


@group.command("note-approval", help=str(_("Note what the authority said to a resolution.")))
@click.argument("resolution_id", type=int)
@click.option("--on", "day", required=True, metavar="DATE")
@click.option("--paper", required=True)
@click.option("--refused", is_flag=True)
def note_approval(resolution_id: int, day: str, paper: str, refused: bool) -> None:
    row = commands.note_approval(
        cli_act(), resolution_id=resolution_id, approval_date=parse_date(day), paper=paper,
        granted=not refused,
    )  # fmt: skip
    click.echo(row.done_text or row.done)


@group.command("void-resolution", help=str(_("Declare a resolution void.")))
@click.argument("resolution_id", type=int)
@click.option("--reason", required=True)
@click.option("--paper", required=True)
def void_resolution(resolution_id: int, reason: str, paper: str) -> None:
    row = commands.void_resolution(
        cli_act(), resolution_id=resolution_id, reason=reason, paper=paper
    )
    click.echo(row.undone_text or row.done)


@group.command("settle-void", help=str(_("Note how what a void resolution did was undone.")))
@click.argument("resolution_id", type=int)
@click.argument("undone")
def settle_void(resolution_id: int, undone: str) -> None:
    commands.settle_void(cli_act(), resolution_id=resolution_id, undone=undone)
