"""What stands against the ceilings, at the end of a day in the past or now. The mutual aid that shares
the paid-in capital with the loans is known to a room above; the site wires how it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from django.db.models import Max, Sum

from dure.domains.bylaws.rules import Finding
from dure.domains.ledger import queries as ledger

from ..models import Loan
from ..rules import ceilings as rules
from ..rules.ceilings import Standing
from .borrowers import NETWORK, Borrower, Lender, borrower_of

__all__ = [
    "capital_findings", "ceilings_since", "lent_in_all", "rests_on_capital", "standings", "wire_aid",
]  # fmt: skip

type_count = Callable[[date, date, str], dict[date, int]]
_aid: list[type_count] = []


def wire_aid(count: type_count) -> None:
    """Called once, by the site: `count(since, today, owner)` is the mutual aid of a lender that counts at the end of
    `since` and of each day after it on which that changed; at `today` with what is promised."""
    assert not _aid, "already wired"
    _aid.append(count)


def lent_in_all(
    lender: Lender = NETWORK, who: Borrower | None = None, without: int | None = None
) -> int:
    """Lent and not paid back, or promised: to all or to one borrower, without one loan."""
    rows = Loan.objects.filter(lender.loans if who is None else who.loans, committed_won__gt=0)
    if without is not None:
        rows = rows.exclude(pk=without)
    return int(rows.aggregate(won=Sum("committed_won"))["won"] or 0)


def standings(
    since: date,
    today: date,
    who: Borrower | None = None,
    without: int | None = None,
    lender: Lender = NETWORK,
) -> list[Standing]:
    """How it stood at the end of `since` and of each day after it on which something moved, and how it
    stands now, with one lender; of one borrower, or of whoever has most. `without`: a loan that is not
    in the books."""
    lender = who.lender if who else lender
    aid = _counted_aid(since, today, lender)
    if who is None:
        own, (lent, own_lent) = 0, _lent_and_most(lender, without)
    else:
        own = who.capital_won
        lent, own_lent = lent_in_all(lender, without=without), lent_in_all(lender, who, without)
    now = Standing(today, lender.capital_won, own, lent, own_lent, aid.get(today, 0))
    return [now] if since >= today else [*_past(since, now, aid, lender, who), now]


def _counted_aid(since: date, today: date, lender: Lender) -> dict[date, int]:
    """The mutual aid that shares a lender's capital."""
    return _aid[0](since, today, lender.owner) if _aid else {}


def ceilings_since(
    since: date, today: date, who: Borrower, won: int, without: int | None = None
) -> tuple[Finding, ...]:
    """What the ceilings find when so much more is lent to a borrower from a day on."""
    return rules.limits_since(
        who.lender.rules_on, standings(since, today, who, without), lambda day: won
    )


def capital_findings(
    since: date, today: date, party_id: int | None = None, lender: Lender = NETWORK
) -> tuple[Finding, ...]:
    """What the ceilings find with a lender's capital as it is since a day; `party_id`: whose capital
    became less, where one's own is the measure."""
    if not rules.is_of_own(lender.rules_on(today)):
        return rules.limits_since(lender.rules_on, standings(since, today, lender=lender))
    mine = Loan.objects.filter(lender.loans, party=party_id).order_by("pk").last()
    found = standings(since, today, borrower_of(mine, today) if mine else None, lender=lender)
    if mine is None:
        found = [replace(one, own_lent_won=0) for one in found]
    return rules.limits_since(lender.rules_on, found)


def rests_on_capital(since: date, today: date, lender: Lender = NETWORK) -> bool:
    """Whether there were ever loans, or is mutual aid that counts since a day."""
    return Loan.objects.filter(lender.loans).exists() or any(
        _counted_aid(since, today, lender).values()
    )


def _lent_and_most(lender: Lender, without: int | None) -> tuple[int, int]:
    """(to all, to whoever has most), in one question."""
    rows = Loan.objects.filter(lender.loans, committed_won__gt=0)
    rows = rows if without is None else rows.exclude(pk=without)
    by_party = rows.order_by().values("party").annotate(won=Sum("committed_won"))
    found = by_party.aggregate(lent=Sum("won"), most=Max("won"))
    return int(found["lent"] or 0), int(found["most"] or 0)


def _past(
    since: date, now: Standing, aid: dict[date, int], lender: Lender, who: Borrower | None
) -> Iterable[Standing]:
    """The days before today, the oldest first; what was lent is what the books say."""
    account = ledger.account_for("member_loans")
    held = ledger.party_balances(account, lender.funds)
    moves = ledger.party_moves(account, since, lender.funds)
    capital = lender.capital_moves(since)
    own = who.capital_moves(since) if who else {}
    party = who.party_id if who else None
    days = {since, *capital, *aid, *(day for day, _party, _won in moves)}
    days = {day for day in days if day < now.day}
    capitals = rules.ends_of_days(now.capital_won, capital, days)
    owned = rules.ends_of_days(now.own_capital_won, own, days)
    found = []
    for day in sorted(days, reverse=True):
        while moves and moves[-1][0] > day:
            _day, debtor, won = moves.pop()
            held[debtor] = held.get(debtor, 0) - won
        most = held.get(party, 0) if party is not None else max(held.values(), default=0)
        counted = aid[max(one for one in aid if one <= day)] if aid else 0
        found.append(Standing(day, capitals[day], owned[day], sum(held.values()), most, counted))
    return reversed(found)
