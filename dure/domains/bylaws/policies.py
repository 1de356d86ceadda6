"""Everyone may read the rules; the office lays them down, saying by which decision."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.verdict import ALLOW, Verdict, deny

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


def can_adopt_provision(act: Act) -> Verdict:
    return _by_office(act)


def can_repeal_provision(act: Act) -> Verdict:
    return _by_office(act)


def can_import_provisions(act: Act) -> Verdict:
    return _by_office(act)


def can_write_article(act: Act) -> Verdict:
    return _by_office(act)
