"""What people type about campaigns."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from dure.domains.parties import queries as parties
from dure.ui.fields import DateField, PickField, WonField

from ..queries import NEEDS


class _Party(PickField):
    """Somebody of the register."""

    def __init__(self, kind: str, **given: Any) -> None:
        super().__init__(
            find=lambda text: parties.search_parties(text, kind=kind),
            exists=lambda party_id: parties.party_exists(party_id, kind),
            **given,
        )


DECIDERS = ("first", "second", "third", "fourth")


class CampaignForm(forms.Form):
    """What it is for, until when, who decides."""

    name = forms.CharField(label=_("Name"), max_length=60)
    purpose = forms.CharField(
        label=_("Purpose"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Who is helped, in what. Everybody reads it."),
    )
    article = forms.CharField(label=_("Article of the regulation"), max_length=120)
    decided_by = forms.CharField(label=_("Decided by"), max_length=200)
    from_date = DateField(label=_("From"))
    until_date = DateField(label=_("Last day to ask"))
    fund = forms.SlugField(
        label=_("Code of its fund"),
        max_length=39,
        help_text=_("Small letters, for example crisis2026. The fund is opened with the campaign."),
    )
    rest_to = forms.ChoiceField(label=_("What is left goes to"))
    per_person_won = WonField(label=_("Highest help of one person"))
    first = _Party("person", label=_("Who decides: the first"))
    second = _Party("person", label=_("the second"))
    third = _Party("person", label=_("the third"), required=False)
    fourth = _Party("person", label=_("the fourth"), required=False)
    needed = forms.IntegerField(
        label=_("How many of them agree"), min_value=1, max_value=len(DECIDERS), initial=2
    )

    def __init__(self, *args: Any, funds: list[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["rest_to"].choices = funds  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        who = [found.pop(name, None) for name in DECIDERS]
        return {**found, "deciders": tuple(one for one in who if one)}


class GiftForm(forms.Form):
    """Who gave how much."""

    won = WonField(label=_("Amount"))
    party_id = _Party("", label=_("From the register"), required=False)
    name = forms.CharField(
        label=_("Somebody else"),
        max_length=60,
        required=False,
        help_text=_("Kept sealed, for the receipt. Empty: unknown."),
    )
    is_anonymous = forms.BooleanField(label=_("Wishes not to be named"), required=False)
    given_date = DateField(label=_("Day"))


class GrantForm(forms.Form):
    """A few questions."""

    membership_id = forms.TypedChoiceField(label=_("For whom"), coerce=int)
    need = forms.ChoiceField(
        label=pgettext_lazy("campaign", "What for"), choices=NEEDS, widget=forms.RadioSelect
    )
    asked_won = WonField(label=_("How much"))
    about = forms.CharField(
        label=_("In a few words"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only those who decide read this. It is kept sealed."),
    )
    consented = forms.BooleanField(
        label=_("I agree that those who decide read this, health included.")
    )

    def __init__(self, *args: Any, mine: list[tuple[int, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["membership_id"].choices = mine  # type: ignore[attr-defined]


class GrantDecisionForm(forms.Form):
    """How much, or why not."""

    won = WonField(label=_("How much is given"), help_text=_("0: nothing. Then say why."))
    reason = forms.CharField(
        label=_("Reason"), max_length=300, required=False, help_text=_("The member reads it.")
    )


class CloseCampaignForm(forms.Form):
    """Who closed it."""

    decided_by = forms.CharField(label=_("Decided by"), max_length=200)
    closed_date = DateField(label=_("Day"))
