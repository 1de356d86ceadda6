"""Offers and wants at the terminal: `dure trade offers …`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext_lazy as _

from dure.ui.doors import cli_act
from dure.ui.files import open_table
from dure.ui.terminal import format_option, show

from .. import commands, queries
from ..queries import About
from .days import Day

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
group = click.Group("offers", help=str(_("What members offer and look for.")))
TEXTS = (
    "description", "unit", "tax", "region", "delivery", "capacity", "certificates", "quantity"
)  # fmt: skip
AMOUNTS = ("price_won", "member_price_won", "budget_won")


def _about_options(command: Any) -> Any:
    for name in (*TEXTS, "category", "kind"):
        command = click.option(f"--{name}", default=None)(command)
    for name in AMOUNTS:
        command = click.option(f"--{name.replace('_', '-')}", type=click.IntRange(1))(command)
    command = click.option("--until", "until_date", type=Day(), default=None)(command)
    return click.option("--public/--members", "is_public", default=None)(command)


def _given(told: dict[str, Any]) -> dict[str, Any]:
    given = {name: value for name, value in told.items() if value is not None}
    if "region" in given:
        given["region_code"] = given.pop("region")
    return given


def _shown(listing_id: int, form: str) -> None:
    show(queries.listing(cli_act(), listing_id).row, form)


@group.command("list", help=str(_("What is offered, or with --wants looked for.")))
@click.argument("words", nargs=-1)
@click.option("--wants", is_flag=True)
@click.option("--category", default="")
@format_option
def list_(words: tuple[str, ...], wants: bool, category: str, form: str) -> None:
    side = "want" if wants else "offer"
    rows = queries.catalogue(cli_act(), side=side, search=" ".join(words), category=category)
    show(queries.listing_rows(list(rows[:200])), form)


@group.command("show", help=str(_("One listing.")))
@click.argument("listing_id", type=int)
@format_option
def show_(listing_id: int, form: str) -> None:
    _shown(listing_id, form)


@group.command("add", help=str(_("List what an organisation offers, or with --want looks for.")))
@click.argument("name")
@click.option("--party", "party_id", type=int, required=True)
@click.option("--want", is_flag=True)
@_about_options
@format_option
def add(name: str, party_id: int, want: bool, form: str, **told: Any) -> None:
    about = About(name=name, **({} if want else {"tax": "taxed"}) | _given(told))
    side = "want" if want else "offer"
    _shown(commands.add_listing(cli_act(), party_id=party_id, side=side, about=about).pk, form)


@group.command("change", help=str(_("Say it otherwise; what is not named stays.")))
@click.argument("listing_id", type=int)
@click.option("--name", default=None)
@_about_options
@format_option
def change(listing_id: int, form: str, **told: Any) -> None:
    about = replace(queries.listing(cli_act(), listing_id).about, **_given(told))
    _shown(commands.change_listing(cli_act(), listing_id=listing_id, about=about).pk, form)


@group.command("renew", help=str(_("Keep it listed as long as the rules allow.")))
@click.argument("listing_id", type=int)
@format_option
def renew(listing_id: int, form: str) -> None:
    _shown(commands.renew_listing(cli_act(), listing_id=listing_id).pk, form)


@group.command("close", help=str(_("Take it off the list.")))
@click.argument("listing_id", type=int)
@format_option
def close(listing_id: int, form: str) -> None:
    _shown(commands.close_listing(cli_act(), listing_id=listing_id).pk, form)


@group.command("add-photo", help=str(_("Add a picture; where and when it was taken is removed.")))
@click.argument("listing_id", type=int)
@click.argument("file", type=FILE)
def add_photo(listing_id: int, file: Path) -> None:
    act = cli_act()
    click.echo(
        commands.add_listing_photo(
            act, listing_id=listing_id, name=file.name, content=file.read_bytes()
        )
    )


@group.command("remove-photo", help=str(_("Destroy a picture.")))
@click.argument("listing_id", type=int)
@click.argument("photo_id", type=int)
def remove_photo(listing_id: int, photo_id: int) -> None:
    commands.remove_listing_photo(cli_act(), listing_id=listing_id, file_id=photo_id)


@group.command("fits", help=str(_("The offers that fit a want, or the wants an offer fits.")))
@click.argument("listing_id", type=int)
@format_option
def fits(listing_id: int, form: str) -> None:
    found = queries.fits_of(cli_act(), listing_id)
    show(
        [
            {
                "id": one.row.id, "name": one.row.name, "party": one.row.party,
                "points": one.points, "reasons": ", ".join(one.reasons),
            }
            for one in found
        ],
        form,
    )  # fmt: skip


@group.command("needs", help=str(_("The members who may need an offer, and why.")))
@click.argument("listing_id", type=int)
@format_option
def needs(listing_id: int, form: str) -> None:
    show(queries.needs_for(cli_act(), listing_id), form)


@group.command(
    "import", help=str(_("Look at a file, and with --accept take in the rows that fit."))
)
@click.argument("file", type=FILE)
@click.option("--party", "party_id", type=int, required=True)
@click.option("--wants", is_flag=True)
@click.option("--accept", is_flag=True)
@format_option
def import_(file: Path, party_id: int, wants: bool, accept: bool, form: str) -> None:
    sheet = open_table(file.name, file.read_bytes())
    rows = tuple((row.number, row.cells) for row in sheet.rows)
    staged = commands.stage_listings(
        cli_act(), party_id=party_id, side="want" if wants else "offer", file_name=file.name,
        head=sheet.head, rows=rows,
    )  # fmt: skip
    look = queries.staged_listings(cli_act(), staged.pk)
    show([{"row": one.number, "name": one.name, "fault": one.fault} for one in look.rows], form)
    if accept:
        commands.accept_listings(cli_act(), import_id=staged.pk)
    else:
        commands.discard_listings(cli_act(), import_id=staged.pk)


@group.command("words", help=str(_("Which words mean the same; with a file they become these.")))
@click.argument("file", type=FILE, required=False)
def words(file: Path | None) -> None:
    if file is not None:
        commands.change_synonyms(cli_act(), text=file.read_text(encoding="utf-8"))
    click.echo(queries.synonym_text(), nl=False)


@group.command("watch", help=str(_("Tell whose listings end soon, and end those that are over.")))
def watch() -> None:
    reminded, expired = commands.watch_listings(cli_act())
    click.echo(f"{reminded} {expired}")
