"""What somebody has to do until a day: given, done or dropped; reminded of before it is late."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from dure.domains.parties import queries as parties
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies
from ..events.actions import (
    ActionAdded,
    ActionDropped,
    ActionFinished,
    ActionPostponed,
    ActionsReminded,
    DutiesMoved,
)
from ..models import ActionItem, Issue, Item, Meeting, PlanLine, Resolution
from ..queries.actions import actions_to_remind

State = ActionItem.State


class ActionTextMissing(InvalidInput):
    """Something to do says what."""

    text = _("Say in a few words what has to be done.")


class DueBeforeToday(InvalidInput):
    """Nobody does anything yesterday."""

    text = _("%(date)s is over. Choose a day from today on.")


class DueOnThatDay(InvalidInput):
    """Another day is another day."""

    text = _("It is due on %(date)s already.")


class ActionSettled(Refusal):
    """What is done or dropped is that."""

    text = _("“%(text)s” is %(state)s already.")


class NoteMissing(InvalidInput):
    """Whoever asked for it reads what came of it."""

    text = _("Say in one line what came of it, or why it is dropped or put off.")


class NobodyToRemind(Refusal):
    """Everybody was reminded, or nothing is due."""

    text = _("Nobody has to be reminded today.")


@command
def add_action(
    act: Act,
    *,
    meeting_id: int,
    text: str,
    owner_id: int,
    due_date: date,
    item_id: int | None = None,
    resolution_id: int | None = None,
) -> ActionItem:
    """Give a person or an organisation something to do, from a meeting, an item of it or what it
    decided. Raises ActionTextMissing, DueBeforeToday.
    """
    meeting: Meeting = Meeting.objects.select_related("body").hold(meeting_id)
    policies.can_add_action(act, meeting).enforce()
    text = clean_text(text, 300, _("Text"))
    if not text:
        raise ActionTextMissing
    if due_date < act.today:
        raise DueBeforeToday(date=due_date.isoformat())
    if not parties.party_exists(owner_id):
        raise NotFound
    if resolution_id is not None:
        decided = Resolution.objects.filter(pk=resolution_id, meeting=meeting)
        item_id = decided.values_list("vote__item_id", flat=True).first()
        if item_id is None:
            raise NotFound
    if item_id is not None and not Item.objects.filter(pk=item_id, meeting=meeting).exists():
        raise NotFound
    # ---
    action = ActionItem.objects.create(
        body=meeting.body, meeting=meeting, item_id=item_id, resolution_id=resolution_id,
        text=text, owner_id=owner_id, due_date=due_date, made_date=act.today,
    )  # fmt: skip
    record(act, ActionAdded(action.pk, owner_id, text, due_date, meeting.body.name))
    return action


@command
def finish_action(act: Act, *, action_id: int, note: str) -> ActionItem:
    """It is done; one line says what came of it. Raises ActionSettled, NoteMissing."""
    action: ActionItem = ActionItem.objects.hold(action_id)
    policies.can_finish_action(act, action).enforce()
    note = _settles(action, note)
    # ---
    _settle(act, action, State.DONE, note)
    record(act, ActionFinished(action.pk, action.owner_id, action.text, note))
    return action


@command
def drop_action(act: Act, *, action_id: int, reason: str) -> ActionItem:
    """It is not done any more, and why. Raises ActionSettled, NoteMissing."""
    action: ActionItem = ActionItem.objects.hold(action_id)
    policies.can_drop_action(act, action).enforce()
    reason = _settles(action, reason)
    # ---
    _settle(act, action, State.DROPPED, reason)
    record(act, ActionDropped(action.pk, action.owner_id, action.text, reason))
    return action


@command
def postpone_action(act: Act, *, action_id: int, due_date: date, reason: str) -> ActionItem:
    """It has time until another day, and why; its owner is reminded anew. Raises ActionSettled,
    NoteMissing, DueBeforeToday, DueOnThatDay."""
    action: ActionItem = ActionItem.objects.hold(action_id)
    policies.can_postpone_action(act, action).enforce()
    reason = _settles(action, reason)
    if due_date < act.today:
        raise DueBeforeToday(date=due_date.isoformat())
    if due_date == action.due_date:
        raise DueOnThatDay(date=due_date.isoformat())
    # ---
    before, action.due_date, action.reminded_date = action.due_date, due_date, None
    action.save(update_fields=["due_date", "reminded_date"])
    record(act, ActionPostponed(action.pk, action.owner_id, action.text, before, due_date, reason))
    return action


@command
def remind_actions(act: Act) -> int:
    """Write to everybody who has something to do soon, and once more when it is late; how many.

    Raises NobodyToRemind.
    """
    policies.can_remind_actions(act).enforce()
    due = actions_to_remind(act.today)
    if not due:
        raise NobodyToRemind
    # ---
    ActionItem.objects.filter(pk__in=due).update(reminded_date=act.today)
    record(act, ActionsReminded(tuple(due)))
    return len(due)


@command
def move_duties(act: Act, *, from_party_id: int, to_party_id: int) -> int:
    """What a duplicate raised, presents, has to do and answers for is that of the party kept."""
    policies.can_move_duties(act).enforce()
    # ---
    rows = ActionItem.objects.filter(owner=from_party_id).update(owner=to_party_id)
    rows += Issue.objects.filter(party=from_party_id).update(party=to_party_id)
    rows += PlanLine.objects.filter(owner=from_party_id).update(owner=to_party_id)
    if not parties.is_organisation(to_party_id):
        rows += Item.objects.filter(owner=from_party_id).update(owner=to_party_id)
    record(act, DutiesMoved(to_party_id, from_party_id, rows))
    return rows


def _settles(action: ActionItem, note: str) -> str:
    if action.state != State.OPEN:
        raise ActionSettled(text=action.text, state=action.get_state_display())
    note = clean_text(note, 500, _("Note"))
    if not note:
        raise NoteMissing
    return note


def _settle(act: Act, action: ActionItem, state: str, note: str) -> None:
    action.state, action.note, action.settled_date = state, note, act.today
    action.save(update_fields=["state", "note", "settled_date"])
