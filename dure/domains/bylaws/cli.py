"""`dure bylaws`: the rules from the command line. `check` ends with 1 where a value is not within them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click
from django.utils.translation import gettext_lazy as _

from dure.kernel.dates import parse_date
from dure.kernel.refusals import NotFound
from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, show

from . import commands, queries, rules

Command = TypeVar("Command", bound=Callable[..., Any])
group = click.Group("bylaws", help=str(_("The rules: law, bylaws, regulations.")))
COLUMN = 36  # letters of what a rule asks, in a table
OWN = click.Choice(["bylaws", "regulation"])


def _day(context: click.Context, parameter: click.Parameter, given: str | None) -> date | None:
    return parse_date(given) if given else None


def day_option(name: str, about: Any, *, required: bool = False) -> Callable[[Command], Command]:
    return click.option(
        f"--{name}", name.replace("-", "_"), callback=_day, required=required,
        metavar="DATE", help=str(about),
    )  # fmt: skip


def _owner(command: Command) -> Command:
    return click.option(
        "--owner", default="", help=str(_("Whose rules: a fund run for others; the network's own where none is named."))
    )(command)  # fmt: skip


def _decided(command: Command) -> Command:
    return click.option("--decided-by", default="", help=str(_("The decision it rests on.")))(
        command
    )


@group.command("show", help=str(_("The rules in force on a day: all, or one.")))
@click.argument("key", required=False, default="")
@day_option("on", _("The day; today where none is given."))
@click.option("--area", default="", help=str(_("Only one area, e.g. shares.")))
@click.option("--origin", default="", type=click.Choice(["", *(one.value for one in rules.Origin)]))
@_owner
@format_option
def show_rules(key: str, on: date | None, area: str, origin: str, owner: str, form: str) -> None:
    day = on or cli_act().today
    queries.owner_name(owner)
    book = queries.rules_on(day, owner)
    if key:
        if key not in book:
            raise NotFound
        show(queries.rule_out(book.provision(key), day), form)
        return
    found = [
        queries.rule_out(rule, day)
        for rule in book.provisions.values()
        if area in ("", rules.area_of(rule.key)) and origin in ("", rule.origin)
    ]
    if form == "text":
        for row in found:
            row["citation"] = f"{row['document']} {row['article']}"
            row["asks"] = _short(row["asks"])
    columns = {"key": _("Short name"), "asks": _("Asks"), "label": _("Rule"), "citation": _("Article")}  # fmt: skip
    show(found, form, columns if form == "text" else None)


def _short(text: str) -> str:
    return text if len(text) <= COLUMN else f"{text[: COLUMN - 1]}…"


@group.command("check", help=str(_("Hold a value against a rule; ends with 1 where it does not pass.")))  # fmt: skip
@click.argument("key")
@click.argument("value")
@click.option("--of", default="", metavar="WHOLE", help=str(_("The whole that a share is of.")))
@day_option("on", _("The day; today where none is given."))
@format_option
@click.pass_context
def check(
    context: click.Context, key: str, value: str, of: str, on: date | None, form: str
) -> None:
    book = queries.rules_on(on or cli_act().today)
    if key not in book:
        raise NotFound
    finding = book.check_text(key, value, of=of)
    show(queries.finding_out(finding) if form == "json" else finding.sentence(), form)
    if not finding.passed:
        context.exit(1)


@group.command("history", help=str(_("Everything laid down about one rule, latest day first.")))
@click.argument("key")
@format_option
def history(key: str, form: str) -> None:
    found = queries.history(key)
    if not found:
        raise NotFound
    day = cli_act().today
    columns = {"from_date": _("From"), "asks": _("Asks"), "origin": _("Laid down by"), "article": _("Article"), "decided_by": _("Decided by")}  # fmt: skip
    show([queries.laid_out(one, day) for one in found], form, columns if form == "text" else None)


@group.command("adopt", help=str(_("Lay down a value of the network's own rules.")))
@click.argument("key")
@click.argument("value")
@click.option("--document", required=True, help=str(_("The name of the bylaws or regulation.")))
@click.option("--article", required=True)
@day_option("from", _("The day from which it holds."), required=True)
@click.option("--origin", default="bylaws", type=OWN)
@click.option("--label", default="", help=str(_("Of a rule that no law knows: what it is about.")))
@click.option("--kind", default="", type=click.Choice(["", *(one.value for one in rules.Kind)]))
@click.option(
    "--comparison", default="", type=click.Choice(["", *(one.value for one in rules.Comparison)])
)
@click.option("--of", default="", help=str(_("Of a share: what it is a share of.")))
@click.option("--text", default="", help=str(_("The words of the article.")))
@_decided
@_owner
@format_option
def adopt(key: str, value: str, form: str, **given: Any) -> None:
    given["from_date"] = given.pop("from")
    commands.adopt_provision(cli_act(), key=key, value=value, **given)
    _tell(key, given["from_date"], form, given["owner"])


@group.command("repeal", help=str(_("End a rule of the network's own.")))
@click.argument("key")
@click.option("--document", required=True, help=str(_("The name of the bylaws or regulation.")))
@click.option("--article", required=True)
@day_option("from", _("The day on which it ends."), required=True)
@click.option("--origin", default="bylaws", type=OWN)
@_decided
@_owner
@format_option
def repeal(key: str, form: str, **given: Any) -> None:
    given["from_date"] = given.pop("from")
    commands.repeal_provision(cli_act(), key=key, **given)
    _tell(key, given["from_date"], form, given["owner"])


def _tell(key: str, on: date, form: str, owner: str) -> None:
    """What holds from the day on."""
    held = queries.rules_on(on, owner).provisions.get(key)
    show(queries.rule_out(held, on) if held else {"key": key, "value": ""}, form)


@group.command("import", help=str(_("Take over a TOML file of rules: all of it, or nothing.")))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--preview", is_flag=True, help=str(_("Show what would change; write nothing.")))
@_decided
@_owner
@format_option
def import_provisions(file: Path, preview: bool, decided_by: str, owner: str, form: str) -> None:
    text = rules.decoded(file.read_bytes())
    if preview:
        rows = [
            {"key": one.key, "from_date": one.from_date, "now": held.asks if held else "", "asks": one.asks}
            for one, held in queries.imported(rules.read_pack(text), owner)
        ]  # fmt: skip
        show(rows, form)
        return
    count = commands.import_provisions(cli_act(), file=text, decided_by=decided_by, owner=owner)
    show({"count": count}, form)


@group.command("article", help=str(_("Write the words of an article as they read from a day on.")))
@click.argument("document")
@click.argument("article")
@click.argument("text")
@day_option("from", _("The day from which it reads so."), required=True)
@click.option("--heading", default="")
@_decided
@format_option
def write_article(document: str, article: str, text: str, form: str, **given: Any) -> None:
    given["from_date"] = given.pop("from")
    commands.write_article(cli_act(), document=document, article=article, text=text, **given)
    show({"document": document, "article": article, "from_date": given["from_date"]}, form)


@group.command("form", help=str(_("Let the law of a legal form apply from a day.")))
@click.argument("legal_form", metavar="FORM")
@day_option("from", _("The day from which it holds."), required=True)
@click.option("--preview", is_flag=True, help=str(_("Show what would change; write nothing.")))
@_owner
@format_option
def adopt_legal_form(legal_form: str, preview: bool, owner: str, form: str, **given: Any) -> None:
    from_date = given["from"]
    if preview:
        found = queries.change_of_form(legal_form, from_date)
        show([{"rule": a, "now": b, "then": c} for a, b, c in found.changes], form)
        return
    commands.adopt_legal_form(cli_act(), form=legal_form, from_date=from_date, owner=owner)
    show({"form": legal_form, "from_date": from_date}, form)


@group.command("load-packs", help=str(_("Lay down the law that this version of Dure brings.")))
@format_option
def load_packs(form: str) -> None:
    show({"count": commands.load_packs(cli_act())}, form)
