"""Forms of plans, billing and receipts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dure.domains.ledger import queries as ledger
from dure.ui.fields import DateField, MonthField, WonField

from .. import queries


class SetDuesPlan(forms.Form):
    member_class = forms.ChoiceField(label=_("Kind of member"))
    name = forms.CharField(
        label=_("Name"),
        max_length=60,
        help_text=_("A plan of the same name and kind of member ends when this one begins."),
    )
    period = forms.ChoiceField(
        label=_("Period"),
        choices=[("month", _("monthly")), ("quarter", _("quarterly")), ("year", _("yearly"))],
    )
    amount_won = WonField(label=_("Amount per period"))
    is_minimum = forms.BooleanField(label=_("Members may agree to pay more"), required=False)
    from_month = MonthField(label=_("From month"))
    due_day = forms.IntegerField(label=_("Due on day"), min_value=1, max_value=31, initial=25)
    starts_in_month = forms.IntegerField(
        label=_("The year or quarters start in month"), min_value=1, max_value=12, initial=1
    )
    fund = forms.ChoiceField(label=_("Fund"))
    kind = forms.ChoiceField(
        label=_("Sort of dues"), choices=[("regular", _("dues")), ("special", _("special dues"))]
    )
    joining_month_counts = forms.BooleanField(
        label=_("The month of joining is charged"), required=False, initial=True
    )
    leaving_month_counts = forms.BooleanField(
        label=_("The month of leaving is charged"), required=False, initial=True
    )
    is_prorated = forms.BooleanField(
        label=_("A part of a period is charged by months"), required=False, initial=True
    )
    article = forms.CharField(label=_("Article"), max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member_class"].choices = [  # type: ignore[attr-defined]
            (c.code, c.name) for c in queries.member_classes()
        ]
        self.fields["fund"].choices = fund_choices()  # type: ignore[attr-defined]


class EndDuesPlan(forms.Form):
    until_month = MonthField(label=_("First month without it"))


class AgreeMemberDues(forms.Form):
    plan_id = forms.TypedChoiceField(label=_("Dues plan"), coerce=int)
    amount_won = WonField(label=_("Amount per period"))
    from_month = MonthField(label=_("From month"))

    def __init__(self, *args: Any, plans: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan_id"].choices = plans  # type: ignore[attr-defined]


class BillDues(forms.Form):
    month = MonthField(label=_("Month"))
    plan_id = forms.TypedChoiceField(
        label=_("Dues plan"), coerce=int, empty_value=None, required=False
    )
    notify = forms.BooleanField(label=_("Tell the members by e-mail"), required=False)

    def __init__(self, *args: Any, plans: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan_id"].choices = [("", _("all")), *plans]  # type: ignore[attr-defined]


class WaiveCharge(forms.Form):
    amount_won = WonField(label=_("Amount"))
    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("Why, and who decided it.")
    )


class EnterReceipt(forms.Form):
    receipt_date = DateField(label=_("Date"))
    amount_won = WonField(label=_("Amount"), help_text=_("Type it like 120,000 or 12만원."))
    payer = forms.CharField(label=_("Payer"), max_length=120, help_text=_("As the bank names it."))
    memo = forms.CharField(label=_("Memo"), max_length=200, required=False)
    fund = forms.ChoiceField(label=_("Fund"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fund"].choices = fund_choices()  # type: ignore[attr-defined]


class UploadReceipts(forms.Form):
    file = forms.FileField(
        label=_("File from the bank"),
        help_text=_("CSV or Excel, as the bank exports it. Rows above the table do no harm."),
    )
    fund = forms.ChoiceField(label=_("Fund"), help_text=_("Whose bank account it is."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fund"].choices = fund_choices()  # type: ignore[attr-defined]


class UnmatchReceipt(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200)


class RefundReceipt(forms.Form):
    amount_won = WonField(label=_("Amount"))
    refund_date = DateField(label=_("Paid back on"))
    reason = forms.CharField(label=_("Reason"), max_length=200)


def fund_choices() -> list[tuple[str, str]]:
    return [(f.code, f.name) for f in ledger.funds() if f.is_active]
