"""What people type about the reserve."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dure.ui.fields import DateField, RatioField, WonField

from ..queries import PLACEMENT_KINDS


class PlaceReserveForm(forms.Form):
    """Where, how much, until when."""

    fund = forms.ChoiceField(label=_("Fund"))
    institution = forms.CharField(
        label=_("Institution"),
        max_length=100,
        help_text=_("For example 국민은행 or 한국은행 국고채."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=PLACEMENT_KINDS)
    won = WonField(label=_("Amount"))
    rate = RatioField(label=_("Yearly rate"))
    opened_date = DateField(label=_("From"))
    matures_date = DateField(label=_("Matures on"))
    decided_by = forms.CharField(label=_("Decided by"), max_length=200)

    def __init__(self, *args: Any, funds: list[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["fund"].choices = funds  # type: ignore[attr-defined]


class EndPlacementForm(forms.Form):
    """When the money came back, with how much interest."""

    ended_date = DateField(label=_("Day"))
    interest_won = WonField(
        label=_("Interest after tax"), required=False, help_text=_("Empty: none.")
    )

    def clean_interest_won(self) -> int:
        return self.cleaned_data["interest_won"] or 0


class RenewPlacementForm(EndPlacementForm):
    """What it goes on with."""

    won = WonField(label=_("New amount"))
    rate = RatioField(label=_("New yearly rate"))
    matures_date = DateField(label=_("Matures on"))
    decided_by = forms.CharField(label=_("Decided by"), max_length=200)
