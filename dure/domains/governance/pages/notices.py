"""The notice of a meeting: who was told, whose letter is on its way, who is left."""

from __future__ import annotations

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext as _now, gettext_lazy as _, ngettext, pgettext_lazy

from dure.kernel.refusals import type_text
from dure.ui import pdf
from dure.ui.doors import act_of, action, form_about, page
from dure.ui.tables import Column, Table, ask, listing

from .. import commands, documents, forms, policies, queries
from ..rules.notices import NOTICE_STATES


class Told(django_forms.Form):
    state = django_forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("all")), *NOTICE_STATES]
    )


NOTICES = Table(
    id="notices",
    title=pgettext_lazy("governance", "Notices"),
    filters=Told,
    columns=(
        Column("name", _("Voter")),
        Column("state", _("State"), "state_label"),
        Column("told_date", _("Told on"), kind="day"),
        Column("way", _("How"), "way_label"),
    ),
    exports=(),
)


def notices(request: HttpRequest, meeting_id: int) -> HttpResponseBase:
    """Every voter with how it was told; those left come first."""
    act = act_of(request)
    row = queries.meeting_row(act, meeting_id)
    asked = ask(request, NOTICES)
    lines = queries.notice_lines(act, row)
    counts = [(label, sum(one.state == code for one in lines)) for code, label in NOTICE_STATES]
    wanted, search = asked.given.get("state"), asked.search.casefold()
    order = [code for code, _label in NOTICE_STATES]
    shown = sorted(
        (
            one
            for one in lines
            if (not wanted or one.state == wanted) and search in one.name.casefold()
        ),
        key=lambda one: order.index(one.state),
    )
    about = {
        "meeting": row,
        "listing": listing(request, NOTICES, asked, shown),
        "counts": [(label, count) for label, count in counts if count],
        "left": sum(one.state in ("left", "returned") for one in lines),
        "may": row.state in ("convened", "open") and bool(policies.can_note_notices(act, row)),
        "message": documents.notice_message(row),
    }
    return page(request, "governance/notices.html", about, part="governance/_notices.html")


def note_notices(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """For all who are left, or for the one that the address names."""
    row = queries.meeting_row(act_of(request), meeting_id)
    named = request.GET.get("party", "")
    who = (int(named),) if named.isdecimal() and len(named) < 16 else ()

    def said(count: int) -> type_text:
        told = ngettext("%(count)d voter was told.", "%(count)d voters were told.", count)
        return told % {"count": count}

    return form_about(
        request,
        ("governance:notices", meeting_id),
        title=_now("Note that one voter was told") if who else _now("Note that everybody was told"),
        name=row.title,
        form=forms.NoteNotices,
        may=lambda act: policies.can_note_notices(act, row),
        call=lambda act, given: commands.note_notices(
            act, meeting_id=meeting_id, party_ids=who, **given
        ),
        said=said,
    )


def send_notices(request: HttpRequest, meeting_id: int) -> HttpResponse:
    return action(
        request,
        call=lambda act: commands.send_notices(act, meeting_id=meeting_id),
        said=_("The letters are on their way."),
        back=("governance:notices", meeting_id),
    )


def notices_pdf(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """One file with a letter for each who has no e-mail address and was not told yet."""
    act = act_of(request)
    row = queries.meeting_row(act, meeting_id)
    made = documents.notices_pdf(queries.notices_to_print(act, row), act.at)
    return pdf.answer(made, f"{_now('Letters of notice')}_{row.pk}.pdf")


def note_notice_returned(request: HttpRequest, notice_id: int) -> HttpResponse:
    meeting_id = queries.notice_meeting(act_of(request), notice_id)
    return action(
        request,
        call=lambda act: commands.note_notice_returned(act, notice_id=notice_id),
        said=_("Noted that it came back. Tell this voter another way."),
        back=("governance:notices", meeting_id),
    )


urlpatterns = [
    path("meetings/<int:meeting_id>/notices/", notices, name="notices"),
    path("meetings/<int:meeting_id>/notices/told/", note_notices, name="note_notices"),
    path("meetings/<int:meeting_id>/notices/send/", send_notices, name="send_notices"),
    path("meetings/<int:meeting_id>/notices/pdf/", notices_pdf, name="notices_pdf"),
    path("notices/<int:notice_id>/returned/", note_notice_returned, name="note_notice_returned"),
]
