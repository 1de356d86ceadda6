"""What is promised, and the laying down of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.self_help import queries as self_help
from dure.ui.doors import act_of, form_about, page

from .. import commands, forms, policies, queries


def aid_plans(request: HttpRequest) -> HttpResponse:
    """Every version of every plan, those that can be joined today marked."""
    act = act_of(request)
    plans = queries.aid_plans(act)
    names = self_help.rule_owners() if any(one.owner for one in plans) else {}
    return page(
        request,
        "mutual_aid/aid_plans.html",
        {
            "plans": [(one, names.get(one.owner, ""), one.is_open(act.today)) for one in plans],
            "keeps": bool(policies.can_lay_down_aid_plan(act)),
        },
    )


def lay_down_aid_plan(request: HttpRequest) -> HttpResponse:
    """Lay down a plan, or its next version."""
    return form_about(
        request,
        "mutual_aid:aid_plans",
        title=_now("Lay a plan of mutual aid down"),
        form=lambda *args, **given: forms.PlanForm(*args, others=self_help.books_of_aid(), **given),
        may=policies.can_lay_down_aid_plan,
        call=lambda act, given: commands.lay_down_aid_plan(act, **given),
        said=_("The plan is laid down. Contracts signed before keep their terms."),
        initial={"from_date": act_of(request).today},
    )


def end_aid_plan(request: HttpRequest, aid_plan_id: int) -> HttpResponse:
    """Take nobody into a plan any more."""
    act = act_of(request)
    card = queries.aid_plan(act, aid_plan_id)
    return form_about(
        request,
        "mutual_aid:aid_plans",
        title=_now("Take nobody in any more"),
        name=card.name,
        form=forms.EndPlanForm,
        may=policies.can_end_aid_plan,
        call=lambda act, given: commands.end_aid_plan(act, plan_id=aid_plan_id, **given),
        said=_("Nobody joins it from that day on; contracts that run go on."),
        initial={"until_date": act.today},
    )


urlpatterns = [
    path("plans/", aid_plans, name="aid_plans"),
    path("plans/lay-down/", lay_down_aid_plan, name="lay_down_aid_plan"),
    path("plans/<int:aid_plan_id>/end/", end_aid_plan, name="end_aid_plan"),
]
