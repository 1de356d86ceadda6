"""One desk for all funds run for others, a page for each, and its statement."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.bylaws import queries as bylaws
from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.dates import Month
from dure.kernel.money import format_won
from dure.ui import files, pdf
from dure.ui.doors import act_of, action, form_about, form_page, page
from dure.ui.tables import Column, Table, ask, show

from . import commands, documents, forms, policies, queries

FUNDS = Table(
    id="self-help-funds",
    title=_("Self-help funds of others"),
    columns=(
        Column("name", _("Fund"), link=lambda one: reverse("self_help:self_help_fund", args=[one.id])),
        Column("association", _("Association")),
        Column("participants", _("Participants"), kind="number"),
        Column("capital_won", _("Capital (won)"), kind="won"),
        Column("left_won", _("Lent (won)"), kind="won"),
        Column("late_won", _("Late (won)"), kind="won"),
        Column("money_won", _("Money (won)"), kind="won"),
        Column("due_won", _("Fee due (won)"), kind="won"),
    ),
    empty_title=_("No fund is run for others yet"),
    empty_text=_("Take one on with the contract of the association."),
)  # fmt: skip


def self_help_funds(request: HttpRequest) -> HttpResponseBase:
    """The desk of all funds."""
    act = act_of(request)
    funds = queries.self_help_funds(act)
    return show(
        request,
        FUNDS,
        ask(request, FUNDS),
        funds,
        "self_help/self_help_funds.html",
        {
            "may_take_on": bool(policies.can_take_on_self_help_fund(act)),
            "may_charge": any(one.due for one in funds)
            and bool(policies.can_charge_commissions(act)),
        },
    )


def self_help_fund(request: HttpRequest, fund_id: int) -> HttpResponse:
    """One fund: how it stands, who takes part, the contract, its statement."""
    act = act_of(request)
    fund = queries.self_help_fund(act, fund_id)
    now = Month.of(act.today)
    span = {"start": str(now.plus(-now.month + 1)), "end": str(now)}
    return page(
        request,
        "self_help/self_help_fund.html",
        {
            "fund": fund,
            "participants": queries.participants_of(act, fund_id),
            "mandates": fund.mandates,
            "charges": fund.charges,
            "may": {
                "keep": bool(policies.can_enter_participant(act)),
                "money": bool(policies.can_pay_in(act)),
                "renew": bool(policies.can_renew_mandate(act)),
                "desk": bool(policies.can_see_self_help_funds(act)),
            },
            "span": urlencode(span),
        },
    )


def fund_account(request: HttpRequest, fund_id: int) -> HttpResponseBase:
    """The statement over whole months; the year so far where the address asks nothing."""
    act = act_of(request)
    now = Month.of(act.today)
    asked = forms.SpanForm(request.GET or None)
    given = asked.cleaned_data if asked.is_valid() else {}
    start, end = given.get("start") or now.plus(-now.month + 1), given.get("end") or now
    told = queries.fund_account(act, fund_id, start, end)
    wanted = request.GET.get("as", "")
    if wanted in ("pdf", "xlsx"):
        profile = parties.network_profile()
        about = (told, profile.name if profile else "", act.at)
        name = documents.file_name(told, wanted)
        if wanted == "pdf":
            return pdf.answer(documents.paper(*about), name)
        return files.download(documents.workbook(*about), name)
    if not asked.is_bound:
        asked = forms.SpanForm(initial={"start": start, "end": end})
    return page(
        request,
        "self_help/fund_account.html",
        {
            "told": told,
            "fund": told.fund,
            "form": asked,
            "tables": documents.tables_of(told),
            "query": urlencode({"start": str(start), "end": str(end)}),
        },
    )


def take_on_self_help_fund(request: HttpRequest) -> HttpResponse:
    """Take a fund on."""
    return form_page(
        request,
        form=lambda *args, **given: forms.TakeOnForm(*args, legal_forms=bylaws.forms(), **given),
        template="ui/form.html",
        may=policies.can_take_on_self_help_fund,
        call=lambda act, given: commands.take_on_self_help_fund(act, **given),
        done=lambda made: ("self_help:self_help_fund", made.pk),
        said=_("The fund is taken on. Now lay its rules down and enter who takes part."),
        initial={"from_date": act_of(request).today},
        context={"title": _("Take a fund on"), "back": reverse("self_help:self_help_funds")},
    )


def renew_mandate(request: HttpRequest, fund_id: int) -> HttpResponse:
    """The next contract."""
    return form_about(
        request,
        ("self_help:self_help_fund", fund_id),
        title=_("Enter the next contract"),
        name=queries.self_help_fund(act_of(request), fund_id).name,
        form=forms.MandateForm,
        may=policies.can_renew_mandate,
        call=lambda act, given: commands.renew_mandate(act, fund_id=fund_id, **given),
        said=_("The contract is entered."),
        initial={"from_date": act_of(request).today},
    )


def enter_participant(request: HttpRequest, fund_id: int) -> HttpResponse:
    """Who takes part."""
    return form_about(
        request,
        ("self_help:self_help_fund", fund_id),
        title=_("Enter a participant"),
        name=queries.self_help_fund(act_of(request), fund_id).name,
        form=forms.EnterForm,
        may=policies.can_enter_participant,
        call=lambda act, given: commands.enter_participant(act, fund_id=fund_id, **given),
        said=_("The participant is entered."),
        initial={"joined_date": act_of(request).today},
    )


def _about_participant(
    request: HttpRequest, participant_id: int, initial: str, **given: Any
) -> HttpResponse:
    act = act_of(request)
    one = queries.participation(participant_id, act.today)
    return form_about(
        request,
        ("self_help:self_help_fund", one.fund_id),
        name=f"{one.fund} · {one.name}",
        initial={initial: act.today},
        **given,
    )


def pay_in(request: HttpRequest, participant_id: int) -> HttpResponse:
    """A contribution comes in."""
    return _about_participant(
        request,
        participant_id,
        "paid_date",
        title=_("Take capital in"),
        form=forms.MoneyForm,
        may=policies.can_pay_in,
        call=lambda act, given: commands.pay_in(act, participant_id=participant_id, **given),
        said=_("The contribution is entered in the books of the fund."),
    )


def pay_back(request: HttpRequest, participant_id: int) -> HttpResponse:
    """A contribution goes back."""
    return _about_participant(
        request,
        participant_id,
        "paid_date",
        title=_("Pay a contribution back"),
        form=forms.MoneyForm,
        may=policies.can_pay_back,
        call=lambda act, given: commands.pay_back(act, participant_id=participant_id, **given),
        said=_("The contribution is paid back."),
    )


def end_participation(request: HttpRequest, participant_id: int) -> HttpResponse:
    """Somebody takes part no more."""
    return _about_participant(
        request,
        participant_id,
        "left_date",
        title=_("End the participation"),
        form=forms.EndForm,
        may=policies.can_end_participation,
        call=lambda act, given: commands.end_participation(
            act, participant_id=participant_id, **given
        ),
        said=_("The participation ended."),
    )


def open_aid_books(request: HttpRequest, fund_id: int) -> HttpResponse:
    """Open the books of a fund's mutual aid."""
    return action(
        request,
        call=lambda act: commands.open_aid_books(act, fund_id=fund_id),
        said=_("The books of mutual aid are open. Now lay a plan down."),
        back=("self_help:self_help_fund", fund_id),
    )


