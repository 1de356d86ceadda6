"""The log of reads of a month: who read how much, what is unusual, what was taken along and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import Finding, kept
from dure.domains.parties import queries as parties
from dure.kernel.acts import SEOUL, Act
from dure.kernel.dates import Month
from dure.kernel.models import Read
from dure.kernel.reads import read_words

from .. import policies
from ..models import ReadCheck, ReadReason
from ..rules import reads as rules

__all__ = [
    "Download", "Reader", "ReadsOfMonth", "downloads_to_explain", "downloads_unexplained", "month_to_check", "read_checks",
    "reads_of_month",
]  # fmt: skip

CHECK_EVERY = "privacy.access_log_check_months"
TIMES, LEAST = "privacy.unusual_reads_times", "privacy.unusual_reads_count"
USUAL_MONTHS = "privacy.usual_reads_months"
LIST_MAX = 500
UNEXPLAINED_FIRST = F("reason__pk").asc(nulls_first=True)


@dataclass(frozen=True, slots=True)
class Reader:
    """What one person (or the machine's operator: None) read in a month."""

    person_id: int | None
    name: str
    reads: int
    people: int  # whose data, counted with every read
    downloads: int
    usual: int  # people in a usual month, rounded
    is_unusual: bool


@dataclass(frozen=True, slots=True)
class Download:
    """A file of personal data that was taken along, and why."""

    read_id: int
    at: datetime
    reader_id: int | None
    name: str
    what: str
    people: int
    reason: str


@dataclass(frozen=True, slots=True)
class ReadsOfMonth:
    """The log of a month, as it is looked through; confirmed or not."""

    month: Month
    readers: tuple[Reader, ...]
    downloads: tuple[Download, ...]
    confirmed_at: datetime | None
    confirmed_by: str
    note: str
    findings: tuple[Finding, ...]
    unexplained: int  # of all, also of those too many to be shown

    @property
    def taken(self) -> int:
        return sum(one.downloads for one in self.readers)

    @property
    def reads(self) -> int:
        return sum(one.reads for one in self.readers)

    @property
    def unusual(self) -> int:
        return sum(one.is_unusual for one in self.readers)


def reads_of_month(act: Act, month: Month) -> ReadsOfMonth:
    """Who read how much in a month, held against their own months before."""
    policies.can_see_reads(act).enforce()
    book = bylaws.rules_on(act.today)
    months = book.number(USUAL_MONTHS)
    counts, sums = _by_month(month.plus(-months), month)
    of_month = sums[month]
    names = parties.names_of(of_month)
    readers = []
    for person_id, (reads, people, downloads) in of_month.items():
        before = [counts[month.plus(-back)].get(person_id, 0) for back in range(1, months + 1)]
        readers.append(
            Reader(
                person_id,
                names.get(person_id or 0, ""),
                reads,
                people,
                downloads,
                round(rules.usual(before)),
                rules.is_unusual(
                    people, before, times=book.number(TIMES), least=book.number(LEAST)
                ),
            )
        )
    check = ReadCheck.objects.filter(month_date=month.first_date).first()
    by = parties.names_of([check.confirmed_by_id]) if check else {}
    return ReadsOfMonth(
        month,
        tuple(sorted(readers, key=lambda one: (-one.people, one.person_id or 0))),
        tuple(_downloads(_of(month).order_by(UNEXPLAINED_FIRST, "pk")[:LIST_MAX])),
        check.confirmed_at if check else None,
        by.get(check.confirmed_by_id or 0, "") if check else "",
        check.note if check else "",
        tuple(kept(check.findings)) if check else (),
        _of(month).filter(reason=None).count(),
    )


def downloads_to_explain(act: Act) -> list[Download]:
    """One's own downloads that have no reason yet, the oldest first."""
    if act.actor_id is None:
        return []
    rows = Read.objects.filter(actor_id=act.actor_id, is_download=True, reason=None)
    return _downloads(rows.order_by("pk")[:LIST_MAX])


def downloads_unexplained(act: Act) -> int:
    """How many downloads of one's own have no reason yet."""
    return Read.objects.filter(actor_id=act.actor_id, is_download=True, reason=None).count()


def read_checks(act: Act) -> QuerySet[ReadCheck]:
    """The months that were looked through, the latest first."""
    policies.can_see_reads(act).enforce()
    return ReadCheck.objects.order_by("-month_date")


def month_to_check(act: Act) -> Month | None:
    """The oldest month that is over, in which somebody read, and that nobody confirmed; looked for as
    far back as the rules ask (privacy.access_log_check_months), at least the last month."""
    policies.can_see_reads(act).enforce()
    book = bylaws.rules_on(act.today)
    last = Month.of(act.today).plus(-1)
    first = last.plus(-book.number(USUAL_MONTHS))
    confirmed = {
        Month.of(day)
        for day in ReadCheck.objects.filter(month_date__gte=first.first_date).values_list(
            "month_date", flat=True
        )
    }
    counts, _sums = _by_month(first, last)
    waiting = [m for m in sorted(counts) if counts[m] and m not in confirmed]
    return waiting[0] if waiting else None


Counts = dict[Month, dict[int | None, int]]
Sums = dict[Month, dict[int | None, tuple[int, int, int]]]


def _by_month(first: Month, last: Month) -> tuple[Counts, Sums]:
    """People read by month and reader; and (reads, people, downloads): one question."""
    rows = (
        Read.objects.filter(at__gte=_start(first.first_date), at__lt=_start(last.end_date))
        .annotate(month=TruncMonth("at", tzinfo=SEOUL))
        .order_by()
        .values_list("month", "actor_id")
        .annotate(n=Count("pk"), people=Sum("count"), files=Count("pk", filter=Q(is_download=True)))
    )
    counts: Counts = defaultdict(dict)
    sums: Sums = defaultdict(dict)
    for moment, actor_id, reads, people, files in rows:
        month = Month(moment.year, moment.month)
        counts[month][actor_id] = people
        sums[month][actor_id] = reads, people, files
    return counts, sums


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), SEOUL)


def _during(month: Month) -> Q:
    return Q(at__gte=_start(month.first_date), at__lt=_start(month.end_date))


def _of(month: Month) -> QuerySet[Read]:
    return Read.objects.filter(_during(month), is_download=True)


def _downloads(rows: Iterable[Read]) -> list[Download]:
    found = list(rows)
    names = parties.names_of(one.actor_id for one in found)
    reasons = dict(
        ReadReason.objects.filter(read__in=[one.pk for one in found])
        .order_by("pk")
        .values_list("read_id", "reason")
    )
    return [
        Download(
            one.pk, one.at, one.actor_id, names.get(one.actor_id or 0, ""),
            read_words(one.what), one.count,
            reasons.get(one.pk, ""),
        )
        for one in found
    ]  # fmt: skip
