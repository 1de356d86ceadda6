"""`dure ledger main-business`: its part each quarter."""

from __future__ import annotations

from datetime import date

import click
from django.utils.translation import gettext_lazy as _

from dure.kernel.dates import parse_date
from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, show

from .. import commands, policies, queries

business = click.Group("main-business", help=str(_("The part of the main business each quarter.")))


class _Day(click.ParamType[date]):
    name = "YYYY-MM-DD"

    def convert(self, value: object, param: object, ctx: object) -> date:
        return parse_date(str(value))


@business.command("quarters", help=str(_("Each quarter by the chosen measure.")))
@format_option
def quarters(form: str) -> None:
    act = cli_act()
    policies.can_read_books(act).enforce()
    rows = [
        {
            "from": one.from_date.isoformat(), "measure": one.measure, "main": one.main,
            "whole": one.whole, "short": one.is_short, "runs": one.runs,
        }
        for one in queries.main_business(act.today)
    ]  # fmt: skip
    show(rows, form)


@business.command("lay-down", help=str(_("Say which spending is main business.")))
@click.option("--from", "from_date", type=_Day(), required=True)
@click.option("--article", required=True)
@click.option("--decided-by", required=True)
@click.option("--fund", "funds", multiple=True)
@click.option("--account", "accounts", multiple=True)
def lay_down(
    from_date: date,
    article: str,
    decided_by: str,
    funds: tuple[str, ...],
    accounts: tuple[str, ...],
) -> None:
    made = commands.lay_down_main_business(
        cli_act(), from_date=from_date, article=article, decided_by=decided_by, funds=funds,
        accounts=accounts,
    )  # fmt: skip
    show(made.pk)


@business.command("note", help=str(_("Note a quarter that the books do not know.")))
@click.option("--quarter", type=_Day(), required=True)
@click.option("--measure", required=True)
@click.option("--main", type=int, required=True)
@click.option("--whole", type=int, required=True)
@click.option("--source", required=True)
def note(quarter: date, measure: str, main: int, whole: int, source: str) -> None:
    made = commands.note_main_business_figure(
        cli_act(), quarter=quarter, measure=measure, main=main, whole=whole, source=source
    )
    show(made.pk)
