"""What waits for an agenda."""

from __future__ import annotations

from django.db.models import Q

from ..models import Issue, Item, Meeting, Vote
from .meetings import MeetingCard

LEFT_MAX = 200
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


def waits_for_agenda(card: MeetingCard) -> bool:
    """Whether anything waits that this meeting could take up."""
    if card.state not in AHEAD:
        return False
    if issues_for_agenda(card.body_id):
        return True
    return bool(left_undecided(Meeting.objects.get(pk=card.id)))
