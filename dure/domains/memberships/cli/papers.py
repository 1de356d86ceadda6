"""`dure memberships paper`: issue, print, revoke and check papers with a number."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext_lazy as _

from dure.kernel.dates import parse_date
from dure.kernel.progress import Progress
from dure.kernel.refusals import NotFound
from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, progress_option, show

from .. import commands, documents, queries
from ..forms.papers import site_url
from ..rules.papers import LANGUAGES, OF_A_MEMBER, YEARLY, span_of

papers = click.Group("paper", help=str(_("Certificates, statements and receipts with a number.")))

KINDS = click.Choice([str(kind) for kind in OF_A_MEMBER])
language_option = click.option(
    "--language", type=click.Choice(LANGUAGES), default="ko", show_default=True
)
out_option = click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=None,
    help=str(_("Write the PDF here; a folder gets one file for each paper.")),
)

_SAID = {"number": _("No."), "code": _("Code"), "file": _("File")}


def _written(paper_id: int, out: Path | None) -> dict[str, object]:
    """One paper as a row, its PDF written where that is asked."""
    act = cli_act()
    card = queries.paper_card(act, paper_id)
    file = ""
    if out is not None:
        found = queries.printed(act, paper_id)
        path = out / documents.file_name(found) if out.is_dir() else out
        path.write_bytes(documents.papers_pdf([found]))
        file = str(path)
    return {
        "paper_id": card.id,
        "number": card.number,
        "code": card.code,
        "digest": card.digest,
        "file": file,
    }


@papers.command("issue", help=str(_("Issue a paper to each of these memberships.")))
@click.argument("kind", type=KINDS)
@click.argument("memberships", metavar="MEMBERSHIP...", type=int, nargs=-1, required=True)
@click.option("--year", type=int, default=None, help=str(_("Of statements; this year by default.")))
@language_option
@out_option
@format_option
def issue_paper(
    kind: str,
    memberships: tuple[int, ...],
    year: int | None,
    language: str,
    out: Path | None,
    form: str,
) -> None:
    made = [
        commands.issue_paper(
            cli_act(),
            kind=kind,
            membership_id=membership_id,
            year=year,
            language=language,
            site_url=site_url(),
        ).pk
        for membership_id in memberships
    ]
    show([_written(pk, out) for pk in made], form, columns=_SAID)


@papers.command("donation-receipt", help=str(_("Receipt what these parties gave in a year.")))
@click.argument("parties", metavar="PARTY...", type=int, nargs=-1)
@click.option("--year", type=int, default=None)
@click.option("--all", "every", is_flag=True, help=str(_("Every donor with something left.")))
@language_option
@out_option
@format_option
def issue_donation_receipt(
    parties: tuple[int, ...],
    year: int | None,
    every: bool,
    language: str,
    out: Path | None,
    form: str,
) -> None:
    year = year or cli_act().today.year
    terms: dict[str, Any] = {"year": year, "language": language, "site_url": site_url()}
    if every:
        count = commands.issue_donation_receipts(cli_act(), **terms)
        show({"year": year, "count": count}, form)
        return
    made = [
        commands.issue_donation_receipt(cli_act(), party_id=party_id, **terms).pk
        for party_id in parties
    ]
    show([_written(pk, out) for pk in made], form, columns=_SAID)


@papers.command("donors", help=str(_("Who gave in a year, and what of it is receipted.")))
@click.option("--year", type=int, default=None)
@format_option
def donors(year: int | None, form: str) -> None:
    act = cli_act()
    show(
        [
            {
                "party_id": row.party_id,
                "name": row.name,
                "given_won": row.given_won,
                "receipted_won": row.receipted_won,
                "open_won": row.open_won,
            }
            for row in queries.donors(act, year or act.today.year)
        ],
        form,
        columns={
            "name": _("Donor"),
            "given_won": _("Given (won)"),
            "open_won": _("Not receipted (won)"),
        },
    )


@papers.command("register", help=str(_("Issue the register of members of a day.")))
@click.option("--on", "day", default=None, metavar="DATE")
@language_option
@out_option
@format_option
def issue_register(day: str | None, language: str, out: Path | None, form: str) -> None:
    act = cli_act()
    made = commands.issue_register(
        act, on=parse_date(day) if day else act.today, language=language, site_url=site_url()
    )
    show(_written(made.pk, out), form, columns=_SAID)


@papers.command("issue-all", help=str(_("Issue to every member of a year who has none yet.")))
@click.argument("kind", type=KINDS)
@click.option("--year", type=int, default=None)
@language_option
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    help=str(_("Then write all of them into this ZIP.")),
)
@format_option
@progress_option
def issue_papers(
    kind: str, year: int | None, language: str, out: Path | None, form: str, progress: Progress
) -> None:
    act = cli_act()
    year = year or act.today.year
    span = span_of(kind, year, act.today)
    far = queries.batch_progress(act, kind, *span)
    done = 0
    while done < far.waiting:
        done += commands.issue_papers(
            cli_act(), kind=kind, year=year, language=language, site_url=site_url()
        )
        progress(done, far.waiting, str(_("issued")))
    if out is not None:
        found = queries.printed_batch(
            cli_act(), kind, *((span[0], None) if kind in YEARLY else (None, year))
        )
        with out.open("wb") as file:
            file.writelines(documents.papers_zip(found))
    show({"kind": kind, "year": year, "count": done, "file": str(out or "")}, form)


@papers.command("print", help=str(_("Write the PDF of a paper, as it was issued.")))
@click.argument("paper_id", type=int)
@click.option("--out", type=click.Path(path_type=Path), required=True)
@format_option
def print_paper(paper_id: int, out: Path, form: str) -> None:
    show(_written(paper_id, out), form, columns=_SAID)


@papers.command("revoke", help=str(_("A paper no longer holds.")))
@click.argument("paper_id", type=int)
@click.option("--reason", required=True)
@format_option
def revoke_paper(paper_id: int, reason: str, form: str) -> None:
    made = commands.revoke_paper(cli_act(), paper_id=paper_id, reason=reason)
    show({"paper_id": paper_id, "revoked_at": made.revoked_at}, form)


@papers.command("check", help=str(_("Whether a paper is genuine, by its number or code.")))
@click.argument("given")
@format_option
def check_paper(given: str, form: str) -> None:
    cli_act()
    found = queries.check_paper(given)
    if found is None:
        raise NotFound
    show(
        {
            "number": found.number,
            "kind": found.kind,
            "network": found.network,
            "subject": found.subject,
            "issued_at": found.issued_at,
            "revoked_at": found.revoked_at,
            "replaced": found.replaced,
            "digest": found.digest,
        },
        form,
    )
