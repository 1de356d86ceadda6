"""What disclosure form 25 asks of a fiscal year: the results of small loans and of mutual aid."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import Rulebook
from dure.domains.ledger import queries as ledger
from dure.domains.memberships.queries.shares import capital
from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.dates import Month, format_date
from dure.kernel.money import format_number
from dure.ui.sheets import Fields

from ..rules.portfolio import Sums, percent
from .reports import ReportSpanUnfit, portfolio_report

__all__ = ["LENDING", "lending_data", "lending_fields", "lending_span", "wire_aid_year"]

LENDING = "lending"
AID_FUND = "mutual_aid"


def lending_span(year: int, today: date) -> tuple[date, date]:
    """The first and the last day of a fiscal year, the last one not after today. Raises
    ReportSpanUnfit of a year to come."""
    first = date(year, ledger.chart().fiscal_year_start_month, 1)
    if first > today:
        raise ReportSpanUnfit(since=first.isoformat(), on=today.isoformat())
    return first, min(Month.of(first).plus(12).first_date - timedelta(days=1), today)


def lending_data(act: Act, year: int) -> dict[str, Any]:
    """The fields of the form (`lending_fields`) for a fiscal year, from stored facts. Raises Denied,
    ReportSpanUnfit of a year to come."""
    first, last = lending_span(year, act.today)
    report = portfolio_report(act, since=first, on=last, is_brief=True)
    network, book = parties.network_profile(), bylaws.rules_on(last)
    shares, key = capital(last).won, "loans.ceiling_ratio"
    whole = report.whole
    return {
        "year": str(year),
        "first": format_date(first),
        "last": format_date(last),
        "network": network.name if network else "",
        "made": format_date(act.today),
        "capital": format_number(shares),
        "ceiling": format_number(int(shares * book.ratio(key))) if key in book else "–",
        "loans": {
            "opening": format_number(report.opening_won),
            "new": format_number(report.new_loans),
            "new_won": format_number(report.new_won),
            "back": format_number(report.back_won),
            "written_off": format_number(report.written_off_won),
            "count": format_number(whole.loans),
            "closing": format_number(report.closing_won),
            "late": format_number(whole.late_loans),
            "arrears": format_number(whole.arrears_won),
            "par30": percent(whole.par30),
            "par90": percent(whole.par90),
            "allowance": format_number(whole.provision_won),
            "repayment": percent(whole.repayment),
        },
        "products": [_told(one) for one in report.products if one.loans],
        **_aid(first, last, book),
    }


def lending_fields() -> Fields:
    """What a template of the form may name, each with what it is."""
    return Fields(
        {
            "year": _("the fiscal year, as four figures"),
            "first": _("its first day"),
            "last": _("its last day, or the day on which it is made"),
            "network": _("the name of the network"),
            "made": _("the day on which it is made"),
            "capital": _("paid-in shares on the last day"),
            "ceiling": _("how much may be lent of it"),
            "loans.opening": _("left of loans at the beginning"),
            "loans.new": _("how many loans were paid out"),
            "loans.new_won": _("how much was paid out"),
            "loans.back": _("principal that came back"),
            "loans.written_off": _("principal that was written off"),
            "loans.count": _("how many loans run at the end"),
            "loans.closing": _("left of loans at the end"),
            "loans.late": _("how many of them are late"),
            "loans.arrears": _("principal and interest in arrears"),
            "loans.par30": _("left of loans more than 30 days late, in percent"),
            "loans.par90": _("left of loans more than 90 days late, in percent"),
            "loans.allowance": _("what is set aside for losses"),
            "loans.repayment": _("of what fell due, what was paid, in percent"),
            "product.name": _("the product"),
            "product.count": _("how many loans of it run"),
            "product.left": _("left of them"),
            "product.late": _("how many of them are late, of the product"),
            "aid.opening": _("money of the mutual aid at the beginning"),
            "aid.closing": _("money of the mutual aid at the end"),
            "aid.reserve": _("what the mutual aid has in all at the end"),
            "aid.members": _("how many take part in the mutual aid at the end"),
            "aid.times": _("how often aid was paid"),
            "event.name": _("what aid was paid for"),
            "event.count": _("how often it was paid for it"),
            "event.won": _("how much was paid for it"),
            "line.name": _("what money came or went for"),
            "line.won": _("how much of it"),
        },
        {"products": "product", "aid_in": "line", "aid_out": "line", "aid_events": "event"},
    )


def _told(one: Sums) -> dict[str, str]:
    return {
        "name": one.name,
        "count": format_number(one.loans),
        "left": format_number(one.left_won),
        "late": format_number(one.late_loans),
    }


type_aid_year = Callable[[date, date, Rulebook], tuple[int, int, list[tuple[str, int, int]]]]
_aid_year: list[type_aid_year] = []


def wire_aid_year(count: type_aid_year) -> None:
    """Called once, by the site: of the days from one to another how many take part in mutual aid at
    the end, how often aid was paid, and (event, how often, won), small numbers together."""
    assert not _aid_year, "already wired"
    _aid_year.append(count)


def _aid(first: date, last: date, book: Rulebook) -> dict[str, Any]:
    """The mutual aid as its fund says it; nothing where there is no such fund."""
    try:
        found = ledger.money_statement(AID_FUND, Month.of(first), Month.of(last))
    except ledger.UnknownFund:
        none = dict.fromkeys(("opening", "closing", "reserve", "members", "times"), "0")
        return {"aid": none, "aid_in": [], "aid_out": [], "aid_events": []}
    members, times, events = _aid_year[0](first, last, book) if _aid_year else (0, 0, [])
    lines = [
        [{"name": one.name, "won": format_number(one.won)} for one in part]
        for part in (found.came, found.went)
    ]
    sums = {
        "opening": format_number(found.opening_won),
        "closing": format_number(found.closing_won),
        "reserve": format_number(found.worth_won),
        "members": format_number(members),
        "times": format_number(times),
    }
    told = [
        {"name": name, "count": format_number(count), "won": format_number(won)}
        for name, count, won in events
    ]
    return {"aid": sums, "aid_in": lines[0], "aid_out": lines[1], "aid_events": told}
