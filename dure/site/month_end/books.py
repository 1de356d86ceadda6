"""The steps of the books: what accrued, the month read in words, the closing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import uuid5

from django.utils.translation import gettext as _now
from django.utils.translation import ngettext

from dure.domains.ledger import commands as ledger_commands
from dure.domains.ledger import queries as ledger
from dure.kernel.acts import Act
from dure.kernel.dates import Month, format_month, parse_month
from dure.kernel.money import format_won
from dure.kernel.refusals import type_text

from ..navigation import address
from .reading import read_month
from .step import Found, Link, State


@dataclass(frozen=True, slots=True)
class Accrual:
    """What belongs to a month though no money moved: a room's interest, provision or release.

    `left` tells how many and how much (won) are not booked yet; `book` is the room's own command and
    books them once.
    """

    key: str
    title: type_text
    left: Callable[[Act, Month], tuple[int, int]]
    book: Callable[[Act, Month], object]


ACCRUALS: list[Accrual] = []  # a room that accrues adds its own here


def look_at_accruals(act: Act, month: Month) -> Found:
    if not ACCRUALS:
        return Found(State.NOTHING, _now("No room of this network accrues anything."))
    left = [(one, *one.left(act, month)) for one in ACCRUALS]
    lines = tuple(f"{one.title}: {count}, {format_won(won)}" for one, count, won in left if count)
    if not lines:
        return Found(State.DONE, _now("Everything of the month is booked."))
    return Found(
        State.TO_DO,
        _now("This belongs to the month and is not booked yet."),
        _now("%(won)s are booked; each entry can be reversed.")
        % {"won": format_won(sum(won for _one, _count, won in left))},
        lines=lines,
    )


def accrue(act: Act, month: Month) -> object:
    """Book what is left, each under a key of its own."""
    return [
        one.book(replace(act, key=uuid5(act.key, one.key)), month)
        for one in ACCRUALS
        if one.left(act, month)[0]
    ]


def look_at_balance(act: Act, month: Month) -> Found:
    reading = read_month(act, month)
    span = f"?start={month}&end={month}"
    return Found(
        State.WAITS,
        ngettext("%(count)d thing looks odd.", "%(count)d things look odd.", len(reading.warnings))
        % {"count": len(reading.warnings)}
        if reading.warnings
        else _now("Nothing looks odd."),
        links=(
            Link(_now("Trial balance"), address("ledger:statement", "trial-balance") + span),
            Link(_now("Entries of the month"), address("ledger:entries") + span),
        ),
        lines=reading.sentences,
        warnings=reading.warnings,
    )


def look_at_closing(act: Act, month: Month) -> Found:
    period = ledger.period(month)
    links = (Link(_now("Periods"), address("ledger:periods")),)
    if period is not None and period.state != "open":
        return Found(
            State.DONE,
            _now("The books of %(month)s are closed; their statements are kept.")
            % {"month": format_month(month)},
            links=(*_kept(month), *links),
        )
    if act.today <= month.last_date:
        return Found(
            State.WAITS,
            _now("%(month)s is not over yet.") % {"month": format_month(month)},
            links=links,
        )
    oldest = ledger.period_to_close(act.today)
    if oldest is not None and parse_month(oldest.month) < month:
        earlier = format_month(parse_month(oldest.month))
        return Found(
            State.WAITS,
            _now("The books of %(month)s are still open; months are closed one after another.")
            % {"month": earlier},
            links=(
                Link(
                    _now("Go to %(month)s") % {"month": earlier},
                    address("month_end", oldest.month),
                ),
            ),
        )
    drafts = ledger.drafts_in(act, month)
    if drafts:
        return Found(
            State.WAITS,
            ngettext(
                "%(count)d draft waits to be approved or withdrawn.",
                "%(count)d drafts wait to be approved or withdrawn.",
                drafts,
            )
            % {"count": drafts},
            links=(Link(_now("Drafts"), address("ledger:draft_entries")),),
        )
    return Found(
        State.TO_DO,
        _now("The books of %(month)s are open.") % {"month": format_month(month)},
        _now(
            "Nothing is booked into the month any more, the books are sealed, and the statements"
            " are kept byte for byte and sent to the office. It can be opened again, with a reason."
        ),
        links,
    )


def _kept(month: Month) -> tuple[Link, ...]:
    """The kept statements of the whole network, as papers and as sheets."""
    return tuple(
        Link(
            f"{kept.kind_name} {name}",
            address("ledger:kept_statement", kept.month, kept.id, ending),
        )
        for kept in ledger.kept_statements(str(month))
        if not kept.fund
        for name, ending in (("PDF", "pdf"), ("Excel", "xlsx"))
    )


def close(act: Act, month: Month) -> object:
    return ledger_commands.close_period(act, month=str(month))
