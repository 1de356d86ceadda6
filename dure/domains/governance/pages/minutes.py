"""Minutes: read, written, shown to those absent, commented on, signed; on paper and as HWPX."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.refusals import type_text
from dure.kernel.verdict import Verdict
from dure.ui import pdf
from dure.ui.doors import act_of, action, form_page, page
from dure.ui.sheets import hwpx, of_statement

from .. import commands, documents, policies, queries
from ..forms import papers as forms


def minutes(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """What follows from the records, what was said, what those absent say, who signed."""
    act = act_of(request)
    card = queries.meeting_card(act, meeting_id)
    record = queries.minutes_draft(card)
    asked = record.comments_until is not None and not record.locked_at
    still = asked and record.comments_until is not None and act.today <= record.comments_until
    waits = {person_id for person_id, _name in record.signers}
    may_write = bool(policies.can_write_minutes(act, card))
    about = {
        "card": card,
        "record": record,
        "still": still,
        "may_write": may_write and card.closed_at and not record.locked_at,
        "may_circulate": may_write and record.written_at and not asked and not record.locked_at,
        "may_sign": not record.locked_at and not still and act.actor_id in waits,
        "may_note": bool(policies.can_note_signature(act)) and waits and not still,
        "mine": [line for line in card.mine if still],
    }
    return page(request, "governance/minutes.html", about)


def _statement(request: HttpRequest, meeting_id: int) -> tuple[Act, pdf.Statement, str]:
    act = act_of(request)
    card = queries.meeting_card(act, meeting_id)
    network = parties.network_profile()
    record = queries.minutes_draft(card)
    about = documents.minutes_statement(card, record, network.name if network else "")
    return act, about, f"{_now('Minutes')}_{card.day.isoformat()}"


def minutes_pdf(request: HttpRequest, meeting_id: int) -> HttpResponse:
    act, about, name = _statement(request, meeting_id)
    return pdf.answer(pdf.statement(about, made_at=act.at), f"{name}.pdf")


def minutes_hwpx(request: HttpRequest, meeting_id: int) -> HttpResponse:
    act, about, name = _statement(request, meeting_id)
    return hwpx.answer(hwpx.document(of_statement(about), made_at=act.at), f"{name}.hwpx")


def _about(
    request: HttpRequest,
    card: queries.MeetingCard,
    form: Callable[..., django_forms.Form],
    may: Callable[[Act, queries.MeetingCard], Verdict],
    call: Callable[[Act, dict[str, Any]], Any],
    title: str,
    said: type_text,
    initial: dict[str, Any] | None = None,
) -> HttpResponse:
    return form_page(
        request,
        form=form,
        template="governance/form.html",
        may=lambda act: may(act, card),
        initial=initial,
        call=call,
        done=lambda made: ("governance:minutes", card.id),
        said=said,
        context={
            "title": title,
            "name": card.title,
            "back": reverse("governance:minutes", args=[card.id]),
        },
    )


def write_minutes(request: HttpRequest, meeting_id: int) -> HttpResponse:
    card = queries.meeting_card(act_of(request), meeting_id)
    return _about(
        request,
        card,
        forms.WriteMinutes,
        policies.can_write_minutes,
        lambda act, given: commands.write_minutes(act, meeting_id=meeting_id, **given),
        _now("Write the minutes"),
        _("The minutes are saved. Send them to those who were absent, or let them be signed."),
        {"text": card.written.text if card.written else ""},
    )


def circulate_minutes(request: HttpRequest, meeting_id: int) -> HttpResponse:
    return action(
        request,
        call=lambda act: commands.circulate_minutes(act, meeting_id=meeting_id),
        done=lambda row: ("governance:minutes", meeting_id),
        said=_("Sent to those who were absent. Their comments are kept here."),
        back=("governance:minutes", meeting_id),
    )


def comment_on_minutes(request: HttpRequest, meeting_id: int, party_id: int) -> HttpResponse:
    return _about(
        request,
        queries.meeting_card(act_of(request), meeting_id),
        forms.CommentOnMinutes,
        lambda act, card: policies.can_comment_on_minutes(act, card, party_id),
        lambda act, given: commands.comment_on_minutes(
            act, meeting_id=meeting_id, party_id=party_id, **given
        ),
        _now("Comment on the minutes"),
        _("Your comment is kept with the minutes."),
    )


def sign_minutes(request: HttpRequest, meeting_id: int) -> HttpResponse:
    return action(
        request,
        call=lambda act: commands.sign_minutes(act, meeting_id=meeting_id),
        done=lambda row: ("governance:minutes", meeting_id),
        said=_("You have signed the minutes."),
        back=("governance:minutes", meeting_id),
    )


def note_signature(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Who signed on paper: one of those who were there."""
    card = queries.meeting_card(act_of(request), meeting_id)
    signers = queries.minutes_draft(card).signers
    return _about(
        request,
        card,
        lambda *given, **named: forms.NoteSignature(signers, *given, **named),
        lambda act, card: policies.can_note_signature(act),
        lambda act, given: commands.sign_minutes(act, meeting_id=meeting_id, **given),
        _now("Note a signature on paper"),
        _("The signature is noted."),
    )


urlpatterns = [
    path("meetings/<int:meeting_id>/minutes/", minutes, name="minutes"),
    path("meetings/<int:meeting_id>/minutes/pdf/", minutes_pdf, name="minutes_pdf"),
    path("meetings/<int:meeting_id>/minutes/hwpx/", minutes_hwpx, name="minutes_hwpx"),
    path("meetings/<int:meeting_id>/minutes/write/", write_minutes, name="write_minutes"),
    path("meetings/<int:meeting_id>/minutes/send/", circulate_minutes, name="circulate_minutes"),
    path(
        "meetings/<int:meeting_id>/minutes/comment/<int:party_id>/",
        comment_on_minutes,
        name="comment_on_minutes",
    ),
    path("meetings/<int:meeting_id>/minutes/sign/", sign_minutes, name="sign_minutes"),
    path("meetings/<int:meeting_id>/minutes/sign/paper/", note_signature, name="note_signature"),
]
