"""Who belongs to the invented network, from when until when. Pure.

1. The figures are those of 광진사회적경제네트워크: 16 organisations at founding, 69 today, six sections.
   Two days of founding are told of it, the table's 2015-06-11 and the text's July 2014; both are kept.
2. It grows for nine years; whoever leaves then is followed by someone who joins.
3. Nobody leaves within a year and a half of joining, and nothing happens on the day of building.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from dure.domains.parties.rules.numbers import business_check_digit

from .cast import (
    FOUNDED,
    ORGANISATION,
    PERSON,
    SUPPORTER,
    Designation,
    Hopeful,
    Member,
    Network,
    Organisation,
    Person,
    Term,
)
from .names import SECTIONS, STEMS, TRADES, Name, people

NETWORK = "광나루 사회연대경제 네트워크"
PREPARED = "2014년 7월"
GROWN = date(2024, 6, 11)
ORGANISATIONS_AT_FOUNDING = 16
ORGANISATIONS_NOW = 69
LEAVERS_WHILE_GROWING = 12
PAIRS_SINCE = 3  # a leaver and a joiner each, after the growth
PEOPLE_NOW, PEOPLE_LEFT = 22, 5
SUPPORTERS_NOW, SUPPORTERS_LEFT = 31, 6
REGION = "11215"  # 서울 광진구
EARLIEST_TODAY = date(2024, 9, 1)

FORMS: tuple[tuple[str, str, str, int], ...] = (  # legal form, how a name is made of it, in short
    ("cooperative", "{}협동조합", "{}협동조합", 24),
    ("social_cooperative", "{} 사회적협동조합", "(사협){}", 18),
    ("company", "주식회사 {}", "㈜{}", 26),
    ("association", "(사){}", "사단법인{}", 8),
    ("civil_group", "{}", "{}", 8),
    ("consumer_cooperative", "{}소비자생활협동조합", "{}생협", 3),
    ("sole_proprietor", "{}", "{}", 8),
    ("unincorporated", "{} 모임", "{}모임", 5),
)
ROLES = {
    "cooperative": "이사장", "social_cooperative": "이사장", "consumer_cooperative": "이사장",
    "company": "대표이사", "association": "이사장",
}  # fmt: skip


class Invention:
    """Takes names, numbers and chances from one seed, each name once."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.stems = list(STEMS)
        chance.shuffle(self.stems)
        self.names = people(chance)
        self.persons = 0
        self.organisations = 0

    def person(self) -> Person:
        name: Name = next(self.names)
        self.persons += 1
        number = self.persons
        return Person(
            f"person:{number}",
            name.hangul,
            f"{name.latin}{number}@example.org",
            f"010-0000-{1000 + number:04}",
        )

    def organisation(self, joined: date, section: str = "") -> Organisation:
        chance = self.chance
        self.organisations += 1
        number = self.organisations
        section = section or chance.choices(SECTIONS, (15, 12, 15, 11, 16, 9))[0]
        trade = chance.choice(TRADES[section])
        bare = self.stems.pop() + trade.word
        legal_form, form, short, _weight = chance.choices(FORMS, [f[3] for f in FORMS])[0]
        founded = joined - timedelta(days=chance.randint(200, 2400))
        nine = f"000{chance.choice((81, 82, 86, 87, 88))}{number:04}"
        workers = chance.choice((2, 3, 3, 4, 5, 6, 7, 9, 12, 15, 21, 34))
        return Organisation(
            key=f"organisation:{number}",
            name=form.format(bare),
            short=short.format(bare),
            section=section,
            trade=trade,
            legal_form=legal_form,
            business_number=""
            if legal_form == "unincorporated"
            else f"{nine}{business_check_digit(nine)}",
            phone=f"02-0000-{2000 + number:04}",
            email=f"org{number:03}@example.org",
            address=f"서울 광진구 두레{chance.randint(1, 9)}길 {chance.randint(1, 98)}",
            workers=workers,
            members=workers * chance.choice((1, 4, 9, 22)) + chance.randint(0, 9),
            founded_date=founded,
            designations=_designations(chance, legal_form, founded, number),
            contact=self.person(),
        )


