"""Which spending is main business, and figures of quarters that the books do not know."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Date

from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import enforce
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.refusals import InvalidInput, Refusal

from .. import policies, rules
from ..events import MainBusinessFigureNoted, MainBusinessLaidDown
from ..models import MainBusiness, MainBusinessFigure
from ..queries.chart import chart
from ..rules import business
from . import checking


class MainBusinessUnnamed(InvalidInput):
    """What is main business is said by the bylaws, and somebody decided it."""

    text = _("Say which article names the main business, and who decided it.")


class MainBusinessLaterKnown(Refusal):
    """Versions follow each other."""

    text = _("From %(date)s another division holds already. The next one begins later.")


class NotSpending(InvalidInput):
    """Main business is measured by spending."""

    text = _("“%(name)s” is no expense account.")


class FigureImpossible(InvalidInput):
    """A part is no more than the whole."""

    text = _("Type a whole above 0, a part of it, and where both come from.")
    remedy = _("Spending and wages are read from the books and are not typed in.")


@command
def lay_down_main_business(
    act: Act,
    *,
    from_date: Date,
    article: str,
    decided_by: str,
    funds: Sequence[str] = (),
    accounts: Sequence[str] = (),
) -> MainBusiness:
    """Say which funds and expense accounts are the main business from a day on; none: all of them.

    Raises MainBusinessUnnamed, MainBusinessLaterKnown, NotSpending, UnknownFund, UnknownAccount.
    """
    policies.can_lay_down_main_business(act).enforce()
    if not article.strip() or not decided_by.strip():
        raise MainBusinessUnnamed
    books = chart()
    for name in accounts:
        if books.account(name).kind != rules.EXPENSE:
            raise NotSpending(name=name[:80])
    last = MainBusiness.objects.select_for_update().order_by("from_date").last()
    if last is not None and last.from_date >= from_date:
        raise MainBusinessLaterKnown(date=last.from_date.isoformat())
    # ---
    made = MainBusiness.objects.create(
        from_date=from_date,
        funds=sorted({books.fund(name).code for name in funds}),
        accounts=sorted({books.account(name).code for name in accounts}),
        article=checking.clean_text(article),
        decided_by=checking.clean_text(decided_by),
    )
    record(act, MainBusinessLaidDown(from_date, made.article, made.decided_by))
    return made


@command
def note_main_business_figure(
    act: Act, *, quarter: Date, measure: str, main: int, whole: int, source: str
) -> MainBusinessFigure:
    """Note a quarter by a measure that the books do not know; `quarter`: any day of it. A later
    figure of the same quarter stands.

    Raises FigureImpossible, RuleNotMet when the measure is not the chosen one.
    """
    policies.can_note_main_business_figure(act).enforce()
    enforce(bylaws.rules_on(act.today).check_all(("business.main_measure", measure)))
    typed = measure in business.MEASURES and measure not in business.IN_BOOKS
    if not typed or not 0 <= main <= whole or not whole or not source.strip():
        raise FigureImpossible
    first, _end = business.quarter_of(quarter, chart().fiscal_year_start_month)
    # ---
    made = MainBusinessFigure.objects.create(
        from_date=first, measure=measure, main=main, whole=whole,
        source=checking.clean_text(source), noted_at=act.at,
    )  # fmt: skip
    record(act, MainBusinessFigureNoted(first, measure, main, whole, made.source))
    return made
