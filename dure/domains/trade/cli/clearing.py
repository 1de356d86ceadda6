"""`dure trade clear`, `verify-clearing`, `generate`: clearing for anyone, over any file of invoices."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from dure.kernel.progress import Progress
from dure.kernel.refusals import InvalidInput
from dure.ui.terminal import format_option, progress_option, show

group = click.Group("clearing")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, writable=True, path_type=Path)


class FileNotWritten(InvalidInput):
    """The place for an answer cannot be written to."""

    text = _("%(path)s cannot be written: %(reason)s")


# What needs numbers in columns is loaded when it is asked for: other commands start without it.


@group.command("clear", help=str(_("The most that firms can set off, with a proof.")))
@click.option(
    "--input", "source", type=FILE, required=True,
    help=str(_("CSV of invoices: id,debtor,creditor,amount and perhaps due_date.")),
)  # fmt: skip
@click.option(
    "--output", type=NEW_FILE, required=True, help=str(_("CSV of what is set off of each."))
)
@click.option("--certificate", type=NEW_FILE, required=True, help=str(_("JSON that proves it.")))
@click.option(
    "--pool",
    "pool_won",
    type=click.IntRange(0),
    default=0,
    help=str(_("How much a pool may lend in all, so that chains vanish too.")),
)
@click.option(
    "--pool-each",
    "each_won",
    type=click.IntRange(0),
    default=0,
    help=str(_("How much each firm may owe the pool; without it as much as all.")),
)
@format_option
@progress_option
def clear(
    source: Path,
    output: Path,
    certificate: Path,
    pool_won: int,
    each_won: int,
    form: str,
    progress: Progress,
) -> None:
    from ..rules import clearing

    began = time.perf_counter()
    progress(0, STEPS, str(_("Reading")))
    invoices = clearing.read_invoices(source.read_bytes())
    progress(1, STEPS, str(_("Clearing %(count)d invoices") % {"count": len(invoices)}))
    pool = None
    if pool_won:
        pool = clearing.Pool(pool_won, dict.fromkeys(invoices.firms, each_won or pool_won))
    found = clearing.clear(invoices, pool)
    progress(2, STEPS, str(_("Writing set-offs and certificate")))
    table = clearing.set_off_table(found)
    _write(output, table)
    _write(certificate, clearing.written(clearing.certificate_of(found, table, output.name)))
    progress(STEPS, STEPS, "")
    took = time.perf_counter() - began
    show({**found.totals(), "time": round(took, 3)}, form, columns=TOTALS)


STEPS = 3
TOTALS = {
    "lent": pgettext_lazy("clearing", "Lent by the pool"),
    "total_debt": pgettext_lazy("clearing", "Owed in all"),
    "net_internal_debt": pgettext_lazy("clearing", "Owed net"),
    "cleared": pgettext_lazy("clearing", "Cleared"),
    "ceiling": pgettext_lazy("clearing", "Ceiling"),
    "remaining": pgettext_lazy("clearing", "Remaining"),
    "firms": pgettext_lazy("clearing", "Firms"),
    "invoices": pgettext_lazy("clearing", "Invoices"),
    "pairs": pgettext_lazy("clearing", "Pairs"),
    "time": pgettext_lazy("clearing", "Seconds"),
}


def _write(path: Path, text: str) -> None:
    try:
        path.write_bytes(text.encode())
    except OSError as error:
        raise FileNotWritten(path=str(path), reason=error.strerror) from error


@group.command(
    "verify-clearing",
    help=str(_("Check a certificate, and the files beside it, without the solver.")),
)
@click.argument("file", type=FILE)
@click.option(
    "--set-off", type=FILE, help=str(_("The CSV of set-offs; else that of its name beside it."))
)
@click.option("--invoices", type=FILE, help=str(_("The CSV of invoices that was cleared.")))
@format_option
def verify_clearing(file: Path, set_off: Path | None, invoices: Path | None, form: str) -> None:
    from ..rules import clearing

    certificate = clearing.read_certificate(file.read_bytes())
    beside = file.parent / Path(certificate.set_off_file).name
    if set_off is None and certificate.set_off_file and beside.is_file():
        set_off = beside
    clearing.verify(
        certificate,
        set_off.read_bytes() if set_off else None,
        clearing.read_invoices(invoices.read_bytes()) if invoices else None,
    )
    answer: dict[str, Any] = {
        "holds": True,
        **certificate.totals,
        "checked": [str(one) for one in (file, set_off, invoices) if one],
    }
    show(
        answer,
        form,
        columns={
            **TOTALS,
            "holds": _("The proof holds"),
            "checked": pgettext_lazy("clearing", "Checked"),
        },
    )


@group.command(
    "generate", help=str(_("A synthetic trade network; the same seed, the same network."))
)
@click.option("--firms", type=click.IntRange(2, 1_000_000), required=True)
@click.option("--invoices", type=click.IntRange(1, 10_000_000), required=True)
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True)
@click.option("--skew", type=click.FloatRange(0, 3), default=0.75, show_default=True)
@click.option("--output", type=NEW_FILE, required=True)
def generate(firms: int, invoices: int, seed: int, skew: float, output: Path) -> None:
    from ..rules import clearing

    made = clearing.generate(firms, invoices, seed, skew=skew)
    _write(output, clearing.invoice_table(made))
