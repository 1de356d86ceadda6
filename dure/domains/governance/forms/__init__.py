"""What is typed about bodies and meetings."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from dure.domains.memberships.rules.conduct import NOTICE_WAYS
from dure.domains.parties import queries as parties
from dure.kernel.acts import SEOUL
from dure.ui.fields import DateField, PickField, TypedInput

from ..rules.bodies import MATTERS
from ..rules.cycles import EVERY, MOVED, NTH
from ..rules.rooms import CHAIR_REASONS
from ..rules.voting import CHOICES, METHODS


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


class PlanMeeting(forms.Form):
    title = forms.CharField(
        label=_("Title"), max_length=120, help_text=_("For example 2026년 정기총회.")
    )
    day = DateField(label=_("Day"))
    at = TimeField(label=_("Time"))
    place = forms.CharField(label=_("Place"), required=False, max_length=200)
    link = forms.URLField(label=_("Link"), required=False, assume_scheme="https")
    is_public = forms.BooleanField(
        label=_("In the calendar for everybody"), required=False,
        help_text=_("Its name, day and place, once it is called."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        day, at = given.pop("day", None), given.pop("at", None)
        if day is not None and at is not None:
            given["starts_at"] = datetime.combine(day, at, SEOUL)
        return given


class SetCycle(forms.Form):
    """How often a body meets, on which weekday, and who hosts in turn."""

    every = forms.ChoiceField(label=_("How often"), choices=EVERY)
    nth = forms.TypedChoiceField(
        label=_("Which week"), choices=NTH, coerce=int,
        help_text=_("Every two weeks counts from the first day instead."),
    )  # fmt: skip
    weekday = forms.TypedChoiceField(label=_("Weekday"), choices=list(WEEKDAYS.items()), coerce=int)
    at = TimeField(label=_("Time"))
    first_date = DateField(label=_("From the day"))
    moved = forms.ChoiceField(label=_("A holiday moves it"), choices=MOVED)
    place = forms.CharField(label=_("Place"), required=False, max_length=200)
    host_ids = PartyField(
        "organisation", several=True, label=_("Hosts in turn"), required=False, max_length=400,
        help_text=_("Organisations in their order, by name or number, with commas between."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("at") is not None:
            given["at"] = f"{given['at']:%H:%M}"
        return given


class Reconvene(PlanMeeting):
    """A meeting that failed, once more."""

    title = None  # type: ignore[assignment]
    is_public = None  # type: ignore[assignment]


class GiveProxy(forms.Form):
    person_id = PartyField("person", label=_("Who votes instead"))
    paper = forms.CharField(
        label=_("Written proxy"), max_length=120,
        help_text=_("What shows it and where it is kept, such as 위임장 2026-3, 총회 서류철."),
    )  # fmt: skip
    is_family = forms.BooleanField(
        label=_("The paper says that this is family living with the voter"), required=False
    )


class ProxyPaper(forms.Form):
    """A picture of the paper."""

    file = forms.FileField(
        label=_("Photograph or PDF of the written proxy"),
        help_text=_("At most 10 MB. It is kept encrypted, and destroyed by schedule."),
        widget=forms.FileInput({"accept": "image/*,application/pdf"}),
    )


class NoteWrittenVote(forms.Form):
    party_id = PartyField("", label=_("Voter"))
    choice = forms.ChoiceField(
        label=pgettext_lazy("governance", "Vote"), choices=CHOICES, widget=forms.RadioSelect
    )
    paper = forms.CharField(
        label=pgettext_lazy("governance", "Paper"), max_length=120,
        help_text=_("What shows it and where it is kept, such as 서면의결서 12, 총회 서류철."),
    )  # fmt: skip


class AnswerInWriting(forms.Form):
    """How a voter decides where the body decides in writing."""

    party_id = forms.TypedChoiceField(label=_("Voter"), coerce=int)
    choice = NoteWrittenVote.base_fields["choice"]

    def __init__(self, *given: Any, voters: list[tuple[int, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["party_id"].choices = voters  # type: ignore[attr-defined]


class Presented(forms.Form):
    """Who presents an item, and for how long."""

    owner_id = PartyField("person", label=_("Presented by"), required=False)
    planned_minutes = forms.IntegerField(
        label=_("Minutes planned"), required=False, min_value=1, max_value=600
    )


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
