"""What people type about rounds of clearing."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from dure.domains.parties import queries as parties
from dure.ui.fields import DateField, PickField, WonField

__all__ = [
    "AgreeOnPaperForm", "AgreeWithPoolOnPaperForm", "BarForm", "BorrowsForm", "ExcludeForm",
    "LiftBarForm", "OpenClearingForm", "OpenClearingWithPoolForm", "PoolMoveForm", "SettleForm",
    "WhyNotForm",
]  # fmt: skip

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


class OpenClearingWithPoolForm(OpenClearingForm):
    """Where a pool stands."""

    with_pool = forms.BooleanField(
        label=_("Reckon with the pool of the cooperative fund"),
        required=False,
        help_text=_(
            "Without it a round is set-off only. With it members are told who would owe it."
        ),
    )


class BorrowsForm(forms.Form):
    """Up to how much a member agrees to owe the pool; nothing where nothing is said."""

    borrows_won = WonField(
        label=_("Agrees to owe the pool up to"),
        required=False,
        help_text=_("Empty: set-off only."),
    )


class AgreeOnPaperForm(forms.Form):
    """By which paper a member agreed."""

    on_paper = forms.CharField(
        label=_("By which paper"),
        max_length=200,
        help_text=_("For example “consent of 20 November, signed”. Keep the paper."),
    )


class AgreeWithPoolOnPaperForm(BorrowsForm, AgreeOnPaperForm):
    """The paper, and what it says of the pool."""

    field_order = ("on_paper", "borrows_won")


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


class BarForm(forms.Form):
    """Of whom, from when, by which paper."""

    party_id = PickField(
        label=pgettext_lazy("clearing", "Member"),
        find=parties.search_parties,
        exists=parties.party_exists,
    )
    ground = forms.ChoiceField(label=_("Ground"), choices=GROUNDS[:2])
    from_date = DateField(label=_("In force since"))
    paper = forms.CharField(
        label=_("By which paper"),
        max_length=200,
        help_text=_("The court or office and the number of its order. Keep the paper."),
    )


class LiftBarForm(forms.Form):
    """From when it is over, by which paper."""

    lifted_date = DateField(label=_("Over since"))
    paper = forms.CharField(label=_("By which paper"), max_length=200)


class PoolMoveForm(forms.Form):
    """How much money moved, when."""

    won = WonField(label=_("Amount"))
    moved_date = DateField(label=_("Day"))


class SettleForm(forms.Form):
    """Nothing to type: the page says what will happen."""
