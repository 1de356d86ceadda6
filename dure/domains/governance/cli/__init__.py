"""`dure governance`: bodies, meetings, votes and resolutions from the command line."""

from __future__ import annotations

from datetime import datetime, time

import click
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from dure.domains.memberships.rules.conduct import NOTICE_WAYS
from dure.kernel.acts import SEOUL
from dure.kernel.dates import parse_date
from dure.kernel.progress import Progress
from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, progress_option, show

from .. import commands, queries
from ..rules.bodies import MATTERS
from ..rules.elections import FORMS
from ..rules.rooms import CHAIR_REASONS
from ..rules.voting import CHOICES, METHODS
from .agenda import group as agenda
from .bodies import group as bodies
from .calling import group as calling
from .demands import group as demands
from .elections import group as elections
from .papers import group as papers
from .plans import group as plans
from .resolutions import group as resolutions

group = click.Group(
    "governance",
    commands={
        **bodies.commands,
        **demands.commands,
        **agenda.commands,
        **elections.commands,
        **calling.commands,
        **papers.commands,
        **plans.commands,
        **resolutions.commands,
    },
    help=str(_("Bodies, meetings, votes and resolutions.")),
)
LIST_MAX = 10_000


def _choice(pairs: tuple[tuple[str, object], ...]) -> click.Choice[str]:
    return click.Choice([str(code) for code, _label in pairs])


# -- meetings ----------------------------------------------------------------------------------


@group.command("meetings", help=str(_("Meetings, the latest first.")))
@click.option("--body", "body_id", type=int, default=None)
@format_option
def list_meetings(body_id: int | None, form: str) -> None:
    show(
        [
            {
                "meeting_id": one.pk,
                "body": one.body.name,
                "title": one.title,
                "starts_at": one.starts_at,
                "state": one.state,
            }
            for one in queries.meetings(cli_act(), body_id=body_id)[:LIST_MAX]
        ],
        form,
        columns={
            "meeting_id": _("Meeting"),
            "body": _("Body"),
            "title": _("Title"),
            "starts_at": pgettext_lazy("governance", "When"),
            "state": _("State"),
        },
    )


@group.command("plan", help=str(_("Plan a meeting of a body.")))
@click.argument("body_id", type=int)
@click.argument("title")
@click.option("--on", "day", required=True, metavar="DATE")
@click.option("--at", "at", default="14:00", show_default=True)
@click.option("--place", default="")
@click.option("--link", default="")
def plan(body_id: int, title: str, day: str, at: str, place: str, link: str) -> None:
    starts_at = datetime.combine(parse_date(day), time.fromisoformat(at), SEOUL)
    made = commands.plan_meeting(
        cli_act(), body_id=body_id, title=title, starts_at=starts_at, place=place, link=link
    )
    click.echo(made.pk)


@group.command("add-item", help=str(_("Put an item on the agenda.")))
@click.argument("meeting_id", type=int)
@click.argument("title")
@click.option("--matter", type=_choice(MATTERS), default="business", show_default=True)
@click.option("--text", default="")
@click.option("--effect", default="", help=str(_("What a resolution on it does.")))
@click.option("--with", "data", multiple=True, metavar="NAME=VALUE")
def add_item(
    meeting_id: int, title: str, matter: str, text: str, effect: str, data: tuple[str, ...]
) -> None:
    about = dict(one.partition("=")[::2] for one in data)
    item = commands.add_item(
        cli_act(), meeting_id=meeting_id, title=title, matter=matter, text=text, effect=effect,
        effect_data=about,
    )  # fmt: skip
    click.echo(item.pk)


@group.command("call", help=str(_("Call the meeting with its agenda.")))
@click.argument("meeting_id", type=int)
def call(meeting_id: int) -> None:
    commands.convene_meeting(cli_act(), meeting_id=meeting_id)


@group.command("told", help=str(_("Note that everybody was told.")))
@click.argument("meeting_id", type=int)
@click.option("--on", "day", required=True, metavar="DATE")
@click.option("--way", type=_choice(NOTICE_WAYS), required=True)
def told(meeting_id: int, day: str, way: str) -> None:
    count = commands.note_notices(
        cli_act(), meeting_id=meeting_id, way=way, told_date=parse_date(day)
    )
    click.echo(count)


@group.command("check-in", help=str(_("A voter is there from now on.")))
@click.argument("meeting_id", type=int)
@click.argument("party_id", type=int)
def check_in(meeting_id: int, party_id: int) -> None:
    commands.check_in(cli_act(), meeting_id=meeting_id, party_id=party_id)


@group.command("open", help=str(_("Open the meeting.")))
@click.argument("meeting_id", type=int)
@click.option("--chair", "chair_id", type=int, default=None, help=str(_("Who leads the meeting.")))
@click.option("--because", "chair_reason", type=_choice(CHAIR_REASONS), default=None)
def open_meeting(meeting_id: int, chair_id: int | None, chair_reason: str | None) -> None:
    commands.open_meeting(
        cli_act(), meeting_id=meeting_id, chair_id=chair_id, chair_reason=chair_reason or ""
    )


