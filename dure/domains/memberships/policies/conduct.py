"""Who may do what in a case about a member's conduct."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.verdict import ALLOW, Verdict, deny

from .members import OfParty
from .standing import OFFICE, TRUSTED, by_office, is_own


def _by_office_not_oneself(act: Act, case: OfParty) -> Verdict:
    if is_own(act, case.party_id) and not act.holds(*TRUSTED):
        return deny(_("This case is about you. Someone else keeps it."))
    return by_office(act)


def can_open_conduct_case(act: Act, membership: OfParty) -> Verdict:
    return _by_office_not_oneself(act, membership)


def can_note_conduct_notice(act: Act, case: OfParty) -> Verdict:
    return _by_office_not_oneself(act, case)


def can_note_conduct_hearing(act: Act, case: OfParty) -> Verdict:
    return _by_office_not_oneself(act, case)


def can_note_conduct_recommendation(act: Act, case: OfParty) -> Verdict:
    return _by_office_not_oneself(act, case)


def can_decide_conduct_case(act: Act, case: OfParty) -> Verdict:
    return _by_office_not_oneself(act, case)


def can_withdraw_conduct_case(act: Act, case: OfParty) -> Verdict:
    return _by_office_not_oneself(act, case)


def can_decide_conduct_appeal(act: Act, case: OfParty) -> Verdict:
    return _by_office_not_oneself(act, case)


def can_appeal_conduct_decision(act: Act, case: OfParty) -> Verdict:
    """The member appeals; the office notes an appeal that came on paper."""
    if is_own(act, case.party_id):
        return ALLOW
    return by_office(act)


def can_see_conduct_case(act: Act, case: OfParty) -> Verdict:
    """Only who keeps it and whom it is about: what is said there is nobody else's."""
    if act.holds(*OFFICE) or is_own(act, case.party_id):
        return ALLOW
    return deny(_("A case is seen by the member it is about and by those who keep it."))


def can_see_conduct_cases(act: Act) -> Verdict:
    return by_office(act)
