"""A social co-operative with mutual aid by the bylaws of 동행 (제57조)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from dure.domains.bylaws import commands as bylaws, queries as rules
from dure.domains.ledger import commands as ledger
from dure.domains.memberships import commands as memberships
from dure.domains.mutual_aid import commands
from dure.domains.mutual_aid.rules.promises import Promised, Refund
from dure.domains.parties import commands as parties

JOINED = date(2024, 1, 15)
TODAY = date(2026, 11, 20)
HAPPY = Promised("marriage", "self", 300_000, 3, 1, "혼인관계증명서")
SAD = Promised("death", "parent", 500_000, evidence="사망진단서")
ILL = Promised("illness", "self", 1_000_000, 3, evidence="진단서")
PLAN: dict[str, Any] = {
    "code": "helping",
    "name": "두레 상호부조",
    "article": "상호부조 규정 제4조",
    "decided_by": "이사회 2024-2호",
    "from_date": date(2026, 7, 1),
    "monthly_won": 10_000,
    "waiting_months": 3,
    "per_year_won": 1_200_000,
    "per_person_won": 3_000_000,
    "benefits": (HAPPY, SAD, ILL),
    "refunds": (Refund(12, Fraction(1, 2)), Refund(36, Fraction(4, 5))),
}


@dataclass
class House:
    """The network, and the acts that fill it."""

    act: Any

    def person(self, name: str, joined: date = JOINED):
        party = parties.add_person(self.act("system"), name=name, email=f"a{abs(hash(name))}@e.kr")
        return memberships.enrol_member(
            self.act("system"), party_id=party.pk, member_class="person", joined_date=joined,
            decided_by="창립총회",
        )  # fmt: skip

    def own(self, member: Any, **given: Any):
        return self.act("member", actor_id=member.party_id, **given)

    def plan(self, **given: Any):
        return commands.lay_down_aid_plan(self.act("secretariat"), **{**PLAN, **given})

    def apply(self, member: Any, plan: Any, **given: Any):
        return commands.apply_for_aid(
            self.own(member), membership_id=member.pk, plan_id=plan.pk, **given
        )

    def join(self, member: Any, plan: Any, days: int = -140, months: int = 5):
        """A contract signed so many days from today, with the contributions of `months` paid."""
        at = {"days": days}
        wish = commands.apply_for_aid(
            self.own(member, **at), membership_id=member.pk, plan_id=plan.pk
        )
        commands.approve_aid_enrolment(
            self.act("secretariat", **at), enrolment_id=wish.pk, decided_by="심사위원회 1호"
        )
        made = commands.sign_aid_contract(self.own(member, **at), enrolment_id=wish.pk)
        for month in ("2026-08", "2026-09", "2026-10", "2026-11")[: max(months - 1, 0)]:
            commands.bill_aid_contributions(self.act("system"), month=month)
        if months:
            self.pay(made, months * plan.monthly_won)
        return made

    def pay(self, made: Any, won: int, **given: Any):
        return commands.receive_aid_contribution(
            self.act("bookkeeper"), enrolment_id=made.pk, won=won, **given
        )

    def claim(self, member: Any, made: Any, one: Promised, on: date = TODAY, **given: Any):
        return commands.file_aid_claim(
            self.own(member), enrolment_id=made.pk, event=one.event, relation=one.relation,
            event_date=on, about="어머니가 돌아가셨습니다", consented=True, **given,
        )  # fmt: skip

    def approve(self, claim: Any, **given: Any):
        return commands.approve_aid_claim(
            self.act("secretariat"),
            claim_id=claim.pk,
            **{"decided_by": "심사위원회 7호", "waived": "위원이 보았음", **given},
        )

    def give(self, claim: Any):
        self.approve(claim)
        return commands.pay_aid_benefit(self.act("bookkeeper"), claim_id=claim.pk)

    def fund(self, won: int = 50_000_000) -> None:
        ledger.move_between_funds(
            self.act("system"), date=date(2026, 3, 3), from_fund="general", to_fund="mutual_aid",
            amount_won=won, text="상호부조 재원",
        )  # fmt: skip


def build(act: Any, capital_won: int = 100_000_000) -> House:
    """The network without members."""
    parties.found_network(act("system"), name="동행", legal_form="social_cooperative")
    ledger.open_books(act("system"), first_date=date(2024, 1, 1))
    ledger.open_fund(act("system"), code="mutual_aid")
    for code, name, who, may_vote in memberships.STARTING_CLASSES:
        memberships.add_member_class(
            act("system"), name=name, code=code, who=who, may_vote=may_vote
        )
    bylaws.import_provisions(act("secretariat"), file=rules.example("donghaeng"), decided_by="총회")
    for key, value, kind, comparison in (
        ("privacy.handles_sensitive", "yes", "yes_no", "exactly"),
        ("shares.unit_won", "10000", "won", "exactly"),
    ):
        bylaws.adopt_provision(
            act("secretariat"), key=key, value=value, kind=kind, comparison=comparison,
            label=key, document="정관", article="제13조", from_date=date(2020, 1, 1),
            decided_by="창립총회",
        )  # fmt: skip
    made = House(act)
    if capital_won:
        memberships.subscribe_shares(
            act("system"), membership_id=made.person("밑천").pk, shares=capital_won // 10_000,
            subscribed_date=date(2026, 1, 2), paid_date=date(2026, 1, 2),
        )  # fmt: skip
    return made


@pytest.fixture
def house(db: None, act: Any) -> House:
    return build(act)
