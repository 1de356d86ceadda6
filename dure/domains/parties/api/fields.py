"""What both halves of the room's API speak of."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from ninja import Path, Schema
from pydantic import Field

NUMBER_MAX = 2**63 - 1
Id = Annotated[int, Path(ge=1, le=NUMBER_MAX)]
Number = Annotated[int, Field(ge=1, le=NUMBER_MAX)]


class PartyOut(Schema):
    id: int
    name: str
    kind: str


class FoundOut(Schema):
    id: int
    name: str
    kind: str
    hint: str


class EndIn(Schema):
    until_date: date
