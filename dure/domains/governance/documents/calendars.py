"""Meetings as iCalendar, for the calendars people keep anyway."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.urls import reverse

from dure.kernel.acts import SEOUL

from ..queries import CalendarLine

LASTS = timedelta(hours=2)  # as no meeting says when it ends
# a later state has a higher number, so that calendars take it over
SEQUENCE = {"planned": 0, "convened": 1, "open": 2, "closed": 3, "failed": 3, "cancelled": 4}
STATUS = {"planned": "TENTATIVE", "cancelled": "CANCELLED"}


def feed(lines: Iterable[CalendarLine], name: str, url: str, made_at: datetime) -> bytes:
    """A calendar of meetings with the time zone of Seoul. `url`: where the network's pages lie."""
    import icalendar  # slow to load, and few processes write a calendar

    made = icalendar.Calendar()
    made.add("prodid", "-//Dure//Dure//KO")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    made.add("x-wr-timezone", "Asia/Seoul")
    made.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    host = url.partition("//")[2].partition("/")[0] or "dure"
    for line in lines:
        event = icalendar.Event()
        event.add("uid", f"meeting-{line.id}@{host}")
        event.add("dtstamp", made_at)
        event.add("dtstart", line.starts_at.astimezone(SEOUL))
        event.add("dtend", (line.starts_at + LASTS).astimezone(SEOUL))
        event.add("sequence", SEQUENCE[line.state])
        event.add("status", STATUS.get(line.state, "CONFIRMED"))
        event.add("summary", line.title)
        event.add("categories", [line.body])
        event.add("description", "\n".join(one for one in (line.body, line.link) if one))
        if line.place or line.link:
            event.add("location", line.place or line.link)
        event.add("url", url + reverse("governance:meeting", args=[line.id]))
        made.add_component(event)
    made.add_missing_timezones()
    return bytes(made.to_ical())
