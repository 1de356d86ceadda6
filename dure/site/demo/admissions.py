"""Who applies and how far each has come: two procedures, and something that waits at each step."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from dure.domains.memberships.queries import profiles

from .cast import ORGANISATION, PERSON, SUPPORTER, Hopeful, Network, Organisation, Person
from .network import NETWORK, meeting_of
from .steps import BOOKKEEPER, SECRETARIAT, VISITOR, Diary, Ref

STEPWISE = timedelta(days=40)  # since so long ago organisations join by a procedure of steps
PEOPLE_STEPWISE = timedelta(days=6)  # and people
SHARE_WON = 10_000  # what a person pays in at least
ANSWERS = (
    ("어떤 일을 하고 있나요?", "다섯 사람이 함께 일하며 이웃에게 필요한 것을 만듭니다."),
    ("왜 함께하려고 하나요?", "지역 안에서 서로 사고팔며 오래 가고 싶습니다."),
    ("무엇을 나눌 수 있나요?", "작업장과 회의실을 함께 쓸 수 있습니다."),
)
COMMITTEE: dict[str, Any] = {"seats": 12, "present": 11}
CONSENT_RENEWED = date(2023, 9, 4)
APPEAL = '[[step]]\nkind = "appeal"'
SHARES = """[[step]]
kind = "shares"
title = "출자금 납입"
[step.within]
rule = "admission.payment_within_months"

