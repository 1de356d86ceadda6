"""The members who stand alone in mutual trade, for whoever goes and visits them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from dure.domains.bylaws import queries as bylaws
from dure.domains.memberships import queries as memberships
from dure.domains.parties import queries as parties
from dure.kernel.acts import Act

from .. import policies
from ..rules.visits import REASONS, reason_to_visit
from .traded import Traded, traded

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


def members_to_visit(
    act: Act,
    rows: Collection[Traded] | None = None,
    here: dict[int, str] | None = None,
    sections: dict[int, str] | None = None,
) -> list[Visit]:
    """Member organisations with no partner, hardly any, or much less trade than before; from what was read
    already: what was traded, who are members, their sections."""
    policies.can_see_visits(act).enforce()
    book = bylaws.rules_on(act.today)
    few, fallen = book.number("trade.visit_partners"), book.ratio("trade.visit_fallen_ratio")
    before: dict[int, int] = defaultdict(int)
    after: dict[int, int] = defaultdict(int)
    partners: dict[int, set[int]] = defaultdict(set)
    last: dict[int, date] = {}
    for row in traded(act.today) if rows is None else rows:
        sides = row.seller_id, row.buyer_id
        for one, other in (sides, sides[::-1]):
            last[one] = max(row.last_date, last.get(one, row.last_date))
            for won, of_half in ((before, row.before_won), (after, row.after_won)):
                if of_half is not None:
                    won[one] += of_half
                    partners[one].add(other)
    here = memberships.member_organisations(act.today) if here is None else here
    asked = [
        (one, reason)
        for one in here
        if (reason := reason_to_visit(len(partners[one]), before[one], after[one], few, fallen))
    ]
    if sections is None:
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
