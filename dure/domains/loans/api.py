"""Loans over HTTP: what is offered, and schedules for anyone who belongs to check."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field

from dure.kernel.money import Rounding
from dure.ui import api_fields as f
from dure.ui.api import act_of_api

from . import commands, queries
from .rules.days import DayCount
from .rules.schedules import Method, Terms
from .rules.schedules import schedule as schedule_of

router = Router(tags=["loans"])
Months = Annotated[int, Field(ge=1, le=600)]
Grace = Annotated[int, Field(ge=0, le=599)]
Part = Annotated[int, Field(ge=0, le=1_000_000_000)]
Whole = Annotated[int, Field(ge=1, le=1_000_000_000)]
Principal = Annotated[int, Field(ge=1, le=1_000_000_000_000_000)]
MethodIn = Literal["annuity", "equal-principal", "bullet", "flat"]
DayCountIn = Literal["30/360", "actual/365", "actual/actual"]
RoundingIn = Literal["half-even", "half-up", "down"]
MoveIn = Literal["none", "next", "next-in-month", "before"]
OrderIn = Literal["late-interest-principal", "interest-principal-late", "principal-interest-late"]


class RatioIn(Schema):
    """An exact share: 3 % a year is 3 of 100."""

    numerator: Part
    denominator: Whole


class LoanProductIn(Schema):
    code: f.Code
    name: f.Text
    purpose: f.Text = ""
    article: f.Text
    decided_by: f.Text
    from_date: f.Day
    least_won: f.Won = 1
    most_won: Principal
    longest_months: Months
    grace_months: Grace = 0
    rate: RatioIn
    late_rate: RatioIn
    method: MethodIn = "annuity"
    day_count: DayCountIn = "30/360"
    rounding: RoundingIn = "half-even"
    unit_won: Principal = 1
    due_day_moves: MoveIn = "next"
    order: OrderIn = "late-interest-principal"
    fund: f.Code = "microloan"


class EndProductIn(Schema):
    until_date: f.Day
    decided_by: f.Text


class LoanProductOut(Schema):
    id: int
    code: str
    name: str
    purpose: str
    article: str
    decided_by: str
    from_date: date
    until_date: date | None
    least_won: int
    most_won: int
    longest_months: int
    grace_months: int
    rate: RatioIn
    late_rate: RatioIn
    method: str
    day_count: str
    rounding: str
    unit_won: int
    due_day_moves: str
    order: str
    fund: str


class ScheduleIn(Schema):
    principal_won: Principal
    rate_numerator: Part
    rate_denominator: Whole
    months: Months
    start: f.Day
    method: MethodIn = "annuity"
    day_count: DayCountIn = "30/360"
    grace_months: Grace = 0
    unit_won: Principal = 1
    rounding: RoundingIn = "half-even"


class InstalmentOut(Schema):
    n: int
    due_date: date
    principal_won: int
    interest_won: int
    due_won: int
    balance_won: int


class ScheduleOut(Schema):
    instalments: list[InstalmentOut]
    total_interest_won: int
    total_due_won: int


def _ratio(share: Fraction) -> dict[str, int]:
    return {"numerator": share.numerator, "denominator": share.denominator}


def _product(one: queries.ProductCard) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in LoanProductOut.model_fields}
    return {**told, "rate": _ratio(one.rate), "late_rate": _ratio(one.late_rate)}


@router.get("/products", operation_id="loan_products", response=list[LoanProductOut])
def loan_products(request: HttpRequest, every: bool = False) -> Any:
    """What is offered today; every: all versions ever."""
    act = act_of_api(request)
    return [_product(one) for one in queries.loan_products(act, on=None if every else act.today)]


@router.post("/products", operation_id="lay_down_loan_product", response={201: LoanProductOut})
def lay_down_loan_product(request: HttpRequest, given: LoanProductIn) -> Any:
    """Lay down a product, or its next version."""
    act = act_of_api(request)
    values = given.dict()
    for name in ("rate", "late_rate"):
        values[name] = (values[name]["numerator"], values[name]["denominator"])
    made = commands.lay_down_loan_product(act, **values)
    return Status(201, _product(queries.loan_product(act, made.pk)))


@router.post("/products/{product_id}/end", operation_id="end_loan_product", response=LoanProductOut)
def end_loan_product(request: HttpRequest, product_id: f.Id, given: EndProductIn) -> Any:
    """Offer a product no more from a day on."""
    act = act_of_api(request)
    made = commands.end_loan_product(act, product_id=product_id, **given.dict())
    return _product(queries.loan_product(act, made.pk))


@router.get("/schedule", operation_id="loan_schedule", response=ScheduleOut)
def loan_schedule(request: HttpRequest, given: Query[ScheduleIn]) -> Any:
    """What would be paid back when."""
    found = schedule_of(
        Terms(
            given.principal_won, Fraction(given.rate_numerator, given.rate_denominator),
            given.months, Method(given.method), DayCount(given.day_count), given.start,
            given.grace_months, given.unit_won, Rounding(given.rounding),
        )
    )  # fmt: skip
    return {
        "instalments": [
            {
                "n": one.n, "due_date": one.due_date, "principal_won": one.principal,
                "interest_won": one.interest, "due_won": one.due, "balance_won": one.balance,
            }
            for one in found.instalments
        ],
        "total_interest_won": found.total_interest,
        "total_due_won": found.total_due,
    }  # fmt: skip
