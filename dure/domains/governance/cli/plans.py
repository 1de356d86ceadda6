"""Plans, items and what has to be done, from the command line."""

from __future__ import annotations

from pathlib import Path

import click
from django.utils.translation import gettext_lazy as _

from dure.kernel.dates import parse_date
from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, show

from .. import commands
from ..commands import actions as duties, items, plans, progress
from ..queries import actions as reads, plans as queries
from ..rules.plans import read_value

LIST_MAX = 10_000
group = click.Group("plans")


@group.command("plan", help=str(_("A plan as one tree, with its money and how far it has come.")))
@click.argument("plan_id", type=int)
@click.option("--version", "number", type=int, default=None)
@format_option
def plan(plan_id: int, number: int | None, form: str) -> None:
    show(
        [
            {
                "part_id": one.part_id,
                "label": one.label,
                "kind": one.kind,
                "title": one.title,
                "owner": one.owner,
                "budget_won": one.budget_won,
                "done_of_100": one.done_of_100,
            }
            for one in queries.plan_card(cli_act(), plan_id, number).lines
        ],
        form,
        columns={
            "label": _("No."), "title": _("Title"), "owner": _("Who answers for it"),
            "budget_won": _("Budget (won)"), "done_of_100": _("Done of 100"),
        },
    )  # fmt: skip


@group.command("add-plan", help=str(_("Begin a plan of several years, as a draft.")))
@click.argument("title")
@click.argument("from_year", type=int)
@click.argument("until_year", type=int)
def add_plan(title: str, from_year: int, until_year: int) -> None:
    version = plans.add_plan(cli_act(), title=title, from_year=from_year, until_year=until_year)
    click.echo(version.pk)


@group.command("revise-plan", help=str(_("Begin a change of a plan, as a draft.")))
@click.argument("plan_id", type=int)
@click.option("--reason", default="")
def revise_plan(plan_id: int, reason: str) -> None:
    click.echo(plans.revise_plan(cli_act(), plan_id=plan_id, reason=reason).pk)


@group.command("write-plan-line", help=str(_("Write an area, a task or a project into a draft.")))
@click.argument("version_id", type=int)
@click.argument("title")
@click.option("--kind", type=click.Choice(["area", "task", "project"]), default="project")
@click.option("--part", "part_id", type=int, default=None)
@click.option("--under", "parent_id", type=int, default=None)
@click.option("--owner", "owner_id", type=int, default=None)
@click.option("--won", "money", multiple=True, metavar="YEAR=WON")
def write_plan_line(
    version_id: int,
    title: str,
    kind: str,
    part_id: int | None,
    parent_id: int | None,
    owner_id: int | None,
    money: tuple[str, ...],
) -> None:
    budgets = {int(year): int(won) for year, _is, won in (one.partition("=") for one in money)}
    line = plans.write_plan_line(
        cli_act(), version_id=version_id, title=title, kind=kind, part_id=part_id,
        parent_id=parent_id, owner_id=owner_id, budgets=budgets,
    )  # fmt: skip
    click.echo(line.part_id)


@group.command("drop-plan-line", help=str(_("Take a part out of a draft.")))
@click.argument("version_id", type=int)
@click.argument("part_id", type=int)
def drop_plan_line(version_id: int, part_id: int) -> None:
    plans.drop_plan_line(cli_act(), version_id=version_id, part_id=part_id)


@group.command("report-progress", help=str(_("Say how far a project has come, of 100.")))
@click.argument("part_id", type=int)
@click.argument("done_of_100", type=int)
@click.option("--text", default="")
def report_progress(part_id: int, done_of_100: int, text: str) -> None:
    progress.report_progress(cli_act(), part_id=part_id, done_of_100=done_of_100, text=text)


@group.command("measure", help=str(_("Note what an indicator of a project came to.")))
@click.argument("part_id", type=int)
@click.argument("name")
@click.argument("value")
@click.option("--on", "day", default=None, metavar="DATE")
def measure(part_id: int, name: str, value: str, day: str | None) -> None:
    found = read_value(value)
    if found is None:
        raise click.BadParameter(str(_("Type a number like 1,200 or 12.5.")))
    progress.measure_indicator(
        cli_act(), part_id=part_id, name=name, value_milli=found,
        on_date=parse_date(day) if day else None,
    )  # fmt: skip


