"""What single values may be, wherever they come in; and the two smallest shapes."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from ninja import Schema
from pydantic import AfterValidator, Field

from dure.kernel.money import WON_MAX


def _within_calendar(day: date) -> date:
    if not 1900 <= day.year <= 2200:
        raise ValueError("a year from 1900 to 2200")
    return day


def _storable(text: str) -> str:
    """Text a database can hold: no NUL, no half of a character."""
    if "\x00" in text or not text.isascii() and any("\ud800" <= c <= "\udfff" for c in text):
        raise ValueError("text without NUL and lone surrogates")
    return text


Storable = AfterValidator(_storable)
Id = Annotated[int, Field(ge=1, le=WON_MAX)]
Won = Annotated[int, Field(ge=1, le=WON_MAX)]
Day = Annotated[date, AfterValidator(_within_calendar)]
MonthText = Annotated[
    str, Field(pattern=r"^(19|20|21)\d{2}-(0[1-9]|1[0-2])$", examples=["2026-11"])
]
Text = Annotated[str, Field(max_length=200), Storable]
LongText = Annotated[str, Field(max_length=4000), Storable]
Code = Annotated[str, Field(max_length=40), Storable]
Search = Annotated[str, Field(max_length=100), Storable]


class ReasonIn(Schema):
    """Why something is done."""

    reason: Text


class CountOut(Schema):
    """How many it were."""

    count: int
