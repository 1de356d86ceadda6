"""What the general meetings, delegates' meetings and the board did in a year (경영공시 별지 10)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _, pgettext

from dure.domains.parties import queries as parties
from dure.kernel.acts import SEOUL, Act, day_of
from dure.kernel.dates import format_date
from dure.ui.sheets import Fields

from .. import policies
from ..models import Item, Meeting, Vote
from ..rules.bodies import KINDS, BodyKind
from .minutes import elected_words
from .statistics import OVER

DISCLOSED = (BodyKind.GENERAL_MEETING, BodyKind.DELEGATES_MEETING, BodyKind.BOARD)


@dataclass(frozen=True, slots=True)
class ItemDone:
    """One item and what came of it."""

    number: int
    title: str
    result: str


@dataclass(frozen=True, slots=True)
class MeetingHeld:
    """One meeting that is over. `called`: who had a vote; `attended`: who came of them."""

    id: int
    kind: str
    kind_label: str
    body: str
    title: str
    starts_at: datetime
    place: str
    state_label: str
    called: int
    attended: int
    items: tuple[ItemDone, ...]

    @property
    def day(self) -> date:
        return day_of(self.starts_at)

    @property
    def attendance(self) -> tuple[int, int]:
        return self.attended, self.called

    @property
    def results(self) -> str:
        """1. 사업계획 승인: 가결; 2. …"""
        return "; ".join(f"{one.number}. {one.title}: {one.result}" for one in self.items)


def activity(act: Act, year: int) -> tuple[MeetingHeld, ...]:
    """The meetings of a year that are disclosed, in their order."""
    policies.can_see_bodies(act).enforce()
    first, after = datetime(year, 1, 1, tzinfo=SEOUL), datetime(year + 1, 1, 1, tzinfo=SEOUL)
    rows = Meeting.objects.select_related("body").filter(
        state__in=OVER, body__kind__in=DISCLOSED, starts_at__gte=first, starts_at__lt=after
    )
    held = list(rows.order_by("starts_at", "pk"))
    items: dict[int, list[Item]] = {}
    for item in Item.objects.filter(meeting__in=held).order_by("meeting", "number"):
        items.setdefault(item.meeting_id, []).append(item)
    votes = Vote.objects.filter(item__meeting__in=held, state=Vote.State.CLOSED)
    closed = {vote.item_id: vote for vote in votes.order_by("pk")}
    return tuple(_held(one, items.get(one.pk, []), closed) for one in held)


def activity_data(act: Act, year: int) -> dict[str, Any]:
    """The fields of the form (`activity_fields`) for a year."""
    held = activity(act, year)
    network = parties.network_profile()
    chaired = Meeting.objects.filter(state__in=OVER, body__kind__in=DISCLOSED, chair__isnull=False)
    last = chaired.order_by("-starts_at", "-pk").values_list("chair_id", flat=True).first()
    return {
        "year": str(year),
        "network": network.name if network else "",
        "made": format_date(act.today),
        "chair": parties.party_name(last) if last else "",
        "general": _sums(held, BodyKind.GENERAL_MEETING),
        "delegates": _sums(held, BodyKind.DELEGATES_MEETING),
        "board": _sums(held, BodyKind.BOARD),
        "meetings": [_told(one) for one in held],
        "general_meetings": _of(held, BodyKind.GENERAL_MEETING),
        "delegates_meetings": _of(held, BodyKind.DELEGATES_MEETING),
        "board_meetings": _of(held, BodyKind.BOARD),
    }


def activity_fields() -> Fields:
    """What a template of the form may name, each with what it is."""
    fields = {
        "year": _("the year, as four figures"),
        "network": _("the name of the network"),
        "made": _("the day on which it is made"),
        "chair": _("who led the last of these meetings"),
    }
    for code, label in KINDS:
        if code in DISCLOSED:
            short = code.removesuffix("_meeting")
            fields |= {
                f"{short}.held": _("%(kind)s: how many were held") % {"kind": label},
                f"{short}.called": _("%(kind)s: who had a vote, all meetings together")
                % {"kind": label},
                f"{short}.attended": _("%(kind)s: who came, all meetings together")
                % {"kind": label},
                f"{short}.share": _("%(kind)s: attendance in percent") % {"kind": label},
            }
    fields |= {
        "meeting.kind": _("general meeting, delegates' meeting or board"),
        "meeting.body": _("the name of the body"),
        "meeting.title": _("the name of the meeting"),
        "meeting.date": _("the day"),
        "meeting.time": _("the hour"),
        "meeting.place": _("the place"),
        "meeting.state": _("over, or without quorum"),
        "meeting.called": _("who had a vote"),
        "meeting.attended": _("who came"),
        "meeting.share": _("attendance in percent"),
        "meeting.results": _("agenda and results in one line"),
        "meeting.rows": _("how many rows its agenda takes"),
        "item.number": _("the number of the item"),
        "item.title": _("the item"),
        "item.result": _("what came of it"),
        "item.is_first": _("whether it is the first of its meeting (for if)"),
    }
    loops = dict.fromkeys(
        ("meetings", "general_meetings", "delegates_meetings", "board_meetings"), "meeting"
    )
    return Fields(fields, {**loops, "meeting.items": "item"})


# -- inside ------------------------------------------------------------------------------------


def _held(meeting: Meeting, items: list[Item], closed: dict[int, Vote]) -> MeetingHeld:
    return MeetingHeld(
        id=meeting.pk,
        kind=meeting.body.kind,
        kind_label=str(meeting.body.get_kind_display()),
        body=meeting.body.name,
        title=meeting.title,
        starts_at=meeting.starts_at,
        place=meeting.place or meeting.link,
        state_label=str(meeting.get_state_display()),
        called=meeting.voters_count or 0,
        attended=meeting.came_count or 0,
        items=tuple(ItemDone(one.number, one.title, _result(closed.get(one.pk))) for one in items),
    )


def _result(vote: Vote | None) -> str:
    """가결 (출석 8, 찬성 5); 선출: …; 표결 없음."""
    if vote is None:
        return _("no vote")
    if vote.result:
        return _("elected: %(names)s") % {"names": ", ".join(elected_words(vote)) or "–"}
    said = _("adopted") if vote.passed else pgettext("governance", "rejected")
    if vote.yes is None:
        return said
    counts = {"present": vote.present, "yes": vote.yes, "no": vote.no, "abstain": vote.abstain}
    return _("%(said)s (%(yes)s for, %(no)s against, %(abstain)s abstaining)") % {
        "said": said,
        **counts,
    }


def _share(attended: int, called: int) -> str:
    """72.7%, to the tenth, the half up."""
    if not called:
        return "–"
    tenths = (2000 * attended + called) // (2 * called)
    return f"{tenths // 10}.{tenths % 10}%"


def _sums(held: Iterable[MeetingHeld], kind: str) -> dict[str, str]:
    found = [one for one in held if one.kind == kind]
    called, attended = sum(one.called for one in found), sum(one.attended for one in found)
    return {
        "held": f"{len(found):,}",
        "called": f"{called:,}",
        "attended": f"{attended:,}",
        "share": _share(attended, called),
    }


def _of(held: Iterable[MeetingHeld], kind: str) -> list[dict[str, Any]]:
    return [_told(one) for one in held if one.kind == kind]


def _told(one: MeetingHeld) -> dict[str, Any]:
    items = one.items or (ItemDone(0, "–", "–"),)
    return {
        "kind": one.kind_label,
        "body": one.body,
        "title": one.title,
        "date": format_date(one.day),
        "time": f"{one.starts_at.astimezone(SEOUL):%H:%M}",
        "place": one.place,
        "state": one.state_label,
        "called": f"{one.called:,}",
        "attended": f"{one.attended:,}",
        "share": _share(one.attended, one.called),
        "results": one.results,
        "rows": str(len(items)),
        "items": [
            {"number": one.number, "title": one.title, "result": one.result, "is_first": at == 0}
            for at, one in enumerate(items)
        ],
    }
