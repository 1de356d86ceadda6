"""How much is lent and may be lent, and what is known of who asks."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from django.utils.translation import gettext as _now

from dure.domains.bylaws.rules import Finding, failed
from dure.domains.ledger import queries as ledger
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
from .borrowers import NETWORK, Borrower, Lender, borrower, borrower_of
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
        """How much more may be lent."""
        return None if self._left_won is None else max(self._left_won, 0)

    @property
    def over_won(self) -> int:
        """By how much it stands above: a payment was taken back, and the money is gone."""
        return max(-(self._left_won or 0), 0)

    @property
    def _left_won(self) -> int | None:
        rooms = [
            ceiling - used
            for ceiling, used in (
                (self.ceiling_won, self.lent_won),
                (self.joint_ceiling_won, self.lent_won + self.aid_won),
            )
            if ceiling is not None
        ]
        return min(rooms, default=None)


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


def loan_room(on: date, lender: Lender = NETWORK) -> LoanRoom:
    """The ceilings under a lender's rules of a day, by the capital now."""
    book = lender.rules_on(on)
    now = standings(on, on, lender=lender)[-1]
    ceiling, joint = (
        int(now.capital_won * book.ratio(key)) if key in book else None for key in CAPITAL_CEILINGS
    )
    return LoanRoom(now.capital_won, now.lent_won, now.aid_won, ceiling, joint)


def facts_of(who: Borrower, on: date, loan_id: int | None = None) -> rules.Facts:
    """What the rules ask about a borrower and the fund today; `loan_id`: the loan that is judged."""
    running = Loan.objects.filter(who.loans, state=Loan.State.RUNNING)
    late = LoanInstalment.objects.filter(loan__in=running, due_date__lt=on)
    return rules.Facts(
        is_member=who.is_member,
        joined=who.joined_date,
        is_person=who.is_person,
        money=standings(on, on, who, loan_id)[-1],
        late_dues_won=who.late_dues_won,
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
    product_id: int,
    won: int,
    months: int,
    grace_months: int = 0,
    purpose: str = "",
    membership_id: int | None = None,
    participant_id: int | None = None,
) -> LoanAnswer:
    """What the rules answer today to a wish of a member, or of who takes part in a fund run for others.

    Raises Denied, NotFound, FundOfOthers, BenefitRests, TermsUnfit.
    """
    product = LoanProduct.objects.filter(pk=product_id).first()
    if product is None:
        raise NotFound
    who = borrower(act.today, membership_id=membership_id, participant_id=participant_id)
    policies.can_ask_for_loan(act, who.party_id).enforce()
    who.need_fund(product.fund)
    who.need_benefit(act.today)
    wish, plan, fee = wish_of(product, won, months, grace_months, purpose, act.today)
    findings = rules.eligibility(
        who.lender.rules_on(act.today), facts_of(who, act.today), offer_of(product), wish,
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


def loan_for_vote(
    loan_id: int, on: date, won: int | None = None
) -> tuple[int, int, tuple[Finding, ...]]:
    """Whose wish it is, the sum (asked, or what the body thinks of), and what the rules find before the
    vote. Raises NotFound."""
    loan = Loan.objects.select_related("product").filter(pk=loan_id).first()
    if loan is None:
        raise NotFound
    granted = min(won or loan.asked_won, loan.asked_won)
    return loan.party_id, granted, findings_of(loan, granted, on)


def findings_of(loan: Loan, won: int, on: date) -> tuple[Finding, ...]:
    """What the rules find of a wish for a sum on a day."""
    wish, _plan, _fee = wish_of(loan.product, won, loan.months, loan.grace_months, loan.purpose, on)
    who = borrower_of(loan, on)
    return rules.eligibility(
        who.lender.rules_on(on), facts_of(who, on, loan.pk), offer_of(loan.product), wish, on
    )  # fmt: skip
