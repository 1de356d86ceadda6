"""`dure loans`: schedules for anyone to check, and what is offered."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

import click
from django.utils.translation import gettext_lazy as _

from dure.kernel.money import Rounding
from dure.kernel.refusals import InvalidInput
from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, show

from .. import commands, queries
from ..rules.days import DayCount, Move
from ..rules.overdue import Order
from ..rules.schedules import Method, Terms, schedule as schedule_of
from .changes import group as changes
from .daily import Day, daily
from .papers import papers
from .reports import reports

group = click.Group(
    "loans",
    commands={**changes.commands, **daily.commands, **papers.commands, **reports.commands},
    help=str(_("Small loans: schedules, products.")),
)
DECIMALS = ("0", "2")


class NotANumber(InvalidInput):
    """The text is no number, or has more decimals than the currency."""

    text = _("“%(given)s” is not a number with at most %(decimals)s decimals.")


class _Word(click.Choice[str]):
    """One of the words, however its parts are joined: equal-principal, equal_principal."""

    def convert(self, value: Any, param: Any, ctx: Any) -> str:
        return str(super().convert(str(value).lower().replace("_", "-"), param, ctx))


def _number(given: str, decimals: int) -> int:
    """An amount in the smallest unit. Raises NotANumber."""
    try:
        amount = Decimal(given.replace(",", "").strip()).scaleb(decimals)
        if amount == amount.to_integral_value() and len(amount.as_tuple().digits) < 20:
            return int(amount)
    except (InvalidOperation, ValueError):
        pass
    raise NotANumber(given=given[:40], decimals=decimals)


def _percent(given: str) -> Fraction:
    """A yearly rate in percent, exactly. Raises NotANumber."""
    try:
        found = Decimal(given.strip().rstrip("%"))
        if found.is_finite() and len(found.as_tuple().digits) < 20:
            return Fraction(found) / 100
    except InvalidOperation:
        pass
    raise NotANumber(given=given[:40], decimals=18)


def _said(amount: int, decimals: int) -> str:
    """An amount as text: 846937 · 16.25."""
    if not decimals:
        return str(amount)
    return f"{amount // 10**decimals}.{amount % 10**decimals:0{decimals}}"


@group.command("schedule", help=str(_("What is to be paid back when; for anyone to check.")))
@click.option("--principal", required=True, help=str(_("How much is lent.")))
@click.option(
    "--annual-rate", required=True, help=str(_("Percent a year, for example 3 or 9.4822."))
)
@click.option(
    "--months", type=click.IntRange(1), required=True, help=str(_("Number of instalments."))
)
@click.option(
    "--method",
    type=_Word([str(one) for one in Method]),
    default="annuity",
    show_default=True,
)
@click.option(
    "--day-count",
    type=_Word([str(one) for one in DayCount]),
    default="30/360",
    show_default=True,
)
@click.option("--start", type=Day(), required=True, help=str(_("The day of the pay-out.")))
@click.option(
    "--grace-months",
    type=click.IntRange(0),
    default=0,
    help=str(_("Months of interest only, at the beginning.")),
)
@click.option(
    "--decimals",
    type=click.Choice(DECIMALS),
    default="0",
    show_default=True,
    help=str(_("Of the currency: 0 for won.")),
)
@click.option(
    "--instalment-unit",
    default="",
    help=str(_("The equal instalment is rounded to a multiple of it.")),
)
@click.option(
    "--rounding",
    type=_Word([str(one) for one in Rounding]),
    default="half-even",
    show_default=True,
)
@format_option
def schedule(
    principal: str,
    annual_rate: str,
    months: int,
    method: str,
    day_count: str,
    start: date,
    grace_months: int,
    decimals: str,
    instalment_unit: str,
    rounding: str,
    form: str,
) -> None:
    places = int(decimals)
    found = schedule_of(
        Terms(
            _number(principal, places), _percent(annual_rate), months, Method(method),
            DayCount(day_count), start, grace_months,
            _number(instalment_unit, places) if instalment_unit else 1, Rounding(rounding),
        )
    )  # fmt: skip
    rows = [
        {
            "n": one.n,
            "due_date": one.due_date.isoformat(),
            "principal": _said(one.principal, places),
            "interest": _said(one.interest, places),
            "due": _said(one.due, places),
            "balance": _said(one.balance, places),
        }
        for one in found.instalments
    ]
    sums = {
        "total_interest": _said(found.total_interest, places),
        "total_due": _said(found.total_due, places),
    }
    if form == "json":
        click.echo(json.dumps({"instalments": rows, **sums}))
        return
    show(rows, form, columns=HEADS)
    show(sums, form, columns=SUMS)


HEADS = {
    "n": _("No."),
    "due_date": _("Due"),
    "principal": _("Principal"),
    "interest": _("Interest"),
    "due": _("Payment"),
    "balance": _("Balance"),
}
SUMS = {"total_interest": _("Interest in all"), "total_due": _("Payments in all")}


@group.command("products", help=str(_("What is offered today; with --all every version.")))
@click.option("--all", "every", is_flag=True)
@format_option
def products(every: bool, form: str) -> None:
    act = cli_act()
    show(
        [
            {
                "id": one.id, "code": one.code, "name": one.name, "article": one.article,
                "from_date": one.from_date, "until_date": one.until_date,
                "most_won": one.most_won, "longest_months": one.longest_months,
                "rate": one.rate, "late_rate": one.late_rate, "method": one.method,
            }
            for one in queries.loan_products(act, on=None if every else act.today)
        ],
        form,
    )  # fmt: skip


@group.command("lay-down-product", help=str(_("Lay down a loan product, or its next version.")))
@click.option("--code", required=True)
@click.option("--name", required=True)
@click.option(
    "--article", required=True, help=str(_("The article of the regulation that offers it."))
)
@click.option("--decided-by", required=True)
@click.option("--from", "from_date", type=Day(), required=True)
@click.option("--least-won", type=click.IntRange(1), default=1)
@click.option("--most-won", type=click.IntRange(1), required=True)
@click.option("--longest-months", type=click.IntRange(1), required=True)
@click.option("--grace-months", type=click.IntRange(0), default=0)
@click.option("--rate", required=True, help=str(_("Percent a year, for example 3 or 9.4822.")))
@click.option("--late-rate", required=True, help=str(_("Percent a year, for example 4.5.")))
@click.option("--method", type=_Word([str(one) for one in Method]), default="annuity")
@click.option("--day-count", type=_Word([str(one) for one in DayCount]), default="30/360")
@click.option("--rounding", type=_Word([str(one) for one in Rounding]), default="half-even")
@click.option("--unit-won", type=click.IntRange(1), default=1)
@click.option("--due-day-moves", type=_Word([str(one) for one in Move]), default="next")
@click.option("--order", type=_Word([str(one) for one in Order]), default=str(Order.LATE_FIRST))
@click.option("--fund", default="microloan")
@click.option("--purpose", default="")
@click.option("--borrowers", type=_Word(["all", "people", "organisations"]), default="all")
@click.option(
    "--only-for", "purposes", multiple=True, help=str(_("A purpose; may be given often."))
)
@click.option("--shortest-months", type=click.IntRange(1), default=1)
@click.option("--fee", default="0", help=str(_("Percent of the loan, kept back at the pay-out.")))
@click.option("--fee-won", type=click.IntRange(0), default=0)
@click.option("--guarantors", type=click.IntRange(0), default=0)
@click.option("--guarantors-from-won", type=click.IntRange(0), default=0)
@click.option("--paper", "papers", multiple=True, help=str(_("A paper to hand in.")))
@format_option
def lay_down_product(rate: str, late_rate: str, fee: str, form: str, **given: Any) -> None:
    for key, typed in (("rate", rate), ("late_rate", late_rate), ("fee", fee)):
        given[key] = _percent(typed).as_integer_ratio()
    made = commands.lay_down_loan_product(cli_act(), **given)
    show({"id": made.pk, "code": made.code, "from_date": made.from_date}, form)


@group.command("end-product", help=str(_("Offer a product no more from a day on.")))
@click.argument("product_id", type=int)
@click.option("--from", "until_date", type=Day(), required=True)
@click.option("--decided-by", required=True)
@format_option
def end_product(form: str, **given: Any) -> None:
    made = commands.end_loan_product(cli_act(), **given)
    show({"id": made.pk, "code": made.code, "until_date": made.until_date}, form)


def _shown(card: queries.LoanCard, form: str) -> None:
    show(
        {
            "id": card.id, "name": card.name, "product": card.product, "state": card.state,
            "won": card.won, "months": card.months, "left_won": card.left_won,
            "due_won": card.due_won, "pay_off_won": card.pay_off_won, "days_late": card.days_late,
        },
        form,
    )  # fmt: skip


@group.command("list", help=str(_("The loans of all, the newest first.")))
@click.option("--state", default="")
@click.option("--fund", default="", help=str(_("Only this fund; without it, the network's own.")))
@format_option
def list_(state: str, fund: str, form: str) -> None:
    show(queries.loans_now(cli_act(), state=state, fund=fund), form)


@group.command("show", help=str(_("A loan with its schedule, as it stands on a day.")))
@click.argument("loan_id", type=int)
@click.option("--on", type=Day(), default=None)
@format_option
def show_loan(loan_id: int, on: date | None, form: str) -> None:
    card = queries.loan_card(cli_act(), loan_id, on)
    if form == "json":
        show(card, form)
        return
    _shown(card, form)
    show(card.instalments, form)


@group.command("answer", help=str(_("What the rules answer to a wish, each of them.")))
@click.option("--membership", "membership_id", type=int, default=None)
@click.option("--participant", "participant_id", type=int, default=None)
@click.option("--product", "product_id", type=int, required=True)
@click.option("--won", type=click.IntRange(1), required=True)
@click.option("--months", type=click.IntRange(1), required=True)
@click.option("--grace-months", type=click.IntRange(0), default=0)
@format_option
def answer(form: str, **given: Any) -> None:
    found = queries.loan_answer(cli_act(), **given)
    rows = [
        {"rule": one.sentence_of_rule, "required": one.required_shown,
         "actual": one.actual_shown, "passed": one.passed}
        for one in found.findings
    ]  # fmt: skip
    show({"is_yes": found.is_yes, "findings": rows} if form == "json" else rows, form)


@group.command("apply", help=str(_("Ask for a loan for a member.")))
@click.option("--membership", "membership_id", type=int, default=None)
@click.option("--participant", "participant_id", type=int, default=None)
@click.option("--product", "product_id", type=int, required=True)
@click.option("--won", type=click.IntRange(1), required=True)
@click.option("--months", type=click.IntRange(1), required=True)
@click.option("--grace-months", type=click.IntRange(0), default=0)
@click.option("--purpose", default="living")
@format_option
def apply(form: str, **given: Any) -> None:
    made = commands.apply_for_loan(cli_act(), **given)
    _shown(queries.loan_card(cli_act(), made.pk), form)


@group.command("approve", help=str(_("Approve a loan, or a smaller one.")))
@click.argument("loan_id", type=int)
@click.option("--decided-by", required=True)
@click.option("--on", "decided_date", type=Day(), default=None)
@click.option("--won", type=click.IntRange(1), default=None)
@format_option
def approve(form: str, **given: Any) -> None:
    made = commands.approve_loan(cli_act(), **given)
    _shown(queries.loan_card(cli_act(), made.pk), form)


@group.command("refuse", help=str(_("Refuse a loan, with the reason.")))
@click.argument("loan_id", type=int)
@click.option("--decided-by", required=True)
@click.option("--reason", required=True)
@format_option
def refuse(form: str, **given: Any) -> None:
    made = commands.refuse_loan(cli_act(), **given)
    _shown(queries.loan_card(cli_act(), made.pk), form)


@group.command("withdraw", help=str(_("Take a wish back before money moves.")))
@click.argument("loan_id", type=int)
@format_option
def withdraw(form: str, **given: Any) -> None:
    made = commands.withdraw_loan_application(cli_act(), **given)
    _shown(queries.loan_card(cli_act(), made.pk), form)


@group.command("sign", help=str(_("The contract is signed; its terms are frozen.")))
@click.argument("loan_id", type=int)
@click.option("--on", "signed_date", type=Day(), default=None)
@format_option
def sign(form: str, **given: Any) -> None:
    made = commands.sign_loan(cli_act(), **given)
    _shown(queries.loan_card(cli_act(), made.pk), form)


@group.command("pay-out", help=str(_("Pay a signed loan out.")))
@click.argument("loan_id", type=int)
@click.option("--on", "paid_date", type=Day(), default=None)
@format_option
def pay_out(form: str, **given: Any) -> None:
    made = commands.pay_out_loan(cli_act(), **given)
    _shown(queries.loan_card(cli_act(), made.pk), form)


@group.command("repay", help=str(_("Take money in for a loan.")))
@click.argument("loan_id", type=int)
@click.option("--won", type=int, required=True)
@click.option("--on", "paid_date", type=Day(), default=None)
@click.option("--again", is_flag=True, help=str(_("It is a second payment of that sum.")))
@click.option(
    "--rest",
    type=click.Choice(("", "keep", "pay_back")),
    default="",
    help=str(_("What becomes of what is more than is owed.")),
)
@format_option
def repay(form: str, **given: Any) -> None:
    made = commands.repay_loan(cli_act(), **given)
    _shown(queries.loan_card(cli_act(), made.loan_id), form)


@group.command("pay-off", help=str(_("Pay the whole loan off early.")))
@click.argument("loan_id", type=int)
@click.option("--on", "paid_date", type=Day(), default=None)
@format_option
def pay_off(form: str, **given: Any) -> None:
    made = commands.pay_off_loan(cli_act(), **given)
    _shown(queries.loan_card(cli_act(), made.loan_id), form)


@group.command("undo-payment", help=str(_("Take the last payment of a loan back.")))
@click.argument("payment_id", type=int)
@click.option("--reason", required=True)
@format_option
def undo_payment(form: str, **given: Any) -> None:
    made = commands.undo_loan_payment(cli_act(), **given)
    _shown(queries.loan_card(cli_act(), made.loan_id), form)


@group.command("debit", help=str(_("Take the instalments by direct debit; --off: no longer.")))
@click.argument("loan_id", type=int)
@click.option("--off", is_flag=True)
@format_option
def debit(off: bool, form: str, **given: Any) -> None:
    made = commands.debit_loan(cli_act(), by_debit=not off, **given)
    _shown(queries.loan_card(cli_act(), made.pk), form)
