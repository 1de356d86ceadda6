"""Decisions about a loan that does not run as agreed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.money import format_won
from dure.ui.doors import act_of, page

from .. import commands, forms, policies, queries
from .money import about_loan


def loan_changes(request: HttpRequest, loan_id: int) -> HttpResponse:
    """What was decided about a loan, what was open before, and what may be decided now."""
    act = act_of(request)
    card = queries.loan_card(act, loan_id)
    runs, gone = card.state == "running", card.state == "written_off"
    may = {
        "bring": runs and bool(policies.can_call_loan_due(act, card)),
        "reschedule": runs and bool(policies.can_reschedule_loan(act, card)),
        "call": runs and bool(policies.can_call_loan_due(act, card)),
        "write_off": runs and bool(policies.can_write_off_loan(act, card)),
        "waive": runs and bool(card.late_won) and bool(policies.can_waive_late_interest(act, card)),
        "recover": gone and bool(policies.can_recover_loan(act, card)),
    }
    context = {
        "card": card, "may": may, "changes": queries.changes_of(loan_id),
        "outside_won": queries.outside_the_books(loan_id),
    }  # fmt: skip
    return page(request, "loans/loan_changes.html", context)


def reschedule_loan(request: HttpRequest, loan_id: int) -> HttpResponse:
    """Lay down a new schedule."""

    def effect(act: Act, given: dict[str, Any]) -> str:
        card = queries.loan_card(act, loan_id)
        return _now("%(won)s of principal are spread over %(months)d months from today.") % {
            "won": format_won(card.left_won),
            "months": given["months"],
        }

    return about_loan(
        request,
        loan_id,
        _("Lay down a new schedule"),
        forms.RescheduleForm,
        policies.can_reschedule_loan,
        lambda act, given: commands.reschedule_loan(act, loan_id=loan_id, **given),
        _("The new schedule is laid down; the old one can be read under decisions."),
        preview=effect,
    )


def call_loan_due(request: HttpRequest, loan_id: int) -> HttpResponse:
    """Call all of it due."""
    return about_loan(
        request,
        loan_id,
        _("Call all of it due"),
        forms.CallDueForm,
        policies.can_call_loan_due,
        lambda act, given: commands.call_loan_due(act, loan_id=loan_id, **given),
        _("All of the loan is due on that day."),
    )


def waive_late_interest(request: HttpRequest, loan_id: int) -> HttpResponse:
    """Give up late interest."""

    def effect(act: Act, given: dict[str, Any]) -> str:
        card = queries.loan_card(act, loan_id)
        return _now("%(won)s of %(open)s of late interest are not asked any more.") % {
            "won": format_won(given["won"] or card.late_won),
            "open": format_won(card.late_won),
        }

    return about_loan(
        request,
        loan_id,
        _("Waive late interest"),
        forms.WaiveForm,
        policies.can_waive_late_interest,
        lambda act, given: commands.waive_late_interest(act, loan_id=loan_id, **given),
        _("The late interest is waived."),
        preview=effect,
    )


def undo_late_waiver(request: HttpRequest, loan_id: int, change_id: int) -> HttpResponse:
    """Ask for waived late interest again."""
    return about_loan(
        request,
        loan_id,
        _("Take the waiver back"),
        forms.UndoForm,
        policies.can_undo_late_waiver,
        lambda act, given: commands.undo_late_waiver(act, change_id=change_id, **given),
        _("The late interest is owed again."),
    )


def write_off_loan(request: HttpRequest, loan_id: int) -> HttpResponse:
    """Give a loan up in the books."""

    def effect(act: Act, given: dict[str, Any]) -> str:
        card = queries.loan_card(act, loan_id)
        return _now("%(won)s leave the books; the claim on the borrower remains.") % {
            "won": format_won(card.left_won)
        }

    return about_loan(
        request,
        loan_id,
        _("Write the loan off"),
        forms.GiveUpForm,
        policies.can_write_off_loan,
        lambda act, given: commands.write_off_loan(act, loan_id=loan_id, **given),
        _("The loan is written off."),
        preview=effect,
    )


def recover_loan(request: HttpRequest, loan_id: int) -> HttpResponse:
    """Take in what comes back after all."""
    return about_loan(
        request,
        loan_id,
        _("Take in what came back"),
        forms.RecoverForm,
        policies.can_recover_loan,
        lambda act, given: commands.recover_loan(act, loan_id=loan_id, **given),
        _("The money is entered."),
    )


urlpatterns = [
    path("<int:loan_id>/decisions/", loan_changes, name="loan_changes"),
    path("<int:loan_id>/reschedule/", reschedule_loan, name="reschedule_loan"),
    path("<int:loan_id>/call-due/", call_loan_due, name="call_loan_due"),
    path("<int:loan_id>/waive/", waive_late_interest, name="waive_late_interest"),
    path("<int:loan_id>/waive/<int:change_id>/undo/", undo_late_waiver, name="undo_late_waiver"),
    path("<int:loan_id>/write-off/", write_off_loan, name="write_off_loan"),
    path("<int:loan_id>/recover/", recover_loan, name="recover_loan"),
]
