"""The nouns of the invented network: people, organisations, members, and who hoped to be one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from .names import Trade

FOUNDED = date(2015, 6, 11)
ORGANISATION, PERSON, SUPPORTER = "organisation", "person", "supporter"


@dataclass(frozen=True, slots=True)
class Person:
    key: str
    name: str
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class Designation:
    kind: str
    number: str
    from_date: date
    until_date: date | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A person speaks for an organisation from a day until a day (exclusive)."""

    person: Person
    from_date: date
    until_date: date | None
    role: str
    is_deputy: bool = False


@dataclass(frozen=True, slots=True)
class Organisation:
    key: str
    name: str
    short: str  # as banks print it
    section: str
    trade: Trade
    legal_form: str
    business_number: str
    phone: str
    email: str
    address: str
    workers: int
    members: int
    founded_date: date
    designations: tuple[Designation, ...]
    contact: Person


@dataclass(frozen=True, slots=True)
class Member:
    """One spell of belonging, of an organisation or of a person."""

    key: str
    member_class: str
    joined: date
    left: date | None = None
    organisation: Organisation | None = None
    person: Person | None = None
    terms: tuple[Term, ...] = ()
    left_reason: str = ""
    left_note: str = ""

    @property
    def name(self) -> str:
        return self.organisation.name if self.organisation else self._person.name

    @property
    def payer(self) -> str:
        return self.organisation.short if self.organisation else self._person.name

    @property
    def party(self) -> str:
        return self.organisation.key if self.organisation else self._person.key

    @property
    def _person(self) -> Person:
        assert self.person is not None
        return self.person

    @property
    def is_founding(self) -> bool:
        return self.joined == FOUNDED

    def belongs_on(self, day: date) -> bool:
        return self.joined <= day and (self.left is None or day < self.left)

    def speaker(self, day: date) -> Person | None:
        """Who deals with everyday things in an organisation."""
        found = [
            one
            for one in self.terms
            if one.from_date <= day and (one.until_date is None or day < one.until_date)
        ]
        return min(found, key=lambda one: not one.is_deputy).person if found else None


@dataclass(frozen=True, slots=True)
class Hopeful:
    """Someone whose application did not lead to a membership: refused, withdrawn or waiting."""

    key: str
    member_class: str
    applied: date
    state: str  # refused, appealed, withdrawn, applied, papers, interviewed, sponsored, approved
    reason: str = ""
    organisation: Organisation | None = None
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class Network:
    today: date
    members: tuple[Member, ...]
    hopefuls: tuple[Hopeful, ...]
    staff: dict[str, Person] = field(default_factory=dict)

    def of(self, member_class: str, day: date) -> list[Member]:
        return [m for m in self.members if m.member_class == member_class and m.belongs_on(day)]
