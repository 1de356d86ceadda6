"""`dure memberships`: members, billing, arrears and receipts from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext_lazy as _

from dure.kernel.dates import Month, parse_date, parse_month
from dure.kernel.money import parse_won
from dure.kernel.progress import Progress
from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, progress_option, show

from . import commands, queries

group = click.Group("memberships", help=str(_("Members, applications, dues and receipts.")))

LIST_MAX = 200_000


@group.command(
    "bill", help=str(_("Charge the dues of a month; a second run adds only what is new."))
)
@click.option("--period", required=True, metavar="YYYY-MM", help=str(_("The month to bill.")))
@click.option("--plan", type=int, default=None, help=str(_("Only this dues plan, by its number.")))
@click.option("--preview", is_flag=True, help=str(_("Show what would be charged; write nothing.")))
@click.option("--notify", is_flag=True, help=str(_("Tell the members by e-mail.")))
@format_option
@progress_option
def bill_dues(
    period: str, plan: int | None, preview: bool, notify: bool, form: str, progress: Progress
) -> None:
    month = parse_month(period)
    if preview:
        found = queries.bill_preview(cli_act(), month, plan)
        answer: dict[str, Any] = {
            "month": str(found.month),
            "count": found.count,
            "sum_won": found.sum_won,
            "already": found.already,
        }
        if form == "json":
            answer["plans"] = list(found.plans)
    else:
        run = commands.bill_dues(
            cli_act(), month=month, plan_id=plan, notify=notify, progress=progress
        )
        answer = {
            "month": str(month),
            "count": run.count,
            "sum_won": run.sum_won,
            "already": run.already,
            "run_id": run.pk,
        }
    show(answer, form, columns=_BILLED)


_BILLED = {
    "month": _("month"),
    "count": _("charged members"),
    "sum_won": _("sum (won)"),
    "already": _("charged before"),
    "run_id": _("run"),
}


@group.command("list", help=str(_("The members on a day.")))
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


@group.command("arrears", help=str(_("Dues that are late, by member and age.")))
@click.option(
    "--on", "day", default=None, metavar="DATE", help=str(_("The day; today by default."))
)
@format_option
def arrears(day: str | None, form: str) -> None:
    act = cli_act()
    rows = queries.arrears_on(act, parse_date(day) if day else act.today)
    show(
        [
            {
                "number": r.number,
                "name": r.name,
                "won": r.won,
                "oldest_date": r.oldest_date,
                "days_1_30": r.ages_won[0],
                "days_31_90": r.ages_won[1],
                "days_91_180": r.ages_won[2],
                "days_over_180": r.ages_won[3],
            }
            for r in rows
        ],
        form,
        columns={
            "number": _("No."),
            "name": _("Member"),
            "won": _("In all (won)"),
            "oldest_date": _("Oldest due"),
        },
    )


@group.command("applications", help=str(_("Applications, waiting ones by default.")))
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


@group.command("apply", help=str(_("Type in an application.")))
@click.option("--class", "member_class", required=True)
@click.option("--kind", type=click.Choice(["organisation", "person"]), required=True)
@click.option("--name", required=True)
@click.option("--contact", default="")
@click.option("--email", default="")
@click.option("--phone", default="")
@format_option
def apply_for_membership(
    member_class: str, kind: str, name: str, contact: str, email: str, phone: str, form: str
) -> None:
    made = commands.apply_for_membership(
        cli_act(),
        member_class=member_class,
        kind=kind,
        name=name,
        contact_name=contact,
        email=email,
        phone=phone,
    )
    show({"application_id": made.pk, "reference": made.reference, "state": made.state}, form)


@group.command("admit", help=str(_("Decide an application with yes.")))
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


@group.command("refuse", help=str(_("Decide an application with no, and say why.")))
@click.argument("application_id", type=int)
@click.option("--decided-by", required=True)
@click.option("--reason", required=True)
@format_option
def refuse_application(application_id: int, decided_by: str, reason: str, form: str) -> None:
    made = commands.refuse_application(
        cli_act(), application_id=application_id, decided_by=decided_by, reason=reason
    )
    show({"application_id": made.pk, "state": made.state}, form)


@group.command(
    "erase-application", help=str(_("Erase what is known of an applicant who never belonged."))
)
@click.argument("application_id", type=int)
@click.option("--reason", required=True)
@format_option
def erase_application(application_id: int, reason: str, form: str) -> None:
    made = commands.erase_application(cli_act(), application_id=application_id, reason=reason)
    show({"reference": made.reference, "state": made.state, "erased_at": made.erased_at}, form)


@group.command("set-dues-plan", help=str(_("Say what a kind of member owes from a month on.")))
@click.option("--class", "member_class", required=True)
@click.option("--name", required=True)
@click.option("--amount", required=True)
@click.option("--period", type=click.Choice(["month", "quarter", "year"]), default="month")
@click.option("--from", "from_month", required=True, metavar="YYYY-MM")
@click.option("--fund", default="general", show_default=True)
@format_option
def set_dues_plan(
    member_class: str, name: str, amount: str, period: str, from_month: str, fund: str, form: str
) -> None:
    made = commands.set_dues_plan(
        cli_act(),
        member_class=member_class,
        name=name,
        amount_won=parse_won(amount),
        period=period,
        from_month=parse_month(from_month),
        fund=fund,
    )
    show({"plan_id": made.pk, "name": made.name, "amount_won": made.amount_won}, form)


@group.command("rate", help=str(_("How much of the dues of each month is paid.")))
@click.option("--until", default=None, metavar="YYYY-MM")
@click.option("--months", type=click.IntRange(1, 240), default=12, show_default=True)
@format_option
def payment_rates(until: str | None, months: int, form: str) -> None:
    last = parse_month(until) if until else Month.of(cli_act().today)
    show(
        [
            {
                "month": str(m.month),
                "billed_won": m.billed_won,
                "paid_won": m.paid_won,
                "open_won": m.open_won,
            }
            for m in queries.payment_rates(last, months)
        ],
        form,
        columns={
            "month": _("month"),
            "billed_won": _("Charged (won)"),
            "paid_won": _("Paid (won)"),
            "open_won": _("Open (won)"),
        },
    )


receipts = click.Group("receipts", help=str(_("Money that came in.")))
group.add_command(receipts)


@receipts.command("import", help=str(_("Take over a list of deposits from the bank.")))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--preview", "mode", flag_value="preview", default=True, help=str(_("Show what would change; write nothing (the default).")))  # fmt: skip
@click.option("--accept", "mode", flag_value="accept", help=str(_("Enter the new receipts.")))
@click.option("--match", is_flag=True, help=str(_("Match the sure ones at once.")))
@click.option("--fund", default="general", show_default=True)
@format_option
def import_receipts(file: Path, mode: str, match: bool, fund: str, form: str) -> None:
    content = file.read_bytes()
    if mode == "preview":
        look, rows = queries.preview_receipts(cli_act(), content, file.name)
        answer: dict[str, Any] = {
            "read": look.read,
            "new": len(look.new),
            "same": look.same,
            "rejected": list(look.errors),
            "passed_over": look.passed_over,
            "sum_won": look.sum_won,
            "sure": sum(r.is_sure for r in rows),
        }
    else:
        done = commands.import_receipts(
            cli_act(), filename=file.name, content=content, fund=fund, match_sure=match
        )
        answer = {
            "read": done.new_count + done.same_count + len(done.rejected),
            "new": done.new_count,
            "same": done.same_count,
            "rejected": done.rejected,
            "matched": done.matched_count,
        }
    show(answer, form)


@receipts.command("list", help=str(_("Receipts that wait to be matched, each with its proposal.")))
@format_option
def unmatched_receipts(form: str) -> None:
    rows = queries.unmatched_receipts(cli_act(), limit=500)
    show(
        [
            {
                "receipt_id": r.id,
                "date": r.receipt_date,
                "payer": r.payer,
                "open_won": r.open_won,
                "membership_id": r.proposal.membership_id if r.proposal else None,
                "member": r.member,
                "sureness": r.proposal.sureness if r.proposal else None,
            }
            for r in rows
        ],
        form,
        columns={
            "receipt_id": _("Id"),
            "date": _("Date"),
            "payer": _("Payer"),
            "open_won": _("In suspense (won)"),
            "member": _("Probably from"),
        },
    )


@receipts.command("enter", help=str(_("Enter money that came in.")))
@click.option("--date", "day", required=True, metavar="DATE")
@click.option("--amount", required=True)
@click.option("--payer", required=True)
@click.option("--membership", type=int, default=None, help=str(_("Whose it is, if that is known.")))
@click.option("--fund", default="general", show_default=True)
@format_option
def enter_receipt(
    day: str, amount: str, payer: str, membership: int | None, fund: str, form: str
) -> None:
    made = commands.enter_receipt(
        cli_act(),
        receipt_date=parse_date(day),
        amount_won=parse_won(amount),
        payer=payer,
        membership_id=membership,
        fund=fund,
    )
    show({"receipt_id": made.pk, "matched_won": made.matched_won, "open_won": made.open_won}, form)


@receipts.command("match", help=str(_("Match a receipt with a member.")))
@click.argument("receipt_id", type=int)
@click.argument("membership_id", type=int)
@format_option
def match_receipt(receipt_id: int, membership_id: int, form: str) -> None:
    made = commands.match_receipt(cli_act(), receipt_id=receipt_id, membership_id=membership_id)
    show({"receipt_id": made.pk, "matched_won": made.matched_won, "open_won": made.open_won}, form)
