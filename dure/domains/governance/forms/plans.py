"""What is typed about plans."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from dure.ui.fields import DateField, TypedInput, WonField

from ..commands.plans import Indicator
from ..queries.plans import PartLine, PlanCard
from ..rules.plans import read_value
from . import PartyField


class ValueField(forms.CharField):
    """A number that may have up to three places: 1,200 · 12.5."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 20, "widget": TypedInput("12.5"), **kwargs})

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = read_value(text)
        if found is None:
            raise ValidationError(_("Type a number like 1,200 or 12.5."))
        return found


class AddPlan(forms.Form):
    title = forms.CharField(
        label=_("Title"), max_length=120, help_text=_("For example 제2차 5개년계획.")
    )
    from_year = forms.IntegerField(label=_("From year"), min_value=1900, max_value=2200)
    until_year = forms.IntegerField(label=_("Until year"), min_value=1900, max_value=2200)


class RevisePlan(forms.Form):
    reason = forms.CharField(
        label=_("What changes, and why"), max_length=300,
        help_text=_("A draft begins that says what the plan says now. A resolution adopts it."),
    )  # fmt: skip


class WritePart(forms.Form):
    """An area or a task."""

    title = forms.CharField(label=_("Title"), max_length=200)
    text = forms.CharField(
        label=_("What it is about"), required=False, max_length=4000,
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip
    owner_id = PartyField("", label=_("Who answers for it"), required=False)

    def __init__(
        self, *given: Any, plan: PlanCard, line: PartLine | None = None, **named: Any
    ) -> None:
        if line is not None:
            named["initial"] = {**_initial(line), **(named.get("initial") or {})}
        super().__init__(*given, **named)


class WriteProject(WritePart):
    """A project with its money by year and by what it is measured."""

    INDICATORS = 3

    def __init__(
        self, *given: Any, plan: PlanCard, line: PartLine | None = None, **named: Any
    ) -> None:
        super().__init__(*given, plan=plan, line=line, **named)
        for year in plan.years:
            self.fields[f"won_{year}"] = WonField(
                label=_("Budget %(year)d") % {"year": year}, required=False, zero=True
            )
        self.places = max(self.INDICATORS, len(line.indicators) + 1 if line else 0)
        for at in range(1, self.places + 1):
            about = {"number": at}
            self.fields[f"name_{at}"] = forms.CharField(
                label=_("Indicator %(number)d") % about, required=False, max_length=80
            )
            self.fields[f"unit_{at}"] = forms.CharField(
                label=_("Unit %(number)d") % about, required=False, max_length=20
            )
            self.fields[f"base_{at}"] = ValueField(
                label=_("Base %(number)d") % about, required=False
            )
            self.fields[f"target_{at}"] = ValueField(
                label=_("Target %(number)d") % about, required=False
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        own: dict[str, Any] = {
            name: given.get(name) for name in ("title", "text", "owner_id") if name in given
        }
        own["budgets"] = {
            int(name.removeprefix("won_")): won
            for name, won in given.items()
            if name.startswith("won_") and won
        }
        own["indicators"] = [
            Indicator(
                given[f"name_{at}"], given.get(f"unit_{at}") or "", given.get(f"base_{at}"),
                given.get(f"target_{at}"),
            )
            for at in range(1, self.places + 1)
            if given.get(f"name_{at}")
        ]  # fmt: skip
        return own


def _initial(line: PartLine) -> dict[str, Any]:
    found: dict[str, Any] = {"title": line.title, "text": line.text}
    if line.owner_id:
        found["owner_id"] = f"#{line.owner_id}"
    found |= {f"won_{year}": won for year, won in line.budgets}
    for at, one in enumerate(line.indicators, 1):
        found |= {
            f"name_{at}": one.name, f"unit_{at}": one.unit, f"base_{at}": one.base,
            f"target_{at}": one.target,
        }  # fmt: skip
    return found


class ImportPlan(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV or Excel. Its first row names the columns: area, task, project, text, owner, years like 2026, indicator, unit, base, target."
        ),
    )


class ConfirmImport(forms.Form):
    """The rows that were read, kept in the page until they are confirmed."""

    rows = forms.CharField(widget=forms.HiddenInput, max_length=2_000_000)


class ReportProgress(forms.Form):
    done_of_100 = forms.IntegerField(
        label=_("Done of 100"), min_value=0, max_value=100,
        help_text=_("0 is not begun, 100 is finished."),
    )  # fmt: skip
    text = forms.CharField(label=_("What was done"), required=False, max_length=500)
    on_date = DateField(label=_("Day"), required=False, help_text=_("Empty: today."))


class MeasureIndicator(forms.Form):
    name = forms.ChoiceField(label=_("Indicator"))
    value_milli = ValueField(label=pgettext_lazy("governance", "Value"))
    on_date = DateField(label=_("Day"), required=False, help_text=_("Empty: today."))

    def __init__(self, *given: Any, line: PartLine, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["name"].choices = [  # type: ignore[attr-defined]
            (one.name, f"{one.name} ({one.unit})" if one.unit else one.name)
            for one in line.indicators
        ]
