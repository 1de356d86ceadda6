"""What comes every month, and papers of deals, at the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext_lazy as _

from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, show

from .. import commands, queries
from .days import Day

group = click.Group()


def _shown(recurring_id: int, form: str) -> None:
    show(queries.recurring_deal(cli_act(), recurring_id), form)


@group.command("recurring", help=str(_("Recurring deals of those one speaks for.")))
@format_option
def recurring(form: str) -> None:
    show(queries.recurring_deals(cli_act()), form)


@group.command("propose-recurring", help=str(_("Propose that the same is traded every month.")))
@click.option("--party", "party_id", type=int, required=True)
@click.option("--other", "other_id", type=int, required=True)
@click.option("--sells/--buys", default=True)
@click.option("--what", required=True)
@click.option("--won", type=click.IntRange(1), required=True)
@click.option("--vat-won", type=click.IntRange(0), default=0)
@click.option("--day", "month_day", type=click.IntRange(1, 31), required=True)
@click.option("--from", "from_date", type=Day(), required=True)
@click.option("--until", "until_date", type=Day(), default=None)
@click.option("--confirms-itself", is_flag=True)
@format_option
def propose_recurring(form: str, **given: Any) -> None:
    _shown(commands.propose_recurring_deal(cli_act(), **given).pk, form)


@group.command("accept-recurring", help=str(_("Agree that it is traded every month.")))
@click.argument("recurring_id", type=int)
@click.option("--on-paper", default="")
@format_option
def accept_recurring(form: str, **given: Any) -> None:
    _shown(commands.accept_recurring_deal(cli_act(), **given).pk, form)


@group.command("end-recurring", help=str(_("Say no to it, or end it after the notice.")))
@click.argument("recurring_id", type=int)
@click.option("--party", "party_id", type=int, required=True)
@click.option("--reason", required=True)
@format_option
def end_recurring(form: str, **given: Any) -> None:
    _shown(commands.end_recurring_deal(cli_act(), **given).pk, form)


@group.command("confirm-each-month", help=str(_("Take the standing consent back.")))
@click.argument("recurring_id", type=int)
@click.option("--party", "party_id", type=int, required=True)
@format_option
def confirm_each_month(form: str, **given: Any) -> None:
    _shown(commands.withdraw_standing_consent(cli_act(), **given).pk, form)


@group.command("record-recurring", help=str(_("Record what is due of recurring deals.")))
@format_option
def record_recurring(form: str) -> None:
    show({"count": commands.record_recurring_deals(cli_act())}, form)


@group.command("tax-invoice", help=str(_("Note the number of a deal's tax invoice.")))
@click.argument("deal_id", type=int)
@click.argument("tax_number")
@format_option
def tax_invoice(form: str, **given: Any) -> None:
    made = commands.note_tax_invoice(cli_act(), **given)
    show(queries.deal(cli_act(), made.pk).row, form)


@group.command("add-paper", help=str(_("Hand in a paper of a deal.")))
@click.argument("deal_id", type=int)
@click.option("--party", "party_id", type=int, required=True)
@click.option("--kind", type=click.Choice(["delivery_note", "tax_invoice", "photo", "other"]), required=True)  # fmt: skip
@click.option("--file", "path", type=click.Path(exists=True, path_type=Path), required=True)
@format_option
def add_paper(path: Path, form: str, **given: Any) -> None:
    made = commands.add_deal_paper(cli_act(), name=path.name, content=path.read_bytes(), **given)
    show({"id": made.pk, "kind": given["kind"], "size": made.size}, form)
