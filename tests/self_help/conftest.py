"""A social co-operative that lends to its own, and runs the funds of two associations beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from dure.domains.bylaws import commands as bylaws
from dure.domains.loans import commands as loans
from dure.domains.parties import commands as parties
from dure.domains.self_help import commands
from tests.loans.conftest import PRODUCT, House, build

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
        act = self.house.act
        party = parties.add_person(act("system"), name=name)
        made = commands.enter_participant(
            act("loan_officer"), fund_id=self.fund.pk, party_id=party.pk, joined_date=joined
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
