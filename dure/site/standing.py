"""In which standing a person acts: resolved once per request from appointments, representations,
seats and memberships, so that low rooms judge by it without knowing where it came from.

An administrator is one only inside an open, logged staff session. Staff whose account has no
second factor (passkey or one-time code) hold no office until they set one up, when the
settings ask for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest

from dure.domains.memberships import queries as memberships
from dure.domains.parties import queries as parties
from dure.domains.parties.queries import access
from dure.kernel.acts import SEOUL, Capacity

STAFF_OFFICES = frozenset(
    {"secretariat", "bookkeeper", "loan_officer", "town_operator", "administrator"}
)


@dataclass(frozen=True, slots=True)
class Standing:
    person_id: int | None = None
    capacities: frozenset[Capacity] = frozenset()
    staff_session: access.StaffSessionCard | None = None
    wants_second_factor: bool = False  # offices wait until passkey or one-time code is set up
    may_administer: bool = False  # appointed, whether or not a session is open


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


def of_person(account_id: int, person_id: int, at: datetime, second_factor: bool | None = None) -> Standing:
    """All capacities of a person at a moment.

    `second_factor` true or false overrides the look at the account: a token was made by a
    person who had one.
    """
    today = at.astimezone(SEOUL).date()
    found = set(parties.capacities_of(person_id, today))
    found |= memberships.capacities_of(
        frozenset({person_id} | {c.of for c in found if c.name == "representative" and c.of}), today
    )
    found.add(Capacity("person", person_id))
    offices = {capacity for capacity in found if capacity.name in STAFF_OFFICES}
    may_administer = Capacity("administrator") in offices
    found.discard(Capacity("administrator"))
    waits = False
    if offices and settings.DURE_STAFF_MFA_REQUIRED:
        waits = not (access.has_second_factor(account_id) if second_factor is None else second_factor)
        if waits:
            found -= offices
    session = None
    if may_administer and not waits:
        session = access.open_staff_session(person_id, at)
        if session is not None:
            found.add(Capacity("administrator"))
    return Standing(person_id, frozenset(found), session, waits, may_administer)
