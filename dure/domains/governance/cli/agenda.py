"""Issues and agendas from the command line."""

from __future__ import annotations

import click
from django.utils.translation import gettext_lazy as _

from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, show

from .. import commands, queries
from ..rules.agenda import SOURCES

LIST_MAX = 10_000
group = click.Group("agenda")
FROM = click.option("--from", "from_body_id", type=int, required=True, metavar="BODY")


@group.command("issues", help=str(_("What waits before a body, the longest first.")))
@click.option("--body", "body_id", type=int, default=None)
@click.option("--state", default="waiting", show_default=True)
@format_option
def list_issues(body_id: int | None, state: str, form: str) -> None:
    act = cli_act()
    rows = queries.issues(act, body_id=body_id, state="" if state == "all" else state)
    show(
        [
            {
                "issue_id": one.pk,
                "title": one.title,
                "body": one.body.name,
                "state": one.state,
                "days": queries.days_waiting(one, act.today),
            }
            for one in rows[:LIST_MAX]
        ],
        form,
        columns={
            "issue_id": _("Issue"),
            "title": _("Title"),
            "body": _("Body"),
            "days": _("Days before it"),
        },
    )


@group.command("path", help=str(_("The whole path of an issue.")))
@click.argument("issue_id", type=int)
@format_option
def path(issue_id: int, form: str) -> None:
    show(
        list(queries.issue_card(cli_act(), issue_id).path),
        form,
        columns={
            "on_date": _("Day"),
            "kind": _("Step"),
            "from_body": _("From"),
            "to_body": _("To"),
            "reason": _("Reason"),
        },
    )


@group.command("raise-issue", help=str(_("Bring something before a body.")))
@click.argument("body_id", type=int)
@click.argument("title")
@click.option("--text", default="")
@click.option(
    "--source", type=click.Choice([str(code) for code, _label in SOURCES]), default="member"
)
@click.option("--survey", "source_text", default="")
@click.option("--party", "party_id", type=int, default=None)
@click.option("--from", "from_body_id", type=int, default=None, metavar="BODY")
def raise_issue(
    body_id: int,
    title: str,
    text: str,
    source: str,
    source_text: str,
    party_id: int | None,
    from_body_id: int | None,
) -> None:
    made = commands.raise_issue(
        cli_act(), title=title, body_id=body_id, text=text, source=source, source_text=source_text,
        party_id=party_id, from_body_id=from_body_id,
    )  # fmt: skip
    click.echo(made.pk)


@group.command("pass-on-issue", help=str(_("Pass an issue on to another body.")))
@click.argument("issue_id", type=int)
@click.argument("to_body_id", type=int)
@FROM
@click.option("--reason", default="")
def pass_on_issue(issue_id: int, to_body_id: int, from_body_id: int, reason: str) -> None:
    commands.pass_on_issue(
        cli_act(), issue_id=issue_id, from_body_id=from_body_id, to_body_id=to_body_id,
        reason=reason,
    )  # fmt: skip


@group.command("return-issue", help=str(_("Give an issue back to the body it came from.")))
@click.argument("issue_id", type=int)
@FROM
@click.option("--reason", required=True)
def return_issue(issue_id: int, from_body_id: int, reason: str) -> None:
    commands.return_issue(cli_act(), issue_id=issue_id, from_body_id=from_body_id, reason=reason)


@group.command("merge-issue", help=str(_("Make an issue part of another.")))
@click.argument("issue_id", type=int)
@click.argument("into_id", type=int)
@FROM
@click.option("--reason", default="")
def merge_issue(issue_id: int, into_id: int, from_body_id: int, reason: str) -> None:
    commands.merge_issue(
        cli_act(), issue_id=issue_id, from_body_id=from_body_id, into_id=into_id, reason=reason
    )


@group.command("split-issue", help=str(_("Make several issues of one.")))
@click.argument("issue_id", type=int)
@click.argument("titles", nargs=-1)
@FROM
@click.option("--reason", default="")
def split_issue(issue_id: int, titles: tuple[str, ...], from_body_id: int, reason: str) -> None:
    parts = commands.split_issue(
        cli_act(), issue_id=issue_id, from_body_id=from_body_id, titles=titles, reason=reason
    )
    for one in parts:
        click.echo(one.pk)


@group.command("close-issue", help=str(_("Conclude an issue, with the reason.")))
@click.argument("issue_id", type=int)
@FROM
@click.option("--reason", required=True)
def close_issue(issue_id: int, from_body_id: int, reason: str) -> None:
    commands.close_issue(cli_act(), issue_id=issue_id, from_body_id=from_body_id, reason=reason)


@group.command("gather", help=str(_("Put on the agenda what waits.")))
@click.argument("meeting_id", type=int)
def gather(meeting_id: int) -> None:
    for item in commands.gather_agenda(cli_act(), meeting_id=meeting_id):
        click.echo(f"{item.number}. {item.title}")
