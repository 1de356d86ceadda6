"""One's own loans, the wish with its live answer, the officer's list, one loan."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _now, gettext_lazy as _, pgettext_lazy

from dure.domains.bylaws.rules import enforce
from dure.domains.memberships import queries as memberships
from dure.domains.self_help import queries as self_help
from dure.kernel.acts import Act
from dure.ui.doors import act_of, action, form_about, form_page, page
from dure.ui.tables import Column, Table, ask, show

from .. import commands, forms, policies, queries

LOANS = Table(
    id="loans",
    title=_("Small loans"),
    columns=(
        Column("id", _("No."), kind="id", link=lambda one: reverse("loans:loan", args=[one.id])),
        Column("name", _("Member")),
        Column("product", _("Product")),
        Column("state_label", pgettext_lazy("loan", "State")),
        Column("won", _("Amount (won)"), kind="won"),
        Column("left_won", _("Left (won)"), kind="won"),
        Column("days_late", _("Days late"), kind="number"),
        Column("applied_date", pgettext_lazy("loan", "Asked for on"), kind="day"),
    ),
    filters=forms.LenderAsked,
    empty_title=_("There is no loan yet"),
    empty_text=_("Members ask for one under “My loans”."),
)


def loans(request: HttpRequest) -> HttpResponseBase:
    """The loans of all, and how much room is left under the ceiling."""
    act = act_of(request)
    asked = ask(request, LOANS)
    fund = asked.given.get("fund") or ""
    rows = queries.loans_now(act, fund=fund)
    return show(
        request,
        LOANS,
        asked,
        rows,
        "loans/loans.html",
        {
            "room": queries.loan_room(act.today, queries.lender_of(fund)),
            "at_desk": bool(policies.can_apply_at_desk(act)),
            "portfolio": queries.portfolio(act, fund),
            "waiting": [one for one in rows if one.state in ("applied", "approved", "signed")],
        },
    )


def my_loans(request: HttpRequest) -> HttpResponse:
    """One's own loans, what is offered, and the way to ask."""
    act = act_of(request)
    products = queries.my_products(act)
    running = queries.my_running(act)
    return page(
        request,
        "loans/my_loans.html",
        {
            "running": running,
            "loans": [one for one in queries.my_loans(act) if one.state != "running"],
            "guarantees": queries.my_guarantees(act),
            "of_associations": queries.loans_of_my_associations(act),
            "products": products,
            "rooms": queries.my_rooms(act, products),
            "takes_part": self_help.my_participations(act),
        },
    )


def apply_for_loan(request: HttpRequest, membership_id: int) -> HttpResponse:
    """The wish of a member."""
    return _wish(request, {"membership_id": membership_id})


def apply_for_fund_loan(request: HttpRequest, participant_id: int) -> HttpResponse:
    """The wish of one who takes part in a fund run for others."""
    return _wish(request, {"participant_id": participant_id})


def _wish(request: HttpRequest, of: dict[str, Any]) -> HttpResponse:
    """The wish: first the answer of each rule and what would be paid back, then it is sent."""
    act = act_of(request)
    found = queries.borrower(act.today, **of)
    shown: dict[str, Any] = {}

    def answer(act: Act, given: dict[str, Any]) -> queries.LoanAnswer:
        wish = {name: value for name, value in given.items() if name != "purpose"}
        told = queries.loan_answer(act, **of, **wish)
        enforce(told.findings)
        shown["answer"] = told
        return told

    products = (
        [
            one
            for one in queries.loan_products(act, on=act.today)
            if queries.lender_of(one.fund) == found.lender
        ]
        if policies.can_see_loan_products(act)
        else []
    )
    return form_page(
        request,
        form=lambda *args, **given: forms.WishForm(*args, products=products, **given),
        template="loans/apply_for_loan.html",
        may=lambda act: policies.can_apply_for_loan(act, found.party_id),
        preview=answer,
        call=lambda act, given: commands.apply_for_loan(act, **of, **given),
        done=lambda made: ("loans:loan", made.pk),
        said=_("Your wish is sent. You see here what becomes of it."),
        initial={"months": 12, "won": None},
        context={"who": found, "shown": shown, "back": reverse("loans:my_loans")},
    )


