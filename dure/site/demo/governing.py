"""How the invented network decides: its bodies and seats since the founding, its meetings of late, to
which as many come as to those of real networks (53 to 69 %), and what they decided. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any
from zlib import crc32

from dure.kernel.acts import SEOUL

from .cast import FOUNDED, ORGANISATION, PERSON, Member, Network, Person
from .steps import SECRETARIAT, Diary, Ref

YEARS = 3  # of a term in the board
PLACE = "광나루 마을회관"
CO_OPERATIVES = ("cooperative", "social_cooperative")  # whoever leads one leads no other
COMES = 62  # of a hundred voters
SURE = 4  # votes are taken where a voter more or less makes no difference
YEARLY = (
    ("결산보고서 승인", "settlement"),
    ("사업계획과 예산 승인", "plan_and_budget"),
)
MONTHLY = (
    "협동기금 상반기 운용 보고", "가을 장터 준비", "공동구매 품목 정하기", "회원 방문 일정",
    "마을 돌봄 사업 함께하기", "내년 사업계획 초안", "상호거래 실적 나누기",
)  # fmt: skip


def chairs(network: Network, until: date) -> Iterator[tuple[Person, date, date]]:
    """Who led the network, from when until when."""
    heads = [
        person
        for one, person in founders(network)
        if one.organisation and one.organisation.legal_form not in CO_OPERATIVES
    ]
    start = FOUNDED
    for person in heads:
        if start >= until:
            return
        ends = date(start.year + YEARS, start.month, start.day)
        yield person, start, ends
        start = ends


def founders(network: Network) -> list[tuple[Member, Person]]:
    """The founding organisations, each with who spoke for it first."""
    return [
        (one, next(term.person for term in one.terms if not term.is_deputy))
        for one in network.of(ORGANISATION, FOUNDED)
    ]


def note_governance(network: Network, diary: Diary) -> None:
    """Bodies, seats, and the meetings of the last two years."""
    Governing(network, diary).note()


class Governing:
    """Notes everything about bodies and meetings into the diary."""

    def __init__(self, network: Network, diary: Diary) -> None:
        self.network, self.diary = network, diary
        self.until = diary.until
        yesterday = self.until - timedelta(days=1)
        still = [one for one, _head in founders(network) if one.belongs_on(yesterday)]
        self.committee = still[:10]
        self.numbers = count(1)

    def note(self) -> None:
        self._body("assembly", "총회", "general_meeting", FOUNDED)
        self._officers()
        self._seat("assembly", FOUNDED, kind="ex_officio", title="의장", follows_id=Ref("board"),
                   is_chair=True, may_vote=False)  # fmt: skip
        self._committee()
        self._others()
        year = self.until.year if self.until > date(self.until.year, 3, 28) else self.until.year - 1
        self._assembly(date(year - 1, 3, 14), f"{year - 1}년 정기총회", comes=41)
        self._assembly(date(year - 1, 3, 28), f"{year - 1}년 정기총회", again=True)
        self._assembly(date(year, 3, 20), f"{year}년 정기총회")
        for months in range(7, 0, -1):
            self._monthly(months)
        self._next()

    # -- bodies ------------------------------------------------------------------------------------

    def _body(self, key: str, name: str, kind: str, day: date, **given: Any) -> None:
        self.diary.note(
            day, SECRETARIAT, "governance.add_body", key, rank=72, name=name, kind=kind,
            from_date=day, decided_by="창립총회" if day == FOUNDED else f"{day:%Y년 %-m월} 운영위원회",
            **given,
        )  # fmt: skip

    def _seat(self, body: str, day: date, **given: Any) -> str:
        key = f"seat {next(self.numbers)}"
        self.diary.note(
            day, SECRETARIAT, "governance.add_seat", key, rank=73, body_id=Ref(body), from_date=day,
            **given,
        )  # fmt: skip
        return key

    def _fill(self, seat: str, person: Person, day: date, until: date) -> None:
        decided = "창립총회" if day == FOUNDED else f"{day.year} 정기총회 5호"
        self.diary.note(
            day, SECRETARIAT, "governance.fill_seat", rank=75, seat_id=Ref(seat),
            person_id=Ref(person.key), from_date=day, until_date=until, decided_by=decided,
        )  # fmt: skip

    def _officers(self) -> None:
        """A chair and four directors, two auditors: elected for three years each time."""
        self._body("board", "이사회", "board", FOUNDED)
        self._body("audit", "감사", "auditors", FOUNDED)
        seats = [
            self._seat("board", FOUNDED, kind="elected", title=title, is_chair=title == "이사장")
            for title in ("이사장", "이사", "이사", "이사", "이사")
        ]
        audits = [self._seat("audit", FOUNDED, kind="elected", title="감사") for _ in range(2)]
        people = [one.person for one in self.network.of(PERSON, FOUNDED) if one.person]
        led = list(chairs(self.network, self.until))
        others = [person for _one, person in founders(self.network)]
        others = [one for one in others if one not in [person for person, *_days in led]]
        for chair, start, ends in led:
            for seat, person in zip(seats, (chair, *others[:4]), strict=True):
                self._fill(seat, person, start, ends)
            for seat, person in zip(audits, people[:2], strict=True):
                self._fill(seat, person, start, ends)

    def _committee(self) -> None:
        """Ten founding organisations and the secretariat: the steering committee."""
        self._body("committee", "운영위원회", "steering_committee", FOUNDED,
                   purpose="총회와 이사회가 맡긴 일을 달마다 정하고, 가입을 심사합니다.")  # fmt: skip
        for number, one in enumerate(self.committee):
            self._seat(
                "committee", FOUNDED, kind="by_organisation", organisation_id=Ref(one.party),
                title="위원장" if number == 0 else "위원", is_chair=number == 0,
            )  # fmt: skip
        self._seat("committee", FOUNDED, kind="ex_officio", office="secretariat", title="사무국장")
        self.diary.note(  # on admissions it advises: the procedures note what it found
            FOUNDED, SECRETARIAT, "governance.grant_competence", rank=74,
            body_id=Ref("committee"), matter="conduct", article="윤리규정 제8조",
        )  # fmt: skip

    def _others(self) -> None:
        """A section whose head goes round, a committee for a time, a council with the district."""
        sits = self.committee
        since = date(2021, 1, 1)
        self._body("care", "돌봄분과", "section", since, convenor_id=Ref(sits[0].party))
        self._seat(
            "care", since, kind="in_turn", title="분과장", is_chair=True, turn_months=12,
            organisation_ids=tuple(Ref(one.party) for one in sits[:6]),
        )  # fmt: skip
        for one in sits[:6]:
            self._seat("care", since, kind="by_organisation", organisation_id=Ref(one.party))
        began = self.until - timedelta(days=250)
        self._body("bylaws", "정관개정 특별위원회", "special_committee", began,
                   ends_when="정관 개정안을 총회에 낸 때")  # fmt: skip
        self._seat("bylaws", began, kind="by_organisation", organisation_id=Ref(sits[1].party))
        since = self.until - timedelta(days=64)
        self._body("council", "민관 실무협의회", "public_private", since)
        self.diary.note(
            since, SECRETARIAT, "governance.lay_down_quota", rank=74, body_id=Ref("council"),
            group="민간", numerator=1, denominator=2, article="조례 제7조제2항", from_date=since,
        )  # fmt: skip
        for one in sits[2:5]:
            self._seat("council", since, kind="by_organisation", organisation_id=Ref(one.party),
                       groups=("민간",))  # fmt: skip
        self._seat("council", since, kind="appointed", title="구의회 추천", groups=("공공",))
        self._seat("council", since, kind="appointed", title="구청 담당과장", may_vote=False)

    # -- meetings ----------------------------------------------------------------------------------

    def _assembly(self, day: date, title: str, comes: int = COMES, again: bool = False) -> None:
        """A general meeting; with too few it fails, and is called again."""
        key, failed = f"assembly of {day}", f"assembly of {day - timedelta(days=14)}"
        more = {"again_for_id": Ref(failed)} if again else {}
        self._call(key, "assembly", day, title, YEARLY, 14 if again else 30, 13 if again else 25,
                   **more)  # fmt: skip
        voters, told = self._members(day), day - timedelta(days=13 if again else 25)
        there = [one for one in voters if self._comes(one, day, comes, told)]
        chair = next(
            person
            for person, start, ends in chairs(self.network, self.until)
            if start <= day < ends
        )
        self._open(key, day, there, chair)
        if 2 * len(there) > len(voters) + SURE:
            for number, _item in enumerate(YEARLY):
                self._by_hands(f"{key} item {number}", day, len(there), number)
        self._close(key, day)

    def _monthly(self, months: int) -> None:
        """The steering committee, on a Thursday of the month, decides without an objection."""
        day = self.until - timedelta(days=30 * months)
        day -= timedelta(days=(day.weekday() - 3) % 7)
        key = f"committee of {day}"
        self._call(key, "committee", day, f"{day:%Y년 %-m월} 운영위원회",
                   ((MONTHLY[months % len(MONTHLY)], "business"),), 12, 8)  # fmt: skip
        first = self.committee[0]
        there = [one for one in self.committee if one is first or self._comes(one, day, 74)]
        there = [one for one in there if self._spoken(one, day)]
        self._open(key, day, there, None)
        if 2 * len(there) > len(self.committee) + 1:  # the secretariat's seat, too
            self._note(day, 63, "governance.open_vote", f"{key} vote",
                       item_id=Ref(f"{key} item 0"), method="consent")  # fmt: skip
            self._note(day, 64, "governance.close_vote", vote_id=Ref(f"{key} vote"))
        self._close(key, day)

    def _next(self) -> None:
        day = self.until + timedelta(days=9)
        key = f"committee of {day}"
        self._call(key, "committee", day, f"{day:%Y년 %-m월} 운영위원회",
                   (("내년 사업계획과 예산 초안", "business"),), 14, 11)  # fmt: skip

    def _call(
        self, key: str, body: str, day: date, title: str, items: Sequence[tuple[str, str]],
        planned: int, called: int, **more: Any,
    ) -> None:  # fmt: skip
        first, told = day - timedelta(days=planned), day - timedelta(days=called)
        self._note(
            first, 70, "governance.plan_meeting", key, body_id=Ref(body), title=title, place=PLACE,
            starts_at=datetime.combine(day, time(14), SEOUL), **more,
        )  # fmt: skip
        for number, (text, matter) in enumerate(items):
            self._note(first, 71, "governance.add_item", f"{key} item {number}",
                       meeting_id=Ref(key), title=text, matter=matter)  # fmt: skip
        self._note(told, 72, "governance.convene_meeting", meeting_id=Ref(key))
        parties = tuple(Ref(one) for one in self._voters(body, told))
        self._note(told, 73, "governance.note_notices", meeting_id=Ref(key), way="message",
                   told_date=told, party_ids=parties)  # fmt: skip

    def _voters(self, body: str, day: date) -> list[str]:
        if body == "assembly":
            return [one.party for one in self._members(day)]
        return [*(one.party for one in self.committee), self.network.staff["secretariat 3"].key]

    def _members(self, day: date) -> list[Member]:
        return [*self.network.of(ORGANISATION, day), *self.network.of(PERSON, day)]

    def _open(self, key: str, day: date, there: Sequence[Member], chair: Person | None) -> None:
        for one in there:
            self._note(day, 60, "governance.check_in", meeting_id=Ref(key), party_id=Ref(one.party))
        led = {"chair_id": Ref(chair.key)} if chair else {}
        self._note(day, 61, "governance.open_meeting", meeting_id=Ref(key), **led)

    def _by_hands(self, item: str, day: date, there: int, number: int) -> None:
        """Two of the people who are members count; nearly all are in favour."""
        tellers = [one.person for one in self.network.of(PERSON, FOUNDED) if one.person][2:4]
        self._note(
            day, 62, "governance.open_vote", f"{item} vote", item_id=Ref(item), method="hands",
            teller_ids=tuple(Ref(one.key) for one in tellers),
        )  # fmt: skip
        for one in tellers:
            self.diary.note(
                day, one.key, "governance.count_hands", rank=62, vote_id=Ref(f"{item} vote"),
                yes=there - 3 - number, no=1 + number, abstain=2,
            )  # fmt: skip
        self._note(day, 62, "governance.close_vote", vote_id=Ref(f"{item} vote"))

    def _close(self, key: str, day: date) -> None:
        self._note(day, 66, "governance.close_meeting", meeting_id=Ref(key))

    def _note(self, day: date, rank: int, verb: str, *makes: str, **given: Any) -> None:
        self.diary.note(day, SECRETARIAT, verb, *makes, rank=rank, **given)

    def _comes(self, one: Member, day: date, of_hundred: int, told: date = date.max) -> bool:
        """Who joined after everybody was told comes, too: the network greets them there."""
        come = crc32(f"{one.key} {day}".encode()) % 100 < of_hundred or one.joined >= told
        return come and self._spoken(one, day)

    def _spoken(self, one: Member, day: date) -> bool:
        """Somebody may sit for an organisation; a person sits for itself."""
        return one.organisation is None or any(
            term.from_date <= day and (term.until_date is None or day < term.until_date)
            for term in one.terms
        )
