"""What is typed about items of an agenda and about what has to be done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from dure.ui.fields import DateField

from ..queries import ItemLine
from . import PartyField


class ArrangeAgenda(forms.Form):
    """One place for each item."""

    def __init__(self, *given: Any, lines: Sequence[ItemLine], **named: Any) -> None:
        super().__init__(*given, **named)
        for line in lines:
            self.fields[f"place_{line.id}"] = forms.CharField(
                label=line.title, max_length=7, initial=line.label
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        return {
            "places": {int(name.removeprefix("place_")): typed for name, typed in given.items()}
        }


class WithdrawItem(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=200,
        help_text=_("The item stays to be seen, with this reason."),
    )  # fmt: skip


class WriteItemMinutes(forms.Form):
    minutes = forms.CharField(
        label=_("What was said"), required=False, max_length=50_000,
        widget=forms.Textarea({"rows": 8}),
    )  # fmt: skip
    is_settled = forms.BooleanField(
        label=_("Dealt with, without a vote"), required=False,
        help_text=_("Otherwise the next meeting takes it up again."),
    )  # fmt: skip


class AddItemPaper(forms.Form):
    file = forms.FileField(
        label=pgettext_lazy("governance", "Paper"),
        help_text=_("PDF, HWP, Office files, pictures and text, at most 10 MB."),
    )


class AddAction(forms.Form):
    text = forms.CharField(label=_("What has to be done"), max_length=300)
    owner_id = PartyField("", label=_("By whom"))
    due_date = DateField(label=_("Until when"))


class FinishAction(forms.Form):
    note = forms.CharField(
        label=_("What came of it"), max_length=500, help_text=_("One line is enough.")
    )


class PostponeAction(forms.Form):
    due_date = DateField(label=_("Until when"))
    reason = forms.CharField(label=_("Reason"), max_length=500)


class DropAction(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500)
