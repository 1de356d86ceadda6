"""What people type about loans."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from dure.domains.self_help import queries as self_help
from dure.kernel.money import short_won
from dure.ui.fields import DateField, RatioField, WonField

from .queries import ADVICE, BORROWERS, METHODS, MOVES, NOTE_KINDS, PURPOSES, ProductCard


class WishForm(forms.Form):
    """How much, for how long, what for."""

    product_id = forms.TypedChoiceField(label=_("Product"), coerce=int)
    won = WonField(label=_("How much"), help_text=_("For example 300만원 or 3,000,000."))
    months = forms.IntegerField(label=_("For how many months"), min_value=1, max_value=600)
    grace_months = forms.IntegerField(
        label=_("Months of interest only, at the beginning"),
        min_value=0,
        max_value=599,
        required=False,
        help_text=_("Leave it empty to pay principal from the first month."),
    )
    purpose = forms.ChoiceField(label=pgettext_lazy("loan", "What for"), choices=PURPOSES)

    def __init__(self, *args: Any, products: list[ProductCard], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["product_id"].choices = [  # type: ignore[attr-defined]
            (
                one.id,
                _("%(name)s (up to %(won)s, %(months)d months)")
                % {"name": one.name, "won": short_won(one.most_won), "months": one.longest_months},
            )
            for one in products
        ]

    def clean_grace_months(self) -> int:
        return self.cleaned_data["grace_months"] or 0


class ApproveForm(forms.Form):
    """Who decided, and how much."""

    decided_by = forms.CharField(
        label=_("Decided by"),
        max_length=200,
        help_text=_("The meeting and its item, for example “Loan committee no. 3, item 2”."),
    )
    decided_date = DateField(label=_("Day of the decision"))
    conditions = forms.CharField(
        label=_("Conditions before the pay-out"), required=False, max_length=1_000,
        widget=forms.Textarea({"rows": 2}), help_text=_("One on each line; empty for none."),
    )  # fmt: skip
    won = WonField(
        label=_("Approved amount"),
        required=False,
        help_text=_("Empty: as much as was asked for. Never more."),
    )
    field_order = ("decided_by", "decided_date", "won", "conditions")

    def clean_conditions(self) -> tuple[str, ...]:
        return tuple(self.cleaned_data["conditions"].splitlines())


class HandInForm(forms.Form):
    """One paper the product asks for."""

    title = forms.ChoiceField(label=_("Which paper"))
    file = forms.FileField(
        label=_("File or photograph"),
        help_text=_("A picture or PDF of at most 10 MB. It is kept encrypted, and destroyed when the loan is over."),
        widget=forms.FileInput({"accept": "image/*,application/pdf"}),
    )  # fmt: skip

    def __init__(self, *args: Any, titles: list[str], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["title"].choices = [(one, one) for one in titles]  # type: ignore[attr-defined]


class NoteForm(forms.Form):
    """An interview or an opinion."""

    kind = forms.ChoiceField(label=pgettext_lazy("loan", "What it is"), choices=NOTE_KINDS)
    on_date = DateField(label=_("Day"))
    people = forms.CharField(
        label=_("Who"), max_length=200, help_text=_("Who spoke with whom, or whose opinion it is.")
    )
    advice = forms.ChoiceField(label=_("Advice"), choices=ADVICE, required=False)
    text = forms.CharField(
        label=_("What was said"), max_length=4_000, widget=forms.Textarea({"rows": 6}),
        help_text=_("The borrower may read it too. Only what the decision needs."),
    )  # fmt: skip


class MemberForm(forms.Form):
    """A member, by number and name."""

    number = forms.IntegerField(label=_("Member number"), min_value=1)
    name = forms.CharField(label=_("Name"), max_length=60)


class GuarantorForm(MemberForm):
    """Who is to stand for the loan."""

    most_won = WonField(label=_("Up to which sum"))


class CertificateForm(forms.Form):
    """Which certificate."""

    kind = forms.ChoiceField(
        label=_("Certificate"),
        choices=[
            ("loan_balance", _("Certificate of balance")),
            ("loan_interest", _("Certificate of interest paid")),
        ],
    )
    year = forms.IntegerField(
        label=_("Year"), min_value=1990, max_value=2200, required=False,
        help_text=_("Of the interest; the balance is as of today."),
    )  # fmt: skip


class RefuseForm(forms.Form):
    """Who decided, and why not."""

    decided_by = forms.CharField(label=_("Decided by"), max_length=200)
    decided_date = DateField(label=_("Day of the decision"))
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("The member reads it."))


class PaidForm(forms.Form):
    """On which day money moved."""

    paid_date = DateField(label=_("Day"))


class RepayForm(PaidForm):
    """How much came back."""

    won = WonField(label=_("Amount"))
    rest = forms.ChoiceField(
        label=_("If it is more than is owed"),
        required=False,
        choices=[
            ("", _("say so first")),
            ("keep", _("keep the rest for dues to come")),
            ("pay_back", _("hold the rest, to be paid back")),
        ],
    )
    again = forms.BooleanField(label=_("It is a second payment of that sum"), required=False)
    field_order = ("won", "paid_date")


class UndoForm(forms.Form):
    """Why a payment is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class ProductForm(forms.Form):
    """What a regulation offers."""

    name = forms.CharField(label=_("Name"), max_length=60)
    code = forms.SlugField(
        label=_("Code"),
        max_length=39,
        help_text=_("Small letters. The same code again lays down the next version."),
    )
    article = forms.CharField(
        label=_("Article of the regulation"),
        max_length=120,
        help_text=_("For example 소액대출 규정 제5조."),
    )
    decided_by = forms.CharField(label=_("Decided by"), max_length=200)
    from_date = DateField(label=_("From"))
    least_won = WonField(label=_("Least amount"))
    most_won = WonField(label=_("Highest amount"))
    longest_months = forms.IntegerField(
        label=_("Longest term (months)"), min_value=1, max_value=600
    )
    grace_months = forms.IntegerField(
        label=_("Longest grace (months)"), min_value=0, max_value=599, initial=0
    )
    rate = RatioField(label=_("Yearly rate"))
    late_rate = RatioField(label=_("Yearly late rate"))
    method = forms.ChoiceField(label=_("How it is paid back"), choices=METHODS)
    due_day_moves = forms.ChoiceField(
        label=_("A due day that is a holiday"), choices=MOVES, initial="next"
    )
    fund = forms.ChoiceField(label=_("Fund"))
    borrowers = forms.ChoiceField(label=_("Who may borrow"), choices=BORROWERS, initial="all")
    purposes = forms.MultipleChoiceField(
        label=_("Only for"), choices=PURPOSES, required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("Mark none to leave it open."),
    )  # fmt: skip
    shortest_months = forms.IntegerField(
        label=_("Shortest term (months)"), min_value=1, max_value=600, initial=1
    )
    fee = RatioField(
        label=_("Fee, as a share of the loan"), required=False,
        help_text=_("Kept back at the pay-out. The law counts it as interest (이자제한법 제4조)."),
    )  # fmt: skip
    fee_won = WonField(label=_("Fee, as a sum"), required=False)
    guarantors = forms.IntegerField(
        label=_("How many guarantors"), min_value=0, max_value=9, initial=0
    )
    guarantors_from_won = WonField(label=_("From which sum on"), required=False)
    papers = forms.CharField(
        label=_("Papers to hand in"), required=False, max_length=1_000,
        widget=forms.Textarea({"rows": 3}), help_text=_("One on each line, for example 소득 증빙."),
    )  # fmt: skip

    def clean_fee(self) -> tuple[int, int]:
        return self.cleaned_data["fee"] or (0, 1)

    def clean_fee_won(self) -> int:
        return self.cleaned_data["fee_won"] or 0

    def clean_guarantors_from_won(self) -> int:
        return self.cleaned_data["guarantors_from_won"] or 0

    def clean_purposes(self) -> tuple[str, ...]:
        return tuple(self.cleaned_data["purposes"])

    def clean_papers(self) -> tuple[str, ...]:
        return tuple(self.cleaned_data["papers"].splitlines())

    def __init__(self, *args: Any, funds: list[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["fund"].choices = funds  # type: ignore[attr-defined]


class EndProductForm(forms.Form):
    """From when a product is offered no more."""

    until_date = DateField(label=_("Offered no more from"))
    decided_by = forms.CharField(label=_("Decided by"), max_length=200)


class ReportAsked(forms.Form):
    """Of which day and since when a report is; the fund only where there are several."""

    on = DateField(label=_("On the day"), required=False)
    since = DateField(label=_("Period since"), required=False)
    fund = forms.ChoiceField(label=_("Fund"), required=False)

    def __init__(self, *args: Any, funds: list[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["fund"].choices = [("", _("All funds")), *funds]  # type: ignore[attr-defined]
        if len(funds) < 2:
            del self.fields["fund"]


class LenderAsked(forms.Form):
    """Whose loans are looked at: the network's own, or those of a fund run for others."""

    fund = forms.ChoiceField(label=pgettext_lazy("loan", "Whose money"), required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        others = self_help.rule_owners()
        self.fields["fund"].choices = [("", _("The network's own")), *others.items()]  # type: ignore[attr-defined]
        if not others:
            del self.fields["fund"]


class RescheduleForm(forms.Form):
    """What the new schedule is."""

    months = forms.IntegerField(label=_("For how many months"), min_value=1, max_value=600)
    grace_months = forms.IntegerField(
        label=_("Months of interest only, at the beginning"), min_value=0, max_value=599, initial=0
    )
    decided_by = forms.CharField(label=_("Decided by"), max_length=200)
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)


class GiveUpForm(forms.Form):
    """Who decided, and why."""

    decided_by = forms.CharField(label=_("Decided by"), max_length=200)
    reason = forms.CharField(label=_("Reason"), max_length=300)


class WaiveForm(GiveUpForm):
    """How much late interest is not asked."""

    won = WonField(
        label=_("How much late interest"), required=False,
        help_text=_("Empty: all that is open. The office waives up to the limit of the rules; more is for a meeting."),
    )  # fmt: skip
    field_order = ("won", "decided_by", "reason")


class CallDueForm(GiveUpForm):
    """From when all of it is due."""

    due_date = DateField(
        label=_("Due on"),
        help_text=_("After the notice that the rules ask for. Tell the borrower."),
    )
    field_order = ("due_date", "decided_by", "reason")


class RecoverForm(forms.Form):
    """How much came back."""

    won = WonField(label=_("Amount"))
