"""Money that came in: entered, matched to what members owe, unmatched, paid back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from dure.domains.ledger import commands as ledger
from dure.domains.ledger import queries as ledger_queries
from dure.domains.ledger.rules import EntryDraft, Source
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.money import format_won
from dure.kernel.personal import Personal
from dure.kernel.refusals import InvalidInput, Refusal

from .. import policies
from ..events import (
    ReceiptEntered,
    ReceiptMatched,
    ReceiptsMatched,
)
from ..models import Allocation, Charge, DuesRun, Membership, Receipt
from ..queries import books
from ..rules import booking
from ..rules.dues import OpenCharge, allocate, oldest_first
from ..rules.matching import normalise
from .admission import DateInFuture
from .dues import UnknownFund
from .writing import set_many

_RECEIVED_TEXT = gettext_noop("Money received")
_MATCHED_TEXT = gettext_noop("Dues paid")


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


class NothingToMatch(Refusal):
    """None of the chosen receipts could be matched."""

    text = _("None of the chosen receipts could be matched: they are used up, or nothing is owed.")


@dataclass(frozen=True, slots=True)
class _Settlement:
    """What one receipt is going to pay."""

    receipt: Receipt
    parts: tuple[tuple[Charge, int], ...]

    @property
    def won(self) -> int:
        return sum(won for _, won in self.parts)


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
        text=books.entry_text(_RECEIVED_TEXT),
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
        charges = _open_charges([member.pk])
        settlement = _settlement(receipt, receipt.open_won, charges)
        if settlement.parts:
            _settle_one(act, settlement)
    return receipt


@command
def match_receipt(
    act: Act,
    *,
    receipt_id: int,
    membership_id: int | None = None,
    charge_ids: tuple[int, ...] = (),
    amount_won: int | None = None,
) -> Receipt:
    """Use a receipt to pay what a member owes: the chosen charges, else the oldest first.

    Dr suspense, Cr dues receivable by party. What is left stays in suspense. Raises
    ReceiptAlreadyMatched, NothingOwed, NotOwedByMember.
    """
    receipt: Receipt = Receipt.objects.hold(receipt_id)
    policies.can_match_receipt(act, receipt).enforce()
    if receipt.open_won <= 0:
        raise ReceiptAlreadyMatched(amount=format_won(receipt.amount_won))
    if charge_ids:
        by_id = {c.pk: c for c in _open_charges(charge_ids=charge_ids)}
        if set(charge_ids) - by_id.keys():
            raise NotOwedByMember
        charges = [by_id[pk] for pk in dict.fromkeys(charge_ids)]
    else:
        member = Membership.objects.hold(membership_id or 0)
        charges = _open_charges([member.pk])
    wanted = receipt.open_won if amount_won is None else min(amount_won, receipt.open_won)
    settlement = _settlement(receipt, wanted, charges)
    if not settlement.parts:
        raise NothingOwed
    # ---
    _settle_one(act, settlement)
    return receipt


@command
def match_receipts(act: Act, *, pairs: tuple[tuple[int, int], ...]) -> int:
    """Accept many proposals at once, (receipt id, membership id) …; how many were matched.

    Receipts that someone else used up meanwhile are passed over. Raises NothingToMatch.
    """
    policies.can_match_receipts(act).enforce()
    settlements = _settlements(dict(pairs))
    if not settlements:
        raise NothingToMatch
    # ---
    won = _settle_many(act, settlements)
    record(act, ReceiptsMatched(len(settlements), won))
    return len(settlements)


# -- what one and many have in common ------------------------------------------------------


def _open_charges(
    membership_ids: Sequence[int] = (), charge_ids: Sequence[int] = ()
) -> list[Charge]:
    """Open charges under a lock, oldest first."""
    rows = Charge.objects.select_related("membership", "plan").select_for_update(of=("self",))
    rows = (
        rows.filter(pk__in=charge_ids) if charge_ids else rows.filter(membership__in=membership_ids)
    )
    found = {
        c.pk: c for c in rows.filter(amount_won__gt=F("paid_won") + F("waived_won")).order_by("pk")
    }
    order = oldest_first(tuple(OpenCharge(c.pk, c.due_date, c.open_won) for c in found.values()))
    return [found[c.charge_id] for c in order]


def _settlement(receipt: Receipt, won: int, charges: Sequence[Charge]) -> _Settlement:
    by_id = {c.pk: c for c in charges}
    parts, _rest = allocate(won, tuple(OpenCharge(c.pk, c.due_date, c.open_won) for c in charges))
    return _Settlement(receipt, tuple((by_id[pk], part) for pk, part in parts))


def _settlements(pairs: dict[int, int]) -> list[_Settlement]:
    """Each receipt pays its member's oldest open charges; earlier ones leave less for later ones."""
    receipts = Receipt.objects.filter(pk__in=pairs).select_for_update().order_by("pk")
    waiting = [r for r in receipts if r.open_won > 0]
    charges: dict[int, list[Charge]] = {}
    for charge in _open_charges(sorted(set(pairs.values()))):
        charges.setdefault(charge.membership_id, []).append(charge)
    settlements = []
    for receipt in sorted(waiting, key=lambda r: (r.receipt_date, r.pk)):
        settlement = _settlement(receipt, receipt.open_won, charges.get(pairs[receipt.pk], []))
        if settlement.parts:
            _apply(settlement)
            settlements.append(settlement)
    return settlements


