"""What else moves in the books: mutual trade and the cooperative fund, grants, ordinary spending. Pure.

The figures of the cooperative fund are those of 광진 (C-01):
1. From every month's mutual trade 2 % go into the fund: first 21,140 won of 1,057,000 won of trade.
2. The mutual trade of 2022 is 400 million won, so that year's contribution is 8,000,000 won.
3. The fund holds about 200 million won today. At 2 % that would take 10 billion won of trade, far more
   than there was: the rest came as gifts and surpluses of joint projects.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, date as Date, timedelta
from fractions import Fraction
from random import Random

from dure.kernel.dates import Month
from dure.kernel.money import Rounding, apply_ratio, split

from .bookings import COOPERATIVE, GENERAL, GRANT, Booking, Move, balance_of, paid_in, paid_out
from .cast import ORGANISATION, PERSON, SUPPORTER, Network
from .dues import FIRST_MONTH, Dues, months
from .trading import CONTRIBUTION_RATIO, Trade, trade_of

FIRST_TRADE_WON = 1_057_000
FUND_NOW_WON = 200_000_000
TRADE_WON = {
    2015: 9_400_000, 2016: 26_000_000, 2017: 61_000_000, 2018: 118_000_000, 2019: 183_000_000,
    2020: 171_000_000, 2021: 284_000_000, 2022: 400_000_000, 2023: 428_000_000,
}  # fmt: skip
TRADE_GROWTH_WON = 17_000_000  # a year, after the last of these


@dataclass(frozen=True, slots=True)
class ShareMovement:
    member: str
    date: Date
    won: int  # paid in; paid back after leaving with a minus


@dataclass(frozen=True, slots=True)
class Loan:
    """The general account borrows from the cooperative fund for a while."""

    date: Date
    back_date: Date
    won: int


@dataclass(frozen=True, slots=True)
class Money:
    contributions: tuple[Booking, ...]  # one a month, until a rule asks for them
    trade: Trade
    ordinary: tuple[Booking, ...]
    shares: tuple[ShareMovement, ...]
    loan: Loan
    waiting: tuple[Booking, ...]  # drafted, not yet approved

    @property
    def posted(self) -> tuple[Booking, ...]:
        return (*self.contributions, *self.trade.bookings, *self.ordinary)


def money_of(network: Network, dues: Dues, seed: int) -> Money:
    chance = Random(f"dure money {seed}")  # noqa: S311
    until = network.today - timedelta(days=1)  # nothing is booked later
    trade = trade_of(network, seed)
    contributions = _contributions(network, seed, trade.first)
    shares = _shares(network, chance, until)
    spent = _support(network, chance, until)
    interest = _interest(network, until)
    gifts = _gifts(
        network,
        chance,
        until,
        -balance_of((*contributions, *trade.bookings, *spent, *interest), "1010", COOPERATIVE),
    )
    loan = Loan(date(2020, 4, 14), date(2020, 11, 16), 2_000_000)
    ordinary = [*spent, *interest, *gifts, *_grants(network, chance, until)]
    ordinary += _general(chance, dues, shares, loan, until)
    return Money(
        contributions,
        trade,
        tuple(sorted((b for b in ordinary if b.date < until), key=lambda b: (b.date, b.text))),
        shares,
        loan,
        _waiting(network, chance),
    )


# -- the cooperative fund --------------------------------------------------------------------------


def trade_of_year(year: int) -> int:
    """The mutual trade of a whole year, in won."""
    last = max(TRADE_WON)
    return TRADE_WON.get(year) or TRADE_WON[last] + (year - last) * TRADE_GROWTH_WON


SEASONS = (6, 6, 8, 8, 10, 9, 7, 7, 10, 11, 9, 9)


def trade_of_month(month: Month) -> int:
    """The mutual trade of a month, in whole thousands; the months of a year sum to the year's."""
    year = trade_of_year(month.year)
    first = FIRST_MONTH.month if month.year == FIRST_MONTH.year else 1
    if month == FIRST_MONTH:
        return FIRST_TRADE_WON
    rest, shares = year, list(range(first, 13))
    if month.year == FIRST_MONTH.year:
        rest, shares = year - FIRST_TRADE_WON, shares[1:]
    if month.month == 12:
        before = sum(trade_of_month(Month(month.year, m)) for m in shares[:-1])
        return rest - before
    weight = sum(SEASONS[m - 1] for m in shares)
    return (
        apply_ratio(rest, Fraction(SEASONS[month.month - 1], weight), Rounding.DOWN) // 1000 * 1000
    )


