"""A meeting is planned, gets its agenda, is called, called off, or called again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import enforce
from dure.domains.parties import queries as parties
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act, day_of
from dure.kernel.dates import clear_days, told_by
from dure.kernel.deeds import command, record
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies, queries
from ..events import (
    ItemAdded,
    MeetingCalledOff,
    MeetingConvened,
    MeetingPlanned,
    OptionAdded,
)
from ..models import Body, Item, Meeting, Option
from ..queries import filling
from ..queries.effects import Place, effect_named
from ..rules.bodies import MATTERS, kept_for, rule_of
from .bodies import BodyEndedAlready, exists_on
from .issues import ready_for_agenda
from .letters import queue_letters

State = Meeting.State
RUNNING = (State.PLANNED, State.CONVENED, State.OPEN)


class MeetingTitleMissing(InvalidInput):
    """A meeting has a name and a place or a link."""

    text = _("Give the meeting a name, and say where it takes place.")


class MeetingNotSo(Refusal):
    """The meeting is not in the state that this needs."""

    text = _("“%(title)s” is %(state)s; this cannot be done now.")


class AgendaEmpty(Refusal):
    """One is called to a meeting for something."""

    text = _("The agenda is empty. A notice says what will be decided.")
    remedy = _("Put at least one item on the agenda first.")


class ItemTitleMissing(InvalidInput):
    """An item says what it is about."""

    text = _("Say in a few words what the item is about.")


class BodyNotCompetent(Refusal):
    """The matter was not given to this body."""

    text = _("“%(body)s” may not decide on this: %(matter)s.")
    remedy = _(
        "Bring it to the competent body, or lay down by an article that this body decides on it."
    )


@command
def plan_meeting(
    act: Act,
    *,
    body_id: int,
    title: str,
    starts_at: datetime,
    place: str = "",
    link: str = "",
    again_for_id: int | None = None,
    is_public: bool = False,
) -> Meeting:
    """Plan a meeting of a body; nobody is told yet. Raises MeetingTitleMissing, BodyEndedAlready."""
    body: Body = Body.objects.hold(body_id)
    policies.can_plan_meeting(act, body.pk).enforce()
    title, place = clean_text(title, 120, _("Title")), clean_text(place, 200, _("Place"))
    if not title or not (place or link):
        raise MeetingTitleMissing
    if not exists_on(body, day_of(starts_at)):
        ended = body.until_date or body.from_date
        raise BodyEndedAlready(name=body.name, date=ended.isoformat())
    # ---
    meeting = Meeting.objects.create(
        body=body,
        title=title,
        starts_at=starts_at,
        place=place,
        link=link,
        again_for_id=again_for_id,
        is_public=is_public,
    )
    record(act, MeetingPlanned(meeting.pk, body.name, title, starts_at, again_for_id))
    return meeting


@command
def add_item(
    act: Act,
    *,
    meeting_id: int,
    title: str,
    matter: str = "business",
    text: str = "",
    effect: str = "",
    effect_data: Mapping[str, Any] | None = None,
    issue_id: int | None = None,
    owner_id: int | None = None,
    planned_minutes: int | None = None,
    carried_from_id: int | None = None,
) -> Item:
    """Put an item on the agenda. With an `effect` a resolution on it does what the effect says; of an
    `issue` that waits before the body it is the next thing that happens to it. With an item it is
    carried over from come those who stand for election there.

    A matter that the law keeps for another body is refused with the article (RuleNotMet). Raises
    BodyNotCompetent, ItemTitleMissing, MeetingNotSo, EffectUnfit, IssueElsewhere, IssueConcluded,
    IssueOnAgenda.
    """
    meeting: Meeting = Meeting.objects.select_related("body").hold(meeting_id)
    policies.can_add_item(act, meeting).enforce()
    in_state(meeting, *RUNNING)
    issue = ready_for_agenda(issue_id, meeting.body_id) if issue_id is not None else None
    if owner_id is not None and not parties.party_exists(owner_id, "person"):
        raise NotFound
    title = clean_text(title or (issue.title if issue else ""), 200, _("Title"))
    if not title:
        raise ItemTitleMissing
    given = dict(effect_data or {})
    if effect:
        wired = effect_named(effect)
        matter = wired.matter_of(given) if wired.matter_of else wired.matter
    if matter not in dict(MATTERS):
        raise NotFound
    day = day_of(meeting.starts_at)
    enforce(kept_for(bylaws.rules_on(day), meeting.body.kind, matter))
    if not queries.is_competent(meeting.body, matter, day):
        raise BodyNotCompetent(body=meeting.body.name, matter=str(dict(MATTERS)[matter]))
    if effect:
        place = Place(meeting.body_id, meeting.body.kind, day)
        said = wired.setting(given, place).said
        text = text if said in text else "\n".join(filter(None, (text, said)))
    # ---
    last = Item.objects.filter(meeting=meeting).order_by("-number").first()
    item = Item.objects.create(
        meeting=meeting,
        number=last.number + 1 if last else 1,
        title=title,
        text=clean_text(text, 4000, pgettext_lazy("governance", "Text")),
        matter=matter,
        effect=effect,
        effect_data=given,
        issue=issue,
        owner_id=owner_id,
        planned_minutes=planned_minutes,
        carried_from_id=carried_from_id,
    )
    record(act, ItemAdded(item.pk, meeting.pk, item.number, title, matter, effect, False))
    for stands in Option.objects.filter(item=carried_from_id, withdrawn_at=None).order_by("number"):
        stands.pk, stands.item = None, item
        stands.save(force_insert=True)
        record(act, OptionAdded(item.pk, title, stands.number, stands.person_id, stands.text))
    return item


@command
def convene_meeting(act: Act, *, meeting_id: int) -> Meeting:
    """Call the meeting with its agenda; letters go to all who can be mailed.

    Too late for the days of notice is refused where a law or the bylaws ask for them, as are too few
    delegates (RuleNotMet). Raises AgendaEmpty, MeetingNotSo.
    """
    meeting: Meeting = Meeting.objects.select_related("body").hold(meeting_id)
    policies.can_convene_meeting(act, meeting).enforce()
    in_state(meeting, State.PLANNED)
    items = Item.objects.filter(meeting=meeting, withdrawn_at=None).count()
    if not items:
        raise AgendaEmpty
    day = day_of(meeting.starts_at)
    book = bylaws.rules_on(day)
    key = rule_of(book, meeting.body.kind, "notice_days")
    if queries.binding(book, key):
        enforce([book.check(key, clear_days(act.today, day))])
    enforce(filling.may_meet(meeting.body, day))
    # ---
    meeting.state, meeting.convened_at = State.CONVENED, act.at
    meeting.save(update_fields=["state", "convened_at"])
    Item.objects.filter(meeting=meeting, withdrawn_at=None).update(was_told=True)
    tell_by = told_by(day, book.number(key))
    record(act, MeetingConvened(meeting.pk, meeting.title, meeting.starts_at, items, tell_by))
    queue_letters(act, meeting)
    return meeting


@command
def call_off_meeting(act: Act, *, meeting_id: int, reason: str) -> Meeting:
    """Call a meeting off that was not opened yet. Raises MeetingNotSo."""
    meeting: Meeting = Meeting.objects.hold(meeting_id)
    policies.can_call_off_meeting(act, meeting).enforce()
    in_state(meeting, State.PLANNED, State.CONVENED)
    reason = clean_text(reason, 200, _("Reason"))
    # ---
    meeting.state = State.CANCELLED
    meeting.save(update_fields=["state"])
    record(act, MeetingCalledOff(meeting.pk, meeting.title, reason or "–"))
    return meeting


@command
def reconvene_meeting(
    act: Act, *, meeting_id: int, starts_at: datetime, place: str = "", link: str = ""
) -> Meeting:
    """Call a meeting that failed once more, in one step: the items it could not decide go along.

    Raises MeetingNotSo, RuleNotMet (too soon), MeetingTitleMissing.
    """
    failed: Meeting = Meeting.objects.hold(meeting_id)
    policies.can_reconvene_meeting(act, failed).enforce()
    in_state(failed, State.FAILED)
    if Meeting.objects.filter(again_for=failed).exclude(state=State.CANCELLED).exists():
        raise MeetingNotSo(title=failed.title, state=_("called again"))
    # ---
    again = plan_meeting(
        act,
        body_id=failed.body_id,
        title=failed.title,
        starts_at=starts_at,
        place=place or failed.place,
        link=link or failed.link,
        again_for_id=failed.pk,
    )
    for item in Item.objects.filter(meeting=failed, withdrawn_at=None).order_by("number"):
        add_item(
            act,
            meeting_id=again.pk,
            title=item.title,
            matter=item.matter,
            text=item.text,
            effect=item.effect,
            effect_data=item.effect_data,
            issue_id=item.issue_id,
            owner_id=item.owner_id,
            planned_minutes=item.planned_minutes,
            carried_from_id=item.pk,
        )
    return convene_meeting(act, meeting_id=again.pk)


def in_state(meeting: Meeting, *states: str) -> None:
    """Raises MeetingNotSo."""
    if meeting.state not in states:
        raise MeetingNotSo(title=meeting.title, state=meeting.get_state_display())
