"""Money moves between funds only in pairs: what one is owed, the other owes."""

from __future__ import annotations

from datetime import date as Date

from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.refusals import InvalidInput

from .. import policies, rules
from ..events import EntryDrafted, FundsMoved
from ..models import Entry
from ..rules import Source
from . import checking
from .posting import moved, write


class SameFund(InvalidInput):
    """Money moves between two different funds."""

    text = _("Choose two different funds.")


class NotAPositiveAmount(InvalidInput):
    """The amount must be above zero."""

    text = _("Type an amount above 0 won.")


@command
def move_between_funds(
    act: Act,
    *,
    date: Date,
    from_fund: str,
    to_fund: str,
    amount_won: int,
    text: str,
    settle: bool = False,
    draft: bool = False,
    source: Source | None = None,
    note: str = "",
) -> Entry:
    """Move money from one fund to another, with its paired due-from and due-to lines.

    The giving fund is then owed the amount by the receiving one; with `settle` the amount pays
    such a debt back instead. As a `draft` it waits for a second person (approve_entry).
    Raises SameFund, NotAPositiveAmount and the refusals of `checking`.
    """
    checking.check_day(date)
    chart = checking.stand(act, date).chart
    policies.can_move_between_funds(act, source).enforce()
    giving, taking = chart.fund(from_fund), chart.fund(to_fund)
    if giving == taking:
        raise SameFund
    if amount_won <= 0:
        raise NotAPositiveAmount
    text = checking.clean_text(text)
    cash = chart.roles["cash"]
    owed, owing = chart.roles[rules.DUE_FROM], chart.roles[rules.DUE_TO]
    if settle:
        owed, owing = owing, owed
    sides = (
        rules.debit(owed, giving.code, amount_won),
        rules.credit(cash, giving.code, amount_won),
        rules.debit(cash, taking.code, amount_won),
        rules.credit(owing, taking.code, amount_won),
    )
    checking.check_sides(chart, sides)
    if source is None and not draft:
        checking.check_second_person(chart, sides, date)
    # ---
    if draft:
        entry = write(act, chart, date, text, sides, source, note, posted=False)
        record(act, EntryDrafted(entry.pk, moved(sides)))
        return entry
    entry = write(act, chart, date, text, sides, source, note)
    record(act, FundsMoved(entry.pk, giving.name, taking.name, amount_won))
    return entry
