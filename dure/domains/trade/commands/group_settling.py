"""After a group buy is ordered: what came, who fetched it, bills, deals between members, money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date

from django.db.models import F
from django.utils.translation import gettext as _now, gettext_lazy as _, gettext_noop

from dure.domains.ledger import commands as ledger
from dure.domains.ledger.rules import Source
from dure.domains.memberships import queries as memberships
from dure.domains.memberships.queries.books import chart as chart_of_suspense, entry_text
from dure.domains.memberships.queries.payables import Incoming, Taken
from dure.domains.memberships.rules.booking import from_suspense
from dure.kernel.acts import Act
from dure.kernel.dates import format_date
from dure.kernel.deeds import command, record
from dure.kernel.money import format_won
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies
from ..events import (
    GroupBuyCollected,
    GroupBuyDelivered,
    GroupBuyPaid,
    GroupBuyPaymentUndone,
    GroupBuySettled,
    GroupBuySupplierPaid,
)
from ..models import (
    GroupBuy,
    GroupBuyBill,
    GroupBuyPayment,
    GroupBuyReceipt,
    GroupBuyReceiptUndone,
    GroupBuyWish,
)
from ..queries.contributions import chart
from ..queries.group_plans import bought_of, plan_of, terms_of_buy, wishes_of
from ..rules import booking, group_buying as rules
from ..rules.group_buying import Plan
from .group_buys import hold_buy, need_state
from .group_deals import Purchase, add_purchases
from .steps import DealImpossible, due_after, why

__all__ = [
    "GroupBuyBillFromBank", "GroupBuyDeliveredTooMuch", "GroupBuyDueBefore",
    "GroupBuyNothingToCollect", "GroupBuyPaymentTooLarge", "GroupBuyPaymentUndoneBefore",
    "GroupBuySupplierOwedNothing", "GroupBuySupplierPaidBefore", "collect_group_buy", "deliver_group_buy",
    "pay_group_buy_supplier", "receive_group_buy_payment", "settle_group_buy",
    "undo_group_buy_payment",
]  # fmt: skip

State = GroupBuy.State
_BILLED, _PAID = gettext_noop("Group buy billed: %(what)s"), gettext_noop("Group buy: %(what)s")
_SUPPLIER = gettext_noop("Supplier of a group buy paid: %(what)s")


class GroupBuyDeliveredTooMuch(InvalidInput):
    """What came is of what was ordered, and no more of it."""

    text = _("%(article)s of %(supplier)s: %(ordered)d were ordered; %(came)d cannot have come.")
    remedy = _("What came besides goes back, or is sold apart.")


class GroupBuyNothingToCollect(Refusal):
    """Only who gets something fetches it."""

    text = _("This member gets nothing in the group buy.")


class GroupBuyDueBefore(InvalidInput):
    """A bill is not due before it is made."""

    text = _("The bills are due today or later.")


class GroupBuyPaymentTooLarge(InvalidInput):
    """No more is taken in than is billed."""

    text = _("%(open)s of the bill are open; %(won)s cannot be taken in.")


class GroupBuyBillFromBank(Refusal):
    """What a line of the bank paid is undone where lines are matched."""

    text = _("This came by a line of the bank.")
    remedy = _("Undo the match of the receipt under “Receipts”; this is undone with it.")


class GroupBuyPaymentUndoneBefore(Refusal):
    """A receipt is taken back once."""

    text = _("This was taken back already.")


class GroupBuySupplierOwedNothing(InvalidInput):
    """Only who gave something is paid."""

    text = _("Nothing is owed to this supplier.")


class GroupBuySupplierPaidBefore(Refusal):
    """A supplier is paid once."""

    text = _("%(supplier)s was paid already.")


@command
def deliver_group_buy(
    act: Act,
    *,
    buy_id: int,
    came: Sequence[tuple[str, str, int]],
    delivered_date: date | None = None,
) -> GroupBuy:
    """Say what came (article, supplier, pieces), what is not named as ordered; what is short is
    shared by the rule. Can be corrected until it is billed.

    Raises GroupBuyNotAtThis, GroupBuyDeliveredTooMuch, DealImpossible, NotFound.
    """
    buy = hold_buy(buy_id)
    policies.can_deliver_group_buy(act, buy).enforce()
    need_state(buy, State.ORDERED, State.DELIVERED)
    day = delivered_date or act.today
    if day > act.today:
        raise DealImpossible(reason=_("it is not in the future"))
    ordered = {(one.article, one.supplier): one for one in bought_of(buy.bought)}
    found = {(article, supplier): pieces for article, supplier, pieces in came}
    if not set(found) <= set(ordered):
        raise NotFound
    for (article, supplier), pieces in found.items():
        most = ordered[article, supplier].pieces
        if not 0 <= pieces <= most:
            raise GroupBuyDeliveredTooMuch(
                article=article, supplier=supplier, ordered=most, came=pieces
            )
    # ---
    lines = [rules.delivered(one, found.get(pair, one.pieces)) for pair, one in ordered.items()]
    buy.came, buy.delivered_date, buy.state = [asdict(one) for one in lines], day, State.DELIVERED
    buy.save(update_fields=["came", "delivered_date", "state"])
    rows = wishes_of(buy)
    got = {(one.member, one.article): one.pieces for one in plan_of(buy, rows).results}
    for row in rows:
        row.came_pieces = got[str(row.membership_id), row.article]
    GroupBuyWish.objects.bulk_update(rows, ["came_pieces"], batch_size=500)
    short = sum(one.pieces for one in ordered.values()) - sum(one.pieces for one in lines)
    record(act, GroupBuyDelivered(buy.pk, buy.name, short))
    return buy


@command
def collect_group_buy(
    act: Act, *, buy_id: int, membership_id: int, is_collected: bool = True
) -> GroupBuy:
    """Tick at the drop that a member fetched its part, or untick it.

    Raises GroupBuyNotAtThis, GroupBuyNothingToCollect.
    """
    buy = hold_buy(buy_id)
    policies.can_collect_group_buy(act, buy).enforce()
    need_state(buy, State.DELIVERED, State.SETTLED)
    rows = buy.wishes.filter(membership=membership_id, came_pieces__gt=0)
    if not rows.exists():
        raise GroupBuyNothingToCollect
    member = memberships.borrower(membership_id, act.today)
    # ---
    rows.update(collected_at=act.at if is_collected else None)
    record(act, GroupBuyCollected(buy.pk, member.party_id, buy.name, is_collected))
    return buy


@command
def settle_group_buy(act: Act, *, buy_id: int, due_date: date | None = None) -> GroupBuy:
    """Bill each member its part, enter it, and keep what members bought of members as deals, once.

    Raises GroupBuyNotAtThis, GroupBuyDueBefore, and the refusals of the ledger.
    """
    buy = hold_buy(buy_id)
    policies.can_settle_group_buy(act).enforce()
    need_state(buy, State.DELIVERED)
    day = due_date or due_after(act.today)
    if day < act.today:
        raise GroupBuyDueBefore
    rows = wishes_of(buy)
    plan = plan_of(buy, rows)
    party_of = {str(one.membership_id): one.membership.party_id for one in rows}
    # ---
    bills = [
        GroupBuyBill(
            buy=buy, membership_id=int(member), goods_won=goods, transport_won=transport,
            due_date=day,
        )
        for member, (goods, transport) in plan.owed().items()
        if goods + transport
    ]  # fmt: skip
    GroupBuyBill.objects.bulk_create(bills, batch_size=500)
    buy.state = State.SETTLED
    if bills:
        owed = [(party_of[str(one.membership_id)], one.won) for one in bills]
        buy.entry = ledger.post_entry(
            act, date=act.today, text=entry_text(_BILLED, what=buy.name),
            sides=booking.owing(chart(), buy.fund, owed, _suppliers(buy, plan)),
            source=Source("trade.GroupBuy", buy.pk),
        )  # fmt: skip
    buy.save(update_fields=["state", "entry"])
    deals = add_purchases(act, buy, _purchases(buy, plan, party_of), day)
    record(
        act,
        GroupBuySettled(buy.pk, buy.name, len(bills), sum(one.won for one in bills), deals, day),
    )
    return buy


@command
def receive_group_buy_payment(
    act: Act, *, bill_id: int, won: int, paid_date: date | None = None
) -> GroupBuyReceipt:
    """Take money for a bill in: Dr cash, Cr what is owed. Raises GroupBuyPaymentTooLarge,
    DealImpossible, and the refusals of the ledger."""
    bill: GroupBuyBill = GroupBuyBill.objects.hold(bill_id)
    member = memberships.borrower(bill.membership_id, act.today)
    policies.can_receive_group_buy_payment(act, member).enforce()
    day = paid_date or act.today
    if day > act.today:
        raise DealImpossible(reason=_("it is not in the future"))
    _need_open(bill, won)
    # ---
    return _take_in(act, member.party_id, bill, won, day)


@command
def undo_group_buy_payment(act: Act, *, receipt_id: int, reason: str) -> GroupBuyReceipt:
    """Take back a receipt that was entered wrongly: reversed, its bill open again.

    Raises GroupBuyBillFromBank, GroupBuyPaymentUndoneBefore, DealReasonMissing.
    """
    receipt: GroupBuyReceipt = GroupBuyReceipt.objects.hold(receipt_id)
    member = memberships.borrower(receipt.bill.membership_id, act.today)
    policies.can_undo_group_buy_payment(act, member).enforce()
    if receipt.bank_id is not None:
        raise GroupBuyBillFromBank
    reason = why(reason)
    # ---
    take_back_bill(act, receipt.pk, reason, act.today)
    return receipt


@command
def pay_group_buy_supplier(
    act: Act, *, buy_id: int, supplier: str, paid_date: date | None = None
) -> GroupBuyPayment:
    """Pay a supplier its goods and transport: Dr payables, Cr cash.

    Raises GroupBuyNotAtThis, GroupBuySupplierOwedNothing, GroupBuySupplierPaidBefore, DealImpossible,
    and the ledger's.
    """
    buy = hold_buy(buy_id)
    found = next((one for one in terms_of_buy(buy).suppliers if one.name == supplier), None)
    policies.can_pay_group_buy_supplier(act, found.party_id if found else None).enforce()
    need_state(buy, State.SETTLED)
    owed = rules.owed_to(plan_of(buy, wishes_of(buy)), terms_of_buy(buy))
    won = sum(owed.get(supplier, (0, 0)))
    if found is None or not won:
        raise GroupBuySupplierOwedNothing
    day = paid_date or act.today
    if day > act.today:
        raise DealImpossible(reason=_("it is not in the future"))
    if buy.payments.filter(supplier=supplier).exists():
        raise GroupBuySupplierPaidBefore(supplier=supplier)
    # ---
    entry = ledger.post_entry(
        act, date=day, text=entry_text(_SUPPLIER, what=f"{buy.name} · {supplier}"),
        sides=booking.paying(chart(), buy.fund, won, found.party_id),
        source=Source("trade.GroupBuy", buy.pk),
    )  # fmt: skip
    made = GroupBuyPayment.objects.create(
        buy=buy, supplier=supplier, party_id=found.party_id, won=won, paid_date=day, entry=entry
    )
    record(act, GroupBuySupplierPaid(buy.pk, found.party_id, supplier, won, entry.pk))
    return made


# -- called by the matching of the bank


def take_bill_from_bank(act: Act, bill_id: int, won: int, money: Incoming) -> Taken:
    """Let a line of the bank pay up to so much. Raises GroupBuyPaymentTooLarge."""
    bill: GroupBuyBill = GroupBuyBill.objects.hold(bill_id)
    member = memberships.borrower(bill.membership_id, act.today)
    policies.can_receive_group_buy_payment(act, member).enforce()
    won = min(won, bill.open_won)
    _need_open(bill, won)
    receipt = _take_in(act, member.party_id, bill, won, money.day, money)
    return Taken(receipt.pk, won, receipt.entry_id)


def take_back_bill(act: Act, receipt_id: int, reason: str, day: date) -> int:
    """Reverse a receipt and open its bill again; the reversal's entry. Raises
    GroupBuyPaymentUndoneBefore."""
    receipt: GroupBuyReceipt = GroupBuyReceipt.objects.hold(receipt_id)
    member = memberships.borrower(receipt.bill.membership_id, act.today)
    policies.can_undo_group_buy_payment(act, member).enforce()
    if GroupBuyReceiptUndone.objects.filter(receipt=receipt).exists():
        raise GroupBuyPaymentUndoneBefore
    entry = ledger.reverse_entry(
        act, entry_id=receipt.entry_id, date=day, reason=reason,
        source=Source("trade.GroupBuyBill", receipt.bill_id),
    )  # fmt: skip
    GroupBuyBill.objects.filter(pk=receipt.bill_id).update(paid_won=F("paid_won") - receipt.won)
    GroupBuyReceiptUndone.objects.create(receipt=receipt, entry=entry, reason=reason)
    buy_id = receipt.bill.buy_id
    record(act, GroupBuyPaymentUndone(buy_id, member.party_id, receipt.won, reason, int(entry.pk)))
    return int(entry.pk)


def _need_open(bill: GroupBuyBill, won: int) -> None:
    if not 0 < won <= bill.open_won:
        raise GroupBuyPaymentTooLarge(open=format_won(bill.open_won), won=format_won(won))


def _take_in(
    act: Act, party_id: int, bill: GroupBuyBill, won: int, day: date, money: Incoming | None = None
) -> GroupBuyReceipt:
    fund = bill.buy.fund
    entry = ledger.post_entry(
        act,
        date=money.entry_date if money else day,
        text=entry_text(_PAID, what=bill.buy.name),
        sides=from_suspense(
            chart_of_suspense(), money.fund, [booking.repaid(chart(), fund, won, party_id)]
        )
        if money
        else booking.repaid_in_cash(chart(), fund, won, party_id),
        source=Source("trade.GroupBuyBill", bill.pk),
    )
    bill.paid_won += won
    bill.save(update_fields=["paid_won"])
    receipt = GroupBuyReceipt.objects.create(
        bill=bill, won=won, paid_date=day, entry=entry, bank_id=money.receipt_id if money else None
    )
    record(act, GroupBuyPaid(bill.buy_id, party_id, won, day, entry.pk))
    return receipt


def _suppliers(buy: GroupBuy, plan: Plan) -> list[tuple[int | None, int]]:
    terms = terms_of_buy(buy)
    party_of = {one.name: one.party_id for one in terms.suppliers}
    return [
        (party_of[name], goods + transport)
        for name, (goods, transport) in sorted(rules.owed_to(plan, terms).items())
        if goods + transport
    ]


def _purchases(buy: GroupBuy, plan: Plan, party_of: Mapping[str, int]) -> list[Purchase]:
    """What each member bought of each member that supplied: goods, all articles together."""
    seller_of = {one.name: one.party_id for one in terms_of_buy(buy).suppliers}
    found: dict[tuple[int, int], dict[str, int]] = {}
    for one in plan.results:
        for supplier, won in one.by_supplier:
            seller, buyer = seller_of[supplier], party_of[one.member]
            if seller is not None and seller != buyer:
                of = found.setdefault((seller, buyer), {})
                of[one.article] = of.get(one.article, 0) + won
    what = _now("Group buy no. %(number)d of %(date)s: %(articles)s")
    return [
        Purchase(
            seller, buyer, sum(articles.values()),
            what % {"number": buy.pk, "date": format_date(buy.delivered_date or date.min),
                    "articles": ", ".join(sorted(articles))},
        )
        for (seller, buyer), articles in sorted(found.items())
    ]  # fmt: skip
