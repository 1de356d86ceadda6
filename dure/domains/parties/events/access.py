"""Facts about accounts, tokens, invitations and sessions of administrators."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from dure.kernel.deeds import Event
from dure.kernel.personal import Personal
from dure.kernel.refusals import type_text


@dataclass(frozen=True, slots=True)
class PersonInvited(Event):
    invitation_id: int
    party_id: int | None
    email: Personal

    def sentence(self) -> type_text:
        return _("%(email)s was invited to open an account") % {"email": self.email}


@dataclass(frozen=True, slots=True)
class AccountOpened(Event):
    account_id: int
    party_id: int | None
    email: Personal
    invitation_id: int | None = None

    def sentence(self) -> type_text:
        return _("Account opened for %(email)s") % {"email": self.email}


@dataclass(frozen=True, slots=True)
class EmailChangeAsked(Event):
    account_id: int
    party_id: int | None
    before: Personal
    email: Personal

    def sentence(self) -> type_text:
        return _("%(before)s asked to log in as %(email)s; a letter went there") % {
            "before": self.before,
            "email": self.email,
        }


@dataclass(frozen=True, slots=True)
class EmailChanged(Event):
    account_id: int
    party_id: int | None
    before: Personal
    email: Personal

    def sentence(self) -> type_text:
        return _("%(before)s logs in as %(email)s from now on") % {
            "before": self.before,
            "email": self.email,
        }


@dataclass(frozen=True, slots=True)
class AccountClosed(Event):
    account_id: int
    party_id: int | None
    reason: str

    def sentence(self) -> type_text:
        return _("Account closed: %(reason)s") % {"reason": self.reason}


@dataclass(frozen=True, slots=True)
class AccountErased(Event):
    account_id: int
    party_id: int | None

    def sentence(self) -> type_text:
        return _("Account erased")


@dataclass(frozen=True, slots=True)
class TokenIssued(Event):
    token_id: int
    party_id: int | None
    name: str
    scopes: tuple[str, ...]
    days: int

    def sentence(self) -> type_text:
        return _("Token “%(name)s” issued for %(days)d days: %(scopes)s") % {
            "name": self.name,
            "days": self.days,
            "scopes": ", ".join(self.scopes),
        }


@dataclass(frozen=True, slots=True)
class TokenRevoked(Event):
    token_id: int
    party_id: int | None
    name: str

    def sentence(self) -> type_text:
        return _("Token “%(name)s” revoked") % {"name": self.name}


@dataclass(frozen=True, slots=True)
class StaffSessionOpened(Event):
    session_id: int
    party_id: int
    reason: str
    minutes: int

    def sentence(self) -> type_text:
        return _("Administrator session opened for %(minutes)d minutes: %(reason)s") % {
            "minutes": self.minutes,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class StaffSessionClosed(Event):
    session_id: int
    party_id: int

    def sentence(self) -> type_text:
        return _("Administrator session closed")
