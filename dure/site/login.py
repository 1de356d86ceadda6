"""How log-in fits Dure: accounts open by invitation, never by themselves.

An invitation's link carries a number signed with the installation's key; nothing secret is stored.
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.core import signing
from django.http import HttpRequest
from django.urls import reverse

SALT = "dure.invitation"


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("home")


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Kakao and Naver log in to accounts that exist; they open none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False


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
