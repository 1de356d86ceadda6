"""Duties and benefits of a class: for everybody to read, for the office to lay down and end."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.ui.doors import act_of, form_page, page

from .. import commands, policies, queries
from ..forms import duties as forms


def class_terms(request: HttpRequest, code: str) -> HttpResponse:
    """What members of a class owe and may ask, in force today; and what held before."""
    act = act_of(request)
    found = queries.member_class(code)
    terms = queries.class_terms(code)
    return page(
        request,
        "memberships/class_terms.html",
        {
            "found": found,
            "now": [one for one in terms if one.holds_on(act.today)],
            "others": [one for one in terms if not one.holds_on(act.today)],
            "office": bool(policies.can_lay_down_class_term(act, found)),
        },
    )


def lay_down_class_term(request: HttpRequest, code: str) -> HttpResponse:
    found = queries.member_class(code)
    return form_page(
        request,
        form=forms.LayDownClassTerm,
        template="memberships/conduct_form.html",
        may=lambda act: policies.can_lay_down_class_term(act, found),
        call=lambda act, given: commands.lay_down_class_term(act, member_class=code, **given),
        done=lambda made: ("memberships:class_terms", code),
        said=_("It is laid down."),
        initial={"from_date": act_of(request).today, "rests": True},
        context={
            "title": _now("Lay down a duty or a benefit"),
            "name": found.name,
            "back": reverse("memberships:class_terms", args=[code]),
            "submit": _now("Lay down"),
        },
    )


def end_class_term(request: HttpRequest, term_id: int) -> HttpResponse:
    found = queries.class_term(term_id)
    code = found.member_class.code
    return form_page(
        request,
        form=forms.EndClassTerm,
        template="memberships/conduct_form.html",
        may=lambda act: policies.can_end_class_term(act, found),
        call=lambda act, given: commands.end_class_term(act, term_id=term_id, **given),
        done=lambda made: ("memberships:class_terms", code),
        said=_("It ends on that day."),
        initial={"until_date": act_of(request).today},
        context={
            "title": _now("End it"),
            "name": found.text,
            "back": reverse("memberships:class_terms", args=[code]),
            "submit": _now("End it"),
        },
    )


urlpatterns = [
    path("classes/<str:code>/terms/", class_terms, name="class_terms"),
    path("classes/<str:code>/terms/add/", lay_down_class_term, name="lay_down_class_term"),
    path("classes/terms/<int:term_id>/end/", end_class_term, name="end_class_term"),
]
