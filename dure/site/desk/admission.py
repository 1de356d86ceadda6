"""What waits between a yes and a membership: shares to be paid, appeals to be heard."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _, ngettext

from dure.domains.memberships import queries as memberships
from dure.kernel.acts import Act
from dure.kernel.dates import format_date
from dure.kernel.money import format_won

from ..navigation import address
from .waiting import OFFICE, SHOWN_MAX, Source, Step, Waiting, type_sources

LAPSES_SOON = timedelta(days=7)


def admissions(act: Act) -> Waiting | None:
    """Approved applicants whose shares are awaited, and appeals that wait for their body."""
    unpaid, appeals = memberships.payments_awaited(act), memberships.appeals_waiting(act)
    if not unpaid and not appeals:
        return None
    steps = [
        Step(
            _("%(name)s: the appeal of %(date)s waits for its decision")
            % {"name": one.name, "date": format_date(one.day)},
            address("memberships:application", one.id),
            _("Look"),
        )
        for one in appeals[:SHOWN_MAX]
    ]
    steps += [
        Step(
            _("%(name)s: %(amount)s of shares until %(date)s")
            % {"name": one.name, "amount": format_won(one.won), "date": format_date(one.day)},
            address("memberships:complete_admission", one.id),
            _("It is paid"),
        )
        for one in unpaid[:SHOWN_MAX]
    ]
    soon = any(one.day <= act.today + LAPSES_SOON for one in unpaid)
    return Waiting(
        "member",
        "warn" if appeals or soon else "info",
        ngettext(
            "%(count)d admission to complete",
            "%(count)d admissions to complete",
            len(unpaid) + len(appeals),
        )
        % {"count": len(unpaid) + len(appeals)},
        _("Approved applicants are members once their shares are paid."),
        address("memberships:applications") + "?state=approved",
        _("Look through"),
        tuple(steps),
    )


ADMISSION_SOURCES: type_sources = (Source(OFFICE, ("memberships",), admissions),)
