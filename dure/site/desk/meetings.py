"""What waits for those who call meetings: the next one of a cycle that nobody has planned."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _, ngettext

from dure.domains.governance import queries as governance
from dure.kernel.acts import Act
from dure.kernel.dates import format_date

from ..navigation import address
from .waiting import OFFICE, SHOWN_MAX, Source, Step, Waiting, type_sources

PLAN_WITHIN = timedelta(days=21)
SOON = timedelta(days=10)


def meetings_due(act: Act) -> Waiting | None:
    """Meetings by cycle that come near and are not planned."""
    due = governance.bodies_due(act, PLAN_WITHIN)
    if not due:
        return None
    steps = tuple(
        Step(
            _("%(body)s: %(date)s") % {"body": name, "date": format_date(day)},
            address("governance:plan_by_cycle", body_id),
            _("Plan it"),
            (),
        )
        for body_id, name, day in due[:SHOWN_MAX]
    )
    return Waiting(
        "calendar",
        "warn" if due[0][2] <= act.today + SOON else "info",
        ngettext("%(count)d meeting to plan", "%(count)d meetings to plan", len(due))
        % {"count": len(due)},
        _("By their cycle they come soon; notice needs its days."),
        address("governance:calendar"),
        _("Look"),
        steps,
    )


MEETING_SOURCES: type_sources = (Source(OFFICE, ("governance",), meetings_due),)
