"""What is typed about a resolution after the vote."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from dure.ui.fields import DateField


class NoteApproval(forms.Form):
    granted = forms.TypedChoiceField(
        label=_("Answer of the authority"),
        choices=[("yes", _("approved")), ("no", _("not approved"))],
        coerce=lambda given: given == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )
    approval_date = DateField(label=_("Day of the answer"))
    paper = forms.CharField(
        label=_("Paper"), max_length=200,
        help_text=_("Number of the letter, such as 고용노동부 2027-12."),
    )  # fmt: skip


class VoidResolution(forms.Form):
    reason = forms.CharField(
        label=_("Why it is void"), max_length=300, widget=forms.Textarea({"rows": 2}),
        help_text=_("What it did is undone where that can be; the rest waits on the desk."),
    )  # fmt: skip
    paper = forms.CharField(
        label=_("Paper"), max_length=200,
        help_text=_("The ruling or the opinion, such as 서울중앙지법 2026가합1234."),
    )  # fmt: skip


class SettleVoid(forms.Form):
    undone = forms.CharField(
        label=_("What was done"), max_length=300, widget=forms.Textarea({"rows": 2})
    )
