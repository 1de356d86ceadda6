"""The steps of the books: what accrued, the month read in words, the closing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import uuid5

from django.utils.translation import gettext as _now, ngettext

from dure.domains.ledger import commands as ledger_commands, queries as ledger
from dure.domains.memberships import commands as memberships_commands, queries as memberships
from dure.kernel.acts import Act
from dure.kernel.dates import Month, format_month, parse_month
from dure.kernel.money import format_won

from ..navigation import address
from .reading import read_month
from .step import LINKS_MAX, Found, Link, State


@dataclass(frozen=True, slots=True)
class Accrual:
    """What belongs to a month though no money moved: a room's interest, provision or release.

    `look` tells what is not booked yet and what was, or None where the network has nothing of the
    kind; `book` is the room's own command and books once what is left.
    """

    key: str
    look: Callable[[Act, Month], Accrued | None]
    book: Callable[[Act, Month], object]
    take_back: Callable[[Act, Month, str], object]


@dataclass(frozen=True, slots=True)
class Accrued:
    """What a look at one accrual found: in words what is left to book, and the entries that stand."""

    left: tuple[str, ...]
    entries: tuple[int, ...] = ()


def look_at_deferral(act: Act, month: Month) -> Accrued | None:
    """Dues for several months, spread over them where the network's rules say so."""
    found = memberships.dues_deferral(act, month)
    if found is None:
        return None
    names = {fund.code: fund.name for fund in ledger.funds()}
    return Accrued(
        tuple(
            (
                _now("%(fund)s: %(won)s of dues billed belong to later months.")
                if one.won > 0
                else _now("%(fund)s: %(won)s of dues billed earlier belong to this month.")
            )
            % {"fund": names.get(one.fund, one.fund), "won": format_won(abs(one.won))}
            for one in found.left
        ),
        found.entries,
    )


def defer(act: Act, month: Month) -> object:
    return memberships_commands.defer_dues(act, month=month)


def take_back(act: Act, month: Month, reason: str) -> object:
    return memberships_commands.take_back_deferral(act, month=month, reason=reason)


ACCRUALS: tuple[Accrual, ...] = (Accrual("dues", look_at_deferral, defer, take_back),)


def look_at_accruals(act: Act, month: Month) -> Found:
    found = tuple(one for accrual in ACCRUALS if (one := accrual.look(act, month)))
    if not found:
        return Found(State.NOTHING, _now("This network spreads nothing over months."))
    left = tuple(line for one in found for line in one.left)
    links = tuple(
        Link(_now("Entry %(number)s") % {"number": card.number}, address("ledger:entry", card.id))
        for one in found
        for card in (ledger.entry_card(act, pk) for pk in one.entries[:LINKS_MAX])
    )
    undoable = bool(links) and ledger.is_open(month.last_date)
    if not left:
        return Found(
            State.DONE, _now("Everything of the month is booked."), links=links, undoable=undoable
        )
    if act.today <= month.last_date:
        return Found(
            State.WAITS, _now("%(month)s is not over yet.") % {"month": format_month(month)}
        )
    return Found(
        State.TO_DO,
        _now("This belongs to the month and is not booked yet."),
        _now("An entry for each fund, dated the last day of the month; it can be taken back."),
        links,
        left,
        undoable=undoable,
    )


def accrue(act: Act, month: Month) -> object:
    """Book what is left, each under a key of its own."""
    return [
        accrual.book(replace(act, key=uuid5(act.key, accrual.key)), month)
        for accrual in ACCRUALS
        if (found := accrual.look(act, month)) and found.left
    ]


def take_back_accruals(act: Act, month: Month, reason: str) -> object:
    """Reverse what stands of the month, each under a key of its own."""
    return [
        accrual.take_back(replace(act, key=uuid5(act.key, accrual.key)), month, reason)
        for accrual in ACCRUALS
        if (found := accrual.look(act, month)) and found.entries
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
            links=(
                Link(_now("Report to the committee (PDF)"), address("month_report", str(month))),
                *_kept(month),
                *links,
            ),
            undoable=period.state == "closed",
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


def reopen(act: Act, month: Month, reason: str) -> object:
    return ledger_commands.reopen_period(act, month=str(month), reason=reason)
