"""What is typed about a demand for a meeting."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..rules.bodies import MATTERS


class DemandMeeting(forms.Form):
    party_id = forms.TypedChoiceField(label=_("Who demands it"), coerce=int)
    matter = forms.ChoiceField(label=_("Matter"), choices=[MATTERS[-1], *MATTERS[:-1]])
    purpose = forms.CharField(
        label=_("What the meeting is to be about"), max_length=1000,
        widget=forms.Textarea({"rows": 4}),
    )  # fmt: skip

    def __init__(self, *given: Any, voters: list[tuple[int, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["party_id"].choices = voters  # type: ignore[attr-defined]


class AnswerDemand(forms.Form):
    meeting_id = forms.TypedChoiceField(label=_("Meeting"), coerce=int)

    def __init__(self, *given: Any, meetings: list[tuple[int, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["meeting_id"].choices = meetings  # type: ignore[attr-defined]
