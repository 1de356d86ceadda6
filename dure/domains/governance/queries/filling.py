"""What the rules find about who sits in a body: when a seat is filled, and as it stands on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Q

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import Comparison, Finding, Rulebook, failed
from dure.domains.memberships import queries as memberships
from dure.domains.parties import queries as parties
from dure.kernel.acts import Act

from .. import policies
from ..models import Body, Quota, Seat, Term
from ..rules import seats as rules
from ..rules.bodies import BodyKind
from .bodies import BodyCard, Sitting, in_force, people_sitting, sittings

CO_OPERATIVES = frozenset({"cooperative", "social_cooperative"})
FEDERATIONS = frozenset({"federation"})
NO_STAFF = frozenset({"administrator"})  # it keeps the machine, and is no office of the network


def findings(
    book: Rulebook,
    seat: Seat,
    person_id: int,
    from_date: date,
    until_date: date | None,
    groups: Iterable[str],
) -> tuple[Finding, ...]:
    """What the rules find when somebody is to sit in a seat for a term."""
    about = _about(seat, person_id, from_date, until_date)
    found = rules.filling(book, about) if about else ()
    sat = sittings(seat.body, from_date)
    chairs = [
        rules.Chair(frozenset([*seat.groups, *groups]), False)
        if one.seat_id == seat.pk
        else _chair(one)
        for one in sat
        if one.may_vote
    ]
    asked = quotas_of(seat.body_id, from_date)
    quotas = (rules.quota_in_reach(one, chairs) for one in asked.values())
    return (*found, *quotas)


def seat_findings(
    seat_id: int, person_id: int, from_date: date, until_date: date | None = None
) -> tuple[Finding, ...]:
    """What keeps a person from a seat from a day on: the rules that must be met and are not."""
    seat = Seat.objects.select_related("body").get(pk=seat_id)
    book = bylaws.rules_on(from_date)
    found = findings(book, seat, person_id, from_date, until_date, ())
    return failed(rules.binding(book, found))


def _about(
    seat: Seat, person_id: int, from_date: date, until_date: date | None
) -> rules.Filling | None:
    """What is known of an officer to be; nothing of other seats."""
    kind = seat.body.kind
    if kind not in rules.OFFICERS:
        return None
    directors = people_sitting((BodyKind.BOARD,), from_date)
    auditors = people_sitting((BodyKind.AUDITORS,), from_date)
    staff = staff_of(from_date)
    holds = Term.objects.filter(Q(until_date=None) | Q(until_date__gt=from_date), person=person_id)
    if until_date is not None:
        holds = holds.filter(from_date__lt=until_date)
    also = frozenset(holds.order_by("pk").values_list("seat__body__kind", flat=True))
    led = Term.objects.filter(seat__body=seat.body, seat__is_chair=True).order_by("from_date")
    seats = Seat.objects.filter(in_force(from_date), body__kind__in=rules.OFFICERS)
    return rules.Filling(
        body_kind=kind,
        is_chair=seat.is_chair,
        months=rules.months_of(from_date, until_date) if until_date else None,
        reelections=rules.reelections(
            led.values_list("from_date", "person_id"), person_id, from_date
        ),
        is_director=person_id in directors or BodyKind.BOARD in also,
        is_auditor=person_id in auditors or BodyKind.AUDITORS in also,
        is_staff=person_id in staff,
        leads_elsewhere=_leads_elsewhere(person_id, from_date),
        officers=seats.count(),
        staff_officers=len(((directors | auditors) & staff) | {person_id}),
        members=memberships.voting_members(from_date).count(),
    )


def _leads_elsewhere(person_id: int, on: date) -> bool:
    """Whether the person leads another co-operative, or, of a federation's chair, federation."""
    alike = FEDERATIONS if bylaws.legal_form_on(on) in FEDERATIONS else CO_OPERATIVES
    return bool(parties.forms_led_by(person_id, on) & alike)


def staff_of(on: date) -> frozenset[int]:
    """Who works for the network on a day."""
    return frozenset(one.person_id for one in parties.staff_on(on) if one.office not in NO_STAFF)


