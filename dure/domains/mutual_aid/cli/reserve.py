"""`dure mutual-aid reserve`: where it stands, and its movements."""

from __future__ import annotations

from datetime import date
from typing import Any

import click
from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws.rules import Kind, read_value
from dure.kernel.dates import parse_date
from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, show

from .. import commands, documents, queries

reserve = click.Group("reserve", help=str(_("The reserve: deposits and public bonds.")))


class _Day(click.ParamType[date]):
    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: Any, ctx: Any) -> date:
        return parse_date(value)


def _rate(text: str) -> tuple[int, int]:
    """A yearly rate: 3%, 7/200."""
    found = read_value(Kind.RATIO, text)
    return found.numerator, found.denominator  # type: ignore[union-attr]


@reserve.command("list", help=str(_("Every deposit and bond, and what is due.")))
@click.option("--fund", default="", help=str(_("Of a fund run for others, by its code.")))
@format_option
def placements(fund: str, form: str) -> None:
    show(queries.placements(cli_act(), fund), form)


@reserve.command("solvency", help=str(_("How long mutual aid lasts, in each case.")))
@click.option("--fund", default="", help=str(_("Of a fund run for others, by its code.")))
@format_option
def solvency(fund: str, form: str) -> None:
    view = queries.solvency(cli_act(), fund)
    if form == "json":
        show(view, form)
        return
    show(
        [
            {
                "case": documents.case_label(one), "free_won": one.free_won,
                "contributions_won": one.contributions_won, "expected_won": one.expected_won,
                "cover": documents.cover_said(one), "used_up": documents.used_up_said(one),
            }
            for one in view.cases
        ]
    )  # fmt: skip


@reserve.command("place", help=str(_("Place a part of the reserve.")))
@click.option("--institution", required=True)
@click.option("--kind", required=True, help="deposit, public_bond")
@click.option("--won", type=int, required=True)
@click.option("--rate", required=True, help="3%")
@click.option("--matures", type=_Day(), required=True)
@click.option("--decided-by", required=True)
@click.option("--opened", type=_Day(), default=None)
@click.option("--fund", default="mutual_aid", show_default=True)
def place(
    institution: str,
    kind: str,
    won: int,
    rate: str,
    matures: date,
    decided_by: str,
    opened: date | None,
    fund: str,
) -> None:
    made = commands.place_reserve(
        cli_act(), institution=institution, kind=kind, won=won, rate=_rate(rate),
        matures_date=matures, decided_by=decided_by, opened_date=opened, fund=fund,
    )  # fmt: skip
    show(made.pk)


@reserve.command("end", help=str(_("Money comes back, matured or withdrawn early.")))
@click.argument("placement", type=int)
@click.option("--interest", type=int, default=0, show_default=True)
@click.option("--on", type=_Day(), default=None)
def end(placement: int, interest: int, on: date | None) -> None:
    made = commands.end_placement(
        cli_act(), placement_id=placement, interest_won=interest, ended_date=on
    )
    show(made.end)


@reserve.command("renew", help=str(_("Renew what is due.")))
@click.argument("placement", type=int)
@click.option("--matures", type=_Day(), required=True)
@click.option("--rate", required=True, help="3%")
@click.option("--decided-by", required=True)
@click.option("--won", type=int, default=None)
@click.option("--interest", type=int, default=0, show_default=True)
@click.option("--on", type=_Day(), default=None)
def renew(
    placement: int,
    matures: date,
    rate: str,
    decided_by: str,
    won: int | None,
    interest: int,
    on: date | None,
) -> None:
    made = commands.renew_placement(
        cli_act(), placement_id=placement, matures_date=matures, rate=_rate(rate),
        decided_by=decided_by, won=won, interest_won=interest, ended_date=on,
    )  # fmt: skip
    show(made.pk)