@group.command("close", help=str(_("Close the meeting.")))
@click.argument("meeting_id", type=int)
def close_meeting(meeting_id: int) -> None:
    click.echo(commands.close_meeting(cli_act(), meeting_id=meeting_id).get_state_display())


@group.command("quorum", help=str(_("Present, needed, margin.")))
@click.argument("meeting_id", type=int)
@format_option
def live_quorum(meeting_id: int, form: str) -> None:
    stands = queries.meeting_card(cli_act(), meeting_id).quorum
    show(
        {
            "present": stands.present,
            "needed": stands.needed,
            "whole": stands.whole,
            "margin": stands.margin,
        },
        form,
        columns={"present": _("Present"), "needed": _("Needed"), "margin": _("Margin")},
    )


# -- votes -------------------------------------------------------------------------------------


@group.command("open-vote", help=str(_("Put an item to the vote.")))
@click.argument("item_id", type=int)
@click.option("--method", type=_choice(METHODS), default="named", show_default=True)
@click.option("--teller", type=int, multiple=True, help=str(_("Who counts raised hands; two.")))
@click.option("--form", "ballot", type=_choice(FORMS), default="motion", show_default=True)
@click.option("--places", type=int, default=None, help=str(_("How many are chosen")))
@click.option("--run-off-of", "run_off_of_id", type=int, default=None, metavar="VOTE")
def open_vote(
    item_id: int,
    method: str,
    teller: tuple[int, ...],
    ballot: str,
    places: int | None,
    run_off_of_id: int | None,
) -> None:
    vote = commands.open_vote(
        cli_act(), item_id=item_id, method=method, teller_ids=teller, form=ballot, places=places,
        run_off_of_id=run_off_of_id,
    )  # fmt: skip
    click.echo(vote.pk)


@group.command("written", help=str(_("Note what one voter said in writing; PAPER shows it.")))
@click.argument("item_id", type=int)
@click.argument("party_id", type=int)
@click.argument("choice", type=_choice(CHOICES))
@click.argument("paper")
def written(item_id: int, party_id: int, choice: str, paper: str) -> None:
    made = commands.note_written_vote(
        cli_act(), item_id=item_id, party_id=party_id, choice=choice, paper=paper
    )
    click.echo(made.pk)


@group.command("withdraw-written", help=str(_("Take a vote in writing back.")))
@click.argument("written_id", type=int)
def withdraw_written(written_id: int) -> None:
    commands.withdraw_written_vote(cli_act(), written_id=written_id)


@group.command("cast", help=str(_("Note what one voter said, by name.")))
@click.argument("vote_id", type=int)
@click.argument("party_id", type=int)
@click.argument("choice", type=_choice(CHOICES))
def cast(vote_id: int, party_id: int, choice: str) -> None:
    commands.cast_vote(cli_act(), vote_id=vote_id, party_id=party_id, choice=choice)


@group.command("close-vote", help=str(_("Close a vote: its result takes effect.")))
@click.argument("vote_id", type=int)
@click.option("--later", is_flag=True, help=str(_("Carry it out later.")))
@format_option
def close_vote(vote_id: int, later: bool, form: str) -> None:
    vote = commands.close_vote(cli_act(), vote_id=vote_id, carries_out=not later)
    show(
        {
            "present": vote.present,
            "yes": vote.yes,
            "no": vote.no,
            "abstain": vote.abstain,
            "passed": vote.passed,
        },
        form,
        columns={
            "present": _("Present"),
            "yes": _("In favour"),
            "no": _("Against"),
            "abstain": _("Abstaining"),
            "passed": _("Result"),
        },
    )


@group.command("resolutions", help=str(_("What was decided, the latest first.")))
@click.option("--body", "body_id", type=int, default=None)
@format_option
def list_resolutions(body_id: int | None, form: str) -> None:
    show(
        [
            {
                "resolution_id": one.pk,
                "number": one.number,
                "decided_date": one.decided_date,
                "question": one.vote.question,
                "adopted": one.adopted,
                "done": one.done,
            }
            for one in queries.resolutions(cli_act(), body_id=body_id)[:LIST_MAX]
        ],
        form,
        columns={
            "number": _("No."),
            "decided_date": _("Decided"),
            "question": _("Question"),
            "adopted": _("Result"),
        },
    )


@group.command("verify", help=str(_("Compute every result again from what was noted.")))
@click.option("--resolution", "resolution_id", type=int, default=None)
@format_option
@progress_option
def verify(resolution_id: int | None, form: str, progress: Progress) -> None:
    found = queries.verify(progress, resolution_id)
    if found or form == "json":
        show(found, form)
    else:
        click.echo(str(_("Every result follows from what was noted.")))
    if found:
        raise click.exceptions.Exit(1)
