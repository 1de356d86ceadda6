"""One's own mutual aid, the wish with its live answer, the office's desk, one contract."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _now, gettext_lazy as _, pgettext_lazy

from dure.domains.bylaws.rules import enforce
from dure.domains.loans.queries import Lender
from dure.domains.memberships import queries as memberships
from dure.domains.self_help import queries as self_help
from dure.kernel.acts import Act
from dure.kernel.money import format_won
from dure.kernel.verdict import Verdict
from dure.ui import pdf
from dure.ui.doors import act_of, action, form_about, form_page, page
from dure.ui.tables import Column, Table, ask, show

from .. import commands, documents, forms, policies, queries

AID = Table(
    id="aid",
    title=_("Mutual aid"),
    columns=(
        Column(
            "id", _("No."), kind="id",
            link=lambda one: reverse("mutual_aid:aid_enrolment", args=[one.id]),
        ),
        Column("name", _("Member")),
        Column("plan", pgettext_lazy("mutual aid", "Plan")),
        Column("state_label", pgettext_lazy("mutual aid", "State")),
        Column("monthly_won", _("A month (won)"), kind="won"),
        Column("paid_won", _("Paid in (won)"), kind="won"),
        Column("late_won", _("Late (won)"), kind="won"),
        Column("applied_date", pgettext_lazy("mutual aid", "Asked for on"), kind="day"),
    ),
    filters=forms.OwnerAsked,
    empty_title=_("Nobody takes part yet"),
    empty_text=_("Members ask to take part under “My mutual aid”."),
)  # fmt: skip
OPEN = ("applied", "approved", "running", "lapsed")


def aid_enrolments(request: HttpRequest) -> HttpResponseBase:
    """The contracts of all, and what waits: wishes, claims, refunds."""
    act = act_of(request)
    asked = ask(request, AID)
    fund = asked.given.get("fund") or ""
    rows = queries.aid_enrolments(act, fund=fund)
    claims = queries.aid_claims(act, fund=fund)
    return show(
        request,
        AID,
        asked,
        rows,
        "mutual_aid/aid_enrolments.html",
        {
            "fund": fund,
            "figures": queries.aid_figures(act, fund),
            "wishes": [one for one in rows if one.state == "applied"],
            "claims": [one for one in claims if one.state in ("filed", "approved", "appealed")],
            "refunds": [one for one in rows if one.refund_won],
        },
    )


def my_aid(request: HttpRequest) -> HttpResponse:
    """One's own contracts and claims, what is promised, and the way in."""
    act = act_of(request)
    mine, plans = queries.my_aid(act), queries.my_aid_plans(act)
    return page(
        request,
        "mutual_aid/my_aid.html",
        {
            "contracts": mine,
            "claims": queries.my_aid_claims(act),
            "plans": plans,
            "joins": [
                one
                for one in memberships.my_membership(act)
                if one.left_date is None and not queries.takes_part(membership_id=one.id)
            ]
            if any(not one.owner for one in plans)
            else [],
            "fund_joins": [
                one
                for one in self_help.my_participations(act)
                if any(plan.owner == one.code for plan in plans)
                and not queries.takes_part(participant_id=one.id)
            ],
        },
    )


def apply_for_aid(request: HttpRequest, membership_id: int) -> HttpResponse:
    """The wish of a member."""
    return _wish(request, {"membership_id": membership_id})


def apply_for_fund_aid(request: HttpRequest, participant_id: int) -> HttpResponse:
    """The wish of one who takes part in a fund run for others."""
    return _wish(request, {"participant_id": participant_id})


def _wish(request: HttpRequest, of: dict[str, Any]) -> HttpResponse:
    """The wish: first the answer of each rule, then it is sent."""
    act = act_of(request)
    found = queries.taker(act.today, **of)

    def answer(act: Act, given: dict[str, Any]) -> queries.AidAnswer:
        told = queries.aid_answer(act, **of, **given)
        enforce(told.findings)
        return told

    plans = (
        [one for one in queries.aid_plans(act, on=act.today) if one.owner == found.lender.owner]
        if policies.can_see_aid_plans(act)
        else []
    )
    return form_page(
        request,
        form=lambda *args, **given: forms.JoinForm(*args, plans=plans, **given),
        template="mutual_aid/apply_for_aid.html",
        may=lambda act: policies.can_apply_for_aid(act, found.party_id),
        preview=answer,
        call=lambda act, given: commands.apply_for_aid(act, **of, **given),
        done=lambda made: ("mutual_aid:aid_enrolment", made.pk),
        said=_("Your wish is sent. You see here what becomes of it."),
        context={"who": found, "back": reverse("mutual_aid:my_aid")},
    )


