"""Money to and from the pool of the cooperative fund, after a round."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.ui.doors import act_of, form_about

from .. import commands, forms, policies, queries


def settle_pool_part(request: HttpRequest, pool_part_id: int) -> HttpResponse:
    """A member repaid, or the pool paid."""
    act = act_of(request)
    part = queries.pool_part(act, pool_part_id)
    return form_about(
        request,
        ("trade:clearing", part.round_id),
        title=_now("Repaid to the pool") if part.how == "lent" else _now("Paid by the pool"),
        name=part.name,
        form=forms.PoolMoveForm,
        may=lambda act: policies.can_settle_pool_part(act, part),
        call=lambda act, given: commands.settle_pool_part(act, part_id=pool_part_id, **given),
        said=_("The money is entered."),
        initial={"won": part.open_won or None, "moved_date": act.today},
    )


def undo_pool_move(request: HttpRequest, pool_part_id: int, pool_move_id: int) -> HttpResponse:
    """It was entered wrongly."""
    part = queries.pool_part(act_of(request), pool_part_id)
    return form_about(
        request,
        ("trade:clearing", part.round_id),
        title=_now("Take back a payment of the pool"),
        name=part.name,
        form=forms.UndoForm,
        may=lambda act: policies.can_undo_pool_move(act, part),
        call=lambda act, given: commands.undo_pool_move(act, move_id=pool_move_id, **given),
        said=_("Taken back; the sum is open again."),
    )


urlpatterns = [
    path("clearing/pool/<int:pool_part_id>/", settle_pool_part, name="settle_pool_part"),
    path(
        "clearing/pool/<int:pool_part_id>/moves/<int:pool_move_id>/undo/",
        undo_pool_move,
        name="undo_pool_move",
    ),
]
