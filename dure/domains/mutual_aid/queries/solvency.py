"""How long mutual aid lasts, as of today: from the books, the contracts and the claims on record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Q, Sum
from django.utils.translation import gettext as _now

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import Rulebook
from dure.domains.ledger import queries as ledger
from dure.domains.ledger.rules import fiscal_year_start
from dure.kernel.acts import Act
from dure.kernel.dates import after_months

from .. import policies
from ..models import AidBill, AidClaim, AidEnrolment, AidPlan, AidReceipt
from ..rules import solvency as rules
from ..rules.campaigns import told
from ..rules.events import EVENTS
from ..rules.promises import Promised, refund_of
from ..rules.solvency import Asked, Case, Expected, Granted, Standing
from . import sums
from .plans import promised_by, refunds_of
from .reserve import at_hand_of, funds_of_aid, placed_in
from .takers import enrolments_of

__all__ = ["AidYear", "SolvencyView", "aid_of_year", "solvency"]

RUNNING, LAPSED = AidEnrolment.State.RUNNING, AidEnrolment.State.LAPSED
ROLES = ("aid_contribution_income", "aid_benefits", "aid_refunds")
OWED = ("due_from_funds", "due_to_funds")
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


def solvency(act: Act, owner: str = "") -> SolvencyView:
    """How long mutual aid lasts, of the network or of a fund run for others. Events are told to who sees
    the claims of all. Raises Denied."""
    policies.can_see_solvency(act, owner).enforce()
    book, today = bylaws.rules_on(act.today, owner), act.today
    asked = Asked(book.number("mutual_aid.outlook_few"), book.number("mutual_aid.outlook_least"))
    since = after_months(today, -YEAR * book.number("mutual_aid.outlook_years"))
    signed = AidEnrolment.objects.filter(enrolments_of(owner), signed_date__isnull=False)
    contracts = list(signed.select_related("plan").order_by("pk"))
    stood = _stood(contracts, today)
    since = max([since, min((first for first, _end in stood), default=today)])
    days = rules.person_days(stood, since, today)
    funds = funds_of_aid(owner)
    plans = list(AidPlan.objects.filter(fund__in=funds).order_by("pk").prefetch_related("benefits"))
    promised = _promised(plans, {one.plan_id for one in contracts if one.state == RUNNING}, today)
    of = enrolments_of(owner, "enrolment__")
    claims = list(AidClaim.objects.filter(of, state__in=sums.GRANTED).order_by("pk"))
    granted = [
        Granted(one.event, one.relation, one.won) for one in claims if one.event_date >= since
    ]
    at_hand, placed = at_hand_of(funds) if funds else 0, placed_in(funds)
    moved = _moved(funds, today)
    owed = sum(won for (_year, role), won in moved.items() if role in OWED)
    running = [one for one in contracts if one.state == RUNNING]
    standing = Standing(
        members=len(running),
        monthly_won=sum(one.plan.monthly_won for one in running),
        money_won=at_hand + placed,
        owed_won=owed,
        promised_won=sum(one.committed_won for one in claims),
        refunds_won=sum(one.refund_won for one in contracts if one.refunded_date is None),
        refunds_if_all_left_won=_refunds_if_all_left(contracts, of),
    )
    return SolvencyView(
        on=today,
        since=since,
        person_days=days,
        asked=asked,
        at_hand_won=at_hand,
        placed_won=placed,
        standing=standing,
        years=tuple(_years(moved, since)),
        events=(
            rules.expected(asked, promised, granted, days, standing.members)
            if policies.can_see_aid(act, owner)
            else None
        ),
        cases=rules.cases(asked, promised, granted, days, standing),
    )


def _stood(contracts: Iterable[AidEnrolment], today: date) -> list[tuple[date, date]]:
    """From when until before when each contract stood."""
    return [
        (one.signed_date, min(day for day in (one.lapsed_date, one.ended_date, today) if day))
        for one in contracts
        if one.signed_date is not None
    ]


def _promised(plans: Iterable[AidPlan], joined: set[int], on: date) -> tuple[Promised, ...]:
    """What plans promise that somebody is in or can join on a day."""
    return tuple(
        line
        for plan in plans
        if plan.pk in joined
        or (plan.from_date <= on and (plan.until_date is None or on < plan.until_date))
        for line in promised_by(plan)
    )


def _refunds_if_all_left(contracts: Iterable[AidEnrolment], of: Q) -> int:
    """What would go back if every contract ended today."""
    held = {one.pk: one.plan for one in contracts if one.state in (RUNNING, LAPSED)}
    states = of & Q(enrolment__state__in=(RUNNING, LAPSED))
    paid = AidReceipt.objects.filter(states, undone=None).order_by().values_list("enrolment")
    full = AidBill.objects.filter(states, paid_won=F("won")).order_by().values_list("enrolment")
    months = dict(full.annotate(months=Count("pk")))
    return sum(
        refund_of(won, months.get(one, 0), refunds_of(held[one]))
        for one, won in paid.annotate(won=Sum("won"))
    )


def _moved(funds: list[str], today: date) -> Counter[tuple[int, str]]:
    """(fiscal year, role of the account) → what moved in these funds; what they owe is below 0."""
    moved: Counter[tuple[int, str]] = Counter()
    if not funds:
        return moved
    books = ledger.chart()
    codes = {books.roles[role]: role for role in (*ROLES, *OWED)}
    for _fund, code, day, won in ledger.fund_moves(funds, codes, today + timedelta(days=1), books):
        role, year = codes[code], fiscal_year_start(day, books.fiscal_year_start_month).year
        moved[year, role] += -won if role == "due_to_funds" else won
    return moved


def _years(moved: Counter[tuple[int, str]], since: date) -> Iterator[AidYear]:
    """A line for each fiscal year on record in which anything came in or went out."""
    years = {year for year, role in moved if role in ROLES and year >= since.year}
    for year in sorted(years):
        yield AidYear(year, *(moved[year, role] for role in ROLES))


def aid_of_year(
    first: date, last: date, book: Rulebook
) -> tuple[int, int, list[tuple[str, int, int]]]:
    """Of a fiscal year for the public: how many take part at its end, how often aid was paid, and for
    each event how often and how much. Events of fewer than may be told stand together."""
    takes_part: set[int] = set()
    rows: dict[str, tuple[int, int]] = {}
    signed = AidEnrolment.objects.filter(enrolments_of(""), signed_date__lte=last)
    contracts = signed.order_by("pk").values_list(
        "pk", "lapsed_date", "ended_date", "claims__event", "claims__won", "claims__paid_date"
    )
    for pk, lapsed, ended, event, won, paid in contracts:
        if all(day is None or day > last for day in (lapsed, ended)):
            takes_part.add(pk)
        if paid is not None and first <= paid <= last:
            count, sum_ = rows.get(event, (0, 0))
            rows[event] = (count + 1, sum_ + won)
    least = book.number("mutual_aid.report_least")
    found = told({event: count for event, (count, _won) in rows.items()}, least)
    labels = dict(EVENTS)
    lines = [(str(labels[event]), count, rows[event][1]) for event, count in found.kinds.items()]
    rest = sum(won for event, (_count, won) in rows.items() if event not in found.kinds)
    if found.rest:
        lines.append((_now("other events"), found.rest, rest))
    return len(takes_part), sum(count for count, _won in rows.values()), lines
