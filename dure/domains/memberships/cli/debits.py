"""`dure memberships debits` and `arrears`: direct debits, and what is done about late dues."""

from __future__ import annotations

from pathlib import Path

import click
from django.utils.translation import gettext_lazy as _

from dure.kernel.dates import parse_date, parse_month
from dure.kernel.money import parse_won
from dure.kernel.progress import Progress
from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, progress_option, show

from .. import commands, queries

debits = click.Group("debits", help=str(_("Dues taken from members' accounts.")))
ladder = click.Group("ladder", help=str(_("Step by step about late dues.")))


@debits.command("mandate", help=str(_("Keep a member's consent to direct debit.")))
@click.argument("membership_id", type=int)
@click.option("--bank", required=True)
@click.option("--account", required=True)
@click.option("--holder", required=True)
@click.option("--text", "consent_text", required=True)
@click.option("--evidence", required=True)
@format_option
def give_mandate(
    membership_id: int, bank: str, account: str, holder: str, consent_text: str, evidence: str,
    form: str,
) -> None:  # fmt: skip
    made = commands.give_mandate(
        cli_act(),
        membership_id=membership_id,
        bank=bank,
        account_number=account,
        holder=holder,
        consent_text=consent_text,
        evidence=evidence,
    )
    show({"mandate_id": made.pk, "account": f"…{made.account_tail}"}, form)


@debits.command("end-mandate", help=str(_("The consent is withdrawn.")))
@click.argument("mandate_id", type=int)
@format_option
def end_mandate(mandate_id: int, form: str) -> None:
    made = commands.end_mandate(cli_act(), mandate_id=mandate_id)
    show({"mandate_id": made.pk, "until_date": made.until_date}, form)


@debits.command("destroy-mandates", help=str(_("Forget accounts that the rules let go.")))
@format_option
def destroy_mandates(form: str) -> None:
    show({"count": commands.destroy_mandates(cli_act())}, form)


@debits.command("request", help=str(_("Ask the bank for dues, and write its file.")))
@click.option("--on", "day", required=True, metavar="DATE")
@click.option("--layout", default="csv", show_default=True)
@click.option("--fund", default="general", show_default=True)
@click.option("--file", "target", type=click.Path(dir_okay=False, path_type=Path), required=True)
@format_option
def request_debits(day: str, layout: str, fund: str, target: Path, form: str) -> None:
    run = commands.request_debits(cli_act(), collect_date=parse_date(day), layout=layout, fund=fund)
    _name, content = queries.request_file(cli_act(), run)
    target.write_bytes(content)
    target.chmod(0o600)
    show({"run_id": run.pk, "count": run.count, "sum_won": run.sum_won, "file": str(target)}, form)


@debits.command("result", help=str(_("Book what the bank answered.")))
@click.argument("run_id", type=int)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@progress_option
@format_option
def take_debit_result(run_id: int, file: Path, progress: Progress, form: str) -> None:
    run = commands.take_debit_result(
        cli_act(), run_id=run_id, filename=file.name, content=file.read_bytes(), progress=progress
    )
    show({"paid": run.paid_count, "paid_won": run.paid_won, "failed": run.failed_count}, form)


@debits.command("settle", help=str(_("The sum the bank collected came to the account.")))
@click.argument("run_id", type=int)
@click.argument("receipt_id", type=int)
@format_option
def settle_debit_run(run_id: int, receipt_id: int, form: str) -> None:
    run = commands.settle_debit_run(cli_act(), run_id=run_id, receipt_id=receipt_id)
    show({"run_id": run.pk, "settled_won": run.settled_won}, form)


@ladder.command("list", help=str(_("Members with late dues and the step that is due.")))
@click.option("--step", default="")
@format_option
def arrears_ladder(step: str, form: str) -> None:
    rows = queries.arrears_ladder(cli_act(), step=step)
    show(
        [
            {"membership_id": r.membership_id, "name": r.name, "won": r.won, "days": r.days,
             "next_step": r.next_step}
            for r in rows
        ],
        form,
        columns={
            "membership_id": _("Id"),
            "name": _("Member"),
            "won": _("Late (won)"),
            "days": _("Days late"),
            "next_step": _("Next step"),
        },
    )  # fmt: skip


@ladder.command("talk", help=str(_("Note a talk about late dues.")))
@click.argument("membership_id", type=int)
@click.argument("note")
@format_option
def note_arrears_talk(membership_id: int, note: str, form: str) -> None:
    made = commands.note_arrears_talk(cli_act(), membership_id=membership_id, note=note)
    show({"step": made.kind, "date": made.taken_date}, form)


@ladder.command("instalments", help=str(_("Agree that what is late is paid bit by bit.")))
@click.argument("membership_id", type=int)
@click.option("--monthly", required=True)
@click.option("--first", required=True, metavar="DATE")
@format_option
def agree_instalments(membership_id: int, monthly: str, first: str, form: str) -> None:
    made = commands.agree_instalments(
        cli_act(),
        membership_id=membership_id,
        monthly_won=parse_won(monthly),
        first_date=parse_date(first),
    )
    show({"instalments_id": made.pk, "total_won": made.total_won}, form)


@ladder.command("end-instalments", help=str(_("The agreement holds no longer.")))
@click.argument("instalments_id", type=int)
@format_option
def end_instalments(instalments_id: int, form: str) -> None:
    made = commands.end_instalments(cli_act(), instalments_id=instalments_id)
    show({"instalments_id": made.pk, "ended_date": made.ended_date}, form)


@ladder.command("exempt", help=str(_("A member owes nothing for some months.")))
@click.argument("membership_id", type=int)
@click.option("--from", "start", required=True, metavar="YYYY-MM")
@click.option("--until", required=True, metavar="YYYY-MM")
@click.option("--reason", required=True)
@click.option("--decided-by", default="")
@format_option
def exempt_member(
    membership_id: int, start: str, until: str, reason: str, decided_by: str, form: str
) -> None:
    made = commands.exempt_member(
        cli_act(),
        membership_id=membership_id,
        from_month=parse_month(start),
        until_month=parse_month(until),
        reason=reason,
        decided_by=decided_by,
    )
    show({"exemption_id": made.pk, "from": made.from_date, "until": made.until_date}, form)


@ladder.command("review", help=str(_("Put late dues before the competent body.")))
@click.argument("membership_id", type=int)
@click.argument("note")
@format_option
def ask_for_review(membership_id: int, note: str, form: str) -> None:
    made = commands.ask_for_review(cli_act(), membership_id=membership_id, note=note)
    show({"step": made.kind, "date": made.taken_date}, form)
