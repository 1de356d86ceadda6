"""Items of an agenda: put in order, with their papers and minutes; withdrawn, never gone."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import PurePath

from django.utils.translation import gettext_lazy as _

from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.refusals import InvalidInput, Refusal

from .. import policies
from ..events.actions import AgendaArranged, ItemMinutesWritten, ItemPaperAdded, ItemWithdrawn
from ..models import Item, ItemPaper, Meeting, Minutes, Vote
from ..rules.agenda import arranged
from .agenda import not_withdrawn
from .issues import ReasonMissing
from .meetings import RUNNING, State, in_state
from .minutes import TEXT_MAX, MinutesTooLong
from .sittings import VotesStillOpen
from .voting import ItemDecided

PAPER_BYTES = 10 << 20
PAPERS_MAX = 20
PAPER_KINDS = frozenset(
    (".pdf", ".hwp", ".hwpx", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".png", ".jpg", ".jpeg",
     ".txt", ".csv")
)  # fmt: skip


class PlaceUnclear(InvalidInput):
    """Every item has its own place."""

    text = _("Number the items like 1, 2, 2.1, 2.2, 3: each number once, and 2.1 only below a 2.")


class MinutesOfAllWritten(Refusal):
    """The words of the minutes are under a hash; what stands in them stays."""

    text = _("The minutes of “%(title)s” are written.")
    remedy = _("Add it to the minutes themselves.")


class PaperUnfit(InvalidInput):
    """A paper is a file that people can open and keep."""

    text = _(
        "“%(name)s” cannot be added: PDF, HWP, Office files, pictures and text up to %(most)d MB."
    )


class PaperThereAlready(Refusal):
    """The same file once."""

    text = _("This very file is with the item already.")


class TooManyPapers(Refusal):
    """Nobody reads a hundred papers."""

    text = _("An item takes at most %(most)d papers.")


@command
def arrange_agenda(act: Act, *, meeting_id: int, places: Mapping[int, str]) -> Meeting:
    """Put the items in order before the call; 2.1 belongs to 2. Raises PlaceUnclear, MeetingNotSo."""
    meeting: Meeting = Meeting.objects.select_related("body").hold(meeting_id)
    policies.can_arrange_agenda(act, meeting).enforce()
    in_state(meeting, State.PLANNED)
    ordered = arranged(places)
    rows = Item.objects.filter(meeting=meeting, withdrawn_at=None)
    if ordered is None or {pk for pk, _parent in ordered} != set(
        rows.order_by("pk").values_list("pk", flat=True)
    ):
        raise PlaceUnclear
    # ---
    last = Item.objects.filter(meeting=meeting).order_by("-number").first()
    beyond = last.number if last else 0
    for shift in (beyond, 0):  # first out of the way: a number is there once
        for place, (item_id, parent_id) in enumerate(ordered, 1):
            Item.objects.filter(pk=item_id).update(number=shift + place, parent=parent_id)
    record(act, AgendaArranged(meeting.pk, meeting.title, len(ordered)))
    return meeting


@command
def withdraw_item(act: Act, *, item_id: int, reason: str) -> Item:
    """Take an item off the agenda, with the reason; who was told of it still sees that it was there.

    Raises ReasonMissing, ItemDecided, VotesStillOpen, ItemWithdrawnAlready, MeetingNotSo.
    """
    item: Item = Item.objects.select_related("meeting__body").hold(item_id)
    policies.can_withdraw_item(act, item.meeting).enforce()
    in_state(item.meeting, *RUNNING)
    not_withdrawn(item)
    reason = clean_text(reason, 200, _("Reason"))
    if not reason:
        raise ReasonMissing
    states = dict(Vote.objects.filter(item=item).order_by("pk").values_list("state", "question"))
    if Vote.State.CLOSED in states:
        raise ItemDecided(title=item.title)
    if Vote.State.OPEN in states:
        raise VotesStillOpen(question=states[Vote.State.OPEN])
    # ---
    item.withdrawn_at, item.withdrawn_reason = act.at, reason
    item.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    Item.objects.filter(parent=item).update(parent=None)
    record(act, ItemWithdrawn(item.pk, item.meeting_id, item.title, reason))
    return item


@command
def write_item_minutes(act: Act, *, item_id: int, minutes: str, is_settled: bool = False) -> Item:
    """Write what was said on one item; `is_settled` where it needs no vote and is not carried over.

    Raises MeetingNotSo, MinutesOfAllWritten, MinutesTooLong.
    """
    item: Item = Item.objects.select_related("meeting__body").hold(item_id)
    policies.can_write_item_minutes(act, item.meeting).enforce()
    meeting = item.meeting
    in_state(meeting, State.OPEN, State.CLOSED, State.FAILED)
    minutes = minutes.replace("\r\n", "\n").replace("\x00", "").strip()
    if len(minutes) > TEXT_MAX:
        raise MinutesTooLong(most=f"{TEXT_MAX:,}")
    if Minutes.objects.filter(meeting=meeting).exists():
        raise MinutesOfAllWritten(title=meeting.title)
    # ---
    item.minutes = minutes
    item.settled_at = (item.settled_at or act.at) if is_settled else None
    item.save(update_fields=["minutes", "settled_at"])
    record(act, ItemMinutesWritten(item.pk, item.title, is_settled))
    return item


@command
def add_item_paper(act: Act, *, item_id: int, name: str, content: bytes) -> ItemPaper:
    """Keep a paper with an item. Raises PaperUnfit, PaperThereAlready, TooManyPapers, MeetingNotSo."""
    item: Item = Item.objects.select_related("meeting__body").hold(item_id)
    policies.can_add_item_paper(act, item.meeting).enforce()
    in_state(item.meeting, *RUNNING)
    not_withdrawn(item)
    name = clean_text(PurePath(name.replace("\\", "/")).name, 120, _("Name"))
    suffix = PurePath(name).suffix.lower()
    if suffix not in PAPER_KINDS or not 0 < len(content) <= PAPER_BYTES:
        raise PaperUnfit(name=name, most=PAPER_BYTES >> 20)
    digest = sha256(content).hexdigest()
    held = ItemPaper.objects.filter(item=item)
    if held.filter(digest=digest).exists():
        raise PaperThereAlready
    if held.count() >= PAPERS_MAX:
        raise TooManyPapers(most=PAPERS_MAX)
    # ---
    paper = ItemPaper.objects.create(
        item=item, name=name, size=len(content), digest=digest, content=content, added_at=act.at,
        added_by_id=act.actor_id,
    )  # fmt: skip
    record(act, ItemPaperAdded(item.pk, item.title, name, digest))
    return paper
