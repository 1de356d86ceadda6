"""What waits about bodies: vacant seats, ends of terms and turns, rules not met, purposes reached."""

from __future__ import annotations

from django.utils.translation import gettext as _, ngettext

from dure.domains.governance import queries as governance
from dure.kernel.acts import Act
from dure.kernel.dates import format_date

from ..navigation import address
from .waiting import OFFICE, SHOWN_MAX, Source, Step, Waiting, type_sources


def _line(one: governance.BodyDuty) -> Step:
    about = {"body": one.body, "who": one.who, "days": one.days}
    about["day"] = format_date(one.day) if one.day else ""
    match one.what:
        case "vacant":
            text = _("%(body)s, %(who)s: vacant for %(days)d days")
            return Step(text % about, address("governance:fill_seat", one.seat_id), _("Fill"))
        case "ending":
            text = _("%(body)s, %(who)s: the term ends on %(day)s")
        case "turn":
            text = _("%(body)s: from %(day)s on it is the turn of %(who)s")
        case "reached":
            text = _("%(body)s: nobody met since %(day)s. Is it reached: %(who)s?")
            return Step(text % about, address("governance:end_body", one.body_id), _("End it"))
        case "left":
            text = _("%(body)s, %(who)s: a member no more. Does the seat end?")
        case "suspended":
            text = _("%(body)s, %(who)s: suspended as a member. Does the seat rest?")
        case "restored":
            text = _(
                "%(body)s, %(who)s: the seat ended with the membership on %(day)s, but that end has no effect any more. Give the seat back."
            )
        case _:
            text = _("%(body)s: %(who)s")
    return Step(text % about, address("governance:body", one.body_id), _("Look"))


def seats(act: Act) -> Waiting | None:
    """Who is to be elected, reminded, relieved."""
    found = governance.body_duties(act)
    if not found:
        return None
    broken = any(one.what == "rule" for one in found)
    return Waiting(
        "people",
        "warn" if broken else "info",
        ngettext(
            "%(count)d thing to do about seats and bodies",
            "%(count)d things to do about seats and bodies",
            len(found),
        )
        % {"count": len(found)},
        _("Seats that are vacant or soon will be, and what the rules ask of who sits."),
        address("governance:bodies"),
        _("See all"),
        tuple(_line(one) for one in found[:SHOWN_MAX]),
    )


BODY_SOURCES: type_sources = (
    Source(OFFICE, ("governance", "parties", "bylaws", "memberships"), seats),
)
