"""A social co-operative with share capital that lends by the bylaws of 동행 (제56조)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from dure.domains.bylaws import commands as bylaws, queries as rules
from dure.domains.ledger import commands as ledger
from dure.domains.ledger.rules import Source
from dure.domains.loans import commands
from dure.domains.memberships import commands as memberships
from dure.domains.parties import commands as parties

JOINED = date(2024, 1, 15)
TODAY = date(2026, 11, 20)
FIRST = date(2024, 1, 1)
PRODUCT: dict[str, Any] = {
    "code": "living",
    "name": "생활안정 소액대출",
    "article": "소액대출 규정 제5조",
    "decided_by": "이사회 2024-1호",
    "from_date": date(2024, 2, 1),
    "least_won": 100_000,
    "most_won": 10_000_000,
    "longest_months": 36,
    "rate": (3, 100),
    "late_rate": (45, 1000),
}


@dataclass
class House:
    """The network, and the acts that fill it."""

    act: Any

    def person(self, name: str, shares: int = 0, joined: date = JOINED):
        party = parties.add_person(self.act("system"), name=name, email=f"p{abs(hash(name))}@e.kr")
        member = memberships.enrol_member(
            self.act("system"), party_id=party.pk, member_class="person", joined_date=joined,
            decided_by="창립총회",
        )  # fmt: skip
        if shares:
            self.pay_in(member, shares)
        return member

    def pay_in(self, member: Any, shares: int) -> None:
        memberships.subscribe_shares(
            self.act("system"), membership_id=member.pk, shares=shares,
            subscribed_date=date(2026, 3, 2), paid_date=date(2026, 3, 2),
        )  # fmt: skip

    def fund(self, won: int = 100_000_000) -> None:
        """Money for the fund of the loans."""
        general = "general"
        ledger.move_between_funds(
            self.act("system"), date=date(2026, 3, 3), from_fund=general, to_fund="microloan",
            amount_won=won, text="소액대출 재원", source=Source("tests.House", 1),
        )  # fmt: skip

    def apply(
        self, member: Any, product: Any, won: int = 3_000_000, months: int = 12, **given: Any
    ):
        return commands.apply_for_loan(
            self.act(actor_id=member.party_id), membership_id=member.pk, product_id=product.pk,
            won=won, months=months, **given,
        )  # fmt: skip

    def lend(self, member: Any, product: Any, won: int = 3_000_000, months: int = 12, **given: Any):
        """A loan that runs since `paid_date`, or today."""
        loan = self.apply(member, product, won, months)
        commands.approve_loan(
            self.act("loan_officer"), loan_id=loan.pk, decided_by="심사위원회 3호"
        )
        commands.sign_loan(self.act(actor_id=member.party_id), loan_id=loan.pk)
        return commands.pay_out_loan(self.act("bookkeeper"), loan_id=loan.pk, **given)

    def product(self, **given: Any):
        return commands.lay_down_loan_product(self.act("loan_officer"), **{**PRODUCT, **given})


def build(act: Any) -> House:
    """The network without members."""
    parties.found_network(act("system"), name="동행", legal_form="social_cooperative")
    ledger.open_books(act("system"), first_date=FIRST)
    ledger.open_fund(act("system"), code="microloan")
    for code, name, who, may_vote in memberships.STARTING_CLASSES:
        memberships.add_member_class(
            act("system"), name=name, code=code, who=who, may_vote=may_vote
        )
    bylaws.import_provisions(act("secretariat"), file=rules.example("donghaeng"), decided_by="총회")
    bylaws.adopt_provision(
        act("secretariat"), key="shares.unit_won", value="10000", kind="won",
        comparison="exactly", label="출자 1좌의 금액", document="정관", article="제13조",
        from_date=date(2020, 1, 1), decided_by="창립총회",
    )  # fmt: skip
    return House(act)


@pytest.fixture
def house(db: None, act: Any) -> House:
    return build(act)
