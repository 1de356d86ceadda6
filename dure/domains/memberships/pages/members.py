"""Members on any day, one member, its class, shares and leaving; the kinds of member."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.parties import queries as parties
from dure.kernel.dates import Month, format_date, format_month
from dure.kernel.money import format_won
from dure.kernel.reads import note_read
from dure.ui import charts, pdf
from dure.ui.doors import act_of, form_page, page
from dure.ui.fields import DateField
from dure.ui.tables import Column, Table, ask, show, taken_along

from .. import commands, documents, policies, queries
from ..forms import admission as forms, dues as dues_forms

MONTHS_SHOWN = 24


class Filters(django_forms.Form):
    on = DateField(label=_("Members on"), required=False)
    member_class = django_forms.ChoiceField(label=_("Kind of member"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member_class"].choices = [  # type: ignore[attr-defined]
            ("", _("all")),
            *((c.code, c.name) for c in queries.member_classes()),
        ]


MEMBERS = Table(
    id="members",
    title=_("Members"),
    columns=(
        Column("number", _("No."), sort="number", kind="id"),
        Column(
            "name",
            _("Name"),
            "party.name",
            sort="party__name",
            link=lambda m: reverse("memberships:member", args=[m.pk]),
        ),
        Column("class_name", _("Kind of member"), sort="class_name"),
        Column("joined_date", _("Member since"), kind="day", sort="joined_date"),
        Column("left_date", _("Left"), kind="day", sort="left_date"),
        Column("open_won", _("Open dues (won)"), kind="won", sort="open_won"),
    ),
    sort="number",
    filters=Filters,
    empty_title=_("No members on this day"),
    empty_text=_("Admit an applicant, or take over the members from before."),
)


def members(request: HttpRequest) -> HttpResponseBase:
    act = act_of(request)
    policies.can_see_members(act).enforce()
    asked = ask(request, MEMBERS)
    on: date = asked.given.get("on") or act.today
    rows = queries.members_on(
        act, on, member_class=asked.given.get("member_class") or "", search=asked.search
    )
    if asked.export:
        note_read(act, None, "memberships.members", rows.count(), download=True)
    context: dict[str, Any] = {"on": on, "office": bool(policies.can_see_applications(act))}
    if "hx-request" not in {name.lower() for name in request.headers} and not asked.export:
        context |= _overview(on)
    return show(request, MEMBERS, asked, rows, "memberships/members.html", context)


def _overview(on: date) -> dict[str, Any]:
    last = Month.of(on)
    months = queries.members_over_time(last, MONTHS_SHOWN)
    picture = charts.line(
        _now("Members at the end of each month"),
        [format_month(m.month) for m in months],
        [charts.Series(_now("Members"), tuple(m.count for m in months))],
        won=False,
        unit=_now("members"),
    )
    return {"counts": queries.counts_by_class(on), "picture": picture}


def member(request: HttpRequest, membership_id: int) -> HttpResponse:
    act = act_of(request)
    card = queries.member_card(act, membership_id)
    charges = list(queries.charges_of(act, membership_id, only_open=True)[:50])
    standing, cases = queries.conduct_of(act, membership_id)
    return page(
        request,
        "memberships/member.html",
        {
            "card": card,
            "charges": charges,
            "shares": queries.share_lines(act, card)[:50],
            "keeps": policies.keeps_members(act),
            "office": bool(policies.can_see_applications(act)),
            "may_leave": card.left_date is None and bool(policies.can_leave_membership(act, card)),
            "reasons": commands.LEAVING_REASONS,
            "cases": cases,
            "standing": standing,
            "code": queries.signed_code(membership_id, act.today),
            "may_sign": bool(policies.can_sign_ethics_code(act, card)),
        },
    )


def statement(request: HttpRequest, membership_id: int) -> HttpResponse:
    """The member's dues account of a year, on screen or as PDF."""
    act = act_of(request)
    given = request.GET.get("year", "")
    year = (
        int(given)
        if given.isascii() and given.isdigit() and 1900 < int(given) < 2200
        else act.today.year
    )
    found = queries.statement_for_member(act, membership_id, date(year, 1, 1), date(year + 1, 1, 1))
    if request.GET.get("as") == "pdf":
        made = documents.statement_pdf(found, _network(), act.at)
        return pdf.answer(made, f"{_now('Dues account')} {found.name} {year}.pdf")
    return page(
        request,
        "memberships/statement.html",
        {"statement": found, "year": year, "keeps": policies.keeps_members(act)},
    )


def dues_notice(request: HttpRequest, membership_id: int) -> HttpResponse:
    """회비 안내문: what the member still owes, as PDF."""
    act = act_of(request)
    card = queries.member_card(act, membership_id)
    charges = queries.charges_of_party(act, card.party_id, only_open=True, limit=200)
    made = documents.dues_notice(card, charges, _network(), act.today, act.at)
    return pdf.answer(made, f"{_now('Notice of dues')} {card.name}.pdf")


def change_member_class(request: HttpRequest, membership_id: int) -> HttpResponse:
    act = act_of(request)
    card = queries.member_card(act, membership_id)
    return form_page(
        request,
        form=forms.ChangeMemberClass,
        template="memberships/change_member_class.html",
        call=lambda act, given: commands.change_member_class(
            act, membership_id=membership_id, **given
        ),
        done=lambda made: ("memberships:member", membership_id),
        said=_("The kind of membership was changed."),
        may=policies.can_see_applications,
        initial={"from_date": act.today},
        context={"card": card},
    )


