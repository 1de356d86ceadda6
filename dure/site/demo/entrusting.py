"""The self-help funds of two member organisations, run on commission: their rules, people, loans. Pure.

1. Each is taken on as soon as the law lets such funds lend, or ten months ago; its fee waits to be taken.
2. Who takes part are people of the network; their capital is the fund's, and no share of the network.
3. Of four loans one is late and one is paid off.
4. The people of the first fund help each other too: three joined when the law let them.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from dure.domains.mutual_aid.rules.promises import Promised
from dure.kernel.dates import Month

from .cast import ORGANISATION, PERSON, Network
from .helping import FIRST_HELPING
from .lending import FIRST_LENDING, LIVING, LoanStory, Wish
from .steps import BOOKKEEPER, SECRETARIAT, Diary, Ref

BACK = 10  # months
TAKING_PART, CAPITAL_WON, BELONGS_MONTHS = 4, 1_000_000, 2
FUNDS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("nuri_fund", "누리 자조기금", {"fee_of": "income", "fee_share": (1, 10)}),
    ("haneul_fund", "하늘 공제기금", {"fee_of": "balance", "fee_share": (1, 100), "fee_months": 3}),
)
WISHES = (
    (Wish(LIVING, 3, 6, 600_000, 12, "living"), Wish(LIVING, 4, 11, 500_000, 10, "housing", late=40)),
    (Wish(LIVING, 3, 9, 700_000, 12, "learning"), Wish(LIVING, 4, 5, 300_000, 6, "family", off_after=3)),
)  # fmt: skip


AID_PLAN: dict[str, Any] = {
    "code": "nuri-helping", "name": "누리 상호부조", "monthly_won": 10_000, "waiting_months": 1,
    "per_person_won": 1_000_000,
    "benefits": (
        Promised("death", "parent", 200_000, evidence="사망진단서"),
        Promised("marriage", "self", 100_000, most_times=1, evidence="혼인관계증명서"),
    ),
}  # fmt: skip
HELPING = 3  # people


def note_entrusting(network: Network, diary: Diary) -> None:
    """Each fund with its contract and rules, who takes part, and its loans."""
    first = max(FIRST_LENDING, Month.of(network.today).plus(-BACK))
    until = network.today - timedelta(days=1)
    associations = [one for one in network.of(ORGANISATION, until) if one.left is None]
    people = [one for one in network.of(PERSON, until) if one.left is None]
    people = [one for one in people if one.joined < first.first_date][-2 * TAKING_PART :]
    for number, (code, name, fee) in enumerate(FUNDS):
        _taken_on(code, name, fee, associations[number].party, first.first_date, diary)
        taking_part = people[number * TAKING_PART :][:TAKING_PART]
        for one in taking_part:
            key = f"{code} {one.key}"
            day = first.first_date + timedelta(days=3)
            diary.note(
                day, SECRETARIAT, "self_help.enter_participant", key, rank=84, fund_id=Ref(code),
                party_id=Ref(one.party),
            )  # fmt: skip
            diary.note(
                day, BOOKKEEPER, "self_help.pay_in", rank=85, participant_id=Ref(key),
                won=CAPITAL_WON,
            )  # fmt: skip
        if not number:
            keys = [f"{code} {one.key}" for one in taking_part[:HELPING]]
            _help_each_other(code, name, keys, max(first.plus(2), FIRST_HELPING), diary)
        for wish, one in zip(WISHES[number], taking_part, strict=False):
            key, who = f"loan of {code} {one.key}", {"participant_id": Ref(f"{code} {one.key}")}
            month = first.plus(wish.after)
            LoanStory(key, wish, one, month, diary, f"{code}-living", who).note()


def _help_each_other(code: str, name: str, keys: list[str], month: Month, diary: Diary) -> None:
    """The books of a fund's mutual aid, its plan, who joined and what was paid."""
    day, decided = month.first_date, f"{name} 운영위원회"
    diary.note(day, SECRETARIAT, "self_help.open_aid_books", rank=82, fund_id=Ref(code))
    diary.note(
        day, SECRETARIAT, "bylaws.adopt_provision", rank=83, owner=code, document=f"{name} 규약",
        article="제9조", text="참여한 지 한 달이 지나면 상호부조에 가입할 수 있다.", from_date=day,
        decided_by=decided, key="mutual_aid.membership_months", value="1", kind="months",
        comparison="at_least", label="상호부조에 가입할 수 있는 참여 기간",
    )  # fmt: skip
    diary.note(
        day, SECRETARIAT, "mutual_aid.lay_down_aid_plan", f"aid plan of {code}", rank=84,
        article=f"{name} 규약 제9조", decided_by=decided, from_date=day, fund=f"{code}_aid", **AID_PLAN,
    )  # fmt: skip
    for key in keys:
        made = f"aid of {key}"
        diary.note(
            day, SECRETARIAT, "mutual_aid.apply_for_aid", made, rank=85, participant_id=Ref(key),
            plan_id=Ref(f"aid plan of {code}"),
        )  # fmt: skip
        for verb, given in (
            ("approve_aid_enrolment", {"decided_by": decided}), ("sign_aid_contract", {}),
        ):  # fmt: skip
            diary.note(
                day, SECRETARIAT, f"mutual_aid.{verb}", rank=86, enrolment_id=Ref(made), **given
            )
        diary.note(
            day + timedelta(days=20), BOOKKEEPER, "mutual_aid.receive_aid_contribution", rank=86,
            enrolment_id=Ref(made), won=AID_PLAN["monthly_won"],
        )  # fmt: skip


def _taken_on(
    code: str, name: str, fee: dict[str, Any], association: str, day: date, diary: Diary
) -> None:
    diary.note(
        day, SECRETARIAT, "self_help.take_on_self_help_fund", code, rank=82, code=code, name=name,
        association_id=Ref(association), legal_form="social_cooperative",
        contract=f"{name} 위탁운영 계약", from_date=day, **fee,
    )  # fmt: skip
    diary.note(
        day, SECRETARIAT, "bylaws.adopt_provision", rank=83, owner=code, document=f"{name} 규약",
        article="제4조", text="참여한 지 두 달이 지나면 빌릴 수 있다.", from_date=day,
        decided_by=f"{name} 운영위원회", key="loans.membership_months", value=str(BELONGS_MONTHS),
        kind="months", comparison="at_least", label="대출을 받을 수 있는 참여 기간",
    )  # fmt: skip
    product = {**LIVING, "code": f"{code}-living", "article": f"{name} 규약 제5조"}
    diary.note(
        day, SECRETARIAT, "loans.lay_down_loan_product", f"{code}-living", rank=84,
        decided_by=f"{name} 운영위원회", from_date=day, fund=code, **product,
    )  # fmt: skip
