"""Whether what is kept of mutual aid is what it is made of. Each check says what is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.db.models import Sum
from django.utils.translation import gettext as _

from dure.domains.ledger import queries as ledger
from dure.domains.ledger.queries import Finding
from dure.kernel.money import format_won
from dure.kernel.progress import Progress, silent

from ..models import AidBill, AidClaim, AidEnrolment, AidReceipt

__all__ = ["check_aid"]


def check_aid(progress: Progress = silent) -> list[Finding]:
    """Run every check; empty when all is sound."""
    checks = (months_are_paid_by_receipts, money_stands_in_the_books)
    found: list[Finding] = []
    for number, check in enumerate(checks, 1):
        found.extend(check())
        progress(number, len(checks), check.__name__)
    return found


def months_are_paid_by_receipts() -> Iterator[Finding]:
    """What the months of a contract were paid is what came in for it."""
    paid = dict(AidBill.objects.order_by().values_list("enrolment").annotate(won=Sum("paid_won")))
    came = dict(
        AidReceipt.objects.filter(undone=None)
        .order_by()
        .values_list("enrolment")
        .annotate(won=Sum("won"))
    )
    for number in sorted(paid.keys() | came.keys()):
        if paid.get(number, 0) != came.get(number, 0):
            yield Finding(
                "months_are_paid_by_receipts",
                _("Contract of mutual aid no. %(number)d") % {"number": number},
                _("%(came)s came in, its months say %(paid)s.")
                % {
                    "came": format_won(came.get(number, 0)),
                    "paid": format_won(paid.get(number, 0)),
                },
            )


def money_stands_in_the_books() -> Iterator[Finding]:
    """What was given, given back and came in is what the accounts of mutual aid say."""
    kept: Counter[tuple[str, str]] = Counter()
    for role, rows in (
        (
            "aid_benefits",
            AidClaim.objects.filter(state="paid").values_list("enrolment__plan__fund", "won"),
        ),
        (
            "aid_refunds",
            AidEnrolment.objects.exclude(refunded_date=None).values_list(
                "plan__fund", "refund_won"
            ),
        ),
        (
            "aid_contribution_income",
            AidReceipt.objects.filter(undone=None).values_list("enrolment__plan__fund", "won"),
        ),
    ):
        for fund, won in rows.order_by():
            kept[(role, fund)] += won
    for (role, fund), won in sorted(kept.items()):
        books = ledger.balance(ledger.account_for(role), fund)
        if books != won:
            yield Finding(
                "money_stands_in_the_books",
                ledger.chart().account(ledger.account_for(role)).name,
                _("Mutual aid says %(kept)s, the books say %(books)s.")
                % {"kept": format_won(won), "books": format_won(books)},
            )
