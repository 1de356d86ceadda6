"""`dure memberships`: members and applications."""

from __future__ import annotations

import click
from django.utils.translation import gettext_lazy as _

from dure.kernel.dates import parse_date
from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, show

from .. import commands, queries

members = click.Group("memberships")

LIST_MAX = 200_000


@members.command("list", help=str(_("The members on a day.")))
@click.option(
    "--on", "day", default=None, metavar="DATE", help=str(_("The day; today by default."))
)
@click.option(
    "--class", "member_class", default="", help=str(_("Only this kind of member, by its code."))
)
@click.option("--search", default="", help=str(_("Part of the name.")))
@format_option
def list_members(day: str | None, member_class: str, search: str, form: str) -> None:
    act = cli_act()
    on = parse_date(day) if day else act.today
    rows = queries.members_on(act, on, member_class=member_class, search=search)
    show(
        [
            {
                "number": m.number,
                "name": m.party.name,
                "class": m.class_code,
                "class_name": m.class_name,
                "joined_date": m.joined_date,
                "left_date": m.left_date,
                "open_won": m.open_won or 0,
                "membership_id": m.pk,
                "party_id": m.party_id,
            }
            for m in rows[:LIST_MAX].iterator(chunk_size=2000)
        ],
        form,
        columns={
            "number": _("No."),
            "name": _("Name"),
            "class_name": _("Kind of member"),
            "joined_date": _("Member since"),
            "open_won": _("Open dues (won)"),
        },
    )


@members.command("applications", help=str(_("Applications, waiting ones by default.")))
@click.option("--state", default="waiting", show_default=True)
@format_option
def applications(state: str, form: str) -> None:
    rows = queries.applications_visible_to(cli_act(), state="" if state == "all" else state)
    show(
        [
            {
                "application_id": a.pk,
                "reference": a.reference,
                "name": a.name,
                "kind": a.kind,
                "class": a.member_class.code,
                "state": a.state,
                "applied_at": a.applied_at,
                "membership_id": a.membership_id,
            }
            for a in rows[:LIST_MAX]
        ],
        form,
        columns={
            "application_id": _("Id"),
            "reference": _("Reference"),
            "name": _("Applicant"),
            "class": _("Kind of member"),
            "state": _("State"),
        },
    )


@members.command("apply", help=str(_("Type in an application.")))
@click.option("--class", "member_class", required=True)
@click.option("--kind", type=click.Choice(["organisation", "person"]), required=True)
@click.option("--name", required=True)
@click.option("--contact", default="")
@click.option("--email", default="")
@click.option("--phone", default="")
@click.option("--on", "day", default=None, metavar="DATE", help=str(_("When it came on paper.")))
@format_option
def apply_for_membership(
    member_class: str,
    kind: str,
    name: str,
    contact: str,
    email: str,
    phone: str,
    day: str | None,
    form: str,
) -> None:
    made = commands.apply_for_membership(
        cli_act(),
        member_class=member_class,
        kind=kind,
        name=name,
        contact_name=contact,
        email=email,
        phone=phone,
        applied_date=parse_date(day) if day else None,
    )
    show({"application_id": made.pk, "reference": made.reference, "state": made.state}, form)


@members.command("admit", help=str(_("Decide an application with yes.")))
@click.argument("application_id", type=int)
@click.option("--decided-by", required=True)
@click.option("--joined", default=None, metavar="DATE")
@format_option
def admit_member(application_id: int, decided_by: str, joined: str | None, form: str) -> None:
    made = commands.admit_member(
        cli_act(),
        application_id=application_id,
        decided_by=decided_by,
        joined_date=parse_date(joined) if joined else None,
    )
    show({"membership_id": made.pk, "number": made.number, "party_id": made.party_id}, form)


@members.command("refuse", help=str(_("Decide an application with no, and say why.")))
@click.argument("application_id", type=int)
@click.option("--decided-by", required=True)
@click.option("--reason", required=True)
@format_option
def refuse_application(application_id: int, decided_by: str, reason: str, form: str) -> None:
    made = commands.refuse_application(
        cli_act(), application_id=application_id, decided_by=decided_by, reason=reason
    )
    show({"application_id": made.pk, "state": made.state}, form)


@members.command(
    "erase-application", help=str(_("Erase what is known of an applicant who never belonged."))
)
@click.argument("application_id", type=int)
@click.option("--reason", required=True)
@format_option
def erase_application(application_id: int, reason: str, form: str) -> None:
    made = commands.erase_application(cli_act(), application_id=application_id, reason=reason)
    show({"reference": made.reference, "state": made.state, "erased_at": made.erased_at}, form)
