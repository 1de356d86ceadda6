"""Forms of direct debits and of the arrears ladder."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dure.ui.fields import DateField, MonthField, WonField

from .. import queries
from .dues import fund_choices


class GiveMandate(forms.Form):
    bank = forms.CharField(label=_("Bank"), max_length=40)
    account_number = forms.CharField(
        label=_("Account number"),
        max_length=40,
        help_text=_("Kept encrypted; afterwards only the last four digits are shown."),
    )
    holder = forms.CharField(label=_("Holder"), max_length=60)
    consent_text = forms.CharField(
        label=_("Text that was agreed to"), max_length=4000, widget=forms.Textarea
    )
    evidence = forms.ChoiceField(label=_("How the consent was given"))
    evidence_note = forms.CharField(label=_("Where the proof lies"), max_length=200, required=False)
    from_date = DateField(label=_("From"))

    def __init__(self, *args: Any, evidence: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence"].choices = evidence  # type: ignore[attr-defined]


class RequestDebits(forms.Form):
    collect_date = DateField(label=_("To be collected on"))
    layout = forms.ChoiceField(label=_("Layout of the files"))
    fund = forms.ChoiceField(label=_("Fund"), help_text=_("Whose bank account it is."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["layout"].choices = [  # type: ignore[attr-defined]
            (layout.name, layout.title) for layout in queries.debit_layouts().values()
        ]
        self.fields["fund"].choices = fund_choices()  # type: ignore[attr-defined]


class TakeDebitResult(forms.Form):
    file = forms.FileField(label=_("Result file from the bank"))


class SettleDebitRun(forms.Form):
    receipt_id = forms.TypedChoiceField(label=_("The sum that came in"), coerce=int)

    def __init__(self, *args: Any, receipts: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["receipt_id"].choices = receipts  # type: ignore[attr-defined]


class ExemptMember(forms.Form):
    kind = forms.ChoiceField(label=_("Sort of dues"), required=False)
    from_month = MonthField(label=_("From month"))
    until_month = MonthField(label=_("First month that is owed again"))
    reason = forms.CharField(label=_("Reason"), max_length=300)
    decided_by = forms.CharField(label=_("Decided by"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = queries.plan_choices()["kind"]
        self.fields["kind"].choices = [("", _("all")), *kinds]  # type: ignore[attr-defined]


class NoteArrearsTalk(forms.Form):
    note = forms.CharField(
        label=_("What was said"), max_length=2000, widget=forms.Textarea,
        help_text=_("Briefly and kindly; the member may read it."),
    )  # fmt: skip


class AgreeInstalments(forms.Form):
    monthly_won = WonField(label=_("Amount a month"))
    first_date = DateField(label=_("First paid on"))
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


class AskForReview(forms.Form):
    note = forms.CharField(
        label=_("What was tried, and what is asked"), max_length=2000, widget=forms.Textarea
    )
