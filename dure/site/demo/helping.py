"""Mutual aid among members: a plan, a dozen who take part, what they paid, three claims. Pure.

1. The plan begins with the law's list of events (July 2026), or eight months ago.
2. All but one pay in time; the one is late by now.
3. One claim is paid, one refused with its reason, one waits.
4. A campaign runs since last month: two gifts, a grant that was paid, one that waits.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from dure.domains.mutual_aid.rules.promises import Promised, Refund
from dure.kernel.dates import Month

from .bookings import GENERAL
from .cast import PERSON, Member, Network
from .steps import BOOKKEEPER, SECRETARIAT, SYSTEM, Diary, Ref

FIRST_HELPING = Month(2026, 7)
BACK = 8  # months
FUND, FUND_WON = "mutual_aid", 1_000_000
RULES = "상호부조 규정"
PLAN: dict[str, Any] = {
    "code": "helping", "name": "두레 상호부조", "article": f"{RULES} 제4조",
    "monthly_won": 10_000, "waiting_months": 2, "per_year_won": 500_000,
    "per_person_won": 2_000_000, "fund": FUND,
    "benefits": (
        Promised("marriage", "self", 200_000, most_times=1, evidence="혼인관계증명서"),
        Promised("marriage", "child", 100_000, evidence="청첩장 또는 혼인관계증명서"),
        Promised("death", "parent", 200_000, evidence="사망진단서"),
        Promised("death", "spouse", 500_000, evidence="사망진단서"),
        Promised("death", "self", 500_000, evidence="사망진단서"),
    ),
    "refunds": (Refund(12, Fraction(1, 2)), Refund(36, Fraction(4, 5))),
}  # fmt: skip
TAKING_PART, BELONGS_DAYS, LATE_SINCE = 12, 400, 2
CLAIMS = (  # who, after how many months, what, to whom, what it says, how far it came
    (1, 3, "death", "parent", "아버지를 보내 드렸습니다.", "paid"),
    (2, 3, "marriage", "child", "둘째가 혼인했습니다.", "refused"),
    (0, 4, "death", "parent", "어머니를 보내 드렸습니다.", "filed"),
)

CAMPAIGN: dict[str, Any] = {
    "name": "우애 나눔", "purpose": "갑자기 수입이 끊기거나 피해를 입은 회원을 빨리 돕습니다.",
    "article": f"{RULES} 제12조", "fund": "crisis", "rest_to": FUND, "per_person_won": 500_000,
    "needed": 2,
}  # fmt: skip
DECIDERS = slice(3, 6)  # of those who take part
GIFTS = ((1_000_000, {"name": "이웃 상점", "is_anonymous": True}), (500_000, {"name": "반달 책방"}))
ASKED = (  # who, for what, how much, in which words, whether it was granted
    (6, "income", 300_000, "가게를 한 달 동안 닫았습니다.", True),
    (7, "damage", 400_000, "비가 새어 물건이 젖었습니다.", False),
)


def note_helping(network: Network, diary: Diary) -> None:
    """The regulation and the fund, then who takes part, what is paid, what is claimed."""
    first = max(FIRST_HELPING, Month.of(network.today).plus(-BACK))
    _rules(first, diary)
    members = _members(network, first)
    for number, member in enumerate(members):
        _join(number, member, first.first_date + timedelta(days=4 + number % 3), diary)
    for after in range(len(members) and BACK + 1):
        month = first.plus(after)
        if after:
            diary.note(
                month.first_date, SYSTEM, "mutual_aid.bill_aid_contributions", rank=60,
                month=str(month),
            )  # fmt: skip
        for number in range(len(members)):
            if number < len(members) - 1 or after < LATE_SINCE:
                _office(
                    diary, date(month.year, month.month, 24), BOOKKEEPER,
                    "receive_aid_contribution", enrolment_id=Ref(f"aid {number}"),
                    won=PLAN["monthly_won"],
                )  # fmt: skip
    for who, after, event, relation, about, state in CLAIMS:
        if who < len(members):
            _claim(members[who], who, first.plus(after), event, relation, about, state, diary)
    if len(members) > max(who for who, *_about in ASKED):
        _campaign(members, Month.of(network.today).plus(-1).first_date, diary)


def _campaign(members: list[Member], first: date, diary: Diary) -> None:
    key, who = "aid campaign", [one.person.key for one in members if one.person]
    diary.note(
        first, SECRETARIAT, "mutual_aid.open_aid_campaign", key, rank=83, **CAMPAIGN,
        from_date=first, until_date=first + timedelta(days=90),
        decided_by=f"{first:%Y년 %-m월} 이사회",
        deciders=tuple(Ref(one) for one in who[DECIDERS]),
    )  # fmt: skip
    for won, giver in GIFTS:
        _office(
            diary, first + timedelta(days=1), BOOKKEEPER, "receive_aid_gift", won=won,
            campaign_id=Ref(key), **giver,
        )  # fmt: skip
    for number, need, won, about, is_granted in ASKED:
        asked, grant = first + timedelta(days=number - 3), f"aid grant {number}"
        diary.note(
            asked, who[number], "mutual_aid.ask_for_aid_grant", grant, rank=63,
            campaign_id=Ref(key), membership_id=Ref(members[number].key), need=need,
            asked_won=won, about=about, consented=True,
        )  # fmt: skip
        for decider in who[DECIDERS][: CAMPAIGN["needed"] if is_granted else 1]:
            diary.note(
                asked, decider, "mutual_aid.decide_aid_grant", rank=64, grant_id=Ref(grant), won=won
            )
        if is_granted:
            diary.note(asked, BOOKKEEPER, "mutual_aid.pay_aid_grant", rank=65, grant_id=Ref(grant))


def _rules(first: Month, diary: Diary) -> None:
    day = first.first_date
    decided_by = f"{first.plus(-1).last_date:%Y년 %-m월} 이사회"
    for article, text, given in (
        ("제2조", "가입한 지 여섯 달이 지난 회원이 참여한다.",
         {"key": "mutual_aid.membership_months", "value": "6", "kind": "months",
          "comparison": "at_least", "label": "상호부조에 참여할 수 있는 가입 기간"}),
        ("제3조", "상호부조회비는 한 달에 5천원 이상으로 한다.",
         {"key": "mutual_aid.monthly_dues_won", "value": "5,000", "kind": "won",
          "comparison": "at_least", "label": "달마다 내는 상호부조회비"}),
    ):  # fmt: skip
        diary.note(
            day, SECRETARIAT, "bylaws.adopt_provision", rank=80, document=RULES, article=article,
            text=text, from_date=day, decided_by=decided_by, origin="regulation", **given,
        )  # fmt: skip
    diary.note(day, SECRETARIAT, "ledger.open_fund", rank=81, code=FUND)
    diary.note(
        day, SECRETARIAT, "mutual_aid.lay_down_aid_plan", "aid plan", rank=82,
        decided_by=decided_by, from_date=day, **PLAN,
    )  # fmt: skip
    moved_on = day + timedelta(days=1)
    diary.note(
        moved_on, SECRETARIAT, "ledger.move_between_funds", rank=20, date=moved_on,
        from_fund=GENERAL, to_fund=FUND, amount_won=FUND_WON, text="상호부조 재원",
    )  # fmt: skip


def _members(network: Network, first: Month) -> list[Member]:
    """People who belong long enough and stay; the one with an account first."""
    until = network.today - timedelta(days=1)
    here = [
        one
        for one in network.of(PERSON, until)
        if one.left is None
        and one.person is not None
        and (first.first_date - one.joined).days > BELONGS_DAYS
    ]
    known = next(one for one in network.members if one.member_class == PERSON)
    return [known, *(one for one in here if one != known)][:TAKING_PART]


def _join(number: int, member: Member, asked: date, diary: Diary) -> None:
    assert member.person is not None
    key = f"aid {number}"
    diary.note(
        asked, member.person.key, "mutual_aid.apply_for_aid", key, rank=60,
        membership_id=Ref(member.key), plan_id=Ref("aid plan"),
    )  # fmt: skip
    decided = asked + timedelta(days=3)
    _office(
        diary, decided, SECRETARIAT, "approve_aid_enrolment", enrolment_id=Ref(key),
        decided_by=f"{decided:%Y년 %-m월} 상호부조 심사위원회",
    )  # fmt: skip
    diary.note(
        decided + timedelta(days=1), member.person.key, "mutual_aid.sign_aid_contract", rank=60,
        enrolment_id=Ref(key),
    )  # fmt: skip


def _claim(
    member: Member,
    number: int,
    month: Month,
    event: str,
    relation: str,
    about: str,
    state: str,
    diary: Diary,
) -> None:
    assert member.person is not None
    day, key = date(month.year, month.month, 12 + number), f"aid claim {number}"
    diary.note(
        day, member.person.key, "mutual_aid.file_aid_claim", key, rank=61,
        enrolment_id=Ref(f"aid {number}"), event=event, relation=relation,
        event_date=day - timedelta(days=4), about=about, consented=True,
    )  # fmt: skip
    decided = day + timedelta(days=2)
    by = f"{decided:%Y년 %-m월} 상호부조 심사위원회"
    if state == "refused":
        _office(
            diary, decided, SECRETARIAT, "refuse_aid_claim", claim_id=Ref(key), decided_by=by,
            reason="증빙이 아직 오지 않았습니다. 이의를 내며 붙일 수 있습니다.",
        )  # fmt: skip
    elif state == "paid":
        _office(
            diary, decided, SECRETARIAT, "approve_aid_claim", claim_id=Ref(key), decided_by=by,
            waived="심사위원이 장례식장에서 확인했습니다.",
        )  # fmt: skip
        _office(
            diary, decided + timedelta(days=1), BOOKKEEPER, "pay_aid_benefit", claim_id=Ref(key)
        )


def _office(diary: Diary, day: date, by: str, verb: str, **given: Any) -> None:
    diary.note(day, by, f"mutual_aid.{verb}", rank=62, **given)
