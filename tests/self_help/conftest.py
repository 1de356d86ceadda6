"""A social co-operative that lends to its own, and runs the funds of two associations beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from dure.domains.bylaws import commands as bylaws
from dure.domains.ledger import commands as books
from dure.domains.ledger.rules import Source, credit, debit
from dure.domains.loans import commands as loans
from dure.domains.mutual_aid import commands as aid
from dure.domains.mutual_aid.rules.promises import Promised
from dure.domains.parties import commands as parties
from dure.domains.self_help import commands
from tests.loans.conftest import PRODUCT, TODAY, House, build

SINCE = date(2026, 1, 2)


@dataclass
class Fund:
    """One association's fund, with whoever takes part."""

    house: House
    fund: Any

    @property
    def code(self) -> str:
        return str(self.fund.code)

    def person(self, name: str, won: int = 0, joined: date = SINCE):
        party = parties.add_person(self.house.act("system"), name=name)
        return self.takes_part(party.pk, won, joined)

    def takes_part(self, party_id: int, won: int = 0, joined: date = SINCE):
        act = self.house.act
        made = commands.enter_participant(
            act("loan_officer"), fund_id=self.fund.pk, party_id=party_id, joined_date=joined
        )
        if won:
            commands.pay_in(
                act("bookkeeper"), participant_id=made.pk, won=won, paid_date=date(2026, 3, 2)
            )
        return made

    def product(self, **given: Any):
        values = {
            **PRODUCT, "code": f"{self.code}-small", "article": "자조기금 규약 제5조",
            "from_date": date(2026, 2, 1), "most_won": 3_000_000, "fund": self.code, **given,
        }  # fmt: skip
        return loans.lay_down_loan_product(self.house.act("loan_officer"), **values)

    def apply(self, one: Any, product: Any, won: int = 1_000_000, months: int = 12):
        return loans.apply_for_loan(
            self.house.act("participant", actor_id=one.party_id), participant_id=one.pk,
            product_id=product.pk, won=won, months=months,
        )  # fmt: skip

    def lend(self, one: Any, product: Any, won: int = 1_000_000, months: int = 12, **given: Any):
        act = self.house.act
        loan = self.apply(one, product, won, months)
        loans.approve_loan(act("loan_officer"), loan_id=loan.pk, decided_by="천사금고 운영위원회")
        loans.sign_loan(act(actor_id=one.party_id), loan_id=loan.pk)
        return loans.pay_out_loan(act("bookkeeper"), loan_id=loan.pk, **given)


def take_on(house: House, code: str, name: str, **given: Any) -> Fund:
    """An association, a social co-operative, whose fund is run here."""
    act = house.act
    association = parties.add_organisation(act("system"), name=f"{name} 협회")
    values: dict[str, Any] = {
        "code": code, "name": name, "association_id": association.pk,
        "legal_form": "social_cooperative", "contract": f"{name} 위탁운영계약",
        "from_date": SINCE, "fee_of": "income", "fee_share": (1, 10), **given,
    }  # fmt: skip
    made = commands.take_on_self_help_fund(act("secretariat"), **values)
    for key, value, kind, comparison in (
        ("loans.membership_months", "6", "months", "at_least"),
        ("loans.per_member_won", "3000000", "won", "at_most"),
    ):
        bylaws.adopt_provision(
            act("secretariat"), key=key, value=value, kind=kind, comparison=comparison,
            label="천사금고 규칙", document=f"{name} 규약", article="제4조", from_date=SINCE,
            owner=code, decided_by="운영위원회",
        )  # fmt: skip
    return Fund(house, made)


@pytest.fixture
def house(db: None, act: Any) -> House:
    return build(act)


@pytest.fixture
def angels(house: House) -> Fund:
    return take_on(house, "angels", "천사금고")


@pytest.fixture
def bees(house: House) -> Fund:
    return take_on(house, "bees", "꿀벌금고", fee_of="balance", fee_share=(12, 100))


@dataclass
class Helping:
    """The mutual aid of an association's fund."""

    fund: Fund
    opened: bool = False

    def __post_init__(self) -> None:
        act, code = self.fund.house.act, self.fund.code
        if not self.opened:
            commands.open_aid_books(act("secretariat"), fund_id=self.fund.fund.pk)
        for key, value, kind, comparison in (
            ("mutual_aid.membership_months", "2", "months", "at_least"),
            ("mutual_aid.monthly_dues_won", "10000", "won", "at_least"),
        ):
            bylaws.adopt_provision(
                act("secretariat"), key=key, value=value, kind=kind, comparison=comparison,
                label="상호부조 규칙", document="천사금고 상호부조 규약", article="제3조",
                from_date=SINCE, owner=code, decided_by="운영위원회",
            )  # fmt: skip

    def own(self, one: Any, **given: Any):
        return self.fund.house.act("participant", actor_id=one.party_id, **given)

    def plan(self, **given: Any):
        values: dict[str, Any] = {
            "code": "angels-aid", "name": "천사 상호부조", "article": "상호부조 규약 제4조",
            "decided_by": "운영위원회", "from_date": date(2026, 2, 1), "monthly_won": 10_000,
            "waiting_months": 0, "per_person_won": 3_000_000, "fund": f"{self.fund.code}_aid",
            "benefits": (Promised("death", "parent", 400_000),), **given,
        }  # fmt: skip
        return aid.lay_down_aid_plan(self.fund.house.act("secretariat"), **values)

    def apply(self, one: Any, plan: Any, **given: Any):
        return aid.apply_for_aid(self.own(one, **given), participant_id=one.pk, plan_id=plan.pk)

    def join(self, one: Any, plan: Any, months: int = 5):
        """A contract signed in July, with the contributions of `months` paid."""
        act, at = self.fund.house.act, {"days": -140}
        wish = self.apply(one, plan, **at)
        aid.approve_aid_enrolment(
            act("secretariat", **at), enrolment_id=wish.pk, decided_by="운영위원회"
        )
        made = aid.sign_aid_contract(self.own(one, **at), enrolment_id=wish.pk)
        for month in ("2026-08", "2026-09", "2026-10", "2026-11")[: months - 1]:
            aid.bill_aid_contributions(act("system"), month=month)
        aid.receive_aid_contribution(act("bookkeeper"), enrolment_id=made.pk, won=months * 10_000)
        return made

    def claim(self, one: Any, made: Any):
        return aid.file_aid_claim(
            self.own(one), enrolment_id=made.pk, event="death", relation="parent",
            event_date=TODAY, about="어머니가 돌아가셨습니다", consented=True,
        )  # fmt: skip

    def approve(self, claim: Any):
        return aid.approve_aid_claim(
            self.fund.house.act("secretariat"), claim_id=claim.pk, decided_by="운영위원회"
        )

    def give(self, claim: Any):
        self.approve(claim)
        return aid.pay_aid_benefit(self.fund.house.act("bookkeeper"), claim_id=claim.pk)

    def gift(self, won: int) -> None:
        books.post_entry(
            self.fund.house.act("system"), date=date(2026, 3, 3), text="협회 출연",
            source=Source("tests.House", 8),
            sides=(
                debit("1010", f"{self.fund.code}_aid", won),
                credit("4910", f"{self.fund.code}_aid", won),
            ),
        )  # fmt: skip
