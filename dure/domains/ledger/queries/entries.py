"""Entries: the list, and one of them with its lines and what caused it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date, datetime

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Sum

from dure.domains.parties import queries as parties
from dure.kernel import personal, seals
from dure.kernel.acts import Act
from dure.kernel.dates import Month
from dure.kernel.deeds import sentences_of
from dure.kernel.models import Deed
from dure.kernel.reads import note_read
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import DayBalance, Entry, Line
from .chart import Chart, chart
from .sealing import ENTRIES

ROWS_A_PAGE = 50
CAUSES_MAX = 20
FEW_DAYS = 400
COUNT_MAX = 10_000  # a narrowed list is counted, and leafed through, so far

POSTED, DRAFT, WITHDRAWN = "posted", "draft", "withdrawn"


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """What the list is narrowed to; empty fields narrow nothing. Days: from … to before until."""

    text: str = ""  # part of the text, or a number
    from_date: Date | None = None
    until_date: Date | None = None
    fund: str = ""
    account: str = ""
    party_id: int | None = None
    source_kind: str = ""
    state: str = POSTED


@dataclass(frozen=True, slots=True)
class EntryRow:
    id: int
    number: int | None
    booked_date: Date
    text: str
    amount_won: int  # the sum of its debits
    funds: tuple[str, ...]  # names
    source_kind: str
    source_id: int | None
    state: str
    is_reversal: bool
    is_reversed: bool
    written_by_id: int | None


@dataclass(frozen=True, slots=True)
class EntryPage:
    rows: tuple[EntryRow, ...]
    count: int
    page: int
    pages: int


def state_of(entry: Entry) -> str:
    if entry.posted_at is not None:
        return POSTED
    return DRAFT if entry.withdrawn_at is None else WITHDRAWN


def _narrowed(books: Chart, wanted: EntryFilter) -> QuerySet[Entry]:
    found = Entry.objects.all()
    if wanted.state == POSTED:
        found = found.filter(posted_at__isnull=False)
    elif wanted.state == DRAFT:
        found = found.filter(number=None, withdrawn_at=None)
    elif wanted.state == WITHDRAWN:
        found = found.filter(number=None, withdrawn_at__isnull=False)
    if wanted.from_date:
        found = found.filter(booked_date__gte=wanted.from_date)
    if wanted.until_date:
        found = found.filter(booked_date__lt=wanted.until_date)
    if wanted.source_kind:
        found = found.filter(source_kind=wanted.source_kind, source_id__isnull=False)
    text = wanted.text.strip()
    if text:
        by_text = Q(text__icontains=text)
        found = found.filter(by_text | Q(number=int(text)) if text.isdecimal() else by_text)
    lines: dict[str, int] = {}
    if wanted.fund:
        lines["fund_id"] = books.fund(wanted.fund).id
    if wanted.account:
        lines["account_id"] = books.account(wanted.account).id
    if wanted.party_id is not None:
        of_party = Line.objects.filter(party_id=wanted.party_id, **lines)
        return found.filter(pk__in=of_party.values("entry_id"))
    if lines:
        moved = DayBalance.objects.filter(**lines).order_by("booked_date")
        dates = list(moved.values_list("booked_date", flat=True).distinct()[: FEW_DAYS + 1])
        if len(dates) <= FEW_DAYS:  # seldom used: look on those days only
            found = found.filter(booked_date__in=dates)
        return found.filter(Exists(Line.objects.filter(entry_id=OuterRef("pk"), **lines)))
    return found


def _count(found: QuerySet[Entry], wanted: EntryFilter) -> int:
    """How many there are, counted up to COUNT_MAX; all posted ones are the last number."""
    if wanted == EntryFilter():
        return found.aggregate(last=Max("number"))["last"] or 0
    return found.order_by()[:COUNT_MAX].count()


def entries(
    act: Act, wanted: EntryFilter | None = None, page: int = 1, rows_a_page: int = ROWS_A_PAGE
) -> EntryPage:
    """The entries, newest first; a narrowed list up to COUNT_MAX of them.

    Raises Denied, UnknownFund, UnknownAccount.
    """
    policies.can_read_entries(act).enforce()
    books = chart()
    found = _narrowed(books, wanted or EntryFilter())
    count = _count(found, wanted or EntryFilter())
    pages = max(1, -(-count // rows_a_page))
    page = min(max(1, page), pages)
    start = (page - 1) * rows_a_page
    part = found.order_by("-booked_date", "-number", "-id")[start : start + rows_a_page]
    return EntryPage(_rows(books, part), count, page, pages)


def drafts(act: Act) -> tuple[EntryRow, ...]:
    """The drafts that wait for a second person, oldest first; at most 200."""
    policies.can_read_entries(act).enforce()
    # the index of numbers holds the unnumbered ones together
    found = Entry.objects.filter(number=None, withdrawn_at=None).order_by("number", "id")
    return _rows(chart(), found[:200])


def drafts_in(act: Act, month: Month) -> int:
    """How many drafts are dated in a month: they must be approved or withdrawn before it closes."""
    policies.can_read_entries(act).enforce()
    return Entry.objects.filter(
        number=None, withdrawn_at=None, period_id=month.year * 100 + month.month
    ).count()


def drafts_waiting() -> int:
    """How many drafts wait for a second person."""
    return Entry.objects.filter(number=None, withdrawn_at=None).count()


def _rows(books: Chart, found: QuerySet[Entry]) -> tuple[EntryRow, ...]:
    # asked row by row: a join tempts SQLite, which counts no more than a thousand rows of an index,
    # to read all entries
    reversals = Entry.objects.filter(reverses=OuterRef("pk"))
    part = list(found.annotate(is_reversed=Exists(reversals)))
    sums: dict[int, int] = {}
    funds: dict[int, dict[int, None]] = {}
    debits = (
        Line.objects.filter(entry_id__in=[entry.pk for entry in part], amount_won__gt=0)
        .values("entry_id", "fund_id")
        .annotate(won=Sum("amount_won"))
        .order_by("entry_id", "fund_id")
    )
    for row in debits:
        sums[row["entry_id"]] = sums.get(row["entry_id"], 0) + int(row["won"])
        funds.setdefault(row["entry_id"], {})[row["fund_id"]] = None
    return tuple(
        EntryRow(
            entry.pk,
            entry.number,
            entry.booked_date,
            entry.text,
            sums.get(entry.pk, 0),
            tuple(books.funds_by_id[fund].name for fund in funds.get(entry.pk, ())),
            entry.source_kind,
            entry.source_id,
            state_of(entry),
            entry.reverses_id is not None,
            entry.is_reversed,
            entry.written_by_id,
        )
        for entry in part
    )


@dataclass(frozen=True, slots=True)
class CardLine:
    account: str
    account_name: str
    fund: str
    fund_name: str
    party_id: int | None
    party_name: str
    project: str
    debit_won: int
    credit_won: int


@dataclass(frozen=True, slots=True)
class Cause:
    """A deed under the entry's key: what was done that made the entry."""

    deed_id: int
    at: datetime
    actor_id: int | None
    actor_name: str  # empty: the system
    via: str
    sentence: str


