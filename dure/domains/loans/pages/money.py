"""Decisions and money of one loan; each shows its effect before it is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.money import format_won
from dure.kernel.refusals import type_text
from dure.kernel.verdict import Verdict
from dure.ui.doors import act_of, form_about

from .. import commands, forms, policies, queries


def about_loan(
    request: HttpRequest,
    loan_id: int,
    heading: type_text,
    form: type[django_forms.Form],
    may: Callable[[Act, policies.OfBorrower], Verdict],
    call: Callable[[Act, dict[str, Any]], Any],
    said: type_text,
    initial: str = "",
    preview: Callable[[Act, dict[str, Any]], str] | None = None,
) -> HttpResponse:
    """A form about one loan; `initial`: the field that begins with today."""
    act = act_of(request)
    card = queries.loan_card(act, loan_id)
    return form_about(
        request,
        ("loans:loan", loan_id),
        title=heading,
        name=f"{card.name} · {card.product} · {format_won(card.won)}",
        form=form,
        may=lambda act: may(act, card),
        call=call,
        said=said,
        preview=preview,
        initial={initial: act.today} if initial else None,
    )


def approve_loan(request: HttpRequest, loan_id: int) -> HttpResponse:
    """Approve a loan."""
    return about_loan(
        request,
        loan_id,
        _("Approve the loan"),
        forms.ApproveForm,
        policies.can_approve_loan,
        lambda act, given: commands.approve_loan(act, loan_id=loan_id, **given),
        _("The loan is approved. Now the contract is signed."),
        "decided_date",
    )


def refuse_loan(request: HttpRequest, loan_id: int) -> HttpResponse:
    """Refuse a loan."""
    return about_loan(
        request,
        loan_id,
        _("Refuse the loan"),
        forms.RefuseForm,
        policies.can_refuse_loan,
        lambda act, given: commands.refuse_loan(act, loan_id=loan_id, **given),
        _("The member sees the reason."),
        "decided_date",
    )


def pay_out_loan(request: HttpRequest, loan_id: int) -> HttpResponse:
    """Pay a loan out."""

    def effect(act: Act, given: dict[str, Any]) -> str:
        card = queries.loan_card(act, loan_id)
        return _now("%(won)s go to %(name)s; %(months)d instalments are entered.") % {
            "won": format_won(card.won),
            "name": card.name,
            "months": card.months,
        }

    return about_loan(
        request,
        loan_id,
        _("Pay the loan out"),
        forms.PaidForm,
        policies.can_pay_out_loan,
        lambda act, given: commands.pay_out_loan(act, loan_id=loan_id, **given),
        _("The loan is paid out, the schedule is entered."),
        "paid_date",
        effect,
    )


def repay_loan(request: HttpRequest, loan_id: int) -> HttpResponse:
    """Take a payment in."""
    return about_loan(
        request,
        loan_id,
        _("Take a payment in"),
        forms.RepayForm,
        policies.can_repay_loan,
        lambda act, given: commands.repay_loan(act, loan_id=loan_id, **given),
        _("The payment is entered."),
        "paid_date",
    )


def undo_loan_payment(request: HttpRequest, loan_id: int, payment_id: int) -> HttpResponse:
    """Take the last payment back."""

    def effect(act: Act, given: dict[str, Any]) -> str:
        rows = queries.loan_card(act, loan_id).payments
        won = next((one.won for one in rows if one.id == payment_id), 0)
        return _now("%(won)s are owed again, as before this payment.") % {"won": format_won(won)}

    return about_loan(
        request,
        loan_id,
        _("Undo the payment"),
        forms.UndoForm,
        policies.can_undo_loan_payment,
        lambda act, given: commands.undo_loan_payment(act, payment_id=payment_id, **given),
        _("The payment is undone."),
        preview=effect,
    )


def pay_off_loan(request: HttpRequest, loan_id: int) -> HttpResponse:
    """Pay the whole loan off early."""

    def effect(act: Act, given: dict[str, Any]) -> str:
        card = queries.loan_card(act, loan_id, given["paid_date"])
        return _now("%(won)s pay the loan off on %(date)s; no further interest is asked.") % {
            "won": format_won(card.pay_off_won),
            "date": given["paid_date"].isoformat(),
        }

    return about_loan(
        request,
        loan_id,
        _("Pay the whole loan off"),
        forms.PaidForm,
        policies.can_pay_off_loan,
        lambda act, given: commands.pay_off_loan(act, loan_id=loan_id, **given),
        _("The loan is paid back."),
        "paid_date",
        effect,
    )


urlpatterns = [
    path("<int:loan_id>/approve/", approve_loan, name="approve_loan"),
    path("<int:loan_id>/refuse/", refuse_loan, name="refuse_loan"),
    path("<int:loan_id>/pay-out/", pay_out_loan, name="pay_out_loan"),
    path("<int:loan_id>/repay/", repay_loan, name="repay_loan"),
    path("<int:loan_id>/pay-off/", pay_off_loan, name="pay_off_loan"),
    path(
        "<int:loan_id>/payments/<int:payment_id>/undo/", undo_loan_payment, name="undo_loan_payment"
    ),
]
