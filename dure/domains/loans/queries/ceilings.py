"""What stands against the ceilings, at the end of a day in the past or now. The mutual aid that shares
the paid-in capital with the loans is known to a room above; the site wires how it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from django.db.models import Max, Sum

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import Finding
from dure.domains.ledger import queries as ledger
from dure.domains.memberships import queries as memberships
from dure.domains.memberships.queries import shares

from ..models import Loan
from ..rules import ceilings as rules
from ..rules.ceilings import Standing

__all__ = [
    "capital_findings", "ceilings_since", "lent_in_all", "rests_on_capital", "standings", "wire_aid",
]  # fmt: skip

type_count = Callable[[date, date], dict[date, int]]
_aid: list[type_count] = []


def wire_aid(count: type_count) -> None:
    """Called once, by the site: `count(since, today)` is the mutual aid that counts at the end of
    `since` and of each day after it on which that changed; at `today` with what is promised."""
    assert not _aid, "already wired"
    _aid.append(count)


def lent_in_all(membership_id: int | None = None, without: int | None = None) -> int:
    """Lent and not paid back, or promised: to all or to one member, without one loan."""
    rows = Loan.objects.filter(committed_won__gt=0)
    if without is not None:
        rows = rows.exclude(pk=without)
    if membership_id is not None:
        rows = rows.filter(membership=membership_id)
    return int(rows.aggregate(won=Sum("committed_won"))["won"] or 0)


def standings(
    since: date, today: date, membership_id: int | None = None, without: int | None = None
) -> list[Standing]:
    """How it stood at the end of `since` and of each day after it on which something moved, and how it
    stands now; of one member, or of whoever has most. `without`: a loan that is not in the books."""
    aid = _aid[0](since, today) if _aid else {}
    if membership_id is None:
        own, (lent, own_lent) = 0, _lent_and_most(without)
    else:
        own = shares.holding(membership_id).won
        lent, own_lent = lent_in_all(without=without), lent_in_all(membership_id, without)
    now = Standing(today, shares.capital().won, own, lent, own_lent, aid.get(today, 0))
    return [now] if since >= today else [*_past(since, now, aid, membership_id), now]


def ceilings_since(
    since: date, today: date, membership_id: int, won: int, without: int | None = None
) -> tuple[Finding, ...]:
    """What the ceilings find when so much more is lent to a member from a day on."""
    return rules.limits_since(
        bylaws.rules_on, standings(since, today, membership_id, without), lambda day: won
    )


def capital_findings(since: date, today: date, party_id: int | None = None) -> tuple[Finding, ...]:
    """What the ceilings find with the capital as it is since a day; `party_id`: whose shares became
    fewer, where one's own shares are the measure."""
    if not rules.is_of_own(bylaws.rules_on(today)):
        return rules.limits_since(bylaws.rules_on, standings(since, today))
    mine = Loan.objects.filter(membership__party=party_id).order_by("pk").last()
    found = standings(since, today, mine.membership_id if mine else None)
    if mine is None:
        found = [replace(one, own_lent_won=0) for one in found]
    return rules.limits_since(bylaws.rules_on, found)


def rests_on_capital(since: date, today: date) -> bool:
    """Whether there were ever loans, or is mutual aid that counts since a day."""
    return Loan.objects.exists() or any((_aid[0](since, today) if _aid else {}).values())


def _lent_and_most(without: int | None) -> tuple[int, int]:
    """(to all, to whoever has most), in one question."""
    rows = Loan.objects.filter(committed_won__gt=0)
    rows = rows if without is None else rows.exclude(pk=without)
    by_member = rows.order_by().values("membership").annotate(won=Sum("committed_won"))
    found = by_member.aggregate(lent=Sum("won"), most=Max("won"))
    return int(found["lent"] or 0), int(found["most"] or 0)


def _past(
    since: date, now: Standing, aid: dict[date, int], membership_id: int | None
) -> Iterable[Standing]:
    """The days before today, the oldest first; what was lent is what the books say."""
    account = ledger.account_for("member_loans")
    held = ledger.party_balances(account)
    moves = ledger.party_moves(account, since)
    capital = shares.capital_moves(since)
    own = shares.capital_moves(since, membership_id) if membership_id is not None else {}
    party = None
    if membership_id is not None:
        party = memberships.borrower(membership_id, now.day).party_id
    days = {since, *capital, *aid, *(day for day, _party, _won in moves)}
    days = {day for day in days if day < now.day}
    capitals = rules.ends_of_days(now.capital_won, capital, days)
    owned = rules.ends_of_days(now.own_capital_won, own, days)
    found = []
    for day in sorted(days, reverse=True):
        while moves and moves[-1][0] > day:
            _day, who, won = moves.pop()
            held[who] = held.get(who, 0) - won
        most = held.get(party, 0) if party is not None else max(held.values(), default=0)
        counted = aid[max(one for one in aid if one <= day)] if aid else 0
        found.append(Standing(day, capitals[day], owned[day], sum(held.values()), most, counted))
    return reversed(found)
