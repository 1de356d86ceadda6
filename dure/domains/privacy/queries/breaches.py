"""Breaches: what is known, by when who must be told, who was told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import Finding, Rulebook, kept
from dure.domains.memberships import queries as memberships
from dure.domains.parties import queries as parties
from dure.kernel.acts import Act, day_of
from dure.kernel.models import Read
from dure.kernel.reads import note_read
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import Breach, BreachedPerson
from ..rules import breaches as rules

__all__ = [
    "BreachCard", "BreachLetter", "BreachedLine", "Duty", "StepLine", "breach_card", "breach_letter",
    "breached_people", "breaches", "breaches_open", "duties_of", "duties_waiting", "people_concerned",
]  # fmt: skip

NOTICE_HOURS, REPORT_HOURS = "breach.notice_hours", "breach.report_hours"
REPORT_PEOPLE, REPORT_KINDS = "breach.report_people_count", "breach.report_kinds"
LIST_MAX = 5_000


@dataclass(frozen=True, slots=True)
class Duty:
    """Somebody who must be told: people or authority, by when, by which rules, and whether it is done."""

    whom: str  # people | authority
    until: datetime
    hours_left: int
    citation: str
    text: str
    done_at: datetime | None
    because: tuple[Finding, ...]  # why the authority is told; empty: not asked

    @property
    def is_late(self) -> bool:
        return (self.done_at is None and self.hours_left < 0) or (
            self.done_at is not None and self.done_at > self.until
        )


@dataclass(frozen=True, slots=True)
class StepLine:
    at: datetime
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class BreachedLine:
    """Someone concerned, and how they were told."""

    person_id: int
    name: str
    told_at: datetime | None
    by_letter: bool


@dataclass(frozen=True, slots=True)
class BreachCard:
    id: int
    what: str
    found_at: datetime
    recorded_at: datetime
    people_count: int
    kinds: tuple[str, ...]
    from_outside: bool
    advice: str
    named: int
    told: int
    told_at: datetime | None
    reported_at: datetime | None
    report_reference: str
    closed_at: datetime | None
    duties: tuple[Duty, ...]
    steps: tuple[StepLine, ...]
    findings: tuple[Finding, ...]

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


def breaches(act: Act) -> QuerySet[Breach]:
    """All breaches, the latest first."""
    policies.can_see_breaches(act).enforce()
    return Breach.objects.order_by("-found_at", "-pk")


def breaches_open(act: Act) -> list[BreachCard]:
    """Breaches that are not closed, the oldest first."""
    rows = breaches(act).filter(closed_at=None).order_by("found_at", "pk")
    return [_card(act, one) for one in rows[:LIST_MAX]]


def duties_waiting(act: Act) -> dict[int, tuple[Duty, ...]]:
    """Open breach → what must still be told to whom; the oldest first."""
    rows = list(breaches(act).filter(closed_at=None).order_by("found_at", "pk")[:LIST_MAX])
    book = bylaws.rules_on(act.today) if rows else None
    return {
        one.pk: tuple(duty for duty in duties_of(one, book, act.at) if duty.done_at is None)
        for one in rows
        if book is not None
    }


def breach_card(act: Act, breach_id: int) -> BreachCard:
    """One breach. Raises NotFound."""
    found = breaches(act).filter(pk=breach_id).first()
    if found is None:
        raise NotFound
    return _card(act, found)


def breached_people(act: Act, breach_id: int) -> list[BreachedLine]:
    """Whom it concerns; the read is logged."""
    policies.can_see_breaches(act).enforce()
    rows = BreachedPerson.objects.filter(breach=breach_id).select_related("person").order_by("pk")
    lines = [
        BreachedLine(one.person_id, one.person.name, one.told_at, one.by_letter)
        for one in rows[:LIST_MAX]
    ]
    if lines:
        note_read(act, None, "privacy.breached_people", len(lines))
    return lines


def duties_of(breach: Breach, book: Rulebook, now: datetime) -> tuple[Duty, ...]:
    """Who must be told of a breach by when: those concerned always, the authority where the rules
    say so (개인정보보호법 시행령 제39조제1항, 제40조제1항)."""
    notice = book.provision(NOTICE_HOURS)
    until = rules.deadline(breach.found_at, book.number(NOTICE_HOURS))
    people = Duty(
        "people", until, rules.hours_left(until, now), str(notice.citation),
        notice.citation.text, breach.told_at, (),
    )  # fmt: skip
    asked = [book.check(REPORT_PEOPLE, breach.people_count)]
    asked += [
        book.check(REPORT_KINDS, kind)
        for kind in rules.heavy(breach.kinds, breach.from_outside)
        if kind in book.choices(REPORT_KINDS)
    ]
    because = tuple(one for one in asked if one.passed)
    if not because:
        return (people,)
    report = book.provision(REPORT_HOURS)
    until = rules.deadline(breach.found_at, book.number(REPORT_HOURS))
    authority = Duty(
        "authority", until, rules.hours_left(until, now), str(report.citation),
        report.citation.text, breach.reported_at, because,
    )  # fmt: skip
    return people, authority


def people_concerned(
    act: Act, whom: str, *, reader_id: int | None = None, since: datetime | None = None,
    until: datetime | None = None,
) -> list[int]:  # fmt: skip
    """People of a group: everybody in the register, the members in person and who speaks for
    members, or whose data one person (or program) read in a time. A list or file that was read
    names nobody in the log: then it is everybody."""
    policies.can_name_breached_people(act).enforce()
    everybody = parties.people_visible_to(act)
    if whom == "members":
        belong = memberships.members_since(act.today)
        found = everybody.filter(pk__in=belong) | everybody.filter(
            pk__in=parties.speakers_for(belong, act.today)
        )
    elif whom == "read_by":
        reads = Read.objects.filter(actor_id=reader_id, at__lte=until or act.at).order_by()
        reads = reads.filter(at__gte=since) if since else reads
        of_one = everybody.filter(pk__in=reads.exclude(subject_id=None).values("subject_id"))
        found = everybody if reads.filter(subject_id=None).exists() else of_one
    else:
        found = everybody
    return list(found.order_by("pk").values_list("pk", flat=True).distinct())


@dataclass(frozen=True, slots=True)
class BreachLetter:
    """What a letter to one person says."""

    name: str
    email: str
    breach: BreachCard


def breach_letter(act: Act, breached_id: int) -> BreachLetter | None:
    """The letter about a breach to one person; None when they were erased since, or have no e-mail."""
    row = (
        BreachedPerson.objects.filter(pk=breached_id).select_related("breach", "person__person")
    ).first()
    if row is None or not row.person.person.email:
        return None
    return BreachLetter(row.person.name, row.person.person.email, _card(act, row.breach))


def _card(act: Act, found: Breach) -> BreachCard:
    steps = list(found.steps.order_by("at", "pk")[:LIST_MAX])
    names = parties.names_of(step.noted_by_id for step in steps)
    people = BreachedPerson.objects.filter(breach=found)
    book = bylaws.rules_on(day_of(found.found_at))
    return BreachCard(
        id=found.pk,
        what=found.what,
        found_at=found.found_at,
        recorded_at=found.recorded_at,
        people_count=found.people_count,
        kinds=tuple(found.kinds),
        from_outside=found.from_outside,
        advice=found.advice,
        named=people.count(),
        told=people.exclude(told_at=None).count(),
        told_at=found.told_at,
        reported_at=found.reported_at,
        report_reference=found.report_reference,
        closed_at=found.closed_at,
        duties=duties_of(found, book, act.at),
        steps=tuple(
            StepLine(step.at, names.get(step.noted_by_id or 0, ""), step.text) for step in steps
        ),
        findings=tuple(kept(found.findings)),
    )
