"""In which standing a person acts: resolved once per request from appointments, representations,
seats and memberships, so that low rooms judge by it without knowing where it came from.

An administrator is one only inside an open, logged staff session. Staff whose account has no
second factor (passkey or one-time code) hold no office until they set one up, when the
settings ask for it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from dure.domains.governance import queries as governance
from dure.domains.memberships import queries as memberships
from dure.domains.parties.queries import access
from dure.domains.self_help import queries as self_help
from dure.kernel.acts import Capacity, day_of

from .desk.kept import SEATS, Deeds, look


@dataclass(frozen=True, slots=True)
class Standing:
    person_id: int | None = None
    capacities: frozenset[Capacity] = frozenset()
    staff_session: access.StaffSessionCard | None = None
    wants_second_factor: bool = False  # offices wait until passkey or one-time code is set up
    name: str = ""
    deeds: Deeds | None = None  # as they stood when it was resolved


VISITOR = Standing()


def attach(request: HttpRequest, found: Standing) -> None:
    """Put the standing where pages and doors look for it."""
    request.person_id = found.person_id  # type: ignore[attr-defined]
    request.standing = found.capacities  # type: ignore[attr-defined]
    request.staff_session = found.staff_session  # type: ignore[attr-defined]
    request.whole_standing = found  # type: ignore[attr-defined]


def of_session(request: HttpRequest) -> Standing:
    """The standing of the person logged in to this browser."""
    user = request.user
    if not user.is_authenticated:
        return VISITOR
    return of_person(user.pk, user.person_id, request.at)  # type: ignore[attr-defined]


def of_person(account_id: int, person_id: int | None, at: datetime) -> Standing:
    """All capacities of a person at a moment. An account without a person has none."""
    if person_id is None:
        return VISITOR
    today = day_of(at)
    bearing = access.bearing_of(person_id, today)
    offices, spoken_for = bearing.offices, bearing.speaks_for
    found = {Capacity(office) for office in offices - {"administrator"}}
    found |= {Capacity("representative", organisation_id) for organisation_id in spoken_for}
    found |= memberships.capacities_of(frozenset({person_id, *spoken_for}), today)
    deeds = look()
    found |= deeds.kept(
        (SEATS, "parties"),
        ("seats", person_id, spoken_for, offices, today),
        lambda: governance.capacities_of(person_id, spoken_for, offices, today),
    )
    found |= deeds.kept(
        ("self_help", "parties"),
        ("participations", person_id, spoken_for, today),
        lambda: self_help.capacities_of(frozenset({person_id, *spoken_for}), today),
    )
    found.add(Capacity("person", person_id))
    waits = bool(offices) and settings.DURE_STAFF_MFA_REQUIRED and not has_second_factor(account_id)
    if waits:
        found = {c for c in found if c.name not in offices}
        return Standing(person_id, frozenset(found), None, True, bearing.name, deeds)
    session = None
    if "administrator" in offices:
        found.add(Capacity("appointed_administrator"))
        session = access.open_staff_session(person_id, at)
        if session is not None:
            found.add(Capacity("administrator"))
    return Standing(person_id, frozenset(found), session, False, bearing.name, deeds)


def has_second_factor(account_id: int) -> bool:
    """Whether the account has a passkey or one-time codes set up."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return bool(Authenticator.objects.filter(user_id=account_id, type__in=kinds).exists())


def of_token(holder: access.TokenHolder, at: datetime) -> Standing:
    """A program acts with the offices of its person, but never as administrator."""
    found = of_person(holder.account_id, holder.person_id, at)
    return replace(
        found,
        capacities=found.capacities
        - {Capacity("administrator"), Capacity("appointed_administrator")},
        staff_session=None,
    )
