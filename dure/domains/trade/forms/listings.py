"""What people type about offers and wants."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from dure.domains.parties.rules.regions import region_choices
from dure.kernel import files
from dure.ui.fields import DateField, WonField

from ..queries import CATEGORIES, KINDS, TAXES
from ..rules.listings import OFFER

__all__ = ["CatalogueFilters", "ListingForm", "ListingsFileForm", "SynonymsForm"]

PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
OF_OFFERS = (
    "unit", "price_won", "member_price_won", "tax", "delivery", "capacity", "certificates"
)  # fmt: skip
OF_WANTS = ("quantity", "budget_won")


class CatalogueFilters(forms.Form):
    """What narrows the catalogue; which side, the tabs say."""

    category = forms.ChoiceField(
        label=_("Category"), choices=[("", _("all")), *CATEGORIES], required=False
    )
    region = forms.ChoiceField(label=_("Region"), choices=region_choices, required=False)
    side = forms.CharField(widget=forms.HiddenInput, required=False)


class ListingForm(forms.Form):
    """An offer or a want: a name and a category suffice; the rest helps to be found and asked."""

    party_id = forms.TypedChoiceField(label=_("For"), coerce=int)
    name = forms.CharField(label=pgettext_lazy("listing", "What"), max_length=80)
    category = forms.ChoiceField(label=_("Category"), choices=CATEGORIES)
    kind = forms.ChoiceField(
        label=pgettext_lazy("listing", "Goods or service"), choices=KINDS, widget=forms.RadioSelect
    )
    description = forms.CharField(
        label=_("Description"), max_length=1000, required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("In the words others would look for."),
    )  # fmt: skip
    price_won = WonField(
        label=_("Price of a unit"), required=False, help_text=_("Empty: on request.")
    )
    unit = forms.CharField(
        label=_("Unit"), max_length=20, required=False, help_text=_("For example: a box, an hour.")
    )
    member_price_won = WonField(label=_("Price for members"), required=False)
    tax = forms.ChoiceField(label=_("Value-added tax"), choices=TAXES)
    quantity = forms.CharField(label=_("Quantity"), max_length=60, required=False)
    budget_won = WonField(label=_("Budget"), required=False)
    region_code = forms.ChoiceField(
        label=_("Region"), choices=region_choices, required=False, help_text=_("Empty: anywhere.")
    )
    delivery = forms.CharField(label=_("Delivery"), max_length=200, required=False)
    capacity = forms.CharField(
        label=_("Capacity"), max_length=100, required=False,
        help_text=_("For example: 200 boxes a day, ordered three days before."),
    )  # fmt: skip
    certificates = forms.CharField(label=_("Certificates"), max_length=200, required=False)
    until_date = DateField(
        label=_("Listed until"), required=False, help_text=_("Empty: as the rules say.")
    )
    photo = forms.FileField(
        label=_("Picture"), required=False,
        help_text=_("JPEG, PNG or WebP. Where and when it was taken is removed from it."),
    )  # fmt: skip
    is_public = forms.BooleanField(
        label=_("Everybody may see it"), required=False,
        help_text=_("Where the network opens its catalogue, also without log-in."),
    )  # fmt: skip

    def __init__(self, *args: Any, side: str, sides: Mapping[int, str], **given: Any) -> None:
        super().__init__(*args, **given)
        for name in OF_WANTS if side == OFFER else OF_OFFERS:
            del self.fields[name]
        if not sides:  # an own one, being changed
            del self.fields["party_id"]
            return
        party = self.fields["party_id"]
        party.choices = list(sides.items())  # type: ignore[attr-defined]
        if len(sides) == 1:
            party.widget = forms.HiddenInput()
            party.initial = next(iter(sides))

    def clean_photo(self) -> Any:
        photo = self.cleaned_data["photo"]
        if photo is not None:
            kind = files.type_of(photo.read(16))
            photo.seek(0)
            if kind not in PICTURES or photo.size > files.FILE_BYTES:
                raise ValidationError(
                    _("A picture is a JPEG, PNG or WebP of at most %(most)d MB.")
                    % {"most": files.FILE_BYTES >> 20}
                )
        return photo


class ListingsFileForm(forms.Form):
    """A file of what one organisation offers or looks for."""

    party_id = forms.TypedChoiceField(label=_("For"), coerce=int)
    side = forms.ChoiceField(
        label=_("The rows are"),
        choices=[("offer", _("offers")), ("want", _("wants"))],
        widget=forms.RadioSelect,
        initial="offer",
    )
    file = forms.FileField(label=_("File"), help_text=_("Excel or CSV, with a line of heads."))

    def __init__(self, *args: Any, sides: Mapping[int, str], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["party_id"].choices = list(sides.items())  # type: ignore[attr-defined]


class SynonymsForm(forms.Form):
    """Lines of words."""

    text = forms.CharField(
        label=_("Words that mean the same"),
        widget=forms.Textarea({"rows": 24}),
        help_text=_("One group a line, with commas between the words."),
        max_length=20_000,
    )
