"""Bodies and who sits in them, on any day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, prefetch_related_objects

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import failed
from dure.domains.memberships import queries as memberships
from dure.domains.parties import queries as parties
from dure.kernel.acts import Act, Capacity
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import Body, Competence, Quota, Seat, Term
from ..rules import seats as rules
from ..rules.bodies import (
    ASSEMBLIES,
    BY_HAND,
    EVERYBODYS,
    MATTERS,
    UNTIL_GIVEN,
    SeatKind,
    may_be_taken,
    votes_by_membership,
)

FOLLOWED_MAX = 3  # a chair by office that follows a chair by office …
LIST_MAX = 500


@dataclass(frozen=True, slots=True)
class Sitting:
    """One seat on a day: whose vote it is, who sits there, until when. Nobody: vacant."""

    seat_id: int
    title: str
    kind: str
    kind_label: str
    is_chair: bool
    may_vote: bool
    party_id: int | None  # the voter
    person_id: int | None
    name: str
    person: str
    until_date: date | None
    deputy: str = ""
    term_id: int | None = None
    groups: frozenset[str] = frozenset()
    vacant_since: date | None = None
    next_name: str = ""  # of a seat in turn: who has it next, from `until_date` on

    @property
    def is_vacant(self) -> bool:
        return self.party_id is None

    @property
    def is_filled_by_hand(self) -> bool:
        return self.kind in BY_HAND


@dataclass(frozen=True, slots=True)
class MatterLine:
    """One matter that a body may decide on."""

    id: int
    label: str
    article: str
    may_end: bool  # the law does not keep it for this body


@dataclass(frozen=True, slots=True)
class BodyCard:
    """A body on one page."""

    id: int
    name: str
    kind: str
    kind_label: str
    purpose: str
    convenor_id: int | None
    convenor: str
    from_date: date
    until_date: date | None
    ends_when: str
    decided_by: str
    of_all_members: bool
    voters: int
    sittings: tuple[Sitting, ...]
    matters: tuple[MatterLine, ...]

    @property
    def chair(self) -> Sitting | None:
        return next((one for one in self.sittings if one.is_chair and not one.is_vacant), None)


def in_force(on: date) -> Q:
    """Begun and not ended on a day."""
    return Q(from_date__lte=on) & (Q(until_date=None) | Q(until_date__gt=on))


def bodies(act: Act, *, ended: bool = False) -> QuerySet[Body]:
    """The bodies of the network, in the order in which they were made."""
    policies.can_see_bodies(act).enforce()
    rows = Body.objects.order_by("pk")
    return rows if ended else rows.filter(Q(until_date=None) | Q(until_date__gt=act.today))


def body_choices() -> list[tuple[int, str]]:
    """Bodies without an end, to choose from."""
    rows = Body.objects.filter(until_date=None).order_by("pk")
    return list(rows.values_list("pk", "name")[:LIST_MAX])


def body_card(act: Act, body_id: int) -> BodyCard:
    """One body with its seats as of today. Raises NotFound."""
    policies.can_see_bodies(act).enforce()
    body = Body.objects.select_related("convenor__party").filter(pk=body_id).first()
    if body is None:
        raise NotFound
    sat = sittings(body, act.today)
    granted = Competence.objects.filter(in_force(act.today), body=body).order_by("pk")
    book = bylaws.rules_on(act.today)
    return BodyCard(
        id=body.pk,
        name=body.name,
        kind=body.kind,
        kind_label=body.get_kind_display(),
        purpose=body.purpose,
        convenor_id=body.convenor_id,
        convenor=body.convenor.party.name if body.convenor else "",
        from_date=body.from_date,
        until_date=body.until_date,
        ends_when=body.ends_when,
        decided_by=body.decided_by,
        of_all_members=votes_by_membership(body.kind),
        voters=len(_voters(body, sat, act.today)),
        sittings=sat,
        matters=tuple(
            MatterLine(
                one.pk,
                str(one.get_matter_display()),
                one.article,
                not failed(may_be_taken(book, body.kind, one.matter)),
            )
            for one in granted
        ),
    )


def sittings(body: Body, on: date, depth: int = 0) -> tuple[Sitting, ...]:
    """Every seat of a body on a day, the chair first, with whoever holds it."""
    seats = list(
        Seat.objects.filter(in_force(on), body=body)
        .select_related("organisation__party", "follows")
        .order_by("-is_chair", "pk")
    )
    if not seats:
        return ()
    going_round = [seat for seat in seats if seat.kind == SeatKind.IN_TURN]
    prefetch_related_objects(going_round, "turns__organisation__party")
    by_hand = [seat.pk for seat in seats if seat.kind in BY_HAND]
    terms: dict[int, Term] = {}
    over: dict[int, date] = {}
    rows = Term.objects.filter(seat__in=by_hand, from_date__lte=on)
    for term in rows.select_related("person__party").order_by("from_date", "pk"):
        if term.until_date is None or term.until_date > on:
            terms[term.seat_id] = term
        else:
            over[term.seat_id] = max(over.get(term.seat_id, date.min), term.until_date)
    takers = {seat.pk: takers_of(seat, on) for seat in seats}
    spoken = parties.speakers_of((now.pk for now, _next in takers.values() if now), on)
    officers = _officers(on) if any(s.office for s in seats) else {}
    return tuple(
        _sitting(seat, on, depth, terms.get(seat.pk), over, takers[seat.pk], spoken, officers)
        for seat in seats
    )


def takers_of(seat: Seat, on: date) -> tuple[Any, Any]:
    """The organisation whose seat it is on a day, and whose turn is next; nobody's by another right."""
    if seat.kind != SeatKind.IN_TURN or not seat.turn_months:
        return seat.organisation, None
    order = [one.organisation for one in sorted(seat.turns.all(), key=lambda one: one.number)]
    ends = rules.turn_ends(seat.turn_months, seat.from_date, on)
    return (
        rules.in_turn(order, seat.turn_months, seat.from_date, on),
        rules.in_turn(order, seat.turn_months, seat.from_date, ends),
    )


