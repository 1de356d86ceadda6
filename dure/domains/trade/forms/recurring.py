"""What people type about what comes every month, and about papers of deals."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from dure.ui.fields import DateField, WonField

from ..rules.deals import PAPERS
from .dealing import BetweenTwo

__all__ = ["DealPaperForm", "RecurringDealForm", "TaxInvoiceForm"]


class RecurringDealForm(BetweenTwo):
    """Who trades what every month, on which day, until when."""

    what = forms.CharField(label=pgettext_lazy("deal", "What"), max_length=200)
    won = WonField(label=_("Sum a month"), help_text=_("With value-added tax."))
    vat_won = WonField(label=_("Of it value-added tax"), required=False, zero=True)
    month_day = forms.IntegerField(
        label=_("Day of the month"), min_value=1, max_value=31,
        help_text=_("31: always the last day."),
    )  # fmt: skip
    from_date = DateField(label=_("From"))
    until_date = DateField(
        label=_("Ends before"), required=False, help_text=_("Empty: until one side ends it.")
    )
    confirms_itself = forms.BooleanField(
        label=_("Each month's deal counts without being confirmed anew, if the other side agrees"),
        required=False,
    )

    def clean_vat_won(self) -> int:
        return self.cleaned_data["vat_won"] or 0


class TaxInvoiceForm(forms.Form):
    """The number of a tax invoice."""

    tax_number = forms.CharField(
        label=_("Number of the tax invoice"), max_length=40,
        help_text=_("Of an electronic one the approval number of 24 letters and digits."),
    )  # fmt: skip


class DealPaperForm(forms.Form):
    """What paper it is, and the file."""

    kind = forms.ChoiceField(label=_("What it is"), choices=PAPERS)
    file = forms.FileField(
        label=_("The paper (PDF or picture)"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/*,application/pdf"}),
    )
