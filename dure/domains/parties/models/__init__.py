"""The tables of the room."""

from .access import Account, ApiToken, Invitation, StaffSession
from .imports import PartyImport, PartyImportRow
from .offices import Appointment, Consent, ConsentText, NetworkProfile
from .party import (
    NUMBERED,
    BankAccount,
    Designation,
    Organisation,
    Party,
    Person,
    Representative,
    SearchTerm,
)
from .relations import Relation

__all__ = [
    "NUMBERED",
    "Account",
    "ApiToken",
    "Appointment",
    "BankAccount",
    "Consent",
    "ConsentText",
    "Designation",
    "Invitation",
    "NetworkProfile",
    "Organisation",
    "Party",
    "PartyImport",
    "PartyImportRow",
    "Person",
    "Relation",
    "Representative",
    "SearchTerm",
    "StaffSession",
]