def _sitting(
    seat: Seat,
    on: date,
    depth: int,
    term: Term | None,
    over: dict[int, date],
    takers: tuple[Any, Any],
    spoken: dict[int, tuple[parties.RepresentativeCard, ...]],
    officers: dict[str, parties.AppointmentCard],
) -> Sitting:
    organisation, following = takers
    person_id, person, until, deputy = None, "", seat.until_date, ""
    if organisation is not None:
        speakers = spoken.get(organisation.pk, ())
        if speakers:
            person_id, person = speakers[0].person_id, speakers[0].person_name
        deputy = next((one.person_name for one in speakers[1:] if one.is_deputy), "")
        if seat.turn_months:
            until = rules.turn_ends(seat.turn_months, seat.from_date, on)
    elif (officer := officers.get(seat.office)) is not None:
        person_id, person = officer.person_id, officer.person_name
        until = officer.until_date or until
    elif seat.follows is not None and depth < FOLLOWED_MAX:
        chairs = sittings(seat.follows, on, depth + 1)
        chair = next((one for one in chairs if one.is_chair), None)
        if chair is not None:
            person_id, person = chair.person_id, chair.person
            until = chair.until_date or until
    elif term is not None:
        person_id, person = term.person_id, term.person.party.name
        until = term.until_date or until
    party_id = organisation.pk if organisation is not None else person_id
    return Sitting(
        seat_id=seat.pk,
        title=seat.title,
        kind=seat.kind,
        kind_label=str(seat.get_kind_display()),
        is_chair=seat.is_chair,
        may_vote=seat.may_vote,
        party_id=party_id,
        person_id=person_id,
        name=organisation.party.name if organisation is not None else person,
        person=person,
        until_date=until,
        deputy=deputy,
        term_id=term.pk if term else None,
        groups=frozenset([*seat.groups, *(term.groups if term else ())]),
        vacant_since=None if party_id else max(seat.from_date, over.get(seat.pk, date.min)),
        next_name=following.party.name if following is not None else "",
    )


def chair_of(body: Body, on: date) -> int | None:
    """Who holds the seat that leads a body on a day."""
    return next((one.person_id for one in sittings(body, on) if one.is_chair), None)


def _officers(on: date) -> dict[str, parties.AppointmentCard]:
    """Who sits by each staff office: of several the one who has held it longest."""
    first = sorted(parties.staff_on(on), key=lambda one: (one.from_date, one.id), reverse=True)
    return {one.office: one for one in first}


def people_sitting(kinds: Sequence[str], on: date) -> frozenset[int]:
    """Who sits on a day in a body of these kinds, by whatever right."""
    rows = Body.objects.filter(in_force(on), kind__in=kinds).order_by("pk")
    return frozenset(
        one.person_id for body in rows for one in sittings(body, on) if one.person_id is not None
    )


def voters_of(body: Body, on: date) -> frozenset[int]:
    """The parties that have a vote in a body on a day; each once (rules.bodies 1., 2.)."""
    return _voters(body, () if votes_by_membership(body.kind) else sittings(body, on), on)


