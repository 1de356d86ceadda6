"""What an entry must be before it is written: named refusals, checked in one place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date as Date, datetime, timedelta

from django.db import IntegrityError, connection
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.money import WON_MAX, format_won
from dure.kernel.refusals import InvalidInput, NotFound, Refusal
from dure.kernel.statements import Statement

from .. import rules, triggers
from ..models import Period
from ..queries.chart import BooksNotOpen, Chart, chart_of, last_chart

TEXT_MAX = 200
PROJECT_MAX = 40
AHEAD_MAX = timedelta(days=366)


class EntryUnbalanced(Refusal):
    """Debits and credits differ within a fund."""

    text = _("In the fund %(fund)s debits and credits differ by %(won)s.")
    remedy = _("Make both sides of each fund the same amount.")


class FundsUnpaired(Refusal):
    """Money moves between funds without its paired due-to and due-from lines."""

    text = _("What one fund is owed and another owes differs by %(won)s within the entry.")
    remedy = _("Use “move between funds”, which writes both sides.")


class EntrustedFundCrossed(Refusal):
    """Money held for others moves with no other fund."""

    text = _("“%(fund)s” is held for others. No entry moves its money and that of another fund.")
    remedy = _(
        "A fee is taken by an entry in each of the two funds; nothing else passes between them."
    )


class PartyMissing(Refusal):
    """A line on a control account does not say whom it concerns."""

    text = _("A line on %(account)s must name the member or organisation it concerns.")


class UnknownParty(NotFound):
    """A line names a person or organisation that does not exist."""

    text = _("There is no person or organisation no. %(party)d.")


class EntryEmpty(InvalidInput):
    """An entry has at least two lines, each of a whole, non-zero amount."""

    text = _("An entry needs at least two lines, each with an amount other than 0 won.")


class AmountTooLarge(InvalidInput):
    """The amount cannot be held exactly."""

    text = _("An amount of this size cannot be booked.")


class TextMissing(InvalidInput):
    """Every entry says what it is about."""

    text = _("Say in a few words what the entry is about.")


class TextTooLong(InvalidInput):
    """The text does not fit."""

    text = _("The text has %(found)d characters; at most %(allowed)d fit.")


class AccountInactive(Refusal):
    """The account or fund is no longer used."""

    text = _("%(name)s is no longer in use.")
    remedy = _("Choose another one, or have it taken into use again.")


class PeriodNotOpen(Refusal):
    """The month of the entry is closed or locked."""

    text = _("The books of %(month)s are closed.")
    remedy = _("Date the entry in an open month, or have the month opened again.")


class BeforeBooks(Refusal):
    """The day lies before the books were opened."""

    text = _("The books begin on %(first_date)s; %(date)s is before that.")


class DateTooFar(Refusal):
    """The day lies too far ahead."""

    text = _("%(date)s is more than a year ahead.")


class SecondPersonNeeded(Refusal):
    """The amount is above what one person may post alone."""

    text = _("%(article)s asks for a second person above %(limit)s; this entry moves %(found)s.")
    remedy = _("Save it as a draft, and have another person approve it.")


class FundBelowFloor(Refusal):
    """The entry would leave the fund with less money than its rule allows."""

    text = _(
        "By %(article)s the money of the fund %(fund)s may not fall below %(limit)s; it would be %(found)s."
    )


@dataclass(frozen=True, slots=True)
class Ground:
    """What is known of the books while an entry is written: the chart and the month's state."""

    chart: Chart
    state: str


_GROUND = Statement(
    "SELECT b.chart_stamp, p.state FROM ledger_books b"
    " LEFT JOIN ledger_period p ON p.id = %s WHERE b.id = 1"
)
_LOCK = Statement(triggers.LOCK)


def lock_books() -> None:
    """Let nobody else post or change a month until this is done (SQLite has one writer anyway).

    It comes before any row is locked, in every command, so that no two wait for each other.
    """
    if connection.vendor == "postgresql":
        _LOCK()


def stand(act: Act, day: Date, *, lock: bool = True) -> Ground:
    """Lock the books for posting (PostgreSQL), read chart and month; open the month when due.

    Without `lock` others may post meanwhile: then the posting itself takes the lock, and its
    trigger refuses a month closed in between.
    Raises BooksNotOpen, BeforeBooks, DateTooFar, PeriodNotOpen.
    """
    month = rules.month_number(day)
    if lock:
        lock_books()
    ground = _GROUND(month)
    if not ground:
        raise BooksNotOpen
    ((stamp, state),) = ground
    if state is None and not lock:
        return stand(act, day)
    chart = chart_of(stamp)
    state = state or open_months(act, chart, day)
    if day < chart.first_date:
        raise BeforeBooks(first_date=chart.first_date, date=day)
    if state != rules.OPEN:
        raise PeriodNotOpen(month=rules.month_text(month))
    return Ground(chart, state)


def unread(day: Date) -> Chart | None:
    """The chart as it was read last, where the writing itself looks whether it still stands."""
    chart = last_chart() if connection.vendor == "postgresql" else None
    return chart if chart and chart.first_date <= day else None


@contextmanager
def posting(day: Date) -> Iterator[None]:
    """Says by name what was closed or retired between reading it and posting into it."""
    try:
        yield
    except IntegrityError as error:
        if triggers.NOT_OPEN in str(error):
            raise PeriodNotOpen(month=rules.month_text(rules.month_number(day))) from error
        if triggers.RETIRED in str(error):
            raise AccountInactive(name=_now("One of the accounts or funds")) from error
        raise


