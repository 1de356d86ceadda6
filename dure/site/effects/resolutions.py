"""A later resolution of the same body takes an earlier one back."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.governance import commands as governance, queries as meetings
from dure.domains.governance.queries.effects import (
    Decided,
    Effect,
    EffectUnfit,
    Place,
    Setting,
    type_data,
)
from dure.kernel.acts import Act

from .choosing import Choosing


class TakeBack(Choosing):
    about = "resolution_id"
    resolution_id = forms.TypedChoiceField(label=_("Resolution"), coerce=int)
    reason = forms.CharField(label=_("Why it is void"), max_length=300)
    waiting = staticmethod(meetings.standing_resolution_choices)


def of_the_same(data: type_data, place: Place) -> Setting:
    """Raises EffectUnfit: another body's resolutions are not this one's to take back."""
    if meetings.standing_resolution(int(data["resolution_id"]))[0] != place.body_id:
        raise EffectUnfit(why=_now("A body takes back its own resolutions only."))
    return Setting()


def take_back(act: Act, data: type_data, decided: Decided) -> str:
    row = governance.void_resolution(
        act, resolution_id=int(data["resolution_id"]), reason=str(data["reason"]),
        paper=decided.reference,
    )  # fmt: skip
    return _now("Resolution %(number)s is void. %(undone)s") % {
        "number": row.number,
        "undone": row.undone_text,
    }


EFFECTS = {
    "governance.void_resolution": Effect(
        _("Take back a resolution"), "business", TakeBack, take_back, of_the_same,
        matter_of=lambda data: meetings.standing_resolution(int(data["resolution_id"]))[1],
    ),
}  # fmt: skip
