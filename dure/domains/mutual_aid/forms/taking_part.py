"""What people type about plans, contracts and claims."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from dure.domains.self_help import queries as self_help
from dure.kernel.money import short_won
from dure.kernel.refusals import Refusal
from dure.ui.fields import DateField, WonField

from ..queries import EVENTS, RELATIONS, AidPlanCard
from ..rules.lines import read_benefits, read_refunds
from ..rules.promises import Promised, Refund

OWN_BOOKS = "mutual_aid"
_OWN = _("The network's own")


class OwnerAsked(forms.Form):
    """Whose mutual aid is looked at: the network's own, or that of a fund run for others."""

    fund = forms.ChoiceField(label=_("Whose mutual aid"), required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        others = self_help.owners_with_aid()
        self.fields["fund"].choices = [("", _OWN), *others]  # type: ignore[attr-defined]
        if not others:
            del self.fields["fund"]


class PlanForm(forms.Form):
    """What a regulation promises."""

    name = forms.CharField(label=_("Name"), max_length=60)
    code = forms.SlugField(
        label=_("Code"),
        max_length=39,
        help_text=_("Small letters. The same code again lays down the next version."),
    )
    article = forms.CharField(
        label=_("Article of the regulation"),
        max_length=120,
        help_text=_("For example 상호부조 규정 제4조."),
    )
    decided_by = forms.CharField(label=_("Decided by"), max_length=200)
    from_date = DateField(label=_("From"))
    monthly_won = WonField(label=_("Contribution a month"))
    due_day = forms.IntegerField(
        label=_("Due on which day of the month"), min_value=1, max_value=31, initial=25
    )
    waiting_months = forms.IntegerField(
        label=_("Waiting period (months)"), min_value=0, max_value=120, initial=3
    )
    benefits = forms.CharField(
        label=_("What is given"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "A line each, with semicolons: event; relation; amount; months paid; times in a life; evidence. For example “marriage; self; 300,000; 12; 1; certificate of marriage”. What comes after the amount may be left out."
        ),
    )
    per_year_won = WonField(
        label=_("Highest aid in a year"), required=False, help_text=_("Empty: no such limit.")
    )
    per_person_won = WonField(label=_("Highest aid of one person"))
    fund = forms.ChoiceField(label=_("Whose mutual aid"), required=False)
    refunds = forms.CharField(
        label=_("What goes back to who leaves"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A line each: from how many months paid, what share. For example “12; 50%”."),
    )

    def __init__(self, *args: Any, others: list[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["fund"].choices = [(OWN_BOOKS, _OWN), *others]  # type: ignore[attr-defined]
        if not others:
            del self.fields["fund"]

    def clean_fund(self) -> str:
        return self.cleaned_data["fund"] or OWN_BOOKS

    def clean_benefits(self) -> tuple[Promised, ...]:
        try:
            return read_benefits(self.cleaned_data["benefits"])
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def clean_refunds(self) -> tuple[Refund, ...]:
        try:
            return read_refunds(self.cleaned_data["refunds"])
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class EndPlanForm(forms.Form):
    """From when nobody joins a plan any more."""

    until_date = DateField(label=_("Not to be joined from"))
    decided_by = forms.CharField(label=_("Decided by"), max_length=200)


class JoinForm(forms.Form):
    """Which plan."""

    plan_id = forms.TypedChoiceField(label=pgettext_lazy("mutual aid", "Plan"), coerce=int)

    def __init__(self, *args: Any, plans: list[AidPlanCard], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["plan_id"].choices = [  # type: ignore[attr-defined]
            (
                one.id,
                _("%(name)s (%(won)s a month)")
                % {"name": one.name, "won": short_won(one.monthly_won)},
            )
            for one in plans
        ]


class DecidedForm(forms.Form):
    """Who decided."""

    decided_by = forms.CharField(
        label=_("Decided by"),
        max_length=200,
        help_text=_("The meeting and its item, for example “Review committee no. 3, item 2”."),
    )
    decided_date = DateField(label=_("Day of the decision"))


_WAIVED: dict[str, Any] = {
    "label": _("Why without the evidence"),
    "max_length": 300,
    "required": False,
    "help_text": _("Only where the plan asks for evidence and there is none."),
}


class ApprovedForm(DecidedForm):
    """Who decided; without evidence also why."""

    waived = forms.CharField(**_WAIVED)


class RefusedForm(DecidedForm):
    """Who decided, and why not."""

    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("The member reads it."))


class AppealDecidedForm(RefusedForm):
    """What the second body decided."""

    granted = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("yes", _("the aid is given after all")), ("no", _("the refusal stands"))],
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )
    waived = forms.CharField(**_WAIVED)
    field_order = ("granted", "reason")


class PaidForm(forms.Form):
    """On which day money moved."""

    paid_date = DateField(label=_("Day"))


class ReceiveForm(PaidForm):
    """How much came in."""

    won = WonField(label=_("Amount"))
    field_order = ("won", "paid_date")


class EndForm(forms.Form):
    """On which day a contract ends."""

    ended_date = DateField(label=_("Day"))


class UndoForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class ClaimForm(forms.Form):
    """What happened to whom, when."""

    event = forms.ChoiceField(label=pgettext_lazy("mutual aid", "What happened"), choices=EVENTS)
    relation = forms.ChoiceField(label=_("To whom"), choices=RELATIONS)
    event_date = DateField(label=_("When"))
    about = forms.CharField(
        label=_("In a few words"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only those who review claims read this. It is kept sealed."),
    )
    consented = forms.BooleanField(
        label=_(
            "I agree that those who review claims read this and my evidence, health included, to decide on it."
        ),
        help_text=_("The evidence is destroyed by schedule after the decision."),
    )


class EvidenceForm(forms.Form):
    """A photograph or a paper."""

    file = forms.FileField(
        label=_("Photograph or PDF"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/*,application/pdf"}),
        help_text=_("Take a picture of the certificate. Cover the back of the resident number."),
    )


class AppealForm(forms.Form):
    """Why the decision is wrong."""

    text = forms.CharField(
        label=_("Why the decision is wrong"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
