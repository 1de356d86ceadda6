"""A pool of the cooperative fund that lends to rounds of clearing."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.governance.queries.effects import Decided, Effect, Place, Setting, type_data
from dure.domains.trade import commands as trade, queries
from dure.kernel.acts import Act
from dure.kernel.money import format_won
from dure.ui.fields import DateField, WonField


class OpenPool(forms.Form):
    won = WonField(label=_("Lent at a time, to all"))
    member_won = WonField(label=_("Lent at a time, to each"))
    repay_days = forms.IntegerField(
        label=_("Repaid within how many days"), min_value=1, max_value=366, initial=30
    )
    until_date = DateField(label=_("The pool stands until"))


def pool_before_vote(data: type_data, place: Place) -> Setting:
    won, member_won, days = (int(data[one]) for one in ("won", "member_won", "repay_days"))
    return Setting(queries.pool_findings(won, member_won, days, queries.POOL_FUND, place.day))


def open_pool(act: Act, data: type_data, decided: Decided) -> str:
    until = data["until_date"]
    pool = trade.open_pool(
        act, won=int(data["won"]), member_won=int(data["member_won"]),
        repay_days=int(data["repay_days"]), decided_by=decided.reference,
        until_date=until if isinstance(until, date) else date.fromisoformat(str(until)),
    )  # fmt: skip
    return _now("A pool of %(won)s stands for rounds of clearing.") % {"won": format_won(pool.won)}


EFFECTS = {
    "trade.open_pool": Effect(
        _("Open a pool for clearing"), "business", OpenPool, open_pool, pool_before_vote
    ),
}
