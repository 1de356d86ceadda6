"""`dure governance`: bodies, their seats and quotas, and members' records."""

from __future__ import annotations

from dataclasses import asdict

import click
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from dure.kernel.dates import parse_date
from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, show

from .. import commands, queries
from ..rules.bodies import END_REASONS, KINDS, MATTERS, SEAT_KINDS

group = click.Group("bodies")
LIST_MAX = 10_000


def _choice(pairs: tuple[tuple[str, object], ...]) -> click.Choice[str]:
    return click.Choice([str(code) for code, _label in pairs])


@group.command("bodies", help=str(_("The bodies of the network.")))
@format_option
def list_bodies(form: str) -> None:
    show(
        [
            {"body_id": one.pk, "name": one.name, "kind": one.kind, "from_date": one.from_date}
            for one in queries.bodies(cli_act())[:LIST_MAX]
        ],
        form,
        columns={
            "body_id": _("Body"),
            "name": _("Name"),
            "kind": pgettext_lazy("governance", "Kind"),
        },
    )


@group.command("seats", help=str(_("Who sits in a body today.")))
@click.argument("body_id", type=int)
@format_option
def list_seats(body_id: int, form: str) -> None:
    show(
        list(queries.body_card(cli_act(), body_id).sittings),
        form,
        columns={
            "seat_id": _("Seat"),
            "name": _("Name"),
            "title": _("Title"),
            "kind": pgettext_lazy("governance", "Kind"),
            "until_date": _("Ends on"),
        },
    )


@group.command("add-body", help=str(_("Make a body.")))
@click.argument("name")
@click.option("--kind", type=_choice(KINDS), required=True)
@click.option("--from", "day", default=None, metavar="DATE")
@click.option("--decided-by", default="")
def add_body(name: str, kind: str, day: str | None, decided_by: str) -> None:
    from_date = parse_date(day) if day else None
    made = commands.add_body(
        cli_act(), name=name, kind=kind, from_date=from_date, decided_by=decided_by
    )
    click.echo(made.pk)


@group.command("grant", help=str(_("Let a body decide on a matter.")))
@click.argument("body_id", type=int)
@click.argument("matter", type=_choice(MATTERS))
@click.option("--article", default="")
def grant(body_id: int, matter: str, article: str) -> None:
    commands.grant_competence(cli_act(), body_id=body_id, matter=matter, article=article)


@group.command("add-seat", help=str(_("Add one seat to a body.")))
@click.argument("body_id", type=int)
@click.option("--kind", type=_choice(SEAT_KINDS), default="elected", show_default=True)
@click.option("--title", default="")
@click.option("--chair", is_flag=True)
@click.option("--without-vote", is_flag=True)
@click.option("--organisation", "organisation_id", type=int, default=None)
@click.option("--office", default="")
@click.option("--follows", "follows_id", type=int, default=None)
@click.option("--turn", "turns", type=int, multiple=True, help=str(_("An organisation in turn.")))
@click.option("--months", type=int, default=None, help=str(_("Of a turn.")))
@click.option("--group", "groups", multiple=True, help=str(_("What a quota counts it for.")))
@click.option("--from", "day", default=None, metavar="DATE")
def add_seat(
    body_id: int,
    kind: str,
    title: str,
    chair: bool,
    without_vote: bool,
    organisation_id: int | None,
    office: str,
    follows_id: int | None,
    turns: tuple[int, ...],
    months: int | None,
    groups: tuple[str, ...],
    day: str | None,
) -> None:
    seat = commands.add_seat(
        cli_act(), body_id=body_id, kind=kind, title=title, is_chair=chair,
        may_vote=not without_vote, organisation_id=organisation_id, office=office,
        follows_id=follows_id, organisation_ids=turns, turn_months=months, groups=groups,
        from_date=parse_date(day) if day else None,
    )  # fmt: skip
    click.echo(seat.pk)


