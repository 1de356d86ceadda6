"""What is typed in elections: who stands, how they are elected, the ballot itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_lazy as _, ngettext_lazy, pgettext_lazy

from ..queries import ElectionCard, OptionLine
from ..rules.elections import ELECTIONS, Form
from ..rules.voting import CHOSEN_BY, METHODS
from . import OpenVote, PartyField


class AddOption(forms.Form):
    """Who stands, or what may be chosen."""

    person_id = PartyField("person", label=_("Candidate"), required=False)
    has_agreed = forms.BooleanField(label=_("The candidate has agreed to stand"), required=False)
    text = forms.CharField(
        label=_("Or what may be chosen"), required=False, max_length=200,
        help_text=_("Where no person is chosen: a place, a day, a proposal."),
    )  # fmt: skip
    statement = forms.CharField(
        label=pgettext_lazy("governance", "Statement"), required=False, max_length=4000, widget=forms.Textarea({"rows": 4}),
        help_text=_("Everybody who belongs can read it."),
    )  # fmt: skip


class AddCandidate(AddOption):
    """Where people are elected."""

    text = None  # type: ignore[assignment]


class StandMyself(forms.Form):
    statement = AddOption.base_fields["statement"]


class OpenElection(OpenVote):
    """Among those who stand."""

    form = forms.ChoiceField(
        label=_("How a ballot is marked"), choices=ELECTIONS, widget=forms.RadioSelect,
        initial=Form.CHOICE,
    )  # fmt: skip
    places = forms.IntegerField(
        label=_("How many are chosen"), min_value=1, required=False,
        help_text=_("Without a number as many as there are vacant seats, or one."),
    )  # fmt: skip
    field_order = ("form", "method", "places", "question")

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        ways = [one for one in METHODS if one[0] in CHOSEN_BY]
        self.fields["method"].choices = ways  # type: ignore[attr-defined]


class ObjectToVote(forms.Form):
    reason = forms.CharField(
        label=_("Why you object"), max_length=300, widget=forms.Textarea({"rows": 3}),
        help_text=_("With your name it ends the consent; the matter is then decided another way."),
    )  # fmt: skip


def ballot_form(election: ElectionCard, receipt: str) -> type[forms.Form]:
    """The ballot of an election as a form; its marks are read by `marks_of`."""
    fields: dict[str, forms.Field] = {}
    lines = [(one.option, _line(one.option)) for one in election.lines]
    if election.is_ranked:
        places = [("", "–"), *((at, _nth(at)) for at in range(1, len(lines) + 1))]
        for option, label in lines:
            fields[f"mark_{option.number}"] = forms.TypedChoiceField(
                label=label, choices=places, coerce=int, empty_value=None, required=False,
                help_text=option.statement,
            )  # fmt: skip
    elif election.is_scored:
        points = [(at, str(at)) for at in range(election.points + 1)]
        for option, label in lines:
            fields[f"mark_{option.number}"] = forms.TypedChoiceField(
                label=label, choices=points, coerce=int, empty_value=None, required=False,
                widget=forms.RadioSelect, help_text=option.statement,
            )  # fmt: skip
    else:
        fields["marked"] = forms.TypedMultipleChoiceField(
            label=ngettext_lazy("Mark one", "Mark up to %(count)d", election.places)
            % {"count": election.places},
            choices=[
                (option.number, _with_statement(option, label)) for option, label in lines
            ],
            coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
            help_text=_("Mark nothing to abstain."),
        )  # fmt: skip
    if receipt:
        fields["receipt"] = forms.CharField(widget=forms.HiddenInput, initial=receipt)
    return type("Ballot", (forms.Form,), fields)


def marks_of(given: dict[str, Any]) -> dict[int, int]:
    """What was marked: option → cross, place or points."""
    crosses = dict.fromkeys(given.get("marked", ()), 1)
    named = {
        int(name.removeprefix("mark_")): mark
        for name, mark in given.items()
        if name.startswith("mark_") and mark
    }
    return crosses | named


def _line(option: OptionLine) -> str:
    return f"{option.number}. {option.name}"


def _nth(place: int) -> str:
    return gettext("no. %(place)d") % {"place": place}


def _with_statement(option: OptionLine, label: str) -> str:
    if not option.statement:
        return label
    return format_html('{} <span class="sub">{}</span>', label, option.statement)


def hands_form(election: ElectionCard) -> type[forms.Form]:
    """The hands raised for each option."""
    fields: dict[str, forms.Field] = {
        f"mark_{one.option.number}": forms.IntegerField(label=_line(one.option), min_value=0)
        for one in election.lines
    }
    return type("CountElection", (forms.Form,), fields)
