"""Whether what is kept of loans is what it is made of. Each check says what is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, Sum
from django.utils.translation import gettext as _

from dure.domains.ledger import queries as ledger
from dure.domains.ledger.queries import Finding
from dure.kernel.money import format_won
from dure.kernel.progress import Progress, silent

from ..models import Loan, LoanInstalment, LoanPayment

__all__ = ["check_loans"]

FINDINGS_MAX = 100
RUNS = (Loan.State.RUNNING, Loan.State.REPAID)


def check_loans(progress: Progress = silent) -> list[Finding]:
    """Run every check; empty when all is sound."""
    checks = (loans_stand_in_the_books, instalments_sum_up)
    found: list[Finding] = []
    for number, check in enumerate(checks, 1):
        found.extend(check())
        progress(number, len(checks), check.__name__)
    return found


def loans_stand_in_the_books() -> Iterator[Finding]:
    """What each borrower has left of loans is what the books say."""
    if not Loan.objects.filter(state__in=RUNS).exists():
        return
    kept = dict(
        Loan.objects.filter(state=Loan.State.RUNNING, committed_won__gt=0)
        .order_by()
        .values_list("party")
        .annotate(won=Sum("committed_won"))
    )
    books = ledger.party_balances(ledger.account_for("member_loans"))
    for party in sorted(kept.keys() | books.keys())[:FINDINGS_MAX]:
        if kept.get(party, 0) != books.get(party, 0):
            yield Finding(
                "loans_stand_in_the_books",
                _("party no. %(party)d") % {"party": party},
                _("%(kept)s of loans are left, the books say %(books)s.")
                % {
                    "kept": format_won(kept.get(party, 0)),
                    "books": format_won(books.get(party, 0)),
                },
            )


def instalments_sum_up() -> Iterator[Finding]:
    """The principal of all instalments is the loan; what they were paid is what came in."""
    parts = {
        pk: (won, back)
        for pk, won, back in LoanInstalment.objects.order_by()
        .values_list("loan")
        .annotate(
            won=Sum("principal_won"),
            back=Sum(F("paid_principal_won") + F("paid_interest_won") + F("paid_late_won")),
        )
    }
    came = dict(LoanPayment.objects.order_by().values_list("loan").annotate(won=Sum("won")))
    rows = Loan.objects.filter(state__in=RUNS).order_by("pk")
    for loan in rows.iterator():
        won, back = parts.get(loan.pk, (0, 0))
        if (won, back) != (loan.won, came.get(loan.pk, 0)):
            yield Finding(
                "instalments_sum_up",
                _("Loan no. %(number)s") % {"number": loan.pk},
                _("Its instalments do not add up."),
            )
