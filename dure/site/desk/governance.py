"""What waits about resolutions."""

from __future__ import annotations

from django.utils.translation import gettext as _, ngettext

from dure.domains.governance import queries as governance
from dure.kernel.acts import Act
from dure.kernel.dates import format_date

from ..navigation import address
from .waiting import OFFICE, SHOWN_MAX, Source, Step, Waiting, type_sources


def unfinished(act: Act) -> Waiting | None:
    """Resolutions to be carried out, approved by an authority, or undone by hand."""
    found = governance.unfinished(act)
    if not found:
        return None
    undo = any(one.done == one.Done.TO_UNDO for one in found)
    return Waiting(
        "flag",
        "bad" if undo else "warn",
        ngettext("%(count)d resolution waits", "%(count)d resolutions wait", len(found))
        % {"count": len(found)},
        _("What was decided has no effect before this is done; what is void still has one."),
        address("governance:resolution", found[0].pk),
        _("Look"),
        tuple(
            Step(
                f"{one.number} {one.vote.question}: {one.get_done_display()}",
                address("governance:resolution", one.pk),
                _("Look"),
            )
            for one in found[:SHOWN_MAX]
        ),
    )


def demanded(act: Act) -> Waiting | None:
    """Meetings that enough members demand and nobody has called yet."""
    found = governance.demands(act, waiting=True)
    if not found:
        return None
    return Waiting(
        "clock",
        "bad" if found[0].is_late else "warn",
        ngettext("%(count)d demand for a meeting", "%(count)d demands for a meeting", len(found))
        % {"count": len(found)},
        _("Enough members have signed; the meeting has to be called in time."),
        address("governance:demands", found[0].body_id),
        _("Look"),
        tuple(
            Step(
                _("%(body)s: to be called by %(date)s")
                % {"body": one.body, "date": format_date(one.call_by_date)},
                address("governance:demands", one.body_id),
                _("Look"),
            )
            for one in found[:SHOWN_MAX]
            if one.call_by_date
        ),
    )


GOVERNANCE_SOURCES: type_sources = (
    Source(OFFICE, ("governance",), unfinished),
    Source(OFFICE, ("governance",), demanded),
)
