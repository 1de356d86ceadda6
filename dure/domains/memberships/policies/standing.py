"""Offices, and what is one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.verdict import ALLOW, Verdict, deny

if TYPE_CHECKING:
    from ..models import Application

TRUSTED = ("system", "operator", "administrator")
OFFICE = (*TRUSTED, "secretariat")
MONEY = (*OFFICE, "bookkeeper")
OWN_ONLY = _("You see your own membership only.")


def by_office(act: Act) -> Verdict:
    if act.holds(*OFFICE):
        return ALLOW
    return deny(_("Only the secretariat does this. Ask it, or log in with its account."))


def by_money(act: Act) -> Verdict:
    if act.holds(*MONEY):
        return ALLOW
    return deny(_("Only the secretariat or the bookkeeper does this."))


def keeps_members(act: Act) -> bool:
    """Whether the actor sees every member and application."""
    return act.holds(*MONEY)


def is_own(act: Act, party_id: int | None) -> bool:
    """Whether the actor is the party or speaks for it."""
    if party_id is None:
        return False
    return act.actor_id == party_id or party_id in act.things("representative")


def is_applying(act: Act, application: Application) -> bool:
    """Whether the actor is the applicant: by its own log-in, or by the letter sent to it."""
    return act.holds("applying", of=application.pk) or is_own(act, application.party_id)