"""


def consent_on(day: date) -> str:
    return "consent:privacy:2" if day > CONSENT_RENEWED else "consent:privacy:1"


class Admissions:
    """Notes applications, and what is done for them, into the diary."""

    def __init__(self, network: Network, diary: Diary) -> None:
        self.network, self.diary = network, diary
        self.stepwise = diary.until - STEPWISE
        self.people_stepwise = diary.until - PEOPLE_STEPWISE

    def note(self) -> None:
        """The procedures, as two networks have them, and those who hope to belong."""
        known = profiles()
        asked = known["cheonan"].file.replace("천안사회적경제연대", NETWORK)
        sponsored = known["national_network"].file.replace("사회적경제활성화 전국네트워크", NETWORK)
        sponsored = sponsored.replace(APPEAL, SHARES + APPEAL)
        for member_class, day, file in (
            (ORGANISATION, self.stepwise, asked),
            (PERSON, self.people_stepwise, sponsored),
        ):
            self.diary.note(
                day, SECRETARIAT, "memberships.load_procedure", rank=-2, member_class=member_class,
                from_date=day, file=file, decided_by=f"{day:%Y년 %-m월} 운영위원회",
            )  # fmt: skip
        for hopeful in self.network.hopefuls:
            self._hopeful(hopeful)

    def decide(
        self, key: str, day: date, *makes: str, in_favour: int, against: int, reason: str = ""
    ) -> None:
        """The committee votes; what comes of a yes is a membership, or an approval."""
        self.diary.note(
            day, SECRETARIAT, "let the committee decide", *makes, rank=1,
            application_id=Ref(f"application of {key}"), in_favour=in_favour, against=against,
            reason=reason, minutes=f"{day:%Y년 %-m월} 정기회의 2호 안건", **COMMITTEE,
        )  # fmt: skip

    def apply(
        self, key: str, member_class: str, day: date, organisation: Organisation | None,
        person: Person | None,
    ) -> None:  # fmt: skip
        who = organisation.contact if organisation else person
        assert who is not None
        why = "지역에서 함께 일하고 싶습니다." if member_class != SUPPORTER else "응원합니다."
        if organisation:
            why = f"{organisation.trade.offers}(으)로 함께하고, {organisation.trade.needs}에서 힘을 모으고 싶습니다."
        self.diary.note(
            day, VISITOR, "memberships.apply_for_membership", f"application of {key}", rank=20,
            member_class=member_class, kind="organisation" if organisation else "person",
            name=organisation.name if organisation else who.name,
            contact_name=who.name if organisation else "", email=who.email, phone=who.phone,
            registration_number=organisation.business_number if organisation else "",
            motivation=why, consents=(Ref(consent_on(day)),),
        )  # fmt: skip

    def papers(self, key: str, day: date, contact: Person) -> None:
        """The paper and the pledge, handed in at the office."""
        application = Ref(f"application of {key}")
        self.diary.note(
            day, SECRETARIAT, "memberships.note_step", rank=1,
            application_id=application, step="papers", item="가입동의서",
        )  # fmt: skip
        self.diary.note(
            day, SECRETARIAT, "memberships.sign_pledge", rank=1,
            application_id=application, step="pledge", name=contact.name, on_paper=True,
        )  # fmt: skip

    def interview(self, key: str, day: date, opinion: str) -> None:
        texts = {
            "favourable": "사업장을 둘러보고 대표와 실무자를 만났습니다. 참여 의지가 분명합니다.",
            "against": "자격을 확인할 자료가 부족합니다.",
        }
        self.diary.note(
            day, SECRETARIAT, "memberships.note_interview", rank=1,
            application_id=Ref(f"application of {key}"), visit_date=day,
            interviewers="사무국, 운영위원 1인", opinion=opinion, form="visit", text=texts[opinion],
            answers=ANSWERS,
        )  # fmt: skip

    def _hopeful(self, hopeful: Hopeful) -> None:
        self.apply(
            hopeful.key, hopeful.member_class, hopeful.applied, hopeful.organisation, hopeful.person
        )
        if hopeful.person:
            self._person(hopeful, hopeful.person)
        elif hopeful.organisation:
            self._organisation(hopeful, hopeful.organisation)

    def _organisation(self, hopeful: Hopeful, organisation: Organisation) -> None:
        application = Ref(f"application of {hopeful.key}")
        later, state = hopeful.applied + timedelta(days=14), hopeful.state
        in_steps = hopeful.applied >= self.stepwise
        if in_steps and state in ("papers", "interviewed", "appealed"):
            self.papers(hopeful.key, hopeful.applied + timedelta(days=5), organisation.contact)
        if state in ("refused", "interviewed", "appealed"):
            self.interview(hopeful.key, later, "against" if hopeful.reason else "favourable")
        if state == "refused":
            meeting = meeting_of((later + timedelta(days=10)).replace(day=1) + timedelta(days=31))
            self.diary.note(
                meeting, SECRETARIAT, "memberships.refuse_application", rank=1,
                application_id=application, decided_by=f"{meeting:%Y년 %-m월} 전체회의", reason=hopeful.reason,
            )  # fmt: skip
        if state == "appealed":
            self.decide(
                hopeful.key,
                later + timedelta(days=4),
                in_favour=4,
                against=7,
                reason=hopeful.reason,
            )
            self.diary.note(
                later + timedelta(days=13), SECRETARIAT, "memberships.appeal_refusal", rank=1,
                application_id=application, text="부족하다고 하신 자료를 모두 갖추었으니 다시 살펴 주시기 바랍니다.",
            )  # fmt: skip
        if state == "withdrawn":
            self.diary.note(
                later, SECRETARIAT, "memberships.withdraw_application", rank=1,
                application_id=application,
            )  # fmt: skip

    def _person(self, hopeful: Hopeful, person: Person) -> None:
        """Sponsored by members, decided, and the money came in: each a step further."""
        wanted = {"sponsored": 1, "approved": 2}.get(hopeful.state, 0)
        for number, sponsor in enumerate(self.network.of(PERSON, hopeful.applied)[:wanted], 1):
            self.diary.note(
                hopeful.applied + timedelta(days=number), sponsor.party,
                "memberships.sponsor_application", rank=30,
                application_id=Ref(f"application of {hopeful.key}"), step="sponsors",
                party_id=Ref(sponsor.party), text="오래 함께 활동해 왔습니다.",
            )  # fmt: skip
        if hopeful.state == "approved":
            self.decide(hopeful.key, hopeful.applied + timedelta(days=3), in_favour=10, against=1)
            paid = hopeful.applied + timedelta(days=4)
            self.diary.note(
                paid, BOOKKEEPER, "memberships.enter_receipt", rank=75, receipt_date=paid,
                amount_won=SHARE_WON, payer=person.name,
            )  # fmt: skip
