"""Changing the bylaws and what they say."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws import commands as bylaws
from dure.domains.bylaws import queries as rules
from dure.domains.governance.queries.effects import (
    Decided,
    Effect,
    EffectUnfit,
    Place,
    Setting,
    type_data,
)
from dure.kernel.acts import Act
from dure.kernel.dates import parse_date
from dure.ui.fields import DateField


class AdoptProvision(forms.Form):
    key = forms.CharField(
        label=_("Rule"),
        max_length=60,
        help_text=_("As the page of rules names it, such as meetings.notice_days."),
    )
    value = forms.CharField(label=_("New value"), max_length=200)
    document = forms.CharField(label=_("Document"), max_length=80, initial="정관")
    article = forms.CharField(label=_("Article"), max_length=80)
    from_date = DateField(label=_("In force from"))
    text = forms.CharField(
        label=_("Wording"), required=False, max_length=4000, widget=forms.Textarea({"rows": 4})
    )


def _provision(data: type_data) -> dict[str, object]:
    return {**data, "from_date": parse_date(str(data["from_date"]))}


def provision_before_vote(data: type_data, place: Place) -> Setting:
    found = rules.provision_of(**_provision(data))  # type: ignore[arg-type]
    if found.from_date < place.day:
        raise EffectUnfit(why=_now("A rule is not in force before it was decided on."))
    return Setting()


def adopt_provision(act: Act, data: type_data, decided: Decided) -> str:
    row = bylaws.adopt_provision(act, **_provision(data), decided_by=decided.reference)  # type: ignore[arg-type]
    return _now("%(rule)s is %(value)s from %(date)s.") % {
        "rule": row.label,
        "value": data["value"],
        "date": row.from_date.isoformat(),
    }


EFFECTS = {
    "bylaws.adopt_provision": Effect(
        _("Change a rule of the bylaws"), "bylaws_change", AdoptProvision, adopt_provision,
        provision_before_vote,
    ),
}  # fmt: skip
