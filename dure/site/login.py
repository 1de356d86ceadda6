"""How log-in fits Dure: accounts open by invitation, never by themselves.

The link of a letter carries a number signed with the installation's key; nothing secret is stored.
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib.auth import get_user_model
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from dure.domains.parties.events.access import EmailChangeAsked
from dure.kernel.deeds import event_of
from dure.kernel.models import Deed

from .second_factor import SAID, name_of_network

SALT = "dure.invitation"
SALT_OF_EMAIL = "dure.email"
EMAIL_DAYS = 3


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = {**DefaultAccountAdapter.error_messages, **SAID}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Letters of the log-in name the network, not the machine."""
        super().send_mail(template_prefix, email, {**context, "network": name_of_network()})

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("home")


def enter(request: HttpRequest, account_id: int, to: str) -> HttpResponse:
    """Log in the person who has just chosen a password, and go on."""
    user = get_user_model()._default_manager.get(pk=account_id)
    record_authentication(request, user, method="password", email=str(user), reauthenticated=True)
    response: HttpResponse = perform_login(request, user, redirect_url=to)
    return response


def invitation_link(invitation_id: int) -> str:
    """The path that opens the invitation's page."""
    return reverse("accept_invitation", args=[signing.dumps(invitation_id, salt=SALT)])


def invitation_of(letter: str) -> int | None:
    """The invitation a link names; None when the link is not ours."""
    try:
        found = signing.loads(letter, salt=SALT)
    except signing.BadSignature:
        return None
    return found if isinstance(found, int) else None


def email_link(deed_id: int) -> str:
    """The path that proves an address: it names the deed that asked for it."""
    return reverse("change_email", args=[signing.dumps(deed_id, salt=SALT_OF_EMAIL)])


def asked_email(letter: str) -> EmailChangeAsked | None:
    """What the link of a letter asks for; None when it is not ours, or older than EMAIL_DAYS."""
    try:
        deed_id = signing.loads(letter, salt=SALT_OF_EMAIL, max_age=EMAIL_DAYS * 86_400)
    except signing.BadSignature:
        return None
    deed = Deed.objects.filter(pk=deed_id, name=EmailChangeAsked.NAME).first()
    fact = event_of(deed) if deed else None
    return fact if isinstance(fact, EmailChangeAsked) else None
