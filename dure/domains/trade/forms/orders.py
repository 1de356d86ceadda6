"""What people type about orders."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from dure.kernel import money
from dure.kernel.refusals import InvalidInput
from dure.ui.fields import DateField

from ..queries import OrderLineRow
from .dealing import BetweenTwo

__all__ = ["AcceptOrderForm", "CounterForm", "DeliveryForm", "OrderForm"]

_LINE = re.compile(
    r"(?P<article>.+?)\s+(?P<quantity>\d[\d,]{0,9})\s*(?P<unit>[^\d\s,]{0,12})\s+"
    r"(?P<won>\S+?)(?:\s*(?P<tax>면세|영세율?|free|zero))?"
)
_TAXES = {"면세": "free", "free": "free", "영세": "zero", "영세율": "zero", "zero": "zero"}
_WORDS = {"free": " 면세", "zero": " 영세율"}


class LinesField(forms.CharField):
    """Articles, one a line: 도시락 20개 8,800원, and 면세 or 영세율 behind it."""

    default_error_messages = {
        "line": _(
            "“%(line)s” cannot be read. Type the article, the quantity and the price of one, like"
            " “도시락 20개 8,800원”."
        )
    }

    def __init__(self, **given: Any) -> None:
        given.setdefault(
            "widget",
            forms.Textarea(
                attrs={"rows": 4, "placeholder": "도시락 20개 8,800원\n떡 3상자 3만원 면세"}
            ),
        )
        super().__init__(max_length=8000, **given)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return [self._read(one.strip()) for one in text.splitlines() if one.strip()]

    def _read(self, line: str) -> tuple[str, int, str, int, str]:
        found = _LINE.fullmatch(line)
        try:
            won = money.parse_won(found["won"]) if found else 0
        except InvalidInput:
            won = 0
        if found is None or not won:
            raise ValidationError(
                self.error_messages["line"], code="line", params={"line": line[:60]}
            )
        quantity = int(found["quantity"].replace(",", ""))
        tax = _TAXES.get(found["tax"] or "", "taxed")
        return found["article"], quantity, found["unit"], won, tax

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str) or value is None:
            return value
        return "\n".join(
            f"{article} {money.format_number(quantity)}{unit} {money.format_number(won)}원"
            f"{_WORDS.get(tax, '')}"
            for article, quantity, unit, won, tax in value
        )


class CounterForm(forms.Form):
    """What is traded, until when, and until when the terms are good."""

    lines = LinesField(
        label=_("Articles"),
        help_text=_(
            "One a line: article, quantity, price of one with tax. “면세” behind it: free of tax."
        ),
    )
    wanted_date = DateField(label=_("To be delivered until"), required=False)
    valid_date = DateField(
        label=_("Good until"), required=False, help_text=_("After this day nobody agrees to it.")
    )
    due_days = forms.IntegerField(
        label=_("Paid within days of the delivery"), required=False, min_value=0, max_value=365,
        help_text=_("Empty: as the rules say."),
    )  # fmt: skip
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


class OrderForm(CounterForm, BetweenTwo):
    """Who quotes to whom, or asks whom."""

    sells = forms.TypedChoiceField(
        label=_("We"),
        choices=[
            ("yes", pgettext_lazy("order", "quote (we sell)")),
            ("no", pgettext_lazy("order", "order (we buy)")),
        ],
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
        initial="no",
    )
    field_order = ("party_id", "sells", "other_id", "lines", "wanted_date", "valid_date")


class AcceptOrderForm(forms.Form):
    """By which paper the office agrees for a side."""

    on_paper = forms.CharField(
        label=_("By which paper"),
        max_length=200,
        help_text=_("For example “order of 2 November, signed”. Keep the paper."),
    )


class DeliveryForm(forms.Form):
    """How much of each article, when."""

    delivered_date = DateField(label=_("Delivered on"))
    tax_number = forms.CharField(
        label=_("Number of the tax invoice"), max_length=30, required=False,
        help_text=_("It can be added later."),
    )  # fmt: skip

    def __init__(self, *args: Any, lines: Sequence[OrderLineRow], **given: Any) -> None:
        super().__init__(*args, **given)
        for one in lines:
            self.fields[f"line_{one.place}"] = forms.IntegerField(
                label=f"{one.article} ({one.unit})" if one.unit else one.article,
                min_value=0, max_value=one.rest, initial=one.rest, required=False,
                help_text=_("%(rest)s of %(quantity)s are still to be delivered.")
                % {"rest": one.rest, "quantity": one.quantity},
            )  # fmt: skip
        self.order_fields([*(f"line_{one.place}" for one in lines), "delivered_date"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        quantities = [
            (int(name.removeprefix("line_")), given.pop(name) or 0)
            for name in list(given)
            if name.startswith("line_")
        ]
        return {**given, "quantities": quantities}
