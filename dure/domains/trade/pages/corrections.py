"""What is done with a deal that both confirmed: corrected by both, or in dispute."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.money import format_won
from dure.ui.doors import act_of, action, form_about

from .. import commands, forms, policies, queries


def side_of(act: Act, card: queries.DealCard) -> int:
    """As which side the actor speaks; the office as the seller's."""
    return card.buyer_id if card.buyer_id in act.own else card.seller_id


def about(
    request: HttpRequest, deal_id: int, title: str, form: Any, call: Callable[..., Any], said: Any,
    **given: Any,
) -> HttpResponse:  # fmt: skip
    card = queries.deal(act_of(request), deal_id)
    row = card.row
    return form_about(
        request, ("trade:deal", deal_id), title=title,
        name=f"{row.seller} → {row.buyer} · {row.what} · {format_won(row.won)}",
        form=form, call=call, said=said, **given,
    )  # fmt: skip


def propose_deal_correction(request: HttpRequest, deal_id: int) -> HttpResponse:
    """It was otherwise."""
    act = act_of(request)
    card = queries.deal(act, deal_id)
    side, row = side_of(act, card), card.row
    return about(
        request, deal_id, _now("Propose a correction"), forms.CorrectionForm,
        lambda act, given: commands.propose_deal_correction(
            act, deal_id=deal_id, party_id=side, **given
        ),
        _("The other side is asked. Until it agrees, the terms stay."),
        may=lambda act: policies.can_propose_deal_correction(act, card, side),
        initial={
            "won": row.won, "what": row.what, "dealt_date": row.dealt_date,
            "vat_won": card.vat_won, "due_date": row.due_date, "tax_number": row.tax_number,
        },
    )  # fmt: skip


def agree_deal_correction(request: HttpRequest, deal_id: int) -> HttpResponse:
    """One press."""
    return action(
        request,
        call=lambda act: commands.agree_deal_correction(act, deal_id=deal_id),
        said=_("Both sides agreed. The new terms hold now."),
        back=("trade:deal", deal_id),
    )


def decline_deal_correction(request: HttpRequest, deal_id: int) -> HttpResponse:
    """It stays as it is."""
    card = queries.deal(act_of(request), deal_id)
    return about(
        request, deal_id, _now("Decline the correction"), forms.ReasonForm,
        lambda act, given: commands.decline_deal_correction(act, deal_id=deal_id, **given),
        _("The terms stay as they were."),
        may=lambda act: policies.can_decline_deal_correction(act, card),
    )  # fmt: skip


def dispute_deal(request: HttpRequest, deal_id: int) -> HttpResponse:
    """Something is wrong."""
    act = act_of(request)
    card = queries.deal(act, deal_id)
    side = side_of(act, card)
    return about(
        request, deal_id, _now("Something is wrong with it"), forms.ReasonForm,
        lambda act, given: commands.dispute_deal(act, deal_id=deal_id, party_id=side, **given),
        _("The deal is in dispute. It is not set off until that is settled."),
        may=lambda act: policies.can_dispute_deal(act, card, side),
    )  # fmt: skip


def settle_deal_dispute(request: HttpRequest, deal_id: int) -> HttpResponse:
    """It is all right now."""
    return action(
        request,
        call=lambda act: commands.settle_deal_dispute(act, deal_id=deal_id),
        said=_("The dispute is settled."),
        back=("trade:deal", deal_id),
    )


urlpatterns = [
    path("<int:deal_id>/correct/", propose_deal_correction, name="propose_deal_correction"),
    path("<int:deal_id>/correct/agree/", agree_deal_correction, name="agree_deal_correction"),
    path("<int:deal_id>/correct/decline/", decline_deal_correction, name="decline_deal_correction"),
    path("<int:deal_id>/dispute/", dispute_deal, name="dispute_deal"),
    path("<int:deal_id>/dispute/settle/", settle_deal_dispute, name="settle_deal_dispute"),
]
