"""What a bank file says, and what accepting it would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from django.utils.translation import gettext as _

from dure.domains.bylaws import queries as bylaws
from dure.domains.ledger import queries as ledger
from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.refusals import NotFound
from dure.ui.files import open_rows

from .. import policies
from ..models import BankLayout, BankLine, Membership, Receipt, ReceiptImport
from ..rules import bank_layouts
from ..rules.bank_files import (
    ROWS_MAX,
    BankFile,
    BankRow,
    Gap,
    RowError,
    cell_name,
    read_statement,
    type_cells,
)
from ..rules.bank_layouts import Layout
from ..rules.matching import Money, Proposal, Sureness
from .matching import because, proposals_for

__all__ = [
    "ProposedRow", "Unmapped", "file_rows", "known_keys", "layout_of", "look_at", "money_of",
    "preview_receipts", "staged_file", "staged_rows", "sure_ones_at_once", "unmapped",
]  # fmt: skip

SURE_ONES = "dues.match_sure_ones"
KEYS_AT_ONCE = 500
ROWS_TO_SHOW = 12


@dataclass(frozen=True, slots=True)
class Look:
    """The rows of a file: new ones, how many are known, what cannot be read, what is odd."""

    new: tuple[BankRow, ...]
    same: int
    errors: tuple[RowError, ...]
    passed_over: int
    asides: tuple[RowError, ...] = ()
    gaps: tuple[Gap, ...] = ()
    gap_count: int = 0
    cancelled: int = 0
    from_date: date | None = None
    last_date: date | None = None

    @property
    def read(self) -> int:
        return len(self.new) + self.same + len(self.errors)

    @property
    def sum_won(self) -> int:
        return sum(row.amount_won for row in self.new)


@dataclass(frozen=True, slots=True)
class ProposedRow:
    row: BankRow | BankLine
    proposal: Proposal | None
    member: str

    @property
    def because(self) -> str:
        return because(self.proposal) if self.proposal else ""

    @property
    def is_sure(self) -> bool:
        return self.proposal is not None and self.proposal.sureness == Sureness.SURE


@dataclass(frozen=True, slots=True)
class Unmapped:
    """The first rows of a file whose columns are unknown, and what they probably are."""

    rows: tuple[type_cells, ...]
    width: int
    guess: Layout

    @property
    def letters(self) -> tuple[str, ...]:
        return tuple(cell_name(column, 0)[:-1] for column in range(self.width))


def file_rows(content: bytes | BinaryIO, filename: str) -> list[type_cells]:
    """The rows of a file as the bank made it. Raises what `ui.files.open_rows` does."""
    return [(row.number, row.cells) for row in open_rows(filename, content, rows_max=ROWS_MAX)]


def layout_of(rows: Sequence[type_cells], fund: str) -> Layout | None:
    """Where the columns are: as somebody said before for this fund's account, else by the words."""
    cells = [row for _number, row in rows[: bank_layouts.HEAD_ROWS]]
    known = {
        one.signature: (one.columns, one.signed)
        for one in BankLayout.objects.filter(fund=fund).order_by("pk")
    }
    return bank_layouts.remembered(cells, known) or bank_layouts.by_words(cells)


def look_at(
    rows: Sequence[type_cells], filename: str, fund: str, today: date, layout: Layout | None = None
) -> Look:
    """Sort the rows of a file into new, known and unreadable. Raises NoTableFound."""
    file = read_statement(rows, filename, layout or layout_of(rows, fund), fund)
    errors, readable = list(file.errors), []
    first_date = ledger.chart().first_date
    for row in file.rows:
        if row.receipt_date > today:
            errors.append(_misdated(row, file, _("The date lies in the future.")))
        elif row.receipt_date < first_date:
            reason = _("The date lies before %(date)s, when the books begin.") % {
                "date": first_date.isoformat()
            }
            errors.append(_misdated(row, file, reason))
        else:
            readable.append(row)
    known = known_keys([row.key for row in readable])
    new = tuple(row for row in readable if row.key not in known)
    days = [row.receipt_date for row in readable]
    return Look(
        new,
        len(readable) - len(new),
        tuple(sorted(errors, key=lambda e: e.row)),
        file.passed_over,
        (*file.asides, *_entered_before(file)),
        file.gaps,
        file.gap_count,
        file.cancelled,
        min(days, default=None),
        max(days, default=None),
    )


