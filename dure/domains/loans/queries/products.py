"""What is offered on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Q
from django.utils.translation import gettext as _now

from dure.domains.bylaws.rules import Finding, Rulebook, kept
from dure.kernel.acts import Act
from dure.kernel.money import Rounding
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import Loan, LoanProduct
from ..rules.days import DayCount
from ..rules.schedules import Method, Terms

__all__ = ["ProductCard", "loan_product", "loan_products", "terms_of", "why_not_allowed"]


@dataclass(frozen=True, slots=True)
class ProductCard:
    """One version of a product, in words."""

    id: int
    code: str
    name: str
    purpose: str
    article: str
    decided_by: str
    from_date: date
    until_date: date | None
    least_won: int
    most_won: int
    longest_months: int
    grace_months: int
    rate: Fraction
    late_rate: Fraction
    method: str
    method_label: str
    day_count: str
    rounding: str
    unit_won: int
    due_day_moves: str
    order: str
    fund: str
    borrowers: str
    borrowers_label: str
    purposes: tuple[str, ...]
    purpose_labels: tuple[str, ...]
    shortest_months: int
    fee: Fraction
    fee_won: int
    guarantors: int
    guarantors_from_won: int
    papers: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def rate_parts(self) -> tuple[int, int]:
        return self.rate.numerator, self.rate.denominator

    @property
    def late_rate_parts(self) -> tuple[int, int]:
        return self.late_rate.numerator, self.late_rate.denominator

    @property
    def fee_parts(self) -> tuple[int, int]:
        return self.fee.numerator, self.fee.denominator

    def is_offered(self, on: date) -> bool:
        return self.from_date <= on and (self.until_date is None or on < self.until_date)


def loan_products(act: Act, *, on: date | None = None) -> list[ProductCard]:
    """What is offered on a day; without one, every version ever, by code and day. Raises Denied."""
    policies.can_see_loan_products(act).enforce()
    rows = LoanProduct.objects.order_by("code", "from_date")
    if on is not None:
        rows = rows.filter(Q(until_date=None) | Q(until_date__gt=on), from_date__lte=on)
    return [_card(row) for row in rows[:500]]


def loan_product(act: Act, product_id: int) -> ProductCard:
    """One version. Raises NotFound, Denied."""
    policies.can_see_loan_products(act).enforce()
    row = LoanProduct.objects.filter(pk=product_id).first()
    if row is None:
        raise NotFound
    return _card(row)


def terms_of(
    product: LoanProduct | ProductCard, won: int, months: int, grace_months: int, start: date
) -> Terms:
    """What a loan of this product would be paid back by."""
    return Terms(
        won, product.rate, months, Method(product.method), DayCount(product.day_count), start,
        grace_months, product.unit_won, Rounding(product.rounding),
    )  # fmt: skip


def why_not_allowed(book: Rulebook) -> str:
    """The rule that says that nobody lends here."""
    rule = book.provisions.get("loans.allowed")
    if rule is None:
        return _now("nothing is laid down about small loans.")
    return f"{rule.citation.text or rule.label} ({rule.citation})"


def _card(row: LoanProduct) -> ProductCard:
    return ProductCard(
        row.pk, row.code, row.name, row.purpose, row.article, row.decided_by, row.from_date,
        row.until_date, row.least_won, row.most_won, row.longest_months, row.grace_months,
        row.rate, row.late_rate, row.method, str(row.get_method_display()), row.day_count,
        row.rounding, row.unit_won, row.due_day_moves, row.order, row.fund, row.borrowers,
        str(row.get_borrowers_display()), tuple(row.purposes),
        tuple(str(label) for code, label in Loan.Purpose.choices if code in row.purposes),
        row.shortest_months, row.fee_share, row.fee_won, row.guarantors, row.guarantors_from_won,
        tuple(row.papers), kept(row.findings),
    )  # fmt: skip
