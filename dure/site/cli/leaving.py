"""Leaving: the whole network in an open form, and into an empty installation."""

from __future__ import annotations

import os
from pathlib import Path

import click
from django.utils.translation import gettext as _now

from dure.kernel.progress import Progress
from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, plain, progress_option, show

from .. import commands, health, moving
from ..home import home
from ..moving.cells import FORMS
from ..moving.passphrase import opened

PASSPHRASE = "DURE_PASSPHRASE"  # for scripts; people are asked


@click.command()
@click.argument("place", type=click.Path(path_type=Path))
@click.option("--reason", required=True, help=_now("Why; it stands in the log."))
@click.option("--as", "kind", type=click.Choice(FORMS), default="csv", show_default=True)
@click.option(
    "--keys",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    help=_now("Write the key of account numbers to this file, under a passphrase."),
)
@click.option("--without-papers", is_flag=True, help=_now("Leave out the PDF of issued papers."))
@format_option
@progress_option
def export(
    place: Path,
    reason: str,
    kind: str,
    keys: Path | None,
    without_papers: bool,
    form: str,
    progress: Progress,
) -> None:
    """망 전체를 두레 없이도 읽는 꼴로 내보냅니다 · The whole network in an open form: a ZIP or a folder."""
    health.require_network()
    if place.exists():
        raise moving.TargetExists(file=str(place))
    passphrase = _passphrase(confirm=True) if keys is not None else ""
    act = cli_act()
    commands.export_network(act, reason=reason, form=kind, keys=keys is not None)
    if keys is not None:
        moving.write_keys(keys, passphrase)
    done = moving.write_export(
        act, place, home(), form=kind, papers=not without_papers, progress=progress
    )
    if done.sealed and keys is None:
        click.echo(
            _now(
                "%(count)d account numbers are in it, closed. `dure export --keys FILE` hands over their key."
            )
            % {"count": done.sealed},
            err=True,
        )
    show(done, form)


@click.command("import-network")
@click.argument("place", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--preview", is_flag=True, help=_now("Only look: what is in it, and whether it is whole.")
)
@click.option(
    "--keys",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=None,
    help=_now("The key file that came with it."),
)
@click.option("--without-keys", is_flag=True, help=_now("Leave the account numbers closed."))
@format_option
@progress_option
def import_network(
    place: Path,
    preview: bool,
    keys: Path | None,
    without_keys: bool,
    form: str,
    progress: Progress,
) -> None:
    """내보낸 망을 빈 두레에 들입니다 · An exported network into an empty installation, then verified."""
    if preview:
        _tell(moving.look_into(place, progress), form)
        return
    given: list[str] | None = [] if without_keys else None
    if keys is not None:
        given = opened(keys.read_bytes(), _passphrase(), str(keys))
    done = moving.import_network(place, home(), keys=given, progress=progress)
    health.prepare()
    findings = health.all_findings(progress)
    show(done, form)
    if findings:
        raise health.Unsound(count=len(findings), first=findings[0])


def _tell(seen: moving.Seen, form: str) -> None:
    """What is in it; to people first in short, then by table."""
    if form == "json":
        show(seen, form)
        return
    show({name: value for name, value in plain(seen).items() if name not in ("tables", "left_out")})
    show([{"table": table, "rows": rows} for table, rows in seen.tables if rows])


def _passphrase(*, confirm: bool = False) -> str:
    said: str = os.environ.get(PASSPHRASE) or click.prompt(
        _now("Passphrase"), hide_input=True, confirmation_prompt=confirm, err=True
    )
    return said
