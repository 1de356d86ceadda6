"""What people type about breaches, reads and destruction."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .rules.breaches import KINDS, WHOM

AREA = {"rows": 4}


class MomentField(forms.DateTimeField):
    """A moment in Seoul, as browsers and people type it."""

    def __init__(self, **given: Any) -> None:
        super().__init__(
            input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y.%m.%d %H:%M"],
            widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            **given,
        )


class BreachForm(forms.Form):
    """What is known of a breach."""

    what = forms.CharField(
        label=_("What happened"),
        help_text=_("What got out, when and how, as far as is known. It can be completed later."),
        max_length=4_000,
        widget=forms.Textarea(attrs=AREA),
    )
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of data"), choices=tuple(KINDS.items()), widget=forms.CheckboxSelectMultiple
    )
    people_count = forms.IntegerField(
        label=_("How many people"),
        help_text=_("As far as is known; it grows with the people you name."),
        min_value=0,
        max_value=100_000_000,
    )
    from_outside = forms.BooleanField(label=_("Somebody came in from outside"), required=False)
    advice = forms.CharField(
        label=_("What people can do"),
        help_text=_("It stands in the letter to those concerned."),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs=AREA),
    )

    def clean_kinds(self) -> tuple[str, ...]:
        return tuple(self.cleaned_data["kinds"])


class RecordBreachForm(BreachForm):
    """A breach that was found."""

    found_at = MomentField(label=_("Found out"), help_text=_("The clock runs from this moment."))
    field_order = ("what", "found_at", "kinds", "people_count", "from_outside", "advice")


class MeasureForm(forms.Form):
    """What was done."""

    text = forms.CharField(
        label=_("What was done"), max_length=2_000, widget=forms.Textarea(attrs=AREA)
    )


class ConcernedForm(forms.Form):
    """Whom it concerns."""

    whom = forms.ChoiceField(
        label=_("Whom it concerns"), choices=tuple(WHOM.items()), widget=forms.RadioSelect
    )
    reader_id = forms.TypedChoiceField(
        label=_("The account that read"), coerce=int, empty_value=None, required=False
    )
    since = MomentField(label=_("Since"), required=False)
    until = MomentField(label=_("Until"), required=False)

    def __init__(self, *args: Any, readers: list[tuple[int, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["reader_id"].choices = [("", "–"), *readers]  # type: ignore[attr-defined]


class TellForm(forms.Form):
    """Letters go out."""

    otherwise = forms.BooleanField(
        label=_("Those without e-mail were told by telephone, post or public notice"),
        required=False,
    )


class ReportForm(forms.Form):
    """It was reported."""

    authority = forms.ChoiceField(
        label=_("Authority"),
        choices=(
            ("개인정보보호위원회", _("Personal Information Protection Commission")),
            ("한국인터넷진흥원", _("Korea Internet & Security Agency")),
        ),
    )
    reference = forms.CharField(label=_("Reference"), max_length=120)
    reported_at = MomentField(label=_("Reported"))


class ConfirmReadsForm(forms.Form):
    """A month was looked through."""

    note = forms.CharField(
        label=_("What you found"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs=AREA),
    )


class ExplainForm(forms.Form):
    """Why a file was taken along."""

    reason = forms.CharField(label=_("What the file was needed for"), max_length=300)


class HandOverForm(forms.Form):
    """Data goes to a recipient."""

    note = forms.CharField(label=_("What for"), max_length=200, required=False)


class SettleForm(forms.Form):
    """What followed from a withdrawal was done."""

    note = forms.CharField(label=_("What was done"), max_length=300)
