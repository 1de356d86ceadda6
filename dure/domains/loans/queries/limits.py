"""How much is lent and may be lent, and what is known of who asks."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from django.utils.translation import gettext as _now

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import Finding, failed
from dure.domains.ledger import queries as ledger
from dure.domains.memberships import queries as memberships
from dure.domains.memberships.queries.duties import Use
from dure.kernel.acts import Act
from dure.kernel.money import format_won
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import Loan, LoanInstalment, LoanProduct
from ..rules import eligibility as rules
from ..rules.booking import Chart
from ..rules.ceilings import CAPITAL_CEILINGS
from ..rules.costs import fee_of, yearly_cost
from ..rules.overdue import days_past_due
from ..rules.schedules import Schedule, schedule
from .ceilings import standings
from .products import terms_of

__all__ = [
    "LoanAnswer",
    "LoanRoom",
    "chart",
    "facts_of",
    "findings_of",
    "loan_answer",
    "loan_choices",
    "loan_for_vote",
    "loan_room",
    "offer_of",
    "wish_of",
]


@dataclass(frozen=True, slots=True)
class LoanRoom:
    """What is lent or promised beside the mutual aid of the year, and how much more may be."""

    capital_won: int
    lent_won: int
    aid_won: int
    ceiling_won: int | None  # None: nobody laid a ceiling down
    joint_ceiling_won: int | None  # with the mutual aid

    @property
    def free_won(self) -> int | None:
        rooms = [
            ceiling - used
            for ceiling, used in (
                (self.ceiling_won, self.lent_won),
                (self.joint_ceiling_won, self.lent_won + self.aid_won),
            )
            if ceiling is not None
        ]
        return max(min(rooms), 0) if rooms else None


@dataclass(frozen=True, slots=True)
class LoanAnswer:
    """What the rules answer to a wish, each of them, and what would be paid back."""

    findings: tuple[Finding, ...]
    schedule: Schedule
    fee_won: int = 0
    guarantors: int = 0  # how many have to stand for it
    papers: tuple[str, ...] = ()  # to be handed in

    @property
    def is_yes(self) -> bool:
        return not failed(self.findings)

    @property
    def first_due_won(self) -> int:
        return self.schedule.instalments[0].due

    def __str__(self) -> str:
        """What is shown before the wish is sent."""
        first = self.schedule.instalments[0]
        told = _now(
            "%(count)d payments, the first of %(first)s on %(day)s if it were paid out today; interest in all %(interest)s."
        ) % {
            "count": len(self.schedule.instalments),
            "first": format_won(first.due),
            "day": first.due_date.isoformat(),
            "interest": format_won(self.schedule.total_interest),
        }
        if self.fee_won:
            told += " " + _now("A fee of %(fee)s is kept back at the pay-out.") % {
                "fee": format_won(self.fee_won)
            }
        return told

    def __repr__(self) -> str:
        return f"LoanAnswer({self.findings!r}, {self.schedule.total_due})"


def chart() -> Chart:
    """The accounts this room moves, by role. Raises what the ledger refuses when one is missing."""
    return Chart(*(ledger.account_for(field.name) for field in fields(Chart)))


def loan_room(on: date) -> LoanRoom:
    """The ceilings under the rules of a day, by the capital now."""
    book = bylaws.rules_on(on)
    now = standings(on, on)[-1]
    ceiling, joint = (
        int(now.capital_won * book.ratio(key)) if key in book else None for key in CAPITAL_CEILINGS
    )
    return LoanRoom(now.capital_won, now.lent_won, now.aid_won, ceiling, joint)


def facts_of(membership_id: int, on: date, loan_id: int | None = None) -> rules.Facts:
    """What the rules ask about a member and the fund today; `loan_id`: the loan that is judged."""
    found = memberships.borrower(membership_id, on)
    late = LoanInstalment.objects.filter(
        loan__membership=membership_id, loan__state=Loan.State.RUNNING, due_date__lt=on
    )
    return rules.Facts(
        is_member=found.is_member,
        joined=found.joined_date,
        is_person=found.is_person,
        money=standings(on, on, membership_id, loan_id)[-1],
        late_dues_won=found.late_dues_won,
        late_loan_days=days_past_due([one.as_open() for one in late], on),
    )


def offer_of(product: LoanProduct) -> rules.Offer:
    """What the regulation of a product says."""
    return rules.Offer(
        product.name, product.article, product.least_won, product.most_won,
        product.shortest_months, product.longest_months, product.grace_months, product.borrowers,
        tuple(product.purposes),
    )  # fmt: skip


def wish_of(
    product: LoanProduct, won: int, months: int, grace_months: int, purpose: str, on: date
) -> tuple[rules.Wish, Schedule, int]:
    """A wish as the rules see it, with its schedule and its fee. Raises TermsUnfit."""
    terms = terms_of(product, won, months, grace_months, on)
    plan = schedule(terms)
    fee = fee_of(won, product.fee_share, product.fee_won, terms.rounding)
    cost = yearly_cost(terms, plan, fee) if fee else None
    return rules.Wish(won, months, grace_months, purpose, cost), plan, fee


def loan_answer(
    act: Act,
    *,
    membership_id: int,
    product_id: int,
    won: int,
    months: int,
    grace_months: int = 0,
    purpose: str = "",
) -> LoanAnswer:
    """What the rules answer today to a wish. Raises Denied, NotFound, BenefitRests, TermsUnfit."""
    product = LoanProduct.objects.filter(pk=product_id).first()
    if product is None:
        raise NotFound
    found = memberships.borrower(membership_id, act.today)
    policies.can_ask_for_loan(act, found.party_id).enforce()
    memberships.need_benefit(membership_id, Use.LOAN, act.today)
    wish, plan, fee = wish_of(product, won, months, grace_months, purpose, act.today)
    findings = rules.eligibility(
        bylaws.rules_on(act.today), facts_of(membership_id, act.today), offer_of(product), wish,
        act.today,
    )  # fmt: skip
    return LoanAnswer(
        findings, plan, fee, product.guarantors_for(won), tuple(map(str, product.papers))
    )


def loan_choices() -> list[tuple[int, str]]:
    """The wishes a body may decide on, the oldest first."""
    rows = Loan.objects.filter(state=Loan.State.APPLIED).select_related("party")
    return [
        (one.pk, f"{one.party.name} {format_won(one.asked_won)}")
        for one in rows.order_by("applied_at", "pk")[:200]
    ]


def loan_for_vote(loan_id: int, on: date) -> tuple[int, tuple[Finding, ...]]:
    """Whose wish it is, and what the rules find before the vote. Raises NotFound."""
    loan = Loan.objects.select_related("product").filter(pk=loan_id).first()
    if loan is None:
        raise NotFound
    return loan.party_id, findings_of(loan, loan.asked_won, on)


def findings_of(loan: Loan, won: int, on: date) -> tuple[Finding, ...]:
    """What the rules find of a wish for a sum on a day."""
    wish, _plan, _fee = wish_of(loan.product, won, loan.months, loan.grace_months, loan.purpose, on)
    return rules.eligibility(
        bylaws.rules_on(on), facts_of(loan.membership_id, on, loan.pk), offer_of(loan.product),
        wish, on,
    )  # fmt: skip