def apply_at_desk(request: HttpRequest) -> HttpResponse:
    """A member asks in person: the office finds the member by number and name, and types the signed
    wish in."""
    return form_about(
        request, "loans:loans", title=_now("Ask for a member"), form=forms.MemberForm,
        may=policies.can_apply_at_desk,
        call=lambda act, given: memberships.membership_named(given["number"], given["name"]),
        done=lambda membership_id: ("loans:apply_for_loan", membership_id),
    )  # fmt: skip


def loan(request: HttpRequest, loan_id: int) -> HttpResponse:
    """One loan: where it stands, what is to be paid when, what the rules said."""
    act = act_of(request)
    card = queries.loan_card(act, loan_id)
    own = card.party_id in act.own
    applies = card.state in ("applied", "approved", "signed")
    reviews = applies and bool(policies.can_note_loan(act, card))  # and brings: the same people
    last = next((one.paid_date for one in card.payments if one.id == card.undoable_id), None)
    may = {
        "decide": card.state == "applied" and bool(policies.can_approve_loan(act, card)),
        "bring": card.state == "applied" and reviews,
        "sign": card.state == "approved" and bool(policies.can_sign_loan(act, card)),
        "pay_out": card.state == "signed" and bool(policies.can_pay_out_loan(act, card)),
        "repay": card.state == "running" and bool(policies.can_repay_loan(act, card)),
        "changes": card.state in ("running", "repaid", "written_off")
        and bool(policies.can_see_loans(act)),
        "undo": bool(policies.can_undo_loan_payment(act, card)),
        "undo_decision": last is not None and queries.decided_since(loan_id, last),
        "receipts": policies.sees_receipts(act),
        "debit": card.state in ("signed", "running") and bool(policies.can_debit_loan(act, card)),
        "hand_in": applies and bool(policies.can_hand_in_loan_paper(act, card)),
        "review": reviews,
        "papers": bool(policies.can_read_loan_paper(act, card)),
        "certify": card.paid_out_date is not None
        and bool(policies.can_issue_loan_paper(act, card)),
        "withdraw": applies and bool(policies.can_withdraw_loan_application(act, card)),
    }
    return page(
        request,
        "loans/loan.html",
        {
            "card": card,
            "review": queries.review_card(act, loan_id),
            "paper_id": card.contract_id if own or policies.sees_receipts(act) else None,
            "letters": queries.letters_of(loan_id),
            "may": may,
            "own": own,
            "lists": bool(policies.can_see_loans(act)),
            "rate": (card.rate.numerator, card.rate.denominator),
            "late_rate": (card.late_rate.numerator, card.late_rate.denominator),
        },
    )


def withdraw_loan_application(request: HttpRequest, loan_id: int) -> HttpResponse:
    """Take a wish back."""
    return action(
        request,
        call=lambda act: commands.withdraw_loan_application(act, loan_id=loan_id),
        said=_("The wish was taken back."),
        back=("loans:loan", loan_id),
    )


def debit_loan(request: HttpRequest, loan_id: int) -> HttpResponse:
    """Agree to direct debit, or no longer."""
    by_debit = request.POST.get("by_debit") == "1"
    return action(
        request,
        call=lambda act: commands.debit_loan(act, loan_id=loan_id, by_debit=by_debit),
        said=_("Direct debit is agreed.") if by_debit else _("Direct debit has ended."),
        back=("loans:loan", loan_id),
    )


def sign_loan(request: HttpRequest, loan_id: int) -> HttpResponse:
    """Sign the contract."""
    return action(
        request,
        call=lambda act: commands.sign_loan(
            act, loan_id=loan_id, site_url=request.build_absolute_uri("/").rstrip("/")
        ),
        said=_("The contract is signed. Its terms stay as they are now."),
        back=("loans:loan", loan_id),
    )


urlpatterns = [
    path("", loans, name="loans"),
    path("mine/", my_loans, name="my_loans"),
    path("apply/<int:membership_id>/", apply_for_loan, name="apply_for_loan"),
    path("desk/", apply_at_desk, name="apply_at_desk"),
    path("apply/fund/<int:participant_id>/", apply_for_fund_loan, name="apply_for_fund_loan"),
    path("<int:loan_id>/", loan, name="loan"),
    path("<int:loan_id>/withdraw/", withdraw_loan_application, name="withdraw_loan_application"),
    path("<int:loan_id>/debit/", debit_loan, name="debit_loan"),
    path("<int:loan_id>/sign/", sign_loan, name="sign_loan"),
]
