"""The first steps of a network: its name and form, its books, its classes of members, its first person.

One act in one transaction, asked for by the wizard in the terminal or in the browser. In the
browser it needs the code that `dure serve` prints, so that no passer-by founds the network.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, replace
from uuid import uuid5

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.ledger import commands as ledger
from dure.domains.memberships import commands as memberships
from dure.domains.parties import commands as parties, queries
from dure.domains.parties.commands import access
from dure.kernel.acts import Act
from dure.kernel.refusals import Denied

from . import limits

FIRST_OFFICES = ("secretariat", "bookkeeper", "administrator")
STANDARD_CLASSES = tuple(name for _code, name, _who, _vote in memberships.STARTING_CLASSES)


@dataclass(frozen=True, slots=True)
class Founding:
    """What the wizard asks."""

    name: str
    legal_form: str
    fiscal_year_start_month: int = 1
    classes: tuple[str, ...] = STANDARD_CLASSES
    person_name: str = ""
    email: str = ""
    password_hash: str = ""


def is_needed() -> bool:
    """Whether there is no network yet."""
    if "parties_networkprofile" not in connection.introspection.table_names():
        return True
    return queries.network_profile() is None


def network_name() -> str:
    profile = queries.network_profile()
    return profile.name if profile else ""


def code() -> str:
    """What whoever can read the server's output knows, and nobody else."""
    secret = settings.SECRET_KEY.encode()
    return hmac.new(secret, b"dure.welcome", hashlib.sha256).hexdigest()[:12]


def check_code(given: str) -> None:
    """Raises Denied unless it is the code that `dure serve` prints."""
    if not hmac.compare_digest(given.encode(), code().encode()):
        raise Denied(
            _(
                "Open the address that `dure serve` prints: it carries the code of this installation."
            )
        )


@dataclass(frozen=True, slots=True)
class Founded:
    """Who came in with the founding; ids, None where nobody was named."""

    person_id: int | None = None
    account_id: int | None = None
    invitation_id: int | None = None


def found(act: Act, given: Founding) -> Founded:
    """Do all of it or nothing. The first person gets an account when a password was chosen,
    else an invitation."""
    steps = iter(range(1000))

    def step() -> Act:
        return replace(act, key=uuid5(act.key, f"founding, step {next(steps)}"))

    with transaction.atomic():
        parties.found_network(
            step(),
            name=given.name,
            legal_form=given.legal_form,
            fiscal_year_start_month=given.fiscal_year_start_month,
        )
        ledger.open_books(step(), fiscal_year_start_month=given.fiscal_year_start_month)
        known = {name: (key, who, vote) for key, name, who, vote in memberships.STARTING_CLASSES}
        for name in given.classes:
            key, who, vote = known.get(name, ("", "any", True))
            memberships.add_member_class(step(), name=name, code=key, who=who, may_vote=vote)
        if not given.email:
            return Founded()
        name = given.person_name or given.email.split("@")[0]
        person_id = int(parties.add_person(step(), name=name, email=given.email).pk)
        for office in FIRST_OFFICES:
            parties.appoint_staff(
                step(),
                person_id=person_id,
                office=office,
                from_date=act.today,
                decision=_now("Founding of the network"),
            )
        if not given.password_hash:
            invitation = access.invite_person(
                step(),
                email=given.email,
                person_id=person_id,
                days=limits.invitation_days(act.today),
            )
            return Founded(person_id, None, invitation.pk)
        account = access.open_account(
            step(), email=given.email, person_id=person_id, password_hash=given.password_hash
        )
        return Founded(person_id, account.pk)
