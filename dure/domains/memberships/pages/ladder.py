"""The ladder of what is done about late dues, and what was agreed with each member."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from dure.kernel.dates import Month
from dure.ui.doors import act_of, action, away, form_page, page
from dure.ui.tables import Column, Table, ask, show

from .. import commands, policies, queries
from ..documents import letter
from ..forms import debits as forms


class Filters(django_forms.Form):
    step = django_forms.ChoiceField(label=_("Next step"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = [(step, queries.step_label(step)) for step in queries.LADDER]
        self.fields["step"].choices = [("", _("all")), *steps]  # type: ignore[attr-defined]


LADDER = Table(
    id="arrears_ladder",
    title=_("What to do about late dues"),
    columns=(
        Column("number", _("No."), kind="id", sort="number"),
        Column(
            "name",
            _("Member"),
            sort="name",
            link=lambda row: reverse("memberships:arrears_member", args=[row.membership_id]),
        ),
        Column("won", _("Late (won)"), kind="won", sort="won"),
        Column("days", _("Days late"), kind="number", sort="days"),
        Column("last_step", _("Last step")),
        Column("last_date", _("Taken on"), kind="day"),
        Column("next_label", _("Next step"), sort="next_label"),
    ),
    sort="-won",
    filters=Filters,
    empty_title=_("No arrears"),
    empty_text=_("Everybody has paid what is due."),
)


def arrears_ladder(request: HttpRequest) -> HttpResponseBase:
    act = act_of(request)
    asked = ask(request, LADDER)
    every = queries.arrears_ladder(act, search=asked.search)
    step = asked.given.get("step") or ""
    rows = [row for row in every if not step or row.next_step == step]
    due = [(queries.step_label(one), count) for one, count in queries.steps_due(every).items()]
    return show(request, LADDER, asked, rows, "memberships/arrears_ladder.html", {"due": due})


def arrears_member(request: HttpRequest, membership_id: int) -> HttpResponse:
    """What was done and agreed with one member, and what can be done next."""
    act = act_of(request)
    policies.can_see_dues(act).enforce()
    card = queries.member_shown(act, membership_id)
    rows = queries.arrears_ladder(act, membership_id=membership_id)
    about = {"membership_id": membership_id, "on": act.today}
    asked = "letter" in request.GET and bool(rows)
    told = letter("arrears_reminder", about, "") if asked else None
    return page(
        request,
        "memberships/arrears_member.html",
        {
            "card": card,
            "may_exempt": bool(policies.can_exempt_member(act, card)),
            "may_review": bool(policies.can_ask_for_review(act, card)),
            "row": rows[0] if rows else None,
            "letter": told,
            "letter_asked": asked,
            "steps": list(queries.steps_of(act, membership_id)[:100]),
            "exemptions": list(queries.exemptions_of(act, membership_id)[:50]),
        },
    )


def note_arrears_talk(request: HttpRequest, membership_id: int) -> HttpResponse:
    return _step(
        request,
        membership_id,
        form=forms.NoteArrearsTalk,
        template="memberships/note_arrears_talk.html",
        call=commands.note_arrears_talk,
        said=_("The talk was noted."),
    )


def agree_instalments(request: HttpRequest, membership_id: int) -> HttpResponse:
    return _step(
        request,
        membership_id,
        form=forms.AgreeInstalments,
        template="memberships/agree_instalments.html",
        call=commands.agree_instalments,
        said=_("The instalments were agreed."),
        initial={"first_date": act_of(request).today},
    )


def exempt_member(request: HttpRequest, membership_id: int) -> HttpResponse:
    month = Month.of(act_of(request).today)
    return _step(
        request,
        membership_id,
        form=forms.ExemptMember,
        template="memberships/exempt_member.html",
        call=commands.exempt_member,
        said=_("The exemption was noted."),
        initial={"from_month": month, "until_month": month.plus(6)},
        may=policies.can_see_applications,
    )


def ask_for_review(request: HttpRequest, membership_id: int) -> HttpResponse:
    return _step(
        request,
        membership_id,
        form=forms.AskForReview,
        template="memberships/ask_for_review.html",
        call=commands.ask_for_review,
        said=_(
            "The review was asked for, and a case of review is open. The membership stays as it is."
        ),
        may=policies.can_see_applications,
    )


def end_instalments(request: HttpRequest, membership_id: int) -> HttpResponse:
    policies.can_see_dues(act_of(request)).enforce()
    plan = queries.open_instalments(membership_id)
    if plan is None:
        return away(request, ("memberships:arrears_member", membership_id))
    return action(
        request,
        call=lambda act: commands.end_instalments(act, instalments_id=plan.pk),
        said=_("The instalments have ended."),
        back=("memberships:arrears_member", membership_id),
    )


def _step(
    request: HttpRequest, membership_id: int, *, call: Any, may: Any = None, **given: Any
) -> HttpResponse:
    act = act_of(request)
    may = may or policies.can_see_dues
    may(act).enforce()
    card = queries.member_shown(act, membership_id)
    return form_page(
        request,
        call=lambda act, typed: call(act, membership_id=membership_id, **typed),
        done=lambda made: ("memberships:arrears_member", membership_id),
        may=may,
        context={"card": card},
        **given,
    )


urlpatterns = [
    path("arrears/ladder/", arrears_ladder, name="arrears_ladder"),
    path("members/<int:membership_id>/arrears/", arrears_member, name="arrears_member"),
    path("members/<int:membership_id>/arrears/talk/", note_arrears_talk, name="note_arrears_talk"),
    path(
        "members/<int:membership_id>/arrears/instalments/",
        agree_instalments,
        name="agree_instalments",
    ),
    path(
        "members/<int:membership_id>/arrears/instalments/end/",
        end_instalments,
        name="end_instalments",
    ),
    path("members/<int:membership_id>/arrears/review/", ask_for_review, name="ask_for_review"),
    path("members/<int:membership_id>/exempt/", exempt_member, name="exempt_member"),
]
