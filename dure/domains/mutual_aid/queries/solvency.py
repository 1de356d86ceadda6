"""How long mutual aid lasts, as of today: from the books, the contracts and the claims on record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Q, Sum

from dure.domains.bylaws import queries as bylaws
from dure.domains.ledger import queries as ledger
from dure.domains.ledger.rules import fiscal_year_start
from dure.kernel.acts import Act
from dure.kernel.dates import after_months

from .. import policies
from ..models import AidBill, AidClaim, AidEnrolment, AidPlan, AidReceipt
from ..rules import solvency as rules
from ..rules.promises import Promised, refund_of
from ..rules.solvency import Asked, Case, Expected, Granted, Standing
from . import sums
from .plans import promised_by, refunds_of
from .reserve import at_hand_of, fund_codes, placed_in

__all__ = ["AidYear", "SolvencyView", "solvency"]

State = AidEnrolment.State
YEAR = 12  # months


@dataclass(frozen=True, slots=True)
class AidYear:
    """What came in and went out in a fiscal year, by the books."""

    year: int
    contributions_won: int
    benefits_won: int
    refunds_won: int


@dataclass(frozen=True, slots=True)
class SolvencyView:
    """How long mutual aid lasts, and what it is reckoned from."""

    on: date
    since: date  # the first day on record
    person_days: int
    asked: Asked
    at_hand_won: int
    placed_won: int
    standing: Standing
    years: tuple[AidYear, ...]
    events: tuple[Expected, ...] | None  # None: not for who does not see what claims are about
    cases: tuple[Case, ...]

    @property
    def is_so(self) -> Case:
        return self.cases[0]


def solvency(act: Act) -> SolvencyView:
    """How long mutual aid lasts. Events are told to who sees the claims of all. Raises Denied."""
    policies.can_see_solvency(act).enforce()
    book, today = bylaws.rules_on(act.today), act.today
    asked = Asked(book.number("mutual_aid.outlook_few"), book.number("mutual_aid.outlook_least"))
    since = after_months(today, -YEAR * book.number("mutual_aid.outlook_years"))
    stood = _stood(today)
    since = max([since, min((first for first, _end in stood), default=today)])
    days = rules.person_days(stood, since, today)
    promised, granted = _promised(today), _granted(since)
    funds = fund_codes()
    at_hand, placed = at_hand_of(funds) if funds else 0, placed_in(funds)
    standing = _standing(at_hand + placed)
    return SolvencyView(
        on=today,
        since=since,
        person_days=days,
        asked=asked,
        at_hand_won=at_hand,
        placed_won=placed,
        standing=standing,
        years=tuple(_years(funds, since, today)),
        events=(
            rules.expected(asked, promised, granted, days, standing.members)
            if policies.can_see_aid(act)
            else None
        ),
        cases=rules.cases(asked, promised, granted, days, standing),
    )


def _stood(today: date) -> list[tuple[date, date]]:
    """From when until before when each contract stood."""
    rows = AidEnrolment.objects.filter(signed_date__isnull=False).order_by()
    days = rows.values_list("signed_date", "lapsed_date", "ended_date")
    return [
        (first, min(day for day in (lapsed, ended, today) if day is not None))
        for first, lapsed, ended in days
        if first is not None
    ]


def _promised(on: date) -> tuple[Promised, ...]:
    """What plans promise that somebody is in or can join today."""
    is_open = Q(from_date__lte=on) & (Q(until_date=None) | Q(until_date__gt=on))
    plans = AidPlan.objects.filter(is_open | Q(enrolments__state=State.RUNNING)).distinct()
    rows = plans.order_by("pk").prefetch_related("benefits")
    return tuple(line for plan in rows for line in promised_by(plan))


def _granted(since: date) -> tuple[Granted, ...]:
    rows = AidClaim.objects.filter(state__in=sums.GRANTED, event_date__gte=since).order_by("pk")
    return tuple(Granted(*one) for one in rows.values_list("event", "relation", "won"))


def _standing(money_won: int) -> Standing:
    running = AidEnrolment.objects.filter(state=State.RUNNING)
    pay = running.aggregate(members=Count("pk"), won=Sum("plan__monthly_won"))
    due = AidEnrolment.objects.filter(state=State.ENDED, refunded_date=None)
    return Standing(
        members=pay["members"],
        monthly_won=pay["won"] or 0,
        money_won=money_won,
        promised_won=sums.aid_promised(),
        refunds_won=int(due.aggregate(won=Sum("refund_won"))["won"] or 0),
        refunds_if_all_left_won=_refunds_if_all_left(),
    )


def _refunds_if_all_left() -> int:
    """What would go back if every contract ended today."""
    held = AidEnrolment.objects.filter(state__in=(State.RUNNING, State.LAPSED))
    of_held = Q(enrolment__in=held.values("pk"))
    paid = dict(
        AidReceipt.objects.filter(of_held, undone=None).order_by()
        .values_list("enrolment").annotate(won=Sum("won"))
    )  # fmt: skip
    months = dict(
        AidBill.objects.filter(of_held, paid_won=F("won")).order_by()
        .values_list("enrolment").annotate(months=Count("pk"))
    )  # fmt: skip
    return sum(
        refund_of(paid[one.pk], months.get(one.pk, 0), refunds_of(one.plan))
        for one in held.select_related("plan")
        if one.pk in paid
    )


def _years(funds: list[str], since: date, today: date) -> Iterator[AidYear]:
    """A line for each fiscal year on record, by the accounts of mutual aid in its funds."""
    if not funds:
        return
    month = ledger.chart().fiscal_year_start_month
    roles = ("aid_contribution_income", "aid_benefits", "aid_refunds")
    moved: list[dict[int, int]] = []
    for role in roles:
        found: dict[int, int] = {}
        for fund in funds:
            for day, won in ledger.account_moves(
                ledger.account_for(role), today + timedelta(days=1), fund
            ):
                year = fiscal_year_start(day, month).year
                found[year] = found.get(year, 0) + won
        moved.append(found)
    first = fiscal_year_start(since, month).year
    for year in sorted({year for found in moved for year in found if year >= first}):
        yield AidYear(year, *(found.get(year, 0) for found in moved))
