"""What the invented network asks of its members and gives them, its ethics code, and two cases. Pure.

The text of the code is that of 천안사회경제연대, without its name.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from .cast import FOUNDED, ORGANISATION, PERSON, Network
from .steps import SECRETARIAT, Diary, Ref

BEGUN, ADOPTED = date(2021, 3, 4), date(2022, 3, 18)
RULES = "회원 규정"
TERMS = (  # class, kind, use, article, text
    (ORGANISATION, "duty", "", "윤리강령 5", "회원조직의 상품과 서비스를 먼저 살펴보고 구매하도록 힘씁니다."),
    (ORGANISATION, "duty", "", "협동기금 규정 제4조", "상호거래 매출의 2%를 협동기금으로 적립합니다."),
    (ORGANISATION, "duty", "", f"{RULES} 제6조", "전체회의에 참석하고, 못 오면 미리 알립니다."),
    (ORGANISATION, "benefit", "fund", "협동기금 규정 제7조", "협동기금을 이용합니다."),
    (ORGANISATION, "benefit", "trade", f"{RULES} 제8조", "상호거래 목록에 상품과 서비스를 올립니다."),
    (ORGANISATION, "benefit", "projects", f"{RULES} 제9조", "공동사업에 참여합니다."),
    (ORGANISATION, "benefit", "certificate", f"{RULES} 제10조", "회원 증명서를 스스로 발급합니다."),
    (PERSON, "duty", "", f"{RULES} 제6조", "총회에 참석하고, 함께 정한 약속을 지킵니다."),
    (PERSON, "benefit", "learning", f"{RULES} 제11조", "교육과 교류 모임에 참여합니다."),
    (PERSON, "benefit", "certificate", f"{RULES} 제10조", "회원 증명서를 스스로 발급합니다."),
)  # fmt: skip
STAGES: tuple[tuple[date, str, str, int, dict[str, Any]], ...] = (  # day, kind, topic, people, more
    (date(2021, 4, 15), "workshop", "사회적 목적", 34, {}),
    (date(2021, 5, 20), "workshop", "민주적인 운영과 신뢰", 29, {}),
    (date(2021, 6, 17), "workshop", "노동과 투명한 경영", 31, {}),
    (date(2021, 9, 2), "survey", "초안에 대한 회원 설문", 88, {"asked": 121, "in_favour": 79}),
    (date(2021, 11, 11), "hearing", "지역이 우리에게 바라는 것", 17,
     {"groups": "시민회, 마을공동체 네트워크, 주민자치회"}),
)  # fmt: skip
CODE = """## 1. 사회적으로 활동하는 경제조직
- 기업 고유의 사회적 목적을 정기적으로 점검하고 지속적으로 실천한다.
- 인간과 생명, 환경을 지키기 위해 지속가능한 경제방식을 모색한다.
- 사회문제 해결을 위해 지역사회와 적극적으로 연대하고 협업한다.
## 2. 민주적인 의사소통과 상호신뢰
- 공식적으로 소통하는 다양한 방식을 모색하고 직접적인 참여를 통해 소통한다.
- 함께 결정한 약속을 신뢰하고 지키며 무임승차에 대한 경각심을 갖는다.
- 의사결정에 필요한 정보를 충분히 제공하는 등 민주적인 소통을 위한 조직 문화를 만든다.
## 3. 투명하고 윤리적인 경영
- 세금을 비롯한 각종 법규를 준수한다.
- 재정은 투명하게, 상품·서비스의 생산과정은 윤리적으로 경영한다.
- 공정한 임금체계를 마련하고 고용안정과 복지향상을 위해 힘쓴다.
## 4. 기업 혁신
- 사회친화적인 제품과 서비스 혁신을 위한 새로운 기술을 지속적으로 학습한다.
- 구성원들의 인권을 존중하고 능력 개발을 위해 지속적으로 재투자한다.
- 소비자 혹은 지역주민과 소통하고 이들이 참여할 수 있는 구조와 방법을 모색한다.
## 5. 공동 비전과 목표 실현
- 상호거래: 회원조직의 상품과 서비스를 구매하도록 노력해야 한다.
- 공동사업: 회원조직 간의 협업을 통해 사업을 확대해야 한다.
- 신규사업 개발 시 아이템이 회원조직의 사업과 중복될 경우 이를 알리고 협업하여야 한다.
- 기금조성: 협동기금 조성에 기여해야 한다."""


def note_conduct(network: Network, diary: Diary) -> None:
    """Duties and benefits from the founding on, the code from 2022, a warning and a case under way."""
    for code, kind, use, article, text in TERMS:
        diary.note(
            FOUNDED, SECRETARIAT, "memberships.lay_down_class_term", rank=60, member_class=code,
            kind=kind, use=use, article=article, text=text, from_date=FOUNDED,
        )  # fmt: skip
    _code(network, diary)
    here = [
        one
        for one in network.of(ORGANISATION, diary.until - timedelta(days=1))
        if not one.is_founding and one.joined < diary.until - timedelta(days=400)
    ]
    _warning(here[3].key, diary)
    _under_way(here[5].key, diary)


def _code(network: Network, diary: Diary) -> None:
    diary.note(
        BEGUN, SECRETARIAT, "memberships.start_code_drafting", "drafting", rank=10,
        title="윤리강령 만들기", about="주제별 워크숍에서 시작해 한 해 동안 함께 만듭니다.",
    )  # fmt: skip
    for day, kind, topic, people, more in STAGES:
        diary.note(
            day, SECRETARIAT, "memberships.note_drafting_stage", rank=10, drafting_id=Ref("drafting"),
            kind=kind, on_date=day, topic=topic, people=people, **more,
        )  # fmt: skip
    diary.note(
        ADOPTED, SECRETARIAT, "memberships.adopt_ethics_code", rank=85, drafting_id=Ref("drafting"),
        title="윤리강령", text=CODE, body="general_meeting", adopted_date=ADOPTED,
        minutes="2022 정기총회 5호",
    )  # fmt: skip
    for number, member in enumerate(network.members):
        day = max(ADOPTED, member.joined) + timedelta(days=3 + number % 20)
        signer = member.organisation.contact if member.organisation else member.person
        late = member.joined > diary.until - timedelta(days=400)  # they pledge on joining, or wait
        if signer and not late and number % 11 and (member.left is None or day < member.left):
            diary.note(
                day, SECRETARIAT, "memberships.sign_ethics_code", rank=86,
                membership_id=Ref(member.key), name=signer.name, on_paper=True,
            )  # fmt: skip


def _warning(member: str, diary: Diary) -> None:
    opened = diary.until - timedelta(days=120)
    told, heard = opened + timedelta(days=1), opened + timedelta(days=14)
    key = Ref("case of a warning")
    diary.note(
        opened, SECRETARIAT, "memberships.open_conduct_case", key.key, rank=70,
        membership_id=Ref(member), kind="warning", ground="bylaw_reason", article="장터 규정 제5조",
        reason="설명회에 오지 않고 장터에 참가했으며, 두 번 알렸으나 되풀이되었습니다.",
    )  # fmt: skip
    diary.note(
        told, SECRETARIAT, "memberships.note_conduct_notice", rank=70, case_id=key,
        notice_date=told, way="mail", meeting_date=heard,
    )  # fmt: skip
    diary.note(
        heard, SECRETARIAT, "memberships.note_conduct_hearing", rank=70, case_id=key,
        hearing_date=heard, was_heard=True, statement="다음 설명회부터 빠짐없이 오겠습니다.",
    )  # fmt: skip
    diary.note(
        heard, SECRETARIAT, "memberships.decide_conduct_case", rank=71, case_id=key,
        body="steering_committee", outcome="upheld", decided_date=heard,
        minutes=f"{heard:%Y년 %-m월} 운영위원회 4호", seats=11, present=9, in_favour=8,
    )  # fmt: skip


def _under_way(member: str, diary: Diary) -> None:
    opened = diary.until - timedelta(days=6)
    key = Ref("case under way")
    diary.note(
        opened, SECRETARIAT, "memberships.open_conduct_case", key.key, rank=70,
        membership_id=Ref(member), kind="suspension", ground="bylaw_reason", article="정관 제13조",
        reason="협동기금 적립을 한 해 동안 하지 않았고, 거래 내역을 내지 않았습니다.",
    )  # fmt: skip
    told = opened + timedelta(days=2)
    diary.note(
        told, SECRETARIAT, "memberships.note_conduct_notice", rank=70, case_id=key,
        notice_date=told, way="mail", meeting_date=diary.until + timedelta(days=12),
    )  # fmt: skip