def open_months(act: Act, chart: Chart, day: Date) -> str:
    """Make the months missing up to the one of `day`; they begin open.

    Raises BeforeBooks, DateTooFar.
    """
    if day < chart.first_date:
        raise BeforeBooks(first_date=chart.first_date, date=day)
    if day > act.today + AHEAD_MAX:
        raise DateTooFar(date=day)
    last = Period.objects.order_by("-id").values_list("id", flat=True).first()
    start = rules.next_month(last) if last else rules.month_number(chart.first_date)
    Period.objects.bulk_create(
        Period(
            id=month,
            first_date=rules.first_day(month),
            end_date=rules.first_day(rules.next_month(month)),
        )
        for month in rules.months(start, rules.month_number(day))
    )
    return rules.OPEN


_SPACES = re.compile(r"[\s\x00-\x1f\x7f\u2028\u2029]+")


def clean_text(text: str, at_most: int = TEXT_MAX) -> str:
    """One line without control characters. Raises TextMissing, TextTooLong."""
    cleaned = _SPACES.sub(" ", text).strip()
    if not cleaned:
        raise TextMissing
    if len(cleaned) > at_most:
        raise TextTooLong(found=len(cleaned), allowed=at_most)
    return cleaned


def check_day(day: Date) -> None:
    assert type(day) is Date and not isinstance(day, datetime), day


def check_sides(chart: Chart, sides: Sequence[rules.Side]) -> None:
    """Raises what makes the lines unsound; see `rules`."""
    if len(sides) < 2:
        raise EntryEmpty
    sums: dict[str, int] = {}
    due = False
    for side in sides:
        won = side.amount_won
        assert type(won) is int, won
        if won == 0:
            raise EntryEmpty
        if not -WON_MAX <= won <= WON_MAX:
            raise AmountTooLarge
        account = chart.accounts.get(side.account) or chart.account(side.account)
        fund = chart.funds.get(side.fund) or chart.fund(side.fund)
        if not (account.is_active and fund.is_active):
            raise AccountInactive(name=fund.name if account.is_active else account.name)
        if account.is_control and side.party_id is None:
            raise PartyMissing(account=account.name)
        sums[side.fund] = sums.get(side.fund, 0) + won
        due = due or account.code in chart.due
    for code, rest in sums.items():
        if rest:
            raise EntryUnbalanced(fund=chart.fund(code).name, won=format_won(abs(rest)))
    if len(sums) > 1:
        _stay_apart(chart, sides)
    if due and (rest := rules.unpaired_due(sides, chart.due)):
        raise FundsUnpaired(won=format_won(abs(rest)))


def _stay_apart(chart: Chart, sides: Sequence[rules.Side]) -> None:
    """Money held for others does not meet that of another fund in one entry."""
    moved = {s.fund for s in sides if chart.account(s.account).is_money or s.account in chart.due}
    for code in moved if len(moved) > 1 else ():
        if (fund := chart.fund(code)).restriction == rules.ENTRUSTED:
            raise EntrustedFundCrossed(fund=fund.name)


def by_code(chart: Chart, sides: Sequence[rules.Side]) -> tuple[rules.Side, ...]:
    """The same lines with accounts and funds by code, where people gave names, and with projects
    on one line. Raises UnknownAccount, UnknownFund, TextTooLong.
    """
    if all(
        s.account in chart.accounts and s.fund in chart.funds and s.project is None for s in sides
    ):
        return tuple(sides)
    return tuple(
        rules.Side(
            chart.account(s.account).code,
            chart.fund(s.fund).code,
            s.amount_won,
            s.party_id,
            _clean_project(s.project),
        )
        for s in sides
    )


def _clean_project(project: str | None) -> str | None:
    cleaned = _SPACES.sub(" ", project or "").strip()
    if len(cleaned) > PROJECT_MAX:
        raise TextTooLong(found=len(cleaned), allowed=PROJECT_MAX)
    return cleaned or None


def check_parties(sides: Sequence[rules.Side]) -> None:
    """For lines given by hand. Raises UnknownParty."""
    wanted = {side.party_id for side in sides if side.party_id is not None}
    if wanted:
        missing = wanted - parties.names_of(wanted).keys()
        if missing:
            raise UnknownParty(party=min(missing))


def check_second_person(
    chart: Chart,
    sides: Sequence[rules.Side],
    day: Date,
    refusal: type[SecondPersonNeeded] = SecondPersonNeeded,
) -> None:
    """Raises SecondPersonNeeded when one person may not post this alone."""
    found = rules.needs_second_person(sides, chart.provisions, day)
    if found:
        provision, won = found
        raise refusal(
            article=provision.article,
            limit=format_won(provision.amount_won),
            found=format_won(won),
        )


def check_floors(chart: Chart, sides: Iterable[rules.Side], day: Date) -> None:
    """After writing: raises FundBelowFloor when lines that take money out of a fund leave it with
    less than its rule asks.
    """
    if not any(provision.kind == rules.MONEY_FLOOR_WON for provision in chart.provisions):
        return
    paid_with = {account.code for account in chart.accounts.values() if account.is_money}
    floored = {
        code
        for code in rules.funds_paying(sides, paid_with)
        if rules.provision_for(chart.provisions, rules.MONEY_FLOOR_WON, code, day) is not None
    }
    if not floored:
        return
    money = [account.id for account in chart.accounts.values() if account.is_money]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT fund_id, SUM(balance_won) FROM ledger_balance"
            f" WHERE account_id IN ({', '.join(['%s'] * len(money))}) GROUP BY fund_id",
            money,
        )
        sums = {chart.funds_by_id[fund].code: int(won) for fund, won in cursor.fetchall()}
    broken = rules.below_floor({code: sums.get(code, 0) for code in floored}, chart.provisions, day)
    if broken:
        provision, code, won = broken
        raise FundBelowFloor(
            article=provision.article,
            fund=chart.funds[code].name,
            limit=format_won(provision.amount_won),
            found=format_won(won),
        )
