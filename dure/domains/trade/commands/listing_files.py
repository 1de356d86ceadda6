"""Files of offers and wants: laid out to be looked at, taken in, or discarded; and the synonyms."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.refusals import InvalidInput, Refusal

from .. import policies
from ..events import ListingsAccepted, ListingsDiscarded, ListingsStaged, SynonymsChanged
from ..models import Listing, ListingImport, SynonymList
from ..queries.listing_files import looked_at
from ..rules.listing_files import ListingHeadMissing, columns_of
from ..rules.listings import (
    SIDES,
    SYNONYM_LINES_MAX,
    SYNONYM_WORDS_MAX,
    About,
    as_text,
    synonym_lines,
)
from .listing import ListingImpossible, index, need_lister

__all__ = [
    "ListingHeadMissing", "ListingsFileLong", "ListingsOver", "NoListingsFit", "SynonymsTooMany",
    "accept_listings", "change_synonyms", "discard_listings", "stage_listings",
]  # fmt: skip

ROWS_MAX = 1_000
State = ListingImport.State


class ListingsFileLong(InvalidInput):
    """Somebody looks at every row."""

    text = _("The file has %(count)d rows; at most %(most)d are taken at once.")


class ListingsOver(Refusal):
    """A file is taken in once."""

    text = _("This file was taken in or discarded before.")
    remedy = _("Lay it out again.")


class NoListingsFit(InvalidInput):
    """Every row is left out."""

    text = _("No row of this file can be listed.")
    remedy = _("Mend the rows as it is told beside them, and lay the file out again.")


class SynonymsTooMany(InvalidInput):
    """A list that people still read."""

    text = _("At most %(lines)d lines of %(words)d words are kept.")


@command
def stage_listings(
    act: Act,
    *,
    party_id: int,
    side: str,
    file_name: str,
    head: tuple[str, ...],
    rows: tuple[tuple[int, tuple[str, ...]], ...],
) -> ListingImport:
    """Lay out the rows of a file; nothing is listed yet.

    Raises ListingHeadMissing, ListingsFileLong, ListingFromOutside, ListingImpossible, NotFound.
    """
    policies.can_stage_listings(act, party_id).enforce()
    need_lister(party_id, act.today)
    columns_of(head)
    if side not in dict(SIDES):
        raise ListingImpossible(reason=_("it is an offer or a want, of goods or a service"))
    if len(rows) > ROWS_MAX:
        raise ListingsFileLong(count=len(rows), most=ROWS_MAX)
    # ---
    staged = ListingImport.objects.create(
        party_id=party_id, side=side, file_name=clean_text(file_name[-120:], 120, _("File")),
        head=list(head), rows=[[number, list(cells)] for number, cells in rows], staged_at=act.at,
    )  # fmt: skip
    record(act, ListingsStaged(staged.pk, party_id, staged.file_name, len(rows)))
    return staged


@command
def accept_listings(act: Act, *, import_id: int) -> ListingImport:
    """List every row that can be; the others are left out. Raises ListingsOver, NoListingsFit."""
    held: ListingImport = ListingImport.objects.hold(import_id)
    policies.can_accept_listings(act, held).enforce()
    _need_staged(held)
    name = need_lister(held.party_id, act.today)
    rows = looked_at(act, held.side, held.head, held.rows)
    fit = [one.about for one in rows if one.about is not None]
    if not fit:
        raise NoListingsFit
    # ---
    made = Listing.objects.bulk_create(
        Listing(
            party_id=held.party_id, side=held.side, listed_at=act.at,
            **{name: getattr(about, name) for name in About.__slots__},
        )
        for about in fit
    )  # fmt: skip
    index(made, {held.party_id: name})
    _end(held, State.ACCEPTED)
    ids = tuple(one.pk for one in made)
    record(act, ListingsAccepted(held.pk, held.party_id, ids, len(rows) - len(fit)))
    return held


@command
def discard_listings(act: Act, *, import_id: int) -> ListingImport:
    """Drop the file. Raises ListingsOver."""
    held: ListingImport = ListingImport.objects.hold(import_id)
    policies.can_discard_listings(act, held).enforce()
    _need_staged(held)
    # ---
    _end(held, State.DISCARDED)
    record(act, ListingsDiscarded(held.pk, held.party_id, held.file_name))
    return held


def _need_staged(held: ListingImport) -> None:
    if held.state != State.STAGED:
        raise ListingsOver


def _end(held: ListingImport, state: ListingImport.State) -> None:
    held.state, held.rows = state, []
    held.save(update_fields=["state", "rows"])


@command
def change_synonyms(act: Act, *, text: str) -> SynonymList:
    """Say which words mean the same here: one group a line. Raises SynonymsTooMany."""
    policies.can_change_synonyms(act).enforce()
    lines = synonym_lines(text)
    if len(lines) > SYNONYM_LINES_MAX or any(len(one) > SYNONYM_WORDS_MAX for one in lines):
        raise SynonymsTooMany(lines=SYNONYM_LINES_MAX, words=SYNONYM_WORDS_MAX)
    # ---
    made = SynonymList.objects.create(text=as_text(lines), changed_at=act.at)
    record(act, SynonymsChanged(len(lines)))
    return made