@dataclass(frozen=True, slots=True)
class EntryCard:
    id: int
    number: int | None
    state: str
    booked_date: Date
    text: str
    note: str  # empty: none, or erased
    lines: tuple[CardLine, ...]
    amount_won: int
    written_by_id: int | None
    written_by: str
    written_at: datetime
    posted_by_id: int | None
    posted_by: str
    posted_at: datetime | None
    source_kind: str
    source_id: int | None
    reverses_id: int | None
    reverses_number: int | None
    reversed_by_id: int | None
    reversed_by_number: int | None
    causes: tuple[Cause, ...]
    is_sealed: bool


def entry_card(act: Act, entry_id: int) -> EntryCard:
    """One entry: lines, who and when, what caused it, what it reverses. Raises Denied, NotFound."""
    policies.can_read_entries(act).enforce()
    entry = Entry.objects.filter(pk=entry_id).select_related("reverses", "reversed_by").first()
    if entry is None:
        raise NotFound
    books = chart()
    lines = list(Line.objects.filter(entry_id=entry_id).order_by("id"))
    told = sentences_of(list(Deed.objects.filter(key=entry.key).order_by("id")[:CAUSES_MAX]))
    people = {entry.written_by_id, entry.posted_by_id, *(deed.actor_id for deed, _text in told)}
    names = parties.names_of(
        {line.party_id for line in lines if line.party_id} | {p for p in people if p}
    )
    note = ""
    if entry.note_digest:
        note = personal.texts([entry.note_digest]).get(entry.note_digest) or ""
        note_read(act, None, "ledger.note")
    reversed_by = getattr(entry, "reversed_by", None)
    return EntryCard(
        entry.pk,
        entry.number,
        state_of(entry),
        entry.booked_date,
        entry.text,
        note,
        tuple(
            CardLine(
                books.accounts_by_id[line.account_id].code,
                books.accounts_by_id[line.account_id].name,
                books.funds_by_id[line.fund_id].code,
                books.funds_by_id[line.fund_id].name,
                line.party_id,
                names.get(line.party_id, "") if line.party_id else "",
                line.project or "",
                max(line.amount_won, 0),
                max(-line.amount_won, 0),
            )
            for line in lines
        ),
        sum(max(line.amount_won, 0) for line in lines),
        entry.written_by_id,
        names.get(entry.written_by_id, "") if entry.written_by_id else "",
        entry.written_at,
        entry.posted_by_id,
        names.get(entry.posted_by_id, "") if entry.posted_by_id else "",
        entry.posted_at,
        entry.source_kind,
        entry.source_id,
        entry.reverses_id,
        entry.reverses.number if entry.reverses else None,
        reversed_by.pk if reversed_by else None,
        reversed_by.number if reversed_by else None,
        tuple(
            Cause(
                deed.pk,
                deed.at,
                deed.actor_id,
                names.get(deed.actor_id, "") if deed.actor_id else "",
                deed.via,
                text,
            )
            for deed, text in told
        ),
        entry.number is not None and entry.number <= seals.sealed_until(ENTRIES.name),
    )


def entry_numbered(number: int) -> int:
    """The id of the entry with a number. Raises NotFound."""
    found = Entry.objects.filter(number=number).values_list("id", flat=True).first()
    if found is None:
        raise NotFound
    return found


def entries_of_source(kind: str, source_id: int, *, standing: bool = False) -> tuple[int, ...]:
    """The ids of the posted entries a thing of another room caused, oldest first; `standing`: but for
    those that were reversed, and their reversals."""
    found = Entry.objects.filter(
        source_kind=kind, source_id=source_id, source_id__isnull=False, posted_at__isnull=False
    )
    if standing:
        found = found.filter(reverses=None, reversed_by=None)
    return tuple(found.order_by("number").values_list("id", flat=True))
