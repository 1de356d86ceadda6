"""What members owe and may ask of the network, and whether a suspension lets it rest.

Other rooms ask `need_benefit` before they give what a benefit names, and `vote_rests` for rolls.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import Rulebook
from dure.kernel.refusals import NotFound

from ..models import ClassSpell, ClassTerm, ConductCase
from ..rules.conduct import ConductKind
from ..rules.duties import VOTE_RESTS, Benefit, Suspension, Term, TermKind, Use, benefits, need
from .members import member_class

__all__ = [
    "Standing",
    "Use",
    "benefits_of",
    "class_term",
    "class_terms",
    "need_benefit",
    "standing_of",
    "suspension_of",
    "vote_rests",
]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a member stands on a day: duties, benefits, what rests and why, warnings in force."""

    duties: tuple[Term, ...]
    benefits: tuple[Benefit, ...]
    suspension: Suspension | None
    warnings: int
    vote_rests: bool
    vote_article: str  # what says so, while suspended


def class_terms(code: str) -> QuerySet[ClassTerm]:
    """All duties and benefits of a class, ever; duties first. Raises NotFound."""
    return ClassTerm.objects.filter(member_class=member_class(code)).order_by(
        "-kind", "from_date", "pk"
    )


def class_term(term_id: int) -> ClassTerm:
    """One duty or benefit with its class. Raises NotFound."""
    found = ClassTerm.objects.select_related("member_class").filter(pk=term_id).first()
    if found is None:
        raise NotFound
    return found


def benefits_of(membership_id: int, on: date) -> tuple[Benefit, ...]:
    """The benefits of a membership on a day, each with what it rests for. Nobody's: none."""
    return benefits(_terms(membership_id, on)[1], suspension_of(membership_id, on))


def need_benefit(membership_id: int, use: str, on: date) -> None:
    """That a benefit does not rest on a day. Raises BenefitRests; passes where none is laid down."""
    need(benefits_of(membership_id, on), use)


def suspension_of(membership_id: int, on: date) -> Suspension | None:
    """The suspension in force on a day, the longest of several."""
    return _suspension(_in_force(on).filter(membership=membership_id))


def _suspension(cases: Iterable[ConductCase]) -> Suspension | None:
    found = [
        Suspension(one.pk, one.from_date, one.until_date, one.article, one.minutes)
        for one in cases
        if one.kind == ConductKind.SUSPENSION and one.from_date and one.until_date
    ]
    return max(found, key=lambda one: one.until_date, default=None)


def vote_rests(membership_id: int, on: date) -> bool:
    """Whether a member cannot vote on a day because of a suspension; never in co-operatives."""
    return bylaws.rules_on(on).yes(VOTE_RESTS) and suspension_of(membership_id, on) is not None


def standing_of(
    membership_id: int, on: date, every: Iterable[ConductCase] | None = None
) -> Standing:
    """All of it together, for the pages of a member. `every`: all its cases, where they are read."""
    duties, gives = _terms(membership_id, on)
    if every is None:
        cases = list(_in_force(on).filter(membership=membership_id))
    else:
        cases = [one for one in every if one.is_in_force(on)]
    suspension = _suspension(cases)
    book = bylaws.rules_on(on) if suspension else Rulebook(on)
    said = book.provision(VOTE_RESTS).citation if VOTE_RESTS in book else None
    return Standing(
        duties=duties,
        benefits=benefits(gives, suspension),
        suspension=suspension,
        warnings=sum(one.kind == ConductKind.WARNING for one in cases),
        vote_rests=book.yes(VOTE_RESTS),
        vote_article=str(said or ""),
    )


def _in_force(on: date) -> QuerySet[ConductCase]:
    """Warnings and suspensions that have effect on a day; the number of them is small."""
    return ConductCase.objects.filter(
        kind__in=(ConductKind.WARNING, ConductKind.SUSPENSION),
        state=ConductCase.State.UPHELD,
        from_date__lte=on,
        until_date__gt=on,
    ).order_by("pk")


def _terms(membership_id: int, on: date) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    """Duties and benefits of the class a membership is of on a day."""
    open_then = Q(until_date=None) | Q(until_date__gt=on)
    spells = ClassSpell.objects.filter(open_then, membership=membership_id, from_date__lte=on)
    rows = ClassTerm.objects.filter(
        open_then, member_class__in=spells.values("member_class"), from_date__lte=on
    )
    found: dict[str, list[Term]] = {kind: [] for kind in TermKind}
    for one in rows.order_by("from_date", "pk"):
        found[one.kind].append(
            Term(one.pk, one.use, one.text, one.article, one.rests, one.from_date, one.until_date)
        )
    return tuple(found[TermKind.DUTY]), tuple(found[TermKind.BENEFIT])
