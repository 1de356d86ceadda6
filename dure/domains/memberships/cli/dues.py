"""`dure memberships`: plans, billing, arrears."""

from __future__ import annotations

from typing import Any

import click
from django.utils.translation import gettext_lazy as _

from dure.kernel.dates import Month, parse_date, parse_month
from dure.kernel.money import parse_won
from dure.kernel.progress import Progress
from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, progress_option, show

from .. import commands, queries

dues = click.Group("memberships")


@dues.command(
    "bill", help=str(_("Charge the dues of a month; a second run adds only what is new."))
)
@click.option("--period", required=True, metavar="YYYY-MM", help=str(_("The month to bill.")))
@click.option("--plan", type=int, default=None, help=str(_("Only this dues plan, by its number.")))
@click.option("--preview", is_flag=True, help=str(_("Show what would be charged; write nothing.")))
@click.option("--notify", is_flag=True, help=str(_("Tell the members by e-mail.")))
@format_option
@progress_option
def bill_dues(
    period: str, plan: int | None, preview: bool, notify: bool, form: str, progress: Progress
) -> None:
    month = parse_month(period)
    if preview:
        found = queries.bill_preview(cli_act(), month, plan)
        answer: dict[str, Any] = {
            "month": str(found.month),
            "count": found.count,
            "sum_won": found.sum_won,
            "already": found.already,
        }
        if form == "json":
            answer["plans"] = list(found.plans)
    else:
        run = commands.bill_dues(
            cli_act(), month=month, plan_id=plan, notify=notify, progress=progress
        )
        answer = {
            "month": str(month),
            "count": run.count,
            "sum_won": run.sum_won,
            "already": run.already,
            "run_id": run.pk,
        }
    show(answer, form, columns=_BILLED)


_BILLED = {
    "month": _("month"),
    "count": _("charged members"),
    "sum_won": _("sum (won)"),
    "already": _("charged before"),
    "run_id": _("run"),
}


@dues.command("defer", help=str(_("Spread dues over their months at a month's end.")))
@click.option("--period", required=True, metavar="YYYY-MM", help=str(_("The month that ends.")))
@click.option(
    "--take-back", "reason", default="", help=str(_("Reverse it instead, with a reason."))
)
@format_option
def defer_dues(period: str, reason: str, form: str) -> None:
    month = parse_month(period)
    if reason:
        count = commands.take_back_deferral(cli_act(), month=month, reason=reason)
        show({"month": str(month), "reversed": count}, form)
    else:
        show({"month": str(month), "funds": commands.defer_dues(cli_act(), month=month)}, form)


@dues.command("arrears", help=str(_("Dues that are late, by member and age.")))
@click.option(
    "--on", "day", default=None, metavar="DATE", help=str(_("The day; today by default."))
)
@format_option
def arrears(day: str | None, form: str) -> None:
    act = cli_act()
    rows = queries.arrears_on(act, parse_date(day) if day else act.today)
    show(
        [
            {
                "number": r.number,
                "name": r.name,
                "won": r.won,
                "oldest_date": r.oldest_date,
                "days_1_30": r.ages_won[0],
                "days_31_90": r.ages_won[1],
                "days_91_180": r.ages_won[2],
                "days_over_180": r.ages_won[3],
            }
            for r in rows
        ],
        form,
        columns={
            "number": _("No."),
            "name": _("Member"),
            "won": _("In all (won)"),
            "oldest_date": _("Oldest due"),
        },
    )


@dues.command("set-dues-plan", help=str(_("Say what a kind of member owes from a month on.")))
@click.option("--class", "member_class", required=True)
@click.option("--name", required=True)
@click.option("--amount", required=True)
@click.option("--period", type=click.Choice(["month", "quarter", "year"]), default="month")
@click.option("--from", "from_month", required=True, metavar="YYYY-MM")
@click.option("--fund", default="general", show_default=True)
@format_option
def set_dues_plan(
    member_class: str, name: str, amount: str, period: str, from_month: str, fund: str, form: str
) -> None:
    made = commands.set_dues_plan(
        cli_act(),
        member_class=member_class,
        name=name,
        amount_won=parse_won(amount),
        period=period,
        from_month=parse_month(from_month),
        fund=fund,
    )
    show({"plan_id": made.pk, "name": made.name, "amount_won": made.amount_won}, form)


@dues.command("rate", help=str(_("How much of the dues of each month is paid.")))
@click.option("--until", default=None, metavar="YYYY-MM")
@click.option("--months", type=click.IntRange(1, 240), default=12, show_default=True)
@format_option
def payment_rates(until: str | None, months: int, form: str) -> None:
    last = parse_month(until) if until else Month.of(cli_act().today)
    show(
        [
            {
                "month": str(m.month),
                "billed_won": m.billed_won,
                "paid_won": m.paid_won,
                "open_won": m.open_won,
            }
            for m in queries.payment_rates(last, months)
        ],
        form,
        columns={
            "month": _("month"),
            "billed_won": _("Charged (won)"),
            "paid_won": _("Paid (won)"),
            "open_won": _("Open (won)"),
        },
    )
