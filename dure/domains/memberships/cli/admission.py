"""`dure memberships procedure …`: how one becomes a member, from the command line."""

from __future__ import annotations

from pathlib import Path

import click
from django.utils.translation import gettext_lazy as _

from dure.kernel.dates import parse_date
from dure.kernel.money import parse_won
from dure.kernel.refusals import InvalidInput
from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, show

from .. import commands, queries

procedure = click.Group("procedure", help=str(_("How one becomes a member.")))
steps = click.Group("steps")


@procedure.command("load", help=str(_("Lay down a procedure: a file, or the name of a profile.")))
@click.argument("source")
@click.option(
    "--class", "member_class", required=True, help=str(_("The kind of member, by its code."))
)
@click.option("--from", "from_date", required=True, metavar="DATE")
@click.option("--decided-by", default="")
@format_option
def load_procedure(
    source: str, member_class: str, from_date: str, decided_by: str, form: str
) -> None:
    path = Path(source)
    file, profile = "", source
    if path.is_file():
        try:
            file, profile = path.read_text("utf-8"), ""
        except UnicodeDecodeError as error:
            raise InvalidInput from error
    made = commands.load_procedure(
        cli_act(),
        member_class=member_class,
        from_date=parse_date(from_date),
        file=file,
        profile=profile,
        decided_by=decided_by,
    )
    show({"procedure_id": made.pk, "title": str(made), "from_date": made.from_date}, form)


@procedure.command("profiles", help=str(_("The procedures of real networks that Dure ships.")))
@format_option
def profiles(form: str) -> None:
    show(
        [
            {"profile": name, "title": one.procedure.title, "steps": len(one.procedure.steps)}
            for name, one in queries.profiles().items()
        ],
        form,
    )


@procedure.command("list", help=str(_("The procedures that hold today.")))
@format_option
def list_procedures(form: str) -> None:
    show(
        [
            {
                "class": one.code,
                "procedure_id": row.pk if row else None,
                "title": str(row) if row else "",
                "from_date": row.from_date if row else None,
            }
            for one, row in queries.procedures_now(cli_act())
        ],
        form,
    )


@procedure.command("show", help=str(_("A procedure as its file.")))
@click.argument("procedure_id", type=int)
def show_procedure(procedure_id: int) -> None:
    click.echo(queries.procedure_card(cli_act(), procedure_id).file, nl=False)


@steps.command("checklist", help=str(_("What an application still needs.")))
@click.argument("application_id", type=int)
@format_option
def checklist(application_id: int, form: str) -> None:
    card = queries.application_card(cli_act(), application_id)
    show(
        [
            {
                "step": step.key,
                "title": step.title,
                "done": step.done,
                "missing": ", ".join(step.missing),
                "finding": step.finding.sentence() if step.finding else "",
            }
            for step in (card.checklist.steps if card.checklist else ())
        ],
        form,
    )


@steps.command("note-step", help=str(_("Note what was found for a step of an application.")))
@click.argument("application_id", type=int)
@click.argument("step")
@click.option("--item", default="", help=str(_("Which paper.")))
@click.option("--value", "values", multiple=True, metavar="NAME=VALUE")
@click.option("--text", default="")
@click.option("--waived", is_flag=True)
@format_option
def note_step(
    application_id: int,
    step: str,
    item: str,
    values: tuple[str, ...],
    text: str,
    waived: bool,
    form: str,
) -> None:
    pairs = tuple((name, value) for name, _eq, value in (v.partition("=") for v in values))
    made = commands.note_step(
        cli_act(),
        application_id=application_id,
        step=step,
        item=item,
        values=pairs,
        text=text,
        waived=waived,
    )
    show({"step": made.step, "item": made.item, "outcome": made.outcome}, form)


@steps.command("sign-pledge", help=str(_("Note a pledge signed on paper.")))
@click.argument("application_id", type=int)
@click.argument("step")
@click.option("--name", required=True)
@format_option
def sign_pledge(application_id: int, step: str, name: str, form: str) -> None:
    made = commands.sign_pledge(
        cli_act(), application_id=application_id, step=step, name=name, on_paper=True
    )
    show({"step": made.step, "noted_at": made.noted_at}, form)