def aid_enrolment(request: HttpRequest, enrolment_id: int) -> HttpResponse:
    """One contract: where it stands, what was paid, what the rules said."""
    act = act_of(request)
    card = queries.aid_enrolment(act, enrolment_id)
    own = card.party_id in act.own
    asks = bool(policies.can_ask_for_aid(act, card.party_id))
    runs, lapsed = card.state == "running", card.state == "lapsed"
    may = {
        "bring": card.state == "applied"
        and not card.owner
        and bool(policies.can_lay_down_aid_plan(act)),
        "decide": card.state == "applied" and bool(policies.can_approve_aid_enrolment(act, card)),
        "withdraw": card.state in ("applied", "approved") and asks,
        "sign": card.state == "approved" and asks,
        "receive": (runs or lapsed)
        and card.open_won > 0
        and bool(policies.can_receive_aid_contribution(act, card)),
        "undo": (runs or lapsed) and bool(policies.can_undo_aid_contribution(act, card)),
        "claim": card.signed_date is not None and asks,
        "revive": lapsed and not card.open_won and asks,
        "end": (runs or lapsed) and asks,
        "debit": (runs or lapsed) and bool(policies.can_debit_aid(act, card)),
        "refund": card.refund_won > 0
        and card.refunded_date is None
        and bool(policies.can_pay_aid_refund(act, card)),
    }
    return page(
        request,
        "mutual_aid/aid_enrolment.html",
        {"card": card, "may": may, "own": own, "lists": bool(policies.can_see_aid(act))},
    )


def aid_contract(request: HttpRequest, enrolment_id: int) -> HttpResponse:
    """The contract as it was signed, on paper."""
    act = act_of(request)
    card = queries.aid_enrolment(act, enrolment_id)
    contract = queries.aid_contract(act, enrolment_id)
    made = documents.contract_pdf(card, contract, Lender(card.owner).said, act.at)
    return pdf.answer(made, f"{_now('Contract of mutual aid')}_{card.id}.pdf")


def _button(
    request: HttpRequest, enrolment_id: int, call: Callable[[Act], Any], said: Any
) -> HttpResponse:
    at = ("mutual_aid:aid_enrolment", enrolment_id)
    return action(request, call=call, said=said, back=at)


def withdraw_aid_application(request: HttpRequest, enrolment_id: int) -> HttpResponse:
    """Take a wish back."""
    return _button(
        request,
        enrolment_id,
        lambda act: commands.withdraw_aid_application(act, enrolment_id=enrolment_id),
        _("The wish was taken back."),
    )


def sign_aid_contract(request: HttpRequest, enrolment_id: int) -> HttpResponse:
    """Sign the contract."""
    return _button(
        request,
        enrolment_id,
        lambda act: commands.sign_aid_contract(act, enrolment_id=enrolment_id),
        _("The contract is signed. Its terms stay as they are now."),
    )


def debit_aid(request: HttpRequest, enrolment_id: int) -> HttpResponse:
    """Agree to direct debit, or no longer."""
    by_debit = request.POST.get("by_debit") == "1"
    return _button(
        request,
        enrolment_id,
        lambda act: commands.debit_aid(act, enrolment_id=enrolment_id, by_debit=by_debit),
        _("Direct debit is agreed.") if by_debit else _("Direct debit has ended."),
    )


def revive_aid(request: HttpRequest, enrolment_id: int) -> HttpResponse:
    """Revive a lapsed contract."""
    return _button(
        request,
        enrolment_id,
        lambda act: commands.revive_aid(act, enrolment_id=enrolment_id),
        _("The contract runs again; the waiting period begins anew."),
    )


def _about(
    request: HttpRequest,
    enrolment_id: int,
    title: str,
    form: type[django_forms.Form],
    may: Callable[[Act, policies.OfTaker], Verdict],
    call: Callable[[Act, dict[str, Any]], Any],
    said: Any,
    day: str,
    effect: Callable[[queries.AidCard], str] | None = None,
) -> HttpResponse:
    act = act_of(request)
    card = queries.aid_enrolment(act, enrolment_id)
    return form_about(
        request,
        ("mutual_aid:aid_enrolment", enrolment_id),
        title=title,
        name=f"{card.name} · {card.plan}",
        form=form,
        may=lambda act: may(act, card),
        call=call,
        said=said,
        preview=None if effect is None else lambda act, given: effect(card),
        initial={day: act.today},
    )