def _voters(body: Body, sat: Iterable[Sitting], on: date) -> frozenset[int]:
    if votes_by_membership(body.kind):
        rows = memberships.voting_members(on).values_list("party_id", flat=True)
        return frozenset(rows.order_by("party_id"))
    return frozenset(one.party_id for one in sat if one.may_vote and one.party_id is not None)


def is_competent(body: Body, matter: str, on: date) -> bool:
    """Whether a matter was given to a body; the business of the day is everybody's (rules.bodies 3.)."""
    given = Competence.objects.filter(in_force(on), body=body, matter=matter)
    return is_everybodys(matter, on) or given.exists()


def is_everybodys(matter: str, on: date) -> bool:
    """Whether any body may decide on a matter on a day, without its being given."""
    if matter not in UNTIL_GIVEN:
        return matter == EVERYBODYS
    alive = Body.objects.filter(in_force(on)).exclude(kind__in=ASSEMBLIES)
    given = Competence.objects.filter(in_force(on), matter=matter, body__in=alive.order_by())
    return not given.exists()


def capacities_of(
    person_id: int, organisations: frozenset[int], offices: frozenset[str], on: date
) -> frozenset[Capacity]:
    """`seat` and `chair` of each body in which the person sits today, by whatever right."""
    holds = (
        Q(pk__in=Term.objects.filter(in_force(on), person=person_id).values("seat"))
        | Q(organisation__in=organisations)
        | Q(office__in=offices, kind=SeatKind.EX_OFFICIO)
    )
    alive = Body.objects.filter(in_force(on)).order_by().values("pk")
    here = Seat.objects.filter(in_force(on), body__in=alive)
    held = here.filter(holds).order_by("pk")
    seats = list(held.values_list("body_id", "is_chair", "office"))
    seats += [(one.body_id, one.is_chair, "") for one in _in_turn(here, organisations, on)]
    sits = _officers(on) if any(office for _body, _is_chair, office in seats) else {}
    rows = {
        (body, is_chair)
        for body, is_chair, office in seats
        if not office or sits[office].person_id == person_id
    }
    chaired = {body for body, is_chair in rows if is_chair}
    for _step in range(FOLLOWED_MAX):
        if not chaired:
            break
        follow = here.filter(follows__in=chaired)
        more = set(follow.values_list("body_id", "is_chair")) - rows
        rows |= more
        chaired = {body for body, is_chair in more if is_chair}
    found = {Capacity("seat", body) for body, _is_chair in rows}
    return frozenset(found | {Capacity("chair", body) for body, is_chair in rows if is_chair})


def _in_turn(here: QuerySet[Seat], organisations: frozenset[int], on: date) -> list[Seat]:
    """The seats that go round and are one of these organisations' on a day."""
    if not organisations:
        return []
    rows = here.filter(kind=SeatKind.IN_TURN, turns__organisation__in=organisations).distinct()
    found = rows.prefetch_related("turns__organisation__party").order_by("pk")
    return [seat for seat in found if getattr(takers_of(seat, on)[0], "pk", 0) in organisations]


def seat_named(act: Act, seat_id: int) -> tuple[int, str, str]:
    """The body of a seat, its name and the seat's title. Raises NotFound."""
    return _named(act, Seat.objects.filter(pk=seat_id), "body_id", "body__name", "title")


def term_named(act: Act, term_id: int) -> tuple[int, str, str]:
    """The body of a term, its name and who holds the seat. Raises NotFound."""
    rows = Term.objects.filter(pk=term_id)
    return _named(act, rows, "seat__body_id", "seat__body__name", "person__party__name")


def competence_named(act: Act, competence_id: int) -> tuple[int, str, str]:
    """The body of a competence, its name and the matter in words. Raises NotFound."""
    rows = Competence.objects.filter(pk=competence_id)
    body_id, name, matter = _named(act, rows, "body_id", "body__name", "matter")
    return body_id, name, str(dict(MATTERS)[matter])


def quota_named(act: Act, quota_id: int) -> tuple[int, str, str]:
    """The body of a quota, its name and the group. Raises NotFound."""
    return _named(act, Quota.objects.filter(pk=quota_id), "body_id", "body__name", "group")


def _named(act: Act, rows: QuerySet[Any], *fields: str) -> tuple[int, str, str]:
    policies.can_see_bodies(act).enforce()
    found = rows.values_list(*fields).first()
    if found is None:
        raise NotFound
    body_id, name, part = found
    return body_id, name, part
