"""Loan products: laid down by regulation, version after version; ended, never changed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws.rules import enforce, keep
from dure.domains.ledger import queries as ledger
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.money import Rounding, format_won
from dure.kernel.refusals import InvalidInput, Refusal

from .. import policies
from ..events import LoanProductEnded, LoanProductLaidDown
from ..models import Loan, LoanProduct
from ..queries import products as queries
from ..queries.borrowers import rules_of
from ..rules.costs import fee_of, yearly_cost
from ..rules.days import DayCount, Move
from ..rules.overdue import Order
from ..rules.schedules import Method, Terms, schedule

__all__ = [
    "LoanProductArticleMissing", "LoanProductCodeUnreadable", "LoanProductEndedBefore",
    "LoanProductLaterKnown", "LoanProductRangeImpossible", "LoanPurposeUnknown", "LoanRateTooFine",
    "LoanSumAbsurd", "LoansNotAllowed",
    "end_loan_product", "lay_down_loan_product",
]  # fmt: skip

MOST_LENT_WON = 10_000_000_000
FINEST = 10_000  # a hundredth of a percent
PURPOSES = frozenset(Loan.Purpose.values)
_CODE = re.compile(r"[a-z][a-z0-9_-]{0,38}")


class LoansNotAllowed(Refusal):
    """The network's legal form may not lend, or nobody laid down that it may."""

    text = _("This network may not lend to its members: %(rule)s")
    remedy = _("Social co-operatives may (협동조합 기본법 제94조). Ask a lawyer before others do.")


class LoanProductCodeUnreadable(InvalidInput):
    """A code is short and plain."""

    text = _("“%(code)s” cannot be a code. Use small letters, digits, “-” and “_”.")


class LoanProductArticleMissing(InvalidInput):
    """A product is offered by a regulation."""

    text = _("Name the product, the article of the regulation that offers it, and who decided it.")


class LoanProductRangeImpossible(InvalidInput):
    """The least is not above the most, the grace is shorter than the term."""

    text = _("The amounts and months do not fit together.")
    remedy = _(
        "The least is at most the most; the months of grace are fewer than the longest term."
    )


class LoanPurposeUnknown(InvalidInput):
    """A purpose is one of those known."""

    text = _("Choose what the money is for.")


class LoanProductLaterKnown(Refusal):
    """Versions follow each other."""

    text = _("A version of “%(code)s” holds from %(date)s already. The next one begins later.")


class LoanProductEndedBefore(Refusal):
    """A version ends once."""

    text = _("This version is offered no more since %(date)s.")


class LoanSumAbsurd(InvalidInput):
    """A slip of the keys; and the daily run counts won x rate x days in 64 bits."""

    text = _("%(won)s is no sum of a small loan; %(most)s is the most there can be.")
    remedy = _("Look at the zeros.")


class LoanRateTooFine(InvalidInput):
    """Rates are said in hundredths of a percent; see LoanSumAbsurd."""

    text = _("A yearly rate is said to the hundredth of a percent, for example 4.75%%.")


