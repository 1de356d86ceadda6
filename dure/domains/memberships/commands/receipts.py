"""Money that came in: entered, matched to what members owe, unmatched, paid back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _, gettext_noop

from dure.domains.ledger import commands as ledger, queries as ledger_queries
from dure.domains.ledger.rules import Source
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.money import format_won
from dure.kernel.personal import Personal
from dure.kernel.progress import Progress, silent
from dure.kernel.refusals import InvalidInput, Refusal

from .. import policies
from ..events import (
    ReceiptEntered,
    ReceiptMatched,
    ReceiptsMatched,
)
from ..models import Charge, Membership, Receipt
from ..queries import books, payables
from ..queries.bank_files import sure_ones_at_once
from ..queries.matching import proposals_for, proposer, sure_members
from ..queries.receipts import money_of_receipt, waiting_before
from ..rules import booking
from ..rules.matching import Item, Proposal, normalise
from ..rules.sharing import in_turn
from . import credits
from .admission import DateInFuture
from .dues import UnknownFund
from .paying_others import learn_payer, take_in, take_in_sure_ones
from .settling import (
    Settlement,
    in_order,
    item_of,
    open_charges,
    settle_many,
    settle_one,
    settlements,
)

__all__ = [
    "NotOwedByMember", "NothingOwed", "NothingToMatch", "ReceiptAlreadyMatched",
    "ReceiptUnreadable", "SureOnes", "SureOnesNeedAPerson", "enter_receipt", "match_receipt",
    "match_receipts", "match_sure_receipts",
]  # fmt: skip

RECEIVED_TEXT = gettext_noop("Money received")
CHUNK = 2_000


class ReceiptUnreadable(InvalidInput):
    """A receipt has an amount above zero and says who paid."""

    text = _("Type the amount above 0 won and the payer as the bank names it.")


class ReceiptAlreadyMatched(Refusal):
    """Nothing of the receipt waits any more: someone matched or paid it back before."""

    text = _("This receipt of %(amount)s is used up already: matched or paid back by someone else.")
    remedy = _("Open the receipt to see what it paid.")


class NothingOwed(Refusal):
    """The member owes nothing that the receipt could pay."""

    text = _("This member owes no dues now. The money stays in suspense until dues are billed.")
    remedy = _("Bill the dues first, or pay the money back.")


class NotOwedByMember(Refusal):
    """A chosen charge is not open."""

    text = _("One of the chosen charges is not open any more.")


class SureOnesNeedAPerson(Refusal):
    """The network's rules want a person to look, also where Dure is sure."""

    text = _("The rules of this network want a person to match even the sure ones.")
    remedy = _("Open the receipts that wait and match them there.")


class NothingToMatch(Refusal):
    """None of the chosen receipts could be matched."""

    text = _("None of the chosen receipts could be matched: they are used up, or nothing is owed.")


@command
def enter_receipt(
    act: Act,
    *,
    receipt_date: date,
    amount_won: int,
    payer: str,
    memo: str = "",
    fund: str = "general",
    membership_id: int | None = None,
) -> Receipt:
    """Enter money that came to the fund's bank account; matched at once if the member is known.

    Dr cash, Cr suspense; what a member owes is then paid from suspense, and an overpayment stays
    there. Raises ReceiptUnreadable, DateInFuture, UnknownFund.
    """
    policies.can_enter_receipt(act).enforce()
    payer, memo = clean_text(payer, 120, _("Payer")), clean_text(memo, 200, _("Memo"))
    if amount_won <= 0 or not payer:
        raise ReceiptUnreadable
    if receipt_date > act.today:
        raise DateInFuture(date=receipt_date.isoformat())
    if fund not in {f.code for f in ledger_queries.funds()}:
        raise UnknownFund(fund=fund)
    member = Membership.objects.hold(membership_id) if membership_id is not None else None
    # ---
    receipt = Receipt.objects.create(
        receipt_date=receipt_date,
        amount_won=amount_won,
        payer_text=payer,
        payer_key=normalise(payer),
        memo=memo,
        fund=fund,
    )
    entry = ledger.post_entry(
        act,
        date=receipt_date,
        text=books.entry_text(RECEIVED_TEXT),
        sides=booking.receiving(books.chart(), fund, amount_won),
        source=Source("memberships.Receipt", receipt.pk),
    )
    receipt.entry = entry
    receipt.save(update_fields=["entry"])
    about = member.party_id if member else None
    record(
        act,
        ReceiptEntered(
            receipt.pk,
            receipt_date,
            amount_won,
            entry.pk,
            Personal(payer, about, receipt.matter),
        ),
    )
    if member is not None:
        charges = open_charges([member.pk])
        for settlement in settlements([receipt], charges, {receipt.pk: in_order(receipt, charges)}):
            _match(act, settlement)
    return receipt


