"""What people type about self-help funds of others."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dure.domains.parties import queries as parties
from dure.ui.fields import DateField, MonthField, PickField, RatioField, WonField

from .queries import FEES, PERIODS


def _party(kind: str, **given: Any) -> PickField:
    return PickField(
        find=lambda text: parties.search_parties(text, kind=kind),
        exists=lambda party_id: parties.party_exists(party_id, kind),
        **given,
    )


class MandateForm(forms.Form):
    """A contract and its fee."""

    contract = forms.CharField(
        label=_("Contract"), max_length=200, help_text=_("Its name and date, as it is filed.")
    )
    from_date = DateField(label=_("From"))
    fee_of = forms.ChoiceField(label=_("Fee"), choices=FEES)
    fee_won = WonField(
        label=_("Amount for each period"),
        required=False,
        help_text=_("Where the fee is an amount."),
    )
    fee_share = RatioField(
        label=_("Share"), required=False, help_text=_("Where the fee is a share, for example 2%.")
    )
    fee_months = forms.TypedChoiceField(label=_("Taken"), choices=PERIODS, coerce=int)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["fee_won"] = given.get("fee_won") or 0
        given["fee_share"] = given.get("fee_share") or (0, 1)
        return given


class TakeOnForm(MandateForm):
    """The fund, whose it is, and the contract."""

    name = forms.CharField(label=_("Name of the fund"), max_length=80)
    code = forms.RegexField(
        r"^[a-z][a-z0-9_]{0,39}$",
        label=_("Code"),
        help_text=_("Small letters, for example angels. Its books and rules go by it."),
    )
    association_id = _party("organisation", label=_("Association"))
    legal_form = forms.ChoiceField(
        label=_("Its legal form"), help_text=_("The law of this form holds for the fund.")
    )
    field_order = ("name", "code", "association_id", "legal_form", "contract", "from_date")

    def __init__(self, *args: Any, legal_forms: tuple[tuple[str, str], ...], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["legal_form"].choices = legal_forms  # type: ignore[attr-defined]


class EnterForm(forms.Form):
    """Who takes part, since when."""

    party_id = _party("", label=_("Who takes part"))
    joined_date = DateField(label=_("Since"))


class MoneyForm(forms.Form):
    """How much moved, on which day."""

    won = WonField(label=_("Amount"))
    paid_date = DateField(label=_("Day"))


class EndForm(forms.Form):
    """From when somebody takes part no more."""

    left_date = DateField(label=_("From"))


class FeesForm(forms.Form):
    """Of which fund the fees are taken."""

    fund_id = forms.TypedChoiceField(
        label=_("Of which fund"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, funds: list[tuple[int, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["fund_id"].choices = [("", _("All that owe a fee")), *funds]  # type: ignore[attr-defined]


class SpanForm(forms.Form):
    """Whole months of a statement."""

    start = MonthField(label=_("From month"))
    end = MonthField(label=_("To month"))
