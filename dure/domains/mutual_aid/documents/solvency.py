"""How long mutual aid lasts, as tables: said once, shown on the page, on paper and in Excel. Every
figure says how it was reckoned."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

from django.utils.translation import gettext as _, gettext_lazy, pgettext, pgettext_lazy

from dure.kernel.acts import day_of
from dure.kernel.dates import format_date
from dure.kernel.money import Rounding, format_number, whole
from dure.ui.pdf import PdfTable, Statement

from ..queries import EVENTS, SolvencyView
from ..rules.solvency import PERSON_YEAR, Case, Expected
from .tables import table

CASES = {
    "as_it_is": gettext_lazy("As it is"),
    "half_members": gettext_lazy("Half the members"),
    "twice_claims": gettext_lazy("Twice the claims"),
    "both": pgettext_lazy("mutual aid", "Both"),
}


def solvency_statement(view: SolvencyView, network: str, made_at: datetime) -> Statement:
    """The view as a statement."""
    tables = [_reserve(view), _years(view)]
    if view.events is not None:
        tables.append(_events(view, view.events))
    return Statement(
        title=_("How long mutual aid lasts"),
        network=network,
        subtitle=_("As of %(day)s") % {"day": format_date(view.on)},
        unit=_("Unit: won"),
        made=_("Made %(date)s") % {"date": format_date(day_of(made_at))},
        tables=(*tables, _cases(view), _ahead(view)),
        notes=method(view),
        landscape=True,
    )


def method(view: SolvencyView) -> tuple[str, ...]:
    """How it is reckoned, in plain words."""
    asked = view.asked
    return (
        _("On record: %(since)s to %(on)s, %(years)s person-years (each contract with the days it stood; 365 days are one).")
        % {
            "since": format_date(view.since),
            "on": format_date(view.on),
            "years": tenths(Fraction(view.person_days, PERSON_YEAR)),
        },
        _("Expected claims of an event: those granted on record, by the person-years on record, times the %(members)d who take part today, times the mean of what today's plans promise for them.")
        % {"members": view.standing.members},
        _("Of an event with fewer than %(few)d claims on record, at least %(least)d a year are expected, each with the most that today's plans promise for it.")
        % {"few": asked.few, "least": asked.least},
        _("Free reserve: what is at hand, placed and owed by other funds, less aid promised, refunds due and what is owed to other funds. Years of cover: the free reserve by the expected claims of a year, as if no contribution came in."),
        _("Half the members: half of them leave and take half of all refunds along; half the contributions, half as many claims. Twice the claims: twice what is expected."),
        _("This is no actuary's report: who takes part, how old they are and what lies ahead is not asked."),
    )  # fmt: skip


def tenths(value: Fraction) -> str:
    """12.3, the half up."""
    found = whole(value * 10, Rounding.HALF_UP)
    return f"{format_number(found // 10)}.{found % 10}"


def case_label(case: Case) -> str:
    return str(CASES[case.key])


def cover_said(case: Case) -> str:
    """3.2 years; – where nothing is expected."""
    found = case.cover_tenths
    if found is None:
        return "–"
    return _("%(years)s years") % {"years": tenths(Fraction(found, 10))}


def used_up_said(case: Case) -> str:
    """In which year the money is used up."""
    if case.used_up_in is None:
        return _("never")
    if case.used_up_in == 0:
        return _("already")
    return _("in year %(number)d") % {"number": case.used_up_in}


def _reserve(view: SolvencyView) -> PdfTable:
    at = view.standing
    lines = (
        (_("At hand in the accounts of the fund"), view.at_hand_won),
        (_("Placed in deposits and bonds"), view.placed_won),
        *(((_("Owed by other funds"), at.owed_won),) if at.owed_won > 0 else ()),
        *(((_("Owed to other funds"), at.owed_won),) if at.owed_won < 0 else ()),
        (_("Aid promised and not paid yet"), -at.promised_won),
        (_("Refunds due to who left"), -at.refunds_won),
        (_("Free reserve"), at.free_won),
    )
    return table(
        _("The reserve today"),
        ((pgettext("mutual aid", "What"), "text"), (_("Amount (won)"), "won")),
        [(name, format_number(won)) for name, won in lines],
        has_sum=True,
    )


def _years(view: SolvencyView) -> PdfTable:
    return table(
        _("What came in and went out"),
        (
            (_("Year"), "text"), (_("Contributions (won)"), "won"),
            (_("Aid given (won)"), "won"), (_("Refunds (won)"), "won"),
        ),
        [
            (
                str(one.year), format_number(one.contributions_won),
                format_number(one.benefits_won), format_number(one.refunds_won),
            )
            for one in view.years
        ],
    )  # fmt: skip


def _events(view: SolvencyView, events: tuple[Expected, ...]) -> PdfTable:
    labels = dict(EVENTS)
    rows = [
        (
            str(labels[one.event]), format_number(one.granted), tenths(one.times),
            format_number(whole(one.each_won, Rounding.HALF_UP)), format_number(one.won),
            _reckoned(view, one),
        )
        for one in events
    ]  # fmt: skip
    total = format_number(sum(one.won for one in events))
    return table(
        _("Claims expected in a year"),
        (
            (pgettext("mutual aid", "What happened"), "text"), (_("On record"), "number"),
            (_("Expected a year"), "number"), (_("Each (won)"), "won"),
            (_("In a year (won)"), "won"), (_("How it was reckoned"), "text"),
        ),
        [*rows, (pgettext("mutual aid", "Sum"), "", "", "", total, "")],
        has_sum=True,
    )  # fmt: skip


def _reckoned(view: SolvencyView, one: Expected) -> str:
    told = {
        "count": one.granted,
        "years": tenths(Fraction(view.person_days, PERSON_YEAR)),
        "members": view.standing.members,
        "times": tenths(one.often),
        "least": view.asked.least,
    }
    if not view.person_days:
        return _("no contract on record: the least, %(least)d a year") % told
    often = _("%(count)d claims ÷ %(years)s person-years × %(members)d members = %(times)s") % told
    if one.is_least:
        return often + _("; few on record: the least, %(least)d a year") % told
    return often


def _cases(view: SolvencyView) -> PdfTable:
    return table(
        _("If it goes on so, and if it gets worse"),
        (
            (pgettext("mutual aid", "Case"), "text"), (_("Free reserve (won)"), "won"),
            (_("Contributions a year (won)"), "won"), (_("Expected claims a year (won)"), "won"),
            (_("Left of a year (won)"), "won"), (_("Years of cover"), "number"),
            (_("Used up"), "number"),
        ),
        [
            (
                case_label(one), format_number(one.free_won), format_number(one.contributions_won),
                format_number(one.expected_won), format_number(one.yearly_won), cover_said(one),
                used_up_said(one),
            )
            for one in view.cases
        ],
    )  # fmt: skip


def _ahead(view: SolvencyView) -> PdfTable:
    ahead = [one.ahead() for one in view.cases]
    return table(
        _("The reserve in the years ahead"),
        (
            (_("At the end of year"), "text"),
            *((f"{case_label(one)} ({_('won')})", "won") for one in view.cases),
        ),
        [
            (year_label(year), *(format_number(won) for won in row))
            for year, row in enumerate(zip(*ahead, strict=True))
        ],
    )


def year_label(year: int) -> str:
    return _("year %(number)d") % {"number": year} if year else _("today")
