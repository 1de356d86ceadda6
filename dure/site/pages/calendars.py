"""Calendars to subscribe to: whoever has the address reads, as the person it belongs to."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from dure.domains.governance import queries as governance
from dure.domains.governance.documents import feed
from dure.domains.parties import queries as parties
from dure.domains.parties.queries import access
from dure.kernel import clock
from dure.kernel.acts import Act
from dure.kernel.refusals import NotFound

from .. import standing
from ..mail import site_url

BACK, AHEAD = timedelta(days=183), timedelta(days=400)


def calendar_feed(request: HttpRequest, token: str, scope: str) -> HttpResponse:
    """A person's own meetings, all of the network, or those of one body (`body-12`); as long as the
    person belongs here and the address is the present one."""
    person_id = governance.calendar_reader(token)
    account = access.account_of(person_id)
    if account is None or not account.is_active:
        raise NotFound
    now = clock.now()
    held = standing.of_person(account.id, person_id, now).capacities
    act = Act(person_id, now, uuid4(), "web", held)
    body_id = scope.removeprefix("body-")
    if scope not in ("own", "all") and not body_id.isdecimal():
        raise NotFound
    lines = governance.calendar(
        act,
        act.today - BACK,
        act.today + AHEAD,
        body_id=int(body_id) if scope.startswith("body-") else None,
        mine=scope == "own",
    )
    return _answer(feed(lines, _name(_("Meetings")), site_url(), now))


def public_calendar(request: HttpRequest) -> HttpResponse:
    """What everybody may know of."""
    now = clock.now()
    today = now.date()
    lines = governance.public_calendar(today - BACK, today + AHEAD)
    return _answer(feed(lines, _name(_("Meetings")), site_url(), now))


def _name(what: str) -> str:
    network = parties.network_profile()
    return f"{network.name} {what}" if network else what


def _answer(made: bytes) -> HttpResponse:
    return HttpResponse(
        made,
        content_type="text/calendar; charset=utf-8",
        headers={
            "Content-Disposition": 'inline; filename="dure.ics"',
            "Referrer-Policy": "no-referrer",
        },
    )