def known_keys(keys: Sequence[str]) -> set[str]:
    """Which of these rows were entered before."""
    known: set[str] = set()
    for start in range(0, len(keys), KEYS_AT_ONCE):
        rows = Receipt.objects.filter(import_key__in=keys[start : start + KEYS_AT_ONCE])
        known.update(key for (key,) in rows.order_by().values_list("import_key") if key)
    return known


def _entered_before(file: BankFile) -> list[RowError]:
    """Payments that the bank took back in this file, and that an earlier file had entered."""
    known = known_keys([key for key, _row in file.taken_back])
    column = file.columns["amount"]
    reason = _("A payment was taken back that was entered before. Undo and pay back its receipt.")
    return [
        RowError(row, cell_name(column, row), reason)
        for key, row in file.taken_back
        if key in known
    ]


def _misdated(row: BankRow, file: BankFile, reason: str) -> RowError:
    return RowError(row.row, cell_name(file.columns["date"], row.row), reason)


def preview_receipts(
    act: Act, content: bytes, filename: str, fund: str = "general"
) -> tuple[Look, list[ProposedRow]]:
    """Look at a file without keeping it."""
    policies.can_import_receipts(act).enforce()
    look = look_at(file_rows(content, filename), filename, fund, act.today)
    return look, _proposed(look.new, act.today)


def sure_ones_at_once(act: Act) -> bool:
    """Whether the network's rules let sure receipts be matched as they come."""
    book = bylaws.rules_on(act.today)
    return SURE_ONES in book and book.yes(SURE_ONES)


def staged_file(act: Act, import_id: int, *, whole: bool = False) -> ReceiptImport:
    """A bank file by its id; `whole`: with the cells of a file whose columns are unknown. Raises
    NotFound."""
    policies.can_see_receipts(act).enforce()
    rows = ReceiptImport.objects.filter(pk=import_id)
    found = (rows if whole else rows.defer("grid")).first()
    if found is None:
        raise NotFound
    return found


def staged_rows(
    act: Act, staged: ReceiptImport, start: int = 0, limit: int = 100
) -> list[ProposedRow]:
    """One page of the rows that wait to be entered, with proposals."""
    policies.can_see_receipts(act).enforce()
    lines = BankLine.objects.filter(batch=staged).order_by("row")
    return _proposed(tuple(lines[start : start + limit]), act.today)


def unmapped(act: Act, staged: ReceiptImport) -> Unmapped:
    """The first rows of a file whose columns nobody knows yet."""
    policies.can_see_receipts(act).enforce()
    rows = [(number, tuple(cells)) for number, cells in staged.grid[: bank_layouts.SAMPLE_ROWS]]
    guess = bank_layouts.by_contents([cells for _number, cells in rows])
    width = max((len(cells) for _number, cells in rows), default=0)
    top = max(guess.head - 2, 0)
    return Unmapped(tuple(rows[top : top + ROWS_TO_SHOW]), min(width, 30), guess)


def money_of(row: BankRow | BankLine) -> Money:
    return Money(row.payer, row.amount_won, row.memo, row.account, row.receipt_date)


def _proposed(rows: Sequence[BankRow | BankLine], today: date) -> list[ProposedRow]:
    proposals = proposals_for([money_of(row) for row in rows], today)
    ids = {p.membership_id for p in proposals if p and p.membership_id}
    names = {
        pk: f"{name} ({number})"
        for pk, name, number in Membership.objects.filter(pk__in=ids)
        .order_by("pk")
        .values_list("pk", "party__name", "number")
    }
    strangers = parties.names_of([p.party_id for p in proposals if p and p.party_id])

    def name_of(one: Proposal | None) -> str:
        if one is None:
            return ""
        if one.membership_id is not None:
            return names.get(one.membership_id, "")
        return strangers.get(one.party_id or 0, "")

    return [
        ProposedRow(row, proposal, name_of(proposal))
        for row, proposal in zip(rows, proposals, strict=True)
    ]
