"""What people type about the cooperative fund."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from dure.domains.memberships import queries as memberships
from dure.domains.parties import queries as parties
from dure.ui.fields import DateField, MonthField, PickField, RatioField, WonField

from ..queries import BASES, BEARERS, EVERY

__all__ = [
    "BillForm", "ContributionForm", "ContributionPaidForm", "EndContributionForm", "ProfitForm",
    "ReportForm", "UndoForm", "UseForm", "UsePaidForm",
]  # fmt: skip


class ContributionForm(forms.Form):
    """What a regulation asks of members."""

    name = forms.CharField(label=_("Name"), max_length=60)
    article = forms.CharField(label=_("Article of the regulation"), max_length=120)
    decided_by = forms.CharField(label=_("Decided by"), max_length=200)
    basis = forms.ChoiceField(label=_("Reckoned from"), choices=BASES)
    bearer = forms.ChoiceField(
        label=_("Who bears it"), choices=[("", "—"), *BEARERS], required=False,
        help_text=_("Only of a share of the sale."),
    )  # fmt: skip
    ratio = RatioField(label=_("Share"), required=False, help_text=_("For example 2%."))
    fixed_won = WonField(label=_("Fixed sum"), required=False)
    every = forms.ChoiceField(label=_("Billed"), choices=EVERY)
    member_class = forms.ChoiceField(label=_("Class of members"), required=False)
    from_date = DateField(label=_("From the first of a month"))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        classes = [(one.code, one.name) for one in memberships.open_classes()]
        self.fields["member_class"].choices = [("", _("all")), *classes]  # type: ignore[attr-defined]

    def clean_ratio(self) -> tuple[int, int]:
        return self.cleaned_data["ratio"] or (0, 1)

    def clean_fixed_won(self) -> int:
        return self.cleaned_data["fixed_won"] or 0


class EndContributionForm(forms.Form):
    """From when a rule asks nothing any more."""

    until_date = DateField(label=_("Not from this day on"))
    decided_by = forms.CharField(label=_("Decided by"), max_length=200)


class BillForm(forms.Form):
    """Which month."""

    month = MonthField(label=_("Month"))


class ContributionPaidForm(forms.Form):
    """How much came in, when."""

    won = WonField(label=_("Amount"))
    paid_date = DateField(label=_("Day"))


class UndoForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(label=_("Why"), max_length=300)


class ProfitForm(forms.Form):
    """The net profit of a year with its paper."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=date.max.year)
    net_profit_won = WonField(
        label=_("Net profit"), negative=True, help_text=_("Of a loss with a minus.")
    )
    file = forms.FileField(
        label=_("The statement (PDF or picture)"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/*,application/pdf"}),
    )


class UseForm(forms.Form):
    """What the fund gives, for what, by whose decision."""

    what = forms.CharField(label=_("For what"), max_length=200)
    won = WonField(label=_("Amount"))
    party_id = PickField(
        label=pgettext_lazy("cooperative fund", "To whom"), required=False,
        find=parties.search_parties, exists=parties.party_exists,
    )  # fmt: skip
    decided_by = forms.CharField(
        label=_("Decided by"), max_length=200, help_text=_("The meeting and its item.")
    )
    used_date = DateField(label=_("Day"))


class UsePaidForm(forms.Form):
    """When it was paid out."""

    used_date = DateField(label=_("Paid out on"))


class ReportForm(forms.Form):
    """What the money has done."""

    report = forms.CharField(
        label=_("What the money has done"), max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}), help_text=_("Members read it."),
    )  # fmt: skip
