"""A file of offers or wants as it would be taken in: each row, or why it is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.refusals import NotFound, Refusal

from .. import policies
from ..models import ListingImport
from ..rules.listing_files import columns_of, read_row
from ..rules.listings import About
from .listings import readable_about

__all__ = ["ListingsLook", "RowLook", "looked_at", "staged_listings"]


@dataclass(frozen=True, slots=True)
class RowLook:
    """A row as it would be listed; `fault`: why it is left out."""

    number: int
    name: str
    about: About | None
    fault: str


@dataclass(frozen=True, slots=True)
class ListingsLook:
    """A file that was laid out."""

    id: int
    party_id: int
    party: str
    side: str
    file_name: str
    state: str
    state_label: str
    staged_at: datetime
    rows: tuple[RowLook, ...]

    @property
    def faulty(self) -> int:
        return sum(bool(one.fault) for one in self.rows)

    @property
    def fit(self) -> int:
        return len(self.rows) - self.faulty


def looked_at(
    act: Act, side: str, head: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]]
) -> list[RowLook]:
    """Each row read: what it says, or why it cannot be listed. Raises ListingHeadMissing."""
    columns, found = columns_of(head), []
    at = columns.index("name")
    for number, cells in rows:
        name, about, fault = cells[at] if at < len(cells) else "", None, ""
        try:
            about = readable_about(act, side, read_row(side, columns, cells))
        except Refusal as refusal:
            fault = f"{refusal} {refusal.advice}".strip()
        found.append(RowLook(number, name, about, fault))
    return found


def staged_listings(act: Act, import_id: int) -> ListingsLook:
    """A file that was laid out, read again. Raises NotFound."""
    found = ListingImport.objects.filter(pk=import_id).first()
    if found is None:
        raise NotFound
    policies.can_accept_listings(act, found).enforce()
    rows = looked_at(act, found.side, found.head, found.rows) if found.rows else []
    return ListingsLook(
        found.pk, found.party_id, parties.party_name(found.party_id), found.side, found.file_name,
        found.state, str(found.get_state_display()), found.staged_at, tuple(rows),
    )  # fmt: skip
