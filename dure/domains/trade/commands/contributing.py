"""What members put into the cooperative fund: asked by rule, billed, received, taken back."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import F
from django.utils.translation import gettext_lazy as _, gettext_noop

from dure.domains.bylaws import queries as bylaws
from dure.domains.ledger import commands as ledger
from dure.domains.ledger.rules import Source
from dure.domains.memberships import queries as memberships
from dure.domains.memberships.queries.books import chart as chart_of_suspense, entry_text
from dure.domains.memberships.queries.payables import Incoming, Taken
from dure.domains.memberships.rules.booking import from_suspense
from dure.domains.memberships.rules.payables import pay_oldest
from dure.kernel.acts import Act
from dure.kernel.dates import parse_month
from dure.kernel.deeds import command, record
from dure.kernel.money import format_won
from dure.kernel.refusals import InvalidInput, Refusal

from .. import policies
from ..events import (
    ContributionReceived,
    ContributionsBilled,
    ContributionsReminded,
    ContributionUndone,
)
from ..models import ContributionBill, ContributionReceipt, ContributionReceiptUndone
from ..queries import contributions as queries
from ..rules import booking, contributions as rules
from .steps import DealImpossible, why

__all__ = [
    "ContributionFromBank", "ContributionMonthToCome", "ContributionTooLarge",
    "ContributionUndoneBefore", "NoContributionLate", "NoContributionToBill", "bill_contributions",
    "receive_contribution", "remind_of_contributions", "undo_contribution",
]  # fmt: skip

_TEXT = gettext_noop("Contribution to the cooperative fund")


class NoContributionToBill(Refusal):
    """Nobody is asked for anything that is not billed."""

    text = _("No rule asks anything for %(month)s that is not billed already.")


class ContributionMonthToCome(InvalidInput):
    """A month is billed when it is over."""

    text = _("%(month)s is not over yet.")


class ContributionTooLarge(InvalidInput):
    """No more is taken in than is billed."""

    text = _("%(open)s are billed and unpaid; %(won)s cannot be taken in.")


class ContributionFromBank(Refusal):
    """What a line of the bank paid is undone where lines are matched."""

    text = _("This came by a line of the bank.")
    remedy = _("Undo the match of the receipt under “Receipts”; this is undone with it.")


class NoContributionLate(Refusal):
    """Nobody is reminded who was not late, or was reminded before."""

    text = _("No contribution is late that nobody was reminded of.")


class ContributionUndoneBefore(Refusal):
    """A receipt is taken back once."""

    text = _("This was taken back already.")


@command
def bill_contributions(act: Act, *, month: str) -> int:
    """Bill what the rules ask with the end of a month and is not billed yet; how many bills.

    Raises NoContributionToBill, ContributionMonthToCome.
    """
    policies.can_bill_contributions(act).enforce()
    found = parse_month(month)
    if found.end_date > act.today:
        raise ContributionMonthToCome(month=str(found))
    bills = [
        ContributionBill(
            rule_id=one.rule_id, membership_id=one.membership_id, month_date=found.first_date,
            due_date=rules.due_date(found, one.due_day), asked_won=one.asked_won, won=one.won,
        )
        for one in queries.contributions_to_bill(found)
    ]  # fmt: skip
    if not bills:
        raise NoContributionToBill(month=str(found))
    # ---
    ContributionBill.objects.bulk_create(bills, batch_size=500)
    record(act, ContributionsBilled(str(found), len(bills), sum(one.won for one in bills)))
    return len(bills)


@command
def receive_contribution(
    act: Act, *, membership_id: int, won: int, paid_date: date | None = None
) -> ContributionReceipt:
    """Take a contribution in, the oldest bill first: Dr cash, Cr contributions, in the fund.

    Raises ContributionTooLarge, DealImpossible, and the refusals of the ledger.
    """
    member = memberships.borrower(membership_id, act.today)
    policies.can_receive_contribution(act, member).enforce()
    day = paid_date or act.today
    if day > act.today:
        raise DealImpossible(reason=_("it is not in the future"))
    bills = _open_bills(membership_id)
    _need_open(bills, won)
    # ---
    return _take_in(act, member, bills, won, day)


@command
def undo_contribution(act: Act, *, receipt_id: int, reason: str) -> ContributionReceipt:
    """Take back a receipt that was entered wrongly: reversed, its bills open again.

    Raises ContributionFromBank, ContributionUndoneBefore, DealReasonMissing.
    """
    receipt: ContributionReceipt = ContributionReceipt.objects.hold(receipt_id)
    member = memberships.borrower(receipt.membership_id, act.today)
    policies.can_undo_contribution(act, member).enforce()
    if receipt.bank_id is not None:
        raise ContributionFromBank
    reason = why(reason)
    # ---
    take_back(act, receipt.pk, reason, act.today)
    return receipt


@command
def remind_of_contributions(act: Act) -> int:
    """Remind members, once for each bill, of what is late by as many days as the rules say; how many.

    Raises NoContributionLate.
    """
    policies.can_remind_of_contributions(act).enforce()
    days = bylaws.rules_on(act.today).number("trade.remind_days")
    late = ContributionBill.objects.filter(
        due_date__lte=act.today - timedelta(days=days), paid_won__lt=F("won"), reminded_date=None
    )
    sums: dict[int, int] = {}
    for one in late.order_by("membership"):
        sums[one.membership_id] = sums.get(one.membership_id, 0) + one.open_won
    if not sums:
        raise NoContributionLate
    # ---
    late.update(reminded_date=act.today)
    record(act, ContributionsReminded(len(sums), sum(sums.values()), tuple(sums)))
    return len(sums)


def take_from_bank(act: Act, membership_id: int, won: int, money: Incoming) -> Taken:
    """Let a line of the bank pay up to so much. Raises ContributionTooLarge."""
    member = memberships.borrower(membership_id, act.today)
    policies.can_receive_contribution(act, member).enforce()
    bills = _open_bills(membership_id)
    won = min(won, sum(one.open_won for one in bills))
    _need_open(bills, won)
    receipt = _take_in(act, member, bills, won, money.day, money)
    return Taken(receipt.pk, won, receipt.entry_id)


def take_back(act: Act, receipt_id: int, reason: str, day: date) -> int:
    """Reverse a receipt and open its bills again; the reversal's entry. Raises
    ContributionUndoneBefore."""
    receipt: ContributionReceipt = ContributionReceipt.objects.hold(receipt_id)
    member = memberships.borrower(receipt.membership_id, act.today)
    policies.can_undo_contribution(act, member).enforce()
    if ContributionReceiptUndone.objects.filter(receipt=receipt).exists():
        raise ContributionUndoneBefore
    entry = ledger.reverse_entry(
        act, entry_id=receipt.entry_id, date=day, reason=reason,
        source=Source("memberships.Membership", receipt.membership_id),
    )  # fmt: skip
    for bill, won in receipt.parts:
        ContributionBill.objects.filter(pk=bill).update(paid_won=F("paid_won") - won)
    ContributionReceiptUndone.objects.create(receipt=receipt, entry=entry, reason=reason)
    record(
        act,
        ContributionUndone(
            receipt.membership_id, member.party_id, receipt.won, reason, int(entry.pk)
        ),
    )
    return int(entry.pk)


def _open_bills(membership_id: int) -> list[ContributionBill]:
    """The oldest fund's open bills, the oldest first, in hand."""
    rows = ContributionBill.objects.select_for_update(of=("self",)).select_related("rule")
    rows = rows.filter(membership=membership_id, paid_won__lt=F("won"))
    found = list(rows.order_by("month_date", "pk"))
    return [one for one in found if one.rule.fund == found[0].rule.fund]


