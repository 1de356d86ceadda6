"""Adopting plans, and changing them."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.governance.commands import plans
from dure.domains.governance.queries import plans as drafts
from dure.domains.governance.queries.effects import Decided, Effect, Place, Setting, type_data
from dure.kernel import clock
from dure.kernel.acts import Act, system_act


class AdoptPlan(forms.Form):
    version_id = forms.TypedChoiceField(
        label=_("Draft of the plan"), coerce=int,
        help_text=_("From the call of the meeting on, the draft is not changed any more."),
    )  # fmt: skip

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]
        self.fields["version_id"].choices = drafts.draft_choices()  # type: ignore[attr-defined]


def plan_before_vote(data: type_data, place: Place) -> Setting:
    plans.check_adoptable(drafts.version_row(system_act(clock.now()), int(data["version_id"])))
    return Setting()


def adopt_plan(act: Act, data: type_data, decided: Decided) -> str:
    version = plans.adopt_plan(
        act, version_id=int(data["version_id"]), adopted_date=decided.on_date
    )
    return _now("The plan is adopted: %(title)s, version %(number)d.") % {
        "title": version.plan.title,
        "number": version.number,
    }


EFFECTS = {
    plans.ADOPTS: Effect(
        _("Adopt a plan or its change"), "plan_and_budget", AdoptPlan, adopt_plan, plan_before_vote
    ),
}
