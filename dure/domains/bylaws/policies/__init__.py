"""Everyone may read the rules; the office lays them down, saying by which decision. The bylaws
themselves are changed by the general meeting, once there is one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.verdict import ALLOW, Verdict, deny

from ..rules import Origin
from .deciding import by_resolution

ASSEMBLIES = ("general_meeting", "delegates_meeting")
_OFFICE = ("system", "operator", "administrator", "secretariat")


def _by_office(act: Act) -> Verdict:
    if act.holds(*_OFFICE):
        return ALLOW
    return deny(
        _("Only the secretariat lays rules down, by a decision of the body competent for it.")
    )


def can_adopt_legal_form(act: Act) -> Verdict:
    return _by_office(act)


def can_load_packs(act: Act) -> Verdict:
    return _by_office(act)


def can_adopt_provision(act: Act, origin: str = "", owner: str = "") -> Verdict:
    """Without an `origin`: whether there is anything that the actor may lay down. What another `owner`
    decides about its own rules, the office enters."""
    verdict = _by_office(act)
    if not verdict or owner or origin != Origin.BYLAWS:
        return verdict
    return by_resolution(act, "bylaws_change", lambda one: one.kind in ASSEMBLIES)


can_repeal_provision = can_adopt_provision
can_import_provisions = can_adopt_provision


def can_write_article(act: Act) -> Verdict:
    return _by_office(act)
