"""Lending to a member, or not."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.governance.queries.effects import Decided, Effect, Place, Setting, type_data
from dure.domains.loans import commands as loans, queries
from dure.kernel.acts import Act
from dure.kernel.money import format_won
from dure.ui.fields import WonField

from .choosing import Choosing

MATTER = "lending"


class Lend(Choosing):
    about = "loan_id"
    loan_id = forms.TypedChoiceField(label=_("Loan"), coerce=int)
    won = WonField(
        label=_("Approved amount"),
        required=False,
        help_text=_("Empty: as much as was asked for. Never more."),
    )
    conditions = forms.CharField(
        label=_("Conditions before the pay-out"), required=False, max_length=1_000,
        widget=forms.Textarea({"rows": 2}), help_text=_("One on each line; empty for none."),
    )  # fmt: skip
    waiting = staticmethod(queries.loan_choices)


def loan_before_vote(data: type_data, place: Place) -> Setting:
    party_id, won, findings = queries.loan_for_vote(
        int(data["loan_id"]), place.day, int(data["won"]) if data.get("won") else None
    )
    said = [_now("Loan: %(won)s.") % {"won": format_won(won)}]
    said += [_now("Condition before the pay-out: %(text)s") % {"text": one} for one in _asked(data)]
    return Setting(findings, concerned=frozenset({party_id}), said=" · ".join(said))


def _asked(data: type_data) -> tuple[str, ...]:
    """The conditions, one on each line."""
    lines = (one.strip() for one in str(data.get("conditions") or "").splitlines())
    return tuple(one for one in lines if one)


def decide_loan(act: Act, data: type_data, decided: Decided) -> str:
    loan_id = int(data["loan_id"])
    if decided.adopted:
        asked = _asked(data)
        made = loans.approve_loan(
            act, loan_id=loan_id, decided_by=decided.reference, decided_date=decided.on_date,
            won=int(data["won"]) if data.get("won") else None, conditions=asked,
        )  # fmt: skip
        said = _now("A loan of %(won)s is approved.") % {"won": format_won(made.won)}
        if not asked:
            return said
        before = _now("Conditions before the pay-out: %(list)s.") % {"list": ", ".join(asked)}
        return f"{said} {before}"
    loans.refuse_loan(
        act, loan_id=loan_id, decided_by=decided.reference, decided_date=decided.on_date,
        reason=_now("The vote on it did not carry."),
    )  # fmt: skip
    return _now("The loan is refused.")


class NewSchedule(Choosing):
    about = "loan_id"
    loan_id = forms.TypedChoiceField(label=_("Loan"), coerce=int)
    months = forms.IntegerField(label=_("For how many months"), min_value=1, max_value=600)
    grace_months = forms.IntegerField(
        label=_("Months of interest only, at the beginning"), min_value=0, max_value=599, initial=0
    )
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)
    waiting = staticmethod(queries.running_choices)


class GiveUp(Choosing):
    about = "loan_id"
    loan_id = forms.TypedChoiceField(label=_("Loan"), coerce=int)
    reason = forms.CharField(label=_("Reason"), max_length=300)
    waiting = staticmethod(queries.running_choices)


class Waive(GiveUp):
    won = WonField(
        label=_("How much late interest"), required=False, help_text=_("Empty: all that is open.")
    )
    field_order = ("loan_id", "won", "reason")


def running_before_vote(data: type_data, place: Place) -> Setting:
    return Setting(concerned=frozenset({queries.running_for_vote(int(data["loan_id"]))}))


def reschedule(act: Act, data: type_data, decided: Decided) -> str:
    change = loans.reschedule_loan(
        act, loan_id=int(data["loan_id"]), months=int(data["months"]),
        grace_months=int(data.get("grace_months") or 0), decided_by=decided.reference,
        reason=str(data.get("reason") or ""),
    )  # fmt: skip
    return _now("A new schedule is laid down for %(won)s.") % {
        "won": format_won(change.principal_won)
    }


def write_off(act: Act, data: type_data, decided: Decided) -> str:
    change = loans.write_off_loan(
        act, loan_id=int(data["loan_id"]), decided_by=decided.reference, reason=str(data["reason"])
    )
    return _now("A loan is written off: %(won)s.") % {"won": format_won(change.won)}


def waive(act: Act, data: type_data, decided: Decided) -> str:
    change = loans.waive_late_interest(
        act, loan_id=int(data["loan_id"]), decided_by=decided.reference, reason=str(data["reason"]),
        won=int(data["won"]) if data.get("won") else None,
    )  # fmt: skip
    return _now("%(won)s of late interest are waived.") % {"won": format_won(change.won)}


EFFECTS = {
    "loans.approve_loan": Effect(
        _("Lend to a member"), MATTER, Lend, decide_loan, loan_before_vote,
        also_rejected=True, names_people=True,
    ),
    "loans.reschedule_loan": Effect(
        _("A new schedule for a loan"), MATTER, NewSchedule, reschedule, running_before_vote,
        names_people=True,
    ),
    "loans.waive_late_interest": Effect(
        _("Waive late interest of a loan"), MATTER, Waive, waive, running_before_vote,
        names_people=True,
    ),
    "loans.write_off_loan": Effect(
        _("Write a loan off"), MATTER, GiveUp, write_off, running_before_vote, names_people=True,
    ),
}  # fmt: skip
