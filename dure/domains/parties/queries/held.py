"""What this room holds about a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dure.kernel.held import Held
from dure.kernel.words import Promise

CONTACT = _("To reach you and to know who speaks for whom.")
LOGIN = _("So that you and nobody else can log in as you.")
OFFICE = _("So that it can be shown who was allowed to act for the network.")
FORMER = "privacy.former_member_kept_months"

HELD = (
    Held("parties.Party", _("Name"), CONTACT, ("pk", "merged_into"), FORMER, hidden=("name_key",)),
    Held("parties.Person", _("Contact"), CONTACT, ("party",), FORMER),
    Held("parties.Representative", _("Whom I speak for"), OFFICE, ("person",), FORMER),
    Held(
        "parties.Relation",
        _("Who is close to me"),
        _("So that nobody decides on the matters of the own family."),
        ("person", "other"),
        FORMER,
    ),
    Held("parties.Appointment", _("Offices"), OFFICE, ("person",)),
    Held(
        "parties.Consent",
        _("Consents"),
        _("To prove what you agreed to, and when you withdrew it."),
        ("person",),
        FORMER,
        also=("text__purpose", "text__version", "text__text"),
    ),
    Held(
        "parties.BankAccount",
        _("Bank accounts (the number is encrypted)"),
        _("To pay you back."),
        ("party",),
        FORMER,
        hidden=("number_sealed",),
    ),
    Held("parties.Account", _("Log-in"), LOGIN, ("person",), hidden=("password",)),
    Held("parties.Invitation", _("Invitations to log in"), LOGIN, ("person",)),
    Held(
        "parties.ApiToken", _("Keys for programs"), LOGIN, ("account__person",), hidden=("digest",)
    ),
    Held(
        "parties.StaffSession",
        _("Sessions as administrator"),
        OFFICE,
        ("person",),
        "privacy.access_log_kept_months",
    ),
)

# Tables that lead to a party and are about no person.
LEFT_OUT = {
    "parties.Organisation": _("An organisation is no person; its card is in the directory."),
    "parties.Designation": _("It is about an organisation."),
    "parties.SearchTerm": _("Words of the published directory, about organisations."),
}

# What each kind of read of personal data is called in the log.
READS: dict[str, str | Promise] = {
    "parties.duplicates": _("possible duplicates"),
    "parties.history": _("the history of an entry"),
    "parties.consents": _("consents"),
    "parties.relations": _("who is close to a person"),
    "parties.person": _("contact of a person"),
    "parties.bank_account": _("a bank account"),
    "parties.people": _("the list of people"),
}
