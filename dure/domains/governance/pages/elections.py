"""Elections: who stands, the ballot on a phone, the run-off; objections and the casting vote."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.refusals import NotFound
from dure.ui.doors import act_of, action, form_about, form_page, page

from .. import commands, policies, queries
from ..forms import elections as forms
from ..rules.elections import Form
from ..rules.voting import Method
from .votes import new_receipt


def options(request: HttpRequest, item_id: int) -> HttpResponse:
    """Who stands, with what they say."""
    act = act_of(request)
    item = queries.item_row(act, item_id)
    standing = queries.options(act, item_id)
    may_enter = bool(policies.can_add_option(act, item.meeting, None))
    stands = any(one.person_id == act.actor_id for one in standing)
    fixed = queries.is_fixed(item)
    return page(
        request,
        "governance/options.html",
        {
            "item": item,
            "options": standing,
            "may_enter": may_enter and not fixed,
            "may_stand": not fixed and not stands and not may_enter,
            "withdraws": () if fixed else [
                one.id for one in standing if policies.can_withdraw_option(act, item.meeting, one.person_id)
            ],
        },
    )  # fmt: skip


def add_option(request: HttpRequest, item_id: int) -> HttpResponse:
    """The office enters who agreed to stand; everybody else stands by oneself."""
    act = act_of(request)
    item = queries.item_row(act, item_id)
    enters = bool(policies.can_add_option(act, item.meeting, None))
    entered = forms.AddCandidate if queries.elects(item) else forms.AddOption

    def call(act: Act, given: dict[str, Any]) -> Any:
        if not enters:
            given["person_id"] = act.actor_id
        return commands.add_option(act, item_id=item_id, **given)

    return form_about(
        request,
        ("governance:options", item_id),
        title=_now("Put on the ballot") if enters else _now("Stand for election"),
        name=item.title,
        form=entered if enters else forms.StandMyself,
        may=lambda act: policies.can_add_option(
            act, item.meeting, None if enters else act.actor_id
        ),
        call=call,
        said=lambda option: _now("On the ballot as no. %(number)d.") % {"number": option.number},
    )


def withdraw_option(request: HttpRequest, option_id: int) -> HttpResponse:
    item_id = queries.item_of_option(act_of(request), option_id)
    return action(
        request,
        call=lambda act: commands.withdraw_option(act, option_id=option_id),
        said=_("Withdrawn from the ballot."),
        back=("governance:options", item_id),
    )


def mark_ballot(request: HttpRequest, vote_id: int, party_id: int) -> HttpResponse:
    """The ballot of an election: by name, or in secret with a receipt that is shown once."""
    act = act_of(request)
    card = queries.vote_card(act, vote_id)
    if card.election is None:
        raise NotFound
    secret = card.method == Method.SECRET
    may = policies.can_cast_ballot if secret else policies.can_cast_vote
    by_proxy = any(line.mine and line.party_id == party_id for line in card.lines)

    def call(act: Act, given: dict[str, Any]) -> Any:
        marks = forms.marks_of(given)
        if not secret:
            commands.cast_vote(act, vote_id=vote_id, party_id=party_id, marks=marks)
            return "governance:vote", vote_id
        ballot = commands.SecretBallot(party_id, "", given["receipt"], marks)
        commands.cast_ballot(act, vote_id=vote_id, ballot=ballot)
        about = {"receipt": given["receipt"], "vote_id": vote_id}
        return page(request, "governance/cast_ballot.html", about)

    return form_page(
        request,
        form=forms.ballot_form(card.election, new_receipt() if secret else ""),
        template="governance/mark_ballot.html",
        may=lambda act: may(act, card, party_id, by_proxy),
        call=call,
        done=lambda answer: answer,
        said=_("The vote is cast."),
        context={
            "card": card,
            "name": next((one.name for one in card.lines if one.party_id == party_id), ""),
            "back": reverse("governance:vote", args=[vote_id]),
        },
    )


def open_run_off(request: HttpRequest, vote_id: int) -> HttpResponse:
    """Among those who share the last place, the same way as before."""
    row = queries.vote_row(act_of(request), vote_id)
    return action(
        request,
        call=lambda act: commands.open_vote(
            act, item_id=row.item_id, method=row.method, form=Form.CHOICE, run_off_of_id=vote_id,
            question=_now("Run-off: %(question)s") % {"question": row.question},
        ),
        done=lambda vote: ("governance:vote", vote.pk),
        said=_("The run-off is open, among those who share the last place."),
        back=("governance:vote", vote_id),
    )  # fmt: skip


def object_to_vote(request: HttpRequest, vote_id: int, party_id: int) -> HttpResponse:
    card = queries.vote_card(act_of(request), vote_id)
    by_proxy = any(line.mine and line.party_id == party_id for line in card.lines)
    return form_about(
        request,
        ("governance:vote", vote_id),
        title=_now("Object"),
        name=card.question,
        form=forms.ObjectToVote,
        may=lambda act: policies.can_object_to_vote(act, card, party_id, by_proxy),
        call=lambda act, given: commands.object_to_vote(
            act, vote_id=vote_id, party_id=party_id, **given
        ),
        said=_("Your objection is noted. The consent is ended; another method decides."),
    )


def give_casting_vote(request: HttpRequest, vote_id: int) -> HttpResponse:
    return action(
        request,
        call=lambda act: commands.give_casting_vote(
            act, vote_id=vote_id, choice=request.POST.get("choice", "")
        ),
        said=_("The casting vote is given; it counts in a tie."),
        back=("governance:vote", vote_id),
    )


urlpatterns = [
    path("items/<int:item_id>/options/", options, name="options"),
    path("items/<int:item_id>/options/add/", add_option, name="add_option"),
    path("options/<int:option_id>/withdraw/", withdraw_option, name="withdraw_option"),
    path("votes/<int:vote_id>/mark/<int:party_id>/", mark_ballot, name="mark_ballot"),
    path("votes/<int:vote_id>/run-off/", open_run_off, name="open_run_off"),
    path("votes/<int:vote_id>/object/<int:party_id>/", object_to_vote, name="object_to_vote"),
    path("votes/<int:vote_id>/casting/", give_casting_vote, name="give_casting_vote"),
]
