"""Votes in writing: the papers of a meeting."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.kernel.acts import Act
from dure.ui.doors import act_of, action, form_about, page

from .. import commands, forms, policies, queries


def written_votes(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Who voted in writing on what, by which paper."""
    act = act_of(request)
    row = queries.meeting_row(act, meeting_id)
    about = {
        "meeting": row,
        "items": queries.written_on(act, row),
        "may_note": bool(policies.can_note_written_vote(act, row)) and queries.knows_writing(row),
        "may_answer": bool(queries.answering(act, row)),
    }
    return page(request, "governance/written_votes.html", about)


def note_written_vote(request: HttpRequest, item_id: int) -> HttpResponse:
    """The office notes a paper; where a body decides in writing, a voter answers by itself."""
    act = act_of(request)
    row = queries.item_row(act, item_id)
    own = queries.answering(act, row.meeting) if request.GET.get("own") else []

    def call(act: Act, given: dict[str, Any]) -> Any:
        given.setdefault("paper", _now("answered in Dure by the voter"))
        return commands.note_written_vote(act, item_id=item_id, **given)

    return form_about(
        request,
        ("governance:written_votes", row.meeting_id),
        title=_now("Answer in writing") if own else _now("Note a vote in writing"),
        name=row.title,
        form=partial(forms.AnswerInWriting, voters=own) if own else forms.NoteWrittenVote,
        may=lambda act: policies.can_note_written_vote(act, row.meeting, bool(own)),
        call=call,
        said=_("The vote in writing is noted; it counts when the item is put to the vote."),
    )


def withdraw_written_vote(request: HttpRequest, written_id: int) -> HttpResponse:
    meeting_id = queries.written_meeting(act_of(request), written_id)
    return action(
        request,
        call=lambda act: commands.withdraw_written_vote(act, written_id=written_id),
        said=_("The vote in writing is withdrawn."),
        back=("governance:written_votes", meeting_id),
    )


urlpatterns = [
    path("meetings/<int:meeting_id>/written/", written_votes, name="written_votes"),
    path("items/<int:item_id>/written/", note_written_vote, name="note_written_vote"),
    path("written/<int:written_id>/withdraw/", withdraw_written_vote, name="withdraw_written_vote"),
]
