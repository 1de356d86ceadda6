"""The room of a meeting: the code on its wall, who is there, the live quorum, proxies."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import segno
from django import forms as django_forms
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.translation import get_language, gettext as _now, gettext_lazy as _

from dure.kernel.acts import Act
from dure.ui.doors import act_of, action, form_about, page
from dure.ui.files import as_it_came
from dure.ui.tables import Column, Table, ask, listing
from dure.ui.uploads import content_of

from .. import commands, forms, policies, queries


class Presence(django_forms.Form):
    state = django_forms.ChoiceField(
        label=_("Presence"),
        required=False,
        choices=[("", _("all")), ("there", _("there")), ("away", _("not there"))],
    )


PRESENT = Table(
    id="presence",
    title=_("Attendance"),
    filters=Presence,
    columns=(Column("name", _("Voter")), Column("person", _("Sat for it"), "sits_for")),
    exports=(),
    empty_title=_("You have no vote in this meeting."),
)


def quorum(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The live quorum alone, asked for every few seconds by everybody in the room: nothing is sent
    while nothing changed."""
    live = queries.quorum_shown(act_of(request), meeting_id, request.whole_standing.deeds)  # type: ignore[attr-defined]
    tag = f'"{live.stamp}-{get_language()}"'
    if request.headers.get("If-None-Match") == tag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(render_to_string("governance/_quorum.html", {"live": live}))
    response["ETag"] = tag
    return response


def room(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """For the screen in the room: the code of this minute, to scan or to type, and the quorum."""
    act = act_of(request)
    row = queries.meeting_row(act, meeting_id)
    code = queries.room_code(act, row)
    there = request.build_absolute_uri(reverse("governance:meeting", args=[meeting_id]))
    drawn = segno.make_qr(f"{there}?code={code}", error="m")
    about = {
        "meeting": row,
        "code": code,
        "picture": drawn.svg_data_uri(border=2, scale=8, dark="#000", light="#fff"),
        "address": there,
        "live": queries.quorum_shown(act, meeting_id, request.whole_standing.deeds),  # type: ignore[attr-defined]
    }
    return page(request, "governance/room.html", about, part="governance/_code.html")


def attendance(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Who has a vote and who is there, to be found by name, each with a button to check in."""
    act = act_of(request)
    row = queries.meeting_row(act, meeting_id)
    asked = ask(request, PRESENT)
    lines = queries.presence_lines(act, row, asked.search)
    if asked.given.get("state"):
        lines = [one for one in lines if one.is_present == (asked.given["state"] == "there")]
    about = {
        "meeting": row,
        "runs": bool(policies.can_run_meeting(act, row)),
        "live": queries.quorum_shown(act, meeting_id, request.whole_standing.deeds),  # type: ignore[attr-defined]
        "listing": listing(request, PRESENT, asked, lines),
        "is_live": row.state in ("convened", "open"),
        "knows_writing": queries.knows_writing(row),
    }
    return page(request, "governance/attendance.html", about, part="governance/_presence.html")


def check_in(request: HttpRequest, meeting_id: int, party_id: int) -> HttpResponse:
    return action(
        request,
        call=lambda act: commands.check_in(
            act, meeting_id=meeting_id, party_id=party_id, code=request.POST.get("code", "")
        ),
        done=lambda row: _back(request, meeting_id),
        said=_("Checked in."),
        back=("governance:meeting", meeting_id),
    )


def check_out(request: HttpRequest, meeting_id: int, party_id: int) -> HttpResponse:
    return action(
        request,
        call=lambda act: commands.check_out(act, meeting_id=meeting_id, party_id=party_id),
        done=lambda row: _back(request, meeting_id),
        said=_("Checked out."),
        back=("governance:meeting", meeting_id),
    )


def _back(request: HttpRequest, meeting_id: int) -> str:
    """To the list from which it was pressed, as it was searched, or to the meeting."""
    listed = request.POST.get("from") == "attendance"
    there = reverse(f"governance:{'attendance' if listed else 'meeting'}", args=[meeting_id])
    search = request.POST.get("q", "") if listed else ""
    return f"{there}?{urlencode({'q': search})}" if search else there


def proxies(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Who lets whom vote, by which paper."""
    act = act_of(request)
    row = queries.meeting_row(act, meeting_id)
    about = {
        "meeting": row,
        "lines": queries.proxies_of(act, row),
        "may_withdraw": row.state in ("convened", "open"),
    }
    return page(request, "governance/proxies.html", about)


def give_proxy(request: HttpRequest, meeting_id: int, party_id: int) -> HttpResponse:
    row = queries.meeting_row(act_of(request), meeting_id)
    return form_about(
        request,
        ("governance:meeting", meeting_id),
        title=_now("Give a proxy"),
        name=row.title,
        form=forms.GiveProxy,
        may=lambda act: policies.can_give_proxy(act, row, party_id),
        call=lambda act, given: commands.give_proxy(
            act, meeting_id=meeting_id, party_id=party_id, **given
        ),
        done=lambda made: ("governance:keep_proxy_paper", made.pk),
        said=_("The proxy is noted. Who holds it checks in and votes. Add a picture of the paper."),
    )


def keep_proxy_paper(request: HttpRequest, proxy_id: int) -> HttpResponse:
    """Hand in a picture of the paper; on a phone its camera opens."""
    act = act_of(request)
    meeting_id, party_id = queries.meeting_and_voter(act, proxy_id)
    row = queries.meeting_row(act, meeting_id)

    def call(act: Act, given: dict[str, Any]) -> Any:
        sent = given["file"]
        return commands.keep_proxy_paper(
            act, proxy_id=proxy_id, name=sent.name, content=content_of(sent)
        )

    return form_about(
        request,
        ("governance:proxies", meeting_id),
        title=_now("Add the written proxy"),
        name=row.title,
        form=forms.ProxyPaper,
        may=lambda act: policies.can_keep_proxy_paper(act, row, party_id),
        call=call,
        said=_("The paper is kept, encrypted."),
    )


def proxy_paper(request: HttpRequest, proxy_id: int) -> HttpResponse:
    """The paper as it came: saved, never shown inside a page of ours."""
    opened = queries.open_proxy_paper(act_of(request), proxy_id)
    return as_it_came(opened.content, opened.name)


def withdraw_proxy(request: HttpRequest, proxy_id: int) -> HttpResponse:
    meeting_id, _party_id = queries.meeting_and_voter(act_of(request), proxy_id)
    return action(
        request,
        call=lambda act: commands.withdraw_proxy(act, proxy_id=proxy_id),
        said=_("The proxy is withdrawn."),
        back=("governance:proxies", meeting_id),
    )


urlpatterns = [
    path("meetings/<int:meeting_id>/quorum/", quorum, name="quorum"),
    path("meetings/<int:meeting_id>/room/", room, name="room"),
    path("meetings/<int:meeting_id>/attendance/", attendance, name="attendance"),
    path("meetings/<int:meeting_id>/in/<int:party_id>/", check_in, name="check_in"),
    path("meetings/<int:meeting_id>/out/<int:party_id>/", check_out, name="check_out"),
    path("meetings/<int:meeting_id>/proxies/", proxies, name="proxies"),
    path("meetings/<int:meeting_id>/proxy/<int:party_id>/", give_proxy, name="give_proxy"),
    path("proxies/<int:proxy_id>/paper/", keep_proxy_paper, name="keep_proxy_paper"),
    path("proxies/<int:proxy_id>/paper/file/", proxy_paper, name="proxy_paper"),
    path("proxies/<int:proxy_id>/withdraw/", withdraw_proxy, name="withdraw_proxy"),
]
