"""What people type about deals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from dure.ui.fields import DateField, PickField, WonField

__all__ = ["BetweenTwo", "ConfirmForm", "CorrectionForm", "DealForm", "PaymentForm", "ReasonForm"]


class NamesInput(forms.TextInput):
    """A text with names to choose from."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__({"autocomplete": "off"})
        self.names = names

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        attrs = {**(attrs or {}), "list": f"{name}_names"}
        options = format_html_join("", '<option value="{}">', ((one,) for one in self.names))
        return format_html(
            '{}<datalist id="{}_names">{}</datalist>',
            super().render(name, value, attrs, renderer), name, options,
        )  # fmt: skip


class BetweenTwo(forms.Form):
    """For whom one speaks, whether that side sells, and with whom it trades."""

    party_id = forms.TypedChoiceField(label=_("For"), coerce=int)
    sells = forms.TypedChoiceField(
        label=_("We"),
        choices=[("yes", pgettext_lazy("deal", "sold")), ("no", pgettext_lazy("deal", "bought"))],
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )
    field_order: Sequence[str] = ("party_id", "sells", "other_id")

    def __init__(
        self,
        *args: Any,
        sides: Mapping[int, str],
        names: Sequence[str],
        find: Callable[[str], Any],
        exists: Callable[[int], bool],
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        party = self.fields["party_id"]
        party.choices = list(sides.items())  # type: ignore[attr-defined]
        if len(sides) == 1:
            party.widget = forms.HiddenInput()
            party.initial = next(iter(sides))
        self.fields["other_id"] = PickField(
            label=_("With whom"), find=find, exists=exists, widget=NamesInput(names),
            help_text=_("Begin typing the name."),
        )  # fmt: skip
        self.order_fields(self.field_order)


class DealForm(BetweenTwo):
    """Who traded what, when, for how much: six fields, four of them filled in."""

    won = WonField(label=_("Sum"), help_text=_("With value-added tax."))
    what = forms.CharField(label=pgettext_lazy("deal", "What"), max_length=200)
    dealt_date = DateField(label=_("Day"))
    vat_won = WonField(label=_("Of it value-added tax"), required=False, zero=True)
    due_date = DateField(
        label=_("To be paid until"), required=False, help_text=_("Empty: as the rules say.")
    )
    tax_number = forms.CharField(
        label=_("Number of the tax invoice"), max_length=30, required=False
    )
    is_another = forms.BooleanField(
        label=_("It is another deal than the one that looks the same"), required=False
    )
    field_order = (
        "party_id", "sells", "other_id", "what", "won", "dealt_date", "vat_won", "due_date",
        "tax_number", "is_another",
    )  # fmt: skip

    def clean_vat_won(self) -> int:
        return self.cleaned_data["vat_won"] or 0


class ConfirmForm(forms.Form):
    """By which paper the office confirms for a side."""

    on_paper = forms.CharField(
        label=_("By which paper"),
        max_length=200,
        help_text=_("For example “statement of 2 November, signed”. Keep the paper."),
    )


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Why"), max_length=300, help_text=_("The other side reads it.")
    )


class PaymentForm(forms.Form):
    """How much came, when."""

    won = WonField(label=_("Amount"))
    paid_date = DateField(label=_("Day"))
    reference = forms.CharField(label=_("Reference"), max_length=100, required=False)


class CorrectionForm(forms.Form):
    """How it was really; 0 won cancels it."""

    won = WonField(label=_("Sum"), zero=True, help_text=_("0 won: the deal is cancelled."))
    what = forms.CharField(label=pgettext_lazy("deal", "What"), max_length=200, required=False)
    dealt_date = DateField(label=_("Day"))
    vat_won = WonField(label=_("Of it value-added tax"), required=False, zero=True)
    due_date = DateField(label=_("To be paid until"))
    tax_number = forms.CharField(
        label=_("Number of the tax invoice"), max_length=30, required=False
    )
    reason = forms.CharField(
        label=_("Why"), max_length=300, help_text=_("The other side reads it.")
    )

    def clean_vat_won(self) -> int:
        return self.cleaned_data["vat_won"] or 0
