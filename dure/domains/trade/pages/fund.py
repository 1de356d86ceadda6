"""The cooperative fund for all who belong; its rules, bills and receipts for who keeps it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now, gettext_lazy as _, pgettext, pgettext_lazy

from dure.domains.memberships import queries as memberships
from dure.kernel.dates import Month
from dure.kernel.money import format_won
from dure.ui.doors import act_of, form_about, page
from dure.ui.uploads import content_of

from .. import commands, forms, policies, queries


def cooperative_fund(request: HttpRequest) -> HttpResponse:
    """What each put in, and what the fund has done."""
    act = act_of(request)
    own = [one for one in memberships.my_membership(act) if one.left_date is None]
    card = queries.cooperative_fund(act)
    return page(
        request,
        "trade/cooperative_fund.html",
        {
            "card": card,
            "uses": [
                {
                    "use": one,
                    "pay": one.waits and bool(policies.can_pay_fund_use(act, one.party_id)),
                    "give_up": one.waits and bool(policies.can_give_up_fund_use(act)),
                    "report": one.used_date is not None
                    and bool(policies.can_report_fund_use(act, one.party_id)),
                }
                for one in card.uses
            ],
            "own": own,
            "keeps": bool(policies.can_lay_down_contribution(act)),
            "bills": bool(policies.can_bill_contributions(act)),
        },
    )


def lay_down_contribution(request: HttpRequest) -> HttpResponse:
    """Lay down what members put in."""
    return form_about(
        request,
        "trade:cooperative_fund",
        title=_now("Lay a contribution down"),
        form=forms.ContributionForm,
        may=policies.can_lay_down_contribution,
        call=lambda act, given: commands.lay_down_contribution(act, **given),
        said=_("The contribution is laid down."),
        initial={"from_date": Month.of(act_of(request).today).next().first_date},
    )


def end_contribution(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Let a contribution end."""
    act = act_of(request)
    return form_about(
        request,
        "trade:cooperative_fund",
        title=_now("End the contribution"),
        name=queries.contribution_rule(act, rule_id).name,
        form=forms.EndContributionForm,
        may=policies.can_end_contribution,
        call=lambda act, given: commands.end_contribution(act, rule_id=rule_id, **given),
        said=_("The contribution ends on that day."),
        initial={"until_date": Month.of(act.today).next().first_date},
    )


def bill_contributions(request: HttpRequest) -> HttpResponse:
    """Bill a month; first who would be billed how much."""

    def effect(_act: Any, given: dict[str, Any]) -> str:
        found = queries.contributions_to_bill(given["month"])
        return _now("%(count)d members are billed %(won)s in all.") % {
            "count": len({one.membership_id for one in found}),
            "won": format_won(sum(one.won for one in found)),
        }

    return form_about(
        request,
        "trade:cooperative_fund",
        title=_now("Bill contributions"),
        form=forms.BillForm,
        may=policies.can_bill_contributions,
        preview=effect,
        call=lambda act, given: commands.bill_contributions(act, month=str(given["month"])),
        said=_("The contributions are billed."),
        initial={"month": Month.of(act_of(request).today).plus(-1)},
    )


def use_cooperative_fund(request: HttpRequest) -> HttpResponse:
    """Give what was decided."""
    return form_about(
        request,
        "trade:cooperative_fund",
        title=_now("Give out of the fund"),
        form=forms.UseForm,
        may=policies.can_use_cooperative_fund,
        call=lambda act, given: commands.use_cooperative_fund(act, **given),
        said=_("It is entered in the books of the fund."),
        initial={"used_date": act_of(request).today},
    )


