"""Who is close to whom: one page to see and declare it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from dure.ui.doors import act_of, form_page

from .. import commands, policies, queries
from ..forms import EndForm, RelationForm


def relations(request: HttpRequest, person_id: int) -> HttpResponse:
    """Who is close to a person, and the form to declare it."""
    act = act_of(request)
    lines = queries.relations_of(act, person_id)
    own = act.actor_id == person_id
    return form_page(
        request,
        form=RelationForm,
        template="parties/relations.html",
        call=lambda act, given: commands.declare_relation(act, person_id=person_id, **given),
        done=lambda made: ("parties:relations", person_id),
        said=_("It is noted. Neither decides on the other's matters from now on."),
        may=lambda act: policies.can_declare_relation(act, person_id),
        initial={"from_date": act.today},
        context={
            "heading": _("Who is close to me")
            if own
            else _("Who is close to %(name)s") % {"name": queries.party_name(person_id)},
            "lines": [(one, bool(policies.can_end_relation(act, one.person_id))) for one in lines],
            "back": reverse("parties:party", args=[person_id]),
        },
    )


def end_relation(request: HttpRequest, relation_id: int) -> HttpResponse:
    """They are not close any more."""
    card = queries.relation_card(act_of(request), relation_id)
    back = ("parties:relations", card.person_id)
    return form_page(
        request,
        form=EndForm,
        template="parties/form.html",
        call=lambda act, given: commands.end_relation(act, relation_id=relation_id, **given),
        done=lambda made: back,
        said=_("It is noted when it ends."),
        may=lambda act: policies.can_end_relation(act, card.person_id),
        initial={"until_date": act_of(request).today},
        context={
            "heading": _("%(name)s, %(kind)s: it ends")
            % {"name": card.name, "kind": card.kind_label},
            "back": reverse(back[0], args=[card.person_id]),
        },
    )


urlpatterns = [
    path("people/<int:person_id>/relations/", relations, name="relations"),
    path("relations/<int:relation_id>/end/", end_relation, name="end_relation"),
]
