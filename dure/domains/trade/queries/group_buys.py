"""Group buys as members and who runs them see them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import GroupBuy, GroupBuyBill, GroupBuyWish
from ..rules import group_buying as rules
from ..rules.group_buying import Plan, Terms, Why
from .group_plans import BUY_PREFIX, as_asked, plan_of, terms_of_buy, wishes_of

__all__ = [
    "SHARINGS", "TRANSPORTS", "BuyArticle", "BuyBill", "BuyCard", "BuyLine", "BuyMember", "BuyRow",
    "BuySupplier", "group_buy", "group_buy_bill", "group_buy_file", "group_buy_letter",
    "group_buy_order", "group_buy_wishers", "group_buys", "GroupBuyLetter",
]  # fmt: skip

SHARINGS, TRANSPORTS = rules.SHARINGS, rules.TRANSPORTS
State = GroupBuy.State
WHY: dict[str, Promise | str] = {
    Why.ALL: _("all that was asked"),
    Why.MORE: _("with tolerance, which fills a case"),
    Why.REST: _("the rest fills no case; others stood before"),
    Why.LEAST: _("too few cases of this article"),
    Why.SHORT: _("less came than was ordered"),
    Why.RELEASED: _("the group buy did not come about"),
}


@dataclass(frozen=True, slots=True)
class BuyRow:
    """A buy in a list."""

    id: int
    name: str
    organiser_id: int
    organiser: str
    state: str
    state_label: str
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class BuyArticle:
    """An article: its cases and prices, and how far it is."""

    name: str
    unit: int
    least_cases: int
    prices: tuple[tuple[str, tuple[tuple[int, int], ...], int | None], ...]  # supplier, steps, most
    hint: rules.Hint
    cases: int  # as it would be bought now, was ordered, or came


@dataclass(frozen=True, slots=True)
class BuyLine:
    """One article for one member."""

    article: str
    asked: int
    tolerance: int
    pieces: int
    won: int
    why: str
    why_label: str


@dataclass(frozen=True, slots=True)
class BuyMember:
    """What a member asks, gets, and pays."""

    membership_id: int
    party_id: int
    name: str
    drop: str
    lines: tuple[BuyLine, ...]
    goods_won: int
    transport_won: int
    collected_at: datetime | None

    @property
    def won(self) -> int:
        return self.goods_won + self.transport_won

    @property
    def pieces(self) -> int:
        return sum(one.pieces for one in self.lines)


@dataclass(frozen=True, slots=True)
class BuySupplier:
    """What is ordered of a supplier, and whether it was paid."""

    number: int
    name: str
    party_id: int | None
    least_won: int
    lines: tuple[rules.Bought, ...]
    goods_won: int
    transport_won: int
    is_paid: bool

    @property
    def won(self) -> int:
        return self.goods_won + self.transport_won


@dataclass(frozen=True, slots=True)
class BuyBill:
    """What a member owes, and what came."""

    id: int
    membership_id: int
    party_id: int
    name: str
    reference: str
    won: int
    paid_won: int
    due_date: date
    receipts: tuple[tuple[int, date, int, bool, bool], ...]  # id, day, won, by bank, undone

    @property
    def open_won(self) -> int:
        return self.won - self.paid_won


@dataclass(frozen=True, slots=True)
class BuyCard:
    """A buy with all that its reader may see: one's own part, and who runs it, everyone's."""

    row: BuyRow
    about: str
    drops: tuple[str, ...]
    least_cases: int
    transport: str
    transport_label: str
    sharing: str
    sharing_label: str
    articles: tuple[BuyArticle, ...]
    cases: int
    goods_won: int
    transport_won: int
    missing_cases: int
    members_count: int
    delivered_date: date | None
    end_reason: str
    mine: tuple[BuyMember, ...]
    members: tuple[BuyMember, ...]
    suppliers: tuple[BuySupplier, ...]
    bills: tuple[BuyBill, ...]

    @property
    def id(self) -> int:
        return self.row.id

    @property
    def organiser_id(self) -> int:
        return self.row.organiser_id

    @property
    def is_open(self) -> bool:
        return self.row.state == State.OPEN

    @property
    def is_bought(self) -> bool:
        return self.row.state in (State.ORDERED, State.DELIVERED, State.SETTLED)


def group_buys(act: Act) -> list[BuyRow]:
    """All buys, those that close last first."""
    policies.can_see_trade(act).enforce()
    rows = list(GroupBuy.objects.all()[:500])
    names = parties.names_of(one.organiser_id for one in rows)
    return [_row(one, names) for one in rows]


def group_buy(act: Act, buy_id: int) -> BuyCard:
    """One buy. Raises NotFound."""
    policies.can_see_trade(act).enforce()
    buy = _found(buy_id)
    terms, rows = terms_of_buy(buy), wishes_of(buy)
    plan = plan_of(buy, rows)
    everyone = _members(rows, plan)
    runs = bool(policies.can_see_group_buy_wishes(act, buy))
    paid = set(buy.payments.order_by().values_list("supplier", flat=True))
    hints = rules.hints_of(terms, as_asked(rows))
    missing = rules.missing_cases(terms, as_asked(rows))
    bills = _bills(buy)
    return BuyCard(
        row=_row(buy, parties.names_of([buy.organiser_id])), about=buy.about,
        drops=tuple(buy.drops), least_cases=terms.least_cases, transport=terms.transport,
        transport_label=str(dict(TRANSPORTS)[terms.transport]), sharing=terms.sharing,
        sharing_label=str(dict(SHARINGS)[terms.sharing]),
        articles=tuple(_article(terms, one, plan) for one in hints),
        cases=plan.cases, goods_won=plan.goods_won, transport_won=plan.transport_won,
        missing_cases=missing if buy.state == State.OPEN else buy.missing_cases,
        members_count=len(everyone), delivered_date=buy.delivered_date, end_reason=buy.end_reason,
        mine=tuple(one for one in everyone if one.party_id in act.own),
        members=tuple(everyone) if runs else (),
        suppliers=_suppliers(terms, plan, paid) if runs else (),
        bills=tuple(one for one in bills if runs or one.party_id in act.own),
    )  # fmt: skip


def group_buy_bill(act: Act, bill_id: int) -> tuple[BuyBill, int, str]:
    """One bill, of which buy (its number and name). Raises NotFound."""
    policies.can_see_trade(act).enforce()
    found = GroupBuyBill.objects.select_related("buy").filter(pk=bill_id).first()
    if found is None:
        raise NotFound
    (bill,) = _bills(found.buy, only=found.pk)
    return bill, found.buy_id, found.buy.name


def group_buy_order(act: Act, buy_id: int, number: int) -> tuple[BuyCard, BuySupplier]:
    """What is ordered of one supplier. Raises NotFound, Denied."""
    policies.can_see_group_buy_wishes(act, _found(buy_id)).enforce()
    card = group_buy(act, buy_id)
    for one in card.suppliers:
        if one.number == number and one.lines and card.is_bought:
            return card, one
    raise NotFound


def group_buy_file(act: Act, buy_id: int) -> str:
    """The buy as it was wished, for `dure trade group-buy`: who does not run it reads numbers in place
    of the names of others."""
    policies.can_see_trade(act).enforce()
    buy = _found(buy_id)
    runs = bool(policies.can_see_group_buy_wishes(act, buy))
    rows = wishes_of(buy)
    numbers = {one: n for n, one in enumerate(dict.fromkeys(r.membership_id for r in rows), 1)}
    names = {
        str(one.membership_id): f"{numbers[one.membership_id]:03d}"
        + (f" {one.membership.party.name}" if runs or one.membership.party_id in act.own else "")
        for one in rows
    }
    wishes = [
        rules.Wish(names[one.member], one.article, one.quantity, one.tolerance, one.place)
        for one in as_asked(rows)
    ]
    return rules.written_group_buy(terms_of_buy(buy), wishes)


@dataclass(frozen=True, slots=True)
class GroupBuyLetter:
    """What a member is told of a buy it takes part in."""

    email: str
    buy_id: int
    name: str
    buy: str
    state: str
    missing_cases: int
    reason: str
    lines: tuple[BuyLine, ...]
    won: int
    due_date: date | None
    reference: str


def group_buy_letter(buy_id: int, membership_id: int, on: date) -> GroupBuyLetter | None:
    """To a member that wished something; None where nobody is reached."""
    buy = GroupBuy.objects.filter(pk=buy_id).first()
    if buy is None:
        return None
    rows = wishes_of(buy)
    plan = plan_of(buy, rows)
    mine = next((m for m in _members(rows, plan) if m.membership_id == membership_id), None)
    if mine is None:
        return None
    email = parties.emails_of([mine.party_id], on).get(mine.party_id, "")
    if not email:
        return None
    bill = next((one for one in _bills(buy) if one.membership_id == membership_id), None)
    return GroupBuyLetter(
        email, buy.pk, mine.name, buy.name, buy.state, buy.missing_cases, buy.end_reason,
        mine.lines, mine.won, bill.due_date if bill else None, bill.reference if bill else "",
    )  # fmt: skip


def group_buy_wishers(buy_id: int) -> list[int]:
    """The memberships that wished something."""
    rows = GroupBuyWish.objects.filter(buy=buy_id).exclude(quantity=0, tolerance=0)
    return list(rows.order_by("membership").values_list("membership", flat=True).distinct())


def _found(buy_id: int) -> GroupBuy:
    found = GroupBuy.objects.filter(pk=buy_id).first()
    if found is None:
        raise NotFound
    return found


def _row(one: GroupBuy, names: dict[int, str]) -> BuyRow:
    return BuyRow(
        one.pk, one.name, one.organiser_id, names.get(one.organiser_id, ""), one.state,
        str(one.get_state_display()), one.closes_at,
    )  # fmt: skip


def _article(terms: Terms, hint: rules.Hint, plan: Plan) -> BuyArticle:
    article = terms.article(hint.article)
    return BuyArticle(
        article.name, article.unit, article.least_cases,
        tuple(
            (one.supplier, one.tiers, one.most_cases)
            for one in terms.offers
            if one.article == article.name
        ),
        hint, sum(one.cases for one in plan.bought if one.article == article.name),
    )  # fmt: skip


def _members(rows: Collection[GroupBuyWish], plan: Plan) -> list[BuyMember]:
    """Everyone who wishes, by name."""
    got = {(one.member, one.article): one for one in plan.results}
    carried = dict(plan.transport)
    by_member: dict[int, list[GroupBuyWish]] = {}
    for row in rows:
        by_member.setdefault(row.membership_id, []).append(row)
    found = []
    for member, mine in by_member.items():
        lines = []
        for one in sorted(mine, key=lambda each: each.article):
            result = got[str(member), one.article]
            why = one.why if one.why and result.why == Why.ALL else result.why
            lines.append(
                BuyLine(one.article, one.quantity, one.tolerance, result.pieces, result.won,
                        why, str(WHY[why]))
            )  # fmt: skip
        first = mine[0]
        found.append(
            BuyMember(
                member, first.membership.party_id, first.membership.party.name, first.drop,
                tuple(lines), sum(one.won for one in lines), carried.get(str(member), 0),
                next((one.collected_at for one in mine if one.collected_at), None),
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: (one.name, one.membership_id))


def _suppliers(terms: Terms, plan: Plan, paid: Collection[str]) -> tuple[BuySupplier, ...]:
    owed = rules.owed_to(plan, terms)
    return tuple(
        BuySupplier(
            number, one.name, one.party_id, one.least_won,
            tuple(line for line in plan.bought if line.supplier == one.name),
            *owed.get(one.name, (0, 0)), one.name in paid,
        )
        for number, one in enumerate(terms.suppliers, 1)
    )  # fmt: skip


def _bills(buy: GroupBuy, only: int | None = None) -> list[BuyBill]:
    rows = buy.bills.select_related("membership__party").prefetch_related("receipts__undone")
    if only is not None:
        rows = rows.filter(pk=only)
    return [
        BuyBill(
            one.pk, one.membership_id, one.membership.party_id, one.membership.party.name,
            f"{BUY_PREFIX}{one.pk}", one.won, one.paid_won, one.due_date,
            tuple(
                (r.pk, r.paid_date, r.won, r.bank_id is not None, hasattr(r, "undone"))
                for r in one.receipts.all()
            ),
        )
        for one in rows
    ]  # fmt: skip
