"""Who may do what with bodies and meetings. Deny by default; each no says why.

The secretariat prepares; the chair of a body leads its meetings. A voter checks in and votes for
itself, an organisation by its representative. Who belongs reads what was decided.
"""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws.queries import by_resolution
from dure.kernel.acts import Act
from dure.kernel.verdict import ALLOW, Verdict, deny

from ..rules.bodies import ASSEMBLIES, EndReason, is_officers
from .agenda import (
    can_add_action as can_add_action,
    can_add_item_paper as can_add_item_paper,
    can_add_plan as can_add_plan,
    can_adopt_plan as can_adopt_plan,
    can_arrange_agenda as can_arrange_agenda,
    can_close_issue as can_close_issue,
    can_drop_action as can_drop_action,
    can_drop_plan_line as can_drop_plan_line,
    can_finish_action as can_finish_action,
    can_gather_agenda as can_gather_agenda,
    can_import_plan as can_import_plan,
    can_measure_indicator as can_measure_indicator,
    can_merge_issue as can_merge_issue,
    can_move_duties as can_move_duties,
    can_pass_on_issue as can_pass_on_issue,
    can_postpone_action as can_postpone_action,
    can_promote_issue as can_promote_issue,
    can_raise_issue as can_raise_issue,
    can_remind_actions as can_remind_actions,
    can_report_progress as can_report_progress,
    can_return_issue as can_return_issue,
    can_revise_plan as can_revise_plan,
    can_see_raise_form as can_see_raise_form,
    can_split_issue as can_split_issue,
    can_withdraw_item as can_withdraw_item,
    can_write_item_minutes as can_write_item_minutes,
    can_write_plan_line as can_write_plan_line,
)
from .papers import (
    can_circulate_minutes as can_circulate_minutes,
    can_comment_on_minutes as can_comment_on_minutes,
    can_note_signature as can_note_signature,
    can_replace_paper_template as can_replace_paper_template,
    can_see_checks as can_see_checks,
    can_see_roll as can_see_roll,
    can_sign_minutes as can_sign_minutes,
    can_write_minutes as can_write_minutes,
)
from .resolutions import (
    can_answer_demand as can_answer_demand,
    can_demand_meeting as can_demand_meeting,
    can_note_approval as can_note_approval,
    can_settle_void as can_settle_void,
    can_sign_demand as can_sign_demand,
    can_void_resolution as can_void_resolution,
)
from .standing import (
    INSIDE as INSIDE,
    OFFICE as OFFICE,
    TRUSTED as TRUSTED,
    OfBody as OfBody,
    OfSeat as OfSeat,
    by_chair as _by_chair,
    by_office as _by_office,
)

# -- bodies ------------------------------------------------------------------------------------


def can_add_body(act: Act) -> Verdict:
    return _by_office(act)


def can_end_body(act: Act) -> Verdict:
    return _by_office(act)


def can_change_body(act: Act) -> Verdict:
    return _by_office(act)


def can_grant_competence(act: Act) -> Verdict:
    return _by_office(act)


def can_end_competence(act: Act) -> Verdict:
    return _by_office(act)


def can_lay_down_quota(act: Act) -> Verdict:
    return _by_office(act)


def can_end_quota(act: Act) -> Verdict:
    return _by_office(act)


def can_end_seat(act: Act) -> Verdict:
    return _by_office(act)


def can_move_seats(act: Act) -> Verdict:
    return _by_office(act)


def can_vacate_seats(act: Act) -> Verdict:
    """Nobody by hand: it follows from a membership that ends."""
    if act.holds("system"):
        return ALLOW
    return deny(_("Seats end by themselves with the membership."))


def can_add_seat(act: Act) -> Verdict:
    return _by_office(act)


def can_fill_seat(act: Act, seat: OfSeat | None = None) -> Verdict:
    """Officers are elected by the general meeting: the office only notes who was appointed."""
    verdict = _by_office(act)
    if not verdict or seat is None or not is_officers(seat.body.kind, seat.kind):
        return verdict
    return by_resolution(act, "officers", lambda one: one.kind in ASSEMBLIES)


def can_end_term(act: Act, seat: OfSeat | None = None, because: str = "") -> Verdict:
    """An officer is removed by the general meeting (협동조합 기본법 제40조), and resigns by a letter."""
    verdict = _by_office(act)
    removed = seat is not None and because == EndReason.REMOVED
    if not verdict or seat is None or not removed or not is_officers(seat.body.kind, seat.kind):
        return verdict
    return by_resolution(act, "officers", lambda one: one.kind in ASSEMBLIES)


def can_see_bodies(act: Act) -> Verdict:
    if act.holds(*INSIDE):
        return ALLOW
    return deny(_("Members of the network and of its bodies see this. Log in first."))


def can_see_record(act: Act) -> Verdict:
    """Who sat where and how was voted by name is public among members."""
    return can_see_bodies(act)


def can_see_whole_record(act: Act, party_id: int) -> Verdict:
    """Attendance, proxies and signatures, too: one's own; the office."""
    if party_id in act.own or act.holds(*OFFICE):
        return ALLOW
    return deny(_("Only the member itself and the secretariat see this."))


# -- meetings ----------------------------------------------------------------------------------


def can_plan_meeting(act: Act, body_id: int) -> Verdict:
    return _by_chair(act, body_id)


def can_set_cycle(act: Act, body_id: int) -> Verdict:
    return _by_chair(act, body_id)


def can_end_cycle(act: Act, body_id: int) -> Verdict:
    return _by_chair(act, body_id)


def can_plan_by_cycle(act: Act, body_id: int) -> Verdict:
    return _by_chair(act, body_id)


