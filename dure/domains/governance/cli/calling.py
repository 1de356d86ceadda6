"""How meetings are told of and in which cycle they come, from the command line."""

from __future__ import annotations

import click
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from dure.kernel.dates import parse_date
from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, show

from .. import commands, queries
from ..rules.cycles import EVERY, MOVED

group = click.Group("calling")


@group.command("notices", help=str(_("Every voter of a meeting, and how it was told.")))
@click.argument("meeting_id", type=int)
@format_option
def list_notices(meeting_id: int, form: str) -> None:
    act = cli_act()
    show(
        queries.notice_lines(act, queries.meeting_row(act, meeting_id)),
        form,
        columns={"name": _("Voter"), "state_label": _("State"), "told_date": _("Told on")},
    )


@group.command("send-notices", help=str(_("Mail those who were not told yet.")))
@click.argument("meeting_id", type=int)
def send_notices(meeting_id: int) -> None:
    click.echo(commands.send_notices(cli_act(), meeting_id=meeting_id))


@group.command("notice-returned", help=str(_("Note that a letter of notice came back.")))
@click.argument("notice_id", type=int)
@click.option("--reason", default="")
def note_notice_returned(notice_id: int, reason: str) -> None:
    commands.note_notice_returned(cli_act(), notice_id=notice_id, reason=reason)


@group.command("withdraw-proxy", help=str(_("Take a proxy back.")))
@click.argument("proxy_id", type=int)
def withdraw_proxy(proxy_id: int) -> None:
    commands.withdraw_proxy(cli_act(), proxy_id=proxy_id)


@group.command("set-cycle", help=str(_("Lay down how often a body meets.")))
@click.argument("body_id", type=int)
@click.option("--every", type=click.Choice([code for code, _word in EVERY]), required=True)
@click.option("--from", "first_day", required=True, metavar="DATE")
@click.option("--nth", type=click.IntRange(1, 5), default=1, show_default=True)
@click.option("--weekday", type=click.IntRange(0, 6), default=0, show_default=True)
@click.option("--at", default="14:00", show_default=True)
@click.option("--place", default="")
@click.option("--holidays", "moved", type=click.Choice([code for code, _word in MOVED]), default="next_day")  # fmt: skip
@click.option("--host", "host_ids", type=int, multiple=True)
def set_cycle(
    body_id: int,
    every: str,
    first_day: str,
    nth: int,
    weekday: int,
    at: str,
    place: str,
    moved: str,
    host_ids: tuple[int, ...],
) -> None:
    made = commands.set_cycle(
        cli_act(), body_id=body_id, every=every, first_date=parse_date(first_day), nth=nth,
        weekday=weekday, at=at, place=place, moved=moved, host_ids=host_ids,
    )  # fmt: skip
    click.echo(made.pk)


@group.command("end-cycle", help=str(_("The body meets in no cycle any more.")))
@click.argument("body_id", type=int)
def end_cycle(body_id: int) -> None:
    commands.end_cycle(cli_act(), body_id=body_id)


@group.command("plan-next", help=str(_("Plan the next meeting of a cycle.")))
@click.argument("body_id", type=int)
def plan_by_cycle(body_id: int) -> None:
    click.echo(commands.plan_by_cycle(cli_act(), body_id=body_id).pk)


@group.command("calendar", help=str(_("The meetings between two days.")))
@click.option("--from", "from_day", required=True, metavar="DATE")
@click.option("--until", "until_day", required=True, metavar="DATE")
@format_option
def list_calendar(from_day: str, until_day: str, form: str) -> None:
    show(
        queries.calendar(cli_act(), parse_date(from_day), parse_date(until_day)),
        form,
        columns={
            "starts_at": pgettext_lazy("governance", "When"),
            "title": _("Meeting"),
            "body": _("Body"),
            "place": _("Place"),
            "state_label": _("State"),
        },
    )
