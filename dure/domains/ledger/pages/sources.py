"""Where an entry came from, in words and as a link, without knowing the rooms above.

A source is named "room.Noun"; its page, where it has one, is named "room:noun" and takes the id.
"""

from __future__ import annotations

import re

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from dure.kernel.refusals import type_text

WORDS: dict[str, type_text] = {
    "memberships.Receipt": _("Receipt"),
    "memberships.DuesRun": _("Dues run"),
    "memberships.DuesDeferral": _("Dues of later months"),
    "memberships.Charge": _("Dues charge"),
    "memberships.Allocation": _("Matched receipt"),
    "memberships.Waiver": _("Waived dues"),
    "memberships.ShareMovement": _("Share capital"),
    "memberships.Membership": _("Membership"),
}


def source_words(kind: str, source_id: int | None) -> str:
    """회비 부과 12; what is not known by its word is named as it stands."""
    if not kind:
        return ""
    return f"{WORDS.get(kind, kind)} {source_id or ''}".strip()


def source_url(kind: str, source_id: int | None) -> str:
    """The page of what caused an entry; empty when there is none."""
    room, _dot, noun = kind.partition(".")
    if not noun or source_id is None:
        return ""
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", noun).lower()
    try:
        return reverse(f"{room}:{name}", args=[source_id])
    except NoReverseMatch:
        return ""
