"""`dure parties relations`: who is close to whom."""

from __future__ import annotations

from datetime import date

import click
from django.utils.translation import gettext_lazy as _

from dure.kernel.dates import parse_date
from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, show

from .. import commands, queries
from ..rules.codes import RELATIONS


def _day(_ctx: object, _param: object, value: str | None) -> date | None:
    return parse_date(value) if value else None


def _row(person_id: int, act_rows: list[queries.RelationCard]) -> list[dict[str, object]]:
    return [
        {
            "id": one.id,
            "person": person_id,
            "other": one.other_id,
            "name": one.name,
            "relation": one.kind_label,
            "from": one.from_date.isoformat(),
            "until": one.until_date.isoformat() if one.until_date else None,
        }
        for one in act_rows
    ]


@click.group("relations", help=str(_("Who is close to whom, so that nobody decides on their own.")))
def relations() -> None:
    pass


@relations.command("list", help=str(_("Who is close to a person.")))
@click.argument("person_id", type=int)
@format_option
def relations_of(person_id: int, form: str) -> None:
    show(_row(person_id, queries.relations_of(cli_act(), person_id)), form)


@relations.command("declare", help=str(_("Declare that two people are close.")))
@click.argument("person_id", type=int)
@click.argument("other_id", type=int)
@click.option("--kind", type=click.Choice([one for one, _label in RELATIONS]), required=True)
@click.option("--from", "from_date", callback=_day, help=str(_("The day; today without it.")))
@format_option
def declare_relation(
    person_id: int, other_id: int, kind: str, from_date: date | None, form: str
) -> None:
    made = commands.declare_relation(
        cli_act(), person_id=person_id, other_id=other_id, kind=kind, from_date=from_date
    )
    show({"id": made.pk, "from": made.from_date.isoformat()}, form)


@relations.command("end", help=str(_("They are not close any more.")))
@click.argument("relation_id", type=int)
@click.option("--until", "until_date", callback=_day, required=True)
@format_option
def end_relation(relation_id: int, until_date: date, form: str) -> None:
    made = commands.end_relation(cli_act(), relation_id=relation_id, until_date=until_date)
    show({"id": made.pk, "until": until_date.isoformat()}, form)
