"""Campaigns at the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext_lazy as _

from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, show

from .. import commands, queries
from .days import Day

campaigns = click.Group("campaigns", help=str(_("Campaigns in a crisis.")))


@campaigns.command("list", help=str(_("Every campaign.")))
@format_option
def list_(form: str) -> None:
    show(queries.aid_campaigns(cli_act()), form)


@campaigns.command("report", help=str(_("What everybody is told of a campaign.")))
@click.argument("campaign", type=int)
@format_option
def report(campaign: int, form: str) -> None:
    show(queries.aid_campaign_report(cli_act(), campaign), form)


@campaigns.command("open", help=str(_("Open a campaign with a fund of its own.")))
@click.option("--name", required=True)
@click.option("--purpose", required=True)
@click.option("--article", required=True)
@click.option("--decided-by", required=True)
@click.option("--from", "from_date", type=Day(), required=True)
@click.option("--until", "until_date", type=Day(), required=True)
@click.option("--fund", required=True)
@click.option("--rest-to", required=True)
@click.option("--per-person-won", type=click.IntRange(1), required=True)
@click.option("--decider", "deciders", type=int, multiple=True, required=True)
@click.option("--needed", type=click.IntRange(1), default=2, show_default=True)
def open_(**given: Any) -> None:
    show(commands.open_aid_campaign(cli_act(), **given).pk)


@campaigns.command("give", help=str(_("Take a gift in.")))
@click.argument("campaign_id", type=int)
@click.option("--won", type=click.IntRange(1), required=True)
@click.option("--party", "party_id", type=int, default=None)
@click.option("--name", default="")
@click.option("--anonymous", "is_anonymous", is_flag=True)
@click.option("--on", "given_date", type=Day(), default=None)
def give(**given: Any) -> None:
    show(commands.receive_aid_gift(cli_act(), **given).pk)


@campaigns.command(
    "add-evidence", help=str(_("Add a photograph or a paper to an application to a campaign."))
)
@click.argument("grant_id", type=int)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def add_evidence(grant_id: int, file: Path) -> None:
    show(
        commands.add_aid_grant_evidence(
            cli_act(), grant_id=grant_id, name=file.name, content=file.read_bytes()
        )
    )


@campaigns.command("pay", help=str(_("Pay what was granted.")))
@click.argument("grant_id", type=int)
@click.option("--on", "paid_date", type=Day(), default=None)
def pay(**given: Any) -> None:
    show(commands.pay_aid_grant(cli_act(), **given).state)


@campaigns.command("close", help=str(_("Close a campaign; what is left goes where it was told.")))
@click.argument("campaign_id", type=int)
@click.option("--decided-by", required=True)
@click.option("--on", "closed_date", type=Day(), default=None)
def close(**given: Any) -> None:
    show(commands.close_aid_campaign(cli_act(), **given).rest_won)
