"""Reads about accounts, tokens, invitations and sessions of administrators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import BigIntegerField, F, Q, QuerySet, Value

from dure.kernel.acts import Act

from ..models import (
    Account,
    ApiToken,
    Appointment,
    Invitation,
    Party,
    Representative,
    StaffSession,
)
from .offices import in_force

LIST_MAX = 200
OFFICE, SPEAKS, NAME = "office", "speaks", "name"


@dataclass(frozen=True, slots=True)
class Bearing:
    """What a person brings along on a day: name, staff offices, organisations spoken for."""

    name: str
    offices: frozenset[str]
    speaks_for: frozenset[int]


def bearing_of(person_id: int, on: date) -> Bearing:
    """Everything of parties that a person's standing rests on, in one read; every request asks it."""

    def rows(found: QuerySet[Any], kind: str, number: Any, text: Any) -> Any:
        told = found.annotate(told_kind=Value(kind), told_number=number, told_text=text)
        return told.order_by().values_list("told_kind", "told_number", "told_text")

    offices = Appointment.objects.filter(in_force(on), person_id=person_id)
    speaks = Representative.objects.filter(
        in_force(on), person_id=person_id, organisation__party__merged_into=None
    )
    named = Party.objects.filter(pk=person_id)
    found = list(
        rows(named, NAME, F("pk"), F("name")).union(
            rows(offices, OFFICE, Value(0, BigIntegerField()), F("office")),
            rows(speaks, SPEAKS, F("organisation_id"), Value("")),
            all=True,
        )
    )
    return Bearing(
        next((text for kind, _number, text in found if kind == NAME), ""),
        frozenset(text for kind, _number, text in found if kind == OFFICE),
        frozenset(number for kind, number, _text in found if kind == SPEAKS),
    )


@dataclass(frozen=True, slots=True)
class StaffSessionCard:
    id: int
    person_id: int
    person_name: str
    reason: str
    opened_at: datetime
    until_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class TokenCard:
    id: int
    name: str
    prefix: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None  # to the hour
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class TokenHolder:
    """In whose name a valid token acts, and how far."""

    token_id: int
    account_id: int
    person_id: int
    scopes: frozenset[str]


@dataclass(frozen=True, slots=True)
class InvitationCard:
    id: int
    email: str
    person_id: int | None
    created_at: datetime
    until_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class AccountCard:
    id: int
    email: str
    person_id: int | None
    language: str
    is_active: bool


def open_staff_session(person_id: int, at: datetime) -> StaffSessionCard | None:
    """The administrator session a person has open at a moment."""
    found = (
        StaffSession.objects.filter(person_id=person_id, closed_at=None, until_at__gt=at)
        .select_related("person")
        .order_by("-opened_at", "-id")
        .first()
    )
    return _session_card(found) if found else None


def staff_sessions(act: Act, limit: int = LIST_MAX) -> list[StaffSessionCard]:
    """The latest sessions: all of them for administrators and the secretariat, else one's own."""
    found = StaffSession.objects.select_related("person").order_by("-opened_at", "-id")
    if not act.holds("administrator", "secretariat", "operator", "system"):
        found = found.filter(person_id=act.actor_id)
    return [_session_card(session) for session in found[:limit]]


def _session_card(session: StaffSession) -> StaffSessionCard:
    return StaffSessionCard(
        session.pk,
        session.person_id,
        session.person.name,
        session.reason,
        session.opened_at,
        session.until_at,
        session.closed_at,
    )


def tokens_of(act: Act) -> list[TokenCard]:
    """One's own tokens, the newest first."""
    found = ApiToken.objects.filter(account__person_id=act.actor_id).order_by("-created_at", "-id")
    return [
        TokenCard(
            token.pk,
            token.name,
            token.prefix,
            tuple(token.scopes),
            token.created_at,
            token.expires_at,
            token.last_used_at,
            token.revoked_at,
        )
        for token in found[:LIST_MAX]
    ]


def token_holder(digest: str, at: datetime) -> TokenHolder | None:
    """Whose the token with this digest is, while it is valid and the account is open.

    Its use is noted to the hour, so that a busy program costs no write per request.
    """
    found = (
        ApiToken.objects.filter(
            Q(expires_at=None) | Q(expires_at__gt=at),
            digest=digest,
            revoked_at=None,
            account__is_active=True,
            account__person__isnull=False,
        )
        .values_list("pk", "account_id", "account__person_id", "scopes", "last_used_at")
        .first()
    )
    if found is None:
        return None
    token_id, account_id, person_id, scopes, last_used_at = found
    hour = at.replace(minute=0, second=0, microsecond=0)
    if last_used_at != hour:
        ApiToken.objects.filter(pk=token_id).update(last_used_at=hour)
    return TokenHolder(token_id, account_id, person_id, frozenset(scopes))


def invitation_card(invitation_id: int) -> InvitationCard | None:
    """An invitation; whoever asks has shown its letter."""
    found = Invitation.objects.filter(pk=invitation_id).first()
    if found is None:
        return None
    return InvitationCard(
        found.pk, found.email, found.person_id, found.created_at, found.until_at, found.used_at
    )


def account_of(person_id: int) -> AccountCard | None:
    """The account of a person, if any."""
    return _account_card(Account.objects.filter(person_id=person_id).first())


def account_by_email(email: str) -> AccountCard | None:
    return _account_card(Account.objects.filter(email__iexact=email).first())


def _account_card(found: Account | None) -> AccountCard | None:
    if found is None:
        return None
    return AccountCard(found.pk, found.email, found.person_id, found.language, found.is_active)
