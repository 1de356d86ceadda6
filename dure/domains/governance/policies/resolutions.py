"""Who may do what with a resolution after the vote, and with a demand for a meeting."""

from __future__ import annotations

from dure.kernel.acts import Act
from dure.kernel.verdict import ALLOW, Verdict

from .standing import OfBody, by_chair, by_office


def can_note_approval(act: Act) -> Verdict:
    return by_office(act)


def can_void_resolution(act: Act) -> Verdict:
    """The office, with the ruling; or a later resolution."""
    return ALLOW if act.holds("resolution") else by_office(act)


def can_settle_void(act: Act) -> Verdict:
    return by_office(act)


def can_demand_meeting(act: Act, party_id: int) -> Verdict:
    """A voter for itself; the office notes what came on paper."""
    return ALLOW if party_id in act.own else by_office(act)


can_sign_demand = can_demand_meeting


def can_answer_demand(act: Act, demand: OfBody) -> Verdict:
    return by_chair(act, demand.body_id)
