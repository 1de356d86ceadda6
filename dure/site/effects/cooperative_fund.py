"""What the cooperative fund gives, by resolution: decided here, paid out by the bookkeeper."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _now, gettext_lazy as _, pgettext_lazy

from dure.domains.governance.queries.effects import (
    Decided,
    Effect,
    Place,
    Setting,
    Undoing,
    type_data,
)
from dure.domains.parties import queries as parties
from dure.domains.trade import commands as trade, queries
from dure.kernel.acts import Act
from dure.kernel.money import format_won
from dure.ui.fields import PickField, WonField


class GiveFromFund(forms.Form):
    what = forms.CharField(label=_("For what"), max_length=200)
    won = WonField(label=_("Amount"))
    party_id = PickField(
        label=pgettext_lazy("cooperative fund", "To whom"), required=False,
        find=parties.search_parties, exists=parties.party_exists,
    )  # fmt: skip


def giving_before_vote(data: type_data, place: Place) -> Setting:
    """Who gets it does not vote on it."""
    party_id = data.get("party_id")
    return Setting(concerned=frozenset({int(party_id)}) if party_id else frozenset())


def decide_giving(act: Act, data: type_data, decided: Decided) -> str:
    party_id = data.get("party_id")
    made = trade.decide_fund_use(
        act, what=str(data["what"]), won=int(data["won"]),
        party_id=int(party_id) if party_id else None, decided_by=decided.reference,
        decided_date=decided.on_date, resolution_id=decided.resolution_id,
    )  # fmt: skip
    return _now("%(won)s of the cooperative fund are promised for “%(what)s”.") % {
        "won": format_won(made.won),
        "what": made.what,
    }


def undo_giving(act: Act, data: type_data, undoing: Undoing) -> str:
    """What is paid out is a task for people."""
    found = queries.fund_use_of(undoing.reference)
    if found is None or not found.waits:
        return _now("The money was paid out already; ask for it back.")
    trade.give_up_fund_use(act, use_id=found.id, reason=undoing.reason)
    return _now("The money is not given.")


EFFECTS = {
    "trade.decide_fund_use": Effect(
        _("Give out of the cooperative fund"), "business", GiveFromFund, decide_giving,
        giving_before_vote, undo=undo_giving, names_people=True,
    ),
}  # fmt: skip
