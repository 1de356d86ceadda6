"""Group buying at the terminal: any buy reckoned again from its file, and the network's own."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from dure.kernel.acts import SEOUL
from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, show

from .. import commands, queries
from ..rules import group_buying
from .days import Day

group = click.Group()
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@group.command(
    "group-buy", help=str(_("Reckon a group buy from its CSV file, for anyone to check."))
)
@click.argument("file", type=FILE)
@format_option
def group_buy(file: Path, form: str) -> None:
    terms, wishes = group_buying.read_group_buy(file.read_bytes())
    plan = group_buying.close(terms, wishes)
    missing = group_buying.missing_cases(terms, wishes)
    transport = [list(one) for one in plan.transport]
    if form == "json":
        show(
            {
                "bought": list(plan.bought), "results": list(plan.results), "transport": transport,
                "cases": plan.cases, "goods_won": plan.goods_won,
                "transport_won": plan.transport_won, "missing_cases": missing,
            },
            form,
        )  # fmt: skip
        return
    show(list(plan.bought), form, columns=BOUGHT)
    show(list(plan.results), form, columns=GOT)
    show(
        {"cases": plan.cases, "goods_won": plan.goods_won, "transport_won": plan.transport_won,
         "missing_cases": missing, "transport": transport},
        form, columns=IN_ALL,
    )  # fmt: skip


BOUGHT = {
    "article": pgettext_lazy("group buy", "Article"),
    "supplier": pgettext_lazy("group buy", "Supplier"),
    "cases": pgettext_lazy("group buy", "Cases"),
    "pieces": pgettext_lazy("group buy", "Pieces"),
    "won": _("Sum (won)"),
}
GOT = {
    "member": _("Member"),
    "article": pgettext_lazy("group buy", "Article"),
    "asked": pgettext_lazy("group buy", "Asked"),
    "tolerance": pgettext_lazy("group buy", "Tolerance"),
    "pieces": pgettext_lazy("group buy", "Gets"),
    "won": _("Sum (won)"),
    "why": pgettext_lazy("group buy", "Why"),
}
IN_ALL = {
    "cases": pgettext_lazy("group buy", "Cases"),
    "goods_won": pgettext_lazy("group buy", "Goods (won)"),
    "transport_won": pgettext_lazy("group buy", "Transport (won)"),
    "missing_cases": pgettext_lazy("group buy", "Cases missing"),
    "transport": pgettext_lazy("group buy", "Transport of each"),
}


# -- the network's own


def _shown(buy_id: int, form: str) -> None:
    show(queries.group_buy(cli_act(), buy_id), form)


@group.command("buys", help=str(_("Group buys of the network.")))
@format_option
def buys(form: str) -> None:
    show(queries.group_buys(cli_act()), form)


@group.command("buy", help=str(_("One group buy: how far it is, who gets what.")))
@click.argument("buy_id", type=int)
@format_option
def buy(buy_id: int, form: str) -> None:
    _shown(buy_id, form)


@group.command("open-buy", help=str(_("Open a group buy by the terms of a CSV file.")))
@click.argument("file", type=FILE)
@click.option("--organiser", "organiser_id", type=int, required=True)
@click.option("--name", required=True)
@click.option(
    "--until", type=Day(), required=True, help=str(_("Wishes until the end of this day."))
)
@click.option("--drop", "drops", multiple=True, required=True)
@format_option
def open_buy(file: Path, until: date, form: str, **given: Any) -> None:
    terms, _wishes = group_buying.read_group_buy(file.read_bytes())
    closes_at = datetime.combine(until, time.max, SEOUL)
    made = commands.open_group_buy(cli_act(), terms=terms, closes_at=closes_at, **given)
    _shown(made.pk, form)


@group.command(
    "wish", help=str(_("Put a member's wish in: ARTICLE PIECES TOLERANCE, again for each."))
)
@click.argument("buy_id", type=int)
@click.option("--party", "party_id", type=int, required=True)
@click.option("--of", "wishes", type=(str, click.IntRange(0), click.IntRange(0)), multiple=True)
@click.option("--drop", default="")
@format_option
def wish(buy_id: int, wishes: tuple[tuple[str, int, int], ...], form: str, **given: Any) -> None:
    asked = {article: (quantity, tolerance) for article, quantity, tolerance in wishes}
    commands.wish_in_group_buy(cli_act(), buy_id=buy_id, wishes=asked, **given)
    _shown(buy_id, form)


@group.command("close-buy", help=str(_("Buy the best that can be bought, or release everyone.")))
@click.argument("buy_id", type=int)
@format_option
def close_buy(buy_id: int, form: str) -> None:
    commands.close_group_buy(cli_act(), buy_id=buy_id)
    _shown(buy_id, form)


@group.command("give-up-buy", help=str(_("End a group buy without buying.")))
@click.argument("buy_id", type=int)
@click.option("--reason", required=True)
@format_option
def give_up_buy(buy_id: int, reason: str, form: str) -> None:
    commands.give_up_group_buy(cli_act(), buy_id=buy_id, reason=reason)
    _shown(buy_id, form)


@group.command(
    "deliver-buy", help=str(_("Say what came: ARTICLE SUPPLIER PIECES of what is short."))
)
@click.argument("buy_id", type=int)
@click.option("--came", type=(str, str, click.IntRange(0)), multiple=True)
@click.option("--date", "delivered_date", type=Day(), default=None)
@format_option
def deliver_buy(buy_id: int, form: str, **given: Any) -> None:
    commands.deliver_group_buy(cli_act(), buy_id=buy_id, **given)
    _shown(buy_id, form)


@group.command("collect-buy", help=str(_("Tick that a member fetched its part.")))
@click.argument("buy_id", type=int)
@click.option("--membership", "membership_id", type=int, required=True)
@click.option("--collected/--not-collected", "is_collected", default=True)
@format_option
def collect_buy(buy_id: int, form: str, **given: Any) -> None:
    commands.collect_group_buy(cli_act(), buy_id=buy_id, **given)
    _shown(buy_id, form)


@group.command("bill-buy", help=str(_("Bill each member its part of a group buy.")))
@click.argument("buy_id", type=int)
@click.option("--due", "due_date", type=Day(), default=None)
@format_option
def bill_buy(buy_id: int, due_date: date | None, form: str) -> None:
    commands.settle_group_buy(cli_act(), buy_id=buy_id, due_date=due_date)
    _shown(buy_id, form)


@group.command("receive-buy", help=str(_("Take money for a bill of a group buy in.")))
@click.argument("bill_id", type=int)
@click.option("--won", type=click.IntRange(1), required=True)
@click.option("--date", "paid_date", type=Day(), default=None)
@format_option
def receive_buy(bill_id: int, form: str, **given: Any) -> None:
    made = commands.receive_group_buy_payment(cli_act(), bill_id=bill_id, **given)
    _shown(made.bill.buy_id, form)


@group.command("undo-buy-payment", help=str(_("Take back a payment that was entered wrongly.")))
@click.argument("receipt_id", type=int)
@click.option("--reason", required=True)
@format_option
def undo_buy_payment(receipt_id: int, reason: str, form: str) -> None:
    made = commands.undo_group_buy_payment(cli_act(), receipt_id=receipt_id, reason=reason)
    _shown(made.bill.buy_id, form)


@group.command("pay-buy-supplier", help=str(_("Pay a supplier its goods and transport.")))
@click.argument("buy_id", type=int)
@click.option("--supplier", required=True)
@click.option("--date", "paid_date", type=Day(), default=None)
@format_option
def pay_buy_supplier(buy_id: int, form: str, **given: Any) -> None:
    commands.pay_group_buy_supplier(cli_act(), buy_id=buy_id, **given)
    _shown(buy_id, form)


@group.command("bundles", help=str(_("Bundles of several members' goods.")))
@format_option
def bundles(form: str) -> None:
    show(queries.bundles(cli_act()), form)


@group.command("make-bundle", help=str(_("Make a bundle: MEMBER GOODS WEIGHT for each part.")))
@click.option("--name", required=True)
@click.option("--price-won", type=click.IntRange(1), required=True)
@click.option("--part", "parts", type=(int, str, click.IntRange(1)), multiple=True, required=True)
@format_option
def make_bundle(form: str, **given: Any) -> None:
    made = commands.make_bundle(cli_act(), **given)
    show(queries.bundle(cli_act(), made.pk), form)


@group.command("sell-bundle", help=str(_("Enter a sale of a bundle.")))
@click.argument("bundle_id", type=int)
@click.option("--count", type=click.IntRange(1), default=1, show_default=True)
@click.option("--buyer", "buyer_id", type=int, default=None)
@click.option("--date", "sold_date", type=Day(), default=None)
@format_option
def sell_bundle(bundle_id: int, form: str, **given: Any) -> None:
    commands.sell_bundle(cli_act(), bundle_id=bundle_id, **given)
    show(queries.bundle(cli_act(), bundle_id), form)


@group.command("end-bundle", help=str(_("Sell a bundle no longer.")))
@click.argument("bundle_id", type=int)
@format_option
def end_bundle(bundle_id: int, form: str) -> None:
    commands.end_bundle(cli_act(), bundle_id=bundle_id)
    show(queries.bundle(cli_act(), bundle_id), form)
