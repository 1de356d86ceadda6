"""Proof: are the books sound, are the seals whole?"""

from __future__ import annotations

import click
from django.db import connection
from django.utils.translation import gettext as _now

from dure.domains.ledger import queries as ledger
from dure.kernel import seals, triggers
from dure.kernel.progress import Progress
from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, plain, progress_option, show

from .. import health


@click.command("check-books")
@format_option
@progress_option
def check_books(form: str, progress: Progress) -> None:
    """장부가 맞는지 살핍니다 · Are the books sound? Says in words what is wrong."""
    health.require_network()
    findings = list(ledger.check_books(progress))
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
@format_option
@progress_option
def verify(form: str, progress: Progress) -> None:
    """봉인을 처음부터 다시 계산합니다 · Recomputes every seal; names the first altered row."""
    health.require_network()
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


@click.command()
@format_option
def seal(form: str) -> None:
    """새 기록을 봉인합니다 · Seals what is not sealed yet."""
    health.require_network()
    sealed = seals.seal_books(cli_act())
    show({"seals": len(sealed.seals), "rows": sealed.rows}, form)