def fund_use_step(request: HttpRequest, use_id: int, use_deed: str) -> HttpResponse:
    """What was decided: paid out, given up, told of."""
    act = act_of(request)
    use = queries.fund_use(act, use_id)
    steps: dict[str, dict[str, Any]] = {
        "pay": {
            "title": _now("Pay it out"),
            "form": forms.UsePaidForm,
            "may": lambda act: policies.can_pay_fund_use(act, use.party_id),
            "call": lambda act, given: commands.pay_fund_use(act, use_id=use_id, **given),
            "said": _("It is entered in the books of the fund."),
            "initial": {"used_date": act.today},
        },
        "give-up": {
            "title": _now("Do not give it"),
            "form": forms.UndoForm,
            "may": policies.can_give_up_fund_use,
            "call": lambda act, given: commands.give_up_fund_use(act, use_id=use_id, **given),
            "said": _("The money is not given."),
        },
        "report": {
            "title": _now("Tell what it has done"),
            "form": forms.ReportForm,
            "may": lambda act: policies.can_report_fund_use(act, use.party_id),
            "call": lambda act, given: commands.report_fund_use(act, use_id=use_id, **given),
            "said": _("Members can read it now."),
            "initial": {"report": use.report},
        },
    }
    if use_deed not in steps:
        raise Http404
    return form_about(
        request,
        "trade:cooperative_fund",
        name=f"{use.what} · {format_won(use.won)} · {use.decided_by}",
        **steps[use_deed],
    )


def contributions(request: HttpRequest, membership_id: int) -> HttpResponse:
    """What one member was asked, and put in."""
    act = act_of(request)
    card = queries.contributions_of(act, membership_id)
    member = memberships.borrower(membership_id, act.today)
    return page(
        request,
        "trade/contributions.html",
        {
            "card": card,
            "receives": card.open_won > 0 and bool(policies.can_receive_contribution(act, member)),
            "undoes": bool(policies.can_undo_contribution(act, member)),
            "states": bool(policies.can_state_profit(act, member)),
        },
    )


def receive_contribution(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Take a contribution in."""
    act = act_of(request)
    card = queries.contributions_of(act, membership_id)
    member = memberships.borrower(membership_id, act.today)
    return form_about(
        request,
        ("trade:contributions", membership_id),
        title=pgettext("cooperative fund", "Take a contribution in"),
        name=card.name,
        form=forms.ContributionPaidForm,
        may=lambda act: policies.can_receive_contribution(act, member),
        call=lambda act, given: commands.receive_contribution(
            act, membership_id=membership_id, **given
        ),
        said=pgettext_lazy("cooperative fund", "The contribution is entered."),
        initial={"won": card.open_won or None, "paid_date": act.today},
    )


def undo_contribution(
    request: HttpRequest, membership_id: int, contribution_id: int
) -> HttpResponse:
    """Take a receipt back."""
    act = act_of(request)
    member = memberships.borrower(membership_id, act.today)
    return form_about(
        request,
        ("trade:contributions", membership_id),
        title=_now("Take the receipt back"),
        name=member.name,
        form=forms.UndoForm,
        may=lambda act: policies.can_undo_contribution(act, member),
        call=lambda act, given: commands.undo_contribution(
            act, receipt_id=contribution_id, **given
        ),
        said=_("The receipt is reversed; its bills are open again."),
    )


def state_profit(request: HttpRequest, membership_id: int) -> HttpResponse:
    """State the net profit of a year."""
    act = act_of(request)
    member = memberships.borrower(membership_id, act.today)

    def state(act: Any, given: dict[str, Any]) -> Any:
        file = given.pop("file")
        return commands.state_profit(
            act, membership_id=membership_id, name=file.name, content=content_of(file), **given
        )

    return form_about(
        request,
        ("trade:contributions", membership_id),
        title=_now("State the net profit"),
        name=member.name,
        form=forms.ProfitForm,
        may=lambda act: policies.can_state_profit(act, member),
        call=state,
        said=_("The net profit is stated."),
        initial={"year": act.today.year - 1},
    )


urlpatterns = [
    path("fund/", cooperative_fund, name="cooperative_fund"),
    path("fund/lay-down/", lay_down_contribution, name="lay_down_contribution"),
    path("fund/rules/<int:rule_id>/end/", end_contribution, name="end_contribution"),
    path("fund/bill/", bill_contributions, name="bill_contributions"),
    path("fund/use/", use_cooperative_fund, name="use_cooperative_fund"),
    path("fund/uses/<int:use_id>/<slug:use_deed>/", fund_use_step, name="fund_use_step"),
    path("fund/<int:membership_id>/", contributions, name="contributions"),
    path("fund/<int:membership_id>/receive/", receive_contribution, name="receive_contribution"),
    path(
        "fund/<int:membership_id>/receipts/<int:contribution_id>/undo/",
        undo_contribution,
        name="undo_contribution",
    ),
    path("fund/<int:membership_id>/profit/", state_profit, name="state_profit"),
]
