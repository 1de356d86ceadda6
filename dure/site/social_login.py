"""Kakao and Naver log in to accounts that exist; they open none.

1. Who has joined them by hand, under log-in and security, comes in with them.
2. Otherwise the provider must vouch for the address, and the address be proven here by a letter that
   was answered: then they are joined, and the person comes in. A second factor is asked all the same.
3. Kakao vouches for what it calls valid and verified. Naver does not say whether an address that is
   not its own was proven, so only addresses at naver.com count.
4. Nothing a provider tells is kept but the number of the account there.
"""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthProcess
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from dure.kernel.refusals import Refusal
from dure.ui.doors import refused

NAMES = {"kakao": _("Kakao"), "naver": _("Naver")}


class NotJoined(Refusal):
    """Nobody here is known to be the person at the provider."""

    text = _("This %(provider)s account is not joined with an account here.")
    remedy = _(
        "Log in with your e-mail address and password. Then join it under “Log-in and security”."
    )


class Adapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def new_user(self, request: HttpRequest, sociallogin: Any) -> Any:
        """Take from what the provider told the address it vouches for, and forget the rest."""
        account = sociallogin.account
        address = vouched_for(account.provider, account.extra_data)
        sociallogin.email_addresses = (
            [EmailAddress(email=address, verified=True, primary=True)] if address else []
        )
        account.extra_data = {}
        return super().new_user(request, sociallogin)

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Join who is known for certain. Everybody else is refused, with what can be done."""
        joining_by_hand = sociallogin.state.get("process") == AuthProcess.CONNECT
        if sociallogin.is_existing or joining_by_hand:
            return
        found = None
        for proven in sociallogin.email_addresses:
            known = EmailAddress.objects.select_related("user").order_by("pk")
            asked = known.filter(email__iexact=proven.email, verified=True, user__is_active=True)
            found = found or asked.first()
        if found is None:
            provider = NAMES[sociallogin.account.provider]
            raise ImmediateHttpResponse(refused(request, NotJoined(provider=provider)))
        sociallogin.connect(request, found.user)


def vouched_for(provider: str, told: dict[str, Any]) -> str:
    """The address that surely belongs to the person at the provider; "" when there is none."""
    if provider == "kakao":
        account = told.get("kakao_account") or {}
        sure = account.get("is_email_valid") is True and account.get("is_email_verified") is True
        address = account.get("email") if sure else ""
    else:
        address = told.get("email")
    address = address.lower() if isinstance(address, str) else ""
    return address if provider == "kakao" or address.endswith("@naver.com") else ""