@command
def lay_down_loan_product(
    act: Act,
    *,
    code: str,
    name: str,
    article: str,
    decided_by: str,
    from_date: date,
    least_won: int,
    most_won: int,
    longest_months: int,
    rate: tuple[int, int],
    late_rate: tuple[int, int],
    method: str = Method.ANNUITY,
    day_count: str = DayCount.THIRTY_360,
    rounding: str = Rounding.HALF_EVEN,
    unit_won: int = 1,
    grace_months: int = 0,
    due_day_moves: str = Move.NEXT,
    order: str = Order.LATE_FIRST,
    fund: str = "microloan",
    purpose: str = "",
    borrowers: str = LoanProduct.Borrowers.ALL,
    purposes: tuple[str, ...] = (),
    shortest_months: int = 1,
    fee: tuple[int, int] = (0, 1),
    fee_won: int = 0,
    guarantors: int = 0,
    guarantors_from_won: int = 0,
    papers: tuple[str, ...] = (),
) -> LoanProduct:
    """Lay down a loan product, or the next version of it from a day on; loans signed before keep
    theirs. Rates are yearly, as (numerator, denominator). `borrowers`: all, people, organisations;
    `purposes`: none for every one; `fee` and `fee_won`: a share of the loan and a sum, kept back at
    the pay-out; `guarantors`: how many, for loans of `guarantors_from_won` or more; `papers`: what
    is to be handed in.

    Raises LoanProductCodeUnreadable, LoanProductArticleMissing, LoanProductRangeImpossible,
    LoanProductLaterKnown, LoanSumAbsurd, LoanRateTooFine, LoansNotAllowed, UnknownFund, RuleNotMet (rate, late rate, interest and
    fee together, amount, separate books).
    """
    policies.can_lay_down_loan_product(act).enforce()
    code = code.strip().lower()
    if not _CODE.fullmatch(code):
        raise LoanProductCodeUnreadable(code=code[:40])
    name = clean_text(name, 60, _("Name"))
    article = clean_text(article, 120, _("Article"))
    decided_by = clean_text(decided_by, 200, _("Decided by"))
    purpose = clean_text(purpose, 200, _("Purpose"))
    if not (name and article and decided_by):
        raise LoanProductArticleMissing
    papers = tuple(
        dict.fromkeys(one for given in papers if (one := clean_text(given, 60, _("Paper"))))
    )
    if (
        not 0 < least_won <= most_won
        or not 0 <= grace_months < longest_months
        or not 0 < shortest_months <= longest_months
        or unit_won <= 0
        or min(*fee, fee_won, guarantors, guarantors_from_won) < 0
    ):
        raise LoanProductRangeImpossible
    need_sane_sum(most_won, fee_won, guarantors_from_won)
    if borrowers not in LoanProduct.Borrowers.values or not set(purposes) <= PURPOSES:
        raise LoanPurposeUnknown
    yearly, late, share = Fraction(*rate), Fraction(*late_rate), Fraction(*fee)
    widest = Terms(
        most_won, yearly, longest_months, Method(method), DayCount(day_count), from_date,
        grace_months, unit_won, Rounding(rounding),
    )  # fmt: skip
    if max(yearly.denominator, late.denominator) > FINEST:
        raise LoanRateTooFine
    widest.check()
    book = rules_of(_code_of(fund), from_date)
    if not book.yes("loans.allowed"):
        raise LoansNotAllowed(rule=queries.why_not_allowed(book))
    asked: list[tuple[str, Fraction | int | bool]] = [
        ("loans.rate_ratio", yearly),
        ("loans.late_rate_ratio", late),
        ("loans.yearly_cost_ratio", _dearest(widest, least_won, shortest_months, share, fee_won)),
        ("loans.per_member_won", most_won),
        ("loans.separate_books", ledger.chart().fund(fund).code != "general"),
    ]
    if yearly:
        asked.append(("loans.late_times_ratio", late / yearly))
    findings = book.check_all(*asked)
    enforce(findings)
    earlier = LoanProduct.objects.select_for_update().filter(code=code).order_by("from_date")
    last = earlier.last()
    if last is not None and last.from_date >= from_date:
        raise LoanProductLaterKnown(code=code, date=last.from_date.isoformat())
    # ---
    if last is not None and last.until_date is None:
        last.until_date = from_date
        last.save(update_fields=["until_date"])
    product = LoanProduct.objects.create(
        code=code, name=name, purpose=purpose, article=article, decided_by=decided_by,
        from_date=from_date, least_won=least_won, most_won=most_won,
        longest_months=longest_months, grace_months=grace_months,
        rate_numerator=yearly.numerator, rate_denominator=yearly.denominator,
        late_rate_numerator=late.numerator, late_rate_denominator=late.denominator,
        method=Method(method), day_count=DayCount(day_count), rounding=Rounding(rounding),
        unit_won=unit_won, due_day_moves=Move(due_day_moves), order=Order(order),
        borrowers=borrowers, purposes=sorted(purposes), shortest_months=shortest_months,
        fee_numerator=share.numerator, fee_denominator=share.denominator, fee_won=fee_won,
        guarantors=guarantors, guarantors_from_won=guarantors_from_won, papers=list(papers),
        fund=ledger.chart().fund(fund).code, findings=keep(findings),
    )  # fmt: skip
    record(
        act,
        LoanProductLaidDown(
            product.pk, code, name, article, from_date, yearly.numerator, yearly.denominator
        ),
    )
    return product


@command
def end_loan_product(
    act: Act, *, product_id: int, until_date: date, decided_by: str
) -> LoanProduct:
    """Offer a product no more from a day on; loans that run go on.

    Raises NotFound, LoanProductEndedBefore, LoanProductArticleMissing, LoanProductRangeImpossible.
    """
    product: LoanProduct = LoanProduct.objects.hold(product_id)
    policies.can_end_loan_product(act).enforce()
    decided_by = clean_text(decided_by, 200, _("Decided by"))
    if not decided_by:
        raise LoanProductArticleMissing
    if product.until_date is not None:
        raise LoanProductEndedBefore(date=product.until_date.isoformat())
    if until_date <= product.from_date:
        raise LoanProductRangeImpossible
    # ---
    product.until_date = until_date
    product.save(update_fields=["until_date"])
    record(act, LoanProductEnded(product.pk, product.name, until_date, decided_by))
    return product


def need_sane_sum(*sums: int) -> None:
    """Raises LoanSumAbsurd."""
    if (won := max(sums)) > MOST_LENT_WON:
        raise LoanSumAbsurd(won=format_won(won), most=format_won(MOST_LENT_WON))


def _code_of(fund: str) -> str:
    """A fund that is not in the books is nobody else's; the rules of the network speak first."""
    try:
        return ledger.chart().fund(fund).code
    except ledger.UnknownFund:
        return ""


def _dearest(widest: Terms, least_won: int, shortest: int, share: Fraction, fixed: int) -> Fraction:
    """What a loan of this product costs a year at most: a fee weighs most on a short and small one."""
    costs = []
    for won in (least_won, widest.principal):
        for months in (shortest, widest.months):
            terms = replace(
                widest,
                principal=won,
                months=months,
                grace_months=min(widest.grace_months, months - 1),
            )
            fee = fee_of(won, share, fixed, terms.rounding)
            costs.append(yearly_cost(terms, schedule(terms), fee))
    return max(costs)
