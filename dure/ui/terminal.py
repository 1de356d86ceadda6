"""How CLI commands of every room show what they read and how far they are.

@group.command("list")
@format_option
@progress_option
def list_(form: str, progress: Progress) -> None:
    show(rows, form, columns={"id": _("id"), "name": _("name")})
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any, TypeVar
from uuid import UUID

import click
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.kernel.progress import Progress, silent
from dure.kernel.refusals import type_text

Function = TypeVar("Function", bound=Callable[..., Any])


def format_option(function: Function) -> Function:
    """`--format text|json` as parameter `form`; every reading command has it."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        help=str(_("How to print the answer.")),
    )(function)


def progress_option(function: Function) -> Function:
    """`--progress` as parameter `progress`: a Progress that draws on stderr, or is silent."""

    def chosen(context: click.Context, parameter: click.Parameter, value: bool) -> Progress:
        return draw_progress if value else silent

    return click.option(
        "--progress",
        is_flag=True,
        callback=chosen,
        help=str(_("Show how far the work is.")),
    )(function)


_tenths: list[int] = []


def draw_progress(done: int, total: int, what: str) -> None:
    """One line on stderr, rewritten on a terminal; elsewhere a line per tenth."""
    tenth = 10 * done // total if total else 10
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{'█' * tenth * 2:░<20} {done:,}/{total:,} {what}")
        if done >= total:
            sys.stderr.write("\n")
    elif not _tenths or tenth != _tenths[-1]:
        sys.stderr.write(f"{done}/{total} {what}\n")
    _tenths[:] = [tenth]
    sys.stderr.flush()


def plain(value: Any) -> Any:
    """A value as JSON can hold it: days and ids as text, dataclasses as objects."""
    if is_dataclass(value) and not isinstance(value, type):
        return {name: plain(item) for name, item in asdict(value).items()}
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID | Promise | Fraction):
        return str(value)
    if value is None or isinstance(value, bool | int | str | float):
        return value
    return str(value)


def show(answer: Any, form: str = "text", columns: Mapping[str, type_text] | None = None) -> None:
    """Print one object or rows of them: JSON for scripts, an aligned table for people."""
    if form == "json":
        if not isinstance(answer, Mapping | str) and isinstance(answer, Iterable):
            answer = list(answer)
        click.echo(json.dumps(plain(answer), ensure_ascii=False, indent=2))
        return
    if isinstance(answer, str | int):
        click.echo(answer)
        return
    if isinstance(answer, Mapping) or is_dataclass(answer):
        pairs = plain(answer)
        for name, value in pairs.items():
            label = str((columns or {}).get(name, name))
            click.echo(f"{label}: {_cell(value)}")
        return
    rows = [plain(row) for row in answer]
    if not rows:
        click.echo(str(_("Nothing found.")))
        return
    names = list(columns or rows[0])
    heads = [str((columns or {}).get(name, name)) for name in names]
    cells = [[_cell(row.get(name)) for name in names] for row in rows]
    widths = [max(_width(line[i]) for line in [heads, *cells]) for i in range(len(names))]
    right = [all(isinstance(row.get(name), int | None) for row in rows) for name in names]
    for line in [heads, *cells]:
        click.echo(
            "  ".join(_pad(text, widths[i], right[i]) for i, text in enumerate(line)).rstrip()
        )


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(_("yes")) if value else str(_("no"))
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def _width(text: str) -> int:
    """Columns on a terminal: Korean letters take two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _pad(text: str, width: int, right: bool) -> str:
    gap = " " * (width - _width(text))
    return gap + text if right else text + gap
