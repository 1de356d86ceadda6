"""Entries: posted once, reversed, never edited."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date as Date

from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.kernel import personal
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record, short_command
from dure.kernel.money import WON_MAX
from dure.kernel.personal import Personal
from dure.kernel.progress import Progress, silent
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies, rules
from ..events import EntriesPosted, EntryPosted, EntryReversed
from ..models import Entry, Line
from ..queries.chart import Chart
from ..queries.guards import ask_guards
from ..rules import EntryDraft, Side, Source
from . import checking, writing
from .checking import EntryUnbalanced, SecondPersonNeeded


class BatchEmpty(InvalidInput):
    """There is nothing to post."""

    text = _("There is nothing to post.")


class EntryNotPosted(Refusal):
    """Only a posted entry can be reversed."""

    text = _("This entry is not posted. A draft is withdrawn instead.")


class AlreadyReversed(Refusal):
    """An entry is reversed once."""

    text = _("Entry no. %(number)d was reversed before, by no. %(by)d.")


class ReversalStands(Refusal):
    """A reversal is not reversed; the entry is posted anew."""

    text = _("Entry no. %(number)d is itself a reversal. Post the entry anew instead.")


class EntryHasSource(Refusal):
    """The entry was made by another part of Dure and is undone there."""

    text = _("Entry no. %(number)d was not made by hand (%(source)s).")
    remedy = _("Undo it where it was made; the entry is then reversed by itself.")


class SecondPersonReverses(SecondPersonNeeded):
    """Who posted an amount above the provision may not undo it alone."""

    remedy = _("Have somebody else reverse it.")


class ReasonMissing(InvalidInput):
    """Undoing needs a reason."""

    text = _("Say why.")


@dataclass(frozen=True, slots=True)
class PostedBatch:
    """What a batch did; the ids of its entries: `queries.entry_ids(first_number, last_number)`."""

    count: int
    amount_won: int
    first_number: int
    last_number: int


@short_command
def post_entry(
    act: Act,
    *,
    date: Date,
    text: str,
    sides: tuple[Side, ...],
    source: Source | None = None,
    note: str = "",
) -> Entry:
    """Book one entry: dated `date`, about `text` (impersonal), with lines in won.

    `note` is what a person typed about it; it is kept apart and can be erased. With a `source`
    another room posts, and its command has judged who may. Without one it is made by hand: then an
    amount above the provision needs a second person (draft_entry).
    Raises EntryUnbalanced, FundsUnpaired, PartyMissing, PeriodNotOpen, SecondPersonNeeded, and the
    other refusals of `checking`.
    """
    checking.check_day(date)
    policies.can_post_entry(act, source).enforce()
    entry = None if note.strip() else _written_unread(act, date, text, sides, source)
    if entry is None:
        chart = checking.stand(act, date, lock=False).chart
        text, sides = _checked_one(chart, date, text, sides, source)
        # ---
        entry = write(act, chart, date, text, sides, source, note)
    assert entry.number is not None
    record(act, EntryPosted(entry.pk, entry.number, moved(sides)))
    return entry


def _written_unread(
    act: Act, day: Date, text: str, sides: tuple[Side, ...], source: Source | None
) -> Entry | None:
    """Posted by the chart as it was read last, one trip less; None when it is to be read anew."""
    chart = checking.unread(day)
    if chart is None:
        return None
    try:
        text, sides = _checked_one(chart, day, text, sides, source)
    except Refusal:
        return None  # perhaps of an old chart; said again by the new one
    # ---
    with suppress(writing.ChartMoved):
        return write(act, chart, day, text, sides, source, "", unread=True)
    return None


def _checked_one(
    chart: Chart, day: Date, text: str, sides: tuple[Side, ...], source: Source | None
) -> tuple[str, tuple[Side, ...]]:
    text = checking.clean_text(text)
    sides = checking.by_code(chart, sides)
    checking.check_sides(chart, sides)
    if source is None:
        checking.check_parties(sides)
        checking.check_second_person(chart, sides, day)
    return text, sides


def moved(sides: tuple[Side, ...]) -> int:
    return sum(side.amount_won for side in sides if side.amount_won > 0)


def note_digest(note: str, sides: tuple[Side, ...]) -> str:
    """Keep what was typed apart; its digest. It is about the one party of the lines, if only one."""
    note = note.strip()
    if not note:
        return ""
    about = {side.party_id for side in sides if side.party_id is not None}
    return personal.keep(Personal(note, about.pop() if len(about) == 1 else None))


def write(
    act: Act,
    chart: Chart,
    day: Date,
    text: str,
    sides: tuple[Side, ...],
    source: Source | None,
    note: str,
    reverses_id: int | None = None,
    posted: bool = True,
    unread: bool = False,
) -> Entry:
    """Write what was checked; posted, it must leave every fund above its floor."""
    ask_guards(chart, sides, day, source)
    entry = writing.write_entry(
        act,
        chart,
        day=day,
        text=text,
        sides=sides,
        note_digest=note_digest(note, sides),
        source=source,
        reverses_id=reverses_id,
        posted=posted,
        unread=unread,
    )
    if posted and chart.provisions:
        checking.check_floors(chart, sides, day)
    return entry


@command
def post_entries(
    act: Act,
    *,
    text: str,
    batch: tuple[EntryDraft, ...],
    source: Source | None = None,
    progress: Progress = silent,
) -> PostedBatch:
    """Book many entries as one command with one deed, set by set; all or none.

    Each entry may have its own text and source, else those of the batch. Raises as post_entry.
    """
    if not batch:
        raise BatchEmpty
    days = {draft.date for draft in batch}
    for day in sorted(days):
        checking.check_day(day)
    chart = checking.stand(act, max(days)).chart
    by_month = {rules.month_number(day): day for day in days}
    for day in by_month.values():
        checking.stand(act, day)
    if min(days) < chart.first_date:
        raise checking.BeforeBooks(first_date=chart.first_date, date=min(days))
    policies.can_post_entries(act, source).enforce()
    text = checking.clean_text(text)
    rows, amount_won = _checked(chart, batch, text, source)
    for draft in batch:
        ask_guards(chart, draft.sides, draft.date, draft.source or source)
    # ---
    first = number = writing.next_number()
    for start in range(0, len(rows), writing.ENTRIES_AT_ONCE):
        part = rows[start : start + writing.ENTRIES_AT_ONCE]
        writing.write_entries(act, chart, part, number)
        number += len(part)
        progress(number - first, len(rows), text)
    if chart.provisions:
        sides = (side for draft in batch for side in draft.sides)
        checking.check_floors(chart, sides, max(days))
    posted = PostedBatch(len(rows), amount_won, first, number - 1)
    record(
        act,
        EntriesPosted(posted.count, amount_won, posted.first_number, posted.last_number),
    )
    return posted


def _checked(
    chart: Chart, batch: tuple[EntryDraft, ...], text: str, source: Source | None
) -> tuple[list[writing.EntryRow], int]:
    """The rows to write and the sum of their debits. The common sound entry is seen in one pass."""
    plain = {
        (account.code, fund.code): account.is_control
        for account in chart.accounts.values()
        for fund in chart.funds.values()
        if account.is_active and fund.is_active and account.code not in chart.due
    }
    rows: list[writing.EntryRow] = []
    total = 0
    seen: dict[str, str] = {}
    for draft in batch:
        sides = draft.sides
        rest, debits, fund, sound = 0, 0, None, len(sides) > 1
        for side in sides:
            won = side.amount_won
            needs_party = plain.get((side.account, side.fund))
            if (
                needs_party is None
                or (needs_party and side.party_id is None)
                or type(won) is not int
                or not 0 < abs(won) <= WON_MAX
                or (fund is not None and side.fund != fund)
            ):
                sound = False
                break
            fund = side.fund
            rest += won
            if won > 0:
                debits += won
        if not sound or rest:
            sides = checking.by_code(chart, sides)
            checking.check_sides(chart, sides)
            debits = moved(sides)
        if source is None:
            checking.check_parties(sides)
            checking.check_second_person(chart, sides, draft.date)
        given = draft.text
        if given and given not in seen:
            seen[given] = checking.clean_text(given)
        total += debits
        rows.append((draft.date, seen[given] if given else text, draft.source or source, sides))
    return rows, total


@command
def reverse_entry(
    act: Act,
    *,
    entry_id: int,
    date: Date,
    reason: str,
    source: Source | None = None,
) -> Entry:
    """Undo an entry by its mirror image, dated `date` in an open month and linked to it.

    An entry made by another room is reversed only by that room (which gives a `source`). Above the
    provisioned amount somebody other than who posted it reverses it.
    Raises EntryNotPosted, AlreadyReversed, ReversalStands, EntryHasSource, ReasonMissing,
    SecondPersonNeeded, and the refusals of `checking`.
    """
    checking.check_day(date)
    chart = checking.stand(act, date).chart
    entry = Entry.objects.select_for_update().filter(pk=entry_id).first()
    if entry is None:
        raise NotFound
    policies.can_reverse_entry(act, source).enforce()
    if entry.number is None:
        raise EntryNotPosted
    if entry.reverses_id is not None:
        raise ReversalStands(number=entry.number)
    before = Entry.objects.filter(reverses_id=entry_id).values_list("number", flat=True).first()
    if before is not None:
        raise AlreadyReversed(number=entry.number, by=before)
    if source is None and entry.source_id is not None:
        raise EntryHasSource(number=entry.number, source=entry.source_kind)
    reason = reason.strip()
    if not reason:
        raise ReasonMissing
    sides = rules.mirrored(sides_of(chart, entry_id))
    checking.check_sides(chart, sides)
    if source is None and act.actor_id == entry.posted_by_id:
        checking.check_second_person(chart, sides, date, SecondPersonReverses)
    # ---
    reversal = write(
        act,
        chart,
        date,
        _now("Reversal of no. %(number)d") % {"number": entry.number},
        sides,
        source or _source_of(entry),
        "",
        reverses_id=entry_id,
    )
    assert reversal.number is not None
    record(
        act,
        EntryReversed(reversal.pk, reversal.number, entry_id, entry.number, Personal(reason)),
    )
    return reversal


def _source_of(entry: Entry) -> Source | None:
    return Source(entry.source_kind, entry.source_id) if entry.source_id is not None else None


def sides_of(chart: Chart, entry_id: int) -> tuple[Side, ...]:
    lines = Line.objects.filter(entry_id=entry_id).order_by("id")
    return tuple(
        Side(chart.accounts_by_id[account].code, chart.funds_by_id[fund].code, won, party, project)
        for account, fund, won, party, project in lines.values_list(
            "account_id", "fund_id", "amount_won", "party_id", "project"
        )
    )


__all__ = [
    "AlreadyReversed",
    "BatchEmpty",
    "EntryHasSource",
    "EntryNotPosted",
    "EntryUnbalanced",
    "PostedBatch",
    "ReasonMissing",
    "ReversalStands",
    "SecondPersonNeeded",
    "SecondPersonReverses",
    "post_entries",
    "post_entry",
    "reverse_entry",
]
