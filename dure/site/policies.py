"""Who may do what the site itself does."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.verdict import ALLOW, Verdict, deny


def can_remind_staff(act: Act) -> Verdict:
    if act.holds("system", "operator", "secretariat", "administrator"):
        return ALLOW
    return deny(_("Only the clock and the secretariat remind the secretariat."))


def can_export_network(act: Act) -> Verdict:
    if act.holds("operator", "administrator"):
        return ALLOW
    return deny(_("Only an administrator takes the whole network along."))


def can_rotate_keys(act: Act) -> Verdict:
    if act.holds("operator"):
        return ALLOW
    return deny(_("Only who works at the network's machine replaces its keys."))
