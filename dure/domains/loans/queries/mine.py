"""A borrower's own view: what is to be paid next, what was paid, how much more there may be and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dure.domains.bylaws.rules import Finding, failed
from dure.domains.memberships import queries as memberships
from dure.domains.parties import queries as parties
from dure.domains.self_help import queries as self_help
from dure.kernel.acts import Act
from dure.kernel.refusals import Refusal

from ..models import Loan
from ..rules import eligibility
from ..rules.overdue import days_past_due
from .borrowers import NETWORK, borrower
from .limits import facts_of
from .loans import count_late
from .products import ProductCard, loan_products

__all__ = ["MyRoom", "MyRunning", "my_products", "my_rooms", "my_running"]


@dataclass(frozen=True, slots=True)
class MyRunning:
    """A loan of one's own that runs. `due_won`: open until today, late interest with it."""

    id: int
    name: str
    product: str
    won: int
    left_won: int
    paid_won: int
    days_late: int
    due_won: int
    next_date: date | None
    next_won: int


@dataclass(frozen=True, slots=True)
class MyRoom:
    """How much more a member may ask for today: what holds it there, what is to be met first."""

    membership_id: int
    name: str  # where there are several
    won: int
    holds: tuple[Finding, ...]
    waits: tuple[Finding, ...]
    rests: str = ""  # why the benefit of loans rests

    @property
    def may_ask(self) -> bool:
        return bool(self.won) and not self.waits and not self.rests


def my_running(act: Act) -> list[MyRunning]:
    """One's own running loans and those of the organisations one speaks for, the oldest first."""
    rows = Loan.objects.filter(party__in=act.own, state=Loan.State.RUNNING)
    found = []
    for loan in rows.select_related("party", "product").order_by("paid_out_date", "pk"):
        instalments = list(loan.instalments.order_by("n"))
        count_late(loan, instalments, act.today)
        open_rows = [one.as_open() for one in instalments if one.as_open().won]
        later = [one for one in open_rows if one.due_date > act.today]
        found.append(
            MyRunning(
                id=loan.pk,
                name=loan.party.name,
                product=loan.product.name,
                won=loan.won,
                left_won=loan.committed_won,
                paid_won=sum(
                    one.paid_principal_won + one.paid_interest_won + one.paid_late_won
                    for one in instalments
                ),
                days_late=days_past_due(open_rows, act.today),
                due_won=sum(one.won for one in open_rows if one.due_date <= act.today),
                next_date=later[0].due_date if later else None,
                next_won=later[0].won if later else 0,
            )
        )
    return found


def my_products(act: Act) -> list[ProductCard]:
    """What is offered today: by the network, and by the funds of others that one takes part in."""
    products = loan_products(act, on=act.today)
    if not products:
        return []
    funds = {*NETWORK.funds, *(one.code for one in self_help.my_participations(act))}
    return [one for one in products if one.fund in funds]


def my_rooms(act: Act, products: list[ProductCard]) -> list[MyRoom]:
    """How much more each membership of one's own may ask for today, of what the network offers."""
    funds = NETWORK.funds
    own = [one for one in products if one.fund in funds]
    if not own:
        return []
    most = max(one.most_won for one in own)
    ships = {one: memberships.membership_of(one, act.today) for one in sorted(act.own)}
    held = {party: pk for party, pk in ships.items() if pk is not None}
    names = parties.names_of(list(held)) if len(held) > 1 else {}
    return [_room(act, pk, names.get(party, ""), most) for party, pk in held.items()]


def _room(act: Act, membership_id: int, name: str, most: int) -> MyRoom:
    who = borrower(act.today, membership_id=membership_id)
    try:
        who.need_benefit(act.today)
    except Refusal as rests:
        return MyRoom(membership_id, name, 0, (), (), str(rests))
    book, facts = who.lender.rules_on(act.today), facts_of(who, act.today)
    won, holds = eligibility.room(book, facts, most)
    waits = failed(eligibility.belonging(book, facts, act.today))
    return MyRoom(membership_id, name, won, holds, waits)
