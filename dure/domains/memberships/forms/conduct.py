"""What is typed about a case."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from dure.ui.fields import DateField

from ..rules.conduct import BODIES, GROUNDS, KINDS, NOTICE_WAYS, Outcome

_LONG = forms.Textarea(attrs={"rows": 5})
_OUTCOMES = ((Outcome.UPHELD, _("upheld")), (Outcome.DISMISSED, _("dismissed")))


class OpenConductCase(forms.Form):
    kind = forms.ChoiceField(label=_("What it may end with"), choices=KINDS)
    ground = forms.ChoiceField(label=_("Ground"), choices=GROUNDS)
    article = forms.CharField(
        label=_("Article"), max_length=120, help_text=_("Of the bylaws, such as 정관 제14조.")
    )
    reason = forms.CharField(
        label=_("What happened"),
        max_length=4000,
        widget=_LONG,
        help_text=_("The member is told exactly this."),
    )


class NoteNotice(forms.Form):
    notice_date = DateField(label=_("Told on"))
    way = forms.ChoiceField(label=_("How"), choices=NOTICE_WAYS)
    meeting_date = DateField(label=_("Day of the meeting"))


class NoteHearing(forms.Form):
    hearing_date = DateField(label=_("Day"))
    was_heard = forms.TypedChoiceField(
        label=_("The member"),
        choices=(("yes", _("was heard")), ("no", _("had the chance and did not take it"))),
        coerce=lambda given: given == "yes",
    )
    statement = forms.CharField(
        label=_("What the member said"), required=False, max_length=4000, widget=_LONG
    )


class NoteRecommendation(forms.Form):
    body = forms.ChoiceField(label=_("Body"), choices=BODIES)
    outcome = forms.ChoiceField(label=_("Opinion"), choices=_OUTCOMES)
    on_date = DateField(label=_("Day"))
    minutes = forms.CharField(label=_("Minutes"), max_length=200)
    text = forms.CharField(label=_("Note"), required=False, max_length=4000, widget=_LONG)


class DecideCase(forms.Form):
    body = forms.ChoiceField(label=_("Body"), choices=BODIES)
    outcome = forms.ChoiceField(label=_("Decision"), choices=_OUTCOMES)
    decided_date = DateField(label=_("Day of the meeting"))
    seats = forms.IntegerField(
        label=_("Seats"),
        required=False,
        min_value=0,
        help_text=_("Of a board or committee; of a general meeting the roll of the case counts."),
    )
    present = forms.IntegerField(label=_("Present"), required=False, min_value=0)
    in_favour = forms.IntegerField(label=_("In favour"), required=False, min_value=0)
    until_date = DateField(
        label=_("Suspended until"), required=False, help_text=_("Only for a suspension.")
    )
    minutes = forms.CharField(label=_("Minutes"), max_length=200)

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        for name in ("seats", "present", "in_favour"):
            given[name] = given.get(name) or 0
        given["until_date"] = given.get("until_date") or None
        return given


class WithdrawCase(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300)


class Appeal(forms.Form):
    reason = forms.CharField(label=_("Why you appeal"), max_length=4000, widget=_LONG)


class DecideAppeal(forms.Form):
    body = forms.ChoiceField(label=_("Body"), choices=BODIES)
    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=(
            (Outcome.UPHELD, _("upheld: the decision is undone")),
            (Outcome.DISMISSED, _("dismissed: the decision stands")),
        ),
    )
    decided_date = DateField(label=_("Day of the meeting"))
    minutes = forms.CharField(label=_("Minutes"), max_length=200)
