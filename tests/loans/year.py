"""A network told day by day from a seed: members ask, are refused, borrow, pay on time, late, in parts,
early; some die, some leave and want their shares back; the rate changes; the books are proved every night.

The same seed tells the same year. tests/loans/test_year.py tells a small one, benchmarks/loan_year.py the
whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import uuid4

from dure.domains.bylaws import commands as bylaws
from dure.domains.ledger import queries as ledger
from dure.domains.loans import commands, queries
from dure.domains.loans.commands.daily import run_until
from dure.domains.loans.models import Loan
from dure.domains.memberships import commands as memberships, queries as members
from dure.kernel.refusals import Refusal

from .conftest import TODAY, House

RATES = ((0, (3, 100), (45, 1000)), (120, (2, 100), (3, 100)), (240, (4, 100), (6, 100)))
VOTES = {"members_total": 10, "members_present": 9, "votes_for": 9}


@dataclass
class Year:
    """`told`: how often what happened; `wrong`: what a night found."""

    house: House
    act: Callable[..., Any]
    seed: int
    people: list[Any] = field(default_factory=list)
    told: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    products: list[Any] = field(default_factory=list)
    gone: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = Random(self.seed)

    def begin(self, count: int) -> None:
        """So many members, with shares of their own sizes, and money in the fund."""
        for n in range(count):
            shares = self.chance.choice((5, 10, 20, 30)) if n > 3 else 20  # nobody has 3/10 of all
            self.people.append(self.house.person(f"회원{n}", shares))
        self.house.fund(sum(self.chance.randint(1, 20) for _one in range(count)) * 10_000)

    def tell(self, until: int, since: int = 0) -> None:
        for day in range(since, until):
            for offset, rate, late in RATES:
                if day == offset:
                    self._offer(day, rate, late)
            self._ask(day)
            self._pay(day)
            self._lose(day)
            self._refund(day)
            self._night(day)

    def _try(self, what: str, run: Callable[..., Any], by: Any, **given: Any) -> Any:
        """What the rules refuse is counted by its name."""
        try:
            made = run(by, **given)
        except Refusal as refused:
            self.told[f"{what}: {type(refused).__name__}"] += 1
            return None
        self.told[what] += 1
        return made

    def _day(self, day: int) -> date:
        return TODAY + timedelta(days=day)

    def _offer(self, day: int, rate: tuple[int, int], late: tuple[int, int]) -> None:
        """The bylaws name the rate: they are changed first, then the next version is laid down."""
        if day:
            bylaws.adopt_provision(
                self.act("secretariat", days=day), key="loans.rate_ratio",
                value=f"{rate[0]}/{rate[1]}", document="정관", article="제56조제4항",
                from_date=self._day(day), decided_by="총회",
            )  # fmt: skip
        kept = self.act
        self.house.act = lambda *names, **given: kept(*names, **{"days": day, **given})
        self.products.append(
            self.house.product(
                from_date=self._day(day), rate=rate, late_rate=late, least_won=50_000,
                order=self.chance.choice(
                    ("late-interest-principal", "interest-principal-late", "principal-interest-late")
                ),
            )
        )  # fmt: skip
        self.house.act = kept

    def _ask(self, day: int) -> None:
        for _n in range(self.chance.choice((0, 0, 1, 1, 2))):
            who, sure = self.chance.choice(self.people), self.chance.random()
            made = self._try(
                "asked", commands.apply_for_loan, self._act(day), membership_id=who.pk,
                product_id=self.products[-1].pk, won=self.chance.randint(1, 30) * 50_000,
                months=self.chance.choice((1, 3, 6, 12)),
            )  # fmt: skip
            if made is None:
                continue
            decided = {"loan_id": made.pk, "decided_by": "위원회"}
            if sure < 0.1:
                self._try(
                    "refused", commands.refuse_loan, self._act(day), reason="서류 미비", **decided
                )
            elif self._try("approved", commands.approve_loan, self._act(day), **decided):
                commands.sign_loan(self._act(day), loan_id=made.pk)
                by = self.act("bookkeeper", days=day)
                if not self._try("paid out", commands.pay_out_loan, by, loan_id=made.pk):
                    commands.withdraw_loan_application(self._act(day), loan_id=made.pk)

    def _act(self, day: int) -> Any:
        return self.act("loan_officer", days=day)

    def _pay(self, day: int) -> None:
        on = self._day(day)
        running = Loan.objects.filter(state="running").order_by("pk")
        for pk in running.values_list("pk", flat=True):
            luck = self.chance.random()
            card = queries.loan_card(self._act(day), pk)
            due = card.due_won
            if card.next_due is not None and card.next_due.due_date == on and luck < 0.8 and due:
                self._take("on time", day, pk, due)
            elif card.days_late and luck < 0.05:
                self._take("late", day, pk, due)
            elif card.days_late and luck < 0.07 and due > 1:
                self._take("a part", day, pk, due // 2)
            elif card.days_late > 3 and luck < 0.08:
                self._take("dated back", day, pk, due // 3 + 1, paid_date=on - timedelta(days=2))
            elif luck > 0.999:
                self._try("paid off", commands.pay_off_loan, self._act(day), loan_id=pk)
            elif luck > 0.998:
                self._take("ahead", day, pk, card.left_won // 3 + 1)
            elif luck > 0.9975:
                self._take("too much", day, pk, 2 * card.left_won + 10_000)

    def _take(self, what: str, day: int, loan_id: int, won: int, **given: Any) -> None:
        by = self.act("bookkeeper", days=day)
        self._try(what, commands.repay_loan, by, loan_id=loan_id, won=won, **given)

    def _lose(self, day: int) -> None:
        luck = self.chance.random()
        if luck > 0.06 or len(self.people) < 5:
            return
        who = self.chance.choice(self.people)
        reason, office = "died" if luck < 0.02 else "resigned", self.act("secretariat", days=day)
        if self._try(
            reason, memberships.leave_membership, office, membership_id=who.pk, reason=reason,
            left_date=self._day(day), notice_date=self._day(day) - timedelta(days=40),
        ):  # fmt: skip
            self.people.remove(who)
            self.gone.append(who)

    def _refund(self, day: int) -> None:
        """Shares of who left are paid back once they may be, by a meeting each month."""
        on = self._day(day)
        if on.day != 25:
            return
        office, system = self.act("secretariat", days=day), self.act("operator", days=day)
        for who in list(self.gone):
            claim = self._try(
                "shares asked", memberships.ask_share_refund,
                replace(office, key=uuid4()), membership_id=who.pk,
            )  # fmt: skip
            if claim is None:
                continue
            if claim.state == "asked" and not self._try(
                "shares resolved", memberships.approve_share_refund, replace(system, key=uuid4()),
                claim_id=claim.pk, decided_by="총회", decided_date=on, **VOTES,
            ):  # fmt: skip
                self.told["shares wait"] += 1
            self.gone.remove(who)
            self._try(
                "shares paid back", memberships.pay_share_refund,
                self.act("bookkeeper", days=day), claim_id=claim.pk,
            )  # fmt: skip

    def _night(self, day: int) -> None:
        on = self._day(day)
        run_until(self.act("bookkeeper", days=day), on)
        room = queries.loan_room(on)
        found = [str(one) for one in (*ledger.check_books(), *queries.check_loans())]
        if on.day == 1:
            found += [str(one) for one in members.check_memberships()]
        if room.ceiling_won is not None and room.lent_won > room.ceiling_won:
            found.append(f"{room.lent_won} above {room.ceiling_won}")
        self.wrong += [f"{on}: {one}" for one in found]
