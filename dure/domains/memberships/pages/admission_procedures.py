"""How each class is joined: the procedures, seen and laid down without code."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from dure.ui.doors import act_of, form_page, page

from .. import commands, policies, queries
from ..forms import admission_steps as forms


def procedures(request: HttpRequest) -> HttpResponse:
    """Every kind of member with the procedure that holds today."""
    act = act_of(request)
    context = {
        "rows": queries.procedures_now(act),
        "past": queries.procedures_of(act)[:50],
        "may_load": policies.can_load_procedure(act),
    }
    return page(request, "memberships/procedures.html", context)


def procedure(request: HttpRequest, procedure_id: int) -> HttpResponse:
    act = act_of(request)
    context = {
        "card": queries.procedure_card(act, procedure_id),
        "may_load": policies.can_load_procedure(act),
    }
    return page(request, "memberships/procedure.html", context)


def procedure_file(request: HttpRequest, procedure_id: int) -> HttpResponse:
    """The procedure as the file that can be loaded again, here or in another network."""
    card = queries.procedure_card(act_of(request), procedure_id)
    response = HttpResponse(card.file, content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="procedure-{procedure_id}.toml"'
    return response


def load_procedure(request: HttpRequest) -> HttpResponse:
    act = act_of(request)

    def call(act: Any, given: dict[str, Any]) -> Any:
        return commands.load_procedure(act, **given)

    return form_page(
        request,
        form=forms.LoadProcedure,
        template="memberships/load_procedure.html",
        call=call,
        done=lambda made: ("memberships:procedure", made.pk),
        said=_("The procedure was laid down."),
        may=policies.can_load_procedure,
        initial={"from_date": act.today, "member_class": request.GET.get("class", "")},
    )


urlpatterns = [
    path("procedures/", procedures, name="procedures"),
    path("procedures/load/", load_procedure, name="load_procedure"),
    path("procedures/<int:procedure_id>/", procedure, name="procedure"),
    path("procedures/<int:procedure_id>/file/", procedure_file, name="procedure_file"),
]
