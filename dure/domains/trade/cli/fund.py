"""The cooperative fund, corrections and totals at the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, show

from .. import commands, queries
from .days import Day

group = click.Group()


@group.command("correct", help=str(_("Propose other terms of a confirmed deal; 0 won cancels it.")))
@click.argument("deal_id", type=int)
@click.option("--party", "party_id", type=int, required=True)
@click.option("--won", type=click.IntRange(0), required=True)
@click.option("--reason", required=True)
@click.option("--what", default="")
@click.option("--date", "dealt_date", type=Day(), default=None)
@format_option
def correct(form: str, **given: Any) -> None:
    made = commands.propose_deal_correction(cli_act(), **given)
    show(queries.deal(cli_act(), made.pk).row, form)


@group.command("agree", help=str(_("Agree to the terms proposed.")))
@click.argument("deal_id", type=int)
@format_option
def agree(deal_id: int, form: str) -> None:
    made = commands.agree_deal_correction(cli_act(), deal_id=deal_id)
    show(queries.deal(cli_act(), made.pk).row, form)


@group.command("totals", help=str(_("What each member sold and bought in a year.")))
@click.argument("year", type=click.IntRange(1900, 2200))
@click.option("--section", default="")
@click.option("--pairs", is_flag=True, help=str(_("Who sold how much to whom.")))
@format_option
def totals(year: int, section: str, pairs: bool, form: str) -> None:
    found = queries.trade_totals(cli_act(), year, section)
    show(list(found.pairs if pairs else found.members), form)


@group.command("figures", help=str(_("Cash saved by clearing, and the fund month by month.")))
@format_option
def figures(form: str) -> None:
    found = queries.trade_figures(cli_act())
    show(
        {
            "saved_won": found.saved_won,
            "rounds": {f"{one.settled_date}": one.agreed_won for one in found.rounds},
            "fund": {str(one.month): one.won for one in found.fund},
        },
        form,
    )


@group.command("visits", help=str(_("Who stands alone in mutual trade, and why to visit.")))
@format_option
def visits(form: str) -> None:
    show(queries.members_to_visit(cli_act()), form)


@group.command("fund", help=str(_("What each put in, and what the fund has done.")))
@format_option
def fund(form: str) -> None:
    card = queries.cooperative_fund(cli_act())
    show(
        {
            "money_won": card.money_won, "paid_won": card.paid_won, "open_won": card.open_won,
            "used_won": card.used_won, "forecast_won": card.forecast_won,
            "rules": len(card.rules), "givers": len(card.givers),
        },
        form,
    )  # fmt: skip


@group.command("lay-down-contribution", help=str(_("Lay down what members put in.")))
@click.option("--name", required=True)
@click.option("--article", required=True)
@click.option("--decided-by", required=True)
@click.option("--basis", type=click.Choice(["sale", "profit", "fixed"]), required=True)
@click.option("--bearer", type=click.Choice(["", "seller", "buyer", "both"]), default="")
@click.option("--ratio", nargs=2, type=int, default=(0, 1), metavar="N D")
@click.option("--fixed-won", type=click.IntRange(0), default=0)
@click.option("--every", type=click.Choice(["month", "quarter", "year"]), default="month")
@click.option("--class", "member_class", default="")
@click.option("--from", "from_date", type=Day(), required=True)
@format_option
def lay_down_contribution(form: str, **given: Any) -> None:
    made = commands.lay_down_contribution(cli_act(), **given)
    show({"id": made.pk, "name": made.name, "from_date": made.from_date}, form)


@group.command("end-contribution", help=str(_("Let a contribution end.")))
@click.argument("rule_id", type=int)
@click.option("--from", "until_date", type=Day(), required=True)
@click.option("--decided-by", required=True)
@format_option
def end_contribution(form: str, **given: Any) -> None:
    made = commands.end_contribution(cli_act(), **given)
    show({"id": made.pk, "name": made.name, "until_date": made.until_date}, form)


@group.command("bill", help=str(_("Bill what the rules ask with the end of a month.")))
@click.argument("month")
@format_option
def bill(month: str, form: str) -> None:
    show({"count": commands.bill_contributions(cli_act(), month=month)}, form)


@group.command("take-in", help=str(pgettext_lazy("cooperative fund", "Take a contribution in.")))
@click.argument("membership_id", type=int)
@click.option("--won", type=click.IntRange(1), required=True)
@click.option("--date", "paid_date", type=Day(), default=None)
@format_option
def take_in(form: str, **given: Any) -> None:
    made = commands.receive_contribution(cli_act(), **given)
    show({"id": made.pk, "won": made.won, "paid_date": made.paid_date}, form)


@group.command("state-profit", help=str(_("State the net profit of a year with its paper.")))
@click.argument("membership_id", type=int)
@click.option("--year", type=int, required=True)
@click.option("--net-profit-won", type=int, required=True)
@click.option("--file", "path", type=click.Path(exists=True, path_type=Path), required=True)
@format_option
def state_profit(path: Path, form: str, **given: Any) -> None:
    made = commands.state_profit(cli_act(), name=path.name, content=path.read_bytes(), **given)
    show({"id": made.pk, "year": made.year, "net_profit_won": made.net_profit_won}, form)


@group.command("give", help=str(_("Give out of the fund what was decided.")))
@click.option("--what", required=True)
@click.option("--won", type=click.IntRange(1), required=True)
@click.option("--decided-by", required=True)
@click.option("--party", "party_id", type=int, default=None)
@format_option
def give(form: str, **given: Any) -> None:
    made = commands.use_cooperative_fund(cli_act(), **given)
    show({"id": made.pk, "won": made.won, "decided_date": made.decided_date}, form)


def _use_shown(use_id: int, form: str) -> None:
    show(queries.fund_use(cli_act(), use_id), form)


@group.command("promise", help=str(_("Promise out of the fund what was decided; paid out later.")))
@click.option("--what", required=True)
@click.option("--won", type=click.IntRange(1), required=True)
@click.option("--decided-by", required=True)
@click.option("--party", "party_id", type=int, default=None)
@click.option("--date", "decided_date", type=Day(), default=None)
@format_option
def promise(form: str, **given: Any) -> None:
    _use_shown(commands.decide_fund_use(cli_act(), **given).pk, form)


@group.command("pay-out", help=str(_("Pay out of the fund what was promised.")))
@click.argument("use_id", type=int)
@click.option("--date", "used_date", type=Day(), default=None)
@format_option
def pay_out(form: str, **given: Any) -> None:
    _use_shown(commands.pay_fund_use(cli_act(), **given).pk, form)


@group.command("give-up-use", help=str(_("Let go what was promised and is not paid out.")))
@click.argument("use_id", type=int)
@click.option("--reason", required=True)
@format_option
def give_up_use(form: str, **given: Any) -> None:
    _use_shown(commands.give_up_fund_use(cli_act(), **given).pk, form)


@group.command("report-use", help=str(_("Tell members what the money has done.")))
@click.argument("use_id", type=int)
@click.option("--report", required=True)
@format_option
def report_use(form: str, **given: Any) -> None:
    _use_shown(commands.report_fund_use(cli_act(), **given).pk, form)


@group.command("remind", help=str(_("Remind members of contributions that are late.")))
@format_option
def remind(form: str) -> None:
    show({"count": commands.remind_of_contributions(cli_act())}, form)
