"""The whole history of the invented network, as steps in the order of their days. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from .belonging import STAFF, Belonging, note_staff
from .bookkeeping import note_closing, note_dues, note_money, note_opening
from .bylaws import note_rules
from .cast import FOUNDED, ORGANISATION, PERSON, Network, Person
from .conduct import note_conduct
from .dues import Dues, dues_of
from .entrusting import note_entrusting
from .governing import note_governance
from .helping import note_helping
from .lending import note_lending
from .logins import EMAILS
from .money import Money, money_of
from .network import NETWORK, REGION, invent
from .offering import note_offering
from .steps import SYSTEM, Diary, Ref, Step
from .together import note_buying_together
from .trading import note_trading

DIRECTORY_FROM = date(2023, 12, 4)  # when the network took the directory of networks in


@dataclass(frozen=True, slots=True)
class Login:
    """An account of the demonstration."""

    role: str
    email: str
    person: Person
    from_date: date


@dataclass(frozen=True, slots=True)
class History:
    seed: int
    today: date
    network: Network
    dues: Dues
    money: Money
    diary: Diary

    def steps(self) -> Iterator[tuple[datetime, Step]]:
        return self.diary.in_order()

    def in_office(self, office: str, day: date) -> list[Person]:
        """Who holds the office on the day, by seniority."""
        return [
            self.network.staff[role]
            for role, held, from_date, until, _decision in STAFF
            if held == office and from_date <= day and (until is None or day < until)
        ]

    @property
    def logins(self) -> tuple[Login, ...]:
        """One account for each kind of person who works with Dure."""
        staff, first = self.network.staff, self.network.members
        head = next(m for m in first if m.member_class == ORGANISATION)
        term = [t for t in head.terms if not t.is_deputy][-1]
        person = next(m.person for m in first if m.member_class == PERSON)
        assert person is not None
        return (
            Login("secretariat", EMAILS["secretariat"], staff["secretariat 3"], date(2022, 1, 3)),
            Login("bookkeeper", EMAILS["bookkeeper"], staff["bookkeeper 2"], date(2020, 1, 2)),
            Login("representative", EMAILS["representative"], term.person, term.from_date),
            Login("member", EMAILS["member"], person, date(2021, 4, 1)),
            Login("administrator", EMAILS["administrator"], staff["administrator"], FOUNDED),
        )


def imagine(seed: int, today: date) -> History:
    """Everything that happened up to the day before `today`."""
    network = invent(seed, today)
    dues = dues_of(network, seed)
    money = money_of(network, dues, seed)
    diary = Diary(today)
    history = History(seed, today, network, dues, money, diary)
    diary.note(
        FOUNDED, SYSTEM, "parties.found_network", rank=-10, name=NETWORK,
        legal_form="social_cooperative", region_code=REGION, founded_date=FOUNDED,
        address="서울 광진구 두레1길 1", phone="02-0000-1000", email="office@example.org",
        website="https://gwangnaru.example.org", privacy_officer=network.staff["secretariat 3"].name,
    )  # fmt: skip
    note_opening(diary)
    note_rules(diary)
    note_staff(network, diary)
    Belonging(network, diary).note()
    note_conduct(network, diary)
    note_dues(network, dues, diary)
    note_money(network, money, diary)
    note_closing(network, diary)
    note_governance(network, diary)
    note_lending(network, dues, diary)
    note_entrusting(network, diary)
    note_helping(network, diary)
    note_trading(network, money.trade, diary)
    note_offering(network, diary)
    note_buying_together(network, diary)
    diary.note(DIRECTORY_FROM, "secretariat", "take in the directory", rank=90)
    for login in history.logins:
        day = min(login.from_date + timedelta(days=1), today - timedelta(days=1))
        diary.note(
            day,
            SYSTEM,
            "open the account",
            rank=95,
            email=login.email,
            person=Ref(login.person.key),
        )
    return history
