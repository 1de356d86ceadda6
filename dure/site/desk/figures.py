"""The figures beside the desk: members, dues, funds, cash, each a link; and three pictures.

They change only when something was done: see `kept`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from dure.domains.ledger import queries as ledger
from dure.domains.memberships import queries as memberships
from dure.domains.parties import queries as parties
from dure.domains.parties.rules.regions import region_name
from dure.kernel.acts import Act
from dure.kernel.dates import Month, format_month
from dure.kernel.money import format_won, short_won
from dure.ui import charts

from ..navigation import address
from .kept import Deeds, look

MONTHS = 24
DUES_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: what it is, how much, how it changes, what it is made of."""

    label: str
    value: str
    unit: str = ""
    note: str = ""
    tone: str = ""
    url: str = ""
    spark: Any = None


@dataclass(frozen=True, slots=True)
class Pictured:
    """A picture with where its numbers are looked at one by one."""

    picture: charts.Picture
    url: str
    action: str


@dataclass(frozen=True, slots=True)
class Figures:
    figures: tuple[Figure, ...]
    pictures: tuple[Pictured, ...]


Drawn = tuple[tuple[Figure, ...], Pictured | None]


def figures(act: Act, deeds: Deeds) -> Figures:
    """The figures of today, each drawn anew only after its room has done something."""
    month = Month.of(act.today)

    def part(room: str, draw: Callable[[Month], Drawn]) -> Drawn:
        return deeds.kept((room,), (draw.__name__, act.today), lambda: draw(month))

    drawn = [part("memberships", _members), part("memberships", _dues)]
    if deeds.kept(("ledger",), ("books",), ledger.books_are_open):
        drawn.append(part("ledger", _funds))
    return Figures(
        tuple(figure for found, _picture in drawn for figure in found),
        tuple(picture for _found, picture in reversed(drawn) if picture),
    )


def _members(month: Month) -> Drawn:
    counts = memberships.members_over_time(month, MONTHS)
    now = counts[-1]
    change = now.joined - now.left
    if now.joined or now.left:
        note = _("this month %(joined)d came, %(left)d left") % {
            "joined": now.joined,
            "left": now.left,
        }
    else:
        note = _("as many as last month")
    figure = Figure(
        _("Members"),
        f"{now.count:,}",
        _("members"),
        note,
        "up" if change > 0 else "down" if change < 0 else "",
        address("memberships:members"),
        charts.sparkline([one.count for one in counts]),
    )
    if not any(one.count for one in counts):
        return (figure,), None
    first = next(i for i, one in enumerate(counts) if one.count)
    shown = counts[first:]
    picture = charts.line(
        _("Members over time"),
        [_short(one.month) for one in shown],
        [charts.Series(_("Members"), tuple(one.count for one in shown))],
        won=False,
        unit=_("members"),
        about=_("Members at the end of each month."),
    )
    return (figure,), Pictured(picture, address("memberships:members"), _("All members"))


def _dues(month: Month) -> Drawn:
    rates = memberships.payment_rates(month, DUES_MONTHS)
    now = rates[-1]
    shown = now if now.billed_won else next((one for one in reversed(rates) if one.billed_won), now)
    figure = Figure(
        _("Dues paid of %(month)s") % {"month": format_month(shown.month)},
        _percent(shown.rate) if shown.billed_won else "–",
        "%" if shown.billed_won else "",
        _("%(paid)s of %(billed)s")
        % {"paid": short_won(shown.paid_won), "billed": short_won(shown.billed_won)}
        if shown.billed_won
        else _("nothing billed yet"),
        "",
        address("memberships:dues"),
        charts.sparkline([_tenths(one.rate) for one in rates if one.billed_won]),
    )
    billed = [one for one in rates if one.billed_won]
    if not billed:
        return (figure,), None
    picture = charts.bars(
        _("Dues by month"),
        [_short(one.month) for one in billed],
        [
            charts.Series(_("Paid"), tuple(one.paid_won for one in billed)),
            charts.Series(_("Still open"), tuple(one.open_won for one in billed)),
        ],
        stacked=True,
        about=_("What of each month's dues was paid and what is open."),
    )
    return (figure,), Pictured(picture, address("memberships:arrears"), _("Who has not paid"))


def _funds(month: Month) -> Drawn:
    balances = [held for held in ledger.fund_balances().values() if held.is_own]
    grown = ledger.net_by_month(month, MONTHS)
    own = [grown.won[held.code] for held in balances]
    net = [sum(row[i] for row in own) for i in range(len(grown.months))]
    money = sum(held.money_won for held in balances)
    change = net[-1] - net[-2] if len(net) > 1 else 0
    found = (
        Figure(
            _("All funds together"),
            short_won(sum(held.net_won for held in balances)),
            "",
            _("%(amount)s more than at the end of last month") % {"amount": short_won(change)}
            if change > 0
            else _("%(amount)s less than at the end of last month") % {"amount": short_won(-change)}
            if change < 0
            else _("as at the end of last month"),
            "up" if change > 0 else "",
            address("ledger:funds"),
            charts.sparkline(net),
        ),
        Figure(
            _("In bank and cash"),
            short_won(money),
            "",
            format_won(money),
            "",
            address("ledger:accounts"),
        ),
    )
    drawn = {held.code: grown.won[held.code] for held in balances if any(grown.won[held.code])}
    if not drawn:
        return found, None
    names = {held.code: held.name for held in balances}
    first = min(next(i for i, won in enumerate(row) if won) for row in drawn.values())
    picture = charts.line(
        _("Fund growth"),
        [_short(one) for one in grown.months[first:]],
        [charts.Series(names[code], row[first:]) for code, row in drawn.items()],
        about=_("Net assets of each fund at the end of each month."),
    )
    return found, Pictured(picture, address("ledger:funds"), _("All funds"))


def _short(month: Month) -> str:
    return f"{month.year % 100:02}.{month.month}"


def _tenths(rate: tuple[int, int]) -> int:
    part, whole = rate
    return part * 1000 // whole if whole else 0


def _percent(rate: tuple[int, int]) -> str:
    """93.4, rounded half up, without a float on the way."""
    part, whole = rate
    tenths = (part * 2000 + whole) // (whole * 2)
    return f"{tenths // 10}.{tenths % 10}"


# -- for visitors ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Front:
    """What the first page says of the network in figures."""

    region: str
    shown: tuple[Figure, ...]


def front_figures(profile: parties.NetworkCard, today: date) -> Front:
    """The network in three figures, read anew only after something was done."""
    rooms = ("memberships", "parties")
    return look().kept(rooms, ("front", today), lambda: _front(profile, today))


def _front(profile: parties.NetworkCard, today: date) -> Front:
    members = memberships.member_count(today)
    listed = parties.directory_counts()
    found: list[Figure] = []
    if members:
        found.append(Figure(_("Members"), f"{members:,}", _("members")))
    if listed.total:
        found.append(
            Figure(
                _("Organisations in the directory"),
                f"{listed.total:,}",
                _("organisations"),
                url=address("directory:directory"),
            )
        )
    if profile.founded_date:
        began = profile.founded_date
        years = today.year - began.year - ((today.month, today.day) < (began.month, began.day))
        found.append(
            Figure(
                _("Together since"),
                str(began.year),
                "",
                _("for %(years)d years") % {"years": years},
            )
        )
    return Front(region_name(profile.region_code) if profile.region_code else "", tuple(found))
