"""Invented names. Nobody is meant: addresses end in example.org, telephone numbers begin 010-0000.

The first two syllables of every stem differ, so that a bank's shortened text fits one only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

STEMS = (
    "가온 나래 다솜 라온 마중 바른 새봄 아람 자람 차오름 타래 파란 하늬 고운 노을 도담 모꼬지 보듬 소담 오롯 조약돌 초록 "
    "토닥 포근 호미 그루 느티 늘봄 다온 단비 달팽이 동그라미 두루 둥지 들꽃 따스 또바기 마실 맑음 모두 무지개 물푸레 "
    "미르 민들레 반딧불 버들 벼리 별빛 봄날 비단 빛고을 뿌리 산들 살림 샘터 서로 손길 솔바람 솜다리 수풀 시나브로 씨앗 "
    "아름 안다미 알음 여울 열매 온새 온누리 울타리 윤슬 은하수 이음 이루 잎새 잔디 징검 참살이 채움 큰나무 키움 터울 "
    "텃새 푸른 풀잎 품앗이 하람 한결 한울 해맑 해오름 햇살 혜윰 홀씨 휘파람 흙내 가람 꽃다지 꿈터 나눔 너나들이 누리 "
    "다래 담쟁이 더불 도란 돋움 곁에 고루 굴렁쇠 길동무 까치 나들이 널뛰기 다락 댓돌 돌담 두꺼비 마당 매듭 메아리 "
    "모롱이 바람결 반올림 방울 부엉이 사립 새싹 섬돌 술래 아침 앞마당 옹달샘 우물 은행잎 장독대 종이배 줄기 참새 첫눈 "
    "콩나물 툇마루 팽이 하모니 화톳불"
).split()

SURNAMES = (
    ("김", "kim", 21), ("이", "lee", 15), ("박", "park", 9), ("최", "choi", 5), ("정", "jung", 5),
    ("강", "kang", 3), ("조", "cho", 3), ("윤", "yoon", 3), ("장", "jang", 3), ("임", "lim", 2),
    ("한", "han", 2), ("오", "oh", 2), ("서", "seo", 2), ("신", "shin", 2), ("권", "kwon", 2),
    ("황", "hwang", 2), ("안", "ahn", 2), ("송", "song", 2), ("류", "ryu", 1), ("홍", "hong", 1),
    ("문", "moon", 1), ("배", "bae", 1), ("백", "baek", 1), ("남", "nam", 1), ("심", "shim", 1),
)  # fmt: skip
FIRST = (
    "가 ga|나 na|다 da|도 do|동 dong|라 ra|민 min|서 seo|선 sun|성 sung|소 so|수 su|승 seung|연 yeon|영 young|"
    "예 ye|우 woo|유 yu|윤 yoon|은 eun|재 jae|정 jung|주 ju|준 jun|지 ji|진 jin|찬 chan|태 tae|하 ha|"
    "해 hae|현 hyun|혜 hye|효 hyo|희 hee"
)
SECOND = (
    "경 kyung|규 gyu|나 na|람 ram|란 ran|리 ri|림 rim|미 mi|민 min|별 byul|빈 bin|서 seo|석 seok|선 sun|솔 sol|"
    "수 su|숙 sook|식 sik|아 a|연 yeon|영 young|옥 ok|온 on|우 woo|원 won|윤 yoon|율 yul|은 eun|인 in|일 il|"
    "정 jung|주 ju|준 jun|진 jin|찬 chan|철 chul|태 tae|현 hyun|형 hyung|호 ho|환 hwan|훈 hoon|희 hee"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name, and as it is written in an address."""

    hangul: str
    latin: str


def people(chance: Random) -> Iterator[Name]:
    """Names of people, none twice."""
    firsts, seconds = (
        [tuple(each.split()) for each in syllables.split("|")] for syllables in (FIRST, SECOND)
    )
    weights = [weight for _hangul, _latin, weight in SURNAMES]
    seen: set[str] = set()
    while True:
        ((sur, sur_latin, _weight),) = chance.choices(SURNAMES, weights)
        first, second = chance.choice(firsts), chance.choice(seconds)
        hangul = sur + first[0] + second[0]
        if first[0] == second[0] or hangul in seen:
            continue
        seen.add(hangul)
        yield Name(hangul, f"{first[1]}{second[1]}.{sur_latin}")


