"""The cast: a small network with named people, the same in every test that asks for it.

하늘 runs the secretariat, 보라 keeps the books, 가람 is appointed administrator, 다온 speaks for the
member organisation 햇살돌봄, 마루 is a member in person. Nobody is logged in until asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from uuid import NAMESPACE_DNS, UUID, uuid5

from django.contrib.auth.hashers import make_password

from dure.domains.ledger import commands as ledger
from dure.domains.memberships import commands as memberships
from dure.domains.parties import commands as parties
from dure.domains.parties.commands import access
from dure.kernel.acts import Act, Capacity

PASSWORD = "산들바람이 부는 언덕"
STARTED = date(2026, 1, 1)


@dataclass(slots=True)
class Cast:
    """Ids of people and things; `accounts` by role."""

    secretary: int = 0  # 하늘
    bookkeeper: int = 0  # 보라
    administrator: int = 0  # 가람
    representative: int = 0  # 다온
    member: int = 0  # 마루
    organisation: int = 0  # 햇살돌봄 사회적협동조합
    organisation_membership: int = 0
    member_membership: int = 0
    accounts: dict[str, int] = field(default_factory=dict)


def build(at: datetime) -> Cast:
    """Make the network and its people through the ordinary commands."""
    numbers = count(1)

    def act() -> Act:
        key: UUID = uuid5(NAMESPACE_DNS, f"cast-{next(numbers)}")
        return Act(None, at, key, "cli", frozenset({Capacity("system"), Capacity("operator")}))

    cast = Cast()
    parties.found_network(act(), name="한울 사회연대경제 네트워크", legal_form="association")
    ledger.open_books(act(), first_date=STARTED)
    for code, name, who, may_vote in memberships.STARTING_CLASSES:
        memberships.add_member_class(act(), name=name, code=code, who=who, may_vote=may_vote)

    def person(name: str, role: str) -> int:
        email = f"{role}@example.kr"
        found = parties.add_person(act(), name=name, email=email)
        account = access.open_account(
            act(), email=email, person_id=found.pk, password_hash=make_password(PASSWORD)
        )
        cast.accounts[role] = account.pk
        return int(found.pk)

    cast.secretary = person("김하늘", "secretariat")
    cast.bookkeeper = person("이보라", "bookkeeper")
    cast.administrator = person("박가람", "administrator")
    cast.representative = person("최다온", "representative")
    cast.member = person("정마루", "member")
    for person_id, office in (
        (cast.secretary, "secretariat"),
        (cast.bookkeeper, "bookkeeper"),
        (cast.administrator, "administrator"),
    ):
        parties.appoint_staff(
            act(), person_id=person_id, office=office, from_date=STARTED, decision="창립총회"
        )
    organisation = parties.add_organisation(
        act(), name="햇살돌봄 사회적협동조합", legal_form="social_cooperative", is_published=True
    )
    cast.organisation = organisation.pk
    parties.name_representative(
        act(),
        organisation_id=organisation.pk,
        person_id=cast.representative,
        from_date=STARTED,
        role="이사장",
    )
    cast.organisation_membership = memberships.enrol_member(
        act(),
        party_id=organisation.pk,
        member_class="organisation",
        joined_date=STARTED,
        decided_by="창립총회",
    ).pk
    cast.member_membership = memberships.enrol_member(
        act(),
        party_id=cast.member,
        member_class="person",
        joined_date=STARTED,
        decided_by="창립총회",
    ).pk
    return cast
