"""What is typed about the ethics code and its making."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from dure.ui.fields import DateField

from ..rules.conduct import BODIES
from ..rules.ethics import STAGES

_LONG = forms.Textarea(attrs={"rows": 5})


class StartCodeDrafting(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=120)
    about = forms.CharField(label=_("What for"), required=False, max_length=2000, widget=_LONG)
    started_date = DateField(label=_("Begun on"))


class NoteDraftingStage(forms.Form):
    kind = forms.ChoiceField(label=_("Stage"), choices=STAGES)
    on_date = DateField(label=_("Day"))
    topic = forms.CharField(label=_("Topic"), max_length=200)
    people = forms.IntegerField(
        label=_("People"), min_value=0, help_text=_("Who came; of a survey, who answered.")
    )
    asked = forms.IntegerField(
        label=_("Asked"), required=False, min_value=0, help_text=_("Only of a survey.")
    )
    in_favour = forms.IntegerField(
        label=_("In favour"), required=False, min_value=0, help_text=_("Only of a survey.")
    )
    groups = forms.CharField(
        label=_("Who was heard"),
        required=False,
        max_length=300,
        help_text=_("Of a hearing: the groups, without names of people."),
    )
    notes = forms.CharField(
        label=_("Notes"),
        required=False,
        max_length=4000,
        widget=_LONG,
        help_text=_("Only the office reads them; everybody sees the rest."),
    )


class EndCodeDrafting(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200)


class AdoptEthicsCode(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=120)
    text = forms.CharField(
        label=_("Text"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("A line that begins with ## is a heading, one that begins with - an item."),
    )
    body = forms.ChoiceField(label=_("Body"), choices=BODIES)
    adopted_date = DateField(label=_("Day of the meeting"))
    minutes = forms.CharField(label=_("Minutes"), max_length=200)
    from_date = DateField(
        label=_("In force from"),
        required=False,
        help_text=_("Without it, from the day of the meeting."),
    )

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        given["from_date"] = given.get("from_date") or None
        return given


class SignEthicsCode(forms.Form):
    name = forms.CharField(label=_("Name of whoever signs"), max_length=60)
