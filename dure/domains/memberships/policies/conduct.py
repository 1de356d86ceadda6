"""Who may do what in a case about a member's conduct."""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws import queries as bylaws
from dure.kernel.acts import Act
from dure.kernel.verdict import ALLOW, Verdict, deny

from ..rules.conduct import Body, ConductKind
from .members import OfParty
from .standing import OFFICE, by_office, not_oneself


def _about_another(act: Act, case: OfParty) -> Verdict:
    return not_oneself(act, case.party_id, _("This case is about you. Someone else keeps it."))


can_open_conduct_case = _about_another
can_ask_for_review = _about_another
can_note_conduct_notice = _about_another
can_note_conduct_hearing = _about_another
can_note_conduct_recommendation = _about_another
can_withdraw_conduct_case = _about_another
can_see_conduct_cases = by_office


def can_void_conduct_decision(act: Act, case: OfParty) -> Verdict:
    """It falls with its resolution; nobody takes it back by hand."""
    if act.holds("resolution", "system"):
        return ALLOW
    return deny(_("A decision falls with its resolution, which is declared void."))


can_lay_down_class_term = by_office
can_end_class_term = by_office
can_start_code_drafting = by_office
can_note_drafting_stage = by_office
can_end_code_drafting = by_office
can_adopt_ethics_code = by_office
can_ask_code_signatures = by_office
can_see_code_signatures = by_office


class OfCase(OfParty, Protocol):
    """A case, or a card of one."""

    @property
    def kind_code(self) -> str: ...


def can_decide_conduct_case(act: Act, case: OfCase) -> Verdict:
    """Where the rules name the bodies that decide, a resolution does; where they let the office, it."""
    verdict = _about_another(act, case)
    book, key = bylaws.rules_on(act.today), f"{case.kind_code}.body"
    kinds = book.choices(key) if key in book else frozenset()
    if not verdict or not kinds or Body.SECRETARIAT in kinds:
        return verdict
    expels = case.kind_code == ConductKind.EXPULSION
    return bylaws.by_resolution(
        act,
        "expulsion" if expels else "conduct",
        lambda one: one.kind in kinds,
        by_law=kinds if expels and bylaws.binding(book, key) else (),
    )


can_decide_conduct_appeal = can_decide_conduct_case


def can_sign_ethics_code(act: Act, membership: OfParty) -> Verdict:
    """The member signs; the office notes what was signed on paper."""
    return ALLOW if membership.party_id in act.own else by_office(act)


def can_appeal_conduct_decision(act: Act, case: OfParty) -> Verdict:
    """The member appeals; the office notes an appeal that came on paper."""
    return ALLOW if case.party_id in act.own else by_office(act)


def can_see_conduct_case(act: Act, case: OfParty) -> Verdict:
    """Only who keeps it and whom it is about: what is said there is nobody else's."""
    if act.holds(*OFFICE) or case.party_id in act.own:
        return ALLOW
    return deny(_("A case is seen by the member it is about and by those who keep it."))