def _apply(settlement: _Settlement) -> None:
    for charge, won in settlement.parts:
        charge.paid_won += won
    settlement.receipt.matched_won += settlement.won


def _settle_one(act: Act, settlement: _Settlement) -> None:
    _apply(settlement)
    days = books.BookableDays(act.today)
    draft = _draft(act, settlement, books.chart(), days, books.entry_text(_MATCHED_TEXT))
    entry = ledger.post_entry(
        act, date=draft.date, text=draft.text, sides=draft.sides, source=draft.source
    )
    _keep([settlement], [entry.pk], [draft.date])
    receipt = settlement.receipt
    charges = tuple(charge.pk for charge, _won in settlement.parts)
    party_id = settlement.parts[0][0].membership.party_id
    record(
        act,
        ReceiptMatched(receipt.pk, party_id, settlement.won, charges, receipt.open_won, entry.pk),
    )


def _settle_many(act: Act, settlements: Sequence[_Settlement]) -> int:
    """Post and keep settlements already applied, set by set; their sum."""
    chart, days = books.chart(), books.BookableDays(act.today)
    text = books.entry_text(_MATCHED_TEXT)
    drafts = [_draft(act, settlement, chart, days, text) for settlement in settlements]
    posted = ledger.post_entries(act, batch=tuple(drafts), text=text, source=drafts[0].source)
    entries = ledger_queries.entry_ids(posted.first_number, posted.last_number)
    _keep(settlements, entries, [draft.date for draft in drafts])
    return sum(settlement.won for settlement in settlements)


def _draft(
    act: Act, settlement: _Settlement, chart: booking.Chart, days: books.BookableDays, text: str
) -> EntryDraft:
    receipt = settlement.receipt
    billed = max(charge.billed_date for charge, _won in settlement.parts)
    day = days[max(receipt.receipt_date, min(billed, act.today))]
    return EntryDraft(
        day,
        booking.settling(
            chart,
            receipt.fund,
            (
                booking.Part(charge.plan.fund, charge.membership.party_id, won)
                for charge, won in settlement.parts
            ),
        ),
        text,
        Source("memberships.Receipt", receipt.pk),
    )


def _keep(settlements: Sequence[_Settlement], entries: Sequence[int], days: Sequence[date]) -> None:
    Allocation.objects.bulk_create(
        Allocation(
            receipt=settlement.receipt,
            charge=charge,
            amount_won=won,
            allocated_date=day,
            entry_id=entry_id,
        )
        for settlement, entry_id, day in zip(settlements, entries, days, strict=True)
        for charge, won in settlement.parts
    )
    charges = {charge.pk: charge for s in settlements for charge, _won in s.parts}
    set_many(Charge, "paid_won", ((c.pk, c.paid_won) for c in charges.values()))
    set_many(Receipt, "matched_won", ((s.receipt.pk, s.receipt.matched_won) for s in settlements))
    by_run: dict[int, int] = {}
    for settlement in settlements:
        for charge, won in settlement.parts:
            by_run[charge.run_id] = by_run.get(charge.run_id, 0) + won
    for run_id, won in sorted(by_run.items()):
        DuesRun.objects.filter(pk=run_id).update(paid_won=F("paid_won") + won)
