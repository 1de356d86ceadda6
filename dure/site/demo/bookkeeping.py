"""The steps by which money is billed, received, spent, moved and closed."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from dure.kernel.dates import Month

from .bookings import COOPERATIVE, GENERAL, GRANT, SECOND_PERSON_ABOVE_WON, Booking
from .cast import FOUNDED, ORGANISATION, PERSON, SUPPORTER, Network
from .dues import DUE_DAY, FIRST_MONTH, PLANS, Dues, Payment, months
from .money import Money, ShareMovement
from .steps import BOOKKEEPER, SECOND, SECRETARIAT, SYSTEM, Diary, Ref

RULES_FROM = date(2017, 3, 17)
GRANT_FUND_FROM = date(2017, 3, 2)
ARTICLE = "회계규정 제14조(지출의 승인)"
CLOSED_ON = 12  # day of the following month
WAIVED_AFTER_DAYS = 70
SHARE_UNIT_WON = 10_000
CLASSES = (
    (
        ORGANISATION,
        "단체회원",
        "organisation",
        True,
        True,
        100_000,
        "정관 제18조",
        "사회적경제 조직과 단체",
    ),
    (PERSON, "개인회원", "person", True, False, 10_000, "정관 제18조", "활동가와 주민"),
    (SUPPORTER, "후원회원", "any", False, False, 0, "", "회비로 응원하는 사람과 단체"),
    ("associate", "준회원", "any", False, False, 0, "", "함께할지 알아보는 조직"),
)


def note_opening(diary: Diary) -> None:
    """Books, funds, their rules, classes of members, dues plans."""
    diary.note(FOUNDED, SYSTEM, "ledger.open_books", rank=-9, first_date=FOUNDED.replace(day=1))
    diary.note(FOUNDED, SECRETARIAT, "ledger.open_fund", rank=-4, code=COOPERATIVE,
               purpose="상호거래액의 2%를 모아 회원의 협동사업과 어려움을 돕습니다.", opened_date=FOUNDED)  # fmt: skip
    diary.note(
        GRANT_FUND_FROM,
        SECRETARIAT,
        "ledger.open_fund",
        rank=-4,
        code=GRANT,
        opened_date=GRANT_FUND_FROM,
    )
    diary.note(
        RULES_FROM, SECRETARIAT, "ledger.set_fund_rule", rank=-4, kind="second_person_above_won",
        amount_won=SECOND_PERSON_ABOVE_WON, article=ARTICLE, from_date=RULES_FROM,
    )  # fmt: skip
    diary.note(
        FOUNDED, SECRETARIAT, "bylaws.adopt_provision", rank=-5, key="shares.unit_won", kind="won",
        comparison="exactly", value=str(SHARE_UNIT_WON), label="출자 1좌의 금액", document="정관",
        article="제17조", from_date=FOUNDED, decided_by="창립총회",
    )  # fmt: skip
    for code, name, who, may_vote, interview, share, article, description in CLASSES:
        diary.note(
            FOUNDED, SECRETARIAT, "memberships.add_member_class", rank=-4, code=code, name=name, who=who,
            may_vote=may_vote, interview_required=interview, holds_shares=share > 0,
            share_minimum_won=share,
            share_article=article, description=description,
        )  # fmt: skip
    for key, member_class, name, won, month in PLANS:
        day = max(FOUNDED, month.first_date - timedelta(days=20))
        diary.note(
            day, SECRETARIAT, "memberships.set_dues_plan", key, rank=60, member_class=member_class,
            name=name, period="month", amount_won=won, from_month=month, due_day=DUE_DAY,
            is_minimum=member_class == ORGANISATION, joining_month_counts=False, article="회비규정 제3조",
        )  # fmt: skip


def _note_refund(network: Network, share: ShareMovement, diary: Diary) -> None:
    """A leaver asks on the day of the general meeting, which resolves to pay back; so it is done."""
    day, claim = share.date, f"claim:{share.member}"
    belong = sum(m.belongs_on(day) for m in network.members if m.member_class != SUPPORTER)
    present = belong * 3 // 5
    diary.note(day, SECRETARIAT, "memberships.ask_share_refund", claim, rank=70,
               membership_id=Ref(share.member))  # fmt: skip
    diary.note(
        day, SYSTEM, "memberships.approve_share_refund", rank=71, claim_id=Ref(claim),
        decided_by=f"{day.year}년 정기총회 제5호", decided_date=day, members_total=belong,
        members_present=present, votes_for=present,
    )  # fmt: skip
    diary.note(day, BOOKKEEPER, "memberships.pay_share_refund", rank=72, claim_id=Ref(claim))


def note_dues(network: Network, dues: Dues, diary: Diary) -> None:
    """Each month: billed on the first; a month's bank file read in on the next month's first day."""
    yesterday = diary.until - timedelta(days=1)
    for agreement in dues.agreements:
        diary.note(
            agreement.from_month.first_date - timedelta(days=9), BOOKKEEPER, "memberships.agree_member_dues",
            rank=1, membership_id=Ref(agreement.member), plan_id=Ref("plan:organisation:2"),
            amount_won=agreement.won, from_month=agreement.from_month,
        )  # fmt: skip
    by_month: dict[Month, list[Payment]] = defaultdict(list)
    for payment in dues.payments:
        by_month[Month.of(payment.date)].append(payment)
    for month in months(FIRST_MONTH, Month.of(yesterday)):
        diary.note(month.first_date, BOOKKEEPER, "memberships.bill_dues", rank=30, month=month)
        over = month.end_date <= yesterday
        payments = [p for p in by_month[month] if over or p.date < yesterday]
        if payments:
            day = month.end_date if over else yesterday
            diary.note(
                day, BOOKKEEPER, "memberships.import_receipts", rank=10,
                filename=f"입출금내역_{month}.csv", content=bank_file(month, payments), match_sure=True,
            )  # fmt: skip
            diary.note(day, BOOKKEEPER, "match by hand", rank=11, payments=_members(payments))
    for member in network.members:
        if member.left and dues.open_of(member.key):
            diary.note(
                member.left + timedelta(days=WAIVED_AFTER_DAYS), SECRETARIAT, "waive what is open",
                rank=12, membership=Ref(member.key), reason="탈퇴한 회원의 남은 회비를 운영위원회 결정으로 감면합니다.",
            )  # fmt: skip


def _members(payments: list[Payment]) -> tuple[tuple[str, int, Ref], ...]:
    return tuple((p.payer, p.won, Ref(p.member)) for p in payments if p.member)


def bank_file(month: Month, payments: list[Payment]) -> bytes:
    """What the bank's web page would export: a head, then a row for each payment, in CP949."""
    out = io.StringIO(newline="")
    rows = csv.writer(out)
    rows.writerow(["예금거래내역조회", "", "", "", ""])
    rows.writerow(
        ["조회기간", f"{month.first_date:%Y.%m.%d} ~ {month.last_date:%Y.%m.%d}", "", "", ""]
    )
    rows.writerow(["거래일시", "적요", "출금액", "입금액", "보낸분"])
    for number, payment in enumerate(payments):
        at = f"{payment.date:%Y.%m.%d} {9 + number % 9:02}:{number * 7 % 60:02}:{number * 13 % 60:02}"
        rows.writerow(
            [at, "타행이체" if number % 3 else "인터넷", "0", f"{payment.won:,}", payment.payer]
        )
    return out.getvalue().encode("cp949")


