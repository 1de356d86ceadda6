"""Entries as canonical bytes, in order of their numbers: what the kernel seals.

The first line of an entry holds its columns, each further line one line of the entry, in order of
their ids; columns stand between tabs, lines between line feeds, no line feed at the end; within a
column `\\`, tab, line feed and carriage return are written `\\\\`, `\\t`, `\\n`, `\\r`.
See docs/seal-format.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from dure.kernel.refusals import type_text
from dure.kernel.seals import Stream

from ..models import Entry
from .chart import chart

FORMAT = "dure-entry-v1"
ENTRIES_AT_ONCE = 5_000

_SPECIAL = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})

_POSTED_AT = {
    "sqlite": "e.posted_at || ''",  # as text, past Django's converter
    "postgresql": """to_char(e.posted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""",
}
_ENTRIES = """SELECT e.number, e.id, {booked}, {posted}, e.written_by_id, e.posted_by_id,
 e.source_kind, e.source_id, r.number, {key}, e.note_digest, e.text
 FROM ledger_entry e LEFT JOIN ledger_entry r ON r.id = e.reverses_id
 WHERE e.number > %s AND e.number <= %s ORDER BY e.number"""
_LINES = """SELECT e.number, l.account_id, l.fund_id, l.party_id, l.project, l.amount_won
 FROM ledger_entry e CROSS JOIN ledger_line l
 WHERE l.entry_id = e.id AND e.number > %s AND e.number <= %s ORDER BY e.number, l.id"""


def _moment(text: str) -> str:
    """SQLite's own text of a moment, in UTC with microseconds."""
    if text.endswith("Z"):
        return text
    at = datetime.fromisoformat(text)
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _rows(after: int, until: int) -> Iterator[tuple[int, bytes]]:
    """The entries with numbers above `after` up to `until`, each with its canonical bytes."""
    if until <= after:
        return
    books = chart()
    places = {
        (account.id, fund.id): f"\n{account.code}\t{fund.code}\t"
        for account in books.accounts.values()
        for fund in books.funds.values()
    }
    postgres = connection.vendor == "postgresql"
    head = _ENTRIES.format(
        booked="e.booked_date::text" if postgres else "e.booked_date || ''",
        posted=_POSTED_AT[connection.vendor],
        key="replace(e.key::text, '-', '')" if postgres else "e.key",
    )
    moments: dict[str, str] = {}
    with connection.cursor() as cursor:
        for start in range(after, until, ENTRIES_AT_ONCE):
            bounds = (start, min(until, start + ENTRIES_AT_ONCE))
            cursor.execute(_LINES, bounds)
            lines: dict[int, list[str]] = {}
            for number, account, fund, party, project, won in cursor.fetchall():
                place = places.get((account, fund)) or f"\n?{account}\t?{fund}\t"
                lines.setdefault(number, []).append(
                    f"{place}{'' if party is None else party}"
                    f"\t{'' if project is None else project.translate(_SPECIAL)}\t{won}"
                )
            cursor.execute(head, bounds)
            for row in cursor.fetchall():
                at = moments.get(row[3])
                if at is None:
                    if len(moments) > 1000:
                        moments.clear()
                    at = moments[row[3]] = _moment(row[3])
                yield row[0], _bytes(row, at, lines.get(row[0], []))


def _bytes(row: tuple[Any, ...], posted_at: str, lines: list[str]) -> bytes:
    number, _id, day, _at, written_by, posted_by, kind, source, reverses, key, note, text = row
    return (
        f"{FORMAT}\t{number}\t{day}\t{posted_at}\t{'' if written_by is None else written_by}\t"
        f"{'' if posted_by is None else posted_by}\t{kind}\t{'' if source is None else source}\t"
        f"{'' if reverses is None else reverses}\t{key}\t{note}\t{text.translate(_SPECIAL)}"
        f"{''.join(lines)}"
    ).encode()


def _last_number() -> int:
    found = Entry.objects.exclude(number=None).order_by("-number")
    return found.values_list("number", flat=True).first() or 0


def _name_of(number: int) -> type_text:
    return _("entry no. %(number)d") % {"number": number}


ENTRIES = Stream("entries", _rows, _last_number, _name_of)
