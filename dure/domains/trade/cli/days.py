"""A day, as it is typed after an option."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from dure.kernel.dates import parse_date


class Day(click.ParamType[date]):
    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: Any, ctx: Any) -> date:
        return parse_date(value)
