"""The first page of an empty installation: found the network."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from dure.kernel.acts import Act, Capacity
from dure.kernel.refusals import Denied, Refusal
from dure.ui.doors import act_of, page, refused

from .. import founding, login
from ..forms import FoundNetwork

TEMPLATE = "site/found_network.html"


def found_network(request: HttpRequest) -> HttpResponse:
    """Name, legal form, fiscal year, classes, first person: and the books are open."""
    if not founding.is_needed():
        return HttpResponseRedirect(reverse("home"))
    code = request.POST.get("code") or request.GET.get("code", "")
    try:
        founding.check_code(code)
    except Denied as refusal:
        asks = "site/found_network_code.html"
        return refused(request, refusal, asks, status=422) if code else page(request, asks)
    form = FoundNetwork(request.POST or None)
    about = {"form": form, "code": code}
    if request.method != "POST":
        return page(request, TEMPLATE, about)
    if not form.is_valid():
        return page(request, TEMPLATE, about, status=422)
    asked = act_of(request)
    act = Act(None, asked.at, asked.key, "web", frozenset({Capacity("operator")}))
    given = form.cleaned_data
    try:
        founded = founding.found(
            act,
            founding.Founding(
                name=given["name"],
                legal_form=given["legal_form"],
                fiscal_year_start_month=given["fiscal_year_start_month"],
                classes=given["classes"],
                person_name=given["person_name"],
                email=given["email"],
                password_hash=make_password(given["password"]),
            ),
        )
    except Refusal as refusal:
        return refused(request, refusal, TEMPLATE, about)
    assert founded.account_id is not None
    return login.enter(request, founded.account_id, reverse("security"))