def note_money(network: Network, money: Money, diary: Diary) -> None:
    """Contributions, ordinary spending, shares, the loan between funds, drafts that wait."""
    for booking in money.contributions:
        diary.note(booking.date + timedelta(days=2), BOOKKEEPER, "post", rank=20, booking=booking)
    by_month: dict[Month, list[Booking]] = defaultdict(list)
    for number, booking in enumerate(money.ordinary):
        if booking.needs_second_person and booking.date >= RULES_FROM:
            key = f"draft {number}"
            diary.note(booking.date, BOOKKEEPER, "draft", key, rank=20, booking=booking)
            diary.note(
                booking.date + timedelta(days=1),
                SECOND,
                "ledger.approve_entry",
                rank=0,
                entry_id=Ref(key),
            )
        else:
            by_month[Month.of(booking.date)].append(booking)
    yesterday = diary.until - timedelta(days=1)
    for month, bookings in by_month.items():
        diary.note(
            min(month.last_date, yesterday), BOOKKEEPER, "post all", rank=20,
            text=f"{month} 지출과 수입", bookings=tuple(bookings),
        )  # fmt: skip
    for share in money.shares:
        if share.won > 0:
            diary.note(
                share.date, BOOKKEEPER, "memberships.subscribe_shares", rank=70,
                membership_id=Ref(share.member), shares=share.won // SHARE_UNIT_WON, paid_date=share.date,
            )  # fmt: skip
        else:
            _note_refund(network, share, diary)
    loan = money.loan
    given: dict[str, Any] = {"amount_won": loan.won, "text": "일반회계 일시 차입 (코로나19)"}
    diary.note(loan.date, SECRETARIAT, "ledger.move_between_funds", rank=20, date=loan.date,
               from_fund=COOPERATIVE, to_fund=GENERAL, **given)  # fmt: skip
    diary.note(loan.back_date, SECRETARIAT, "ledger.move_between_funds", rank=20, date=loan.back_date,
               from_fund=GENERAL, to_fund=COOPERATIVE, settle=True, **given)  # fmt: skip
    for booking in money.waiting:
        diary.note(booking.date, BOOKKEEPER, "draft", rank=20, booking=booking)


def note_closing(network: Network, diary: Diary) -> None:
    """Months closed up to two months ago, locked after the general meeting, the last one waiting."""
    last = Month.of(network.today).plus(-2)
    for month in months(Month.of(FOUNDED), last):
        day = month.end_date + timedelta(days=CLOSED_ON - 1)
        diary.note(day, BOOKKEEPER, "ledger.close_period", rank=80, month=str(month))
        locked = date(month.year + 1, 4, 14)
        diary.note(locked, SECRETARIAT, "ledger.lock_period", rank=80, month=str(month))
