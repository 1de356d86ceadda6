"""Making and ending bodies, and giving them competence."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.governance import commands as governance, queries as bodies
from dure.domains.governance.queries.effects import (
    Decided,
    Effect,
    EffectUnfit,
    Place,
    Setting,
    Undoing,
    type_data,
)
from dure.domains.governance.rules.bodies import KINDS, MATTERS
from dure.kernel.acts import Act
from dure.kernel.dates import parse_date
from dure.ui.fields import DateField

from .choosing import Choosing

DAY = timedelta(days=1)


class MakeBody(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS)
    purpose = forms.CharField(label=_("Purpose"), required=False, max_length=1000)
    until_date = DateField(label=_("Ends on"), required=False)
    ends_when = forms.CharField(
        label=_("Ends when"),
        required=False,
        max_length=200,
        help_text=_("Of a body made for a time: what it is to have reached."),
    )


class EndBody(Choosing):
    about = "body_id"
    body_id = forms.TypedChoiceField(label=_("Body"), coerce=int)
    waiting = staticmethod(bodies.body_choices)


class GiveCompetence(Choosing):
    about = "body_id"
    body_id = forms.TypedChoiceField(label=_("Body"), coerce=int)
    given = forms.ChoiceField(
        label=_("Matter"), choices=[one for one in MATTERS if one[0] != "business"]
    )
    article = forms.CharField(label=_("Article"), max_length=120)
    waiting = staticmethod(bodies.body_choices)


def make_body(act: Act, data: type_data, decided: Decided) -> str:
    until = data.get("until_date")
    body = governance.add_body(
        act, name=str(data["name"]), kind=str(data["kind"]), purpose=str(data.get("purpose") or ""),
        from_date=decided.on_date, until_date=parse_date(str(until)) if until else None,
        ends_when=str(data.get("ends_when") or ""), decided_by=decided.reference,
    )  # fmt: skip
    return _now("“%(name)s” was made. Give it its seats next.") % {"name": body.name}


def unmake_body(act: Act, data: type_data, undoing: Undoing) -> str:
    """Raises EffectUnfit where it was changed meanwhile."""
    made = bodies.body_made_by(undoing.reference)
    if made is None:
        raise EffectUnfit(why=_now("The body that it made is not found any more."))
    body_id, first = made
    body = governance.end_body(
        act, body_id=body_id, until_date=max(act.today, first + DAY),
        decided_by=undoing.reason[:200],
    )  # fmt: skip
    return _now("“%(name)s” ends.") % {"name": body.name}


def another_body(data: type_data, place: Place) -> Setting:
    if int(data["body_id"]) == place.body_id:
        raise EffectUnfit(why=_now("A body does not decide on itself; the one above it does."))
    return Setting()


def end_body(act: Act, data: type_data, decided: Decided) -> str:
    body = governance.end_body(
        act, body_id=int(data["body_id"]), until_date=decided.on_date + DAY,
        decided_by=decided.reference,
    )  # fmt: skip
    return _now("“%(name)s” ends.") % {"name": body.name}


def give_competence(act: Act, data: type_data, decided: Decided) -> str:
    given = governance.grant_competence(
        act, body_id=int(data["body_id"]), matter=str(data["given"]),
        article=str(data["article"]), from_date=decided.on_date,
    )  # fmt: skip
    return _now("“%(name)s” may decide on: %(matter)s.") % {
        "name": given.body.name,
        "matter": given.get_matter_display(),
    }


EFFECTS = {
    "governance.add_body": Effect(
        _("Make a body"), "bodies", MakeBody, make_body, undo=unmake_body
    ),
    "governance.end_body": Effect(_("End a body"), "bodies", EndBody, end_body, another_body),
    "governance.grant_competence": Effect(
        _("Let a body decide on a matter"), "bodies", GiveCompetence, give_competence, another_body
    ),
}
