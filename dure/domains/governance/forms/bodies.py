"""What is typed about bodies, their seats and quotas."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from dure.domains.bylaws.rules import Comparison, comparison_label
from dure.domains.parties.rules.codes import OFFICES
from dure.ui.fields import DateField, RatioField, TypedInput

from .. import queries
from ..rules.bodies import END_REASONS, KINDS, MATTERS, SeatKind
from . import PartyField

_ENDS = _("The first day on which it no longer holds.")


class AddBody(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    kind = forms.ChoiceField(label=pgettext_lazy("governance", "Kind"), choices=KINDS)
    purpose = forms.CharField(
        label=_("Purpose"), required=False, max_length=1000, widget=forms.Textarea({"rows": 3})
    )
    convenor_id = PartyField("organisation", label=_("Convenor"), required=False)
    from_date = DateField(label=_("From"), required=False)
    until_date = DateField(label=_("Ends on"), required=False, help_text=_ENDS)
    ends_when = forms.CharField(
        label=_("Ends when"),
        required=False,
        max_length=200,
        help_text=_("Of a body made for a time: what it is to have reached."),
    )
    decided_by = forms.CharField(label=_("Decided by"), required=False, max_length=200)


class GrantCompetence(forms.Form):
    matter = forms.ChoiceField(
        label=_("Matter"), choices=[one for one in MATTERS if one[0] != "business"]
    )
    article = forms.CharField(
        label=_("Article"),
        max_length=120,
        required=False,
        help_text=_("Of the bylaws or rules that give it, such as 정관 제30조."),
    )


class ChangeBody(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    purpose = forms.CharField(
        label=_("Purpose"), required=False, max_length=1000, widget=forms.Textarea({"rows": 3})
    )
    convenor_id = PartyField("organisation", label=_("Convenor"), required=False)
    ends_when = forms.CharField(label=_("Ends when"), required=False, max_length=200)


class EndOn(forms.Form):
    until_date = DateField(label=_("Ends on"), help_text=_ENDS)


class EndBody(EndOn):
    decided_by = forms.CharField(label=_("Decided by"), required=False, max_length=200)


class EndTerm(EndOn):
    because = forms.ChoiceField(label=_("Why"), choices=END_REASONS)
    ended_by = forms.CharField(
        label=_("By which letter or decision"), required=False, max_length=200,
        help_text=_("For a removal the resolution; otherwise the letter, if there is one."),
    )  # fmt: skip


class WordsField(forms.CharField):
    """Several words with commas between."""

    def clean(self, value: Any) -> Any:
        return [word for one in super().clean(value).split(",") if (word := one.strip())]


class OrganisationsField(forms.CharField):
    """Organisations in their order, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea({"rows": 6}), max_length=4000, **kwargs)
        self.one = PartyField("organisation")

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in super().clean(value).splitlines()]
        return [self.one.clean(line) for line in lines if line]


_GROUPS = _("What a quota counts it for, with commas between, such as 민간, 북부.")


class AddSeat(forms.Form):
    title = forms.CharField(
        label=pgettext_lazy("governance", "Title"),
        required=False,
        max_length=60,
        help_text=_("For example 이사장, 감사."),
    )
    is_chair = forms.BooleanField(label=_("Leads the meetings"), required=False)
    may_vote = forms.BooleanField(
        label=_("Has a vote"), required=False, initial=True,
        help_text=_("Officials who only advise have none."),
    )  # fmt: skip
    groups = WordsField(label=_("Counts for"), required=False, max_length=200, help_text=_GROUPS)


class AddSeatOfOrganisation(AddSeat):
    organisation_id = PartyField(
        "organisation", label=_("Organisation"), help_text=_("Its representative or deputy sits there."),
    )  # fmt: skip
    field_order = ("organisation_id",)


class AddSeatInTurn(AddSeat):
    organisation_ids = OrganisationsField(
        label=_("Organisations in turn"),
        help_text=_("One a line, in the order in which they have the seat."),
    )
    turn_months = forms.IntegerField(label=_("Months of a turn"), min_value=1, initial=12)
    from_date = DateField(label=_("The first turn begins on"))
    field_order = ("organisation_ids", "turn_months", "from_date")


class AddSeatByOffice(AddSeat):
    office = forms.ChoiceField(
        label=_("Office"),
        required=False,
        choices=[("", "—"), *OFFICES],
        help_text=_("Whoever holds it sits there."),
    )
    follows_id = forms.TypedChoiceField(
        label=_("Or the chair of"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Whoever leads that body sits there."),
    )
    field_order = ("office", "follows_id")

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["follows_id"].choices = [("", "—"), *queries.body_choices()]  # type: ignore[attr-defined]


SEAT_FORMS: dict[str, type[AddSeat]] = {
    SeatKind.ELECTED: AddSeat,
    SeatKind.APPOINTED: AddSeat,
    SeatKind.BY_ORGANISATION: AddSeatOfOrganisation,
    SeatKind.IN_TURN: AddSeatInTurn,
    SeatKind.EX_OFFICIO: AddSeatByOffice,
}


class LayDownQuota(forms.Form):
    group = forms.CharField(
        label=_("Of whom"), max_length=40, help_text=_("For example 민간, 여성, 청년, 북부.")
    )
    comparison = forms.ChoiceField(
        label=_("At least or at most"),
        choices=[(one, comparison_label(one)) for one in (Comparison.AT_LEAST, Comparison.AT_MOST)],
    )
    asks = forms.CharField(
        label=_("How many seats"), max_length=20, widget=TypedInput("1/2"),
        help_text=_("A part of the voting seats like 1/2 or 30%, or a number like 2."),
    )  # fmt: skip
    article = forms.CharField(
        label=_("Article"), max_length=120, help_text=_("For example 조례 제7조제2항.")
    )
    is_binding = forms.BooleanField(
        label=_("Must be kept"), required=False, initial=True,
        help_text=_("A seat is not filled so that it can be met no more. Otherwise it is only shown."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        asks = str(given.pop("asks", "")).strip()
        if re.fullmatch(r"\d{1,3}(명|석|자리)?", asks):
            given["count"] = int(re.sub(r"\D", "", asks))
        elif asks:
            try:
                given["numerator"], given["denominator"] = RatioField().clean(asks)
            except ValidationError as error:
                self.add_error("asks", error)
        return given


class FillSeat(forms.Form):
    person_id = PartyField("person", label=_("Person"))
    from_date = DateField(label=_("From"))
    until_date = DateField(
        label=_("Ends on"), required=False,
        help_text=_("The first day on which it no longer holds. Without one an officer's term ends when the law says."),
    )  # fmt: skip
    decided_by = forms.CharField(label=_("Decided by"), required=False, max_length=200)
    groups = WordsField(label=_("Counts for"), required=False, max_length=200, help_text=_GROUPS)
