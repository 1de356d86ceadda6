"""How each class is joined: the procedures, seen and laid down without code."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.refusals import NotFound
from dure.ui.doors import act_of, action, form_page, page

from .. import commands, policies, queries
from ..forms import admission_procedures as stepped, admission_steps as forms
from ..rules import procedures as rules
from ..rules.procedures import Procedure, Step, StepKind


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
        "add": stepped.AddStep(),
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


def add_procedure_step(request: HttpRequest, procedure_id: int) -> HttpResponse:
    """A new step; its kind is chosen on the procedure's page (papers where none is)."""
    try:
        kind = StepKind(request.GET.get("kind", StepKind.PAPERS.value))
    except ValueError as error:
        raise NotFound from error
    return _set_step(request, procedure_id, kind, None)


def change_procedure_step(request: HttpRequest, procedure_id: int, step: str) -> HttpResponse:
    card = queries.procedure_card(act_of(request), procedure_id)
    found = card.procedure.step(step)
    if found is None:
        raise NotFound
    return _set_step(request, procedure_id, found.kind, found)


def _set_step(
    request: HttpRequest, procedure_id: int, kind: StepKind, step: Step | None
) -> HttpResponse:
    """One step as typed: the procedure with it is a new one, from a day on."""
    act = act_of(request)
    card = queries.procedure_card(act, procedure_id)
    shown: list[stepped.SetStep] = []

    def form(*args: Any, **kwargs: Any) -> stepped.SetStep:
        made = stepped.SetStep(*args, procedure=card.procedure, kind=kind, step=step, **kwargs)
        shown.append(made)
        return made

    def call(act: Act, given: dict[str, Any]) -> Any:
        changed = rules.with_step(card.procedure, shown[-1].step_of())
        return _load(act, card, changed, given["from_date"])

    initial = stepped.initial_of(step, card.procedure) if step else {"base": "seats"}
    ways = {f"way_{by}": initial.get(f"way_{by}", 0) for by in rules.SPONSORS}
    day = max(act.today, card.from_date)
    return form_page(
        request,
        form=form,
        template="memberships/procedure_step.html",
        call=call,
        done=lambda made: ("memberships:procedure", made.pk),
        said=_("The procedure was changed; the one before stays as it was."),
        may=policies.can_load_procedure,
        initial={**initial, **ways, "from_date": day},
        context={"card": card, "heading": step.title if step else str(rules.STEP_KINDS[kind])},
    )


def remove_procedure_step(request: HttpRequest, procedure_id: int, step: str) -> HttpResponse:
    return _changed(request, procedure_id, lambda found: rules.without_step(found, step))


def move_procedure_step(request: HttpRequest, procedure_id: int, step: str) -> HttpResponse:
    return _changed(request, procedure_id, lambda found: rules.moved_up(found, step))


def _changed(
    request: HttpRequest, procedure_id: int, change: Callable[[Procedure], Procedure]
) -> HttpResponse:
    def call(act: Act) -> Any:
        card = queries.procedure_card(act, procedure_id)
        return _load(act, card, change(card.procedure), max(act.today, card.from_date))

    return action(
        request,
        call=call,
        done=lambda made: ("memberships:procedure", made.pk),
        said=_("The procedure was changed; the one before stays as it was."),
        back=("memberships:procedure", procedure_id),
    )


def _load(act: Act, card: queries.ProcedureCard, changed: Procedure, from_date: date) -> Any:
    return commands.load_procedure(
        act,
        member_class=card.class_code,
        from_date=from_date,
        file=rules.write_procedure(changed),
        decided_by=card.decided_by,
    )


_STEP = "procedures/<int:procedure_id>/steps"
urlpatterns = [
    path("procedures/", procedures, name="procedures"),
    path("procedures/load/", load_procedure, name="load_procedure"),
    path("procedures/<int:procedure_id>/", procedure, name="procedure"),
    path("procedures/<int:procedure_id>/file/", procedure_file, name="procedure_file"),
    path(f"{_STEP}/add/", add_procedure_step, name="add_procedure_step"),
    path(f"{_STEP}/<slug:step>/", change_procedure_step, name="change_procedure_step"),
    path(f"{_STEP}/<slug:step>/remove/", remove_procedure_step, name="remove_procedure_step"),
    path(f"{_STEP}/<slug:step>/up/", move_procedure_step, name="move_procedure_step"),
]
