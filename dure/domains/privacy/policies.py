"""Who may do what about personal data: the office; destroying needs an administrator session."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.verdict import ALLOW, Verdict, deny

OFFICE = ("secretariat", "administrator", "operator", "system")
TRUSTED = ("administrator", "operator", "system")


def by_office(act: Act) -> Verdict:
    if act.holds(*OFFICE):
        return ALLOW
    return deny(_("Only the secretariat keeps watch over personal data."))


can_see_breaches = by_office
can_record_breach = by_office
can_change_breach = by_office
can_note_breach_measure = by_office
can_name_breached_people = by_office
can_tell_breached_people = by_office
can_report_breach = by_office
can_close_breach = by_office
can_see_reads = by_office
can_confirm_reads = by_office
can_see_destruction = by_office
can_see_consents = by_office
can_hand_over_data = by_office
can_settle_withdrawal = by_office
can_follow_person = by_office
can_empty_withdrawals = by_office


def can_open_withdrawal(act: Act, person_id: int) -> Verdict:
    """It follows from the withdrawal itself."""
    return ALLOW if act.actor_id == person_id else by_office(act)


def can_explain_download(act: Act, reader_id: int | None) -> Verdict:
    """Whoever took it along says why; the office notes it for programs and for who has left."""
    if act.actor_id is not None and act.actor_id == reader_id:
        return ALLOW
    return by_office(act)


def can_begin_destruction(act: Act) -> Verdict:
    if act.holds(*TRUSTED):
        return ALLOW
    return deny(_("Personal data is erased in an administrator session."))


can_destroy_next = can_begin_destruction
