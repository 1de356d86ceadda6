"""`dure memberships receipts`: money that came in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext_lazy as _

from dure.kernel.dates import parse_date, parse_month
from dure.kernel.money import parse_won
from dure.kernel.progress import Progress
from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, progress_option, show

from .. import commands, queries

receipts = click.Group("receipts", help=str(_("Money that came in.")))


ROWS_AT_ONCE = 25_000  # of one command: so much is lost when it is stopped


def _from(start: int, total: int, progress: Progress) -> Progress:
    """The progress of a command that goes on where the one before it ended."""
    return lambda done, _size, what: progress(start + done, total, what)


@receipts.command("import", help=str(_("Take over a list of deposits from the bank.")))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--preview", "mode", flag_value="preview", default=True, help=str(_("Show what would change; write nothing (the default).")))  # fmt: skip
@click.option("--accept", "mode", flag_value="accept", help=str(_("Enter the new receipts.")))
@click.option("--match", is_flag=True, help=str(_("Match the sure ones at once.")))
@click.option("--fund", default="general", show_default=True)
@click.option("--month", default=None, metavar="YYYY-MM", help=str(_("Refuse a file of another month.")))  # fmt: skip
@progress_option
@format_option
def import_receipts(
    file: Path,
    mode: str,
    match: bool,
    fund: str,
    month: str | None,
    progress: Progress,
    form: str,
) -> None:
    """Stopped on the way it is called again, and goes on where it was."""
    content = file.read_bytes()
    if mode == "preview":
        look, rows = queries.preview_receipts(cli_act(), content, file.name, fund)
        answer: dict[str, Any] = {
            "read": look.read,
            "new": len(look.new),
            "same": look.same,
            "rejected": list(look.errors),
            "passed_over": look.passed_over,
            "set_aside": list(look.asides),
            "gaps": list(look.gaps),
            "sum_won": look.sum_won,
            "sure": sum(r.is_sure for r in rows),
        }
    else:
        done = commands.upload_receipts(
            cli_act(),
            filename=file.name,
            content=content,
            fund=fund,
            month=parse_month(month) if month else None,
        )
        while done.state in ("staged", "unmapped"):
            done = commands.accept_receipts(
                cli_act(),
                import_id=done.pk,
                match_sure=match,
                most=ROWS_AT_ONCE,
                progress=_from(done.entered_count, done.new_count, progress),
            )
        answer = {
            "read": done.new_count + done.same_count + len(done.rejected),
            "new": done.new_count,
            "same": done.same_count,
            "rejected": done.rejected,
            "set_aside": done.asides,
            "gaps": done.gaps,
            "matched": done.matched_count,
        }
    show(answer, form)


@receipts.command("columns", help=str(_("Say which column of a waiting bank file is what.")))
@click.argument("import_id", type=int)
@click.argument("columns", nargs=-1, required=True, metavar="NAME=LETTER...")
@click.option("--head-row", type=int, default=None, help=str(_("Row of the headings")))
@click.option("--signed", is_flag=True, help=str(_("One column holds both; what went out is negative")))  # fmt: skip
@format_option
def map_receipts(
    import_id: int, columns: tuple[str, ...], head_row: int | None, signed: bool, form: str
) -> None:
    """`dure memberships receipts columns 3 date=A amount=D payer=C --head-row 2`"""
    told = []
    for one in columns:
        name, _equals, letter = one.partition("=")
        if len(letter) != 1 or not letter.isascii() or not letter.isalpha():
            raise click.BadParameter(one)
        told.append((name, ord(letter.upper()) - ord("A")))
    made = commands.map_receipts(
        cli_act(), import_id=import_id, columns=tuple(told), head_row=head_row, signed=signed
    )
    show({"import_id": made.pk, "state": made.state, "new": made.new_count}, form)


@receipts.command("match-sure", help=str(_("Match every receipt that surely is a member's.")))
@progress_option
@format_option
def match_sure_receipts(progress: Progress, form: str) -> None:
    count = won = after = 0
    total = left = queries.unmatched_count()[0]
    while left:
        found = commands.match_sure_receipts(
            cli_act(),
            after_id=after,
            most=ROWS_AT_ONCE,
            progress=_from(total - left, total, progress),
        )
        count, won, after, left = count + found.count, won + found.won, found.after_id, found.left
    show({"matched": count, "won": won, "waiting": queries.unmatched_count()[0]}, form)


@receipts.command("use-credits", help=str(_("Pay what is owed with what members paid ahead.")))
@format_option
def use_credits(form: str) -> None:
    show({"won": commands.use_credits(cli_act())}, form)


@receipts.command(
    "keep", help=str(_("Keep what is free of a receipt for a member's dues to come."))
)
@click.argument("receipt_id", type=int)
@click.argument("membership_id", type=int)
@format_option
def keep_credit(receipt_id: int, membership_id: int, form: str) -> None:
    made = commands.keep_credit(cli_act(), receipt_id=receipt_id, membership_id=membership_id)
    show({"receipt_id": receipt_id, "kept_won": made.amount_won}, form)


@receipts.command("book", help=str(_("Book money that is nobody's dues.")))
@click.argument("receipt_id", type=int)
@click.option("--as", "purpose", type=click.Choice(["donation", "sponsorship", "other_income"]), required=True)  # fmt: skip
@click.option("--donor", type=int, default=None, help=str(_("The party that gave it.")))
@click.option("--note", default="")
@click.option("--fund", default="", help=str(_("The fund it was given to.")))
@format_option
def book_receipt_as(receipt_id: int, donor: int | None, form: str, **given: Any) -> None:
    made = commands.book_receipt_as(cli_act(), receipt_id=receipt_id, donor_id=donor, **given)
    show({"receipt_id": receipt_id, "purpose": made.purpose, "won": made.amount_won}, form)


@receipts.command("note-payer", help=str(_("Say under which name or account a member pays.")))
@click.argument("membership_id", type=int)
@click.argument("text")
@click.option("--kind", type=click.Choice(["name", "account"]), default="name", show_default=True)
@format_option
def note_payer(membership_id: int, text: str, kind: str, form: str) -> None:
    made = commands.note_payer(cli_act(), membership_id=membership_id, text=text, kind=kind)
    show({"id": made.pk, "kind": made.kind, "shown": made.shown}, form)


@receipts.command("forget-payer", help=str(_("Forget a name or account a member paid under.")))
@click.argument("alias_id", type=int)
@format_option
def forget_payer(alias_id: int, form: str) -> None:
    show({"membership_id": commands.forget_payer(cli_act(), alias_id=alias_id)}, form)


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
                "because": r.because,
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
@click.option(
    "--payable", default="", help=str(_("What else than dues it pays, for example loans:17."))
)
@format_option
def match_receipt(form: str, **given: Any) -> None:
    made = commands.match_receipt(cli_act(), **given)
    show({"receipt_id": made.pk, "matched_won": made.matched_won, "open_won": made.open_won}, form)
