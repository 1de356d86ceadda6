"""Whether what is kept of loans is what it is made of. Each check says what is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, Sum
from django.utils.translation import gettext as _

from dure.domains.ledger import queries as ledger
from dure.domains.ledger.queries import Finding
from dure.kernel.money import format_won
from dure.kernel.progress import Progress, silent

from ..models import (
    Loan,
    LoanDayFund,
    LoanInstalment,
    LoanPayment,
    LoanProvision,
    LoanStanding,
)

__all__ = ["check_loans"]

FINDINGS_MAX = 100
RUNS = (Loan.State.RUNNING, Loan.State.REPAID, Loan.State.WRITTEN_OFF)


def check_loans(progress: Progress = silent) -> list[Finding]:
    """Run every check; empty when all is sound."""
    checks = (
        loans_stand_in_the_books, instalments_sum_up, what_is_earned_stands_in_the_books,
        what_is_set_aside_was_entered,
    )  # fmt: skip
    found: list[Finding] = []
    for number, check in enumerate(checks, 1):
        found.extend(check())
        progress(number, len(checks), check.__name__)
    return found


def loans_stand_in_the_books() -> Iterator[Finding]:
    """What each borrower has left of loans is what the books say, fund by fund."""
    if not Loan.objects.filter(state__in=RUNS).exists():
        return
    sums: dict[str, dict[int, int]] = {}
    for fund, party, won in (
        Loan.objects.filter(state=Loan.State.RUNNING, committed_won__gt=0)
        .order_by()
        .values_list("product__fund", "party")
        .annotate(won=Sum("committed_won"))
    ):
        sums.setdefault(fund, {})[party] = won
    account = ledger.account_for("member_loans")
    for fund in (one.code for one in ledger.funds()):
        kept, books = sums.get(fund, {}), ledger.party_balances(account, (fund,))
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
    came = dict(
        LoanPayment.objects.filter(undone=None)
        .order_by()
        .values_list("loan")
        .annotate(won=Sum("won"))
    )
    rows = Loan.objects.filter(state__in=RUNS).order_by("pk")
    for loan in rows.iterator():
        won, back = parts.get(loan.pk, (0, 0))
        if (won, back) != (loan.won, came.get(loan.pk, 0)):
            yield Finding(
                "instalments_sum_up",
                _("Loan no. %(number)s") % {"number": loan.pk},
                _("Its instalments do not add up."),
            )


def what_is_earned_stands_in_the_books() -> Iterator[Finding]:
    """Fund by fund: what all loans earned and was not paid is the interest receivable, and what is set
    aside for each of them is the allowance; but for days that are being run."""
    kept = {
        fund: (earned, aside)
        for fund, earned, aside in LoanStanding.objects.order_by("fund")
        .values_list("fund")
        .annotate(earned=Sum("accrued_won"), aside=Sum("provision_won"))
    }
    paid = dict(
        LoanInstalment.objects.order_by()
        .values_list("loan__standing__fund")
        .annotate(won=Sum(F("paid_interest_won") + F("paid_late_won")))
    )
    coming = {
        fund: (interest, provision)
        for fund, interest, provision in LoanDayFund.objects.filter(entry=None)
        .order_by()
        .values_list("fund")
        .annotate(interest=Sum("interest_won"), provision=Sum("provision_won"))
    }
    for fund, (earned, aside) in kept.items():
        not_yet = coming.get(fund, (0, 0))
        for role, won in (
            ("loan_interest_receivable", earned - paid.get(fund, 0) - not_yet[0]),
            ("loan_loss_allowance", not_yet[1] - aside),
        ):
            books = ledger.balance(ledger.account_for(role), fund)
            if won != books:
                yield Finding(
                    "what_is_earned_stands_in_the_books",
                    f"{fund} · {ledger.account_for(role)}",
                    _("The loans come to %(kept)s, the books say %(books)s.")
                    % {"kept": format_won(won), "books": format_won(books)},
                )


def what_is_set_aside_was_entered() -> Iterator[Finding]:
    """The change of the allowance at the end of a month is that of all its loans."""
    of_loans = dict(
        ((day, fund), won)
        for day, fund, won in LoanProvision.objects.order_by()
        .values_list("as_of_date", "fund")
        .annotate(won=Sum("change_won"))
    )
    entered = dict(
        ((day, fund), won)
        for day, fund, won in LoanDayFund.objects.order_by().values_list(
            "day__day_date", "fund", "provision_won"
        )
    )
    for day, fund in sorted(of_loans.keys() | entered.keys()):
        kept, books = of_loans.get((day, fund), 0), entered.get((day, fund), 0)
        if kept != books:
            yield Finding(
                "what_is_set_aside_was_entered",
                f"{fund} · {day.isoformat()}",
                _("The loans come to %(kept)s, the books say %(books)s.")
                % {"kept": format_won(kept), "books": format_won(books)},
            )
