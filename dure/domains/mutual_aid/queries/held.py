"""What this room holds about a person: contracts of mutual aid."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dure.kernel.held import Held
from dure.kernel.words import Promise

AID = _("To help each other within the rules, and to show that it was so.")
BOOKS = "privacy.books_kept_months"

HELD = (
    Held(
        "mutual_aid.AidEnrolment", _("Contracts of mutual aid"), AID, ("membership__party",), BOOKS
    ),
)
READS: dict[str, str | Promise] = {}
