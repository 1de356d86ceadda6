"""Plans, billing a month, arrears."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _now, gettext_lazy as _, ngettext

from dure.kernel.acts import Act
from dure.kernel.dates import Month, format_month
from dure.kernel.money import format_won
from dure.ui import charts
from dure.ui.doors import act_of, away, form_page, page, refused
from dure.ui.tables import Column, Table, ask, show, taken_along

from .. import commands, policies, queries
from ..forms import dues as forms

MONTHS_SHOWN = 12

CHARGES = Table(
    id="charges",
    title=_("Charges"),
    columns=(
        Column("number", _("No."), "membership.number", kind="id", sort="membership__number"),
        Column(
            "name",
            _("Member"),
            "membership.party.name",
            sort="membership__party__name",
            link=lambda c: reverse("memberships:member", args=[c.membership_id]),
        ),
        Column("plan", _("Dues plan"), "plan.name", sort="plan__name"),
        Column("due_date", _("Due"), kind="day", sort="due_date"),
        Column("amount_won", _("Charged (won)"), kind="won", sort="amount_won"),
        Column("paid_won", _("Paid (won)"), kind="won", sort="paid_won"),
        Column("waived_won", _("Waived (won)"), kind="won", sort="waived_won"),
        Column("open_won", _("Open (won)"), "open_won", kind="won"),
    ),
    sort="number",
)

ARREARS = Table(
    id="arrears",
    title=_("Arrears"),
    columns=(
        Column("number", _("No."), kind="id", sort="number"),
        Column(
            "name",
            _("Member"),
            "party.name",
            sort="party__name",
            link=lambda m: reverse("memberships:member", args=[m.pk]),
        ),
        Column("oldest_date", _("Oldest due"), kind="day", sort="oldest_date"),
        Column("age0", _("Up to 30 days (won)"), kind="won", sort="age0"),
        Column("age1", _("31–90 days (won)"), kind="won", sort="age1"),
        Column("age2", _("91–180 days (won)"), kind="won", sort="age2"),
        Column("age3", _("Over 180 days (won)"), kind="won", sort="age3"),
        Column("won", _("In all (won)"), kind="won", sort="won"),
    ),
    sort="-won",
    empty_title=_("No arrears"),
    empty_text=_("Everybody has paid what is due."),
)


@dataclass(frozen=True, slots=True)
class BillingEffect:
    """What billing will do, in one sentence."""

    month: str
    count: int
    sum_won: int
    already: int

    def __str__(self) -> str:
        if not self.count:
            return _now(
                "Nobody is left to be charged for %(month)s; %(already)s were charged before."
            ) % {"month": self.month, "already": self.already}
        said = ngettext(
            "%(sum)s will be charged to %(count)d member.",
            "%(sum)s will be charged to %(count)d members.",
            self.count,
        ) % {"sum": format_won(self.sum_won), "count": self.count}
        if self.already:
            said += " " + _now("%(already)d were charged before and are passed over.") % {
                "already": self.already
            }
        return said


PLANS = Table(
    id="plans",
    title=_("Dues plans"),
    columns=(
        Column("name", _("Name")),
        Column("member_class", _("Kind of member"), "member_class.name"),
        Column("period", _("Period"), lambda plan: plan.get_period_display()),
        Column("amount_won", _("Amount (won)"), kind="won"),
        Column("due_day", _("Due on day"), kind="number"),
        Column("fund", _("Fund")),
        Column("from_date", _("From"), kind="day"),
        Column("until_date", _("Until"), kind="day"),
        Column("article", _("Article")),
    ),
)


def dues(request: HttpRequest) -> HttpResponseBase:
    """Plans in force, the last runs, and how the months were paid."""
    act = act_of(request)
    if file := taken_along(request, PLANS, list(queries.dues_plans(act, all_times=True))):
        return file
    last = Month.of(act.today)
    months = queries.payment_rates(last, MONTHS_SHOWN)
    picture = charts.bars(
        _now("Dues by month"),
        [format_month(m.month) for m in months],
        [
            charts.Series(_now("Paid"), tuple(m.paid_won for m in months)),
            charts.Series(_now("Open"), tuple(m.open_won for m in months)),
        ],
        stacked=True,
    )
    late_members, late_won = queries.arrears_total(act.today)
    return page(
        request,
        "memberships/dues.html",
        {
            "plans": list(queries.dues_plans(act)[:200]),
            "runs": list(queries.dues_runs(act)[:12]),
            "picture": picture,
            "this_month": last,
            "rate": queries.payment_rate(last),
            "year_rate": queries.payment_rate(Month(last.year, 1), last),
            "late_members": late_members,
            "late_won": late_won,
            "billed": last in queries.billed_months(),
            "office": bool(policies.can_see_applications(act)),
        },
    )


def set_dues_plan(request: HttpRequest) -> HttpResponse:
    act = act_of(request)
    return form_page(
        request,
        form=forms.SetDuesPlan,
        template="memberships/set_dues_plan.html",
        call=lambda act, given: commands.set_dues_plan(act, **given),
        done=lambda plan: "memberships:dues",
        said=_("The dues plan was set."),
        may=policies.can_see_applications,
        initial={"from_month": Month.of(act.today)},
    )


def end_dues_plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    act = act_of(request)
    plan = queries.dues_plan(act, plan_id)
    return form_page(
        request,
        form=forms.EndDuesPlan,
        template="memberships/end_dues_plan.html",
        call=lambda act, given: commands.end_dues_plan(act, plan_id=plan_id, **given),
        done=lambda made: "memberships:dues",
        said=_("The dues plan ends."),
        may=lambda act: policies.can_end_dues_plan(act, plan),
        initial={"until_month": Month.of(act.today).next()},
        context={"plan": plan},
    )


def bill_dues(request: HttpRequest) -> HttpResponse:
    """Choose the month, see what will be charged, do it."""
    act = act_of(request)
    policies.can_bill_dues(act).enforce()
    plans = [(p.pk, f"{p.name} · {p.member_class.name}") for p in queries.dues_plans(act)[:200]]

    def preview(act: Act, given: dict[str, Any]) -> BillingEffect:
        found = queries.bill_preview(act, given["month"], given["plan_id"])
        return BillingEffect(format_month(found.month), found.count, found.sum_won, found.already)

    return form_page(
        request,
        form=lambda *args, **kwargs: forms.BillDues(*args, plans=plans, **kwargs),
        template="memberships/bill_dues.html",
        preview=preview,
        call=lambda act, given: commands.bill_dues(act, **given),
        done=lambda run: ("memberships:dues_run", run.pk),
        said=lambda run: (
            _now("%(count)d members were charged %(sum)s.")
            % {"count": run.count, "sum": format_won(run.sum_won)}
        ),
        initial={"month": Month.of(act.today)},
    )


def dues_run(request: HttpRequest, run_id: int) -> HttpResponseBase:
    act = act_of(request)
    run = queries.dues_run(act, run_id)
    asked = ask(request, CHARGES)
    rows = queries.charges_of_run(act, run_id, search=asked.search)
    return show(
        request,
        CHARGES,
        asked,
        rows,
        "memberships/dues_run.html",
        {"run": run, "month": Month.of(run.month_date)},
    )


def arrears(request: HttpRequest) -> HttpResponseBase:
    act = act_of(request)
    asked = ask(request, ARREARS)
    rows = queries.arrears(act, search=asked.search)
    members, won = queries.arrears_total(act.today)
    return show(
        request,
        ARREARS,
        asked,
        rows,
        "memberships/arrears.html",
        {"late_members": members, "late_won": won},
        totals={"won": won},
    )


def remind_arrears(request: HttpRequest) -> HttpResponse:
    """GET: whom a letter would go to. POST: send it to those chosen."""
    act = act_of(request)
    policies.can_remind_arrears(act).enforce()
    rows = list(queries.arrears(act)[:500])
    context = {"rows": rows}
    if request.method != "POST":
        return page(request, "memberships/remind_arrears.html", context)
    chosen = tuple(
        int(pk) for pk in request.POST.getlist("member") if pk.isascii() and pk.isdigit()
    )
    try:
        count = commands.remind_arrears(act, membership_ids=chosen)
    except commands.NobodyToRemind as refusal:
        return refused(request, refusal, "memberships/remind_arrears.html", context)
    return away(
        request,
        "memberships:arrears",
        _now("%(count)d members will get a friendly letter.") % {"count": count},
    )


def waive_charge(request: HttpRequest, charge_id: int) -> HttpResponse:
    act = act_of(request)
    charge = queries.charge_card(act, charge_id)
    return form_page(
        request,
        form=forms.WaiveCharge,
        template="memberships/waive_charge.html",
        call=lambda act, given: commands.waive_charge(act, charge_id=charge_id, **given),
        preview=lambda act, given: (
            _now("%(name)s no longer owes %(amount)s of “%(plan)s”.")
            % {
                "name": charge.membership.party.name,
                "amount": format_won(given["amount_won"]),
                "plan": charge.plan.name,
            }
        ),
        done=lambda made: ("memberships:member", charge.membership_id),
        said=_("The dues were waived."),
        may=lambda act: policies.can_waive_charge(act, charge),
        initial={"amount_won": charge.open_won},
        context={"charge": charge},
    )


urlpatterns = [
    path("dues/", dues, name="dues"),
    path("dues/plans/add/", set_dues_plan, name="set_dues_plan"),
    path("dues/plans/<int:plan_id>/end/", end_dues_plan, name="end_dues_plan"),
    path("dues/bill/", bill_dues, name="bill_dues"),
    path("dues/runs/<int:run_id>/", dues_run, name="dues_run"),
    path("arrears/", arrears, name="arrears"),
    path("arrears/remind/", remind_arrears, name="remind_arrears"),
    path("charges/<int:charge_id>/waive/", waive_charge, name="waive_charge"),
]
