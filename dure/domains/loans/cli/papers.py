"""From the command line: the statement of a loan, its certificates, and promises that lapse."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
from django.utils.translation import gettext_lazy as _

from dure.domains.parties import queries as parties
from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, show

from .. import commands, documents, queries
from .daily import Day

papers = click.Group("papers")


@papers.command("statement", help=str(_("Write the statement of a loan on a day to a file.")))
@click.argument("loan_id", type=int)
@click.option("--on", "on_date", type=Day(), default=None)
@click.option("--to", "file", type=click.Path(path_type=Path), required=True, help=".pdf, .xlsx")
@format_option
def statement(loan_id: int, on_date: date | None, file: Path, form: str) -> None:
    act = cli_act()
    card = queries.loan_card(act, loan_id, on_date)
    network = parties.network_profile()
    name = network.name if network else ""
    if file.suffix == ".xlsx":
        file.write_bytes(b"".join(documents.statement_book(card, name, act.at)))
    else:
        file.write_bytes(documents.statement_pdf(card, name, act.at))
    show({"loan_id": card.id, "on": card.on, "left_won": card.left_won, "file": str(file)}, form)


@papers.command("certificate", help=str(_("Issue a certificate of balance, or of interest paid.")))
@click.argument("loan_id", type=int)
@click.option("--kind", type=click.Choice(("balance", "interest")), default="balance")
@click.option("--year", type=int, default=None)
@click.option("--site-url", default="http://localhost:8000")
@format_option
def certificate(loan_id: int, kind: str, year: int | None, site_url: str, form: str) -> None:
    made = commands.issue_loan_paper(
        cli_act(), loan_id=loan_id, kind=f"loan_{kind}", year=year, site_url=site_url
    )
    show({"paper_id": made}, form)


@papers.command("lapse-promises", help=str(_("Let promises lapse that are too old.")))
@format_option
def lapse_promises(form: str) -> None:
    show({"count": commands.lapse_loan_promises(cli_act())}, form)
