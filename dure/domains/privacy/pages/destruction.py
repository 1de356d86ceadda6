"""The yearly destruction: what is due, how far a run is, its certificate."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid5

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws import queries as bylaws
from dure.kernel.acts import Act
from dure.ui.doors import act_of, action, page

from .. import commands, policies, queries

AT_ONCE = 10  # chunks in one click; the page then says how far it is


def destruction(request: HttpRequest) -> HttpResponse:
    """What is due, what a law keeps apart, and the runs so far."""
    act = act_of(request)
    book = bylaws.rules_on(act.today)
    runs = list(queries.destruction_runs(act)[:20])
    return page(
        request,
        "privacy/destruction.html",
        {
            "due": queries.due_to_destroy(act, act.today, book),
            "kept": queries.kept_by_law(act, act.today, book),
            "running": next((run.pk for run in runs if run.state == "running"), None),
            "runs": runs,
            "may": policies.can_begin_destruction(act),
            "appointed": act.holds("appointed_administrator"),
            "today": act.today,
        },
    )


def begin_destruction(request: HttpRequest) -> HttpResponse:
    """Begin a run; its effect was shown on the page before."""
    return action(
        request,
        call=commands.begin_destruction,
        done=lambda run: ("privacy:destruction_run", run.pk),
        back="privacy:destruction",
    )


def destruction_run(request: HttpRequest, run_id: int) -> HttpResponse:
    """How far a run is."""
    act = act_of(request)
    card = queries.run_card(act, run_id)
    return page(
        request,
        "privacy/destruction_run.html",
        {
            "card": card,
            "rows": [(one, card.done.get(one["kind"], 0)) for one in card.planned],
            "may": policies.can_destroy_next(act),
        },
    )


def destroy_next(request: HttpRequest, run_id: int) -> HttpResponse:
    """Destroy the next chunks of a run."""

    def go_on(act: Act) -> Any:
        site_url = request.build_absolute_uri("/").rstrip("/")
        run = commands.destroy_next(act, run_id=run_id, site_url=site_url)
        for number in range(1, AT_ONCE):
            if run.state != "running":
                break
            part = replace(act, key=uuid5(act.key, str(number)))
            run = commands.destroy_next(part, run_id=run_id, site_url=site_url)
        return run

    return action(
        request,
        call=go_on,
        said=lambda run: (
            _("Done; the certificate is issued.")
            if run.state == "done"
            else _("A part is done. Go on until everything is.")
        ),
        back=("privacy:destruction_run", run_id),
    )


urlpatterns = [
    path("destruction/", destruction, name="destruction"),
    path("destruction/begin/", begin_destruction, name="begin_destruction"),
    path("destruction/<int:run_id>/", destruction_run, name="destruction_run"),
    path("destruction/<int:run_id>/next/", destroy_next, name="destroy_next"),
]
