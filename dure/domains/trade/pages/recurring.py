"""What comes every month: proposed, agreed to, ended. It is listed with the orders."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.money import format_won
from dure.ui.doors import act_of, action, form_about

from .. import commands, forms, policies, queries
from .deals import between_two, may_record

BACK = "trade:orders"


def propose_recurring_deal(request: HttpRequest) -> HttpResponse:
    """The same every month."""
    act = act_of(request)
    return form_about(
        request,
        BACK,
        title=_now("Agree on a recurring deal"),
        form=between_two(act, forms.RecurringDealForm),
        may=may_record,
        call=lambda act, given: commands.propose_recurring_deal(act, **given),
        said=_("It is sent. The other side is asked to answer."),
        initial={"from_date": act.today, "month_day": act.today.day},
    )


def recurring_deal_step(
    request: HttpRequest, recurring_id: int, recurring_deed: str
) -> HttpResponse:
    """Agree, end, or ask to confirm each month."""
    act = act_of(request)
    row = queries.recurring_deal(act, recurring_id)
    side = _side(act, row)
    name = f"{row.seller} → {row.buyer} · {row.what} · {format_won(row.won)}"
    if recurring_deed == "accept" and row.waits_for_id in act.own:
        return action(
            request,
            call=lambda act: commands.accept_recurring_deal(act, recurring_id=recurring_id),
            said=_("Both sides agreed. The deal of each month comes by itself."),
            back=BACK,
        )
    if recurring_deed == "confirm-each":
        return action(
            request,
            call=lambda act: commands.withdraw_standing_consent(
                act, recurring_id=recurring_id, party_id=side
            ),
            said=_("Each month's deal is confirmed anew from now on."),
            back=BACK,
        )
    if recurring_deed == "accept":
        return form_about(
            request,
            BACK,
            title=_now("Confirm by paper"),
            name=name,
            form=forms.AcceptOrderForm,
            may=lambda act: policies.can_accept_recurring_deal(act, row),
            call=lambda act, given: commands.accept_recurring_deal(
                act, recurring_id=recurring_id, **given
            ),
            said=_("Both sides agreed. The deal of each month comes by itself."),
        )
    if recurring_deed != "end":
        raise Http404
    return form_about(
        request,
        BACK,
        title=_now("End the recurring deal"),
        name=name,
        form=forms.ReasonForm,
        may=lambda act: policies.can_end_recurring_deal(act, row, side),
        call=lambda act, given: commands.end_recurring_deal(
            act, recurring_id=recurring_id, party_id=side, **given
        ),
        said=_("The recurring deal ends."),
    )


def rows_with_steps(act: Act) -> list[dict[str, Any]]:
    """Every recurring deal with what the actor may do."""
    found = []
    for row in queries.recurring_deals(act):
        acts = bool(policies.can_end_recurring_deal(act, row, _side(act, row)))
        found.append(
            {
                "row": row,
                "accept": row.state == "asked"
                and bool(policies.can_accept_recurring_deal(act, row)),
                "presses": row.waits_for_id in act.own,
                "end": row.state == "asked" and acts or row.state == "running"
                and acts and not row.end_reason,
                "confirm_each": row.state == "running" and row.confirms_itself and acts,
            }
        )  # fmt: skip
    return found


def _side(act: Act, row: queries.RecurringDealRow) -> int:
    """As which side the actor speaks; the office as the seller's."""
    return row.buyer_id if row.buyer_id in act.own else row.seller_id


urlpatterns = [
    path("recurring/propose/", propose_recurring_deal, name="propose_recurring_deal"),
    path(
        "recurring/<int:recurring_id>/<slug:recurring_deed>/",
        recurring_deal_step,
        name="recurring_deal_step",
    ),
]
