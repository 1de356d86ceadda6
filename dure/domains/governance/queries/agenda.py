"""What waits for an agenda."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _now

from dure.kernel.acts import Act
from dure.kernel.dates import format_date
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import ActionItem, Issue, Item, ItemPaper, Meeting, Resolution, Vote
from .meetings import MeetingCard

LEFT_MAX = 200
REPORT_MAX = 30
AHEAD = (Meeting.State.PLANNED, Meeting.State.CONVENED, Meeting.State.OPEN)


def issues_for_agenda(body_id: int) -> list[Issue]:
    """The issues that wait before a body and stand on none of its agendas ahead."""
    listed = Item.objects.filter(withdrawn_at=None, meeting__state__in=AHEAD, issue__isnull=False)
    rows = Issue.objects.filter(body=body_id, state=Issue.State.WAITING)
    rows = rows.exclude(pk__in=listed.order_by().values("issue"))
    return list(rows.order_by("since_date", "pk")[:LEFT_MAX])


def left_undecided(meeting: Meeting) -> list[Item]:
    """What earlier meetings of the body left undecided and no later one took up; an issue that
    stands elsewhere by now, or is concluded, is not left.
    """
    over = (Meeting.State.CLOSED, Meeting.State.CANCELLED)
    rows = Item.objects.filter(
        meeting__body=meeting.body_id, meeting__state__in=over, withdrawn_at=None,
        meeting__starts_at__lt=meeting.starts_at,
    )  # fmt: skip
    counted = Vote.objects.filter(state=Vote.State.CLOSED).order_by().values("item")
    taken_up = Item.objects.filter(carried_from__isnull=False).order_by().values("carried_from")
    rows = rows.exclude(pk__in=counted).exclude(pk__in=taken_up).filter(settled_at=None)
    stands = Q(issue=None) | Q(issue__state=Issue.State.WAITING, issue__body=meeting.body_id)
    return list(rows.filter(stands).order_by("meeting__starts_at", "number")[:LEFT_MAX])


def report_on_actions(meeting: Meeting) -> str:
    """What of the body is still to be done, a line each; "" where it is on the agenda already."""
    rows = ActionItem.objects.filter(body=meeting.body_id, state=ActionItem.State.OPEN)
    title = _now("Report on open actions")
    if not rows.exists() or Item.objects.filter(meeting=meeting, title=title).exists():
        return ""
    return "\n".join(
        f"· {one.text} ({one.owner.name}, {format_date(one.due_date)})"
        for one in rows.select_related("owner").order_by("due_date", "pk")[:REPORT_MAX]
    )


def waits_for_agenda(card: MeetingCard) -> bool:
    """Whether anything waits that this meeting could take up."""
    if card.state not in AHEAD:
        return False
    if issues_for_agenda(card.body_id):
        return True
    meeting = Meeting.objects.get(pk=card.id)
    return bool(left_undecided(meeting) or report_on_actions(meeting))


def papers_of(item_id: int) -> list[tuple[int, str, int]]:
    """The papers of an item: id, name, bytes."""
    return list(
        ItemPaper.objects.filter(item=item_id).order_by("pk").values_list("pk", "name", "size")
    )


def item_paper(act: Act, paper_id: int) -> ItemPaper:
    """A paper of an item, for those who belong. Raises NotFound."""
    policies.can_see_bodies(act).enforce()
    found = ItemPaper.objects.filter(pk=paper_id).first()
    if found is None:
        raise NotFound
    return found


def resolution_of_item(item_id: int) -> int | None:
    """What was decided on an item."""
    return Resolution.objects.filter(vote__item=item_id).values_list("pk", flat=True).first()
