"""The closed lists of the room: kinds, legal forms, designations, offices, openness.

Each list is an enumeration of stable codes; its labels are translated. Korean words come from the
glossary of the field.
"""

from __future__ import annotations

from enum import StrEnum

from dure.kernel.words import Promise, gettext_lazy as _, pgettext_lazy

Labels = tuple[tuple[str, str | Promise], ...]


class PartyKind(StrEnum):
    """What a party is."""

    PERSON = "person"
    ORGANISATION = "organisation"


class LegalForm(StrEnum):
    """The form in law; what an organisation is. Designations say what it was recognised as."""

    COOPERATIVE = "cooperative"
    SOCIAL_COOPERATIVE = "social_cooperative"
    FEDERATION = "federation"
    CONSUMER_COOPERATIVE = "consumer_cooperative"
    CREDIT_UNION = "credit_union"
    ASSOCIATION = "association"
    FOUNDATION = "foundation"
    CIVIL_GROUP = "civil_group"
    COMPANY = "company"
    FARM_CORPORATION = "farm_corporation"
    SOLE_PROPRIETOR = "sole_proprietor"
    UNINCORPORATED = "unincorporated"
    PUBLIC_BODY = "public_body"
    OTHER = "other"


LEGAL_FORMS: Labels = (
    (LegalForm.COOPERATIVE, _("Cooperative (general)")),
    (LegalForm.SOCIAL_COOPERATIVE, _("Social cooperative")),
    (LegalForm.FEDERATION, _("Federation of cooperatives")),
    (LegalForm.CONSUMER_COOPERATIVE, _("Consumer cooperative")),
    (LegalForm.CREDIT_UNION, _("Credit union")),
    (LegalForm.ASSOCIATION, _("Incorporated association")),
    (LegalForm.FOUNDATION, _("Incorporated foundation")),
    (LegalForm.CIVIL_GROUP, _("Registered non-profit civil organisation")),
    (LegalForm.COMPANY, _("Company")),
    (LegalForm.FARM_CORPORATION, _("Farming or fishing corporation")),
    (LegalForm.SOLE_PROPRIETOR, _("Sole proprietor")),
    (LegalForm.UNINCORPORATED, _("Unincorporated association")),
    (LegalForm.PUBLIC_BODY, _("Public body")),
    (LegalForm.OTHER, pgettext_lazy("legal form", "Other")),
)


class DesignationKind(StrEnum):
    """What an organisation was certified, designated or is counted as; several hold at once."""

    SOCIAL_ENTERPRISE = "social_enterprise"
    PRE_SOCIAL_ENTERPRISE = "pre_social_enterprise"
    COOPERATIVE = "cooperative"
    SOCIAL_COOPERATIVE = "social_cooperative"
    VILLAGE_ENTERPRISE = "village_enterprise"
    SELF_SUPPORT_ENTERPRISE = "self_support_enterprise"
    SOCIAL_VENTURE = "social_venture"
    CONSUMER_COOPERATIVE = "consumer_cooperative"
    CREDIT_UNION = "credit_union"
    NON_PROFIT = "non_profit"
    LOCAL_COMPANY = "local_company"
    RURAL_COMMUNITY_COMPANY = "rural_community_company"
    PUBLIC_INSTITUTION = "public_institution"
    SUPPORT_CENTRE = "support_centre"
    NETWORK = "network"
    OTHER = "other"


DESIGNATION_KINDS: Labels = (
    (DesignationKind.SOCIAL_ENTERPRISE, _("Social enterprise")),
    (DesignationKind.PRE_SOCIAL_ENTERPRISE, _("Pre-certified social enterprise")),
    (DesignationKind.COOPERATIVE, _("Cooperative")),
    (DesignationKind.SOCIAL_COOPERATIVE, _("Social cooperative")),
    (DesignationKind.VILLAGE_ENTERPRISE, _("Village enterprise")),
    (DesignationKind.SELF_SUPPORT_ENTERPRISE, _("Self-support enterprise")),
    (DesignationKind.SOCIAL_VENTURE, _("Social venture")),
    (DesignationKind.CONSUMER_COOPERATIVE, _("Consumer cooperative")),
    (DesignationKind.CREDIT_UNION, _("Credit union")),
    (DesignationKind.NON_PROFIT, _("Non-profit")),
    (DesignationKind.LOCAL_COMPANY, _("Local company")),
    (DesignationKind.RURAL_COMMUNITY_COMPANY, _("Rural community company")),
    (DesignationKind.PUBLIC_INSTITUTION, _("Public institution")),
    (DesignationKind.SUPPORT_CENTRE, _("Support centre")),
    (DesignationKind.NETWORK, _("Network")),
    (DesignationKind.OTHER, pgettext_lazy("designation", "Other")),
)


class Openness(StrEnum):
    """Whether a network takes new members: yes (O), no (X), or nobody has said."""

    OPEN = "O"
    CLOSED = "X"
    UNKNOWN = ""


OPENNESS: Labels = (
    (Openness.OPEN, pgettext_lazy("openness", "O · open to new members")),
    (Openness.CLOSED, pgettext_lazy("openness", "X · not open")),
    (Openness.UNKNOWN, pgettext_lazy("openness", "not known")),
)


class Office(StrEnum):
    """A staff office of the network. `administrator` only allows to open a staff session."""

    SECRETARIAT = "secretariat"
    BOOKKEEPER = "bookkeeper"
    LOAN_OFFICER = "loan_officer"
    TOWN_OPERATOR = "town_operator"
    ADMINISTRATOR = "administrator"


LEADING_ROLES = ("이사장", "회장")  # as representatives of co-operatives are called
OFFICES: Labels = (
    (Office.SECRETARIAT, _("Secretariat")),
    (Office.BOOKKEEPER, _("Bookkeeper")),
    (Office.LOAN_OFFICER, _("Loan officer")),
    (Office.TOWN_OPERATOR, _("Town operator")),
    (Office.ADMINISTRATOR, _("Administrator")),
)


RELATIONS: Labels = (  # who is close to whom; the rules say which of them may not decide
    ("spouse", _("spouse")),
    ("parent_child", _("parent or child")),
    ("sibling", _("brother or sister")),
    ("near_relative", _("relative up to the fourth degree, also by marriage")),
    ("cohabiting_family", _("family living together")),
)


class ImportState(StrEnum):
    """Where an import stands: it can be looked at, is being accepted, or is over."""

    STAGED = "staged"
    ACCEPTING = "accepting"
    ACCEPTED = "accepted"
    DISCARDED = "discarded"


IMPORT_STATES: Labels = (
    (ImportState.STAGED, _("waiting for a decision")),
    (ImportState.ACCEPTING, _("being accepted")),
    (ImportState.ACCEPTED, _("accepted")),
    (ImportState.DISCARDED, _("discarded")),
)


def label_of(labels: Labels, code: str) -> str | Promise:
    """The translated word for a code of one of the lists; the code itself when it is not listed."""
    return next((label for value, label in labels if value == code), code)
