"""What of the admissions waits too long: for the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dure.kernel.acts import Act

from .. import policies
from ..models import Appeal, Application
from .procedures import decide_by

__all__ = ["Due", "appeals_waiting", "overdue_decisions", "payments_awaited"]

WAITING = (Application.State.APPLIED, Application.State.INTERVIEWED)
LOOKED_AT_MAX = 200


@dataclass(frozen=True, slots=True)
class Due:
    """One application with the day it was, or is, due on."""

    id: int
    name: str
    day: date
    won: int = 0


def overdue_decisions(act: Act) -> list[Due]:
    """Applications past the day their procedure lays down, the oldest first."""
    policies.can_see_applications(act).enforce()
    rows = (
        Application.objects.select_related("procedure")
        .filter(state__in=WAITING, procedure__isnull=False)
        .order_by("applied_at", "pk")
    )
    found = ((a, decide_by(a, act.today)) for a in rows[:LOOKED_AT_MAX])
    return [Due(a.pk, a.name, day) for a, day in found if day is not None and day < act.today]


def payments_awaited(act: Act) -> list[Due]:
    """Approved applicants whose shares are not paid yet, the soonest to lapse first."""
    policies.can_see_applications(act).enforce()
    rows = Application.objects.select_related("member_class").filter(
        state=Application.State.APPROVED
    )
    return [
        Due(a.pk, a.name, a.pay_until_date, a.member_class.share_minimum_won)
        for a in rows.order_by("pay_until_date", "pk")[:LOOKED_AT_MAX]
        if a.pay_until_date is not None
    ]


def appeals_waiting(act: Act) -> list[Due]:
    """Appeals that no body has decided, the oldest first."""
    policies.can_see_applications(act).enforce()
    rows = Appeal.objects.select_related("application").filter(decided_date=None)
    return [
        Due(a.application_id, a.application.name, a.appealed_date)
        for a in rows.order_by("appealed_date", "pk")[:LOOKED_AT_MAX]
    ]
