"""What the members of the demonstration offer each other and look for. Pure.

1. One member of each trade offers what it makes, one after the other in the last weeks.
2. Another one of the trade of the first member offers the like: both are told of it.
3. Of what is looked for, most is offered by somebody; the first member looks for something too.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from dure.domains.trade.rules.listings import GOODS, OFFER, SERVICE, WANT, About

from .cast import ORGANISATION, Member, Network
from .network import REGION
from .steps import SECRETARIAT, Diary, Ref

LISTED_DAYS = 60  # before today
# the word of a trade: name, category, goods or service, unit, its price, for members, tax, what it says
OFFERS: dict[str, tuple[str, str, str, str, int, int, str, str]] = {
    "밥상": ("제철 도시락", "food", GOODS, "개", 9_000, 8_500, "taxed", "회의와 행사에 맞추어 제철 나물로 만든 도시락을 배달해 드립니다. 채식도 됩니다."),
    "반찬": ("반찬 꾸러미", "food", GOODS, "상자", 25_000, 23_000, "taxed", "네 가지 반찬을 주마다 보내 드립니다."),
    "베이커리": ("우리밀 빵", "food", GOODS, "상자", 15_000, 13_500, "taxed", "회의 다과와 답례품으로 좋은 우리밀 빵입니다."),
    "커피": ("행사 커피차", "food", SERVICE, "시간", 180_000, 160_000, "taxed", "다회용컵으로 커피와 차를 내어 드립니다."),
    "두부": ("국산콩 두부", "food", GOODS, "판", 32_000, 30_000, "exempt", "아침마다 만든 두부를 납품합니다."),
    "텃밭": ("제철 채소 상자", "farm", GOODS, "상자", 20_000, 18_000, "exempt", "도시 텃밭에서 기른 채소를 모아 드립니다."),
    "배움터": ("강사 파견", "education", SERVICE, "시간", 80_000, 70_000, "exempt", "협동조합과 사회적경제 강의에 강사가 찾아갑니다."),
    "책방": ("도서 납품", "education", GOODS, "권", 15_000, 13_500, "exempt", "단체에 맞는 도서를 골라 배달해 드립니다."),
    "놀이터": ("찾아가는 놀이 수업", "education", SERVICE, "회", 150_000, 130_000, "taxed", "아이들과 어울려 노는 수업을 엽니다."),
    "미디어": ("영상 촬영과 중계", "design", SERVICE, "편", 900_000, 800_000, "taxed", "행사를 중계하고 짧은 영상을 만들어 드립니다."),
    "진로학교": ("청소년 진로 체험", "education", SERVICE, "명", 20_000, 18_000, "exempt", "일터를 찾아가는 진로 체험입니다."),
    "돌봄": ("병원 동행", "care", SERVICE, "시간", 25_000, 22_000, "exempt", "어르신의 병원 가는 길을 함께합니다."),
    "요양센터": ("방문목욕", "care", SERVICE, "회", 75_000, 70_000, "exempt", "두 사람이 댁으로 찾아가 목욕을 도와 드립니다."),
    "아이돌봄": ("행사장 아이 돌봄", "care", SERVICE, "시간", 40_000, 36_000, "exempt", "행사하는 동안 아이들을 돌봐 드립니다."),
    "의료센터": ("건강 강좌", "care", SERVICE, "회", 100_000, 90_000, "exempt", "마을 주치의가 찾아가는 건강 강좌입니다."),
    "심리상담소": ("직원 심리 상담", "care", SERVICE, "회", 90_000, 80_000, "exempt", "일하는 사람의 마음을 살피는 상담입니다."),
    "새활용": ("새활용 기념품", "gifts", GOODS, "개", 7_000, 6_500, "taxed", "폐현수막으로 만든 가방과 필통입니다."),
    "자원순환": ("행사 분리배출", "reuse", SERVICE, "회", 250_000, 220_000, "taxed", "행사 폐기물을 나누어 모으고 다회용기를 빌려 드립니다."),
    "에너지": ("에너지 진단", "reuse", SERVICE, "곳", 120_000, 100_000, "taxed", "건물의 전기 사용을 살피고 줄일 길을 알려 드립니다."),
    "청소": ("사무실 정기 청소", "cleaning", SERVICE, "달", 220_000, 200_000, "taxed", "친환경 세제로 사무실과 공간을 청소합니다."),
    "수리소": ("가전 수리", "building", SERVICE, "건", 30_000, 27_000, "taxed", "생활가전과 자전거를 고쳐 드립니다."),
    "가게": ("명절 선물 상자", "gifts", GOODS, "상자", 45_000, 42_000, "taxed", "사회적경제 물품을 골라 담아 드립니다."),
    "인쇄": ("자료집과 현수막 인쇄", "print", SERVICE, "건", 45_000, 40_000, "taxed", "친환경 종이에 자료집과 명함을, 천에 현수막을 찍어 드립니다."),
    "디자인": ("홍보물 디자인", "design", SERVICE, "건", 300_000, 270_000, "taxed", "포스터와 리플릿, 누리집을 디자인합니다."),
    "공방": ("맞춤 가구", "gifts", GOODS, "점", 350_000, 320_000, "taxed", "책상과 책장을 자리에 맞추어 짜 드립니다."),
    "물류": ("공동 배송", "transport", SERVICE, "건", 6_000, 5_000, "taxed", "여러 곳의 물건을 모아 저렴하게 배송합니다."),
    "꽃집": ("화분과 꽃다발", "gifts", GOODS, "개", 35_000, 32_000, "exempt", "축하 화분과 꽃다발을 만들어 보내 드립니다."),
    "집수리": ("사무 공간 새단장", "building", SERVICE, "건", 500_000, 450_000, "taxed", "도배, 장판, 단열을 맡아 합니다."),
    "주택": ("두레회관 회의실 대관", "space", SERVICE, "시간", 20_000, 15_000, "taxed", "서른 명이 앉는 회의실을 빌려 드립니다."),
    "건축": ("주민 참여 설계", "advice", SERVICE, "건", 900_000, 850_000, "taxed", "쓸 사람과 함께 공간을 그립니다."),
    "방역": ("시설 방역", "cleaning", SERVICE, "회", 110_000, 100_000, "taxed", "시설을 소독하고 확인서를 드립니다."),
    "이사": ("소형 이사", "transport", SERVICE, "건", 280_000, 250_000, "taxed", "사무실과 작은 집의 이사를 돕습니다."),
}  # fmt: skip
LIKE_THE_FIRST = ("반찬 정기 배달", "food", SERVICE, "주", 24_000, 22_500, "taxed", "혼자 사시는 어르신 댁에도 배달합니다.")  # fmt: skip
WANTS = (  # name, category, quantity, budget
    ("송년 행사 현수막", "print", "3장", 150_000),
    ("총회 때 먹을 식사", "food", "120명", 1_200_000),
    ("직원 교육 강사", "education", "4시간", 400_000),
    ("사무실 소독", "cleaning", "두 달에 한 번", 150_000),
    ("창립 기념 답례품", "gifts", "80개", 800_000),
    ("홈페이지 고치기", "it", "한 곳", 1_500_000),
    ("물건을 나를 용달", "transport", "주 2회", 300_000),
    ("회의실 책상", "gifts", "6개", 2_400_000),
)


def note_offering(network: Network, diary: Diary) -> None:
    """Some thirty offers and eight wants, one a day."""
    first = network.today - timedelta(days=LISTED_DAYS)
    here = [
        one
        for one in network.of(ORGANISATION, network.today - timedelta(days=1))
        if one.left is None and one.joined < first
    ]
    for number, (member, side, about) in enumerate((*_offers(here), *_wants(here))):
        day = first + timedelta(days=number)
        speaker = member.speaker(day)
        diary.note(
            day, speaker.key if speaker else SECRETARIAT, "trade.add_listing", rank=60,
            speaks_for=member.party if speaker else "", party_id=Ref(member.party), side=side,
            about=about,
        )  # fmt: skip


def _offers(here: list[Member]) -> Iterator[tuple[Member, str, About]]:
    of_trade: dict[str, Member] = {}
    for member in here:
        of_trade.setdefault(_trade(member), member)
    for word, member in of_trade.items():
        yield member, OFFER, _offer(*OFFERS[word])
    like = [one for one in here[1:] if _trade(one) == _trade(here[0])]
    for member in like[:1]:
        yield member, OFFER, _offer(*LIKE_THE_FIRST)


def _wants(here: list[Member]) -> Iterator[tuple[Member, str, About]]:
    """The first member first, then the newest ones, each something that is not of its own trade."""
    waiting = list(WANTS)
    for member in (here[0], *reversed(here[1:])):
        own = OFFERS[_trade(member)][1]
        found = next((one for one in waiting if one[1] != own), None)
        if found is None:
            return
        waiting.remove(found)
        name, category, quantity, budget = found
        kind = GOODS if category == "gifts" else SERVICE
        yield member, WANT, About(
            name, kind=kind, category=category, quantity=quantity, budget_won=budget,
            region_code=REGION,
        )  # fmt: skip


def _trade(member: Member) -> str:
    assert member.organisation is not None
    return member.organisation.trade.word


def _offer(
    name: str, category: str, kind: str, unit: str, won: int, member_won: int, tax: str, text: str
) -> About:
    return About(
        name, kind=kind, category=category, description=text, unit=unit, price_won=won,
        member_price_won=member_won, tax=tax, region_code=REGION, is_public=True,
    )  # fmt: skip
