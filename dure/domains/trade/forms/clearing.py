"""What people type about rounds of clearing."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from dure.ui.fields import DateField

__all__ = ["AgreeOnPaperForm", "ExcludeForm", "OpenClearingForm", "SettleForm", "WhyNotForm"]

GROUNDS = (
    ("seizure", pgettext_lazy("clearing", "claims seized")),
    ("insolvency", pgettext_lazy("clearing", "insolvency")),
    ("other", pgettext_lazy("clearing", "another ground")),
)


class OpenClearingForm(forms.Form):
    """Until which day."""

    cut_off_date = DateField(
        label=_("Due until"),
        help_text=_("Invoices that both sides confirmed and that are due by this day take part."),
    )


class AgreeOnPaperForm(forms.Form):
    """By which paper a member agreed."""

    on_paper = forms.CharField(
        label=_("By which paper"),
        max_length=200,
        help_text=_("For example “consent of 20 November, signed”. Keep the paper."),
    )


class WhyNotForm(forms.Form):
    """No reason is asked for."""

    reason = forms.CharField(label=_("Why, if you like"), max_length=300, required=False)


class ExcludeForm(forms.Form):
    """On what ground a member is left out."""

    ground = forms.ChoiceField(label=_("Ground"), choices=GROUNDS)
    reason = forms.CharField(
        label=_("What happened"),
        max_length=300,
        help_text=_("For example the court and the number of the order. The member reads it."),
    )


class SettleForm(forms.Form):
    """Nothing to type: the page says what will happen."""
