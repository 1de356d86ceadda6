"""Votes: opened, cast on a phone, counted, closed; resolutions and what they did."""

from __future__ import annotations

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _now, gettext_lazy as _, pgettext_lazy

from dure.kernel.acts import Act
from dure.kernel.refusals import Refusal
from dure.ui.doors import act_of, action, form_about, page, refused
from dure.ui.tables import Column, Table, ask, show

from .. import commands, forms, policies, queries
from ..forms import elections
from ..rules.voting import CHOICES, RECEIPT_LETTERS, receipt_hash

RESOLUTIONS = Table(
    id="resolutions",
    title=_("Resolutions"),
    columns=(
        Column("number", _("No."), kind="id"),
        Column("decided_date", _("Decided"), kind="day", sort="decided_date"),
        Column(
            "question",
            _("Question"),
            "vote.question",
            link=lambda r: reverse("governance:resolution", args=[r.pk]),
        ),
        Column("body", _("Body"), "meeting.body.name"),
        Column(
            "adopted",
            _("Result"),
            lambda r: _("adopted") if r.adopted else pgettext_lazy("governance", "rejected"),
        ),
        Column("done", _("Effect"), "get_done_display"),
    ),
    sort="-decided_date",
    empty_title=_("No resolutions yet"),
    empty_text=_("What meetings decide is found here, with what makes it valid."),
)


def open_vote(request: HttpRequest, item_id: int) -> HttpResponse:
    act = act_of(request)
    row = queries.item_row(act, item_id)
    stand = queries.options(act, item_id) or queries.elects(row)
    return form_about(
        request,
        ("governance:meeting", row.meeting_id),
        title=_now("Put to the vote"),
        name=row.title,
        template="governance/open_vote.html",
        form=elections.OpenElection if stand else forms.OpenVote,
        may=lambda act: policies.can_open_vote(act, row.meeting),
        call=lambda act, given: commands.open_vote(act, item_id=item_id, **given),
        done=lambda vote: ("governance:vote", vote.pk),
        said=_("The vote is open. Who may vote is frozen now."),
        initial={"method": "named"},
        ballot_of=item_id,
    )


def vote(request: HttpRequest, vote_id: int) -> HttpResponse:
    """A vote: for voters three large buttons, for who runs it how it stands."""
    act = act_of(request)
    card, row = queries.vote_card(act, vote_id), queries.vote_row(act, vote_id)
    return page(
        request,
        "governance/election.html" if card.election else "governance/vote.html",
        {
            "card": card,
            "choices": CHOICES,
            "runs": bool(policies.can_close_vote(act, card)),
            "may_count": bool(
                policies.can_count_hands(act, queries.is_there(act, row), row.tellers)
            ),
            "mine": [line for line in card.lines if line.mine],
            "receipt": new_receipt(),
            "found": _found(card, request.GET.get("receipt", "")),
        },
    )


def cast_vote(request: HttpRequest, vote_id: int, party_id: int) -> HttpResponse:
    return action(
        request,
        call=lambda act: commands.cast_vote(
            act, vote_id=vote_id, party_id=party_id, choice=request.POST.get("choice", "")
        ),
        said=_("The vote is cast."),
        back=("governance:vote", vote_id),
    )


def new_receipt() -> str:
    """What a voter keeps: four groups of four letters."""
    letters = "".join(secrets.choice(RECEIPT_LETTERS) for _one in range(16))
    return "-".join(letters[at : at + 4] for at in range(0, 16, 4))


def _found(card: queries.VoteCard, receipt: str) -> bool | None:
    """Whether the ballot of a receipt was counted; None when none was asked about."""
    return receipt_hash(receipt) in card.receipts if receipt else None


def cast_ballot(request: HttpRequest, vote_id: int, party_id: int) -> HttpResponse:
    """The answer shows the receipt; it is kept by the voter, nowhere else."""
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "POST"})
    receipt = request.POST.get("receipt", "")
    ballot = commands.SecretBallot(party_id, request.POST.get("choice", ""), receipt)
    try:
        commands.cast_ballot(act_of(request), vote_id=vote_id, ballot=ballot)
    except Refusal as refusal:
        back = reverse("governance:vote", args=[vote_id])
        return refused(request, refusal, context={"back": back})
    about = {"receipt": receipt, "vote_id": vote_id}
    return page(request, "governance/cast_ballot.html", about)


def count_hands(request: HttpRequest, vote_id: int) -> HttpResponse:
    row = queries.vote_row(act_of(request), vote_id)
    election = queries.election_card(row)

    def call(act: Act, given: dict[str, Any]) -> Any:
        about = {"tally": elections.marks_of(given)} if election else given
        return commands.count_hands(act, vote_id=vote_id, **about)

    return form_about(
        request,
        ("governance:vote", vote_id),
        title=_now("Enter the count of hands"),
        name=row.question,
        form=elections.hands_form(election) if election else forms.CountHands,
        may=lambda act: policies.can_count_hands(act, queries.is_there(act, row), row.tellers),
        call=call,
        said=_("Your count is noted. A second person enters theirs."),
    )


def close_vote(request: HttpRequest, vote_id: int) -> HttpResponse:
    carries_out = request.POST.get("effect") != "later"
    return action(
        request,
        call=lambda act: commands.close_vote(act, vote_id=vote_id, carries_out=carries_out),
        said=_closed,
        back=("governance:vote", vote_id),
    )


def _closed(row: Any) -> str:
    return queries.came_to(row) or (_now("Adopted.") if row.passed else _now("Not adopted."))


def break_off_vote(request: HttpRequest, vote_id: int) -> HttpResponse:
    row = queries.vote_row(act_of(request), vote_id)
    return form_about(
        request,
        ("governance:vote", vote_id),
        title=_now("Break the vote off"),
        name=row.question,
        form=forms.CallOff,
        may=lambda act: policies.can_break_off_vote(act, row.item.meeting),
        call=lambda act, given: commands.break_off_vote(act, vote_id=vote_id, **given),
        done=lambda vote: ("governance:meeting", row.item.meeting_id),
        said=_("The vote is broken off; it has no result."),
    )


def resolutions(request: HttpRequest) -> HttpResponseBase:
    asked = ask(request, RESOLUTIONS)
    rows = queries.resolutions(act_of(request))
    return show(request, RESOLUTIONS, asked, rows, "governance/resolutions.html")


def carry_out_resolution(request: HttpRequest, resolution_id: int) -> HttpResponse:
    return action(
        request,
        call=lambda act: commands.carry_out_resolution(act, resolution_id=resolution_id),
        said=_("The resolution is carried out."),
        back=("governance:resolution", resolution_id),
    )


urlpatterns = [
    path("items/<int:item_id>/vote/", open_vote, name="open_vote"),
    path("votes/<int:vote_id>/", vote, name="vote"),
    path("votes/<int:vote_id>/cast/<int:party_id>/", cast_vote, name="cast_vote"),
    path("votes/<int:vote_id>/ballot/<int:party_id>/", cast_ballot, name="cast_ballot"),
    path("votes/<int:vote_id>/count/", count_hands, name="count_hands"),
    path("votes/<int:vote_id>/close/", close_vote, name="close_vote"),
    path("votes/<int:vote_id>/break-off/", break_off_vote, name="break_off_vote"),
    path("resolutions/", resolutions, name="resolutions"),
    path(
        "resolutions/<int:resolution_id>/carry-out/",
        carry_out_resolution,
        name="carry_out_resolution",
    ),
]
