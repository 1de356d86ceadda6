"""What a decision on a member does beyond itself: dues, shares, what rests, offices that are held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from django.db.models import F, Sum

from dure.domains.bylaws import queries as bylaws
from dure.domains.parties import queries as parties
from dure.domains.parties.rules.codes import OFFICES, label_of
from dure.kernel.acts import Act

from .. import policies
from ..models import Charge
from ..rules.conduct import ConductKind
from ..rules.duties import VOTE_RESTS, Term
from .duties import benefits_of
from .shares import claim_days, holding

__all__ = ["Effects", "OfficeHeld", "effects_of"]


class Subject(Protocol):
    """Whom a case is about, and when its effect begins, if it was decided."""

    @property
    def membership_id(self) -> int: ...
    @property
    def party_id(self) -> int: ...
    @property
    def kind_code(self) -> str: ...
    @property
    def from_date(self) -> date | None: ...
    @property
    def meeting_date(self) -> date | None: ...


@dataclass(frozen=True, slots=True)
class OfficeHeld:
    """An office of the network, or speaking for an organisation: whose, since when, until when."""

    title: str
    person: str
    party_id: int  # on whose page it is ended; of a staff office the person's
    is_staff: bool
    from_date: date
    until_date: date | None


@dataclass(frozen=True, slots=True)
class Effects:
    """What follows from a case of a kind, from a day on; nothing here is done by reading it."""

    ends: bool  # the membership
    from_date: date
    open_won: int  # owed still, whatever is decided
    shares_won: int
    shares_due_date: date | None  # from when they can be claimed back
    resting: tuple[Term, ...]
    vote_rests: bool
    vote_article: str
    offices: tuple[OfficeHeld, ...]


def effects_of(act: Act, case: Subject) -> Effects:
    """For the office, and for the member the case is about. Before a decision: as if from the day after
    the meeting that was told, or from today."""
    policies.can_see_conduct_case(act, case).enforce()
    told = case.meeting_date and case.meeting_date + timedelta(days=1)
    on = case.from_date or max(told or act.today, act.today)
    ends = case.kind_code == ConductKind.EXPULSION
    suspends = case.kind_code == ConductKind.SUSPENSION
    book = bylaws.rules_on(on)
    given = benefits_of(case.membership_id, min(on, act.today)) if suspends else ()
    shares = holding(case.membership_id).won
    return Effects(
        ends=ends,
        from_date=on,
        open_won=_open(case.membership_id),
        shares_won=shares,
        shares_due_date=claim_days(on)[0] if ends and shares else None,
        resting=tuple(one.term for one in given if one.term.rests),
        vote_rests=ends or (suspends and book.yes(VOTE_RESTS)),
        vote_article=str(book.provision(VOTE_RESTS).citation)
        if suspends and VOTE_RESTS in book
        else "",
        offices=offices_held(case.party_id, act.today) if ends or suspends else (),
    )


def offices_held(party_id: int, on: date) -> tuple[OfficeHeld, ...]:
    """Staff offices and representations of a person, or of those who speak for an organisation."""
    speaks = [
        one
        for one in (*parties.representations_of(party_id), *parties.representatives_of(party_id))
        if one.from_date <= on and (one.until_date is None or one.until_date > on)
    ]
    people = {party_id, *(one.person_id for one in speaks)}
    staff = [one for one in parties.staff_on(on) if one.person_id in people]
    return (
        *(
            OfficeHeld(
                str(label_of(OFFICES, one.office)),
                one.person_name,
                one.person_id,
                True,
                one.from_date,
                one.until_date,
            )
            for one in staff
        ),
        *(
            OfficeHeld(
                f"{one.organisation_name} {one.role}".strip(),
                one.person_name,
                one.organisation_id,
                False,
                one.from_date,
                one.until_date,
            )
            for one in speaks
        ),
    )


def _open(membership_id: int) -> int:
    open_won = F("amount_won") - F("paid_won") - F("waived_won")
    found = Charge.objects.filter(membership=membership_id).aggregate(won=Sum(open_won))
    return found["won"] or 0
