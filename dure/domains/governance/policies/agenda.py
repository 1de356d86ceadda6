"""Who may do what with issues, agendas, plans, and what has to be done."""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.verdict import ALLOW, Verdict, deny

from .standing import INSIDE, OFFICE, OfBody, by_chair, by_office


class OwnedOfBody(OfBody, Protocol):
    """What somebody has to do for a body."""

    @property
    def owner_id(self) -> int: ...


# -- issues ------------------------------------------------------------------------------------


def can_raise_issue(
    act: Act, source: str, party_id: int | None = None, from_body_id: int | None = None
) -> Verdict:
    """Whoever belongs, for oneself or the organisation one speaks for; a body by its chair."""
    if act.holds(*OFFICE):
        return ALLOW
    if source == "body" and from_body_id is not None:
        return by_chair(act, from_body_id)
    if source == "member" and act.holds(*INSIDE) and party_id and party_id in act.own:
        return ALLOW
    if source == "survey":
        return by_office(act)
    return deny(_("Members and their representatives raise issues. Log in first."))


def can_see_raise_form(act: Act) -> Verdict:
    """Whether the form to raise something is offered."""
    if act.holds(*INSIDE):
        return ALLOW
    return deny(_("Members and their representatives raise issues. Log in first."))


def _by_owner(act: Act, owner_id: int | None) -> Verdict:
    """Who answers for something, oneself or by its representative; the office."""
    if act.holds(*OFFICE) or owner_id in act.own:
        return ALLOW
    return deny(_("Only whoever answers for it or the secretariat does this."))


def can_add_plan(act: Act) -> Verdict:
    return by_office(act)


def can_revise_plan(act: Act) -> Verdict:
    """The office; and a body that makes a project of an issue, for that project."""
    return ALLOW if act.holds("drafts_plan") else by_office(act)


def can_write_plan_line(act: Act) -> Verdict:
    return can_revise_plan(act)


def can_drop_plan_line(act: Act) -> Verdict:
    return by_office(act)


def can_import_plan(act: Act) -> Verdict:
    return by_office(act)


def can_adopt_plan(act: Act) -> Verdict:
    """A plan is adopted by those who may decide on it, and by nobody else."""
    if act.holds(
        "resolution", "system", "operator"
    ):  # the last two bring in what was decided before
        return ALLOW
    return deny(_("A plan is adopted by a resolution: put it on the agenda of a meeting."))


def can_report_progress(act: Act, owner_id: int | None) -> Verdict:
    return _by_owner(act, owner_id)


def can_measure_indicator(act: Act, owner_id: int | None) -> Verdict:
    return _by_owner(act, owner_id)


def can_add_action(act: Act, body: OfBody) -> Verdict:
    return by_chair(act, body.body_id)


def can_finish_action(act: Act, action: OwnedOfBody) -> Verdict:
    """Who has it to do, whoever leads the body, the office."""
    if action.owner_id in act.own:
        return ALLOW
    return by_chair(act, action.body_id)


def can_drop_action(act: Act, action: OwnedOfBody) -> Verdict:
    return by_chair(act, action.body_id)


def can_postpone_action(act: Act, action: OwnedOfBody) -> Verdict:
    return by_chair(act, action.body_id)


def can_remind_actions(act: Act) -> Verdict:
    return by_office(act)


def can_move_duties(act: Act) -> Verdict:
    return by_office(act)


def can_promote_issue(act: Act, issue: OfBody) -> Verdict:
    return by_chair(act, issue.body_id)


def can_withdraw_item(act: Act, meeting: OfBody) -> Verdict:
    return by_chair(act, meeting.body_id)


def can_arrange_agenda(act: Act, meeting: OfBody) -> Verdict:
    return by_chair(act, meeting.body_id)


def can_write_item_minutes(act: Act, meeting: OfBody) -> Verdict:
    return by_chair(act, meeting.body_id)


def can_add_item_paper(act: Act, meeting: OfBody) -> Verdict:
    return by_chair(act, meeting.body_id)


def can_pass_on_issue(act: Act, issue: OfBody) -> Verdict:
    return by_chair(act, issue.body_id)


def can_return_issue(act: Act, issue: OfBody) -> Verdict:
    return by_chair(act, issue.body_id)


def can_merge_issue(act: Act, issue: OfBody) -> Verdict:
    return by_chair(act, issue.body_id)


def can_split_issue(act: Act, issue: OfBody) -> Verdict:
    return by_chair(act, issue.body_id)


def can_close_issue(act: Act, issue: OfBody) -> Verdict:
    return by_chair(act, issue.body_id)


def can_gather_agenda(act: Act, meeting: OfBody) -> Verdict:
    return by_chair(act, meeting.body_id)