def members_for_delegates(book: Rulebook, on: date) -> tuple[Finding, ...]:
    """Whether there are so many members that delegates may meet for them (시행령 제9조)."""
    members = memberships.voting_members(on).count()
    return book.check_all(("delegates.members_above_count", members))


def composition(
    body: Body, on: date, sat: tuple[Sitting, ...] | None = None
) -> tuple[Finding, ...]:
    """What the rules find about who sits in a body on a day."""
    sat = sittings(body, on) if sat is None else sat
    return (*_by_law(body.kind, on, sat), *_by_quotas(quotas_of(body.pk, on), sat))


@dataclass(frozen=True, slots=True)
class Composition:
    """Whether a body sits by the rules today, and its quotas: their ids and of whom."""

    findings: tuple[Finding, ...]
    quotas: tuple[tuple[int, str], ...]


def composition_of(act: Act, card: BodyCard) -> Composition:
    """The same of a body on its page, for those who belong."""
    policies.can_see_bodies(act).enforce()
    quotas = quotas_of(card.id, act.today)
    found = (*_by_law(card.kind, act.today, card.sittings), *_by_quotas(quotas, card.sittings))
    return Composition(found, tuple((pk, one.group) for pk, one in quotas.items()))


def _by_law(kind: str, on: date, sat: tuple[Sitting, ...]) -> tuple[Finding, ...]:
    if kind not in (*rules.OFFICERS, BodyKind.DELEGATES_MEETING):
        return ()
    book = bylaws.rules_on(on)
    voting = [one for one in sat if one.may_vote]
    people = frozenset(one.person_id for one in voting if one.person_id is not None)
    if kind == BodyKind.DELEGATES_MEETING:
        return rules.delegates(book, len(voting), memberships.voting_members(on).count())
    if kind == BodyKind.AUDITORS:
        others = people_sitting((BodyKind.BOARD,), on) | staff_of(on)
        return book.check_all(
            ("officers.auditors_count", len(people)),
            ("officers.auditor_is_director_or_staff", bool(people & others)),
        )
    auditors = people_sitting((BodyKind.AUDITORS,), on)
    found = book.check_all(
        ("officers.directors_count", len(people)),
        ("officers.auditor_is_director_or_staff", bool(people & auditors)),
    )
    return (*found, *_staffed(book, people | auditors, on))


def _by_quotas(quotas: dict[int, rules.QuotaRule], sat: tuple[Sitting, ...]) -> tuple[Finding, ...]:
    chairs = [_chair(one) for one in sat if one.may_vote]
    return tuple(rules.quota(one, chairs) for one in quotas.values())


def _staffed(book: Rulebook, officers: frozenset[int], on: date) -> tuple[Finding, ...]:
    both = officers & staff_of(on)
    if not both or rules.staff_may_lead(book, memberships.voting_members(on).count()):
        return ()
    return book.check_all(
        ("officers.staff", True), ("officers.staff_ratio", len(both), len(officers))
    )


def may_meet(body: Body, on: date) -> tuple[Finding, ...]:
    """What stops a body from meeting for others: too few delegates, or too few members for them."""
    if body.kind != BodyKind.DELEGATES_MEETING:
        return ()
    return rules.binding(bylaws.rules_on(on), _by_law(body.kind, on, sittings(body, on)))


def quotas_of(body_id: int, on: date) -> dict[int, rules.QuotaRule]:
    """The quotas of a body on a day, by their ids."""
    rows = Quota.objects.filter(in_force(on), body=body_id).order_by("pk")
    return {
        one.pk: rules.QuotaRule(
            group=one.group,
            comparison=Comparison(one.comparison),
            asks=one.count
            if one.count is not None
            else Fraction(one.numerator or 0, one.denominator or 1),
            article=one.article,
            is_binding=one.is_binding,
        )
        for one in rows
    }


def _chair(one: Sitting) -> rules.Chair:
    return rules.Chair(one.groups, one.is_vacant)
