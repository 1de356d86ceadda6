"""How people come in: the login account, tokens for programs, sessions of administrators."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from .party import Party


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by e-mail, whatever its case."""

    def get_by_natural_key(self, email: str | None) -> Account:
        return self.get(email__iexact=email or "")


class Account(AbstractBaseUser):
    """A login. What its person may do comes from offices and memberships, never from the account."""

    email = models.EmailField(max_length=254, unique=True)
    person = models.OneToOneField(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="account"
    )
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=2, default="ko")
    created_at = models.DateTimeField()

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="account_email_once")]

    def __str__(self) -> str:
        return self.email

    @property
    def matter(self) -> str:
        """What personal texts about the account are found by."""
        return f"parties.Account:{self.pk}"


class ApiToken(models.Model):
    """A program's key to the API, in the name of an account. Only its digest is kept."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="api_tokens")
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=12)  # shown, so that people know which token it is
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)


class StaffSession(models.Model):
    """A logged, time-limited session in which an administrator may act as one (end exclusive)."""

    person = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="staff_sessions")
    reason = models.CharField(max_length=200)
    opened_at = models.DateTimeField()
    until_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at__gt=F("opened_at")), name="staff_session_ends"
            )
        ]


class Invitation(models.Model):
    """A letter that lets its reader open an account, once, until a moment.

    The letter's link is signed with the installation's key, so nothing secret is kept here.
    """

    email = models.EmailField(max_length=254)
    person = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="invitations"
    )
    invited_by_id = models.BigIntegerField(null=True, blank=True)  # a person's party id
    created_at = models.DateTimeField()
    until_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    @property
    def matter(self) -> str:
        """What personal texts about the invitation are found by."""
        return f"parties.Invitation:{self.pk}"