def leave_membership(request: HttpRequest, membership_id: int) -> HttpResponse:
    act = act_of(request)
    card = queries.member_card(act, membership_id)
    reasons = [r for r in commands.LEAVING_REASONS.items() if r[0] != "expelled"]
    if not policies.keeps_members(act):
        reasons = [r for r in reasons if r[0] in ("resigned", "other")]
    return form_page(
        request,
        form=lambda *args, **kwargs: forms.LeaveMembership(*args, reasons=reasons, **kwargs),
        template="memberships/leave_membership.html",
        call=lambda act, given: commands.leave_membership(
            act, membership_id=membership_id, **given
        ),
        preview=lambda act, given: (
            _now(
                "%(name)s is no longer a member from %(date)s. Dues still open: %(open)s. Shares to be paid back: %(shares)s."
            )
            % {
                "name": card.name,
                "date": format_date(given["left_date"]),
                "open": format_won(card.open_won),
                "shares": format_won(card.shares_won),
            }
        ),
        done=lambda made: ("memberships:member", membership_id),
        said=_("The membership has ended."),
        may=lambda act: policies.can_leave_membership(act, card),
        initial={"left_date": act.today},
        context={"card": card, "keeps": policies.keeps_members(act)},
    )


def agree_member_dues(request: HttpRequest, membership_id: int) -> HttpResponse:
    act = act_of(request)
    card = queries.member_card(act, membership_id)
    plans = [(t.plan_id, t.name) for t in card.terms if t.is_minimum]
    return form_page(
        request,
        form=lambda *args, **kwargs: dues_forms.AgreeMemberDues(*args, plans=plans, **kwargs),
        template="memberships/agree_member_dues.html",
        call=lambda act, given: commands.agree_member_dues(
            act, membership_id=membership_id, **given
        ),
        done=lambda made: ("memberships:member", membership_id),
        said=_("The amount was agreed."),
        may=policies.can_see_members,
        initial={"from_month": Month.of(act.today)},
        context={"card": card},
    )


CLASSES = Table(
    id="classes",
    title=_("Kinds of member"),
    columns=(
        Column("code", _("Code"), lambda pair: pair[0].code, kind="id"),
        Column("name", _("Name"), lambda pair: pair[0].name),
        Column("who", _("Who may belong"), lambda pair: pair[0].get_who_display()),
        Column("may_vote", _("May vote"), lambda pair: pair[0].may_vote),
        Column("count", _("Members"), lambda pair: pair[1], kind="number"),
        Column(
            "share_minimum_won",
            _("Least shares (won)"),
            lambda pair: pair[0].share_minimum_won,
            kind="won",
        ),
        Column("share_article", _("Article"), lambda pair: pair[0].share_article),
    ),
)


def member_classes(request: HttpRequest) -> HttpResponseBase:
    act = act_of(request)
    policies.can_see_members(act).enforce()
    if file := taken_along(request, CLASSES, queries.counts_by_class(act.today)):
        return file
    return page(
        request,
        "memberships/member_classes.html",
        {
            "counts": queries.counts_by_class(act.today),
            "office": bool(policies.can_see_applications(act)),
        },
    )


def add_member_class(request: HttpRequest) -> HttpResponse:
    return form_page(
        request,
        form=forms.MemberClassForm,
        template="memberships/add_member_class.html",
        call=lambda act, given: commands.add_member_class(act, **given),
        done=lambda made: "memberships:member_classes",
        said=_("The kind of member was added."),
        may=policies.can_add_member_class,
        initial={"may_vote": True, "is_open": True, "holds_shares": True},
    )


def set_member_class(request: HttpRequest, code: str) -> HttpResponse:
    found = queries.member_class(code)
    names = (
        "name",
        "may_vote",
        "interview_required",
        "is_open",
        "holds_shares",
        "share_minimum_won",
        "share_article",
        "description",
    )
    return form_page(
        request,
        form=lambda *args, **kwargs: forms.MemberClassForm(*args, known=True, **kwargs),
        template="memberships/set_member_class.html",
        call=lambda act, given: commands.set_member_class(act, code=code, **given),
        done=lambda made: "memberships:member_classes",
        said=_("Saved."),
        may=lambda act: policies.can_set_member_class(act, found),
        initial={name: getattr(found, name) for name in names},
        context={"found": found},
    )


def _network() -> str:
    profile = parties.network_profile()
    return profile.name if profile else ""


urlpatterns = [
    path("", members, name="members"),
    path("<int:membership_id>/", member, name="member"),
    path("<int:membership_id>/statement/", statement, name="statement"),
    path("<int:membership_id>/notice/", dues_notice, name="dues_notice"),
    path("<int:membership_id>/class/", change_member_class, name="change_member_class"),
    path("<int:membership_id>/leave/", leave_membership, name="leave_membership"),
    path("<int:membership_id>/dues/", agree_member_dues, name="agree_member_dues"),
    path("classes/", member_classes, name="member_classes"),
    path("classes/add/", add_member_class, name="add_member_class"),
    path("classes/<str:code>/", set_member_class, name="set_member_class"),
]
