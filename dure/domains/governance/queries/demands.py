"""Demands for a meeting, read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dure.domains.bylaws import queries as bylaws
from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.reads import note_read
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import Body, Demand
from ..rules.bodies import rule_of
from ..rules.counting import needed
from .bodies import voters_of

LIST_MAX = 100


@dataclass(frozen=True, slots=True)
class DemandCard:
    """A demand as it stands. `may_sign`: the voters for whom the actor may sign, with names."""

    id: int
    body_id: int
    body: str
    matter: str
    purpose: str
    demanded_date: date
    signed: int
    needed: int
    whole: int
    ready_date: date | None
    call_by_date: date | None
    is_late: bool
    meeting_id: int | None
    may_sign: tuple[tuple[int, str], ...]


def demand_rule(body: Body, on: date) -> str | None:
    """The rule that says how many may demand a meeting of this body; None where there is none."""
    book = bylaws.rules_on(on)
    key = rule_of(book, body.kind, "demand_ratio")
    return key if key in book else None


def signed_by(demand: Demand, voters: frozenset[int]) -> int:
    """How many of those who are voters now have signed."""
    rows = demand.signatures.order_by("pk").values_list("party_id", flat=True)
    return len(voters & frozenset(rows))


def demands(act: Act, *, body_id: int | None = None, waiting: bool = False) -> list[DemandCard]:
    """Demands, the latest first; or those `waiting` for a meeting, the most pressing first."""
    policies.can_see_bodies(act).enforce()
    rows = Demand.objects.select_related("body").order_by("-demanded_date", "-pk")
    if body_id is not None:
        rows = rows.filter(body=body_id)
    if waiting:
        rows = rows.filter(ready_date__isnull=False, meeting=None).order_by("call_by_date", "pk")
    return [_card(act, one) for one in rows[:LIST_MAX]]


def demand_card(act: Act, demand_id: int) -> DemandCard:
    """One demand. Raises NotFound."""
    policies.can_see_bodies(act).enforce()
    demand = Demand.objects.select_related("body").filter(pk=demand_id).first()
    if demand is None:
        raise NotFound
    return _card(act, demand)


def _card(act: Act, demand: Demand) -> DemandCard:
    voters = voters_of(demand.body, act.today)
    book, key = bylaws.rules_on(act.today), demand_rule(demand.body, act.today)
    least = needed(book.provision(key).comparison, book.ratio(key), len(voters)) if key else 0
    signed = frozenset(demand.signatures.order_by("pk").values_list("party_id", flat=True))
    mine = (voters - signed) & act.own
    names = parties.names_of(mine) if demand.meeting_id is None and mine else {}
    late = demand.call_by_date is not None and demand.call_by_date < act.today
    return DemandCard(
        demand.pk, demand.body_id, demand.body.name, str(demand.get_matter_display()),
        demand.purpose, demand.demanded_date, len(signed & voters), least, len(voters),
        demand.ready_date, demand.call_by_date, late and demand.meeting_id is None,
        demand.meeting_id, tuple(sorted(names.items())),
    )  # fmt: skip


def may_demand(act: Act, body_id: int) -> bool:
    """Whether the actor, or somebody it acts for, may demand a meeting of a body."""
    body = Body.objects.filter(pk=body_id).first()
    if body is None or demand_rule(body, act.today) is None:
        return False
    voters = voters_of(body, act.today)
    return any(policies.can_demand_meeting(act, one) for one in voters)


def voters_for(act: Act, body_id: int) -> list[tuple[int, str]]:
    """The voters of a body for whom the actor may demand a meeting: its own; for the office all."""
    policies.can_see_bodies(act).enforce()
    body = Body.objects.filter(pk=body_id).first()
    if body is None or demand_rule(body, act.today) is None:
        return []
    voters = {one for one in voters_of(body, act.today) if policies.can_demand_meeting(act, one)}
    if any(one not in act.own for one in voters):
        note_read(act, None, "governance.choices", len(voters))
    return sorted(parties.names_of(voters).items(), key=lambda row: row[1])


def removal_demand_choices() -> list[tuple[int, str]]:
    """Demands for the removal of officers that enough have signed."""
    rows = Demand.objects.filter(matter="officers", ready_date__isnull=False).order_by("-pk")
    return [(one.pk, one.purpose[:100]) for one in rows[:LIST_MAX]]


def signatures_of(demand_id: int, body_id: int, on: date) -> tuple[int, int]:
    """How many voters of a body have signed a demand, of how many. Raises NotFound."""
    demand = Demand.objects.select_related("body").filter(pk=demand_id, matter="officers").first()
    if demand is None:
        raise NotFound
    voters = voters_of(demand.body, on)
    return signed_by(demand, voters), len(voters)
