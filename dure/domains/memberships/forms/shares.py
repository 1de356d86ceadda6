"""Forms of share capital."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dure.domains.parties import queries as parties
from dure.ui.fields import DateField, WonField

from ..queries import Due, OpenReceipt

_MINUTES = _("The meeting and the item of its minutes, such as “general meeting 2027, item 3”.")


class _Votes(forms.Form):
    """How the general meeting voted; what the rules ask is checked against it."""

    decided_by = forms.CharField(label=_("Decided by"), max_length=200, help_text=_MINUTES)
    members_total = forms.IntegerField(label=_("All members on that day"), min_value=1)
    members_present = forms.IntegerField(label=_("Present, proxies counted"), min_value=0)
    votes_for = forms.IntegerField(label=_("Votes in favour"), min_value=0)


def _choose(form: forms.Form, field: str, choices: list[tuple[str, Any]]) -> None:
    chosen = form.fields[field]
    assert isinstance(chosen, forms.ChoiceField)
    chosen.choices = choices


class SubscribeShares(forms.Form):
    shares = forms.IntegerField(label=_("Number of shares"), min_value=1, max_value=1_000_000_000)
    subscribed_date = DateField(label=_("Subscribed on"))
    due_date = DateField(
        label=_("To be paid by"),
        required=False,
        help_text=_("Leave it empty for the time that the rules give."),
    )
    paid_date = DateField(
        label=_("Paid in full on"),
        required=False,
        help_text=_("Only if all of it came in already; else enter payments one by one."),
    )

    def __init__(self, *args: Any, office: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not office:
            for unasked in ("subscribed_date", "due_date", "paid_date"):
                del self.fields[unasked]


class PayShares(forms.Form):
    """Money for shares: chosen among what came in at the bank, or typed."""

    receipt_id = forms.TypedChoiceField(
        label=_("Money that came in"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Choose it and leave the rest empty; what fits exactly stands first."),
    )
    amount_won = WonField(label=_("Amount"), required=False)
    paid_date = DateField(label=_("Paid on"), required=False)

    def __init__(
        self, *args: Any, receipts: Sequence[OpenReceipt] = (), owed_won: int = 0, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.receipts = {one.id: one for one in receipts}
        self.owed_won = owed_won
        choices = [(str(one.id), one.label) for one in receipts]
        _choose(self, "receipt_id", [("", _("none of these: I type it")), *choices])
        if receipts:
            self.initial.pop("amount_won", None)
        else:
            del self.fields["receipt_id"]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if receipt := self.receipts.get(given.get("receipt_id") or 0):
            given["paid_date"] = given.get("paid_date") or receipt.day
            given["amount_won"] = given.get("amount_won") or min(receipt.open_won, self.owed_won)
        for field in ("amount_won", "paid_date"):
            if not given.get(field) and field not in self.errors:
                self.add_error(field, self.fields[field].error_messages["required"])
        return given


class Reasoned(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200)


class _Receiver(forms.Form):
    """A member, or an approved applicant, who is a member from then on."""

    to_number = forms.IntegerField(
        label=_("To member no."), required=False, min_value=1, max_value=999_999_999
    )
    to_application_id = forms.TypedChoiceField(
        label=_("Or to somebody being admitted"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Approved applicants; with these shares they are members from that day on."),
    )
    moved_date = DateField(label=_("From which day"))

    def __init__(self, *args: Any, awaited: Sequence[Due] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.id), one.name) for one in awaited]
        _choose(self, "to_application_id", [("", _("nobody")), *choices])
        if not awaited:
            del self.fields["to_application_id"]


class TransferShares(_Receiver, _Votes):
    shares = forms.IntegerField(label=_("Number of shares"), min_value=1, max_value=1_000_000_000)

    field_order = ("shares", "to_number", "to_application_id", "moved_date", "decided_by")


class InheritShares(_Receiver):
    decided_by = forms.CharField(
        label=_("Proof and decision"),
        max_length=200,
        help_text=_("Which papers show who the heir is, and who decided."),
    )


class AskShareRefund(forms.Form):
    asked_date = DateField(label=_("Asked for on"))

    def __init__(self, *args: Any, heir: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if heir:
            self.fields["heir_name"] = forms.CharField(
                label=_("Heir"),
                max_length=120,
                help_text=_("The name as it stands in the directory."),
            )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if name := given.pop("heir_name", ""):
            found = parties.search_parties(name, 2)
            if len(found) == 1 or (found and found[0].name == name != found[1].name):
                given["heir_id"] = found[0].id
            else:
                self.add_error("heir_name", _("Nobody, or more than one, is called that."))
        return given


class ReduceShares(forms.Form):
    shares = forms.IntegerField(
        label=_("How many shares to give back"), min_value=1, max_value=1_000_000_000
    )
    asked_date = DateField(label=_("Asked for on"))


class ApproveShareRefund(_Votes):
    decided_date = DateField(label=_("Day of the general meeting"))

    field_order = ("decided_date", "decided_by")


class PayShareRefund(forms.Form):
    amount_won = WonField(label=_("Amount"))
    paid_date = DateField(label=_("Paid back on"))
    set_off_won = WonField(
        label=_("Of it kept for what is owed"),
        zero=True,
        required=False,
        help_text=_("Only where the rules allow it."),
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        given["set_off_won"] = given.get("set_off_won") or 0
        return given


class LapseShareClaim(forms.Form):
    decided_by = forms.CharField(label=_("Noted by"), max_length=200, help_text=_MINUTES)


class FileShareReport(forms.Form):
    filed_date = DateField(label=_("Sent on"))
    reference = forms.CharField(
        label=_("Reference"), max_length=200, help_text=_("To which office, under which number.")
    )
