"""The daily run from the command line, and what it says of who is late."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import click
from django.utils.translation import gettext_lazy as _

from dure.kernel.dates import parse_date
from dure.kernel.progress import Progress
from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, progress_option, show

from .. import queries
from ..commands.daily import run_until
from ..commands.letters import send_every_letter

daily = click.Group("daily")


class Day(click.ParamType[date]):
    """A day as people type it."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: Any, ctx: Any) -> date:
        return parse_date(value)


@daily.command(
    "run-day",
    help=str(_("Run every day that waits: interest earned, days late, allowance at month ends.")),
)
@click.option(
    "--date",
    "day_date",
    type=Day(),
    default=None,
    help=str(_("Up to this day; without it, up to yesterday.")),
)
@progress_option
@format_option
def run_day(day_date: date | None, progress: Progress, form: str) -> None:
    """Stopped at any time, it goes on from there; run again, it changes nothing."""
    act = cli_act()
    days = run_until(act, day_date or act.today - timedelta(days=1), progress=progress)
    found = queries.ageing(act)
    show(
        {
            "days": [one.isoformat() for one in days],
            "as_of": found.as_of.isoformat() if found.as_of else None,
            "loans": sum(one.count for one in found.buckets),
            "late_loans": found.late_loans,
            "outstanding_won": found.outstanding_won,
            "provision_won": found.provision_won,
        },
        form,
    )


@daily.command("late", help=str(_("Loans that are late, and all loans by age.")))
@click.option("--fund", default="", help=str(_("Only this fund; without it, the network's own.")))
@format_option
def late(fund: str, form: str) -> None:
    act = cli_act()
    found = queries.ageing(act, fund)
    if form == "json":
        show({"ageing": found, "late": queries.loans_late(act, fund=fund)}, form)
        return
    show(
        found.buckets,
        form,
        columns={
            "label": _("Past due"),
            "count": _("Loans"),
            "outstanding_won": _("Left (won)"),
            "arrears_won": _("Past due (won)"),
            "provision_won": _("Set aside (won)"),
        },
    )


@daily.command("letters", help=str(_("Send the letters about late loans that are due today.")))
@format_option
def letters(form: str) -> None:
    act = cli_act()
    send_every_letter(act)
    sent = [one for one in queries.loans_late(act) if one.letter_date == act.today]
    show({"sent": len(sent), "loans": [one.loan_id for one in sent]}, form)
