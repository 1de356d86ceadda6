"""What waits about personal data: breaches with their clock, the log of reads, the destruction."""

from __future__ import annotations

from django.utils.translation import gettext as _, ngettext

from dure.domains.privacy import queries as privacy
from dure.domains.privacy.documents import DUTIES
from dure.kernel.acts import Act
from dure.kernel.dates import format_month

from ..navigation import address
from .waiting import BOOKS, OFFICE, SHOWN_MAX, Source, Step, Waiting, type_sources


def breaches(act: Act) -> Waiting | None:
    """Breaches that are open, with the hours that are left to tell whom."""
    found = privacy.duties_waiting(act)
    if not found:
        return None
    waiting = [(pk, duty) for pk, duties in found.items() for duty in duties]
    waiting.sort(key=lambda pair: pair[1].hours_left)
    steps = tuple(
        Step(
            _("No. %(number)d, %(what)s: %(left)s")
            % {
                "number": pk,
                "what": DUTIES[duty.whom],
                "left": _("too late")
                if duty.hours_left < 0
                else ngettext("%(hours)d hour left", "%(hours)d hours left", duty.hours_left)
                % {"hours": duty.hours_left},
            },
            address("privacy:breach", pk),
            _("Look"),
        )
        for pk, duty in waiting[:SHOWN_MAX]
    )
    return Waiting(
        "alert",
        "bad" if waiting else "warn",
        ngettext(
            "%(count)d breach of personal data is open",
            "%(count)d breaches of personal data are open",
            len(found),
        )
        % {"count": len(found)},
        _("Those concerned are told in time, and the authority where the rules ask for it.")
        if waiting
        else _("Everybody was told; it can be closed."),
        address("privacy:breach", *found) if len(found) == 1 else address("privacy:breaches"),
        _("Look"),
        steps,
    )


def withdrawals(act: Act) -> Waiting | None:
    """What somebody has to do because consents were withdrawn."""
    found = privacy.withdrawals_open(act)
    if not found:
        return None
    steps = tuple(
        Step(
            _("%(name)s, %(title)s") % {"name": one.name, "title": one.title},
            address("privacy:settle_withdrawal", one.id),
            _("Note it"),
        )
        for one in found[:SHOWN_MAX]
    )
    return Waiting(
        "person",
        "warn",
        ngettext(
            "%(count)d consent was withdrawn: something is to be done",
            "%(count)d consents were withdrawn: something is to be done",
            len(found),
        )
        % {"count": len(found)},
        _("What Dure ended itself is ended; this is left to you."),
        address("privacy:consents"),
        _("Look"),
        steps,
    )


def reads_to_check(act: Act) -> Waiting | None:
    """A month whose log of reads nobody looked through yet."""
    month = privacy.month_to_check(act)
    if month is None:
        return None
    return Waiting(
        "eye",
        "info",
        _("Look through the log of reads of %(month)s") % {"month": format_month(month)},
        _("Who read how much personal data, and why files were taken along."),
        address("privacy:reads_of_month", str(month)),
        _("Look"),
    )


def own_downloads(act: Act) -> Waiting | None:
    """Files of personal data that one took along without saying why."""
    count = privacy.downloads_unexplained(act)
    if not count:
        return None
    return Waiting(
        "down",
        "info",
        ngettext(
            "Say why you took %(count)d file of personal data along",
            "Say why you took %(count)d files of personal data along",
            count,
        )
        % {"count": count},
        _("The law asks for the reason of each. One line is enough."),
        address("privacy:my_downloads"),
        _("Note the reasons"),
    )


def destruction(act: Act) -> Waiting | None:
    """Once a year: what is kept too long."""
    running = privacy.run_under_way()
    if running is not None:
        return Waiting(
            "clock",
            "warn",
            _("A destruction of personal data is under way"),
            _("It goes on where it stopped."),
            address("privacy:destruction_run", running),
            _("Go on"),
        )
    count = privacy.destruction_due(act)
    if not count:
        return None
    return Waiting(
        "shield",
        "info",
        ngettext(
            "%(count)d record of personal data is kept too long",
            "%(count)d records of personal data are kept too long",
            count,
        )
        % {"count": count},
        _("Once a year what is needed no longer is destroyed, with a certificate."),
        address("privacy:destruction"),
        _("See what it is"),
    )


ALWAYS = ()  # reads leave no deeds, and hours pass

BREACH_SOURCES: type_sources = (Source(OFFICE, ALWAYS, breaches),)  # before all else: hours count
PRIVACY_SOURCES: type_sources = (
    Source(OFFICE, ("privacy",), withdrawals),
    Source(BOOKS, ALWAYS, own_downloads),
    Source(OFFICE, ("privacy", "bylaws"), reads_to_check),  # months that are over
    Source(OFFICE, ("privacy", "bylaws"), destruction),  # counted anew each day, not each deed
)
