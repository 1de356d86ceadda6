"""The steps by which people and organisations come, speak, agree and go."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from .admissions import CONSENT_RENEWED, Admissions, consent_on
from .cast import (
    FOUNDED,
    ORGANISATION,
    PERSON,
    Member,
    Network,
    Organisation,
    Person,
    Term,
)
from .governing import chairs
from .network import NETWORK, PREPARED, REGION
from .steps import ADMINISTRATOR, SECRETARIAT, SYSTEM, Diary, Ref

CONSENTS = (
    ("consent:privacy:1", FOUNDED, "privacy", "개인정보 수집·이용 동의", True,
     "가입 신청과 회원 관리를 위해 이름, 연락처를 모으고, 탈퇴한 날부터 5년 동안 보관합니다."),
    ("consent:newsletter:1", FOUNDED, "newsletter", "소식 받기 동의", False,
     "네트워크의 소식과 행사 안내를 전자우편으로 보냅니다. 언제든 그만 받을 수 있습니다."),
    ("consent:privacy:2", CONSENT_RENEWED, "privacy", "개인정보 수집·이용 동의", True,
     "가입 신청과 회원 관리를 위해 이름, 연락처를 모읍니다. 탈퇴하면 회계 증빙에 필요한 것만 10년 동안 보관하고 나머지는 "
     "지웁니다. 동의하지 않을 수 있으나 그러면 가입을 처리할 수 없습니다."),
)  # fmt: skip


class Belonging:
    """Notes everything about parties and memberships into the diary."""

    def __init__(self, network: Network, diary: Diary) -> None:
        self.network, self.diary, self.known = network, diary, set[str]()
        self.admissions = Admissions(network, diary)

    def note(self) -> None:
        self._texts()
        for member in self.network.members:
            if member.organisation:
                self._organisation(member, member.organisation)
            elif member.person:
                self._person(member, member.person)
            if member.left:
                self._leaving(member, member.left)
        self.admissions.note()
        self._network_itself()

    def _texts(self) -> None:
        for key, day, purpose, title, is_required, text in CONSENTS:
            self.diary.note(
                day, SYSTEM if day == FOUNDED else SECRETARIAT, "parties.publish_consent_text", key,
                rank=-5, purpose=purpose, title=title, text=text, from_date=day, is_required=is_required,
            )  # fmt: skip

    def _network_itself(self) -> None:
        """Its own entry in the register, with both days of founding that are told of it."""
        self.diary.note(
            FOUNDED, SECRETARIAT, "parties.add_organisation", "network", rank=-3,
            name=NETWORK, legal_form="social_cooperative", region_code=REGION, founded_date=FOUNDED,
            description=f"개요표의 설립일은 {FOUNDED}, 본문에서 말하는 창립은 {PREPARED}입니다. 두 날짜를 모두 남깁니다.",
            industry_section="S", industry_text="산업 단체", designations=("network",),
        )  # fmt: skip
        for person, start, until in chairs(self.network, self.diary.until):
            self._meet(person, start, 4)
            self.diary.note(
                start, SECRETARIAT, "parties.name_representative", rank=40,
                organisation_id=Ref("network"), person_id=Ref(person.key),
                from_date=start, until_date=until, role="이사장",
            )  # fmt: skip

    # -- organisations -----------------------------------------------------------------------------

    def _organisation(self, member: Member, organisation: Organisation) -> None:
        note, joined = self.diary.note, member.joined
        if member.is_founding:
            note(
                joined, SECRETARIAT, "parties.add_organisation", organisation.key, rank=1,
                name=organisation.name, business_number=organisation.business_number,
                **dict(_details(organisation)),
            )  # fmt: skip
            note(
                joined, SECRETARIAT, "memberships.enrol_member", member.key, rank=50,
                party_id=Ref(organisation.key), member_class=ORGANISATION, joined_date=joined,
                decided_by="창립총회",
            )  # fmt: skip
        else:
            self.admissions.apply(
                member.key, ORGANISATION, joined - timedelta(days=31), organisation, None
            )
            self.admissions.interview(member.key, joined - timedelta(days=15), "favourable")
            makes = (member.key, organisation.key, organisation.contact.key)
            reason = "현장 방문에서 취지와 활동을 확인했습니다."
            if joined - timedelta(days=31) >= self.admissions.stepwise:
                self.admissions.papers(
                    member.key, joined - timedelta(days=20), organisation.contact
                )
                self.admissions.decide(
                    member.key, joined, *makes, in_favour=10, against=1, reason=reason
                )
            else:
                note(
                    joined, SECRETARIAT, "memberships.admit_member", *makes, rank=1,
                    application_id=Ref(f"application of {member.key}"),
                    decided_by=f"{joined:%Y년 %-m월} 전체회의", reason=reason,
                )  # fmt: skip
            note(
                joined, SECRETARIAT, "parties.change_organisation", rank=2,
                organisation_id=Ref(organisation.key), changes=_details(organisation),
            )  # fmt: skip
            self.known.add(organisation.contact.key)
        for designation in organisation.designations:
            if designation.from_date < self.diary.until:
                note(
                    max(joined, designation.from_date), SECRETARIAT, "parties.designate_organisation",
                    rank=3, organisation_id=Ref(organisation.key), kind=designation.kind,
                    number=designation.number, from_date=designation.from_date,
                    until_date=designation.until_date,
                )  # fmt: skip
        for number, term in enumerate(member.terms):
            self._term(member, organisation, term, f"{member.key} term {number}")

    def _term(self, member: Member, organisation: Organisation, term: Term, key: str) -> None:
        admitted = term.is_deputy and not member.is_founding  # admission names the contact itself
        self._meet(term.person, term.from_date, 4)
        if not admitted:
            self.diary.note(
                term.from_date, SECRETARIAT, "parties.name_representative", key, rank=5,
                organisation_id=Ref(organisation.key), person_id=Ref(term.person.key),
                from_date=term.from_date, until_date=term.until_date, role=term.role,
                is_deputy=term.is_deputy,
            )  # fmt: skip
        if member.left and (term.until_date is None or term.until_date > member.left):
            self.diary.note(
                member.left, SECRETARIAT, "end their representation", rank=5,
                organisation=Ref(organisation.key), person=Ref(term.person.key), until_date=member.left,
            )  # fmt: skip

    def _meet(self, person: Person, day: date, rank: int) -> None:
        """The person comes into the register, once, and agrees to what is asked then."""
        if person.key in self.known:
            return
        self.known.add(person.key)
        self.diary.note(
            day, SECRETARIAT, "parties.add_person", person.key, rank=rank,
            name=person.name, email=person.email, phone=person.phone,
        )  # fmt: skip
        self.diary.note(
            day, person.key, "parties.give_consent", rank=rank,
            person_id=Ref(person.key), text_id=Ref(consent_on(day)),
        )  # fmt: skip
        self._newsletter(person, day, rank)

    def _newsletter(self, person: Person, day: date, rank: int) -> None:
        if int(person.key.partition(":")[2]) % 3 == 0:
            self.diary.note(
                day, person.key, "parties.give_consent", f"newsletter of {person.key}", rank=rank,
                person_id=Ref(person.key), text_id=Ref("consent:newsletter:1"),
            )  # fmt: skip
        if int(person.key.partition(":")[2]) % 36 == 0:
            self.diary.note(
                day + timedelta(days=400), person.key, "parties.withdraw_consent", rank=9,
                consent_id=Ref(f"newsletter of {person.key}"),
            )  # fmt: skip

    # -- people ------------------------------------------------------------------------------------

    def _person(self, member: Member, person: Person) -> None:
        if member.is_founding:
            self._meet(person, member.joined, 4)
            self.diary.note(
                member.joined, SECRETARIAT, "memberships.enrol_member", member.key, rank=51,
                party_id=Ref(person.key), member_class=member.member_class,
                joined_date=member.joined, decided_by="창립총회",
            )  # fmt: skip
            self._address(member, person, 52)
            return
        self.admissions.apply(
            member.key, member.member_class, member.joined - timedelta(days=6), None, person
        )
        self.known.add(person.key)
        self.diary.note(
            member.joined, SECRETARIAT, "memberships.admit_member", member.key, person.key, rank=1,
            application_id=Ref(f"application of {member.key}"),
            decided_by=f"{member.joined:%Y년 %-m월} 전체회의",
        )  # fmt: skip
        self._newsletter(person, member.joined, 8)
        self._address(member, person, 9)

    def _address(self, member: Member, person: Person, rank: int) -> None:
        """The register of members names where they live; of some it is still missing."""
        number = int(person.key.partition(":")[2])
        if member.member_class == PERSON and number % 7:
            self.diary.note(
                member.joined, SECRETARIAT, "parties.change_person", rank=rank,
                person_id=Ref(person.key), address=f"서울 광진구 두레{number % 9 + 1}길 {number}",
            )  # fmt: skip

    def _leaving(self, member: Member, left: date) -> None:
        head = next((t for t in member.terms if not t.is_deputy and t.from_date < left
                     and (t.until_date is None or t.until_date >= left)), None)  # fmt: skip
        self.diary.note(
            left - timedelta(days=1), head.person.key if head else member.party,
            "memberships.leave_membership", rank=6, speaks_for=member.party if head else "",
            membership_id=Ref(member.key), left_date=left, reason=member.left_reason,
            note=member.left_note,
        )  # fmt: skip


def _details(organisation: Organisation) -> tuple[tuple[str, Any], ...]:
    trade = organisation.trade
    return (
        ("legal_form", organisation.legal_form),
        ("region_code", REGION),
        ("address", organisation.address),
        ("phone", organisation.phone),
        ("email", organisation.email),
        ("industry_section", trade.section),
        ("industry_text", trade.industry),
        ("workers", organisation.workers),
        ("members", organisation.members),
        ("founded_date", organisation.founded_date),
        ("offers", trade.offers),
        ("needs", trade.needs),
        ("section", organisation.section),
        ("description", f"{organisation.section} 분과. {trade.offers}."),
    )


STAFF = (  # person of the plan, office, from, until, by which decision
    ("administrator", "administrator", FOUNDED, None, "창립총회"),
    ("secretariat 1", "secretariat", FOUNDED, date(2018, 3, 1), "창립총회"),
    ("bookkeeper 1", "bookkeeper", FOUNDED, date(2020, 1, 1), "창립총회"),
    ("secretariat 2", "secretariat", date(2018, 3, 1), date(2022, 1, 3), "2018년 2월 운영위원회"),
    ("bookkeeper 2", "bookkeeper", date(2020, 1, 1), None, "2019년 12월 운영위원회"),
    ("secretariat 3", "secretariat", date(2022, 1, 3), None, "2021년 12월 운영위원회"),
    ("secretariat 4", "secretariat", date(2023, 3, 2), None, "2023년 2월 운영위원회"),
)
LAST_TERM_DAYS = 44  # of secretariat 4, from today: it waits to be renewed


def note_staff(network: Network, diary: Diary) -> None:
    """Who works for the network: appointed by the founders, later in logged administrator sessions."""
    for number, (role, office, from_date, until, decision) in enumerate(STAFF):
        person = network.staff[role]
        if role == "secretariat 4":
            until = network.today + timedelta(days=LAST_TERM_DAYS)
        by = SYSTEM if from_date == FOUNDED else ADMINISTRATOR
        diary.note(
            from_date if by == SYSTEM else from_date - timedelta(days=1),
            by if by == SYSTEM else SECRETARIAT, "parties.add_person", person.key,
            rank=-8, name=person.name, email=person.email, phone=person.phone,
        )  # fmt: skip
        if by == ADMINISTRATOR:
            diary.note(
                from_date, network.staff["administrator"].key, "parties.open_staff_session",
                f"session {number}", rank=-7, reason=f"임명: {decision}", minutes=30,
            )  # fmt: skip
        diary.note(
            from_date, by, "parties.appoint_staff", rank=-7, person_id=Ref(person.key), office=office,
            from_date=from_date, until_date=until, decision=decision,
        )  # fmt: skip
        if by == ADMINISTRATOR:
            diary.note(
                from_date, network.staff["administrator"].key, "parties.close_staff_session",
                rank=-6, session_id=Ref(f"session {number}"),
            )  # fmt: skip