def charge_commission(request: HttpRequest, fund_id: int, month: str) -> HttpResponse:
    """Take the fee of a period."""

    def take(act: Act) -> str:
        made = commands.charge_commission(act, fund_id=fund_id, month=month)
        return format_won(made.won)

    return action(
        request,
        call=take,
        done=lambda won: ("self_help:self_help_fund", fund_id),
        said=lambda won: _now("The fee of %(won)s is taken.") % {"won": won},
        back=("self_help:self_help_fund", fund_id),
    )


def charge_commissions(request: HttpRequest) -> HttpResponse:
    """Take all fees that are due, of one fund or of all; first what that is."""
    act = act_of(request)
    fees = queries.commissions_due(act).fees
    funds = list({one.fund_id: one.fund for one in fees}.items())
    return form_about(
        request,
        "self_help:self_help_funds",
        title=_("Take the fees that are due"),
        form=lambda *args, **given: forms.FeesForm(*args, funds=funds, **given),
        template="self_help/charge_commissions.html",
        may=policies.can_charge_commissions,
        preview=lambda act, given: queries.commissions_due(act, **given),
        call=lambda act, given: commands.charge_commissions(act, **given),
        said=lambda made: (
            _now("%(count)d fees are taken: %(won)s.")
            % {"count": len(made), "won": format_won(sum(one.won for one in made))}
        ),
        initial={"fund_id": request.GET.get("fund", "")[:19]},
        fees=fees,
    )


urlpatterns = [
    path("", self_help_funds, name="self_help_funds"),
    path("fees/", charge_commissions, name="charge_commissions"),
    path("take-on/", take_on_self_help_fund, name="take_on_self_help_fund"),
    path("<int:fund_id>/", self_help_fund, name="self_help_fund"),
    path("<int:fund_id>/statement/", fund_account, name="fund_account"),
    path("<int:fund_id>/contract/", renew_mandate, name="renew_mandate"),
    path("<int:fund_id>/participants/enter/", enter_participant, name="enter_participant"),
    path("participants/<int:participant_id>/pay-in/", pay_in, name="pay_in"),
    path("participants/<int:participant_id>/pay-back/", pay_back, name="pay_back"),
    path("participants/<int:participant_id>/end/", end_participation, name="end_participation"),
    path("<int:fund_id>/mutual-aid/", open_aid_books, name="open_aid_books"),
    path("<int:fund_id>/fee/<str:month>/", charge_commission, name="charge_commission"),
]
