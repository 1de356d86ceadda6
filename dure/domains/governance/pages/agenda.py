"""Issues: what waits before whom, the whole way of one, and what happens to it next."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _now, gettext_lazy as _, ngettext

from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.refusals import type_text
from dure.ui.doors import act_of, form_about, form_page, page
from dure.ui.tables import Column, Table, ask, show

from .. import commands, policies, queries
from ..forms import agenda as forms
from ..queries import plans
from ..rules.agenda import Source

STATES = (
    ("waiting", _("before a body")), ("all", _("all")), ("promoted", _("became a project")),
    ("closed", _("concluded")), ("merged", _("part of another issue")), ("split", _("split up")),
)  # fmt: skip


class Filters(django_forms.Form):
    state = django_forms.ChoiceField(label=_("State"), choices=STATES, required=False)
    body = django_forms.TypedChoiceField(
        label=_("Body"), coerce=int, required=False, empty_value=None
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["body"].choices = [("", _("all")), *queries.body_choices()]  # type: ignore[attr-defined]


def _issues_table(act: Act) -> Table:
    return Table(
        id="issues",
        title=_("Issues"),
        columns=(
            Column(
                "title",
                _("Issue"),
                sort="title",
                link=lambda one: reverse("governance:issue", args=[one.pk]),
            ),
            Column("body", _("Body"), "body.name", sort="body__name"),
            Column(
                "days",
                _("Days before it"),
                lambda one: queries.days_waiting(one, act.today),
                kind="number",
                sort="-since_date",
            ),
            Column("state", _("State"), "get_state_display"),
            Column("raised", _("Raised"), "raised_date", kind="day", sort="raised_date"),
        ),
        filters=Filters,
        empty_title=_("No issue waits"),
        empty_text=_("Members, residents and bodies raise what concerns them; it waits here."),
    )


def issues(request: HttpRequest) -> HttpResponseBase:
    act = act_of(request)
    asked = ask(request, _issues_table(act))
    state = asked.given.get("state") or "waiting"
    rows = queries.issues(
        act,
        body_id=asked.given.get("body"),
        state="" if state == "all" else state,
        search=asked.search,
    )
    may = {"may_raise": bool(policies.can_see_raise_form(act))}
    return show(request, asked.table, asked, rows, "governance/issues.html", may)


def issue(request: HttpRequest, issue_id: int) -> HttpResponse:
    """One issue: where it stands, how long, and its whole path."""
    act = act_of(request)
    card = queries.issue_card(act, issue_id)
    may_move = card.is_waiting and bool(policies.can_pass_on_issue(act, card))
    return page(request, "governance/issue.html", {"card": card, "may_move": may_move})


def raise_issue(request: HttpRequest) -> HttpResponse:
    """Members raise in their own name or that of their organisation; the office for others too."""
    act = act_of(request)
    office = act.holds(*policies.OFFICE)
    own = sorted(act.own)
    names = parties.names_of(own)
    spoken = [(one, names.get(one, "")) for one in own]
    form: Callable[..., django_forms.Form] = (
        forms.NoteIssue if office else partial(forms.RaiseIssue, parties=spoken)
    )

    def call(act: Act, given: dict[str, Any]) -> Any:
        given.setdefault("source", Source.MEMBER)
        return commands.raise_issue(act, **given)

    return form_about(
        request,
        "governance:issues",
        title=_now("Raise an issue"),
        form=form,
        may=policies.can_see_raise_form,
        call=call,
        done=lambda made: ("governance:issue", made.pk),
        said=_("The issue is raised. Here you see what becomes of it."),
        initial={"body_id": request.GET.get("body")},
    )


type_call = Callable[..., Any]
STEPS: dict[str, tuple[type_text, Any, type_call, type_text]] = {
    "pass_on": (
        _("Pass on"), forms.PassOn, commands.pass_on_issue, _("The issue is passed on."),
    ),
    "return": (
        _("Return"), forms.Return, commands.return_issue, _("The issue is returned."),
    ),
    "merge": (
        _("Merge"), forms.Merge, commands.merge_issue, _("The issue is part of the other now."),
    ),
    "split": (
        _("Split up"), forms.Split, commands.split_issue, _("The issue is split up."),
    ),
    "promote": (
        _("Make a project"), forms.Promote, commands.promote_issue,
        _("The issue is a project of the plan now. A new one waits in the draft for its resolution."),
    ),
    "close": (
        _("Conclude"), forms.Conclude, commands.close_issue, _("The issue is concluded."),
    ),
}  # fmt: skip


def next_step(request: HttpRequest, issue_id: int) -> HttpResponse:
    """What happens next: one of few steps, each with what it needs."""
    act = act_of(request)
    card = queries.issue_card(act, issue_id)
    left_out = {
        "return": not card.came_from,
        "merge": not queries.issue_choices(card.body_id, but=card.id),
        "promote": not plans.plans(act).exists(),
    }
    offered = {name: one for name, one in STEPS.items() if not left_out.get(name)}
    name = request.GET.get("step", "")
    name = name if name in offered else "pass_on"
    _label, form, command, said = offered[name]
    seen = request.POST.get("seen_at", "")
    body_id = int(seen) if seen.isdecimal() and len(seen) < 16 else card.body_id

    def call(act: Act, given: dict[str, Any]) -> Any:
        return command(act, issue_id=issue_id, from_body_id=body_id, **given)

    return form_page(
        request,
        form=partial(form, card=card),
        template="governance/next_step.html",
        may=lambda act: policies.can_pass_on_issue(act, card),
        call=call,
        done=lambda made: ("governance:issue", issue_id),
        said=said,
        context={
            "card": card,
            "step": name,
            "steps": [(code, one[0]) for code, one in offered.items()],
            "submit": offered[name][0],
            "seen_at": body_id,
            "back": reverse("governance:issue", args=[issue_id]),
        },
    )


def gather_agenda(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Put on the agenda what waits before the body and what its last meetings left."""
    act = act_of(request)
    row = queries.meeting_row(act, meeting_id)
    waits = {
        "issue_ids": [
            (one.pk, _waited(one.title, (act.today - one.since_date).days))
            for one in queries.issues_for_agenda(row.body_id)
        ],
        "item_ids": [(one.pk, one.title) for one in queries.left_undecided(row)],
    }
    return form_page(
        request,
        form=partial(forms.GatherAgenda, waits=waits),
        template="governance/gather_agenda.html",
        may=lambda act: policies.can_gather_agenda(act, row),
        call=lambda act, given: commands.gather_agenda(act, meeting_id=meeting_id, **given),
        done=lambda made: ("governance:meeting", meeting_id),
        said=lambda made: (
            ngettext(
                "%(count)d item is on the agenda now.",
                "%(count)d items are on the agenda now.",
                len(made),
            )
            % {"count": len(made)}
        ),
        context={
            "name": row.title,
            "waits": any(waits.values()),
            "back": reverse("governance:meeting", args=[meeting_id]),
        },
    )


def _waited(title: str, days: int) -> str:
    return _now("%(title)s (waiting %(days)d days)") % {"title": title, "days": days}


urlpatterns = [
    path("issues/", issues, name="issues"),
    path("issues/raise/", raise_issue, name="raise_issue"),
    path("issues/<int:issue_id>/", issue, name="issue"),
    path("issues/<int:issue_id>/next/", next_step, name="next_step"),
    path("meetings/<int:meeting_id>/gather/", gather_agenda, name="gather_agenda"),
]
