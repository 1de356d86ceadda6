"""A year of mutual trade: who buys what from whom, when it is paid, what of it goes into the fund. Pure.

1. A member sells what its trade makes to a few steady partners of the sections that need it: food to
   meetings, printing and design to all, cleaning and repairs to those with rooms, lessons to care.
2. Before the year, contributions were booked by the month; with it a rule asks 2 % of who sells.
3. After each month the office takes the signed statements in. Of three months ago nearly all is paid.
4. Two trade with nobody, two with one partner only, one sells half as much as before. Three rings
   buy from each other in turn and wait for each other with paying.
5. One round of clearing is settled, the next one open; a few deals wait, one was refused, two are
   in dispute.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby
from random import Random
from typing import Any

from dure.domains.trade.rules.contributions import due_date, share
from dure.kernel.dates import Month

from .bookings import COOPERATIVE, Booking, Move
from .cast import ORGANISATION, Member, Network, Organisation
from .dues import months
from .names import SECTIONS
from .steps import BOOKKEEPER, SECRETARIAT, Diary, Ref

MONTHS, DUE_DAYS, DUE_DAY = 12, 30, 25
CONTRIBUTION_RATIO = Fraction(2, 100)
UNIT_WON = 7_000
ALONE, WITH_ONE, FALLEN, RINGS = 2, 2, 1, (3, 4, 5)
RULES = "협동기금 규정"
PAPER = "서명한 거래명세서"
SINGLY_DAYS, RING_DAYS, AGREE = 5, 70, 2
ANSWERS = ("confirm_deal", "", "dispute_deal", "", "refuse_deal", "", "confirm_deal", "")
RULE = "contribution of sales"
FOOD, LEARNING, CARE, GREEN, SHOPS, HOUSING = SECTIONS


@dataclass(frozen=True, slots=True)
class Goods:
    """What a trade sells: for how many units, to which sections, taxed or not."""

    what: str
    least: int
    most: int
    to: tuple[str, ...] = SECTIONS
    is_taxed: bool = True


GOODS: dict[str, Goods] = {
    "밥상": Goods("행사 도시락", 18, 90),
    "반찬": Goods("반찬 꾸러미 정기배송", 20, 70, (CARE, LEARNING)),
    "베이커리": Goods("우리밀 빵과 답례품", 12, 50),
    "커피": Goods("행사 커피차와 원두", 15, 60),
    "두부": Goods("국산콩 두부", 15, 55, (FOOD, CARE), False),
    "텃밭": Goods("제철 채소", 20, 80, (FOOD, CARE), False),
    "배움터": Goods("직원 교육과 강사 파견", 40, 160, (CARE, FOOD, HOUSING), False),
    "책방": Goods("도서 납품", 10, 60, (LEARNING, CARE), False),
    "놀이터": Goods("찾아가는 놀이 프로그램", 30, 120, (CARE, LEARNING)),
    "미디어": Goods("홍보 영상 제작", 80, 320),
    "진로학교": Goods("진로 체험 진행", 30, 110, (LEARNING, SHOPS), False),
    "돌봄": Goods("병원 동행과 돌봄", 25, 90, (HOUSING, CARE), False),
    "요양센터": Goods("방문목욕", 25, 80, (CARE, HOUSING), False),
    "아이돌봄": Goods("행사 아이 돌봄", 20, 70, (LEARNING, FOOD), False),
    "의료센터": Goods("직원 건강검진", 40, 130, (CARE, GREEN, FOOD), False),
    "심리상담소": Goods("직원 집단 상담", 30, 100, (CARE, LEARNING), False),
    "새활용": Goods("새활용 기념품", 20, 110, (LEARNING, SHOPS, HOUSING)),
    "자원순환": Goods("폐기물 분리배출", 15, 70, (FOOD, SHOPS, HOUSING)),
    "에너지": Goods("에너지 진단과 햇빛발전 설치", 120, 480, (HOUSING, CARE)),
    "청소": Goods("사무실 청소", 25, 70),
    "수리소": Goods("주방·가전 수리", 12, 60, (FOOD, CARE)),
    "가게": Goods("사회적경제 물품", 15, 60, (LEARNING, CARE, GREEN)),
    "인쇄": Goods("자료집·현수막 인쇄", 15, 120),
    "디자인": Goods("홍보물 디자인", 40, 180),
    "공방": Goods("맞춤 가구", 60, 280, (LEARNING, CARE, HOUSING)),
    "물류": Goods("공동 배송", 20, 80, (FOOD, SHOPS)),
    "꽃집": Goods("화분과 꽃다발", 6, 30),
    "집수리": Goods("공간 수리", 120, 520, (CARE, FOOD, LEARNING)),
    "주택": Goods("사무공간 임대", 50, 120, (LEARNING, GREEN, SHOPS)),
    "건축": Goods("공간 설계", 150, 420, (HOUSING, CARE)),
    "방역": Goods("시설 방역과 소독", 15, 45, (FOOD, CARE, LEARNING)),
    "이사": Goods("사무실 이사와 운반", 20, 90),
}


@dataclass(frozen=True, slots=True)
class Sale:
    """One deal; `paid` by the day it came, if it did."""

    seller: Member
    buyer: Member
    what: str
    won: int
    vat_won: int
    day: date
    in_ring: bool = False
    paid: date | None = None

    @property
    def due(self) -> date:
        return self.day + timedelta(days=DUE_DAYS)


@dataclass(frozen=True, slots=True)
class Given:
    """What a member put in for a quarter; not yet, where the day is missing."""

    member: Member
    quarter: Month  # its last month
    won: int
    day: date | None


@dataclass(frozen=True, slots=True)
class Trade:
    first: Month
    sales: tuple[Sale, ...]
    given: tuple[Given, ...]

    @property
    def bookings(self) -> tuple[Booking, ...]:
        """What came into the fund, as the commands of the room book it."""
        return tuple(
            Booking(
                one.day, "", (
                    Move("1010", COOPERATIVE, one.won),
                    Move("4020", COOPERATIVE, -one.won, one.member.party),
                ),
            )
            for one in self.given
            if one.day
        )  # fmt: skip


def first_month(today: date) -> Month:
    """When the year begins: with a quarter, so that its months are billed together."""
    first = Month.of(today).plus(-MONTHS)
    return first.plus(-((first.month - 1) % 3))


def trade_of(network: Network, seed: int) -> Trade:
    chance = Random(f"dure trade {seed}")  # noqa: S311
    first = first_month(network.today)
    yesterday = network.today - timedelta(days=1)
    members = [
        one
        for one in network.of(ORGANISATION, yesterday)
        if one.left is None and one.joined < first.first_date
    ]
    ties = _ties(chance, members)
    told = [*_sales(chance, ties, first, yesterday)]
    last = next(one for one in reversed(told) if members[0] not in (one.seller, one.buyer))
    told.append(replace(last, buyer=members[0], day=yesterday - timedelta(days=2)))
    sales = sorted(told, key=lambda one: (one.day, one.seller.key))
    paid = tuple(_paid(chance, one, network.today) for one in sales)
    return Trade(first, paid, tuple(_given(chance, paid, first, yesterday)))


@dataclass(frozen=True, slots=True)
class Tie:
    """A steady partner: every so many months, from and until which of the year."""

    seller: Member
    buyer: Member
    every: int
    offset: int
    until: int = 99
    in_ring: bool = False


def _ties(chance: Random, members: list[Member]) -> list[Tie]:
    known, *others = members  # who speaks for the first has an account, and trades
    chance.shuffle(others)
    with_one, rest = others[ALONE : ALONE + WITH_ONE], others[ALONE + WITH_ONE :]
    fallen, here = rest[:FALLEN], [known, *rest]
    found: list[Tie] = []
    for seller in here:
        goods = _goods(seller)
        may = [
            one for one in here if one is not seller and _organisation(one).section in goods.to
        ] or [one for one in here if one is not seller]
        for buyer in chance.sample(may, min(len(may), chance.choice((2, 2, 3, 3, 4, 5)))):
            every = chance.choice((2, 3, 4, 4, 6, 6, 12))
            until = 99
            if seller in fallen or buyer in fallen:
                every, until = 2, 5
            found.append(Tie(seller, buyer, every, chance.randrange(every), until))
    found += [Tie(one, chance.choice(here), 4, 1) for one in with_one]
    may = [one for one in rest if one not in fallen]
    for number, size in enumerate(RINGS):
        ring = [may.pop(chance.randrange(len(may))) for _one in range(size)]
        ring[:1] = ring[:1] if number else [known]
        found += [Tie(ring[number - 1], one, 1, 0, in_ring=True) for number, one in enumerate(ring)]
    return found


def _sales(chance: Random, ties: list[Tie], first: Month, yesterday: date) -> Iterator[Sale]:
    for number, month in enumerate(months(first, Month.of(yesterday))):
        for tie in ties:
            if number % tie.every != tie.offset or number > tie.until:
                continue
            goods = _goods(tie.seller)
            net = chance.randint(goods.least, goods.most) * UNIT_WON
            vat = net // 10 if goods.is_taxed else 0
            day = month.first_date + timedelta(days=chance.randint(0, 26))
            if day <= yesterday - timedelta(days=1):
                yield Sale(
                    tie.seller, tie.buyer, goods.what, net + vat, vat, day, tie.in_ring
                )  # fmt: skip


def _paid(chance: Random, sale: Sale, today: date) -> Sale:
    """Most pay about the day it is due; of some nothing has come, the newer the more."""
    day = sale.due + timedelta(days=chance.randint(-12, 9) + sale.in_ring * RING_DAYS)
    slow = 0.12 if (today - sale.due).days > 90 else 0.35
    return sale if chance.random() < slow or day >= today else replace(sale, paid=day)


def _given(
    chance: Random, sales: tuple[Sale, ...], first: Month, yesterday: date
) -> Iterator[Given]:
    """After each quarter, who sold something is asked its share of what it sold in all, less what
    was asked before. Most pay for two quarters at once; some have not paid yet."""
    sold: dict[str, int] = defaultdict(int)
    asked: dict[str, int] = defaultdict(int)
    waiting: dict[str, list[Given]] = defaultdict(list)
    members = {one.seller.key: one.seller for one in sales}
    for number, month in enumerate(months(first, Month.of(yesterday).plus(-1)), 1):
        for one in sales:
            if one.day in month:
                sold[one.seller.key] += one.won - one.vat_won
        if number % 3 or billed_on(month) > yesterday:
            continue
        for key in sorted(sold):
            won = share(CONTRIBUTION_RATIO, sold[key]) - asked[key]
            asked[key] += won
            if won:
                waiting[key].append(Given(members[key], month, won, None))
            day = due_date(month, DUE_DAY) - timedelta(days=chance.randint(0, 9))
            if number % 6 == 0 and chance.random() > 0.4 and day <= yesterday:
                yield from (replace(one, day=day) for one in waiting.pop(key, ()))
    for rest in waiting.values():
        yield from rest


def billed_on(month: Month) -> date:
    return month.end_date + timedelta(days=6)


def _organisation(member: Member) -> Organisation:
    assert member.organisation is not None
    return member.organisation


def _goods(member: Member) -> Goods:
    return GOODS[_organisation(member).trade.word]


# -- the steps


def note_trading(network: Network, trade: Trade, diary: Diary) -> None:
    """The rule, the statements taken in month by month, the bills, the last days, two rounds."""
    day = trade.first.first_date
    diary.note(
        day, SECRETARIAT, "trade.lay_down_contribution", RULE, rank=82, name="상호거래 적립",
        article=f"{RULES} 제3조", decided_by=f"{trade.first.plus(-1)} 이사회", basis="sale",
        bearer="seller", ratio=(2, 100), every="quarter", from_date=day, due_day=DUE_DAY,
    )  # fmt: skip
    yesterday = network.today - timedelta(days=1)
    latest = yesterday - timedelta(days=SINGLY_DAYS)
    taken = [one for one in trade.sales if one.day <= latest]
    before = date.min + timedelta(days=3)
    for told in _days_of_import(trade.first, yesterday):
        diary.note(
            told, SECRETARIAT, "take in the deals", rank=30,
            on_paper=f"{PAPER} ({told:%Y년 %-m월} 접수)", sales=_listed(taken, before, told),
        )  # fmt: skip
        before = told
    known = network.of(ORGANISATION, yesterday)[0]
    _singly([one for one in trade.sales if one.day > latest], known, diary)
    for quarter in sorted({one.quarter for one in trade.given}):
        diary.note(
            billed_on(quarter), BOOKKEEPER, "trade.bill_contributions", rank=40, month=str(quarter)
        )
    for (day, member), parts in groupby(
        (one for one in trade.given if one.day), key=lambda one: (one.day, one.member.key)
    ):
        diary.note(
            day or yesterday, BOOKKEEPER, "trade.receive_contribution", rank=41,
            membership_id=Ref(member), won=sum(one.won for one in parts),
        )  # fmt: skip
    told = _days_of_import(trade.first, yesterday)[-3] + timedelta(days=2)
    _round("clearing", taken, told, diary, is_settled=True)
    _round("open clearing", taken, yesterday, diary, is_settled=False, asked=known)


def _days_of_import(first: Month, yesterday: date) -> list[date]:
    ends = [one.end_date + timedelta(days=4) for one in months(first, Month.of(yesterday))]
    return [*(one for one in ends if one < yesterday), yesterday]


def _listed(taken: list[Sale], before: date, told: date) -> tuple[Sale, ...]:
    """What the file of a day lists that the one before did not: what was dealt until three days ago,
    and of the older ones what was paid since."""
    until, last = told - timedelta(days=3), before - timedelta(days=3)
    return tuple(
        one if one.paid and one.paid < told else replace(one, paid=None)
        for one in taken
        if one.day <= until and (one.day > last or (one.paid and before <= one.paid < told))
    )


def _singly(sales: list[Sale], known: Member, diary: Diary) -> None:
    """The deals of the last days are written down by who sold; some are confirmed, some wait, among
    them those of the one who can log in."""
    for number, one in enumerate(sales):
        key, day = f"deal {number}", one.day + timedelta(days=1)
        if not (one.seller.speaker(day) and one.buyer.speaker(day)):
            continue
        _own(
            one.seller, day, "record_deal", diary, key, party_id=Ref(one.seller.party),
            other_id=Ref(one.buyer.party), sells=True, what=one.what, won=one.won,
            vat_won=one.vat_won, dealt_date=one.day,
        )  # fmt: skip
        answer = "" if one.buyer == known else ANSWERS[number % len(ANSWERS)]
        if answer == "refuse_deal":
            given = {"reason": "아직 받지 못한 물건이에요."}
            _own(one.buyer, day, "refuse_deal", diary, deal_id=Ref(key), **given)
        elif answer:
            _own(one.buyer, day, "confirm_deal", diary, deal_id=Ref(key))
            if answer == "dispute_deal":
                _own(
                    one.buyer, day, "dispute_deal", diary, deal_id=Ref(key),
                    party_id=Ref(one.buyer.party), reason="수량이 달라서 다시 세고 있어요.",
                )  # fmt: skip


def _round(
    key: str,
    taken: list[Sale],
    day: date,
    diary: Diary,
    *,
    is_settled: bool,
    asked: Member | None = None,
) -> None:
    """Opened on a day; some of those who owe and are owed agree by paper, `asked` not yet. One with all
    of the rings is settled a week later."""
    listed = [one for one in taken if one.due <= day and not (one.paid and one.paid < day)]
    owed = {one.seller.key: one.seller for one in listed}
    ring = {one.seller.key for one in listed if one.in_ring} if is_settled else set()
    both = sorted(owed.keys() & {one.buyer.key for one in listed} - ring)
    both = [one for one in both if asked is None or one != asked.key]
    diary.note(day, SECRETARIAT, "trade.open_clearing", key, rank=50)
    for one in [*sorted(ring), *both[:AGREE]]:
        diary.note(
            day, SECRETARIAT, "trade.agree_to_clearing", rank=51, round_id=Ref(key),
            party_id=Ref(owed[one].party), on_paper="상계 동의서",
        )  # fmt: skip
    if is_settled:
        diary.note(
            day + timedelta(days=7), SECRETARIAT, "trade.settle_clearing", rank=52,
            round_id=Ref(key),
        )  # fmt: skip


def _own(member: Member, day: date, verb: str, diary: Diary, *makes: str, **given: Any) -> None:
    person = member.speaker(day)
    assert person is not None
    diary.note(day, person.key, f"trade.{verb}", *makes, rank=60, speaks_for=member.party, **given)
