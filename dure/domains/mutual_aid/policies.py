"""Who may do what about mutual aid. Deny by default; each no says why.

The secretariat keeps mutual aid; the bookkeeper moves its money. Members ask for themselves; nobody
decides on a contract or claim of one's own.
"""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.verdict import ALLOW, Verdict, deny

TRUSTED = ("administrator", "operator", "system")
OFFICE = ("secretariat", *TRUSTED)
MONEY = (*OFFICE, "bookkeeper")
READERS = (*MONEY, "auditor")
BELONGING = ("member", "representative")


class OfParty(Protocol):
    """A contract or claim, or a card of one: what is judged is whose it is."""

    @property
    def party_id(self) -> int: ...


def _by_office(act: Act, thing: object = None) -> Verdict:
    if act.holds(*OFFICE):
        return ALLOW
    return deny(_("Only the secretariat does this."))


can_lay_down_aid_plan = _by_office
can_end_aid_plan = _by_office


def can_see_aid_plans(act: Act) -> Verdict:
    if act.holds(*READERS, *BELONGING):
        return ALLOW
    return deny(_("Mutual aid is for members. Log in first."))


def can_see_aid(act: Act) -> Verdict:
    if act.holds(*READERS):
        return ALLOW
    return deny(_("The contracts of all are for the office, the bookkeeper and the auditor."))


def is_own(act: Act, party_id: int) -> bool:
    """Whether the actor is the member or speaks for it."""
    return act.actor_id == party_id or party_id in act.things("representative")