@steps.command("sponsor", help=str(_("Note a sponsor of an application.")))
@click.argument("application_id", type=int)
@click.argument("step")
@click.option("--by", type=click.Choice(["members", "committee", "secretariat"]), required=True)
@click.option("--party", "party_id", type=int, default=None)
@format_option
def sponsor_application(
    application_id: int, step: str, by: str, party_id: int | None, form: str
) -> None:
    made = commands.sponsor_application(
        cli_act(),
        application_id=application_id,
        step=step,
        by=by,
        party_id=party_id,
        on_paper=True,
    )
    show({"step": made.step, "item": made.item}, form)


@steps.command("decide", help=str(_("Record how the body voted on an application.")))
@click.argument("application_id", type=int)
@click.option("--seats", type=click.IntRange(0), required=True)
@click.option("--present", type=click.IntRange(0), required=True)
@click.option("--in-favour", type=click.IntRange(0), required=True)
@click.option("--against", type=click.IntRange(0), default=0)
@click.option("--abstaining", type=click.IntRange(0), default=0)
@click.option("--minutes", required=True)
@click.option("--on", "day", default=None, metavar="DATE")
@click.option("--reason", default="")
@format_option
def decide_application(
    application_id: int,
    seats: int,
    present: int,
    in_favour: int,
    against: int,
    abstaining: int,
    minutes: str,
    day: str | None,
    reason: str,
    form: str,
) -> None:
    made = commands.decide_application(
        cli_act(),
        application_id=application_id,
        seats=seats,
        present=present,
        in_favour=in_favour,
        against=against,
        abstaining=abstaining,
        minutes=minutes,
        decided_date=parse_date(day) if day else None,
        reason=reason,
    )
    show(
        {
            "application_id": made.pk,
            "state": made.state,
            "pay_until_date": made.pay_until_date,
            "membership_id": made.membership_id,
        },
        form,
    )


@steps.command("complete-admission", help=str(_("The shares of an approved applicant are paid.")))
@click.argument("application_id", type=int)
@click.option("--amount", required=True)
@click.option("--on", "day", default=None, metavar="DATE")
@click.option("--fund", default="general", show_default=True)
@click.option("--receipt", type=int, default=None)
@format_option
def complete_admission(
    application_id: int, amount: str, day: str | None, fund: str, receipt: int | None, form: str
) -> None:
    made = commands.complete_admission(
        cli_act(),
        application_id=application_id,
        amount_won=parse_won(amount),
        paid_date=parse_date(day) if day else None,
        fund=fund,
        receipt_id=receipt,
    )
    show({"membership_id": made.pk, "number": made.number, "joined_date": made.joined_date}, form)


@steps.command("lapse", help=str(_("Let approvals lapse that were not paid in time.")))
@format_option
def lapse_applications(form: str) -> None:
    show({"count": commands.lapse_applications(cli_act())}, form)


@steps.command("appeal", help=str(_("Note an appeal against a refusal.")))
@click.argument("application_id", type=int)
@click.option("--text", required=True)
@format_option
def appeal_refusal(application_id: int, text: str, form: str) -> None:
    made = commands.appeal_refusal(cli_act(), application_id=application_id, text=text)
    show({"body": made.body, "appealed_date": made.appealed_date}, form)


@steps.command("decide-appeal", help=str(_("Record the decision on an appeal.")))
@click.argument("application_id", type=int)
@click.option("--granted/--rejected", required=True)
@click.option("--minutes", required=True)
@click.option("--reason", required=True)
@format_option
def decide_appeal(application_id: int, granted: bool, minutes: str, reason: str, form: str) -> None:
    made = commands.decide_appeal(
        cli_act(), application_id=application_id, granted=granted, minutes=minutes, reason=reason
    )
    show({"granted": made.granted, "decided_by": made.decided_by}, form)
