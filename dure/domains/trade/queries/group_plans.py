"""A kept group buy as its rule reads it: terms, wishes, what was bought, who owes what."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import F, Q
from django.utils.translation import gettext as _now

from dure.domains.memberships import queries as memberships
from dure.domains.memberships.rules.payables import Payable
from dure.kernel.acts import Act
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import GroupBuy, GroupBuyBill, GroupBuyWish
from ..rules import group_buying as rules
from ..rules.group_buying import Bought, Plan, Terms, Wish

__all__ = [
    "BUY_KIND", "BUY_PREFIX", "bills_named", "buys_to_close", "delivery_lines",
    "group_buy_payables", "member_suppliers",
]  # fmt: skip

BUY_KIND, BUY_PREFIX = "group_buy", "공동구매"
State = GroupBuy.State


def terms_of_buy(buy: GroupBuy) -> Terms:
    return rules.from_json(buy.terms)


def wishes_of(buy: GroupBuy) -> list[GroupBuyWish]:
    """Who asks for something, in the order of time."""
    rows = buy.wishes.select_related("membership__party")
    return list(rows.filter(Q(quantity__gt=0) | Q(tolerance__gt=0)).order_by("wished_at", "pk"))


def as_asked(rows: Collection[GroupBuyWish]) -> list[Wish]:
    """Wishes as they were typed."""
    return [
        Wish(str(one.membership_id), one.article, one.quantity, one.tolerance, place)
        for place, one in enumerate(rows)
    ]


def bought_of(kept: Collection[dict[str, object]]) -> list[Bought]:
    return [Bought(**one) for one in kept]  # type: ignore[arg-type]


def plan_of(buy: GroupBuy, rows: Collection[GroupBuyWish]) -> Plan:
    """As it stands: what would be bought now, was ordered, or came."""
    terms = terms_of_buy(buy)
    if buy.state == State.OPEN:
        return rules.close(terms, as_asked(rows))
    if not buy.delivered_date:
        return rules.share_out(terms, as_asked(rows), bought_of(buy.bought))
    ordered = [
        Wish(str(one.membership_id), one.article, one.pieces or 0, 0, place)
        for place, one in enumerate(rows)
    ]
    return rules.share_out(terms, ordered, bought_of(buy.came), is_short=True)


def buys_to_close(at: datetime) -> list[int]:
    """Whose moment has come, the oldest first."""
    rows = GroupBuy.objects.filter(state=State.OPEN, closes_at__lte=at)
    return list(rows.order_by("closes_at", "pk").values_list("pk", flat=True))


def delivery_lines(act: Act, buy_id: int) -> list[tuple[str, str, int, int]]:
    """(article, supplier, pieces ordered, pieces that came) of a buy that was ordered.
    Raises NotFound, Denied."""
    buy = GroupBuy.objects.filter(pk=buy_id).first()
    if buy is None:
        raise NotFound
    policies.can_deliver_group_buy(act, buy).enforce()
    came = {(one.article, one.supplier): one.pieces for one in bought_of(buy.came)}
    return [
        (one.article, one.supplier, one.pieces, came.get((one.article, one.supplier), one.pieces))
        for one in bought_of(buy.bought)
    ]


def member_suppliers(on: date) -> dict[str, int]:
    """{name: party} of member organisations whose name is theirs alone: suppliers typed by name."""
    found: dict[str, int] = {}
    twice = set()
    for party, name in memberships.member_organisations(on).items():
        if name in found:
            twice.add(name)
        found[name] = party
    return {name: party for name, party in found.items() if name not in twice}


def group_buy_payables(members: Collection[int] | None, on: date) -> list[Payable]:
    """What money of these members, or of all, may pay of their bills."""
    rows = GroupBuyBill.objects.filter(paid_won__lt=F("goods_won") + F("transport_won"))
    if members is not None:
        rows = rows.filter(membership__in=list(members))
    return [_payable(one) for one in rows.select_related("buy").order_by("due_date", "pk")]


def bills_named(numbers: Collection[int]) -> set[int]:
    """Whose bills these are."""
    rows = GroupBuyBill.objects.filter(pk__in=list(numbers))
    return set(rows.order_by().values_list("membership", flat=True))


def _payable(bill: GroupBuyBill) -> Payable:
    return Payable(
        key=f"{BUY_KIND}:{bill.pk}",
        membership_id=bill.membership_id,
        label=_now("Group buy: %(name)s") % {"name": bill.buy.name},
        reference=f"{BUY_PREFIX}{bill.pk}",
        sums=lambda day: (bill.open_won,),
        most=lambda day: bill.open_won,
        due=lambda day: bill.open_won if bill.due_date <= day else 0,
    )