def _contributions(network: Network, seed: int, ruled: Month) -> tuple[Booking, ...]:
    """For every month before a rule asks, each trader's 2 % of what it sold to other members."""
    found = []
    trading = {m.key: Random(f"{seed} trades {m.key}").random() < 0.5 for m in network.members}  # noqa: S311
    for month in months(FIRST_MONTH, ruled.plus(-1)):
        chance = Random(f"{seed} trade {month}")  # noqa: S311
        members = network.of(ORGANISATION, month.last_date)
        traders = [m for m in members if trading[m.key]] or members[:2]
        if month == FIRST_MONTH:
            traders = members[:1]
        trade, weights = trade_of_month(month), [chance.randint(2, 9) for _member in traders]
        parts = split(trade // 1000, tuple(weights))
        moves = [
            Move(
                "4020",
                COOPERATIVE,
                -apply_ratio(part * 1000, CONTRIBUTION_RATIO, Rounding.DOWN),
                m.party,
            )
            for m, part in zip(traders, parts, strict=True)
            if part
        ]
        total = -sum(m.won for m in moves)
        text = f"협동기금 적립 {month} (상호거래 {trade:,}원의 2%)"
        found.append(Booking(month.last_date, text, (Move("1010", COOPERATIVE, total), *moves)))
    return tuple(found)


def _support(network: Network, chance: Random, until: date) -> list[Booking]:
    """What the fund paid to members in need and to joint projects."""
    found = []
    for year in range(2018, until.year + 1):
        members = network.of(ORGANISATION, date(year, 6, 1))
        if year == 2020:
            for member in chance.sample(members, 8):
                text = "협동기금 긴급지원 (코로나19)"
                found.append(
                    paid_out(date(2020, 5, 20), text, COOPERATIVE, "5510", 1_000_000, member.party)
                )
        won = chance.choice((1_000_000, 1_500_000, 2_000_000))
        member = chance.choice(members)
        found.append(
            paid_out(
                date(year, 6, 18), "협동기금 공동사업 지원", COOPERATIVE, "5510", won, member.party
            )
        )
    return [b for b in found if b.date < until]


def _interest(network: Network, until: date) -> list[Booking]:
    days = (date(year, month, 22) for year in range(2017, until.year + 1) for month in (6, 12))
    return [
        paid_in(day, "예금이자", COOPERATIVE, "4910", 3_137 * (day.year - 2016) * 4)
        for day in days
        if day < until
    ]


def _gifts(network: Network, chance: Random, until: date, missing_won: int) -> list[Booking]:
    """Surpluses of joint projects each April and gifts each October: what the 2 % cannot explain."""
    occasions: list[tuple[date, int]] = []
    for year in range(2016, until.year + 1):
        grown = 2 + (year - 2016)
        occasions += [(date(year, 4, 20), 5 * grown), (date(year, 10, 26), 3 * grown)]
    occasions = [each for each in occasions if each[0] < until - timedelta(days=3)]
    total = FUND_NOW_WON + missing_won
    parts = split(total // 10_000, tuple(weight for _day, weight in occasions))
    found = []
    for (day, _weight), part in zip(occasions, parts, strict=True):
        if day.month == 4:
            text = f"{day.year - 1}년 공동사업 잉여금 적립"
            found.append(paid_in(day, text, COOPERATIVE, "4910", part * 10_000, project="공동사업"))
        else:
            giver = chance.choice(network.of(ORGANISATION, day))
            found.append(
                paid_in(day, "협동기금 기부", COOPERATIVE, "4120", part * 10_000, giver.party)
            )
    return found


# -- shares ----------------------------------------------------------------------------------------

SHARE_MINIMUM_WON = {ORGANISATION: 100_000, PERSON: 10_000, SUPPORTER: 0}


def _shares(network: Network, chance: Random, until: date) -> tuple[ShareMovement, ...]:
    """Founders pay on the day of founding, organisations first, so that nobody holds too much."""
    found = []
    for member in network.members:
        if member.member_class == SUPPORTER:
            continue
        won = SHARE_MINIMUM_WON[member.member_class] * chance.choice((1, 1, 1, 1, 2, 2, 3))
        paid = member.joined + timedelta(days=chance.randint(0, 9) * (not member.is_founding))
        rank = member.member_class != ORGANISATION, won, member.key
        found.append((paid, rank, ShareMovement(member.key, paid, won)))
        if member.left:
            back = date(member.left.year + 1, 4, 6)
            found.append((back, rank, ShareMovement(member.key, back, -won)))
    return tuple(share for day, _rank, share in sorted(found, key=lambda f: f[:2]) if day < until)


# -- grants ----------------------------------------------------------------------------------------

GRANT_WON = 20_000_000
GRANT_ITEMS = (
    (5, "강사료", "5410", 3), (6, "참여기업 홍보물 제작", "5010", 4), (7, "실무자 교육", "5410", 3),
    (8, "공동브랜드 개발", "5010", 5), (9, "한마당 무대·천막", "5010", 6), (10, "성과자료집", "5010", 3),
    (11, "사업 담당 인건비", "5110", 4), (12, "결과공유회", "5310", 2),
)  # fmt: skip


def _grants(network: Network, chance: Random, until: date) -> list[Booking]:
    """The city's grant of each year, spent item by item, the rest of it paid back."""
    found = []
    for year in range(2017, until.year + 1):
        project = f"사회적경제 역량강화 {year}"
        rest = GRANT_WON
        found.append(
            paid_in(date(year, 4, 10), f"{year} 보조금 교부", GRANT, "4210", rest, project=project)
        )
        for month, text, account, weight in GRANT_ITEMS:
            won = GRANT_WON * weight // 30 // 1000 * 1000 - chance.randint(0, 60) * 1000
            rest -= won
            day = date(year, month, chance.randint(11, 26))
            found.append(paid_out(day, text, GRANT, account, won, project=project))
        found.append(
            paid_out(
                date(year, 12, 29), f"{year} 보조금 잔액 반납", GRANT, "5910", rest, project=project
            )
        )
    return [b for b in found if b.date < until]


# -- the general account ---------------------------------------------------------------------------


def _rent(month: Month) -> int:
    for since, won in ((2023, 350_000), (2019, 250_000), (2016, 120_000)):
        if month.year >= since:
            return won
    return 0


def _general(
    chance: Random, dues: Dues, shares: tuple[ShareMovement, ...], loan: Loan, until: date
) -> list[Booking]:
    """Ordinary spending: nearly what came in the month before, never more than there is."""
    found: list[Booking] = []
    paid: dict[Month, int] = defaultdict(int)
    for payment in dues.payments:
        paid[Month.of(payment.date)] += payment.won
    cash = 0
    for month in months(FIRST_MONTH, Month.of(until)):
        came, before = paid[month], paid[month.plus(-1)]
        kept = sum(s.won for s in shares if s.date in month)
        if loan.date in month:
            kept += loan.won
        if loan.back_date in month:
            kept -= loan.won
        booked = _month(chance, month, min(before * 97 // 100, cash + min(kept, 0)))
        booked += _yearly(month)
        found += booked
        cash += came + kept + balance_of(booked, "1010", GENERAL)
        assert cash >= 0, (month, cash)
    return [b for b in found if b.date < until]


SECTION_GRANT_WON = 50_000


def _month(chance: Random, month: Month, budget: int) -> list[Booking]:
    def on(day: int) -> date:
        return date(month.year, month.month, day)

    wanted: list[tuple[int, str, str, int, str]] = []
    if _rent(month):
        wanted.append((2, f"사무실 임차료 {month}", "5210", _rent(month), ""))
    wanted.append((15, "통신·전기 요금", "5210", chance.randint(38, 96) * 1000 + 310, ""))
    wanted.append((19, "전체회의 다과", "5310", chance.randint(60, 130) * 1000, "전체회의"))
    if month.year >= 2017 and month.month % 3 == 0:
        for section in ("먹거리", "교육", "돌봄", "환경", "유통", "주거복지"):
            wanted.append((21, f"{section} 분과 활동비", "5510", SECTION_GRANT_WON, section))
    if month.year >= 2018 and month.month in (5, 10):
        wanted.append((23, "장터 운영", "5010", 640_000, "장터"))
    found, left = [], budget
    for day, text, account, won, project in wanted:
        if won <= left:
            found.append(paid_out(on(day), text, GENERAL, account, won, project=project))
            left -= won
    pay = left // 10_000 * 10_000
    if month.year >= 2018 and pay >= 200_000:
        found.append(paid_out(on(25), f"사무국 활동비 {month}", GENERAL, "5110", pay))
    return found


def _yearly(month: Month) -> list[Booking]:
    """The general meeting in March and the festival in September, which pay for themselves."""
    if month.year < 2016 or month.month not in (3, 9):
        return []
    name = "정기총회" if month.month == 3 else "사회적경제 한마당"
    won = (500_000 if month.month == 3 else 1_200_000) + (month.year - 2016) * 60_000
    day = date(month.year, month.month, 18)
    return [
        paid_in(day, f"{month.year} {name} 후원금", GENERAL, "4110", won + 80_000, project=name),
        paid_out(
            day + timedelta(days=6), f"{month.year} {name}", GENERAL, "5010", won, project=name
        ),
    ]


def _waiting(network: Network, chance: Random) -> tuple[Booking, ...]:
    """Drafts that a second person has not looked at yet."""
    member = chance.choice(network.of(ORGANISATION, network.today))
    today = network.today
    return (
        paid_out(
            today - timedelta(days=6),
            "협동기금 공동사업 지원",
            COOPERATIVE,
            "5510",
            6_000_000,
            member.party,
        ),
        paid_out(
            today - timedelta(days=3),
            "공유주방 설비",
            COOPERATIVE,
            "5010",
            7_480_000,
            project="공동사업",
        ),
    )
