"""`dure memberships conduct`: cases about conduct."""

from __future__ import annotations

from pathlib import Path

import click
from django.utils.translation import gettext_lazy as _

from dure.kernel.dates import parse_date
from dure.kernel.refusals import NotFound
from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, show

from .. import commands, documents, queries
from ..rules.conduct import BODIES, GROUNDS, KINDS, NOTICE_WAYS, Outcome

conduct = click.Group("conduct", help=str(_("Review, warning, suspension, expulsion.")))
LIST_MAX = 10_000


def choice(pairs: tuple[tuple[str, object], ...]) -> click.Choice[str]:
    return click.Choice([str(code) for code, _label in pairs])


@conduct.command("list", help=str(_("Cases, the latest first.")))
@click.option("--open", "only_open", is_flag=True, help=str(_("Only those under way.")))
@format_option
def list_cases(only_open: bool, form: str) -> None:
    show(
        [
            {
                "case_id": case.pk,
                "number": case.membership.number,
                "name": case.membership.party.name,
                "kind": case.kind,
                "state": case.state,
                "article": case.article,
                "opened_date": case.opened_date,
                "meeting_date": case.meeting_date,
            }
            for case in queries.conduct_cases(cli_act(), only_open=only_open)[:LIST_MAX]
        ],
        form,
        columns={
            "case_id": _("Case"),
            "name": _("Name"),
            "kind": _("Kind"),
            "state": _("State"),
            "opened_date": _("Opened"),
        },
    )


@conduct.command("open", help=str(_("Open a case about a member.")))
@click.argument("membership_id", type=int)
@click.option("--kind", type=choice(KINDS), required=True)
@click.option("--ground", type=choice(GROUNDS), default="bylaw_reason", show_default=True)
@click.option("--article", required=True)
@click.option("--reason", required=True)
@click.option("--follows", "follows_id", type=int, default=None, metavar="CASE")
def open_case(
    membership_id: int,
    kind: str,
    ground: str,
    article: str,
    reason: str,
    follows_id: int | None,
) -> None:
    case = commands.open_conduct_case(
        cli_act(),
        membership_id=membership_id,
        kind=kind,
        ground=ground,
        article=article,
        reason=reason,
        follows_id=follows_id,
    )
    click.echo(case.pk)


@conduct.command("notice", help=str(_("Note how the member was told the reason.")))
@click.argument("case_id", type=int)
@click.option("--on", "day", required=True, metavar="DATE")
@click.option("--way", type=choice(NOTICE_WAYS), required=True)
@click.option("--meeting", required=True, metavar="DATE")
def notice(case_id: int, day: str, way: str, meeting: str) -> None:
    commands.note_conduct_notice(
        cli_act(),
        case_id=case_id,
        notice_date=parse_date(day),
        way=way,
        meeting_date=parse_date(meeting),
    )


@conduct.command("hearing", help=str(_("Note that the member was heard, or had the chance.")))
@click.argument("case_id", type=int)
@click.option("--on", "day", required=True, metavar="DATE")
@click.option("--heard/--not-heard", default=True)
@click.option("--statement", default="")
def hearing(case_id: int, day: str, heard: bool, statement: str) -> None:
    commands.note_conduct_hearing(
        cli_act(),
        case_id=case_id,
        hearing_date=parse_date(day),
        was_heard=heard,
        statement=statement,
    )


@conduct.command("decide", help=str(_("Note the decision of the competent body.")))
@click.argument("case_id", type=int)
@click.option("--body", type=choice(BODIES), required=True)
@click.option("--outcome", type=click.Choice([str(o) for o in Outcome]), required=True)
@click.option("--on", "day", required=True, metavar="DATE")
@click.option("--minutes", required=True)
@click.option("--seats", default=0)
@click.option("--present", default=0)
@click.option("--in-favour", default=0)
@click.option("--until", default=None, metavar="DATE")
def decide(
    case_id: int,
    body: str,
    outcome: str,
    day: str,
    minutes: str,
    seats: int,
    present: int,
    in_favour: int,
    until: str | None,
) -> None:
    commands.decide_conduct_case(
        cli_act(),
        case_id=case_id,
        body=body,
        outcome=outcome,
        decided_date=parse_date(day),
        minutes=minutes,
        seats=seats,
        present=present,
        in_favour=in_favour,
        until_date=parse_date(until) if until else None,
    )


@conduct.command("recommend", help=str(_("Note what a body recommends; it has no effect.")))
@click.argument("case_id", type=int)
@click.option("--body", type=choice(BODIES), required=True)
@click.option("--outcome", type=click.Choice([str(o) for o in Outcome]), required=True)
@click.option("--on", "day", required=True, metavar="DATE")
@click.option("--minutes", required=True)
@click.option("--text", default="")
def recommend(case_id: int, body: str, outcome: str, day: str, minutes: str, text: str) -> None:
    commands.note_conduct_recommendation(
        cli_act(),
        case_id=case_id,
        body=body,
        outcome=outcome,
        on_date=parse_date(day),
        minutes=minutes,
        text=text,
    )


@conduct.command("withdraw", help=str(_("Let a case rest without a decision.")))
@click.argument("case_id", type=int)
@click.option("--reason", required=True)
def withdraw(case_id: int, reason: str) -> None:
    commands.withdraw_conduct_case(cli_act(), case_id=case_id, reason=reason)


@conduct.command("appeal", help=str(_("Note an appeal that came on paper.")))
@click.argument("case_id", type=int)
@click.option("--reason", required=True)
def appeal(case_id: int, reason: str) -> None:
    commands.appeal_conduct_decision(cli_act(), case_id=case_id, reason=reason)


@conduct.command("decide-appeal", help=str(_("Note the decision on an appeal.")))
@click.argument("case_id", type=int)
@click.option("--body", type=choice(BODIES), required=True)
@click.option("--outcome", type=click.Choice([str(o) for o in Outcome]), required=True)
@click.option("--on", "day", required=True, metavar="DATE")
@click.option("--minutes", required=True)
def decide_appeal(case_id: int, body: str, outcome: str, day: str, minutes: str) -> None:
    commands.decide_conduct_appeal(
        cli_act(),
        case_id=case_id,
        body=body,
        outcome=outcome,
        decided_date=parse_date(day),
        minutes=minutes,
    )


@conduct.command("letter", help=str(_("Write a letter of the case as PDF.")))
@click.argument("case_id", type=int)
@click.option("--kind", type=click.Choice(["notice", "decision", "appeal"]), required=True)
@click.option("--meeting", default=None, metavar="DATE")
@click.option("--out", type=click.Path(path_type=Path), required=True)
def letter(case_id: int, kind: str, meeting: str | None, out: Path) -> None:
    act = cli_act()
    queries.conduct_card(act, case_id)
    day = parse_date(meeting) if meeting else None
    about = queries.case_letter(f"conduct_{kind}", case_id, day)
    if about is None:
        raise NotFound
    out.write_bytes(documents.letter_pdf(f"conduct_{kind}", about, act.at))
