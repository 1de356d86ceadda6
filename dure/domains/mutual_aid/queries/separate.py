"""What every posting asks of mutual aid: its money goes to no other fund, and is not lent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from dure.domains.ledger import queries as ledger
from dure.domains.ledger.queries import Chart
from dure.domains.ledger.rules import DUE_TO, Side, Source
from dure.domains.loans.queries import rules_of
from dure.kernel.money import format_won
from dure.kernel.refusals import Refusal

from ..models import AidCampaign, AidPlan
from ..rules import separate as rules

__all__ = ["AidMoneyKeptApart", "keep_apart"]

SEPARATE, CAMPAIGN = "mutual_aid.separate_books", "mutual_aid.AidCampaign"


class AidMoneyKeptApart(Refusal):
    """Mutual aid has books of its own."""

    text = _("%(won)s of the fund %(fund)s cannot go to another fund or into loans (%(article)s).")
    remedy = _("What the fund itself owes another fund can be paid back, and not more.")


def keep_apart(chart: Chart, sides: Sequence[Side], day: date, source: Source | None) -> None:
    """Asked by the ledger before it writes an entry. Raises AidMoneyKeptApart."""
    loans = chart.roles["member_loans"]
    if not rules.may_take(sides, loans):
        return
    touched = {side.fund for side in sides}
    funds = set(AidPlan.objects.filter(fund__in=touched).values_list("fund", flat=True))
    if source is None or source.kind != CAMPAIGN:  # whose rest goes where its opening said
        funds |= set(AidCampaign.objects.filter(fund__in=touched).values_list("fund", flat=True))
    if not funds:
        return
    due_to = chart.roles[DUE_TO]
    money = {one.code for one in chart.accounts.values() if one.is_money}
    for fund in sorted(funds):
        found = rules_of(fund, day).check_all((SEPARATE, False))
        if not found:  # no law or bylaw asks for books of its own
            continue
        won = rules.taken(sides, fund, money, loans, due_to, ledger.balance(due_to, fund))
        if won:
            raise AidMoneyKeptApart(
                won=format_won(won), fund=chart.funds[fund].name, article=found[0].citation
            )
