"""Two group buys: one that came and is billed, one that waits for wishes three cases before the price falls.

The suppliers are no members, so the mutual trade of the year is that of `trading` alone.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from dure.domains.trade.rules.group_buying import Article, Offer, Supplier, Terms
from dure.kernel.acts import SEOUL

from .cast import ORGANISATION, Member, Network
from .steps import BOOKKEEPER, SECRETARIAT, Diary, Ref

DROPS = ("두레회관 1층 (화 14~18시)", "광나루점 뒷마당 (수 10~12시)")
MANDARINS = Terms(
    (Article("노지 감귤", 20, 2), Article("한라봉", 10)),
    (Supplier("서귀포 햇살농장", 0, 18_000), Supplier("성산 이웃농장", 150_000, 12_000)),
    (
        Offer("노지 감귤", "서귀포 햇살농장", ((1, 24_000), (5, 22_000))),
        Offer("노지 감귤", "성산 이웃농장", ((1, 23_500),), 8),
        Offer("한라봉", "서귀포 햇살농장", ((1, 31_000),)),
    ),
    least_cases=5,
)
PAPER = Terms(
    (Article("재생 복사지", 5),), (Supplier("다시쓰는 종이", 0, 6_000),),
    (Offer("재생 복사지", "다시쓰는 종이", ((1, 24_500), (10, 21_900))),), least_cases=5,
    transport="equally",
)  # fmt: skip
WISHED = ((18, 4), (25, 0), (12, 8), (30, 5), (9, 2), (16, 0))
WISHED_PAPER = ((6, 2), (10, 0), (4, 1), (8, 2), (7, 0))


def note_buying_together(network: Network, diary: Diary) -> None:
    """Opened by the first, wished by some, closed, delivered a little short, billed; and one open."""
    yesterday = network.today - timedelta(days=1)
    members = network.of(ORGANISATION, yesterday - timedelta(days=40))[: len(WISHED)]
    opened, closed = yesterday - timedelta(days=39), yesterday - timedelta(days=24)
    _open("mandarins", "겨울 감귤", MANDARINS, opened, closed, members, diary)
    for number, (quantity, more) in enumerate(WISHED[: len(members)]):
        wishes = {"노지 감귤": (quantity, more), "한라봉": (number % 3 * 5, 0)}
        _wish("mandarins", members[number], opened + timedelta(days=number + 1), wishes, diary)
    buy = Ref("mandarins")
    diary.note(closed, SECRETARIAT, "trade.close_group_buy", rank=61, buy_id=buy)
    came = yesterday - timedelta(days=3)
    short = (("한라봉", "서귀포 햇살농장", 27),)
    diary.note(came, SECRETARIAT, "trade.deliver_group_buy", rank=61, came=short, buy_id=buy)
    for one in members[:3]:
        diary.note(
            came,
            SECRETARIAT,
            "trade.collect_group_buy",
            rank=62,
            membership_id=Ref(one.key),
            buy_id=buy,
        )
    diary.note(yesterday, BOOKKEEPER, "trade.settle_group_buy", rank=62, buy_id=buy)
    first = yesterday - timedelta(days=len(WISHED_PAPER))
    _open("paper", "재생 복사지", PAPER, first, yesterday + timedelta(days=6), members, diary)
    for number, wish in enumerate(WISHED_PAPER[: len(members)]):
        day = first + timedelta(days=number + 1)
        _wish("paper", members[number], day, {"재생 복사지": wish}, diary)


def _open(
    key: str, name: str, terms: Terms, day: date, until: date, members: list[Member], diary: Diary
) -> None:
    diary.note(
        day, SECRETARIAT, "trade.open_group_buy", key, rank=60, organiser_id=Ref(members[0].party),
        name=name, terms=terms, closes_at=datetime.combine(until, time(23, 59), SEOUL),
        drops=DROPS, about="낱개로 신청하고, 상자를 채울 수 있으면 몇 개 더 받을지 적어 주세요.",
    )  # fmt: skip


def _wish(
    key: str, member: Member, day: date, wishes: dict[str, tuple[int, int]], diary: Diary
) -> None:
    drop = DROPS[sum(map(sum, wishes.values())) % 2]
    diary.note(
        day, SECRETARIAT, "trade.wish_in_group_buy", rank=61, buy_id=Ref(key),
        party_id=Ref(member.party), wishes=wishes, drop=drop,
    )  # fmt: skip