def can_renew_calendar_key(act: Act) -> Verdict:
    """Each person for itself."""
    if act.actor_id is not None and act.holds(*INSIDE):
        return ALLOW
    return deny(_("A calendar belongs to a person who is logged in."))


def can_add_item(act: Act, meeting: OfBody) -> Verdict:
    return _by_chair(act, meeting.body_id)


def can_convene_meeting(act: Act, meeting: OfBody) -> Verdict:
    return _by_chair(act, meeting.body_id)


def can_note_notices(act: Act, meeting: OfBody) -> Verdict:
    return _by_chair(act, meeting.body_id)


def can_send_notices(act: Act, meeting: OfBody) -> Verdict:
    return _by_chair(act, meeting.body_id)


def can_note_notice_arrived(act: Act) -> Verdict:
    """The worker, when the mail server has taken it."""
    if act.holds("system"):
        return ALLOW
    return deny(_("This is noted by the worker that sends the mail."))


def can_note_notice_returned(act: Act, meeting: OfBody) -> Verdict:
    return _by_chair(act, meeting.body_id)


def can_open_meeting(act: Act, meeting: OfBody) -> Verdict:
    return _by_chair(act, meeting.body_id)


def can_close_meeting(act: Act, meeting: OfBody) -> Verdict:
    return _by_chair(act, meeting.body_id)


def can_call_off_meeting(act: Act, meeting: OfBody) -> Verdict:
    return _by_chair(act, meeting.body_id)


def can_run_meeting(act: Act, meeting: OfBody) -> Verdict:
    """Opens, counts, closes: for what a page offers."""
    return _by_chair(act, meeting.body_id)


def can_give_proxy(act: Act, meeting: OfBody, party_id: int) -> Verdict:
    """The voter itself; the office notes a paper that was handed in."""
    if party_id in act.own:
        return ALLOW
    return _by_chair(act, meeting.body_id)


def can_keep_proxy_paper(act: Act, meeting: OfBody, party_id: int) -> Verdict:
    return can_give_proxy(act, meeting, party_id)


def can_withdraw_proxy(act: Act, meeting: OfBody, party_id: int) -> Verdict:
    return can_give_proxy(act, meeting, party_id)


def can_note_written_vote(act: Act, meeting: OfBody, by_oneself: bool = False) -> Verdict:
    """The paper is handed in to who prepares the meeting; where a body decides in writing, each
    voter answers by itself."""
    return ALLOW if by_oneself else _by_chair(act, meeting.body_id)


def can_withdraw_written_vote(act: Act, meeting: OfBody, party_id: int) -> Verdict:
    return can_give_proxy(act, meeting, party_id)


def can_reconvene_meeting(act: Act, meeting: OfBody) -> Verdict:
    return _by_chair(act, meeting.body_id)


def can_check_in(act: Act, meeting: OfBody, party_id: int, by_proxy: bool = False) -> Verdict:
    if by_proxy or party_id in act.own:
        return ALLOW
    return _by_chair(act, meeting.body_id)


def can_check_out(act: Act, meeting: OfBody, party_id: int, by_proxy: bool = False) -> Verdict:
    return can_check_in(act, meeting, party_id, by_proxy)


# -- votes -------------------------------------------------------------------------------------


def can_open_vote(act: Act, meeting: OfBody) -> Verdict:
    return _by_chair(act, meeting.body_id)


def can_add_option(act: Act, meeting: OfBody, person_id: int | None) -> Verdict:
    """One stands by oneself; the chair and the office enter whoever agreed."""
    if person_id is not None and act.actor_id == person_id and act.holds(*INSIDE):
        return ALLOW
    return _by_chair(act, meeting.body_id)


def can_withdraw_option(act: Act, meeting: OfBody, person_id: int | None) -> Verdict:
    return can_add_option(act, meeting, person_id)


def can_object_to_vote(act: Act, meeting: OfBody, party_id: int, by_proxy: bool = False) -> Verdict:
    return can_cast_vote(act, meeting, party_id, by_proxy)


def can_give_casting_vote(act: Act, chair_id: int | None) -> Verdict:
    """Whoever leads the meeting, and nobody for them."""
    if chair_id is not None and act.actor_id == chair_id:
        return ALLOW
    return deny(_("Only who leads this meeting gives the casting vote."))


def can_count_hands(act: Act, is_there: bool, tellers: Collection[int] = ()) -> Verdict:
    """The tellers that were named; without any, who is there, and the office."""
    if act.actor_id is None and not act.holds(*TRUSTED):
        return deny(_("A count needs the name of who counted. Log in first."))
    if tellers:
        if act.actor_id in tellers:
            return ALLOW
        return deny(_("Only the tellers who were named for this vote count the hands."))
    if is_there or act.holds(*OFFICE):
        return ALLOW
    return deny(_("Only who is in the meeting, or the office, counts the hands."))


def can_cast_vote(act: Act, meeting: OfBody, party_id: int, by_proxy: bool = False) -> Verdict:
    """One votes for oneself, one's organisation, or by proxy; the office notes a call of names."""
    if by_proxy or party_id in act.own:
        return ALLOW
    return _by_chair(act, meeting.body_id)


def can_cast_ballot(act: Act, meeting: OfBody, party_id: int, by_proxy: bool = False) -> Verdict:
    """In secret nobody votes for another but by proxy, the office neither."""
    if by_proxy or party_id in act.own:
        return ALLOW
    return deny(_("A secret ballot is cast by the voter alone."))


def can_close_vote(act: Act, meeting: OfBody) -> Verdict:
    return _by_chair(act, meeting.body_id)


def can_break_off_vote(act: Act, meeting: OfBody) -> Verdict:
    return _by_chair(act, meeting.body_id)


def can_carry_out_resolution(act: Act, meeting: OfBody) -> Verdict:
    return _by_chair(act, meeting.body_id)