def _designations(
    chance: Random, legal_form: str, founded: date, number: int
) -> tuple[Designation, ...]:
    found: list[Designation] = []
    since = founded + timedelta(days=chance.randint(90, 400))
    if legal_form in ("cooperative", "social_cooperative", "consumer_cooperative"):
        found.append(Designation(legal_form, "", founded))
    if legal_form in ("association", "civil_group", "unincorporated"):
        found.append(Designation("non_profit", "", founded))
    if legal_form in ("company", "cooperative", "social_cooperative", "association"):
        path = chance.random()
        if path < 0.45:
            certified = date(since.year + 2, since.month, min(since.day, 28))
            found.append(
                Designation("pre_social_enterprise", f"시연-예비-{number:03}", since, certified)
            )
            found.append(Designation("social_enterprise", f"시연-{number:03}", certified))
        elif path < 0.6:
            until = date(since.year + 3, since.month, min(since.day, 28))
            found.append(
                Designation("pre_social_enterprise", f"시연-예비-{number:03}", since, until)
            )
        elif path < 0.75:
            found.append(Designation("village_enterprise", f"시연-마을-{number:03}", since))
    if legal_form == "sole_proprietor":
        kind = chance.choice(("self_support_enterprise", "local_company"))
        found.append(Designation(kind, f"시연-{number:03}", since))
    if legal_form == "company" and not chance.randint(0, 3):
        found.append(Designation("social_venture", f"시연-벤처-{number:03}", since))
    return tuple(found)


def meeting_of(month_date: date) -> date:
    """The monthly plenary, on the third Thursday, which decides on new members."""
    first = month_date.replace(day=1)
    return first + timedelta(days=(3 - first.weekday()) % 7 + 14)


def _days(chance: Random, first: date, last: date, count: int) -> list[date]:
    """Meetings between two days, at most three times the same one, in order."""
    months = []
    day = first.replace(day=1)
    while day <= last:
        if first <= meeting_of(day) <= last:
            months.append(meeting_of(day))
        day = (day + timedelta(days=32)).replace(day=1)
    return sorted(chance.sample(months * 3, count))


def invent(seed: int, today: date) -> Network:
    """The whole network as it is on the day before `today`."""
    assert today >= EARLIEST_TODAY, today
    invention = Invention(Random(f"dure network {seed}"))  # noqa: S311 - not for secrets
    chance = invention.chance
    members = [
        *_organisations(invention, today),
        *_persons(invention, PERSON, PEOPLE_NOW, PEOPLE_LEFT, 4, today),
        *_persons(invention, SUPPORTER, SUPPORTERS_NOW, SUPPORTERS_LEFT, 3, today),
    ]
    staff = {role: invention.person() for role in STAFF}
    hopefuls = _hopefuls(invention, chance, today)
    ordered = sorted(members, key=lambda m: (m.joined, CLASS_ORDER[m.member_class], m.key))
    return Network(today, tuple(ordered), hopefuls, staff)


CLASS_ORDER = {ORGANISATION: 0, PERSON: 1, SUPPORTER: 2}
STAFF = (
    "secretariat 1", "secretariat 2", "secretariat 3", "secretariat 4",
    "bookkeeper 1", "bookkeeper 2", "administrator",
)  # fmt: skip


