"""Pictures of what is listed: kept without what they tell besides the picture."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dure.kernel import files, pictures
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.refusals import InvalidInput, NotFound

from .. import policies
from ..events import ListingPhotoAdded, ListingPhotoRemoved
from ..models import Listing

__all__ = ["ListingPhotoUnfit", "add_listing_photo", "remove_listing_photo"]

SHOWN = frozenset({"image/jpeg", "image/png", "image/webp"})


class ListingPhotoUnfit(InvalidInput):
    """What a browser does not show."""

    text = _("“%(name)s” cannot be shown as a picture.")
    remedy = _("Hand in a JPEG, PNG or WebP.")


@command
def add_listing_photo(act: Act, *, listing_id: int, name: str, content: bytes) -> int:
    """Add a picture; where and when it was taken is removed. Its number.

    Raises ListingPhotoUnfit, FileUnfit, FileThereAlready, TooManyFiles.
    """
    held: Listing = Listing.objects.hold(listing_id)
    policies.can_add_listing_photo(act, held).enforce()
    if files.type_of(content) not in SHOWN:
        raise ListingPhotoUnfit(name=name[:60])
    # ---
    kept = files.keep_file(
        act, subject_id=held.party_id, matter=held.matter, name=name,
        content=pictures.bare(content),
    )  # fmt: skip
    record(act, ListingPhotoAdded(held.pk, held.party_id, kept.pk))
    return kept.pk


@command
def remove_listing_photo(act: Act, *, listing_id: int, file_id: int) -> int:
    """Destroy a picture. Raises NotFound."""
    held: Listing = Listing.objects.hold(listing_id)
    policies.can_remove_listing_photo(act, held).enforce()
    kept = files.files_of(held.matter).get(file_id)
    if kept is None or kept.destroyed_at is not None:
        raise NotFound
    # ---
    files.erase_files([file_id], act.at)
    record(act, ListingPhotoRemoved(held.pk, held.party_id, file_id))
    return file_id