@group.command("promote-issue", help=str(_("Make a project of an issue.")))
@click.argument("issue_id", type=int)
@click.argument("part_id", type=int)
@click.option("--from", "from_body_id", type=int, required=True, metavar="BODY")
@click.option("--reason", default="")
def promote_issue(issue_id: int, part_id: int, from_body_id: int, reason: str) -> None:
    commands.promote_issue(
        cli_act(), issue_id=issue_id, from_body_id=from_body_id, part_id=part_id, reason=reason
    )


@group.command("withdraw-item", help=str(_("Take an item off the agenda, with the reason.")))
@click.argument("item_id", type=int)
@click.option("--reason", required=True)
def withdraw_item(item_id: int, reason: str) -> None:
    items.withdraw_item(cli_act(), item_id=item_id, reason=reason)


@group.command("order", help=str(_("Put the items of an agenda in order: ITEM=2.1 …")))
@click.argument("meeting_id", type=int)
@click.argument("places", nargs=-1)
def order(meeting_id: int, places: tuple[str, ...]) -> None:
    typed = {int(pk): place for pk, _is, place in (one.partition("=") for one in places)}
    items.arrange_agenda(cli_act(), meeting_id=meeting_id, places=typed)


@group.command("item-minutes", help=str(_("Write what was said on one item.")))
@click.argument("item_id", type=int)
@click.argument("minutes")
@click.option("--settled", is_flag=True)
def item_minutes(item_id: int, minutes: str, settled: bool) -> None:
    items.write_item_minutes(cli_act(), item_id=item_id, minutes=minutes, is_settled=settled)


@group.command("add-paper", help=str(_("Keep a paper with an item.")))
@click.argument("item_id", type=int)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def add_paper(item_id: int, file: Path) -> None:
    items.add_item_paper(cli_act(), item_id=item_id, name=file.name, content=file.read_bytes())


@group.command("actions", help=str(_("What has to be done, the most urgent first.")))
@click.option("--body", "body_id", type=int, default=None)
@click.option("--state", default="open", show_default=True)
@format_option
def list_actions(body_id: int | None, state: str, form: str) -> None:
    rows = reads.actions(cli_act(), body_id=body_id, state="" if state == "all" else state)
    show(
        [
            {
                "action_id": one.pk,
                "text": one.text,
                "owner": one.owner.name,
                "due_date": one.due_date,
                "state": one.state,
            }
            for one in rows[:LIST_MAX]
        ],
        form,
        columns={
            "action_id": _("No."), "text": _("What has to be done"), "owner": _("By whom"),
            "due_date": _("Until when"),
        },
    )  # fmt: skip


@group.command("add-action", help=str(_("Give a person or an organisation something to do.")))
@click.argument("meeting_id", type=int)
@click.argument("owner_id", type=int)
@click.argument("text")
@click.option("--until", "due", required=True, metavar="DATE")
@click.option("--item", "item_id", type=int, default=None)
@click.option("--resolution", "resolution_id", type=int, default=None)
def add_action(
    meeting_id: int,
    owner_id: int,
    text: str,
    due: str,
    item_id: int | None,
    resolution_id: int | None,
) -> None:
    made = duties.add_action(
        cli_act(), meeting_id=meeting_id, owner_id=owner_id, text=text, due_date=parse_date(due),
        item_id=item_id, resolution_id=resolution_id,
    )  # fmt: skip
    click.echo(made.pk)


@group.command("finish-action", help=str(_("It is done; one line says what came of it.")))
@click.argument("action_id", type=int)
@click.argument("note")
def finish_action(action_id: int, note: str) -> None:
    duties.finish_action(cli_act(), action_id=action_id, note=note)


@group.command("postpone-action", help=str(_("It has time until another day, and why.")))
@click.argument("action_id", type=int)
@click.argument("due")
@click.argument("reason")
def postpone_action(action_id: int, due: str, reason: str) -> None:
    duties.postpone_action(cli_act(), action_id=action_id, due_date=parse_date(due), reason=reason)


@group.command("drop-action", help=str(_("It is not done any more, and why.")))
@click.argument("action_id", type=int)
@click.argument("reason")
def drop_action(action_id: int, reason: str) -> None:
    duties.drop_action(cli_act(), action_id=action_id, reason=reason)
