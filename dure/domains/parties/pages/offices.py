"""Staff of the network, its profile, and the texts people agree to."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.ui.doors import act_of, form_page, page
from dure.ui.tables import Column, Table, taken_along

from .. import commands, policies, queries
from ..forms import AppointmentForm, ConsentTextForm, EndForm, NetworkForm
from ..rules.codes import LEGAL_FORMS, OFFICES, label_of
from ..rules.numbers import format_business_number
from ..rules.regions import region_name

STAFF = Table(
    id="staff",
    title=_("Staff of the network"),
    columns=(
        Column("person_name", _("Name")),
        Column("office", _("Office"), lambda one: label_of(OFFICES, one.office)),
        Column("from_date", _("From"), kind="day"),
        Column("until_date", _("Until"), kind="day"),
        Column("decision", _("Decision")),
    ),
)


def offices(request: HttpRequest) -> HttpResponseBase:
    """Who works for the network, its profile, and the consent texts."""
    act = act_of(request)
    appointed = queries.appointments(act)
    if file := taken_along(request, STAFF, appointed):
        return file
    network = queries.network_profile()
    return page(
        request,
        "parties/offices.html",
        {
            "appointments": [
                (one, label_of(OFFICES, one.office), _holds(one, act)) for one in appointed
            ],
            "network_card": network,
            "network_form": label_of(LEGAL_FORMS, network.legal_form) if network else "",
            "network_region": region_name(network.region_code) if network else "",
            "network_number": format_business_number(network.business_number) if network else "",
            "texts": queries.all_consent_texts(),
            "may_appoint": policies.can_appoint_staff(act),
            "may_change": policies.can_change_network(act),
        },
    )


def _holds(one: queries.AppointmentCard, act: Act) -> bool:
    return one.from_date <= act.today and (one.until_date is None or act.today < one.until_date)


def appoint_staff(request: HttpRequest) -> HttpResponse:
    """Give a person a staff office."""
    return form_page(
        request,
        form=AppointmentForm,
        template="parties/form.html",
        call=lambda act, given: commands.appoint_staff(act, **given),
        done=lambda made: "parties:offices",
        said=_("The appointment was noted."),
        may=policies.can_appoint_staff,
        initial={"from_date": act_of(request).today},
        context={"heading": _("Appoint staff"), "back": reverse("parties:offices")},
    )


def end_appointment(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """End a staff office."""
    return form_page(
        request,
        form=EndForm,
        template="parties/form.html",
        call=lambda act, given: commands.end_appointment(
            act, appointment_id=appointment_id, **given
        ),
        done=lambda made: "parties:offices",
        said=_("The office ends."),
        may=policies.can_end_appointment,
        initial={"until_date": act_of(request).today},
        context={"heading": _("End an office"), "back": reverse("parties:offices")},
    )


def change_network(request: HttpRequest) -> HttpResponse:
    """Change the network's profile."""
    network = queries.network_profile()
    initial = {name: getattr(network, name) if network else "" for name in NetworkForm.base_fields}
    initial["business_number"] = format_business_number(str(initial["business_number"]))

    def call(act: Act, given: dict[str, Any]) -> Any:
        changes = tuple((k, v) for k, v in given.items() if str(v or "") != str(initial[k] or ""))
        return commands.change_network(act, changes=changes)

    return form_page(
        request,
        form=NetworkForm,
        template="parties/form.html",
        call=call,
        done=lambda made: "parties:offices",
        said=_("The changes were saved."),
        may=policies.can_change_network,
        initial=initial,
        context={"heading": _("Profile of the network"), "back": reverse("parties:offices")},
    )


def publish_consent_text(request: HttpRequest) -> HttpResponse:
    """Publish the next version of a consent text."""
    return form_page(
        request,
        form=ConsentTextForm,
        template="parties/form.html",
        call=lambda act, given: commands.publish_consent_text(act, **given),
        done=lambda made: "parties:offices",
        said=_("The text was published."),
        may=policies.can_publish_consent_text,
        initial={"from_date": act_of(request).today},
        context={"heading": _("Publish a consent text"), "back": reverse("parties:offices")},
    )


urlpatterns = [
    path("offices/", offices, name="offices"),
    path("offices/appoint/", appoint_staff, name="appoint_staff"),
    path("offices/<int:appointment_id>/end/", end_appointment, name="end_appointment"),
    path("network/", change_network, name="change_network"),
    path("consent-texts/add/", publish_consent_text, name="publish_consent_text"),
]