def approve_aid_enrolment(request: HttpRequest, enrolment_id: int) -> HttpResponse:
    """Approve that a member takes part."""
    return _about(
        request,
        enrolment_id,
        _now("Approve taking part"),
        forms.DecidedForm,
        policies.can_approve_aid_enrolment,
        lambda act, given: commands.approve_aid_enrolment(act, enrolment_id=enrolment_id, **given),
        _("It is approved. Now the contract is signed."),
        "decided_date",
    )


def refuse_aid_enrolment(request: HttpRequest, enrolment_id: int) -> HttpResponse:
    """Refuse that a member takes part."""
    return _about(
        request,
        enrolment_id,
        _now("Refuse taking part"),
        forms.RefusedForm,
        policies.can_refuse_aid_enrolment,
        lambda act, given: commands.refuse_aid_enrolment(act, enrolment_id=enrolment_id, **given),
        _("The member sees the reason."),
        "decided_date",
    )


def receive_aid_contribution(request: HttpRequest, enrolment_id: int) -> HttpResponse:
    """Take a contribution in."""
    return _about(
        request,
        enrolment_id,
        _now("Take a contribution in"),
        forms.ReceiveForm,
        policies.can_receive_aid_contribution,
        lambda act, given: commands.receive_aid_contribution(
            act, enrolment_id=enrolment_id, **given
        ),
        _("The contribution is entered."),
        "paid_date",
    )


def end_aid(request: HttpRequest, enrolment_id: int) -> HttpResponse:
    """End a contract; first what goes back."""
    return _about(
        request,
        enrolment_id,
        _now("End the contract"),
        forms.EndForm,
        lambda act, card: policies.can_end_aid(act, card),
        lambda act, given: commands.end_aid(act, enrolment_id=enrolment_id, **given),
        _("The contract has ended."),
        "ended_date",
        lambda card: (
            _now("By the regulation %(won)s go back; nothing is given any more.")
            % {"won": format_won(card.refund_due_won)}
        ),
    )


def pay_aid_refund(request: HttpRequest, enrolment_id: int) -> HttpResponse:
    """Pay back what is due after the end."""
    return _about(
        request,
        enrolment_id,
        _now("Pay the refund"),
        forms.PaidForm,
        policies.can_pay_aid_refund,
        lambda act, given: commands.pay_aid_refund(act, enrolment_id=enrolment_id, **given),
        _("The refund is entered."),
        "paid_date",
        lambda card: (
            _now("%(won)s go to %(name)s.")
            % {"won": format_won(card.refund_won), "name": card.name}
        ),
    )


def undo_aid_contribution(
    request: HttpRequest, enrolment_id: int, aid_receipt_id: int
) -> HttpResponse:
    """Take a receipt back."""
    return _about(
        request,
        enrolment_id,
        _now("Take the receipt back"),
        forms.UndoForm,
        policies.can_undo_aid_contribution,
        lambda act, given: commands.undo_aid_contribution(act, receipt_id=aid_receipt_id, **given),
        _("The receipt is reversed; its months are open again."),
        "day",
    )


urlpatterns = [
    path("", aid_enrolments, name="aid_enrolments"),
    path("mine/", my_aid, name="my_aid"),
    path("apply/<int:membership_id>/", apply_for_aid, name="apply_for_aid"),
    path("apply/fund/<int:participant_id>/", apply_for_fund_aid, name="apply_for_fund_aid"),
    path("<int:enrolment_id>/", aid_enrolment, name="aid_enrolment"),
    path("<int:enrolment_id>/withdraw/", withdraw_aid_application, name="withdraw_aid_application"),
    path("<int:enrolment_id>/contract.pdf", aid_contract, name="aid_contract"),
    path("<int:enrolment_id>/sign/", sign_aid_contract, name="sign_aid_contract"),
    path("<int:enrolment_id>/debit/", debit_aid, name="debit_aid"),
    path("<int:enrolment_id>/revive/", revive_aid, name="revive_aid"),
    path("<int:enrolment_id>/approve/", approve_aid_enrolment, name="approve_aid_enrolment"),
    path("<int:enrolment_id>/refuse/", refuse_aid_enrolment, name="refuse_aid_enrolment"),
    path("<int:enrolment_id>/receive/", receive_aid_contribution, name="receive_aid_contribution"),
    path("<int:enrolment_id>/end/", end_aid, name="end_aid"),
    path("<int:enrolment_id>/refund/", pay_aid_refund, name="pay_aid_refund"),
    path(
        "<int:enrolment_id>/receipts/<int:aid_receipt_id>/undo/",
        undo_aid_contribution,
        name="undo_aid_contribution",
    ),
]
