"""What accepting a bank file would do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from dure.domains.ledger import queries as ledger
from dure.kernel.acts import Act
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import Membership, Receipt, ReceiptImport
from ..rules.bank_files import BankRow, RowError, cell_name, read_grid, read_rows, type_grid
from ..rules.matching import Proposal, Sureness
from .matching import proposals_for

KEYS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Look:
    """The rows of a file: new ones, how many are known, and what cannot be read."""

    new: tuple[BankRow, ...]
    same: int
    errors: tuple[RowError, ...]
    passed_over: int

    @property
    def read(self) -> int:
        return len(self.new) + self.same + len(self.errors)

    @property
    def sum_won(self) -> int:
        return sum(row.amount_won for row in self.new)


@dataclass(frozen=True, slots=True)
class ProposedRow:
    row: BankRow
    proposal: Proposal | None
    member: str

    @property
    def is_sure(self) -> bool:
        return self.proposal is not None and self.proposal.sureness == Sureness.SURE


def look_at(grid: type_grid, filename: str, today: date) -> Look:
    """Sort the rows of a file into new, known and unreadable. Raises NoTableFound."""
    file = read_rows(grid, filename)
    first_date = ledger.chart().first_date
    errors = list(file.errors)
    readable = []
    column = file.columns["date"]
    for row in file.rows:
        if row.receipt_date > today:
            errors.append(
                RowError(row.row, cell_name(column, row.row), _("The date lies in the future."))
            )
        elif row.receipt_date < first_date:
            errors.append(
                RowError(
                    row.row,
                    cell_name(column, row.row),
                    _("The date lies before %(date)s, when the books begin.")
                    % {"date": first_date.isoformat()},
                )
            )
        else:
            readable.append(row)
    known: set[str] = set()
    keys = [row.key for row in readable]
    for start in range(0, len(keys), KEYS_AT_ONCE):
        rows = Receipt.objects.filter(import_key__in=keys[start : start + KEYS_AT_ONCE])
        known.update(key for (key,) in rows.order_by().values_list("import_key") if key)
    new = tuple(row for row in readable if row.key not in known)
    return Look(
        new, len(readable) - len(new), tuple(sorted(errors, key=lambda e: e.row)), file.passed_over
    )


def preview_receipts(act: Act, content: bytes, filename: str) -> tuple[Look, list[ProposedRow]]:
    """Look at a file without keeping it."""
    policies.can_import_receipts(act).enforce()
    look = look_at(read_grid(content, filename), filename, act.today)
    return look, _proposed(look.new, act.today)


def staged_file(act: Act, import_id: int) -> ReceiptImport:
    """A bank file by its id. Raises NotFound."""
    policies.can_see_receipts(act).enforce()
    found = ReceiptImport.objects.filter(pk=import_id).first()
    if found is None:
        raise NotFound
    return found


def preview_staged(
    act: Act, staged: ReceiptImport, start: int = 0, limit: int = 100
) -> tuple[Look, list[ProposedRow]]:
    """What accepting a kept file would do, with proposals for one page of its new rows."""
    policies.can_see_receipts(act).enforce()
    look = look_at(tuple(tuple(row) for row in staged.grid), staged.filename, act.today)
    return look, _proposed(look.new[start : start + limit], act.today)


def _proposed(rows: tuple[BankRow, ...], today: date) -> list[ProposedRow]:
    proposals = proposals_for([(row.payer, row.amount_won) for row in rows], today)
    ids = {p.membership_id for p in proposals if p is not None}
    names = {
        pk: f"{name} ({number})"
        for pk, name, number in Membership.objects.filter(pk__in=ids)
        .order_by("pk")
        .values_list("pk", "party__name", "number")
    }
    return [
        ProposedRow(row, proposal, names.get(proposal.membership_id, "") if proposal else "")
        for row, proposal in zip(rows, proposals, strict=True)
    ]


__all__ = [
    "Look",
    "ProposedRow",
    "look_at",
    "preview_receipts",
    "preview_staged",
    "staged_file",
]
