"""`dure loans portfolio`: the loans in figures on any day."""

from __future__ import annotations

from typing import Any

import click
from django.utils.translation import gettext_lazy as _

from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, show

from .. import queries
from ..documents import portfolio_blocks
from .daily import Day

reports = click.Group("reports")


@reports.command("portfolio", help=str(_("What is lent on a day, how sound it is, what moved.")))
@click.option("--on", type=Day(), default=None, help=str(_("The day; without it, today.")))
@click.option("--since", type=Day(), default=None)
@click.option("--fund", default="")
@format_option
def portfolio(form: str, **given: Any) -> None:
    report = queries.portfolio_report(cli_act(), **given)
    if form == "json":
        show(report.told(), form)
        return
    for block in portfolio_blocks(report):
        click.echo(block.caption)
        show([{label: cell for cell, label, _kind in row} for row in block.shown], form)


@reports.command("disclosure", help=str(_("What disclosure form 25 says of a fiscal year.")))
@click.argument("year", type=click.IntRange(1900, 9998))
@format_option
def disclosure(year: int, form: str) -> None:
    show(queries.lending_data(cli_act(), year), form)
