"""Another address to log in with: asked for here, proven by a letter."""

from __future__ import annotations

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from dure.domains.parties.commands import emails as commands
from dure.domains.parties.policies import access as policies
from dure.kernel.acts import Act, Capacity
from dure.kernel.refusals import Denied, NotFound, Refusal
from dure.ui.doors import act_of, away, form_page, page, refused

from . import forms, login


class EmailLetterNotOurs(NotFound):
    """The link is damaged, or too old."""

    text = _("This link is not complete, or older than %(days)d days.")
    remedy = _("Open it again from the letter, or log in and ask for the change again.")


class TooManyChanges(Refusal):
    """One account asks for more letters than anyone needs."""

    text = _("Too many letters were asked for within an hour.")
    remedy = _("Try again later.")
    status = 429


def ask_email_change(request: HttpRequest) -> HttpResponse:
    """Write to the new address; whoever has not typed the password for minutes types it again."""
    account_id = request.user.pk
    if account_id is None:
        raise Denied(_("Log in to see this page."))
    raise_if_reauthentication_required(request, app="")  # "": whatever the settings say

    def call(act: Act, given: dict[str, str]) -> object:
        if not ratelimit.consume(
            request, app="allauth.account", action="manage_email", user=request.user
        ):
            raise TooManyChanges
        return commands.ask_email_change(act, account_id=account_id, **given)

    return form_page(
        request,
        form=forms.AskEmailChange,
        template="site/ask_email_change.html",
        call=call,
        done=lambda account: "security",
        said=_("A letter is on its way to the new address. Open its link to change over."),
        may=policies.can_ask_email_change,
        context={"email": str(request.user)},
    )


def change_email(request: HttpRequest, letter: str) -> HttpResponse:
    """Change over. The letter's reader may sit at another computer, where nobody is logged in."""
    asked = login.asked_email(letter)
    if asked is None:
        raise EmailLetterNotOurs(days=login.EMAIL_DAYS)
    if request.method != "POST":
        return page(request, "site/change_email.html", {"asked": asked})
    found = act_of(request)
    act = Act(
        asked.party_id,
        found.at,
        found.key,
        "web",
        frozenset({Capacity("asked_email", asked.account_id)}),
    )
    try:
        commands.change_email(
            act, account_id=asked.account_id, email=str(asked.email), before=str(asked.before)
        )
    except Refusal as refusal:
        return refused(request, refusal)
    return away(request, "security", _("From now on you log in with the new address."))


urlpatterns = [
    path("email/", ask_email_change, name="ask_email_change"),
    path("email/<str:letter>/", change_email, name="change_email"),
]
