"""How much more aid may be given: to one person, and beside the loans within the paid-in capital.

What counts of aid is what was paid in the fiscal year and what is promised (ADR 18).
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q, Sum

from dure.domains.bylaws.rules import Finding, Rulebook
from dure.domains.ledger import queries as ledger
from dure.domains.ledger.rules import fiscal_year_start
from dure.domains.loans import queries as loans
from dure.domains.loans.rules.ceilings import JOINT, Standing, limits_since

from ..models import AidClaim
from .sums import aid_granted, aid_promised
from .takers import Taker, enrolments_of

__all__ = ["aid_counted", "aid_findings"]

PERSON = "mutual_aid.per_member_won"
YEAR = 366  # days: no fiscal year is longer


def year_start(day: date) -> date:
    """The first day of the fiscal year in which a day lies."""
    return fiscal_year_start(day, ledger.chart().fiscal_year_start_month)


def aid_counted(since: date, today: date, owner: str = "") -> dict[date, int]:
    """Of the network, or of a fund run for others: day → the aid that counts at its end, of `since` and of each later day on which it changed;
    of today with what is promised."""
    rows = AidClaim.objects.filter(
        enrolments_of(owner, "enrolment__"),
        Q(paid_date__gt=since - timedelta(days=YEAR), paid_date__lte=today)
        | Q(state=AidClaim.State.APPROVED),
    )
    found_rows = rows.order_by("paid_date").values_list("paid_date").annotate(n=Sum("won"))
    sums = {day: int(won) for day, won in found_rows}
    promised = sums.pop(None, 0)
    if not sums:
        return {since: 0, today: promised}
    years = {year_start(day) for day in (*sums, today)}
    days = {since, today, *(day for day in (*sums, *years) if since < day <= today)}
    found = {}
    for day in sorted(days):
        first = year_start(day)
        found[day] = sum(won for on, won in sums.items() if first <= on <= day)
    found[today] += promised
    return found


def aid_findings(
    who: Taker, won: int, on: date, today: date, without: int | None = None
) -> tuple[Finding, ...]:
    """What the limits find when so much more is given from a day on: on that day, and on every day
    since on which something moved; by the rules, the capital and the aid of whose it is. `without`: the claim that is judged."""
    owner = who.lender.owner
    had = aid_granted(who.party_id, owner=owner, without=without)
    promised = aid_promised(owner) - aid_promised(owner, without)
    first = year_start(on)

    def more(day: date) -> int:
        counts = won if year_start(day) == first else 0
        return counts - (promised if day == today else 0)

    return (
        *who.rules_on(on).check_all((PERSON, had + won)),
        *limits_since(who.rules_on, loans.standings(on, today, lender=who.lender), more, _jointly),
    )


def _jointly(book: Rulebook, at: Standing, won: int) -> tuple[Finding, ...]:
    return book.check_all((JOINT, at.lent_won + at.aid_won + won, at.capital_won))
