"""`dure memberships ethics` and `dure memberships terms`: the code, its making and signatures; duties
and benefits of a class."""

from __future__ import annotations

from pathlib import Path

import click
from django.utils.translation import gettext_lazy as _

from dure.kernel.dates import parse_date
from dure.kernel.reads import note_read
from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, show

from .. import commands, queries
from ..rules.conduct import BODIES
from ..rules.duties import TERM_KINDS, USES
from ..rules.ethics import STAGES
from .conduct import LIST_MAX, choice

ethics = click.Group("ethics", help=str(_("The ethics code, its making and its signatures.")))
terms = click.Group("terms", help=str(_("Duties and benefits of a kind of member.")))


@ethics.command("list", help=str(_("All versions, the newest first.")))
@format_option
def list_versions(form: str) -> None:
    show(
        [
            {
                "version": one.version,
                "title": one.title,
                "from_date": one.from_date,
                "until_date": one.until_date,
                "adopted_by": one.adopted_by,
                "minutes": one.minutes,
            }
            for one in queries.code_versions()
        ],
        form,
        columns={
            "version": _("Version"),
            "title": _("Title"),
            "from_date": _("From"),
            "minutes": _("Minutes"),
        },
    )


@ethics.command("start", help=str(_("Begin to make a code, or a new version.")))
@click.argument("title")
@click.option("--about", default="")
@click.option("--on", "day", default=None, metavar="DATE")
def start(title: str, about: str, day: str | None) -> None:
    made = commands.start_code_drafting(
        cli_act(), title=title, about=about, started_date=parse_date(day) if day else None
    )
    click.echo(made.pk)


@ethics.command("note", help=str(_("Note a workshop, a survey or a hearing.")))
@click.argument("drafting_id", type=int)
@click.option("--kind", type=choice(STAGES), required=True)
@click.option("--on", "day", required=True, metavar="DATE")
@click.option("--topic", required=True)
@click.option("--people", default=0)
@click.option("--asked", type=int, default=None)
@click.option("--in-favour", type=int, default=None)
@click.option("--groups", default="")
@click.option("--notes", default="")
def note(
    drafting_id: int,
    kind: str,
    day: str,
    topic: str,
    people: int,
    asked: int | None,
    in_favour: int | None,
    groups: str,
    notes: str,
) -> None:
    commands.note_drafting_stage(
        cli_act(),
        drafting_id=drafting_id,
        kind=kind,
        on_date=parse_date(day),
        topic=topic,
        people=people,
        asked=asked,
        in_favour=in_favour,
        groups=groups,
        notes=notes,
    )


@ethics.command("give-up", help=str(_("Give up the making of a code.")))
@click.argument("drafting_id", type=int)
@click.option("--reason", required=True)
def give_up(drafting_id: int, reason: str) -> None:
    commands.end_code_drafting(cli_act(), drafting_id=drafting_id, reason=reason)


@ethics.command("adopt", help=str(_("Put a version in force; its text comes from a file.")))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--title", required=True)
@click.option("--body", type=choice(BODIES), required=True)
@click.option("--on", "day", required=True, metavar="DATE")
@click.option("--minutes", required=True)
@click.option("--from", "from_day", default=None, metavar="DATE")
@click.option("--drafting", "drafting_id", type=int, default=None)
def adopt(
    file: Path,
    title: str,
    body: str,
    day: str,
    minutes: str,
    from_day: str | None,
    drafting_id: int | None,
) -> None:
    made = commands.adopt_ethics_code(
        cli_act(),
        title=title,
        text=file.read_text(encoding="utf-8"),
        body=body,
        adopted_date=parse_date(day),
        minutes=minutes,
        from_date=parse_date(from_day) if from_day else None,
        drafting_id=drafting_id,
    )
    click.echo(made.version)


@ethics.command("sign", help=str(_("Note a signature that came on paper.")))
@click.argument("membership_id", type=int)
@click.option("--name", required=True)
def sign(membership_id: int, name: str) -> None:
    commands.sign_ethics_code(cli_act(), membership_id=membership_id, name=name, on_paper=True)


@ethics.command("ask", help=str(_("Ask all who have not signed, by letter.")))
def ask() -> None:
    click.echo(commands.ask_code_signatures(cli_act()))


@ethics.command("signatures", help=str(_("Who has signed the version in force, and who has not.")))
@click.option("--unsigned", is_flag=True, help=str(_("Only those who have not.")))
@format_option
def signatures(unsigned: bool, form: str) -> None:
    act = cli_act()
    code = queries.code_in_force(act.today)
    rows = queries.code_signatures(act, code, act.today, signed="no" if unsigned else "")
    found = [
        {"number": one.number, "name": one.party.name, "signed": one.has_signed}
        for one in rows[:LIST_MAX]
    ]
    note_read(act, None, "memberships.code_signatures", len(found))
    show(
        found,
        form,
        columns={"number": _("No."), "name": _("Name"), "signed": _("Signed")},
    )


@terms.command("list", help=str(_("All duties and benefits of a kind of member.")))
@click.argument("code")
@format_option
def list_terms(code: str, form: str) -> None:
    show(
        [
            {
                "term_id": one.pk,
                "kind": one.kind,
                "use": one.use,
                "text": one.text,
                "article": one.article,
                "rests": one.rests,
                "from_date": one.from_date,
                "until_date": one.until_date,
            }
            for one in queries.class_terms(code)[:LIST_MAX]
        ],
        form,
        columns={
            "term_id": _("No."),
            "kind": _("Kind"),
            "text": _("Text"),
            "article": _("Article"),
            "from_date": _("From"),
        },
    )


@terms.command("add", help=str(_("Lay down a duty or a benefit.")))
@click.argument("code")
@click.option("--kind", type=choice(TERM_KINDS), required=True)
@click.option("--text", required=True)
@click.option("--article", required=True)
@click.option("--from", "day", required=True, metavar="DATE")
@click.option("--use", type=choice(USES), default=None)
@click.option("--rests/--goes-on", default=True)
def add_term(
    code: str, kind: str, text: str, article: str, day: str, use: str | None, rests: bool
) -> None:
    made = commands.lay_down_class_term(
        cli_act(),
        member_class=code,
        kind=kind,
        text=text,
        article=article,
        from_date=parse_date(day),
        use=use or "",
        rests=rests,
    )
    click.echo(made.pk)


@terms.command("end", help=str(_("End a duty or a benefit.")))
@click.argument("term_id", type=int)
@click.option("--until", "day", required=True, metavar="DATE")
def end_term(term_id: int, day: str) -> None:
    commands.end_class_term(cli_act(), term_id=term_id, until_date=parse_date(day))
