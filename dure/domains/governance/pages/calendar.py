"""The network's calendar, and the cycles that fill it."""

from __future__ import annotations

from calendar import Calendar
from datetime import timedelta
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.dates import WEEKDAYS, Month, NotAMonth, parse_month
from dure.ui.doors import act_of, action, form_about, page

from .. import commands, forms, policies, queries

SUNDAY_FIRST = Calendar(6)
OWN = "own"


def calendar(request: HttpRequest) -> HttpResponse:
    """A month of meetings, as a list and as a sheet; with the addresses to subscribe to."""
    act = act_of(request)
    month = _month(request, act)
    mine = request.GET.get("whose") == OWN
    lines = queries.calendar(act, month.first_date, month.end_date, mine=mine)
    by_day = {day: list(found) for day, found in groupby(lines, lambda line: line.day)}
    weeks = [
        [(day, by_day.get(day, []), day in month, queries.is_holiday(day)) for day in week]
        for week in SUNDAY_FIRST.monthdatescalendar(month.year, month.month)
    ]
    about = {
        "month": month,
        "before": month.plus(-1),
        "after": month.next(),
        "days": [(day, found, queries.is_holiday(day)) for day, found in by_day.items()],
        "weeks": weeks,
        "heads": [WEEKDAYS[6], *WEEKDAYS[:6]],
        "today": act.today,
        "mine": mine,
        "feeds": _feeds(request, act),
    }
    return page(request, "governance/calendar.html", about)


def _month(request: HttpRequest, act: Act) -> Month:
    try:
        return parse_month(request.GET.get("month", "") or str(Month.of(act.today)))
    except NotAMonth:
        return Month.of(act.today)


def _feeds(request: HttpRequest, act: Act) -> list[tuple[Any, str]]:
    """The addresses of the actor's calendars; none until the key was made."""
    token = queries.calendar_token(act)
    if not token:
        return []
    return [
        (label, request.build_absolute_uri(reverse("calendar_feed", args=[token, scope])))
        for label, scope in ((_("My meetings"), OWN), (_("All meetings of the network"), "all"))
    ]


def renew_calendar_key(request: HttpRequest) -> HttpResponse:
    return action(
        request,
        call=commands.renew_calendar_key,
        said=_("Your calendar has its address. Whoever has it can read your meetings."),
        back="governance:calendar",
    )


def set_cycle(request: HttpRequest, body_id: int) -> HttpResponse:
    act = act_of(request)
    return form_about(
        request,
        ("governance:body", body_id),
        title=_now("Lay down the cycle"),
        name=queries.body_card(act, body_id).name,
        form=forms.SetCycle,
        may=lambda act: policies.can_set_cycle(act, body_id),
        call=lambda act, given: commands.set_cycle(act, body_id=body_id, **given),
        said=_("The cycle is laid down. Its next meetings are planned with one click each."),
        initial={"first_date": act.today + timedelta(days=1), "at": "14:00"},
    )


def end_cycle(request: HttpRequest, body_id: int) -> HttpResponse:
    return action(
        request,
        call=lambda act: commands.end_cycle(act, body_id=body_id),
        said=_("The cycle is ended. What was planned stays."),
        back=("governance:body", body_id),
    )


def plan_by_cycle(request: HttpRequest, body_id: int) -> HttpResponse:
    return action(
        request,
        call=lambda act: commands.plan_by_cycle(act, body_id=body_id),
        done=lambda made: ("governance:meeting", made.pk),
        said=_("The meeting is planned. Put its agenda together, then call it."),
        back=("governance:body", body_id),
    )


urlpatterns = [
    path("calendar/", calendar, name="calendar"),
    path("calendar/key/", renew_calendar_key, name="renew_calendar_key"),
    path("bodies/<int:body_id>/cycle/", set_cycle, name="set_cycle"),
    path("bodies/<int:body_id>/cycle/end/", end_cycle, name="end_cycle"),
    path("bodies/<int:body_id>/cycle/plan/", plan_by_cycle, name="plan_by_cycle"),
]
