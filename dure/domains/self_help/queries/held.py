"""What this room holds about a person: taking part in a fund, what was paid in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dure.kernel.held import Held
from dure.kernel.words import Promise

KEPT = _("To run the fund as the association's contract says, and to show that it was so.")
BOOKS = "privacy.books_kept_months"

HELD = (
    Held("self_help.Participant", _("Taking part in self-help funds"), KEPT, ("party",), BOOKS),
    Held(
        "self_help.Contribution",
        _("Paid into self-help funds"),
        KEPT,
        ("participant__party",),
        BOOKS,
    ),
)
LEFT_OUT: dict[str, str | Promise] = {
    "self_help.SelfHelpFund": _("The fund of an association, not of a person."),
    "self_help.Mandate": _("A contract with an association."),
    "self_help.FeeCharge": _("A fee an association's fund paid."),
}
READS: dict[str, str | Promise] = {}
