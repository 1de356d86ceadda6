"""A small stage for the frame: one form page, one list, answered without any room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import include, path

from dure.kernel.acts import Capacity
from dure.kernel.refusals import Refusal
from dure.kernel.verdict import ALLOW, Verdict, deny
from dure.ui import styleguide
from dure.ui.doors import action, form_page
from dure.ui.fields import DateField, WonField
from dure.ui.tables import Column, Table, ask, listing, show


class TillClosed(Refusal):
    """The till of that day is closed."""

    text = "The till of %(day)s is closed."
    remedy = "Choose a later day."


class TakeMoney(forms.Form):
    day = DateField(label="날짜")
    amount_won = WonField(label="금액", help_text="12만원처럼 적어요.")
    text = forms.CharField(label="내용", max_length=20)


CALLS: list[tuple[Any, dict[str, Any]]] = []


def _call(act: Any, given: dict[str, Any]) -> int:
    if given["text"] == "closed":
        raise TillClosed(day=given["day"])
    CALLS.append((act, given))
    return 7


def _may(act: Any) -> Verdict:
    return deny("Only a treasurer takes money.") if not act.holds("treasurer") else ALLOW


def take_money(request: HttpRequest) -> HttpResponseBase:
    return form_page(
        request,
        form=TakeMoney,
        template="stage/form.html",
        call=_call,
        done=lambda number: f"/done/{number}/",
        said="Taken.",
        may=_may,
    )


def bill(request: HttpRequest) -> HttpResponseBase:
    return form_page(
        request,
        form=TakeMoney,
        template="stage/form.html",
        call=_call,
        done=lambda number: "/done/",
        preview=lambda act, given: f"{given['amount_won']:,}원이 {PEOPLE}명에게 청구됩니다.",
    )


PEOPLE = 21


def approve(request: HttpRequest) -> HttpResponseBase:
    return action(
        request,
        call=lambda act: _call(act, {"text": request.POST.get("text", ""), "day": "today"}),
        done=lambda number: "/done/",
        said="Approved.",
        back="/members/",
    )


@dataclass(frozen=True)
class Member:
    pk: int
    name: str
    paid_won: int
    state: str = "ok"


class Filter(forms.Form):
    state = forms.ChoiceField(
        label="상태", required=False, choices=[("", "모두"), ("ok", "회원"), ("bad", "체납")]
    )


MEMBERS = Table(
    id="members",
    title="회원",
    sort="name",
    filters=Filter,
    per_page=10,
    columns=(
        Column("pk", "번호", kind="id", sort="pk"),
        Column("name", "이름", sort="name", link=lambda m: f"/members/{m.pk}/"),
        Column("paid_won", "납부", kind="won", sort="paid_won"),
        Column("state", "상태", tone=lambda m: m.state),
    ),
)
EVERYONE = [
    Member(i, f"회원{i:03}", i * 10_000, "bad" if i % 7 == 0 else "ok") for i in range(1, 96)
]


def members(request: HttpRequest) -> HttpResponseBase:
    asked = ask(request, MEMBERS)
    rows = [
        m
        for m in EVERYONE
        if asked.search in m.name and asked.given.get("state") in (None, "", m.state)
    ]
    return show(
        request,
        MEMBERS,
        asked,
        rows,
        "stage/list.html",
        totals={"paid_won": sum(m.paid_won for m in rows)},
    )


def acting(get_response: Any) -> Any:
    """Middleware: a treasurer acts, on the day of the stage."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        request.person_id, request.at = 3, datetime(2026, 11, 20, 1, tzinfo=UTC)
        request.standing = frozenset({Capacity("treasurer")})
        return get_response(request)

    return answer


def guide(request: HttpRequest) -> HttpResponseBase:
    return render(request, "ui/styleguide.html", styleguide.shown(request))


LOGGED_IN = True


def strict(request: HttpRequest) -> HttpResponseBase:
    """A form whose session runs out between the page and the button."""
    if not LOGGED_IN:
        request.standing = frozenset()
    return take_money(request)


LONG = "가나다라" * 80


def long(request: HttpRequest) -> HttpResponseBase:
    """Everything at once, and all of it far too long."""
    rows = [Member(1, LONG, 10**15, "bad"), Member(2, LONG.replace("가", "a"), -(10**15), "ok")]
    columns = (*MEMBERS.columns, Column("again", LONG, "name", tone=lambda m: "warn"))
    asked = ask(request, MEMBERS)
    shown = listing(request, Table("long", LONG, columns), asked, rows)
    form = TakeMoney({"day": LONG, "amount_won": LONG, "text": LONG})
    form.is_valid()
    return render(
        request,
        "stage/long.html",
        {
            "long": LONG,
            "listing": shown,
            "form": form,
            "refusal": TillClosed(day=LONG),
            "network": {"name": LONG},
            "account": {"name": LONG, "items": []},
            "search_url": "/s/",
            "nav": styleguide.NAV,
        },
    )


def done(request: HttpRequest) -> HttpResponseBase:
    return render(request, "ui/refused.html", {"status": 404})


urlpatterns = [
    path("guide/", guide),
    path("long/", long),
    path("done/", done),
    path("done/<int:number>/", lambda request, number: done(request)),
    path("take/", take_money),
    path("strict/", strict),
    path("bill/", bill),
    path("approve/", approve),
    path("members/", members),
    path("ui/", include("dure.ui.pages")),
]
