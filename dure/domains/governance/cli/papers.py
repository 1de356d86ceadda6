"""Minutes, figures and disclosure from the command line."""

from __future__ import annotations

from pathlib import Path

import click
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, show

from .. import commands, queries

group = click.Group("papers")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@group.command("minutes", help=str(_("The minutes of a meeting: words, comments, signatures.")))
@click.argument("meeting_id", type=int)
@format_option
def minutes(meeting_id: int, form: str) -> None:
    record = queries.minutes_draft(queries.meeting_card(cli_act(), meeting_id))
    show(
        {
            "number": record.number,
            "text": record.text,
            "digest": record.digest,
            "comments_until": record.comments_until,
            "locked_at": record.locked_at,
            "signed": [one.name for one in record.signed],
            "missing": list(record.missing),
        },
        form,
        columns={
            "number": _("Version"),
            "text": _("What was said"),
            "signed": _("Signed"),
            "missing": _("Still to sign"),
        },
    )


@group.command("write-minutes", help=str(_("Write the minutes from a text file.")))
@click.argument("meeting_id", type=int)
@click.argument("file", type=FILE)
def write_minutes(meeting_id: int, file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    click.echo(commands.write_minutes(cli_act(), meeting_id=meeting_id, text=text).digest)


@group.command("circulate-minutes", help=str(_("Send the minutes to those absent, for comments.")))
@click.argument("meeting_id", type=int)
def circulate_minutes(meeting_id: int) -> None:
    click.echo(commands.circulate_minutes(cli_act(), meeting_id=meeting_id).comments_until)


@group.command("comment", help=str(_("Note what a voter says about the minutes.")))
@click.argument("meeting_id", type=int)
@click.argument("party_id", type=int)
@click.argument("text")
def comment(meeting_id: int, party_id: int, text: str) -> None:
    commands.comment_on_minutes(cli_act(), meeting_id=meeting_id, party_id=party_id, text=text)


@group.command("sign-minutes", help=str(_("Note who signed the minutes on paper.")))
@click.argument("meeting_id", type=int)
@click.argument("person_id", type=int)
def sign_minutes(meeting_id: int, person_id: int) -> None:
    commands.sign_minutes(cli_act(), meeting_id=meeting_id, person_id=person_id)


@group.command("statistics", help=str(_("The figures of a year of meetings, body by body.")))
@click.option("--year", type=int, default=None)
@format_option
def statistics(year: int | None, form: str) -> None:
    found = queries.statistics(cli_act(), year)
    show(
        [
            {
                "year": one.year,
                "name": one.name,
                "held": one.figures.held,
                "failed": one.figures.failed,
                "came": one.figures.came,
                "voters": one.figures.voters,
                "adopted": one.figures.adopted,
                "rejected": one.figures.rejected,
                "days_ahead": one.figures.days_ahead,
            }
            for one in found.bodies
        ],
        form,
        columns={
            "name": _("Body"),
            "held": _("Held"),
            "failed": _("Without quorum"),
            "came": _("Came"),
            "voters": _("Had a vote"),
            "adopted": _("Adopted"),
            "rejected": pgettext_lazy("governance", "Rejected"),
        },
    )


@group.command("activity", help=str(_("What is disclosed of a year's meetings (form 10).")))
@click.argument("year", type=int)
@format_option
def activity(year: int, form: str) -> None:
    show(
        [
            {
                "day": one.day,
                "kind": one.kind,
                "title": one.title,
                "called": one.called,
                "attended": one.attended,
                "results": one.results,
            }
            for one in queries.activity(cli_act(), year)
        ],
        form,
        columns={
            "day": _("Day"),
            "title": _("Meeting"),
            "called": _("Had a vote"),
            "attended": _("Came"),
            "results": _("Agenda and results"),
        },
    )


@group.command("replace-template", help=str(_("Lay down another template of a paper.")))
@click.argument("name")
@click.argument("file", type=FILE, required=False)
def replace_template(name: str, file: Path | None) -> None:
    text = file.read_text(encoding="utf-8-sig") if file else ""
    commands.replace_paper_template(cli_act(), name=name, text=text)
