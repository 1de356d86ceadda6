"""Seats are added and given up; elected and appointed ones are filled for terms, which end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import enforce, keep
from dure.domains.parties import queries as parties
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.personal import Personal
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies
from ..events import SeatAdded, SeatEnded, SeatFilled, SeatsMoved, TermEnded
from ..models import Body, Seat, Term, Turn
from ..queries import filling
from ..rules import seats as rules
from ..rules.bodies import BY_HAND, END_REASONS, SEAT_KINDS, EndReason, SeatKind
from .bodies import forwards

GROUPS_MAX = 8


class SeatUnclear(InvalidInput):
    """A seat by organisation names the organisation, one by office the office; others neither."""

    text = _(
        "A seat by organisation needs the organisation, a seat by office its office or the body whose chair it follows; any other seat neither."
    )


class TurnsUnclear(InvalidInput):
    """A seat goes round among several, and each has it for so many months."""

    text = _(
        "A seat in turn needs at least two organisations, each once, and the months of a turn."
    )


class SeatIsTaken(Refusal):
    """Someone sits there in that time."""

    text = _("%(name)s holds this seat until %(until)s.")
    remedy = _("End that term first.")


class SeatNotForTerms(Refusal):
    """A seat by office or by organisation is not filled by hand."""

    text = _("This seat follows its office or its organisation; nobody is put there by hand.")


class SeatGone(Refusal):
    """The seat is not there in that time."""

    text = _("This seat is there from %(from)s until %(until)s.")


class EndUnproven(InvalidInput):
    """Who removes somebody says by which decision."""

    text = _("Say by which decision the person was removed.")


@command
def add_seat(
    act: Act,
    *,
    body_id: int,
    kind: str,
    title: str = "",
    is_chair: bool = False,
    may_vote: bool = True,
    organisation_id: int | None = None,
    office: str = "",
    follows_id: int | None = None,
    organisation_ids: Sequence[int] = (),
    turn_months: int | None = None,
    groups: Sequence[str] = (),
    from_date: date | None = None,
) -> Seat:
    """Add one seat to a body. `office`: a staff office that it follows; `follows_id`: or the chair
    of another body. `organisation_ids`: those that have it in turn, for `turn_months` each, the first
    one from `from_date` on. `groups`: what quotas count it for. Raises SeatUnclear, TurnsUnclear.
    """
    body: Body = Body.objects.hold(body_id)
    policies.can_add_seat(act).enforce()
    if kind not in dict(SEAT_KINDS):
        raise NotFound
    by_organisation = kind == SeatKind.BY_ORGANISATION
    by_office = kind == SeatKind.EX_OFFICIO
    if by_organisation != (organisation_id is not None):
        raise SeatUnclear
    if by_office != bool(office or follows_id) or follows_id == body_id:
        raise SeatUnclear
    in_turn = kind == SeatKind.IN_TURN
    if in_turn and (len(set(organisation_ids)) < 2 or not turn_months or turn_months < 1):
        raise TurnsUnclear
    if len(set(organisation_ids)) != len(organisation_ids) or not in_turn and organisation_ids:
        raise TurnsUnclear
    named = {*organisation_ids, *([organisation_id] if organisation_id is not None else [])}
    if not all(parties.party_exists(one, "organisation") for one in sorted(named)):
        raise NotFound
    title = clean_text(title, 60, pgettext_lazy("governance", "Title"))
    words = group_words(groups)
    # ---
    seat = Seat.objects.create(
        body=body,
        kind=kind,
        title=title,
        is_chair=is_chair,
        may_vote=may_vote,
        organisation_id=organisation_id,
        office=office,
        follows_id=follows_id,
        turn_months=turn_months if in_turn else None,
        groups=words,
        from_date=from_date or body.from_date,
    )
    Turn.objects.bulk_create(
        Turn(seat=seat, number=number, organisation_id=one)
        for number, one in enumerate(organisation_ids)
    )
    record(act, SeatAdded(seat.pk, body.pk, body.name, kind, title))
    return seat


@command
def end_seat(act: Act, *, seat_id: int, until_date: date, because: str = "") -> Seat:
    """A seat is there no more from a day on; whoever holds it leaves with it. `because`: a key of
    END_REASONS, where there is one.

    Raises SeatGone, EndsBeforeItBegins.
    """
    seat: Seat = Seat.objects.select_related("body").hold(seat_id)
    policies.can_end_seat(act).enforce()
    if because and because not in dict(END_REASONS):
        raise NotFound
    if seat.until_date is not None and seat.until_date <= act.today:
        raise SeatGone(**_spell(seat))
    forwards(seat.from_date, until_date)
    running = list(seat.terms.select_for_update(of=("self",)).order_by("pk"))
    for term in running:
        if term.from_date >= until_date:
            raise SeatGone(**_spell(seat))
    # ---
    seat.until_date, seat.ended_because = until_date, because
    seat.save(update_fields=["until_date", "ended_because"])
    for term in running:
        if term.until_date is None or term.until_date > until_date:
            term.until_date = until_date
            term.save(update_fields=["until_date"])
    record(act, SeatEnded(seat.pk, seat.body_id, seat.body.name, seat.title, until_date))
    return seat


@command
def fill_seat(
    act: Act,
    *,
    seat_id: int,
    person_id: int,
    from_date: date,
    until_date: date | None = None,
    decided_by: str = "",
    groups: Sequence[str] = (),
) -> Term:
    """Somebody is elected or appointed to a seat for a term (the end exclusive).

    An officer's term without an end ends when the rules say. What the rules on officers and the
    body's quotas ask must be met (RuleNotMet), or is told and kept with the term. `groups`: what
    quotas count the person for. Raises SeatNotForTerms, SeatIsTaken, SeatGone, EndsBeforeItBegins,
    NotFound.
    """
    seat: Seat = Seat.objects.select_related("body").hold(seat_id)
    policies.can_fill_seat(act, seat).enforce()
    if seat.kind not in BY_HAND:
        raise SeatNotForTerms
    if not parties.party_exists(person_id) or parties.is_organisation(person_id):
        raise NotFound
    book = bylaws.rules_on(from_date)
    until_date = until_date or rules.latest_end(book, seat.body.kind, from_date)
    forwards(from_date, until_date)
    if from_date < seat.from_date or (seat.until_date and from_date >= seat.until_date):
        raise SeatGone(**_spell(seat))
    for other in seat.terms.select_related("person__party"):
        ends = other.until_date
        if (until_date is None or other.from_date < until_date) and (
            ends is None or from_date < ends
        ):
            raise SeatIsTaken(name=other.person.party.name, until=ends.isoformat() if ends else "–")
    words = group_words(groups)
    findings = filling.findings(book, seat, person_id, from_date, until_date, words)
    enforce(rules.binding(book, findings))
    decided_by = clean_text(decided_by, 200, _("Decided by"))
    # ---
    term = Term.objects.create(
        seat=seat,
        person_id=person_id,
        from_date=from_date,
        until_date=until_date,
        decided_by=decided_by,
        groups=words,
        findings=keep(findings),
    )
    record(
        act,
        SeatFilled(
            seat.pk, person_id, seat.body.name, seat.title, from_date, until_date, decided_by
        ),
    )
    return term


@command
def end_term(
    act: Act,
    *,
    term_id: int,
    until_date: date,
    because: str = EndReason.OTHER,
    ended_by: str = "",
) -> Term:
    """A term ends earlier than it would: somebody resigns, is removed, dies. `ended_by`: the letter
    or the decision. Raises EndsBeforeItBegins, EndUnproven, NotFound.
    """
    term: Term = Term.objects.select_related("seat__body").hold(term_id)
    policies.can_end_term(act, term.seat, because).enforce()
    if because not in dict(END_REASONS):
        raise NotFound
    forwards(term.from_date, until_date)
    ended_by = clean_text(ended_by, 200, _("By which letter or decision"))
    if because == EndReason.REMOVED and not ended_by:
        raise EndUnproven
    # ---
    term.until_date, term.ended_because, term.ended_by = until_date, because, ended_by
    term.save(update_fields=["until_date", "ended_because", "ended_by"])
    seat, matter = term.seat, f"governance.Term:{term.pk}"
    said = f"{term.get_ended_because_display()} {ended_by}".strip()
    record(
        act,
        TermEnded(
            seat.pk, term.person_id, seat.body.name, seat.title, until_date,
            Personal(said, term.person_id, matter),
        ),
    )  # fmt: skip
    return term


@command
def move_seats(act: Act, *, from_party_id: int, to_party_id: int) -> int:
    """The seats, turns and terms of a party that was entered twice go to the one kept; how many."""
    policies.can_move_seats(act).enforce()
    # ---
    moved = 0
    if parties.is_organisation(to_party_id):
        moved += Seat.objects.filter(organisation=from_party_id).update(organisation=to_party_id)
        moved += Turn.objects.filter(organisation=from_party_id).update(organisation=to_party_id)
        moved += Body.objects.filter(convenor=from_party_id).update(convenor=to_party_id)
    else:
        moved += Term.objects.filter(person=from_party_id).update(person=to_party_id)
    record(act, SeatsMoved(to_party_id, from_party_id, moved))
    return moved


def group_words(given: Sequence[str]) -> list[str]:
    """The groups that a quota may count a seat for, each once."""
    words = [clean_text(one, 40, _("Counts for")) for one in given]
    return list(dict.fromkeys(word for word in words if word))[:GROUPS_MAX]


def _spell(seat: Seat) -> dict[str, str]:
    ends = seat.until_date
    return {"from": seat.from_date.isoformat(), "until": ends.isoformat() if ends else "–"}
