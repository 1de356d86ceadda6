"""`dure memberships receipts`: money that came in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext_lazy as _

from dure.kernel.dates import parse_date
from dure.kernel.money import parse_won
from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, show

from .. import commands, queries

receipts = click.Group("receipts", help=str(_("Money that came in.")))


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
