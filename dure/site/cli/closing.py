"""The end of a month in a terminal: the same steps as on the page, taken up wherever they were left."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid5

import click
from django.utils.translation import gettext as _now, gettext_lazy

from dure.domains.ledger import commands as ledger
from dure.domains.memberships import commands as memberships, queries
from dure.kernel.acts import Act
from dure.kernel.dates import Month, parse_month
from dure.kernel.refusals import Refusal
from dure.ui.doors import cli_act

from .. import month_end as run

ROWS_AT_ONCE = 2_000


class StepNeedsAPerson(Refusal):
    """A step of the month's end wants a judgement that no command can give."""

    text = gettext_lazy("“%(step)s” needs a person: %(found)s")
    remedy = gettext_lazy("Do it on the page of the month's end, then run this again.")


@click.command()
@click.argument("month", metavar="YYYY-MM")
@click.option(
    "--bank",
    "files",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="은행 거래내역 파일 · A bank's file with the receipts of the month; may be repeated",
)
@click.option(
    "--yes", is_flag=True, help="판단이 필요 없는 일은 묻지 않고 · Do what needs no judgement"
)
@click.option(
    "--despite-warnings",
    is_flag=True,
    help="주의할 점이 있어도 닫기 · With --yes, close although something looks odd",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--progress", is_flag=True, help="진행 상황 · Say how far it is, on stderr")
def close(
    month: str,
    files: tuple[Path, ...],
    yes: bool,
    despite_warnings: bool,
    form: str,
    progress: bool,
) -> None:
    """한 달을 단계마다 마감합니다 · Closes a month step by step; stopped anywhere, it goes on."""
    wanted, act = parse_month(month), cli_act()
    told: list[dict[str, Any]] = []
    try:
        unread = [line for file in files for line in _take_in(act, wanted, file, form == "text")]
        for number, step in enumerate(run.RUN, 1):
            if progress:
                click.echo(f"{number}/{len(run.RUN)} {step.title}", err=True)
            found = run.look_at_step(act, wanted, step)
            told.append({"step": step.key, "found": found.found, "lines": list(found.lines)})
            if form == "text":
                _tell(step, found)
            told[-1]["outcome"] = _go_through(
                act,
                wanted,
                step,
                replace(found, warnings=(*found.warnings, *unread))
                if step.key == "bank"
                else found,
                yes,
                despite_warnings,
                tuple(file.name for file in files),
            )
    finally:
        if form == "json":
            click.echo(json.dumps({"month": str(wanted), "steps": told}, ensure_ascii=False))


def _take_in(act: Act, month: Month, file: Path, aloud: bool) -> list[str]:
    """Enter what is new of a bank file, part by part: killed and called again it goes on.

    The rows that cannot be read, in words. Raises WrongMonth, ColumnsUnknown.
    """
    content = file.read_bytes()
    rows = queries.file_rows(content, file.name)
    layout = queries.layout_of(rows, "general")
    look = queries.look_at(rows, file.name, "general", act.today, layout) if layout else None
    if look is None or look.new or not look.same:
        staged = memberships.upload_receipts(
            _sub(act, f"upload {file.name}"), filename=file.name, content=content, month=month
        )
        while True:
            staged = memberships.accept_receipts(
                _sub(act, f"accept {file.name} {staged.entered_count}"),
                import_id=staged.pk,
                most=ROWS_AT_ONCE,
            )
            if staged.state != "staged":
                break
        said = _now("%(file)s: %(count)d receipts entered") % {
            "file": file.name,
            "count": staged.entered_count,
        }
    else:
        said = _now("%(file)s: entered before") % {"file": file.name}
    if aloud:
        click.echo(said)
    return [
        _now("%(file)s, row %(row)d: %(reason)s")
        % {"file": file.name, "row": error.row, "reason": error.reason}
        for error in (look.errors if look else ())
    ]


def _sub(act: Act, name: str) -> Act:
    return replace(act, key=uuid5(act.key, name))


def _tell(step: run.Step, found: run.Found) -> None:
    click.echo(f"■ {step.title}")
    for line in (found.found, *found.lines, *(f"! {text}" for text in found.warnings)):
        click.echo(f"  {line}")
    if found.effect:
        click.echo(f"  → {found.effect}")


def _go_through(
    act: Act,
    month: Month,
    step: run.Step,
    found: run.Found,
    yes: bool,
    despite_warnings: bool,
    files: tuple[str, ...],
) -> str:
    """Do or mark one step, or raise StepNeedsAPerson; says what became of it."""
    if found.state in (run.State.DONE, run.State.NOTHING):
        return str(found.state)
    if found.state == run.State.TO_DO and not (yes and step.asks):
        if yes or click.confirm(f"  {step.do_text}?", default=step.hinders):
            run.do_step(act, step, month)
            return "done"
        if not step.mark:
            raise StepNeedsAPerson(step=step.title, found=found.found)
    if not yes and step.mark:
        if click.confirm(f"  {step.mark}?", default=False):
            return _mark(act, month, step, "")
        if not step.hinders:
            return "left"
        raise StepNeedsAPerson(step=step.title, found=found.found)
    if step.key == "bank" and files and not found.warnings:
        return _mark(act, month, step, ", ".join(files))
    if step.key == "balance" and (despite_warnings or not found.warnings):
        return _mark(act, month, step, "")
    if not step.hinders:
        return "left"
    reason = " ".join((found.found, *found.warnings))
    raise StepNeedsAPerson(step=step.title, found=reason)


def _mark(act: Act, month: Month, step: run.Step, note: str) -> str:
    ledger.mark_period_step(
        _sub(act, f"mark {step.key}"), month=str(month), step=step.key, note=note
    )
    return "marked"
