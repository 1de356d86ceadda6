"""Offices, and what is one's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.refusals import type_text
from dure.kernel.verdict import ALLOW, Verdict, deny

if TYPE_CHECKING:
    from ..models import Application

Judge = Callable[[Act], Verdict]
TRUSTED = ("system", "operator", "administrator")
OFFICE = (*TRUSTED, "secretariat")
MONEY = (*OFFICE, "bookkeeper")
OWN_ONLY = _("You see your own membership only.")


def by_office(act: Act, thing: object = None) -> Verdict:
    """What only the secretariat does, whatever it is done to."""
    if act.holds(*OFFICE):
        return ALLOW
    return deny(_("Only the secretariat does this. Ask it, or log in with its account."))


def by_money(act: Act, thing: object = None) -> Verdict:
    """What only the secretariat and the bookkeeper do, whatever it is done to."""
    if act.holds(*MONEY):
        return ALLOW
    return deny(_("Only the secretariat or the bookkeeper does this."))


def not_oneself(act: Act, party_id: int | None, no: type_text, other: Judge = by_office) -> Verdict:
    """Nobody decides this about themselves or those they speak for; of others `other` judges."""
    if party_id in act.own and not act.holds(*TRUSTED):
        return deny(no)
    return other(act)


def keeps_members(act: Act) -> bool:
    """Whether the actor sees every member and application."""
    return act.holds(*MONEY)


def is_applying(act: Act, application: Application) -> bool:
    """Whether the actor is the applicant: by its own log-in, or by the letter sent to it."""
    return act.holds("applying", of=application.pk) or application.party_id in act.own
