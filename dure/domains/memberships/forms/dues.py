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
    period = forms.ChoiceField(label=_("Period"))
    amount_won = WonField(label=_("Amount per period"))
    is_minimum = forms.BooleanField(label=_("Members may agree to pay more"), required=False)
    from_month = MonthField(label=_("From month"))
    due_day = forms.IntegerField(label=_("Due on day"), min_value=1, max_value=31, initial=25)
    starts_in_month = forms.IntegerField(
        label=_("The year or quarters start in month"), min_value=1, max_value=12, initial=1
    )
    fund = forms.ChoiceField(label=_("Fund"))
    kind = forms.ChoiceField(label=_("Sort of dues"))
    joining_month_counts = forms.BooleanField(
        label=_("The month of joining is charged"), required=False, initial=True
    )
    leaving_month_counts = forms.BooleanField(
        label=_("The month of leaving is charged"), required=False, initial=True
    )
    proration = forms.ChoiceField(label=_("A part of a period is charged"))
    article = forms.CharField(label=_("Article"), max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member_class"].choices = [  # type: ignore[attr-defined]
            (c.code, c.name) for c in queries.member_classes()
        ]
        self.fields["fund"].choices = fund_choices()  # type: ignore[attr-defined]
        for name, choices in queries.plan_choices().items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]


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
    month = MonthField(
        label=_("Month"),
        required=False,
        help_text=_("If you give one, a file of another month is refused."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fund"].choices = fund_choices()  # type: ignore[attr-defined]


class MapReceipts(forms.Form):
    """One picker of columns for each thing a row says."""

    _COLUMNS = (
        ("date", _("Date"), True),
        ("time", _("Time"), False),
        ("amount", _("Amount paid in"), True),
        ("paid_out", _("Amount paid out"), False),
        ("balance", _("Balance"), False),
        ("payer", _("Payer"), True),
        ("memo", _("Memo"), False),
        ("account", _("Virtual account"), False),
    )

    head_row = forms.IntegerField(
        label=_("Row of the headings"),
        required=False,
        min_value=1,
        help_text=_("Leave it empty if the file has no headings."),
    )
    signed = forms.BooleanField(
        label=_("One column holds both; what went out is negative"), required=False
    )

    def __init__(self, *args: Any, letters: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        columns = [(str(at), letter) for at, letter in enumerate(letters)]
        for name, label, required in self._COLUMNS:
            self.fields[name] = forms.TypedChoiceField(
                label=label,
                required=required,
                coerce=int,
                empty_value=None,
                choices=[("", "—"), *columns],
            )
        self.order_fields([*(name for name, _l, _r in self._COLUMNS), "head_row", "signed"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        names = [name for name, _label, _required in self._COLUMNS]
        given["columns"] = {n: given[n] for n in names if given.get(n) is not None}
        return given


class BookReceiptAs(forms.Form):
    purpose = forms.ChoiceField(label=_("What it is"))
    amount_won = WonField(label=_("Amount"))
    donor_id = forms.TypedChoiceField(
        label=_("Who gave it"), coerce=int, empty_value=None, required=False
    )
    fund = forms.ChoiceField(
        label=_("Given to which fund"), required=False, help_text=_("Empty: the fund of the money.")
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, donors: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        funds = [(one.code, one.name) for one in ledger.funds() if one.is_active]
        self.fields["fund"].choices = [("", "—"), *funds]  # type: ignore[attr-defined]
        self.fields["purpose"].choices = queries.purpose_choices()  # type: ignore[attr-defined]
        self.fields["donor_id"].choices = [("", "—"), *donors]  # type: ignore[attr-defined]


class NotePayer(forms.Form):
    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=[("name", _("name at the bank")), ("account", _("virtual account"))],
    )
    text = forms.CharField(label=_("Name or number"), max_length=120)


class UnmatchReceipt(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200)


class RefundReceipt(forms.Form):
    amount_won = WonField(label=_("Amount"))
    refund_date = DateField(label=_("Paid back on"))
    reason = forms.CharField(label=_("Reason"), max_length=200)


def fund_choices() -> list[tuple[str, str]]:
    return [(f.code, f.name) for f in ledger.funds() if f.is_active]
