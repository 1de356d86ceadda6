"""Who may write and read people and organisations."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.verdict import ALLOW, Verdict, deny

STAFF = ("system", "operator", "administrator", "secretariat")
OWN_FIELDS = frozenset(  # what a representative may change of the own organisation
    {
        "industry_section",
        "industry_text",
        "region_code",
        "postcode",
        "address",
        "workers",
        "members",
        "founded_date",
        "phone",
        "fax",
        "email",
        "website",
        "description",
        "offers",
        "needs",
        "requirement",
        "openness",
    }  # fmt: skip
)


def is_staff(act: Act) -> bool:
    """Whether the actor keeps the register today."""
    return act.holds(*STAFF)


def can_add_organisation(act: Act) -> Verdict:
    if is_staff(act) or act.holds("applicant"):
        return ALLOW
    return deny(_("Only the secretariat adds organisations."))


def can_change_organisation(act: Act, organisation_id: int, fields: Iterable[str]) -> Verdict:
    if is_staff(act):
        return ALLOW
    if not act.holds("representative", of=organisation_id):
        return deny(
            _("Only the secretariat and the organisation's own representatives change its data.")
        )
    if not set(fields) <= OWN_FIELDS:
        return deny(
            _(
                "Name, legal form, registration numbers and publication are changed by the secretariat."
            )
        )
    return ALLOW


def can_designate_organisation(act: Act) -> Verdict:
    return ALLOW if is_staff(act) else deny(_("Only the secretariat notes designations."))


can_end_designation = can_designate_organisation


def can_name_representative(act: Act) -> Verdict:
    return ALLOW if is_staff(act) else deny(_("Only the secretariat names representatives."))


can_end_representative = can_name_representative


def can_add_person(act: Act) -> Verdict:
    if is_staff(act) or act.holds("applicant"):
        return ALLOW
    return deny(_("Only the secretariat adds people."))


def can_change_person(act: Act, person_id: int) -> Verdict:
    if is_staff(act) or (act.actor_id is not None and act.actor_id == person_id):
        return ALLOW
    return deny(_("Personal data is changed by the person and by the secretariat only."))


def can_record_bank_account(act: Act, party_id: int) -> Verdict:
    if act.holds("bookkeeper") or is_staff(act) or act.actor_id == party_id:
        return ALLOW
    if act.holds("representative", of=party_id):
        return ALLOW
    return deny(
        _("Bank accounts are recorded by their holder, the bookkeeper and the secretariat.")
    )


def can_merge_parties(act: Act) -> Verdict:
    return ALLOW if is_staff(act) else deny(_("Only the secretariat merges duplicates."))


def can_erase_person(act: Act) -> Verdict:
    if act.holds("system", "operator", "administrator"):
        return ALLOW
    return deny(_("Personal data is erased in an administrator session."))


can_set_people_apart = can_erase_person


def can_read_parties(act: Act) -> Verdict:
    """The register behind the public directory: staff offices read it."""
    if is_staff(act) or act.holds("bookkeeper", "loan_officer", "town_operator"):
        return ALLOW
    return deny(_("The register of people and organisations is open to the staff of the network."))


def can_read_person(act: Act, person_id: int) -> Verdict:
    if act.actor_id is not None and act.actor_id == person_id:
        return ALLOW
    return can_read_parties(act)