@command
def match_receipt(
    act: Act,
    *,
    receipt_id: int,
    membership_id: int | None = None,
    charge_ids: tuple[int, ...] = (),
    amount_won: int | None = None,
    keep_rest: bool = False,
    payable: str = "",
) -> Receipt:
    """Use a receipt to pay what a member owes: the chosen charges; else those its words name or its
    amount fits, then the oldest. `payable`: after the chosen charges (none: alone) it pays this, which
    another room keeps; without a member where it is owed to a fund run for others by who is none.

    Dr suspense, Cr dues receivable by party. What is left stays in suspense, or with `keep_rest` is
    kept for the member's dues to come. Raises ReceiptAlreadyMatched, NothingOwed, NotOwedByMember.
    """
    receipt: Receipt = Receipt.objects.hold(receipt_id)
    policies.can_match_receipt(act, receipt).enforce()
    if receipt.open_won <= 0:
        raise ReceiptAlreadyMatched(amount=format_won(receipt.amount_won))
    member: Membership | None
    if charge_ids:
        charges = open_charges(charge_ids=charge_ids)
        if set(charge_ids) - {c.pk for c in charges}:
            raise NotOwedByMember
        order = list(dict.fromkeys(charge_ids))
        member = charges[0].membership
    elif payable:
        member = Membership.objects.hold(membership_id) if membership_id else None
        charges, order = [], []
    else:
        member = Membership.objects.hold(membership_id or 0)
        charges = open_charges([member.pk])
        order = in_order(receipt, charges)
    wanted = receipt.open_won if amount_won is None else min(amount_won, receipt.open_won)
    found = settlements([receipt], charges, {receipt.pk: order}, most_won={receipt.pk: wanted})
    if not found and not keep_rest and not payable:
        raise NothingOwed
    mine = member.pk if member else None
    other = payables.payable(payable, mine, act.today) if payable else None
    # ---
    for settlement in found:
        _match(act, settlement)
    if other is not None and (left := min(wanted, receipt.open_won)):
        take_in(act, receipt, other.key, left, other.label)
        if member is not None:
            learn_payer(act, receipt, member)
    if keep_rest and member is not None and receipt.open_won:
        credits.keep(act, receipt, member, receipt.open_won)
    return receipt


