"""Keeping: the whole network into one file, and back."""

from __future__ import annotations

from pathlib import Path

import click
from django.utils.translation import gettext as _now

from dure.kernel import clock
from dure.kernel.progress import Progress
from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, progress_option, show

from .. import archive, health, keys as network_keys
from ..home import home


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--without-keys", is_flag=True, help=_now("Leave the network's keys out."))
@format_option
@progress_option
def backup(file: Path, without_keys: bool, form: str, progress: Progress) -> None:
    """망 전체를 파일 하나로 보관합니다 · The whole network into one file."""
    health.require_network()
    done = archive.back_up(file, home(), clock.now(), keys=not without_keys, progress=progress)
    if done.keys:
        click.echo(
            _now(
                "The file holds the keys that open account numbers: keep it as you keep a safe's key."
            ),
            err=True,
        )
    show(done, form)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help=_now("Overwrite the network that is here."))
@format_option
@progress_option
def restore(file: Path, replace: bool, form: str, progress: Progress) -> None:
    """보관한 파일에서 망을 되살립니다 · The network back from a file, then verified."""
    health.prepare()
    done = archive.restore(file, home(), replace=replace, progress=progress)
    findings = health.all_findings(progress)
    show(done, form)
    if findings:
        raise health.Unsound(count=len(findings), first=findings[0])


@click.group()
def keys() -> None:
    """계좌번호를 여는 열쇠 · The keys that open account numbers."""


@keys.command()
@format_option
@progress_option
def rotate(form: str, progress: Progress) -> None:
    """열쇠를 새것으로 바꿉니다 · A new key; every row encrypted anew; the old key away at the end."""
    health.require_network()
    show(network_keys.rotate(cli_act(), progress), form)
