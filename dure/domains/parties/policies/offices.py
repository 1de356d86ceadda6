"""Who may found the network, appoint its staff, and agree to texts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.verdict import ALLOW, Verdict, deny

from .parties import is_staff


def can_found_network(act: Act) -> Verdict:
    if act.holds("system", "operator"):
        return ALLOW
    return deny(_("A network is founded on the machine it lives on."))


def can_change_network(act: Act) -> Verdict:
    return (
        ALLOW if is_staff(act) else deny(_("Only the secretariat changes the network's profile."))
    )


def can_appoint_staff(act: Act) -> Verdict:
    if act.holds("system", "operator", "administrator"):
        return ALLOW
    return deny(_("Staff is appointed in an administrator session."))


can_end_appointment = can_appoint_staff


def can_publish_consent_text(act: Act) -> Verdict:
    return ALLOW if is_staff(act) else deny(_("Only the secretariat publishes consent texts."))


def can_give_consent(act: Act, person_id: int) -> Verdict:
    """A person agrees alone; the secretariat notes what was agreed on paper."""
    if is_staff(act) or act.holds("applicant") or act.actor_id == person_id:
        return ALLOW
    return deny(_("Only the person can agree."))


def can_withdraw_consent(act: Act, person_id: int) -> Verdict:
    if is_staff(act) or act.actor_id == person_id:
        return ALLOW
    return deny(_("Only the person can withdraw a consent."))
