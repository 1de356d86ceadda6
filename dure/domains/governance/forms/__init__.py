"""What is typed about bodies and meetings."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.domains.memberships.rules.conduct import NOTICE_WAYS
from dure.domains.parties import queries as parties
from dure.domains.parties.rules.codes import OFFICES
from dure.kernel.acts import SEOUL
from dure.ui.fields import DateField, PickField, TypedInput

from .. import queries
from ..rules.bodies import KINDS, MATTERS, SEAT_KINDS
from ..rules.rooms import CHAIR_REASONS
from ..rules.voting import METHODS

_ENDS = _("The first day on which it no longer holds.")


class PartyField(PickField):
    """A person or an organisation of the network."""

    def __init__(self, kind: str, **kwargs: Any) -> None:
        super().__init__(
            find=lambda text: parties.search_parties(text, kind=kind),
            exists=lambda party_id: parties.party_exists(party_id, kind),
            **kwargs,
        )


class TimeField(forms.CharField):
    """A time of the day: 14:00 · 14시 30분 · 1400."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", TypedInput("14:00"))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        text = re.sub(r"\s", "", super().clean(value))
        found = re.fullmatch(r"(\d{1,2})(?::|시)?(\d{2})?분?", text)
        if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
            raise ValidationError(_("Type the time like 14:00."))
        return time(int(found[1]), int(found[2] or 0))


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


class AddSeat(forms.Form):
    kind = forms.ChoiceField(label=_("How one comes to sit"), choices=SEAT_KINDS)
    title = forms.CharField(
        label=_("Title"), required=False, max_length=60, help_text=_("For example 이사장, 감사.")
    )
    is_chair = forms.BooleanField(label=_("Leads the meetings"), required=False)
    may_vote = forms.BooleanField(label=_("Has a vote"), required=False, initial=True)
    organisation_id = PartyField(
        "organisation", label=_("Organisation"), required=False,
        help_text=_("For a seat by organisation: its representative or deputy sits there."),
    )  # fmt: skip
    office = forms.ChoiceField(
        label=_("Office"),
        required=False,
        choices=[("", "—"), *OFFICES],
        help_text=_("For a seat by office: whoever holds it."),
    )
    follows_id = forms.TypedChoiceField(
        label=_("Chair of"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("For a seat by office: whoever leads that body."),
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["follows_id"].choices = [("", "—"), *queries.body_choices()]  # type: ignore[attr-defined]


class FillSeat(forms.Form):
    person_id = PartyField("person", label=_("Person"))
    from_date = DateField(label=_("From"))
    until_date = DateField(label=_("Ends on"), required=False, help_text=_ENDS)
    decided_by = forms.CharField(label=_("Decided by"), required=False, max_length=200)


class PlanMeeting(forms.Form):
    title = forms.CharField(
        label=_("Title"), max_length=120, help_text=_("For example 2026년 정기총회.")
    )
    day = DateField(label=_("Day"))
    at = TimeField(label=_("Time"))
    place = forms.CharField(label=_("Place"), required=False, max_length=200)
    link = forms.URLField(label=_("Link"), required=False, assume_scheme="https")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        day, at = given.pop("day", None), given.pop("at", None)
        if day is not None and at is not None:
            given["starts_at"] = datetime.combine(day, at, SEOUL)
        return given


class Reconvene(PlanMeeting):
    """A meeting that failed, once more."""

    title = None  # type: ignore[assignment]


class GiveProxy(forms.Form):
    person_id = PartyField("person", label=_("Who votes instead"))
    paper = forms.CharField(
        label=_("Written proxy"), max_length=120,
        help_text=_("What shows it and where it is kept, such as 위임장 2026-3, 총회 서류철."),
    )  # fmt: skip


class AddItem(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    matter = forms.ChoiceField(
        label=_("Matter"), choices=[MATTERS[-1], *MATTERS[:-1]], required=False
    )
    text = forms.CharField(
        label=_("Proposal"), required=False, max_length=4000, widget=forms.Textarea({"rows": 4})
    )


class AddEffectItem(forms.Form):
    """What an item with an effect is asked besides; its matter is that of the effect."""

    title = forms.CharField(label=_("Title"), max_length=200)
    text = forms.CharField(
        label=_("Proposal"), required=False, max_length=4000, widget=forms.Textarea({"rows": 4})
    )


class NoteNotices(forms.Form):
    told_date = DateField(label=_("Told on"))
    way = forms.ChoiceField(label=_("How"), choices=NOTICE_WAYS)


class OpenMeeting(forms.Form):
    chair_id = PartyField("person", label=_("Who leads the meeting"))
    chair_reason = forms.ChoiceField(
        label=_("By what right"), required=False, choices=[("", "—"), *CHAIR_REASONS],
        help_text=_("Only where it is not the chair of the body."),
    )  # fmt: skip


class WriteMinutes(forms.Form):
    text = forms.CharField(
        label=_("What was said"), required=False, max_length=50_000,
        widget=forms.Textarea({"rows": 14}),
        help_text=_("Attendance, votes and results are in the minutes already."),
    )  # fmt: skip


class CommentOnMinutes(forms.Form):
    text = forms.CharField(
        label=_("Comment"), max_length=4_000, widget=forms.Textarea({"rows": 6}),
        help_text=_("It stays with the minutes as you wrote it."),
    )  # fmt: skip


class NoteSignature(forms.Form):
    """Who signed the minutes on paper."""

    person_id = forms.TypedChoiceField(label=_("Who signed"), coerce=int)

    def __init__(self, signers: tuple[tuple[int, str], ...], *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["person_id"].choices = signers  # type: ignore[attr-defined]


class CallOff(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200)


class OpenVote(forms.Form):
    method = forms.ChoiceField(label=_("How is voted"), choices=METHODS, widget=forms.RadioSelect)
    question = forms.CharField(
        label=_("Question"), required=False, max_length=300,
        help_text=_("As it is put to the meeting; without one the title of the item."),
    )  # fmt: skip
    first_teller_id = PartyField(
        "person", label=_("First teller"), required=False,
        help_text=_("Who counts raised hands; without tellers any two who are there."),
    )  # fmt: skip
    second_teller_id = PartyField("person", label=_("Second teller"), required=False, help_text="")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        tellers = (given.pop("first_teller_id", None), given.pop("second_teller_id", None))
        return given | {"teller_ids": tuple(one for one in tellers if one)}


class CountHands(forms.Form):
    yes = forms.IntegerField(label=_("In favour"), min_value=0)
    no = forms.IntegerField(label=_("Against"), min_value=0)
    abstain = forms.IntegerField(label=_("Abstaining"), min_value=0, initial=0)
