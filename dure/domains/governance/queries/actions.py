"""What has to be done, read: by whom, until when, what is late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q, QuerySet

from dure.domains.bylaws import queries as bylaws
from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import ActionItem

REMIND_RULE = "agenda.reminder_days"
LIST_MAX = 200


def actions(act: Act, *, body_id: int | None = None, state: str = "open") -> QuerySet[ActionItem]:
    """What has to be done in a state ("" for all), the most urgent first."""
    policies.can_see_bodies(act).enforce()
    rows = ActionItem.objects.select_related("body", "owner", "meeting", "item", "resolution")
    if body_id is not None:
        rows = rows.filter(body=body_id)
    return (rows.filter(state=state) if state else rows).order_by("due_date", "pk")


def action_row(act: Act, action_id: int) -> ActionItem:
    """One thing to do, for those who belong. Raises NotFound."""
    found = actions(act, state="").filter(pk=action_id).first()
    if found is None:
        raise NotFound
    return found


def is_late(action: ActionItem, today: date) -> bool:
    return action.state == ActionItem.State.OPEN and action.due_date < today


def own_actions(act: Act) -> list[ActionItem]:
    """What the actor, or an organisation it speaks for, has to do."""
    whose = act.things("representative") | act.things("person")
    rows = ActionItem.objects.filter(owner__in=whose, state=ActionItem.State.OPEN)
    return list(rows.select_related("body", "owner").order_by("due_date", "pk")[:LIST_MAX])


def late_actions(act: Act) -> list[ActionItem]:
    """What is late anywhere."""
    return list(actions(act).filter(due_date__lt=act.today)[:LIST_MAX])


def actions_to_remind(today: date) -> list[int]:
    """Due within the days of the rule and never told; late and not told since: twice at most."""
    soon = today + timedelta(days=bylaws.rules_on(today).number(REMIND_RULE))
    first = Q(due_date__lte=soon, reminded_date=None)
    late = Q(due_date__lt=today, reminded_date__lte=F("due_date"))
    rows = ActionItem.objects.filter(first | late, state=ActionItem.State.OPEN)
    return list(rows.order_by("pk").values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class ActionNews:
    """What a reminder says, and to whom."""

    readers: Mapping[int, str]  # person → name
    action_id: int
    text: str
    body: str
    due_date: date
    owner: str


def action_news(action_id: int, today: date) -> ActionNews | None:
    """Of something still to do: the person, or whoever speaks for the organisation."""
    rows = ActionItem.objects.filter(pk=action_id, state=ActionItem.State.OPEN)
    action = rows.select_related("body", "owner").first()
    if action is None:
        return None
    readers = {action.owner_id: action.owner.name}
    if parties.is_organisation(action.owner_id):
        spoken = parties.contacts_of([action.owner_id], today).get(action.owner_id)
        readers = {spoken[0]: spoken[1]} if spoken and spoken[0] else {}
    return ActionNews(
        readers, action.pk, action.text, action.body.name, action.due_date, action.owner.name
    )
