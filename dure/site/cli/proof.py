"""Proof: are the books sound, are the seals whole?"""

from __future__ import annotations

import json
from pathlib import Path

import click
from django.db import connection
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.ledger import queries as ledger
from dure.domains.loans import queries as loans
from dure.domains.memberships import queries as memberships
from dure.domains.mutual_aid import queries as mutual_aid
from dure.domains.self_help import queries as self_help
from dure.kernel import seals, triggers
from dure.kernel.progress import Progress
from dure.kernel.refusals import InvalidInput, Refusal
from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, plain, progress_option, show

from .. import health
from ..wiring import STREAMS

STREAM_NAMES = tuple(stream.name for stream in STREAMS)


@click.command("check-books")
@format_option
@progress_option
def check_books(form: str, progress: Progress) -> None:
    """장부가 맞는지 살핍니다 · Are the books sound? Says in words what is wrong."""
    health.require_network()
    findings = [
        *ledger.check_books(progress),
        *memberships.check_memberships(progress),
        *loans.check_loans(progress),
        *mutual_aid.check_aid(progress),
        *self_help.check_self_help(progress),
    ]
    if form == "json":
        show({"sound": not findings, "findings": plain(findings)}, form)
    else:
        for finding in findings:
            click.echo(f"{finding.where}: {finding.what}")
        if not findings:
            click.echo(_now("The books are sound."))
    if findings:
        raise health.Unsound(count=len(findings), first=f"{findings[0].where}: {findings[0].what}")


@click.command()
@click.option(
    "--prove", metavar="STREAM:ID", default="", help=_now("Prove one row: entries:12 or deeds:7.")
)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help=_now("Where to write the proof.")
)
@click.option(
    "--check-proof",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=_now("Check a proof. Needs no network."),
)
@format_option
@progress_option
def verify(
    prove: str, out: Path | None, check_proof: Path | None, form: str, progress: Progress
) -> None:
    """봉인을 처음부터 다시 계산합니다 · Recomputes every seal; names the first altered row."""
    if check_proof is not None:
        _check_proof(check_proof, form)
        return
    health.require_network()
    if prove:
        _prove(prove, out)
        return
    found = seals.verify(progress)
    loose = triggers.differences(connection)
    findings = [f"{flaw.where}: {flaw.what}" for flaw in found.flaws] + loose
    if form == "json":
        show({**plain(found), "sound": not findings, "triggers": loose}, form)
    else:
        for finding in findings:
            click.echo(finding)
        click.echo(
            _now("%(seals)d seals over %(rows)d rows; %(unsealed)d rows wait for the next seal.")
            % {"seals": found.seals, "rows": found.rows, "unsealed": found.unsealed}
        )
        click.echo(_now("Last link of the chain: %(chain)s") % {"chain": found.chain})
        if not findings:
            click.echo(_now("Everything is as it was sealed."))
    if findings:
        raise health.Unsound(count=len(findings), first=findings[0])


class ProofFails(Refusal):
    """The proof does not lead from its row to its seal."""

    text = _("The proof does not hold: the row, the path or the seal was altered.")


class NotAProof(InvalidInput):
    """The file holds no proof."""

    text = _("%(file)s does not hold a proof of Dure.")


def _prove(wanted: str, out: Path | None) -> None:
    stream, _colon, row = wanted.partition(":")
    if stream not in STREAM_NAMES or not row.isdecimal():
        known = ", ".join(f"{name}:ID" for name in STREAM_NAMES)
        raise click.UsageError(_now("--prove takes one of: %(known)s") % {"known": known})
    text = json.dumps(seals.prove(stream, int(row)).as_dict(), ensure_ascii=False, indent=1)
    if out is None:
        click.echo(text)
    else:
        out.write_text(text + "\n", encoding="utf-8")


def _check_proof(file: Path, form: str) -> None:
    try:
        given = json.loads(file.read_text(encoding="utf-8"))
        proof = seals.Proof(
            **{**given, "siblings": tuple(given["siblings"]), "seal": tuple(given["seal"])}
        )
        holds = seals.check_proof(proof)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise NotAProof(file=str(file)) from error
    if not holds:
        raise ProofFails
    answer = {"holds": True, "row": proof.row, "seal": proof.seal[0], "chain": proof.chain}
    if form == "json":
        show(answer, form)
    else:
        click.echo(
            _now("The proof holds: the row is in seal no. %(seal)s, whose link is %(chain)s.")
            % answer
        )


@click.command()
@format_option
def seal(form: str) -> None:
    """새 기록을 봉인합니다 · Seals what is not sealed yet."""
    health.require_network()
    sealed = seals.seal_books(cli_act())
    show({"seals": len(sealed.seals), "rows": sealed.rows}, form)
