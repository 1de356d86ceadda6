"""A breach: recorded when found, completed as more is known, told in time, closed."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import keep
from dure.domains.parties import queries as parties
from dure.domains.parties.rules.texts import clean_paragraphs, clean_text
from dure.kernel.acts import Act, day_of
from dure.kernel.deeds import command, record
from dure.kernel.personal import Personal
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies, queries
from ..events import (
    BreachChanged,
    BreachClosed,
    BreachedPeopleNamed,
    BreachedPeopleTold,
    BreachNoted,
    BreachRecorded,
    BreachReported,
)
from ..models import Breach, BreachedPerson, BreachStep
from ..queries.breaches import NOTICE_HOURS, REPORT_HOURS
from ..rules import breaches as rules

__all__ = [
    "BreachIsClosed", "BreachUntold", "FoundInFuture", "KindOfDataMissing", "NobodyConcerned",
    "NothingToTell", "NotedTooLittle", "change_breach", "close_breach", "name_breached_people",
    "note_breach_measure", "record_breach", "report_breach", "tell_breached_people",
]  # fmt: skip

CHUNK = 1_000


class NotedTooLittle(InvalidInput):
    """What happened is written down in words."""

    text = _("Write down what happened: what got out, when and how, as far as is known.")


class FoundInFuture(InvalidInput):
    """The clock runs from the moment it was found."""

    text = _("It cannot have been found later than now.")


class KindOfDataMissing(InvalidInput):
    """Whom to tell depends on what got out."""

    text = _("Choose at least one kind of data that got out, or may have.")


class BreachIsClosed(Refusal):
    """A closed breach is changed no more."""

    text = _("This breach was closed on %(date)s.")


class NobodyConcerned(Refusal):
    """There is nobody new of this group."""

    text = _("Nobody is in this group who was not named already.")


class NothingToTell(Refusal):
    """Everybody who is named was told."""

    text = _("Everybody who is named was told already.")
    remedy = _("Name whom it concerns first.")


class BreachUntold(Refusal):
    """A breach is closed when everybody was told who must be."""

    text = _("Not everybody who must be told was told yet: %(whom)s.")
    remedy = _("Tell those concerned, and report it where the rules ask for it.")


@command
def record_breach(
    act: Act,
    *,
    what: str,
    found_at: datetime,
    kinds: tuple[str, ...],
    people_count: int,
    from_outside: bool = False,
    advice: str = "",
) -> Breach:
    """Record that personal data got out, or may have; the clock runs from `found_at`.

    `kinds`: of rules.breaches.KINDS; `people_count`: as far as is known; `advice`: what those
    concerned can do. Raises NotedTooLittle, FoundInFuture, KindOfDataMissing.
    """
    policies.can_record_breach(act).enforce()
    what = clean_paragraphs(what, 4_000, _("What happened"))
    advice = clean_paragraphs(advice, 2_000, _("What people can do"))
    kinds = _kinds(kinds)
    if not what:
        raise NotedTooLittle
    if found_at > act.at:
        raise FoundInFuture
    # ---
    breach = Breach.objects.create(
        what=what, found_at=found_at, recorded_at=act.at, people_count=people_count,
        kinds=list(kinds), from_outside=from_outside, advice=advice,
    )  # fmt: skip
    told = Personal(what, None, breach.matter)
    record(act, BreachRecorded(breach.pk, told, people_count, kinds, from_outside))
    return breach


@command
def change_breach(
    act: Act,
    *,
    breach_id: int,
    what: str,
    kinds: tuple[str, ...],
    people_count: int,
    from_outside: bool,
    advice: str = "",
) -> Breach:
    """Complete or correct what is known of a breach. Raises as `record_breach`, BreachIsClosed."""
    breach = _open(breach_id)
    policies.can_change_breach(act).enforce()
    what = clean_paragraphs(what, 4_000, _("What happened"))
    advice = clean_paragraphs(advice, 2_000, _("What people can do"))
    kinds = _kinds(kinds)
    if not what:
        raise NotedTooLittle
    # ---
    breach.what, breach.advice, breach.kinds = what, advice, list(kinds)
    breach.people_count, breach.from_outside = people_count, from_outside
    breach.save()
    record(act, BreachChanged(breach.pk, people_count, kinds, from_outside))
    return breach


@command
def note_breach_measure(act: Act, *, breach_id: int, text: str) -> Breach:
    """Note what was done against a breach. Raises BreachIsClosed, NotedTooLittle."""
    breach = _open(breach_id)
    policies.can_note_breach_measure(act).enforce()
    text = clean_paragraphs(text, 2_000, _("What was done"))
    if not text:
        raise NotedTooLittle
    # ---
    _note(act, breach, text)
    record(act, BreachNoted(breach.pk, Personal(text, None, breach.matter)))
    return breach


@command
def name_breached_people(
    act: Act,
    *,
    breach_id: int,
    whom: str = "",
    person_ids: tuple[int, ...] = (),
    reader_id: int | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> int:
    """Name whom a breach concerns: a group (of rules.breaches.WHOM), or people; how many more.

    `reader_id`, `since`, `until`: of the group read_by, those whose data one account read then.
    The number of people of the breach grows with them. Raises BreachIsClosed, NobodyConcerned.
    """
    breach = _open(breach_id)
    policies.can_name_breached_people(act).enforce()
    ids = list(person_ids)
    if whom in rules.WHOM:
        ids += queries.people_concerned(act, whom, reader_id=reader_id, since=since, until=until)
    known = set(BreachedPerson.objects.filter(breach=breach).values_list("person", flat=True))
    ids = [pk for pk in dict.fromkeys(parties.people_among(ids)) if pk not in known]
    if not ids:
        raise NobodyConcerned
    # ---
    rows = [BreachedPerson(breach=breach, person_id=pk) for pk in ids]
    BreachedPerson.objects.bulk_create(rows, batch_size=CHUNK)
    breach.people_count = max(breach.people_count, len(known) + len(ids))
    breach.told_at = None
    breach.save(update_fields=["people_count", "told_at"])
    record(act, BreachedPeopleNamed(breach.pk, len(ids)))
    return len(ids)


@command
def tell_breached_people(act: Act, *, breach_id: int, otherwise: bool = False) -> int:
    """Send a letter to everybody named who was not told yet and has an e-mail address; how many.

    `otherwise`: note that the rest were told too, by telephone, post or a public notice; so are
    those whom the register does not name. Raises BreachIsClosed, NothingToTell.
    """
    breach = _open(breach_id)
    policies.can_tell_breached_people(act).enforce()
    waiting = BreachedPerson.objects.filter(breach=breach, told_at=None)
    if not waiting.exists() and (not otherwise or breach.told_at is not None):
        raise NothingToTell
    # ---
    reached = waiting.exclude(person__person__email="")
    letters = tuple(reached.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(letters), CHUNK):
        some = BreachedPerson.objects.filter(pk__in=letters[start : start + CHUNK])
        some.update(told_at=act.at, by_letter=True)
    rest = waiting.update(told_at=act.at) if otherwise else 0
    if not waiting.exists():
        breach.told_at = act.at
        breach.save(update_fields=["told_at"])
    _note(
        act,
        breach,
        _now("Told those concerned: %(letters)d letters, %(rest)d otherwise.")
        % {"letters": len(letters), "rest": rest},
    )
    record(act, BreachedPeopleTold(breach.pk, letters, rest))
    return len(letters) + rest


@command
def report_breach(
    act: Act, *, breach_id: int, authority: str, reference: str, reported_at: datetime
) -> Breach:
    """Note that a breach was reported: to whom, under which reference, when. Raises
    BreachIsClosed, NotedTooLittle, FoundInFuture."""
    breach = _open(breach_id)
    policies.can_report_breach(act).enforce()
    authority = clean_text(authority, 60, _("Authority"))
    reference = clean_text(reference, 120, _("Reference"))
    if not authority or not reference:
        raise NotedTooLittle
    if reported_at > act.at:
        raise FoundInFuture
    # ---
    breach.reported_at, breach.report_reference = reported_at, f"{authority} {reference}"
    breach.save(update_fields=["reported_at", "report_reference"])
    record(act, BreachReported(breach.pk, authority, reference))
    return breach


@command
def close_breach(act: Act, *, breach_id: int) -> Breach:
    """Close a breach when everybody was told who must be; too late is kept as a rule not met.

    Raises BreachIsClosed, BreachUntold. Source: 개인정보보호법 시행령 제39조제1항, 제40조제1항.
    """
    breach = _open(breach_id)
    policies.can_close_breach(act).enforce()
    book = bylaws.rules_on(day_of(breach.found_at))
    duties = queries.duties_of(breach, book, act.at)
    names = {"people": _("those concerned"), "authority": _("the authority")}
    untold = [str(names[duty.whom]) for duty in duties if duty.done_at is None]
    if untold:
        raise BreachUntold(whom=", ".join(untold))
    # ---
    asked = []
    for duty, rule in zip(duties, (NOTICE_HOURS, REPORT_HOURS), strict=False):
        assert duty.done_at is not None
        asked.append((rule, rules.hours_taken(breach.found_at, duty.done_at)))
    breach.findings = keep(book.check_all(*asked))
    breach.closed_at = act.at
    breach.save(update_fields=["findings", "closed_at"])
    record(act, BreachClosed(breach.pk))
    return breach


def _open(breach_id: int) -> Breach:
    """The breach, locked; not a closed one. Raises NotFound, BreachIsClosed."""
    breach = Breach.objects.select_for_update().filter(pk=breach_id).first()
    if breach is None:
        raise NotFound
    if breach.closed_at is not None:
        raise BreachIsClosed(date=day_of(breach.closed_at).isoformat())
    return breach


def _kinds(kinds: tuple[str, ...]) -> tuple[str, ...]:
    known = tuple(kind for kind in rules.KINDS if kind in kinds)
    if not known or len(known) < len(set(kinds)):
        raise KindOfDataMissing
    return known


def _note(act: Act, breach: Breach, text: str) -> None:
    BreachStep.objects.create(breach=breach, at=act.at, noted_by_id=act.actor_id, text=text)
