"""Group buying at the terminal: any buy reckoned again from its file."""

from __future__ import annotations

from pathlib import Path

import click
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from dure.ui.terminal import format_option, show

from ..rules import group_buying

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