@command
def match_receipts(act: Act, *, pairs: tuple[tuple[int, int], ...]) -> int:
    """Accept many proposals at once, (receipt id, membership id; 0 for who is no member) …; how many were
    matched.

    Receipts that someone else used up meanwhile are passed over. Raises NothingToMatch.
    """
    policies.can_match_receipts(act).enforce()
    wanted = dict(pairs)
    rows = Receipt.objects.filter(pk__in=wanted).select_for_update().order_by("pk")
    waiting = [r for r in rows if r.open_won > 0]
    proposals = proposals_for([money_of_receipt(r) for r in waiting], act.today)
    others = {
        r.pk: p
        for r, p in zip(waiting, proposals, strict=True)
        if p is not None and p.payable and (p.membership_id or 0) == wanted[r.pk]
    }
    sure = [r for r in waiting if r.pk in others]
    waiting = [r for r in waiting if r.pk not in others]
    charges = open_charges({wanted[r.pk] for r in waiting})
    by_member: dict[int, list[Charge]] = {}
    for charge in charges:
        by_member.setdefault(charge.membership_id, []).append(charge)
    orders = {r.pk: in_order(r, by_member.get(wanted[r.pk], [])) for r in waiting}
    found = settlements(waiting, charges, orders)
    if not found and not sure:
        raise NothingToMatch
    # ---
    won = settle_many(act, found)
    taken, taken_won = take_in_sure_ones(act, sure, list(others.values()))
    record(act, ReceiptsMatched(len(found) + taken, won + taken_won))
    return len(found) + taken


@dataclass(frozen=True, slots=True)
class SureOnes:
    """How many sure receipts were matched, their sum, and where to go on: after which receipt, of
    how many that still wait behind it (0: all were looked at)."""

    count: int
    won: int
    after_id: int
    left: int


@command
def match_sure_receipts(
    act: Act,
    *,
    before: date | None = None,
    after_id: int = 0,
    most: int | None = None,
    progress: Progress = silent,
) -> SureOnes:
    """Match every waiting receipt whose proposal is sure, and leave the others waiting.

    `before`: only what came before that day; `most`: look at so many, then stop; go on with
    `after_id`. Without a person this is done only where the network's rules say so
    (dues.match_sure_ones). Raises SureOnesNeedAPerson.
    """
    policies.can_match_sure_receipts(act).enforce()
    may_match_sure_ones(act)
    waiting = waiting_before(before).filter(pk__gt=after_id)
    total = waiting.count()
    # ---
    looked = count = won = 0
    size = total if most is None else min(most, total)
    rows = list(waiting.select_for_update()[:size])
    propose = proposer(len(rows), act.today)
    for start in range(0, len(rows), CHUNK):
        part = slice(start, start + CHUNK)
        proposals = propose([money_of_receipt(r) for r in rows[part]])
        found = sure_settlements(rows[part], proposals)
        others, others_won = take_in_sure_ones(act, rows[part], proposals)
        won += settle_many(act, found) + others_won
        count += len(found) + others
        looked += len(rows[part])
        progress(looked, size, str(_("receipts")))
    record(act, ReceiptsMatched(count, won))
    return SureOnes(count, won, rows[-1].pk if rows else after_id, total - len(rows))


def sure_settlements(
    receipts: Sequence[Receipt], proposals: Sequence[Proposal | None]
) -> list[Settlement]:
    """What the sure ones pay: each all of it, or it waits for a person."""
    sure = sure_members(receipts, proposals)
    if not sure:
        return []
    charges = open_charges({member for _receipt, member in sure})
    items: dict[int, list[Item]] = {}
    for charge in charges:
        items.setdefault(charge.membership_id, []).append(item_of(charge))
    wanted = in_turn(((r.pk, member, money_of_receipt(r)) for r, member in sure), items)
    paying = [receipt for receipt, _member in sure if receipt.pk in wanted]
    return settlements(paying, charges, wanted, whole_only=True)


def may_match_sure_ones(act: Act) -> None:
    """A person's word suffices; without one the network's rules must allow it."""
    if act.actor_id is None and act.via == "clock" and not sure_ones_at_once(act):
        raise SureOnesNeedAPerson


def _match(act: Act, settlement: Settlement) -> None:
    entry_id = settle_one(act, settlement)
    receipt = settlement.receipt
    charges = tuple(charge.pk for charge, _won in settlement.parts)
    party_id = settlement.parts[0][0].membership.party_id
    record(
        act,
        ReceiptMatched(receipt.pk, party_id, settlement.won, charges, receipt.open_won, entry_id),
    )
