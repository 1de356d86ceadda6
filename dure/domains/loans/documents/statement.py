"""The statement of a loan on a day: what is agreed, due, paid and left; on paper and in Excel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from dure.kernel.money import format_number, format_won
from dure.ui import files, pdf
from dure.ui.files.writing import type_row
from dure.ui.pdf import PdfColumn, PdfRow, PdfTable

from ..queries import InstalmentLine, LoanCard, PaymentLine


def statement_pdf(card: LoanCard, network: str, made_at: datetime) -> bytes:
    """The statement as PDF."""
    plan = PdfTable(
        (
            PdfColumn(_("No."), "id"), PdfColumn(_("Due day"), "day"),
            PdfColumn(_("Principal"), "won"), PdfColumn(_("Interest"), "won"),
            PdfColumn(_("Late interest"), "won"), PdfColumn(_("Open (won)"), "won"),
        ),
        tuple(
            PdfRow((str(one.n), one.due_date.isoformat(), *map(format_number, _sums(one))))
            for one in card.instalments
        ),
        _("Schedule"),
    )  # fmt: skip
    paid = PdfTable(
        (
            PdfColumn(_("Paid on"), "day"), PdfColumn(_("Amount"), "won"),
            PdfColumn(_("Principal"), "won"), PdfColumn(_("Interest"), "won"),
            PdfColumn(_("Late interest"), "won"),
        ),
        tuple(
            PdfRow((one.paid_date.isoformat(), *map(format_number, _parts(one))))
            for one in _paid(card)
        ),
        _("Payments that came in"),
    )  # fmt: skip
    return pdf.statement(
        pdf.Statement(
            title=_("Statement of a loan"),
            network=network,
            subtitle=f"{card.name} · {card.product} · {format_won(card.won)}",
            unit=_("unit: won"),
            made=card.on.isoformat(),
            tables=(plan, paid),
            notes=_notes(card),
        ),
        made_at=made_at,
    )


def statement_book(card: LoanCard, network: str, made_at: datetime) -> Iterator[bytes]:
    """The statement in Excel."""
    title = _("Statement of a loan")
    heads = (
        _("No."), _("Due day"), _("Principal"), _("Interest"), _("Late interest"), _("Open (won)"),
    )  # fmt: skip

    def rows() -> Iterator[type_row]:
        for one in card.instalments:
            yield (one.n, one.due_date, *_sums(one))
        yield ("",)
        yield files.Strong(
            ("", _("Paid on"), _("Amount"), _("Principal"), _("Interest"), _("Late interest"))
        )
        for paid in _paid(card):
            yield ("", paid.paid_date, *_parts(paid))

    about = f"{network} · {card.name} · {card.product} · {card.on}"
    return files.xlsx_stream(
        heads, rows(), title=title, preface=(title, about, *_notes(card)), made_at=made_at
    )


def _sums(one: InstalmentLine) -> tuple[int, int, int, int]:
    return one.principal_won, one.interest_won, one.late_won, one.open_won + one.late_won


def _parts(one: PaymentLine) -> tuple[int, int, int, int]:
    return one.won, one.principal_won, one.interest_won, one.late_won


def _paid(card: LoanCard) -> list[PaymentLine]:
    return [one for one in card.payments if one.paid_date <= card.on and not one.undone_date]


def _notes(card: LoanCard) -> tuple[str, ...]:
    said = [f"{_('Left of the principal')}: {format_won(card.left_won)}"]
    if card.due_won:
        said.append(f"{_('Due until this day')}: {format_won(card.due_won)}")
    if card.pay_off_won:
        said.append(f"{_('Pays it off on this day')}: {format_won(card.pay_off_won)}")
    return tuple(said)
