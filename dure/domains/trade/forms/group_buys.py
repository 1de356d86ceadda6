"""What people type about buying together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from dure.domains.parties import queries as parties
from dure.kernel.acts import SEOUL
from dure.kernel.refusals import InvalidInput
from dure.ui.fields import DateField, PickField, WonField

from .. import queries
from ..rules import group_buying as rules

__all__ = [
    "BillsForm", "BundleForm", "BundleSaleForm", "CameForm", "GroupBuyForm", "GroupPaidForm",
    "WishForm",
]  # fmt: skip

ARTICLES = _(
    "One line each, as in a spreadsheet (or with | between): article, pieces in a case, least cases,"
    " supplier, prices of a case, most cases."
)
MANY = 1_000_000


class GroupBuyForm(forms.Form):
    """What is bought, of whom, until when, fetched where."""

    organiser_id = forms.TypedChoiceField(
        label=pgettext_lazy("group buy", "Organised by"), coerce=int
    )
    name = forms.CharField(label=_("Name"), max_length=120)
    articles = forms.CharField(
        label=pgettext_lazy("group buy", "Articles and prices"),
        widget=forms.Textarea(
            attrs={"rows": 4, "placeholder": "감귤 | 20 | 2 | 서귀포농장 | 12,000 · 10상자부터 11,000"}
        ),
        help_text=ARTICLES,
    )  # fmt: skip
    suppliers = forms.CharField(
        label=pgettext_lazy("group buy", "Suppliers"), required=False,
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": "서귀포농장 | 100,000 | 5,000"}),
        help_text=_(
            "One line each: supplier, least sum of an order, transport. A member is known by its name."
        ),
    )  # fmt: skip
    least_cases = forms.IntegerField(
        label=pgettext_lazy("group buy", "Least cases in all"), min_value=0, max_value=MANY,
        initial=0, help_text=_("If it is not reached, everyone is released."),
    )  # fmt: skip
    closes_date = DateField(label=_("Wishes until the end of"))
    drops = forms.CharField(
        label=pgettext_lazy("group buy", "Where and when it is fetched"),
        widget=forms.Textarea(attrs={"rows": 2}), help_text=_("One place a line."),
    )  # fmt: skip
    transport = forms.ChoiceField(
        label=pgettext_lazy("group buy", "Transport is shared"), choices=queries.TRANSPORTS
    )
    sharing = forms.ChoiceField(
        label=pgettext_lazy("group buy", "If it does not suffice, who gets less"),
        choices=queries.SHARINGS,
    )
    about = forms.CharField(label=_("Note"), max_length=500, required=False)

    def __init__(
        self, *args: Any, sides: Mapping[int, str], members: Mapping[str, int], **given: Any
    ) -> None:
        super().__init__(*args, **given)
        self.members = members
        self.fields["organiser_id"].choices = list(sides.items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        if self.errors:
            return found
        try:
            articles, suppliers, offers = rules.terms_of_lines(
                found["articles"], found["suppliers"]
            )
            terms = rules.check(
                rules.Terms(
                    articles,
                    tuple(
                        rules.Supplier(one.name, one.least_won, one.transport_won,
                                       self.members.get(one.name))
                        for one in suppliers
                    ),
                    offers, found["least_cases"], found["transport"], found["sharing"],
                )
            )  # fmt: skip
        except InvalidInput as error:
            raise ValidationError({"articles": str(error)}) from error
        return {
            "organiser_id": found["organiser_id"], "name": found["name"], "about": found["about"],
            "terms": terms, "drops": found["drops"].splitlines(),
            "closes_at": datetime.combine(found["closes_date"], time.max, SEOUL),
        }  # fmt: skip


class WishForm(forms.Form):
    """How much of each article, and how much more if that fills a case."""

    party_id = forms.TypedChoiceField(label=_("For"), coerce=int)

    def __init__(
        self,
        *args: Any,
        sides: Mapping[int, str],
        articles: Sequence[str],
        drops: Collection[str],
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        self.articles = articles
        self.fields["party_id"].choices = list(sides.items())  # type: ignore[attr-defined]
        if len(sides) == 1:
            self.fields["party_id"].widget = forms.HiddenInput()
            self.fields["party_id"].initial = next(iter(sides))
        for number, name in enumerate(articles):
            self.fields[f"q{number}"] = forms.IntegerField(
                label=_("%(article)s: pieces") % {"article": name}, min_value=0, max_value=MANY,
                required=False, widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )  # fmt: skip
            self.fields[f"t{number}"] = forms.IntegerField(
                label=_("%(article)s: up to so many more") % {"article": name}, min_value=0,
                max_value=MANY, required=False,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
                help_text=_("Taken along if that fills a case.") if number == 0 else "",
            )  # fmt: skip
        self.fields["drop"] = forms.ChoiceField(
            label=pgettext_lazy("group buy", "Fetched at"), choices=[(one, one) for one in drops]
        )

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        if self.errors:
            return found
        return {
            "party_id": found["party_id"], "drop": found["drop"],
            "wishes": {
                name: (found[f"q{number}"] or 0, found[f"t{number}"] or 0)
                for number, name in enumerate(self.articles)
            },
        }  # fmt: skip


class CameForm(forms.Form):
    """How many pieces came of each line of the orders."""

    delivered_date = DateField(label=_("Day"))

    def __init__(
        self, *args: Any, lines: Sequence[tuple[str, str, int, int]], **given: Any
    ) -> None:
        super().__init__(*args, **given)
        self.lines = lines
        for number, (article, supplier, ordered, came) in enumerate(lines):
            self.fields[f"n{number}"] = forms.IntegerField(
                label=_("%(article)s of %(supplier)s, pieces")
                % {"article": article, "supplier": supplier},
                min_value=0, max_value=MANY, initial=came,
                help_text=_("%(count)d were ordered.") % {"count": ordered},
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        if self.errors:
            return found
        return {
            "delivered_date": found["delivered_date"],
            "came": [
                (article, supplier, found[f"n{number}"])
                for number, (article, supplier, *_rest) in enumerate(self.lines)
            ],
        }


class BillsForm(forms.Form):
    """Until when the bills are paid."""

    due_date = DateField(
        label=_("To be paid until"), required=False, help_text=_("Empty: as the rules say.")
    )


class GroupPaidForm(forms.Form):
    """How much came in, when."""

    won = WonField(label=_("Amount"))
    paid_date = DateField(label=_("Day"))


class BundleForm(forms.Form):
    """Whose goods, at what price."""

    name = forms.CharField(label=_("Name"), max_length=120)
    price_won = WonField(label=pgettext_lazy("bundle", "Price"))
    parts = forms.CharField(
        label=pgettext_lazy("bundle", "What is in it"),
        widget=forms.Textarea(attrs={"rows": 4, "placeholder": "두레밥상 | 김치 1kg | 9,000"}),
        help_text=_(
            "One line each: member, goods, what they cost alone (the price is shared by that)."
        ),
    )

    def __init__(self, *args: Any, members: Mapping[str, int], **given: Any) -> None:
        super().__init__(*args, **given)
        self.members = members

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        if self.errors:
            return found
        parts = []
        for number, cells in rules.lines_of(found["parts"]):
            if len(cells) < 3 or cells[0] not in self.members:  # noqa: PLR2004
                raise ValidationError(
                    {"parts": _("Line %(number)d: a member, goods and what they cost.")
                     % {"number": number}}
                )  # fmt: skip
            try:
                parts.append((self.members[cells[0]], cells[1], rules.count_of(cells[2], number)))
            except InvalidInput as error:
                raise ValidationError({"parts": str(error)}) from error
        return {"name": found["name"], "price_won": found["price_won"], "parts": parts}


class BundleSaleForm(forms.Form):
    """How many were sold, to whom."""

    count = forms.IntegerField(
        label=pgettext_lazy("bundle", "How many"), min_value=1, max_value=MANY
    )
    buyer_id = PickField(
        label=pgettext_lazy("bundle", "Buyer"), required=False, find=parties.search_parties,
        exists=parties.party_exists, help_text=_("Empty: sold in the shop or at the market."),
    )  # fmt: skip
    sold_date = DateField(label=_("Day"))
