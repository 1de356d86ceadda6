"""What stands on an agenda: gathered in one step from what waits."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.refusals import Refusal

from .. import policies, queries
from ..events import AgendaGathered
from ..models import Item, Meeting
from .meetings import RUNNING, add_item, in_state


class NothingWaitsForAgenda(Refusal):
    """Everything is on the agenda already, or was decided."""

    text = _("Nothing waits that is not on an agenda already.")


class ItemWithdrawnAlready(Refusal):
    """What is withdrawn is no longer decided."""

    text = _("“%(title)s” was withdrawn: %(reason)s")


@command
def gather_agenda(
    act: Act,
    *,
    meeting_id: int,
    issue_ids: Collection[int] | None = None,
    item_ids: Collection[int] | None = None,
    with_actions: bool = True,
) -> list[Item]:
    """Put on the agenda what waits: the issues before the body, what its last meetings left undecided,
    and a report on what is still to be done; all of it, or what is named.

    Raises NothingWaitsForAgenda, MeetingNotSo.
    """
    meeting: Meeting = Meeting.objects.select_related("body").hold(meeting_id)
    policies.can_gather_agenda(act, meeting).enforce()
    in_state(meeting, *RUNNING)
    left, waiting = queries.left_undecided(meeting), queries.issues_for_agenda(meeting.body_id)
    if item_ids is not None:
        left = [one for one in left if one.pk in item_ids]
    if issue_ids is not None:
        waiting = [one for one in waiting if one.pk in issue_ids]
    report = queries.report_on_actions(meeting) if with_actions else ""
    if not left and not waiting and not report:
        raise NothingWaitsForAgenda
    # ---
    items = [
        add_item(
            act, meeting_id=meeting.pk, title=one.title, text=one.text, matter=one.matter,
            effect=one.effect, effect_data=one.effect_data, issue_id=one.issue_id,
            owner_id=one.owner_id, planned_minutes=one.planned_minutes, carried_from_id=one.pk,
        )
        for one in left
    ]  # fmt: skip
    items += [
        add_item(act, meeting_id=meeting.pk, title=one.title, text=one.text, issue_id=one.pk)
        for one in waiting
        if one.pk not in {item.issue_id for item in items}
    ]
    if report:
        title = _now("Report on open actions")
        items.append(add_item(act, meeting_id=meeting.pk, title=title, text=report))
    record(
        act,
        AgendaGathered(meeting.pk, meeting.title, len(items) - len(left) - bool(report), len(left)),
    )
    return items


def not_withdrawn(item: Item) -> None:
    """Raises ItemWithdrawnAlready."""
    if item.withdrawn_at is not None:
        raise ItemWithdrawnAlready(title=item.title, reason=item.withdrawn_reason)