def _need_open(bills: list[ContributionBill], won: int) -> None:
    open_won = sum(one.open_won for one in bills)
    if not 0 < won <= open_won:
        raise ContributionTooLarge(open=format_won(open_won), won=format_won(won))


def _take_in(
    act: Act,
    member: memberships.Borrower,
    bills: list[ContributionBill],
    won: int,
    day: date,
    money: Incoming | None = None,
) -> ContributionReceipt:
    by_id = {one.pk: one for one in bills}
    parts, _left = pay_oldest(won, [(one.pk, one.open_won) for one in bills])
    chart, fund = queries.chart(), bills[0].rule.fund
    entry = ledger.post_entry(
        act,
        date=money.entry_date if money else day,
        text=entry_text(_TEXT),
        sides=from_suspense(
            chart_of_suspense(), money.fund,
            [booking.contribution(chart, fund, won, member.party_id)],
        )
        if money
        else booking.coming_in(chart, fund, won, member.party_id),
        source=Source("memberships.Membership", member.membership_id),
    )  # fmt: skip
    for pk, paid in parts:
        by_id[pk].paid_won += paid
    ContributionBill.objects.bulk_update([by_id[pk] for pk, _paid in parts], ["paid_won"])
    receipt = ContributionReceipt.objects.create(
        membership_id=member.membership_id, fund=fund, paid_date=day, won=won,
        parts=[list(one) for one in parts], entry=entry,
        bank_id=money.receipt_id if money else None,
    )  # fmt: skip
    record(act, ContributionReceived(member.membership_id, member.party_id, won, day, entry.pk))
    return receipt
