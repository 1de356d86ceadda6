"""Whether what is kept of self-help funds is what the books say, fund by fund."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Sum
from django.utils.translation import gettext as _

from dure.domains.ledger import queries as ledger
from dure.domains.ledger.queries import Finding
from dure.domains.ledger.rules import ENTRUSTED
from dure.kernel.money import format_won
from dure.kernel.progress import Progress, silent

from ..models import Contribution, SelfHelpFund

__all__ = ["check_self_help"]


def check_self_help(progress: Progress = silent) -> list[Finding]:
    """Run every check; empty when all is sound."""
    checks = (capital_stands_in_the_books, funds_stay_apart)
    found: list[Finding] = []
    for number, check in enumerate(checks, 1):
        found.extend(check())
        progress(number, len(checks), check.__name__)
    return found


def capital_stands_in_the_books() -> Iterator[Finding]:
    """What each participant has paid in is what the books of that fund say."""
    for fund in SelfHelpFund.objects.order_by("pk"):
        sums = Contribution.objects.filter(participant__fund=fund).order_by()
        kept = dict(sums.values_list("participant__party").annotate(n=Sum("won")))
        books = ledger.party_balances(ledger.account_for("entrusted_capital"), (fund.code,))
        for party in sorted(kept.keys() | books.keys()):
            if kept.get(party, 0) != books.get(party, 0):
                yield Finding(
                    "capital_stands_in_the_books",
                    f"{fund.name}: " + _("party no. %(party)d") % {"party": party},
                    _("%(kept)s are paid in, the books say %(books)s.")
                    % {
                        "kept": format_won(kept.get(party, 0)),
                        "books": format_won(books.get(party, 0)),
                    },
                )


def funds_stay_apart() -> Iterator[Finding]:
    """Every fund is an entrusted one in the books, and owes nothing to another."""
    if not SelfHelpFund.objects.exists():
        return
    chart = ledger.chart()
    due = [chart.roles[role] for role in ("due_from_funds", "due_to_funds")]
    rows = SelfHelpFund.objects.order_by("pk").values_list("code", "aid_code", "name")
    for code, name in ((code, name) for *codes, name in rows for code in codes if code):
        crossed = sum(abs(ledger.balance(account, code)) for account in due)
        if chart.fund(code).restriction != ENTRUSTED or crossed:
            yield Finding(
                "funds_stay_apart", name, _("Its money is mixed with that of other funds.")
            )
