"""Who may write, comment on and sign minutes; who sees rolls and checks; who replaces templates."""

from __future__ import annotations

from dure.kernel.acts import Act
from dure.kernel.verdict import ALLOW, Verdict

from .standing import INSIDE, OfBody, by_chair, by_office


def can_write_minutes(act: Act, meeting: OfBody) -> Verdict:
    return by_chair(act, meeting.body_id)


def can_circulate_minutes(act: Act, meeting: OfBody) -> Verdict:
    return by_chair(act, meeting.body_id)


def can_comment_on_minutes(act: Act, meeting: OfBody, party_id: int) -> Verdict:
    """A voter for itself; the office notes what was said to it."""
    if party_id in act.own:
        return ALLOW
    return by_chair(act, meeting.body_id)


def can_sign_minutes(act: Act, meeting: OfBody, person_id: int) -> Verdict:
    """One signs oneself; the office notes what was signed on paper."""
    if act.actor_id == person_id and act.holds(*INSIDE):
        return ALLOW
    return by_office(act)


def can_note_signature(act: Act) -> Verdict:
    """For what a page offers: a signature on paper is noted by the office."""
    return by_office(act)


def can_see_roll(act: Act, meeting: OfBody) -> Verdict:
    """Who was told how, was there from when until when, voted how: more than the result tells."""
    return by_chair(act, meeting.body_id)


def can_see_checks(act: Act) -> Verdict:
    """What does not follow from its records; also `dure governance verify`."""
    return by_office(act)


def can_replace_paper_template(act: Act) -> Verdict:
    return by_office(act)
