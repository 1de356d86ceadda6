"""A file of deals at the terminal."""

from __future__ import annotations

from pathlib import Path

import click
from django.utils.translation import gettext_lazy as _

from dure.ui.doors import cli_act
from dure.ui.files import open_table
from dure.ui.terminal import format_option, show

from .. import commands, queries

group = click.Group()


@group.command(
    "import-deals", help=str(_("Take the deals of a CSV or Excel file in, all or none."))
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--on-paper", default="", help=str(_("The paper by which both sides confirmed them."))
)
@click.option("--preview", is_flag=True, help=str(_("Show what would change; write nothing.")))
@format_option
def import_deals(file: Path, on_paper: str, preview: bool, form: str) -> None:
    act = cli_act()
    sheet = open_table(file.name, file.read_bytes())
    deals = queries.deals_of_file(act, sheet.head, [(row.number, row.cells) for row in sheet])
    if preview:
        found = queries.sort_deals(act, deals)
        show(
            {
                "new": len(found.new), "won": found.won, "known": found.known,
                "paid": len(found.paid), "faults": [f"{one.row}: {one.text}" for one in found.faults],
            },
            form,
        )  # fmt: skip
        return
    count = commands.import_deals(act, deals=tuple(deals), on_paper=on_paper)
    show({"count": count}, form)
