"""The members who stand alone in mutual trade, for whoever goes and visits them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Sum

from dure.domains.bylaws import queries as bylaws
from dure.domains.memberships import queries as memberships
from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.dates import after_months

from .. import policies
from ..models import Deal
from ..rules.visits import REASONS, reason_to_visit

__all__ = ["Visit", "members_to_visit"]


@dataclass(frozen=True, slots=True)
class Visit:
    """A member, why to visit, and what it traded in the two halves of the time."""

    party_id: int
    name: str
    section: str
    reason: str
    reason_label: str
    partners: int
    before_won: int
    after_won: int
    last_date: date | None


def members_to_visit(act: Act) -> list[Visit]:
    """Member organisations with no partner, hardly any, or much less trade than before."""
    policies.can_see_visits(act).enforce()
    book = bylaws.rules_on(act.today)
    months = book.number("trade.visit_months")
    few, fallen = book.number("trade.visit_partners"), book.ratio("trade.visit_fallen_ratio")
    halves = [after_months(act.today, -months), after_months(act.today, -months // 2), act.today]
    rows = Deal.objects.filter(state=Deal.State.CONFIRMED, is_mutual=True).order_by()
    before: dict[int, int] = defaultdict(int)
    after: dict[int, int] = defaultdict(int)
    partners: dict[int, set[int]] = defaultdict(set)
    for half, won in enumerate((before, after)):
        of_half = rows.filter(dealt_date__gt=halves[half], dealt_date__lte=halves[half + 1])
        for seller, buyer, sum_won in of_half.values_list("seller", "buyer").annotate(
            won=Sum("won")
        ):
            for one, other in ((seller, buyer), (buyer, seller)):
                won[one] += int(sum_won)
                partners[one].add(other)
    here = memberships.member_organisations(act.today)
    asked = [
        (one, reason)
        for one in here
        if (reason := reason_to_visit(len(partners[one]), before[one], after[one], few, fallen))
    ]
    last: dict[int, date] = {}
    for side in ("seller", "buyer"):
        told = rows.filter(**{f"{side}__in": [one for one, _reason in asked]})
        for one, day in told.values_list(side).annotate(day=Max("dealt_date")):
            last[one] = max(day, last.get(one, day))
    sections = parties.sections_of([one for one, _reason in asked], act.today)
    order = list(REASONS)
    found = [
        Visit(
            one, here[one], sections.get(one, ""), reason, str(REASONS[reason]),
            len(partners[one]), before[one], after[one], last.get(one),
        )
        for one, reason in asked
    ]  # fmt: skip
    return sorted(found, key=lambda one: (order.index(one.reason), one.name))