def _organisations(invention: Invention, today: date) -> list[Member]:
    chance = invention.chance
    joins = [FOUNDED] * ORGANISATIONS_AT_FOUNDING
    growth = ORGANISATIONS_NOW - ORGANISATIONS_AT_FOUNDING + LEAVERS_WHILE_GROWING
    joins += _days(chance, date(2015, 9, 1), GROWN, growth)
    span = (today - timedelta(days=45) - GROWN).days
    pairs = PAIRS_SINCE if span > 300 else 0
    leaves: list[date] = []
    for day in _days(chance, date(2017, 2, 1), GROWN - timedelta(days=30), LEAVERS_WHILE_GROWING):
        leaves.append(day + timedelta(days=chance.randint(1, 9)))
    for number in range(pairs):
        half = span // pairs
        leaves.append(GROWN + timedelta(days=half * number + half // 3))
        joins.append(meeting_of(GROWN + timedelta(days=half * number + half * 2 // 3)))
    members: list[Member] = []
    for joined in joins:
        section = SECTIONS[len(members) % 6] if joined == FOUNDED else ""
        organisation = invention.organisation(joined, section)
        members.append(
            Member(
                f"member:{organisation.key}", ORGANISATION, joined, None, organisation,
                terms=_terms(invention, organisation, joined, today),
            )
        )  # fmt: skip
    _leave(chance, members, leaves, keep=1)
    for days in TERMS_ENDING_IN_DAYS:
        _end_soon(chance, members, today + timedelta(days=days), today)
    return members


TERMS_ENDING_IN_DAYS = (-11, 6, 13, 29, 52)  # one has run out already and waits to be renewed


def _end_soon(chance: Random, members: list[Member], until: date, today: date) -> None:
    """Let the running term of somebody's head end on the day."""
    may = [
        index
        for index, member in enumerate(members)
        if member.left is None
        and (today - member.joined).days > 400
        and not any(t.until_date and abs((t.until_date - today).days) < 90 for t in member.terms)
    ]
    index = chance.choice(may)
    member = members[index]
    head = next(
        t for t in member.terms if not t.is_deputy and t.until_date and t.until_date > today
    )
    ended = replace(
        head, from_date=min(head.from_date, until - timedelta(days=60)), until_date=until
    )
    others = tuple(t for t in member.terms if t is not head and t.from_date < ended.from_date)
    members[index] = replace(member, terms=(*others, ended))


LEFT_REASONS = (("dissolved", "사업을 접었습니다."), ("resigned", "다른 지역으로 옮겼습니다."),
                ("resigned", "업종을 바꾸어 함께하기 어렵게 되었습니다."), ("other", "총회에 참석하지 못하는 사정이 이어졌습니다."))  # fmt: skip


def _leave(chance: Random, members: list[Member], leaves: list[date], keep: int) -> None:
    """Let someone leave on each of the days, but never the first `keep`."""
    for day in sorted(leaves):
        may = [
            index
            for index, member in enumerate(members)
            if index >= keep and member.left is None and (day - member.joined).days > 550
        ]
        index = chance.choice(may)
        member = members[index]
        terms = tuple(
            Term(t.person, t.from_date, min(t.until_date or day, day), t.role, t.is_deputy)
            for t in member.terms
            if t.from_date < day
        )
        reason, note = chance.choice(LEFT_REASONS[0 if member.organisation else 1 :])
        members[index] = replace(member, left=day, terms=terms, left_reason=reason, left_note=note)


def _terms(
    invention: Invention, organisation: Organisation, joined: date, today: date
) -> tuple[Term, ...]:
    """Who speaks for it: terms of three years, one after another; often a deputy besides."""
    chance = invention.chance
    role = ROLES.get(organisation.legal_form, "대표")
    person, terms = invention.person(), []
    start = joined
    while True:
        until = date(start.year + 3, start.month, min(start.day, 28))
        terms.append(Term(person, start, until, role))
        if until > today - timedelta(days=1):
            break
        start = until
        if chance.random() < 0.4:
            person = invention.person()
    terms.append(Term(organisation.contact, joined, None, "실무자", True))
    return tuple(terms)


def _persons(
    invention: Invention, member_class: str, now: int, left: int, first: int, today: date
) -> list[Member]:
    chance = invention.chance
    last = today - timedelta(days=20)
    joins = [FOUNDED] * first + _days(chance, date(2015, 9, 1), last, now + left - first)
    members = []
    for joined in joins:
        person = invention.person()
        members.append(Member(f"member:{person.key}", member_class, joined, person=person))
    leaves = _days(chance, date(2020, 6, 1), today - timedelta(days=60), left)
    _leave(chance, members, [day + timedelta(days=2) for day in leaves], keep=2)
    return members


def _hopefuls(invention: Invention, chance: Random, today: date) -> tuple[Hopeful, ...]:
    told = (
        (
            date(2017, 4, 3),
            "refused",
            "주된 사무소가 지역 밖에 있고, 회원 자격(정관 제9조)의 지역 활동을 확인하지 못했습니다.",
        ),
        (
            date(2019, 9, 2),
            "refused",
            "배당 중심의 영리 운영으로, 사회적경제 원칙에 동의하기 어렵다고 밝혔습니다.",
        ),
        (
            date(2022, 3, 7),
            "refused",
            "임금 체불 진정이 진행 중이어서, 해결한 뒤 다시 신청하도록 안내했습니다.",
        ),
        (date(2021, 5, 10), "withdrawn", ""),
        (today - timedelta(days=33), "interviewed", ""),
        (today - timedelta(days=12), "papers", ""),
        (today - timedelta(days=4), "applied", ""),
        (today - timedelta(days=38), "appealed", "지난 2년의 활동을 확인할 자료가 부족합니다."),
    )
    found = [
        Hopeful(
            f"application:{number}", ORGANISATION, day, state, reason, invention.organisation(day)
        )
        for number, (day, state, reason) in enumerate(told, 1)
    ]
    for days, state in ((5, "approved"), (4, "sponsored"), (2, "applied")):
        day, key = today - timedelta(days=days), f"application:{len(found) + 1}"
        found.append(Hopeful(key, PERSON, day, state, person=invention.person()))
    return tuple(sorted(found, key=lambda h: h.applied))