@group.command("fill-seat", help=str(_("Elect or appoint somebody to a seat.")))
@click.argument("seat_id", type=int)
@click.argument("person_id", type=int)
@click.option("--from", "from_day", required=True, metavar="DATE")
@click.option("--until", "until_day", default=None, metavar="DATE")
@click.option("--decided-by", default="")
def fill_seat(
    seat_id: int, person_id: int, from_day: str, until_day: str | None, decided_by: str
) -> None:
    commands.fill_seat(
        cli_act(),
        seat_id=seat_id,
        person_id=person_id,
        from_date=parse_date(from_day),
        until_date=parse_date(until_day) if until_day else None,
        decided_by=decided_by,
    )


@group.command("end-term", help=str(_("A term ends earlier than it would.")))
@click.argument("term_id", type=int)
@click.option("--on", "day", required=True, metavar="DATE")
@click.option("--because", type=_choice(END_REASONS), default="other", show_default=True)
@click.option("--by", "ended_by", default="")
def end_term(term_id: int, day: str, because: str, ended_by: str) -> None:
    commands.end_term(
        cli_act(), term_id=term_id, until_date=parse_date(day), because=because, ended_by=ended_by
    )


@group.command("end-seat", help=str(_("Give a seat up.")))
@click.argument("seat_id", type=int)
@click.option("--on", "day", required=True, metavar="DATE")
def end_seat(seat_id: int, day: str) -> None:
    commands.end_seat(cli_act(), seat_id=seat_id, until_date=parse_date(day))


@group.command("end-body", help=str(_("End a body.")))
@click.argument("body_id", type=int)
@click.option("--on", "day", required=True, metavar="DATE")
@click.option("--decided-by", default="")
def end_body(body_id: int, day: str, decided_by: str) -> None:
    commands.end_body(cli_act(), body_id=body_id, until_date=parse_date(day), decided_by=decided_by)


@group.command("change-body", help=str(_("Correct what is said about a body.")))
@click.argument("body_id", type=int)
@click.option("--name", required=True)
@click.option("--purpose", default="")
@click.option("--convenor", "convenor_id", type=int, default=None)
@click.option("--ends-when", default="")
def change_body(
    body_id: int, name: str, purpose: str, convenor_id: int | None, ends_when: str
) -> None:
    commands.change_body(
        cli_act(), body_id=body_id, name=name, purpose=purpose, convenor_id=convenor_id,
        ends_when=ends_when,
    )  # fmt: skip


@group.command("take-back", help=str(_("A body decides on a matter no more.")))
@click.argument("competence_id", type=int)
@click.option("--on", "day", required=True, metavar="DATE")
def take_back(competence_id: int, day: str) -> None:
    commands.end_competence(cli_act(), competence_id=competence_id, until_date=parse_date(day))


@group.command("quota", help=str(_("Lay down a quota: a part like 1/2, or a number.")))
@click.argument("body_id", type=int)
@click.argument("of_whom")
@click.argument("asks")
@click.option("--article", required=True)
@click.option("--at-most", is_flag=True)
@click.option("--only-shown", is_flag=True)
def quota(
    body_id: int, of_whom: str, asks: str, article: str, at_most: bool, only_shown: bool
) -> None:
    part, _slash, whole = asks.partition("/")
    if not part.isdigit() or _slash and not whole.isdigit():
        raise click.BadParameter(asks)
    made = commands.lay_down_quota(
        cli_act(), body_id=body_id, group=of_whom, article=article,
        comparison="at_most" if at_most else "at_least", is_binding=not only_shown,
        count=None if whole else int(part), numerator=int(part) if whole else None,
        denominator=int(whole) if whole else None,
    )  # fmt: skip
    click.echo(made.pk)


@group.command("end-quota", help=str(_("A quota holds no more.")))
@click.argument("quota_id", type=int)
@click.option("--on", "day", required=True, metavar="DATE")
def end_quota(quota_id: int, day: str) -> None:
    commands.end_quota(cli_act(), quota_id=quota_id, until_date=parse_date(day))


@group.command("record", help=str(_("The seats, votes by name and attendance of a member.")))
@click.argument("party_id", type=int)
@format_option
def record(party_id: int, form: str) -> None:
    show(asdict(queries.member_record(cli_act(), party_id)), form)
