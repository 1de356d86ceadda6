"""Breaches: the clock, whom it concerns, who was told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _now, gettext_lazy as _, pgettext_lazy

from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.refusals import type_text
from dure.kernel.verdict import Verdict
from dure.ui import pdf
from dure.ui.doors import act_of, action, form_page, page
from dure.ui.tables import Column, Table, ask, show

from .. import commands, documents, forms, policies, queries

PEOPLE_SHOWN = 100


BREACHES = Table(
    id="breaches",
    title=_("Breaches of personal data"),
    columns=(
        Column("number", _("No."), "pk", kind="id", link=lambda one: reverse("privacy:breach", args=[one.pk])),
        Column("found_at", _("Found out"), kind="moment", sort="found_at"),
        Column("what", _("What happened")),
        Column("people_count", _("People"), kind="number", sort="people_count"),
        Column("closed_at", pgettext_lazy("breach", "Closed"), kind="moment", sort="closed_at"),
    ),
    sort="-found_at",
    empty_title=_("No breach is recorded"),
    empty_text=_("When personal data got out, or may have, record it at once: the clock runs."),
)  # fmt: skip


def breaches(request: HttpRequest) -> HttpResponseBase:
    """All breaches."""
    asked = ask(request, BREACHES)
    return show(
        request, BREACHES, asked, queries.breaches(act_of(request)), "privacy/breaches.html"
    )


def breach(request: HttpRequest, breach_id: int) -> HttpResponse:
    """One breach: the hours left, whom it concerns, what was done."""
    act = act_of(request)
    card = queries.breach_card(act, breach_id)
    return page(
        request,
        "privacy/breach.html",
        {
            "card": card,
            "kinds": documents.kinds_in_words(card.kinds),
            "duties": [(documents.DUTIES[duty.whom], duty) for duty in card.duties],
            "people": queries.breached_people(act, breach_id)[:PEOPLE_SHOWN],
        },
    )


def breach_report(request: HttpRequest, breach_id: int) -> HttpResponse:
    """What is known of a breach, as a paper."""
    act = act_of(request)
    card = queries.breach_card(act, breach_id)
    network = parties.network_profile()
    made = documents.breach_report(act, card, network.name if network else "")
    name = _now("Report of a breach of personal data")
    return pdf.answer(made, f"{name}_{card.id}.pdf")


def record_breach(request: HttpRequest) -> HttpResponse:
    """Record a breach."""
    return form_page(
        request,
        form=forms.RecordBreachForm,
        template="privacy/form.html",
        may=policies.can_record_breach,
        call=lambda act, given: commands.record_breach(act, **given),
        done=lambda made: ("privacy:breach", made.pk),
        said=_("The breach is recorded. Now name whom it concerns, and tell them."),
        initial={"found_at": act_of(request).at},
        context={
            "heading": _("Record a breach"),
            "submit": _("Record"),
            "back": reverse("privacy:breaches"),
        },
    )


def _about_breach(
    request: HttpRequest,
    breach_id: int,
    heading: type_text,
    form: Callable[..., django_forms.Form],
    may: Callable[[Act], Verdict],
    call: Callable[[Act, dict[str, Any]], Any],
    said: type_text,
    preview: Callable[[Act, dict[str, Any]], Any] | None = None,
    initial: dict[str, Any] | None = None,
) -> HttpResponse:
    queries.breach_card(act_of(request), breach_id)
    return form_page(
        request,
        form=form,
        template="privacy/form.html",
        may=may,
        call=call,
        done=lambda made: ("privacy:breach", breach_id),
        said=said,
        preview=preview,
        initial=initial,
        context={
            "heading": heading,
            "submit": heading,
            "back": reverse("privacy:breach", args=[breach_id]),
        },
    )


def change_breach(request: HttpRequest, breach_id: int) -> HttpResponse:
    """Complete what is known."""
    card = queries.breach_card(act_of(request), breach_id)
    return _about_breach(
        request,
        breach_id,
        _("Complete what is known"),
        forms.BreachForm,
        policies.can_change_breach,
        lambda act, given: commands.change_breach(act, breach_id=breach_id, **given),
        _("The changes were saved."),
        initial={
            "what": card.what,
            "kinds": card.kinds,
            "people_count": card.people_count,
            "from_outside": card.from_outside,
            "advice": card.advice,
        },
    )


def note_breach_measure(request: HttpRequest, breach_id: int) -> HttpResponse:
    """Note what was done."""
    return _about_breach(
        request,
        breach_id,
        _("Note what was done"),
        forms.MeasureForm,
        policies.can_note_breach_measure,
        lambda act, given: commands.note_breach_measure(act, breach_id=breach_id, **given),
        _("It was noted."),
    )


def name_breached_people(request: HttpRequest, breach_id: int) -> HttpResponse:
    """Name whom it concerns; how many it is is shown first."""
    act = act_of(request)
    readers = [(card.person_id, card.person_name) for card in parties.staff_on(act.today)]

    def count(act: Act, given: dict[str, Any]) -> str:
        found = queries.people_concerned(act, **given)
        return _now("%(count)d people are in this group.") % {"count": len(found)}

    return _about_breach(
        request,
        breach_id,
        _("Name whom it concerns"),
        lambda *args, **given: forms.ConcernedForm(
            *args, readers=sorted(dict(readers).items()), **given
        ),
        policies.can_name_breached_people,
        lambda act, given: commands.name_breached_people(act, breach_id=breach_id, **given),
        _("They were named."),
        preview=count,
    )


def tell_breached_people(request: HttpRequest, breach_id: int) -> HttpResponse:
    """Send the letters; how many go out is shown first."""
    card = queries.breach_card(act_of(request), breach_id)
    effect = _("%(count)d people are told: a letter goes to everybody with an e-mail address.") % {
        "count": card.named - card.told
    }
    return _about_breach(
        request,
        breach_id,
        _("Tell those concerned"),
        forms.TellForm,
        policies.can_tell_breached_people,
        lambda act, given: commands.tell_breached_people(act, breach_id=breach_id, **given),
        _("The letters are on their way."),
        preview=lambda act, given: str(effect),
    )


def report_breach(request: HttpRequest, breach_id: int) -> HttpResponse:
    """Note that it was reported."""
    return _about_breach(
        request,
        breach_id,
        _("Note the report"),
        forms.ReportForm,
        policies.can_report_breach,
        lambda act, given: commands.report_breach(act, breach_id=breach_id, **given),
        _("The report was noted."),
        initial={"reported_at": act_of(request).at},
    )


def close_breach(request: HttpRequest, breach_id: int) -> HttpResponse:
    """Close a breach."""
    return action(
        request,
        call=lambda act: commands.close_breach(act, breach_id=breach_id),
        said=_("The breach is closed."),
        back=("privacy:breach", breach_id),
    )


urlpatterns = [
    path("breaches/", breaches, name="breaches"),
    path("breaches/record/", record_breach, name="record_breach"),
    path("breaches/<int:breach_id>/", breach, name="breach"),
    path("breaches/<int:breach_id>/report.pdf", breach_report, name="breach_report"),
    path("breaches/<int:breach_id>/change/", change_breach, name="change_breach"),
    path("breaches/<int:breach_id>/measures/", note_breach_measure, name="note_breach_measure"),
    path("breaches/<int:breach_id>/people/", name_breached_people, name="name_breached_people"),
    path("breaches/<int:breach_id>/tell/", tell_breached_people, name="tell_breached_people"),
    path("breaches/<int:breach_id>/report/", report_breach, name="report_breach"),
    path("breaches/<int:breach_id>/close/", close_breach, name="close_breach"),
]
