"""Options that several commands of the ledger take. Accounts and funds by code or Korean name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import click
from django.utils.translation import gettext_lazy as _

from dure.kernel.dates import parse_date

Function = TypeVar("Function", bound=Callable[..., Any])
Decorator = Callable[[Function], Function]


def fund_option(required: bool = True) -> Decorator[Any]:
    return click.option(
        "--fund",
        required=required,
        default=None if required else "",
        help=str(_("The fund, by code or name.")),
    )


date_option: Decorator[Any] = click.option("--date", "day", default="", metavar="DATE", help=str(_("The day; without it, today.")))  # fmt: skip
from_option: Decorator[Any] = click.option("--from", "from_month", required=True, metavar="YYYY-MM", help=str(_("The first month.")))  # fmt: skip
to_option: Decorator[Any] = click.option("--to", "to_month", required=True, metavar="YYYY-MM", help=str(_("The last month, included.")))  # fmt: skip


def day_or(given: str, today: date) -> date:
    """The day typed, or today."""
    return parse_date(given) if given else today
