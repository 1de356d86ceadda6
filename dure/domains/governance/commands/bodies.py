"""Bodies are made, given competence and seats; seats are filled."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import enforce
from dure.domains.parties import queries as parties
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies
from ..events import BodyAdded, BodyEnded, CompetenceGranted, SeatAdded, SeatFilled, TermEnded
from ..models import Body, Competence, Seat, Term
from ..queries.bodies import in_force
from ..rules.bodies import ASSEMBLIES, KINDS, MATTERS, SEAT_KINDS, BodyKind, SeatKind, kept_for


class BodyNameMissing(InvalidInput):
    """A body has a name."""

    text = _("Give the body a name.")


class GeneralMeetingExists(Refusal):
    """A network has one general meeting."""

    text = _("This network has its general meeting already: “%(name)s”.")


class SeatUnclear(InvalidInput):
    """A seat by organisation names the organisation, one by office the office; others neither."""

    text = _(
        "A seat by organisation needs the organisation, a seat by office its office or the body whose chair it follows; any other seat neither."
    )


class SeatIsTaken(Refusal):
    """Someone sits there in that time."""

    text = _("%(name)s holds this seat until %(until)s.")
    remedy = _("End that term first.")


class SeatNotForTerms(Refusal):
    """A seat by office or by organisation is not filled by hand."""

    text = _("This seat follows its office or its organisation; nobody is put there by hand.")


class EndsBeforeItBegins(InvalidInput):
    """What ends, ends after it began."""

    text = _("It cannot end on %(until)s: it begins on %(from)s.")


class BodyEndedAlready(Refusal):
    """The body ended before."""

    text = _("“%(name)s” ended on %(date)s.")


class CompetentAlready(Refusal):
    """The body may decide on this already."""

    text = _("“%(name)s” may decide on this already.")


@command
def add_body(
    act: Act,
    *,
    name: str,
    kind: str,
    purpose: str = "",
    convenor_id: int | None = None,
    from_date: date | None = None,
    until_date: date | None = None,
    ends_when: str = "",
    decided_by: str = "",
) -> Body:
    """Make a body. The general meeting may decide on every matter from its beginning.

    `ends_when`: of a body made for a time. Raises BodyNameMissing, GeneralMeetingExists,
    EndsBeforeItBegins.
    """
    policies.can_add_body(act).enforce()
    name = clean_text(name, 80, _("Name"))
    if not name:
        raise BodyNameMissing
    if kind not in dict(KINDS):
        raise NotFound
    from_date = from_date or act.today
    _forwards(from_date, until_date)
    if kind == BodyKind.GENERAL_MEETING:
        other = Body.objects.filter(kind=kind, until_date=None).first()
        if other is not None:
            raise GeneralMeetingExists(name=other.name)
    decided_by = clean_text(decided_by, 200, _("Decided by"))
    # ---
    body = Body.objects.create(
        name=name,
        kind=kind,
        purpose=clean_text(purpose, 1000, _("Purpose")),
        convenor_id=convenor_id,
        from_date=from_date,
        until_date=until_date,
        ends_when=clean_text(ends_when, 200, _("Ends when")),
        decided_by=decided_by,
    )
    if kind in ASSEMBLIES:
        everything = (matter for matter, _label in MATTERS if matter != "business")
        Competence.objects.bulk_create(
            Competence(body=body, matter=matter, from_date=from_date) for matter in everything
        )
    record(act, BodyAdded(body.pk, name, kind, from_date, decided_by))
    return body


@command
def end_body(act: Act, *, body_id: int, until_date: date, decided_by: str = "") -> Body:
    """A body ends, with its seats. Raises BodyEndedAlready, EndsBeforeItBegins."""
    body: Body = Body.objects.hold(body_id)
    policies.can_end_body(act).enforce()
    if body.until_date is not None and body.until_date <= act.today:
        raise BodyEndedAlready(name=body.name, date=body.until_date.isoformat())
    _forwards(body.from_date, until_date)
    decided_by = clean_text(decided_by, 200, _("Decided by"))
    # ---
    body.until_date = until_date
    body.save(update_fields=["until_date"])
    record(act, BodyEnded(body.pk, body.name, until_date, decided_by))
    return body


@command
def grant_competence(
    act: Act, *, body_id: int, matter: str, article: str = "", from_date: date | None = None
) -> Competence:
    """Let a body decide on a matter, by an article of the bylaws.

    What the law keeps for another body is refused with its article (RuleNotMet). Raises
    CompetentAlready.
    """
    body: Body = Body.objects.hold(body_id)
    policies.can_grant_competence(act).enforce()
    if matter not in dict(MATTERS):
        raise NotFound
    from_date = from_date or act.today
    enforce(kept_for(bylaws.rules_on(from_date), body.kind, matter))
    if Competence.objects.filter(body=body, matter=matter, until_date=None).exists():
        raise CompetentAlready(name=body.name)
    article = clean_text(article, 120, _("Article"))
    # ---
    given = Competence.objects.create(
        body=body, matter=matter, article=article, from_date=from_date
    )
    record(act, CompetenceGranted(body.pk, body.name, matter, article))
    return given


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
    from_date: date | None = None,
) -> Seat:
    """Add one seat to a body. `office`: a staff office that it follows; `follows_id`: or the chair
    of another body. Raises SeatUnclear.
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
    title = clean_text(title, 60, pgettext_lazy("governance", "Title"))
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
        from_date=from_date or body.from_date,
    )
    record(act, SeatAdded(seat.pk, body.pk, body.name, kind, title))
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
) -> Term:
    """Somebody is elected or appointed to a seat for a term (the end exclusive).

    Raises SeatNotForTerms, SeatIsTaken, EndsBeforeItBegins, NotFound.
    """
    seat: Seat = Seat.objects.hold(seat_id)
    policies.can_fill_seat(act).enforce()
    if seat.kind not in (SeatKind.ELECTED, SeatKind.APPOINTED):
        raise SeatNotForTerms
    if not parties.party_exists(person_id) or parties.is_organisation(person_id):
        raise NotFound
    _forwards(from_date, until_date)
    for other in seat.terms.select_related("person__party"):
        ends = other.until_date
        if (until_date is None or other.from_date < until_date) and (
            ends is None or from_date < ends
        ):
            raise SeatIsTaken(name=other.person.party.name, until=ends.isoformat() if ends else "–")
    decided_by = clean_text(decided_by, 200, _("Decided by"))
    # ---
    term = Term.objects.create(
        seat=seat,
        person_id=person_id,
        from_date=from_date,
        until_date=until_date,
        decided_by=decided_by,
    )
    record(
        act,
        SeatFilled(
            seat.pk, person_id, seat.body.name, seat.title, from_date, until_date, decided_by
        ),
    )
    return term


@command
def end_term(act: Act, *, term_id: int, until_date: date) -> Term:
    """A term ends earlier than it would. Raises EndsBeforeItBegins."""
    term: Term = Term.objects.hold(term_id)
    policies.can_end_term(act).enforce()
    _forwards(term.from_date, until_date)
    # ---
    term.until_date = until_date
    term.save(update_fields=["until_date"])
    seat = term.seat
    record(act, TermEnded(seat.pk, term.person_id, seat.body.name, seat.title, until_date))
    return term


def exists_on(body: Body, on: date) -> bool:
    """Whether a body exists on a day."""
    return Body.objects.filter(in_force(on), pk=body.pk).exists()


def _forwards(from_date: date, until_date: date | None) -> None:
    if until_date is not None and until_date <= from_date:
        raise EndsBeforeItBegins(**{"from": from_date.isoformat(), "until": until_date.isoformat()})
