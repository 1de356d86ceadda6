"""Who holds how much, now and on any day: sums of movements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet, Sum
from django.utils.translation import gettext as _

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import Rulebook
from dure.domains.parties import queries as parties

from ...models import ShareMovement, ShareSubscription
from ...rules.dues import fiscal_year_end
from ...rules.shares import whole_shares

HOLDERS_COUNTED = 50  # enough to know whether the cap binds


@dataclass(frozen=True, slots=True)
class Held:
    """Whole shares, and won paid in; `part_won` of it towards a share not yet paid in full."""

    shares: int
    won: int
    part_won: int = 0

    @property
    def shares_won(self) -> int:
        return self.won - self.part_won


@dataclass(frozen=True, slots=True)
class Capital:
    """All shares and all won, and how many hold some (counted up to HOLDERS_COUNTED)."""

    shares: int
    won: int
    holders: int

    def others(self, mine: Held) -> int:
        """How many hold some besides whoever holds `mine`."""
        return self.holders - (mine.won > 0)


def holds_shares(on: date) -> bool:
    """Whether the network has share capital under the rules of a day."""
    return bylaws.rules_on(on).yes("shares.held")


def why_no_shares(book: Rulebook) -> str:
    """The rule that says that there is no share capital; empty where there is."""
    if book.yes("shares.held"):
        return ""
    rule = book.provisions.get("shares.held")
    return f"{rule.citation.text} ({rule.citation})" if rule else _("Nothing is laid down.")


def unit_won(book: Rulebook) -> int:
    """출자 1좌의 금액; 0 where nobody laid it down."""
    return book.number("shares.unit_won") if "shares.unit_won" in book else 0


def start_month() -> int:
    """The month in which fiscal years begin."""
    profile = parties.network_profile()
    return profile.fiscal_year_start_month if profile else 1


def holding(membership_id: int, on: date | None = None) -> Held:
    """What a member holds on a day (now, without one)."""
    rows = ShareMovement.objects.filter(membership=membership_id)
    subscriptions = ShareSubscription.objects.filter(membership=membership_id)
    if on is None:
        return _held(rows, subscriptions)
    found = _held(rows.filter(moved_date__lte=on), subscriptions.none())
    return found


def promised(membership_id: int) -> Held:
    """What is held, and what was subscribed to and may still be paid."""
    held = holding(membership_id)
    shares, won = held.shares, held.won
    for one in _open().filter(membership=membership_id):
        shares += one.shares - whole_shares(one.paid_won, one.unit_won)
        won += one.open_won
    return Held(shares, won)


def by_fund(membership_id: int) -> list[tuple[str, int, int]]:
    """(fund, shares, won) of what a member holds in each fund, by the fund's code."""
    rows = ShareMovement.objects.filter(membership=membership_id).order_by("fund")
    sums = rows.values_list("fund").annotate(n=Sum("shares"), won=Sum("amount_won"))
    return [(fund, shares, won) for fund, shares, won in sums if won]


def capital(on: date | None = None) -> Held:
    """All shares and all won paid in on a day (now, without one)."""
    rows = ShareMovement.objects.all()
    if on is not None:
        rows = rows.filter(moved_date__lte=on)
    sums = rows.aggregate(shares=Sum("shares"), won=Sum("amount_won"))
    return Held(sums["shares"] or 0, sums["won"] or 0)


def capital_moves(after: date, membership_id: int | None = None) -> dict[date, int]:
    """Day → won that came to or left the capital on it, of every day after one; of one holder."""
    rows = ShareMovement.objects.filter(moved_date__gt=after)
    if membership_id is not None:
        rows = rows.filter(membership=membership_id)
    sums = rows.order_by("moved_date").values_list("moved_date")
    return dict(sums.annotate(won=Sum("amount_won")))


def claim_moved_date(claim_id: int) -> date | None:
    """The day from which the shares of a claim count no more."""
    found = ShareMovement.objects.filter(claim=claim_id).order_by("moved_date").first()
    return found.moved_date if found else None


def held_in_all() -> Capital:
    """The paid-in capital now, and how many hold some of it."""
    found = capital()
    return Capital(found.shares, found.won, len(_holders()))


def promised_in_all() -> Capital:
    """The paid-in capital and all that was subscribed to and may still be paid."""
    held = held_in_all()
    rest = _open().aggregate(won=Sum(F("shares") * F("unit_won") - F("paid_won")))
    waiting = _open().order_by().values_list("membership_id", flat=True)[:HOLDERS_COUNTED]
    holders = _holders() | set(waiting)
    return Capital(held.shares, held.won + (rest["won"] or 0), len(holders))


def first_claim_date(left: date, book: Rulebook, start_month: int) -> date:
    """The first day of the fiscal year in which a leaver may ask for the shares."""
    return fiscal_year_end(left, start_month) if book.yes("refund.from_next_fiscal_year") else left


def _open() -> QuerySet[ShareSubscription]:
    return ShareSubscription.objects.filter(
        ended_date=None, paid_won__lt=F("shares") * F("unit_won")
    ).order_by("subscribed_date", "pk")


def _held(rows: QuerySet[ShareMovement], subscriptions: QuerySet[ShareSubscription]) -> Held:
    sums = rows.aggregate(shares=Sum("shares"), won=Sum("amount_won"))
    part = sum(one.paid_won % one.unit_won for one in subscriptions)
    return Held(sums["shares"] or 0, sums["won"] or 0, part)


def _holders() -> set[int]:
    """Memberships of some who hold more than nothing."""
    sums = ShareMovement.objects.order_by().values_list("membership").annotate(n=Sum("amount_won"))
    return {pk for pk, _won in sums.filter(n__gt=0)[:HOLDERS_COUNTED]}
