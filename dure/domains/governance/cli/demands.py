"""Demands for a meeting from the command line."""

from __future__ import annotations

import click
from django.utils.translation import gettext_lazy as _

from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, show

from .. import commands, queries

group = click.Group("demands")


@group.command("demands", help=str(_("Meetings that are demanded of a body.")))
@click.argument("body_id", type=int)
@format_option
def list_demands(body_id: int, form: str) -> None:
    show(
        queries.demands(cli_act(), body_id=body_id),
        form,
        columns={
            "id": _("No."),
            "purpose": _("Purpose"),
            "signed": _("Signed"),
            "needed": _("Needed"),
            "call_by_date": _("To be called by"),
        },
    )


@group.command("demand", help=str(_("Demand a meeting of a body.")))
@click.argument("body_id", type=int)
@click.argument("party_id", type=int)
@click.argument("purpose")
@click.option("--matter", default="business", show_default=True)
def demand(body_id: int, party_id: int, purpose: str, matter: str) -> None:
    made = commands.demand_meeting(
        cli_act(), body_id=body_id, party_id=party_id, purpose=purpose, matter=matter
    )
    click.echo(made.pk)


@group.command("sign-demand", help=str(_("Sign a demand for a meeting.")))
@click.argument("demand_id", type=int)
@click.argument("party_id", type=int)
def sign_demand(demand_id: int, party_id: int) -> None:
    commands.sign_demand(cli_act(), demand_id=demand_id, party_id=party_id)


@group.command("answer-demand", help=str(_("Name the meeting that is called for a demand.")))
@click.argument("demand_id", type=int)
@click.argument("meeting_id", type=int)
def answer_demand(demand_id: int, meeting_id: int) -> None:
    commands.answer_demand(cli_act(), demand_id=demand_id, meeting_id=meeting_id)
