"""What people agreed to, what was given to others, what follows a withdrawal."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from dure.domains.parties import queries as parties
from dure.kernel.refusals import type_text
from dure.ui.doors import act_of, form_page, page
from dure.ui.tables import Column, Table, ask, show

from .. import commands, forms, policies, queries


def consents(request: HttpRequest) -> HttpResponse:
    """Texts in force, who agrees, what was given to others, what waits after withdrawals."""
    act = act_of(request)
    return page(
        request,
        "privacy/consents.html",
        {
            "summaries": queries.consent_summaries(act),
            "handovers": queries.handovers(act)[:50],
            "waiting": queries.withdrawals_open(act),
        },
    )


def _people_of(columns: Iterable[str], title: type_text) -> Table:
    """A list of people that shows (and hands out) just these items."""
    known = {
        "name": Column("name", _("Name"), "party.name", sort="party__name"),
        "email": Column("email", _("E-mail")),
        "phone": Column("phone", _("Phone"), kind="id"),
        "organisation": Column(
            "organisation",
            _("Organisation"),
            lambda one: ", ".join(
                card.organisation_name for card in parties.representations_of(one.pk)
            ),
        ),
    }
    return Table(
        id="agreeing",
        title=title,
        columns=tuple(known[name] for name in columns),
        empty_title=_("Nobody agrees"),
    )


def agreeing(request: HttpRequest, text_id: int) -> HttpResponseBase:
    """Who agrees to what a text is for, now: the list to write to."""
    act = act_of(request)
    rows = queries.agreeing(act, text_id)
    text = parties.consent_text(text_id)
    table = _people_of(("name", "email", "phone"), text.title)
    asked = ask(request, table)
    parties.note_people_read(act, rows.count(), download=bool(asked.export))
    return show(request, table, asked, rows, "privacy/agreeing.html", {"text": text})


def hand_over_data(request: HttpRequest, text_id: int) -> HttpResponse:
    """Give the data of those who agree to the recipient; how many is shown first."""
    act = act_of(request)
    count = queries.agreeing(act, text_id).count()
    text = parties.consent_text(text_id)
    effect = _(
        "%(count)d people agreed that %(items)s go to %(recipient)s. A list of them is made."
    ) % {"count": count, "items": ", ".join(text.items_shown), "recipient": text.recipient}
    return form_page(
        request,
        form=forms.HandOverForm,
        template="privacy/form.html",
        may=policies.can_hand_over_data,
        call=lambda act, given: commands.hand_over_data(act, text_id=text_id, **given),
        done=lambda made: ("privacy:handover", made.pk),
        said=_("The list is made. Take it along as a file."),
        preview=lambda act, given: str(effect),
        context={
            "heading": _("Give to %(recipient)s") % {"recipient": text.recipient},
            "submit": _("Make the list"),
            "back": reverse("privacy:consents"),
        },
    )


def handover(request: HttpRequest, handover_id: int) -> HttpResponseBase:
    """The list that goes to a recipient: the items agreed to, of those who still agree."""
    taken = "as" in request.GET  # looking at the list is no download of it
    given, rows = queries.handed_over(act_of(request), handover_id, download=taken)
    table = _people_of(given.text.items, given.text.recipient)
    asked = ask(request, table)
    return show(request, table, asked, rows, "privacy/agreeing.html", {"text": given.text})


def settle_withdrawal(request: HttpRequest, withdrawal_id: int) -> HttpResponse:
    """Note what was done because a consent was withdrawn."""
    return form_page(
        request,
        form=forms.SettleForm,
        template="privacy/form.html",
        may=policies.can_settle_withdrawal,
        call=lambda act, given: commands.settle_withdrawal(
            act, withdrawal_id=withdrawal_id, **given
        ),
        done=lambda made: "privacy:consents",
        said=_("It was noted."),
        context={
            "heading": _("What was done after the withdrawal"),
            "submit": _("Note it"),
            "back": reverse("privacy:consents"),
        },
    )


urlpatterns = [
    path("consents/", consents, name="consents"),
    path("consents/<int:text_id>/people/", agreeing, name="agreeing"),
    path("consents/<int:text_id>/hand-over/", hand_over_data, name="hand_over_data"),
    path("handovers/<int:handover_id>/", handover, name="handover"),
    path("withdrawals/<int:withdrawal_id>/", settle_withdrawal, name="settle_withdrawal"),
]
