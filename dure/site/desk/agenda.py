"""What waits between meetings: issues before a body one leads, and what one has to do."""

from __future__ import annotations

from django.utils.translation import gettext as _, ngettext

from dure.domains.governance import queries as governance
from dure.domains.governance.queries import actions as duties
from dure.kernel.acts import Act
from dure.kernel.dates import format_date

from ..navigation import address
from .waiting import MEMBERS, OFFICE, SHOWN_MAX, Source, Step, Waiting, type_sources


def issues(act: Act) -> Waiting | None:
    """Issues before the bodies one leads; for the office those that wait too long anywhere."""
    found = governance.issues_waiting(act)
    if not found:
        return None
    steps = tuple(
        Step(
            _("%(title)s: %(days)d days before %(body)s")
            % {"title": one.title, "days": days, "body": one.body.name},
            address("governance:issue", one.pk),
            _("Look"),
        )
        for one, days, _late in found[:SHOWN_MAX]
    )
    late = any(late for _one, _days, late in found)
    return Waiting(
        "leaf",
        "warn" if late else "info",
        ngettext("%(count)d issue waits", "%(count)d issues wait", len(found))
        % {"count": len(found)},
        _("Some wait longer than the rules allow. Take them up, pass them on, or conclude them.")
        if late
        else _("Put them on the agenda of the next meeting."),
        address("governance:issues"),
        _("See all"),
        steps,
    )


def own_actions(act: Act) -> Waiting | None:
    """What one, or an organisation one speaks for, has to do."""
    found = duties.own_actions(act)
    if not found:
        return None
    late = [one for one in found if one.due_date < act.today]
    steps = tuple(
        Step(
            _("%(text)s, until %(date)s") % {"text": one.text, "date": format_date(one.due_date)},
            address("governance:finish_action", one.pk),
            _("Done"),
        )
        for one in found[:SHOWN_MAX]
    )
    return Waiting(
        "check",
        "bad" if late else "info",
        ngettext("%(count)d thing to do", "%(count)d things to do", len(found))
        % {"count": len(found)},
        _("A meeting asked you to do this. When it is done, say in one line what came of it."),
        address("governance:actions"),
        _("See all"),
        steps,
    )


def late_actions(act: Act) -> Waiting | None:
    """What anybody should have done by now."""
    found = duties.late_actions(act)
    if not found:
        return None
    steps = tuple(
        Step(
            _("%(text)s: %(name)s, due %(date)s")
            % {"text": one.text, "name": one.owner.name, "date": format_date(one.due_date)},
            address("governance:finish_action", one.pk),
            _("Look"),
        )
        for one in found[:SHOWN_MAX]
    )
    return Waiting(
        "clock",
        "warn",
        ngettext("%(count)d thing to do is late", "%(count)d things to do are late", len(found))
        % {"count": len(found)},
        _("Ask whoever has it to do; the next meeting hears of it."),
        address("governance:actions"),
        _("See all"),
        steps,
    )


AGENDA_SOURCES: type_sources = (
    Source(OFFICE, ("governance", "bylaws", "parties"), issues),
    Source(OFFICE, ("governance", "parties"), late_actions),
    Source(OFFICE, (), own_actions),
)
OWN_AGENDA_SOURCES: type_sources = (
    Source(("chair",), (), issues),
    Source(MEMBERS, (), own_actions),
)
