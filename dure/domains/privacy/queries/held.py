"""What this room holds about a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dure.kernel.held import Held
from dure.kernel.words import Promise

HELD = (
    Held(
        "privacy.HandedOver",
        _("To whom my data was given"),
        _("So that you see who has it, and they can be asked to delete it."),
        ("person",),
        "privacy.former_member_kept_months",
        also=("handover__text__recipient", "handover__text__title", "handover__handed_at"),
    ),
    Held(
        "privacy.Withdrawal",
        _("What followed when I withdrew a consent"),
        _("To show that it was really ended."),
        ("person",),
        "privacy.former_member_kept_months",
    ),
    Held(
        "privacy.BreachedPerson",
        _("Breaches that concern me"),
        _("So that you are told, and it can be shown that you were."),
        ("person",),
        also=("breach__what", "breach__found_at"),
    ),
    Held(
        "privacy.ReadReason",
        _("Why I took personal data along"),
        _("The law asks for this log."),
        ("said_by_id",),
        "privacy.access_log_kept_months",
        also=("read__what", "read__at"),
    ),
)

# Tables that lead to a party and are about no person.
LEFT_OUT = {
    "privacy.DestructionRun": _("It tells how much was destroyed; its certificate names nobody."),
}

# What each kind of read of personal data is called in the log.
READS: dict[str, str | Promise] = {
    "privacy.handover": _("a list handed over by consent"),
    "privacy.breached_people": _("whom a breach concerns"),
}
