"""Minutes: read, written, shown to those absent, commented on, signed; on paper and as HWPX."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.ui import pdf
from dure.ui.doors import act_of, action, form_about, page
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


def write_minutes(request: HttpRequest, meeting_id: int) -> HttpResponse:
    card = queries.meeting_card(act_of(request), meeting_id)
    return form_about(
        request,
        ("governance:minutes", meeting_id),
        title=_now("Write the minutes"),
        name=card.title,
        form=forms.WriteMinutes,
        may=lambda act: policies.can_write_minutes(act, card),
        call=lambda act, given: commands.write_minutes(act, meeting_id=meeting_id, **given),
        said=_("The minutes are saved. Send them to those who were absent, or let them be signed."),
        initial={"text": card.written.text if card.written else ""},
    )


def circulate_minutes(request: HttpRequest, meeting_id: int) -> HttpResponse:
    return action(
        request,
        call=lambda act: commands.circulate_minutes(act, meeting_id=meeting_id),
        said=_("Sent to those who were absent. Their comments are kept here."),
        back=("governance:minutes", meeting_id),
    )


def comment_on_minutes(request: HttpRequest, meeting_id: int, party_id: int) -> HttpResponse:
    card = queries.meeting_card(act_of(request), meeting_id)
    return form_about(
        request,
        ("governance:minutes", meeting_id),
        title=_now("Comment on the minutes"),
        name=card.title,
        form=forms.CommentOnMinutes,
        may=lambda act: policies.can_comment_on_minutes(act, card, party_id),
        call=lambda act, given: commands.comment_on_minutes(
            act, meeting_id=meeting_id, party_id=party_id, **given
        ),
        said=_("Your comment is kept with the minutes."),
    )


def sign_minutes(request: HttpRequest, meeting_id: int) -> HttpResponse:
    return action(
        request,
        call=lambda act: commands.sign_minutes(act, meeting_id=meeting_id),
        said=_("You have signed the minutes."),
        back=("governance:minutes", meeting_id),
    )


def note_signature(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Who signed on paper: one of those who were there."""
    card = queries.meeting_card(act_of(request), meeting_id)
    signers = queries.minutes_draft(card).signers
    return form_about(
        request,
        ("governance:minutes", meeting_id),
        title=_now("Note a signature on paper"),
        name=card.title,
        form=partial(forms.NoteSignature, signers),
        may=policies.can_note_signature,
        call=lambda act, given: commands.sign_minutes(act, meeting_id=meeting_id, **given),
        said=_("The signature is noted."),
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
