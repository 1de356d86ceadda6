"""A year of small loans: two products, the fund, and thirteen wishes in every state. Pure.

1. The law lets social co-operatives lend from October 2025 on; the year ends on the day of building.
2. Most pay on the day. One is a few days late, one more than a month, one more than three months.
3. What is lent or promised stays under half of the ceiling, so that there is room to try it out.
4. The days of the loans are run at the end of each month, and up to the day before building.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from dure.domains.loans.queries.days import is_free
from dure.domains.loans.rules.days import DayCount, Move, moved
from dure.domains.loans.rules.schedules import Instalment, Method, Terms, schedule
from dure.kernel.dates import Month

from .bookings import GENERAL
from .cast import ORGANISATION, PERSON, Member, Network
from .dues import Dues, months
from .names import SECTIONS
from .steps import BOOKKEEPER, SECRETARIAT, SYSTEM, Diary, Ref

FIRST_LENDING = Month(2025, 11)
MONTHS = 12
FUND, FUND_WON = "microloan", 5_000_000
RULES = "소액대출 규정"
BELONGS_DAYS = 800  # how long a borrower has been a member
LIVING: dict[str, Any] = {
    "code": "living", "name": "생활안정 대출", "article": f"{RULES} 제5조",
    "purpose": "갑자기 생활비가 모자랄 때", "least_won": 100_000, "most_won": 1_000_000,
    "longest_months": 12, "rate": (3, 100), "late_rate": (45, 1000),
}  # fmt: skip
WORK: dict[str, Any] = {
    "code": "work", "name": "일터 이음 대출", "article": f"{RULES} 제6조",
    "purpose": "회원 단체의 운영 자금", "least_won": 300_000, "most_won": 2_000_000,
    "longest_months": 24, "grace_months": 3, "rate": (24, 1000), "late_rate": (36, 1000),
    "method": Method.EQUAL_PRINCIPAL,
}  # fmt: skip
ALWAYS, NEVER = 0, 10_000


@dataclass(frozen=True, slots=True)
class Wish:
    """A loan as it goes: `after` months from the first, how far it came, how late it is."""

    product: dict[str, Any]
    after: int
    day: int
    won: int
    months: int
    purpose: str
    state: str = "running"  # or refused, approved, signed, applied
    grace: int = 0
    late: int = ALWAYS  # instalments due in the last so many days are not paid
    off_after: int = NEVER  # paid off after so many instalments


WISHES = (
    Wish(LIVING, 5, 11, 400_000, 10, "learning"),
    Wish(LIVING, 0, 6, 600_000, 12, "living"),
    Wish(LIVING, 1, 5, 500_000, 6, "housing"),
    Wish(WORK, 1, 12, 1_500_000, 24, "business"),
    Wish(LIVING, 2, 8, 800_000, 12, "debt", late=125),
    Wish(WORK, 3, 4, 1_000_000, 12, "business", late=62),
    Wish(LIVING, 5, 18, 300_000, 6, "family", off_after=3),
    Wish(WORK, 6, 9, 800_000, 18, "business", grace=3),
    Wish(LIVING, 7, 3, 500_000, 12, "living", late=30),
    Wish(LIVING, 8, 20, 1_000_000, 12, "debt", "refused"),
    Wish(WORK, MONTHS, 2, 500_000, 12, "business", "approved"),
    Wish(LIVING, MONTHS, 4, 300_000, 10, "family", "signed"),
    Wish(LIVING, MONTHS, 10, 200_000, 6, "living", "applied"),
)


def note_lending(network: Network, dues: Dues, diary: Diary) -> None:
    """The regulation and the fund, then each wish."""
    first = max(FIRST_LENDING, Month.of(network.today).plus(-MONTHS))
    _rules(first, diary)
    people, organisations = _borrowers(network, dues, first)
    for number, wish in enumerate(WISHES, 1):
        member = (organisations if wish.product is WORK else people).pop(0)
        code, who = wish.product["code"], {"membership_id": Ref(member.key)}
        LoanStory(f"loan {number}", wish, member, first.plus(wish.after), diary, code, who).note()
    for month in months(first, Month.of(network.today)):
        day = min(month.last_date, network.today - timedelta(days=1))
        diary.note(day, SYSTEM, "run the days of the loans", rank=99)


def _rules(first: Month, diary: Diary) -> None:
    day = first.first_date
    decided_by = f"{first.plus(-1).last_date:%Y년 %-m월} 이사회"
    for article, text, given in (
        ("제3조", "가입한 지 스물네 달이 지난 회원에게 빌려준다.",
         {"key": "loans.membership_months", "value": "24", "kind": "months",
          "comparison": "at_least", "label": "대출을 받을 수 있는 가입 기간"}),
        ("제4조", "밀린 회비가 30만원을 넘는 회원은 먼저 회비를 낸다.",
         {"key": "loans.late_dues_won", "value": "30만원"}),
    ):  # fmt: skip
        diary.note(
            day, SECRETARIAT, "bylaws.adopt_provision", rank=80, document=RULES, article=article,
            text=text, from_date=day, decided_by=decided_by, origin="regulation", **given,
        )  # fmt: skip
    for product in (LIVING, WORK):
        diary.note(
            day, SECRETARIAT, "loans.lay_down_loan_product", product["code"], rank=82,
            decided_by=decided_by, from_date=day, fund=FUND, **product,
        )  # fmt: skip
    diary.note(day, SECRETARIAT, "ledger.open_fund", rank=81, code=FUND)
    moved_on = day + timedelta(days=1)
    diary.note(
        moved_on, SECRETARIAT, "ledger.move_between_funds", rank=20, date=moved_on,
        from_fund=GENERAL, to_fund=FUND, amount_won=FUND_WON, text="소액대출 재원",
    )  # fmt: skip


def _borrowers(network: Network, dues: Dues, first: Month) -> tuple[list[Member], list[Member]]:
    """Who belongs long enough and pays dues: people by age of membership, a firm of each section."""
    until = network.today - timedelta(days=1)
    agreed = {one.member for one in dues.agreements}

    def steady(member: Member) -> bool:
        return (
            (first.first_date - member.joined).days > BELONGS_DAYS
            and member.left is None
            and member.key not in agreed
            and dues.open_of(member.key) <= 2
        )

    people = [m for m in network.of(PERSON, until) if m.left is None]
    known = next(m for m in network.members if m.member_class == PERSON)  # who has an account
    firms = [m for m in network.of(ORGANISATION, until) if steady(m)]
    by_section: list[Member] = []
    for section in SECTIONS:
        by_section += [m for m in firms if m.organisation and m.organisation.section == section][:1]
    return [known, *(m for m in people if steady(m) and m != known)], by_section


@dataclass(frozen=True, slots=True)
class LoanStory:
    """A wish as it goes, step by step; `who`: in what the borrower borrows."""

    key: str
    wish: Wish
    member: Member
    month: Month
    diary: Diary
    product: str
    who: dict[str, Ref]

    def note(self) -> None:
        wish = self.wish
        asked = date(self.month.year, self.month.month, wish.day)
        self._own(
            asked, "apply_for_loan", **self.who, won=wish.won,
            product_id=Ref(self.product), months=wish.months, grace_months=wish.grace,
            purpose=wish.purpose,
        )  # fmt: skip
        decided = asked + timedelta(days=5)
        by = f"{decided:%Y년 %-m월} 대출심사위원회"
        if wish.state == "refused":
            reason = "갚을 계획을 더 살펴본 뒤 다시 신청하기를 권했습니다."
            self._office(decided, SECRETARIAT, "refuse_loan", decided_by=by, reason=reason)
        elif wish.state != "applied":
            self._office(decided, SECRETARIAT, "approve_loan", decided_by=by)
            if wish.state != "approved":
                self._own(decided + timedelta(days=2), "sign_loan", loan_id=Ref(self.key))
            if wish.state == "running":
                self._runs(decided + timedelta(days=3))

    def _runs(self, paid_out: date) -> None:
        self._office(paid_out, BOOKKEEPER, "pay_out_loan")
        for one in self._plan(paid_out):
            day = moved(one.due_date, Move.NEXT, is_free)
            if one.n > self.wish.off_after:
                self._office(day - timedelta(days=9), BOOKKEEPER, "pay_off_loan")
                return
            if day < self.diary.until - timedelta(days=self.wish.late):
                self._office(day, BOOKKEEPER, "repay_loan", won=one.due)

    def _plan(self, start: date) -> tuple[Instalment, ...]:
        wish = self.wish
        method = wish.product.get("method", Method.ANNUITY)
        rate = Fraction(*wish.product["rate"])
        return schedule(
            Terms(wish.won, rate, wish.months, method, DayCount.THIRTY_360, start, wish.grace)
        ).instalments

    def _office(self, day: date, by: str, verb: str, **given: Any) -> None:
        self.diary.note(day, by, f"loans.{verb}", rank=60, loan_id=Ref(self.key), **given)

    def _own(self, day: date, verb: str, **given: Any) -> None:
        """By the borrower, or who speaks for it that day."""
        makes = (self.key,) if verb == "apply_for_loan" else ()
        note: Callable[..., None] = self.diary.note
        if self.member.person:
            note(day, self.member.person.key, f"loans.{verb}", *makes, rank=60, **given)
            return
        term = next(
            one
            for one in self.member.terms
            if one.from_date <= day and (one.until_date is None or day < one.until_date)
        )
        note(
            day, term.person.key, f"loans.{verb}", *makes, rank=60,
            speaks_for=self.member.party, **given,
        )  # fmt: skip
