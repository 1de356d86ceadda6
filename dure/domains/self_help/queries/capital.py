"""Whose money a fund is, who takes part in it, and the capital they paid in: what rooms above ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

from django.db.models import Q, Sum

from dure.domains.ledger import queries as ledger
from dure.kernel.acts import Act, Capacity
from dure.kernel.refusals import NotFound

from ..models import Contribution, Participant, SelfHelpFund
from ..rules import Chart

__all__ = [
    "Participation", "aid_books_of", "association_of", "books_of_aid", "capacities_of", "capital", "capital_moves", "chart", "fund_named", "is_in_funds",
    "my_participations", "own_capital", "owner_of", "owners_with_aid", "participation", "rule_owners",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Participation:
    """Who takes part in which fund, as it stands on a day."""

    id: int
    fund_id: int
    code: str
    fund: str
    party_id: int
    name: str
    is_participant: bool
    is_person: bool
    joined_date: date
    left_date: date | None


def chart() -> Chart:
    """The accounts this room moves, by role. Raises what the ledger refuses when one is missing."""
    return Chart(*(ledger.account_for(field.name) for field in fields(Chart)))


def rule_owners() -> Mapping[str, str]:
    """Code and name of every fund: each has rules of its own."""
    return dict(SelfHelpFund.objects.order_by("name", "pk").values_list("code", "name"))


def owner_of(fund: str) -> str:
    """Whose rules hold for a fund of the books: the code of a fund run for others, "" for the network's
    own."""
    found = SelfHelpFund.objects.filter(Q(code=fund) | Q(aid_code=fund))
    return found.values_list("code", flat=True).first() or ""


def aid_books_of(owner: str) -> str:
    """The code of the books in which a fund run for others keeps its mutual aid; "" while there are none."""
    found = SelfHelpFund.objects.filter(code=owner).values_list("aid_code", flat=True)
    return found.first() or ""


def owners_with_aid() -> list[tuple[str, str]]:
    """Code and name of each fund that keeps books of mutual aid."""
    rows = SelfHelpFund.objects.exclude(aid_code=None).order_by("name", "pk")
    return list(rows.values_list("code", "name"))


def books_of_aid() -> list[tuple[str, str]]:
    """The codes of the books of mutual aid that are kept for others, with the names of their funds."""
    rows = SelfHelpFund.objects.exclude(aid_code=None).order_by("name", "pk")
    return [(str(code), name) for code, name in rows.values_list("aid_code", "name")]


def association_of(owner: str) -> int:
    """Whose a fund run for others is. Raises NotFound."""
    found: int | None = (
        SelfHelpFund.objects.filter(code=owner).values_list("association", flat=True).first()
    )
    if found is None:
        raise NotFound
    return found


def fund_named(code: str) -> tuple[str, str]:
    """The name of a fund run for others, and that of its association. Raises NotFound."""
    rows = SelfHelpFund.objects.filter(code=code).values_list("name", "association__name")
    found: tuple[str, str] | None = rows.first()
    if found is None:
        raise NotFound
    return found


def participation(participant_id: int, on: date) -> Participation:
    """Raises NotFound."""
    one = Participant.objects.select_related("fund", "party").filter(pk=participant_id).first()
    if one is None:
        raise NotFound
    return _told(one, on)


def my_participations(act: Act) -> list[Participation]:
    """Where the actor, or an organisation the actor speaks for, takes part now."""
    rows = Participant.objects.filter(_live(act.today), party__in=act.own)
    return [_told(one, act.today) for one in rows.select_related("fund", "party").order_by("pk")]


def capacities_of(party_ids: frozenset[int], on: date) -> frozenset[Capacity]:
    """`participant` of each fund that one of the parties takes part in on a day."""
    rows = Participant.objects.filter(_live(on), party__in=party_ids)
    funds = rows.order_by("fund").values_list("fund", flat=True).distinct()
    return frozenset(Capacity("participant", pk) for pk in funds)


def is_in_funds(party_id: int) -> bool:
    """Whether a party ever took part in one, or one is its own."""
    return (
        Participant.objects.filter(party=party_id).exists()
        or SelfHelpFund.objects.filter(association=party_id).exists()
    )


def capital(code: str) -> int:
    """What is paid into a fund now."""
    return _sum(Q(participant__fund__code=code))


def own_capital(participant_id: int, on: date | None = None) -> int:
    """What a participant has paid in: now, or at the end of a day."""
    of_day = Q() if on is None else Q(paid_date__lte=on)
    return _sum(Q(participant=participant_id) & of_day)


def capital_moves(code: str, after: date, participant_id: int | None = None) -> dict[date, int]:
    """Day → won that came to or left a fund's capital on it, of every day after one; of one person."""
    rows = Contribution.objects.filter(participant__fund__code=code, paid_date__gt=after)
    if participant_id is not None:
        rows = rows.filter(participant=participant_id)
    return dict(rows.order_by("paid_date").values_list("paid_date").annotate(n=Sum("won")))


def _sum(which: Q) -> int:
    return int(Contribution.objects.filter(which).aggregate(n=Sum("won"))["n"] or 0)


def _live(on: date) -> Q:
    return Q(joined_date__lte=on) & (Q(left_date=None) | Q(left_date__gt=on))


def _told(one: Participant, on: date) -> Participation:
    live = one.joined_date <= on and (one.left_date is None or one.left_date > on)
    return Participation(
        one.pk, one.fund_id, one.fund.code, one.fund.name, one.party_id, one.party.name, live,
        one.party.kind == "person",
        one.joined_date, one.left_date,
    )  # fmt: skip