@dataclass(frozen=True, slots=True)
class Trade:
    """What an organisation does: the word in its name, its industry, what it offers and needs."""

    word: str
    section: str  # KSIC section letter
    industry: str
    offers: str
    needs: str


TRADES: dict[str, tuple[Trade, ...]] = {
    "먹거리": (
        Trade("밥상", "I", "한식 음식점업", "단체 도시락과 행사 식사", "지역 농산물, 배달 차량"),
        Trade("반찬", "C", "반찬 제조업", "반찬 꾸러미 정기배송", "포장재 공동구매"),
        Trade("베이커리", "C", "빵류 제조업", "우리밀 빵과 답례품", "판로, 매장 공간"),
        Trade("커피", "I", "커피 전문점", "행사 커피차와 다회용컵", "원두 공동구매"),
        Trade("두부", "C", "두부 제조업", "국산콩 두부 납품", "냉장 물류"),
        Trade("텃밭", "A", "채소 재배업", "도시농업 체험과 제철 채소", "유휴 공간"),
    ),
    "교육": (
        Trade("배움터", "P", "기타 교육기관", "시민강좌와 강사 파견", "강의 공간"),
        Trade("책방", "G", "서적 소매업", "도서 납품과 독서모임", "공공기관 도서 구매"),
        Trade("놀이터", "R", "놀이시설 운영업", "찾아가는 놀이 프로그램", "학교 연계"),
        Trade("미디어", "J", "영상물 제작업", "홍보 영상과 온라인 중계", "촬영 공간"),
        Trade("진로학교", "P", "직업훈련기관", "청소년 진로 체험", "현장 실습처"),
    ),
    "돌봄": (
        Trade("돌봄", "Q", "재가 돌봄서비스업", "방문 돌봄과 병원 동행", "돌봄 인력 교육"),
        Trade(
            "요양센터",
            "Q",
            "노인 요양 복지시설 운영업",
            "방문요양과 방문목욕",
            "도시락과 식사 지원",
        ),
        Trade("아이돌봄", "Q", "보육시설 운영업", "틈새 아이 돌봄", "놀이 강사"),
        Trade("의료센터", "Q", "의원", "마을 주치의와 건강강좌", "돌봄기관 연계"),
        Trade("심리상담소", "Q", "심리 상담서비스업", "개인·집단 상담", "상담 공간"),
    ),
    "환경": (
        Trade("새활용", "C", "재생 섬유제품 제조업", "새활용 기념품", "폐현수막, 자투리 천"),
        Trade("자원순환", "E", "재생용 재료 수집업", "행사 폐기물 분리배출", "보관 창고"),
        Trade("에너지", "D", "태양력 발전업", "햇빛발전소 설치와 에너지 진단", "옥상 공간"),
        Trade("청소", "N", "건축물 일반 청소업", "사무실·공간 청소", "친환경 세제 공동구매"),
        Trade("수리소", "S", "가전제품 수리업", "생활가전과 자전거 수리", "부품 공동구매"),
    ),
    "유통": (
        Trade("가게", "G", "잡화 소매업", "사회적경제 물품 판매", "입점할 생산자"),
        Trade("인쇄", "C", "인쇄업", "자료집·현수막 인쇄", "친환경 종이 공동구매"),
        Trade("디자인", "M", "시각 디자인업", "홍보물과 누리집 디자인", "사진·영상 협력"),
        Trade("공방", "C", "목재 가구 제조업", "맞춤 가구와 목공 체험", "전시 공간"),
        Trade("물류", "H", "소화물 전문 운송업", "공동 배송", "고정 거래처"),
        Trade("꽃집", "G", "화초 소매업", "화분과 꽃다발 정기 구독", "행사 연계"),
    ),
    "주거복지": (
        Trade("집수리", "F", "실내 건축공사업", "노후주택 집수리", "자재 공동구매"),
        Trade("주택", "L", "부동산 임대업", "사회주택 공급과 운영", "시민 출자"),
        Trade("건축", "M", "건축 설계업", "주민 참여 설계", "공공건축 참여 기회"),
        Trade("방역", "N", "소독·구충 서비스업", "시설 방역과 소독", "정기 계약"),
        Trade("이사", "H", "이사 화물 운송업", "취약계층 이사 지원", "차량 공동 이용"),
    ),
}

SECTIONS = tuple(TRADES)
