"""The contributions of every month: billed, received, watched; a contract that lapsed revives."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _, gettext_noop

from dure.domains.ledger import commands as ledger
from dure.domains.ledger.rules import Source
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
    AidContributionReceived,
    AidContributionsBilled,
    AidContributionsWatched,
    AidContributionUndone,
    AidDebitAgreed,
    AidRevived,
)
from ..models import AidBill, AidEnrolment, AidReceipt, AidReceiptUndone
from ..queries import enrolments, sums
from ..rules import booking, taking_part as rules
from .ending import end_contract
from .enrolling import hold_enrolment
from .steps import day_since, need, why

__all__ = [
    "AidContributionFromBank", "AidContributionTooLarge", "AidContributionUndoneBefore", "AidMonthToCome", "AidNothingPaid",
    "AidNothingToBill", "AidNothingToWatch", "AidRevivalTooLate", "AidStillOpen",
    "bill_aid_contributions", "debit_aid", "receive_aid_contribution", "revive_aid",
    "undo_aid_contribution", "watch_aid_contributions",
]  # fmt: skip

_CONTRIBUTION_TEXT = gettext_noop("Contribution to mutual aid")
State = AidEnrolment.State


class AidNothingToBill(Refusal):
    """Nobody is without a bill of the month."""

    text = _("Every contract that runs has its contribution of %(month)s.")


class AidMonthToCome(InvalidInput):
    """A month is billed when it has come."""

    text = _("%(month)s has not come yet.")


class AidNothingPaid(InvalidInput):
    """Money above zero comes in."""

    text = _("Type an amount above 0 won.")


class AidContributionTooLarge(Refusal):
    """No more is taken in than is billed."""

    text = _("%(open)s are billed and unpaid; %(won)s cannot be taken in.")
    remedy = _("Contributions are taken in month by month. Pay back what is too much.")


class AidContributionFromBank(Refusal):
    """What a line of the bank paid is undone where lines are matched."""

    text = _("This came by a line of the bank.")
    remedy = _("Undo the match of the receipt under “Receipts”; this is undone with it.")


class AidContributionUndoneBefore(Refusal):
    """A receipt is taken back once."""

    text = _("This was taken back already.")


class AidNothingToWatch(Refusal):
    """Nobody is late enough to be told, and no notice has run out."""

    text = _("No contract is about to lapse.")


class AidStillOpen(Refusal):
    """Who revives a contract pays what is missing first."""

    text = _("%(open)s are still unpaid. Pay them first, then the contract revives.")


class AidRevivalTooLate(Refusal):
    """A lapsed contract revives for some months only."""

    text = _("It could be revived until %(date)s.")
    remedy = _("End it, and ask to take part anew.")


@command
def bill_aid_contributions(act: Act, *, month: str) -> int:
    """Bill the contribution of a month to every contract that runs and has none for it; how many.

    Raises AidNothingToBill, AidMonthToCome.
    """
    policies.can_bill_aid_contributions(act).enforce()
    found = parse_month(month)
    if found.first_date > act.today:
        raise AidMonthToCome(month=str(found))
    rows = AidEnrolment.objects.filter(state=State.RUNNING, counts_from__lt=found.end_date).exclude(
        bills__month_date=found.first_date
    )
    bills = [
        AidBill(
            enrolment=one, month_date=found.first_date, won=one.plan.monthly_won,
            due_date=rules.due_date(found, one.plan.due_day),
        )
        for one in rows.select_related("plan").order_by("pk")
    ]  # fmt: skip
    if not bills:
        raise AidNothingToBill(month=str(found))
    # ---
    AidBill.objects.bulk_create(bills, batch_size=500)
    record(act, AidContributionsBilled(str(found), len(bills), sum(one.won for one in bills)))
    return len(bills)


@command
def receive_aid_contribution(
    act: Act, *, enrolment_id: int, won: int, paid_date: date | None = None
) -> AidReceipt:
    """Take a contribution in, the oldest month first: Dr cash, Cr contributions, in the fund of the
    plan.

    Raises AidNothingPaid, AidContributionTooLarge, AidNotWaiting, AidDayImpossible, and the
    refusals of the ledger.
    """
    enrolment = _paying(act, enrolment_id)
    if won <= 0:
        raise AidNothingPaid
    day = day_since(act, paid_date, enrolment.signed_date)
    bills = sums.open_bills(enrolment.pk)
    if won > (open_won := sum(one.open_won for one in bills)):
        raise AidContributionTooLarge(open=format_won(open_won), won=format_won(won))
    # ---
    return _take_in(act, enrolment, bills, won, day)


def take_from_bank(act: Act, enrolment_id: int, won: int, money: Incoming) -> Taken:
    """Let a line of the bank pay up to so much: Dr suspense where it waits. Raises as
    receive_aid_contribution."""
    enrolment = _paying(act, enrolment_id)
    day = day_since(act, money.day, enrolment.signed_date)
    bills = sums.open_bills(enrolment.pk)
    won = min(won, sum(one.open_won for one in bills))
    if won <= 0:
        raise AidContributionTooLarge(open=format_won(0), won=format_won(won))
    receipt = _take_in(act, enrolment, bills, won, day, money)
    return Taken(receipt.pk, won, receipt.entry_id)


def take_back(act: Act, receipt_id: int, reason: str, day: date) -> int:
    """Reverse a receipt and open its months again; the reversal's entry. Raises
    AidContributionUndoneBefore, AidNotWaiting."""
    receipt: AidReceipt = AidReceipt.objects.hold(receipt_id)
    enrolment = hold_enrolment(receipt.enrolment_id)
    policies.can_undo_aid_contribution(act, enrolment).enforce()
    need(enrolment, State.RUNNING, State.LAPSED)
    if AidReceiptUndone.objects.filter(receipt=receipt).exists():
        raise AidContributionUndoneBefore
    entry = ledger.reverse_entry(
        act, entry_id=receipt.entry_id, date=day, reason=reason,
        source=Source("mutual_aid.AidEnrolment", enrolment.pk),
    )  # fmt: skip
    for bill, won in receipt.parts:
        AidBill.objects.filter(pk=bill).update(paid_won=F("paid_won") - won)
    AidReceiptUndone.objects.create(receipt=receipt, entry=entry, reason=reason)
    record(
        act,
        AidContributionUndone(enrolment.pk, enrolment.party_id, receipt.won, reason, entry.pk),
    )
    return int(entry.pk)


def _paying(act: Act, enrolment_id: int) -> AidEnrolment:
    enrolment = hold_enrolment(enrolment_id)
    policies.can_receive_aid_contribution(act, enrolment).enforce()
    need(enrolment, State.RUNNING, State.LAPSED)
    return enrolment


def _take_in(
    act: Act,
    enrolment: AidEnrolment,
    bills: list[AidBill],
    won: int,
    day: date,
    money: Incoming | None = None,
) -> AidReceipt:
    by_id = {one.pk: one for one in bills}
    parts, _left = pay_oldest(won, [(one.pk, one.open_won) for one in bills])
    chart, fund = sums.chart(), enrolment.plan.fund
    entry = ledger.post_entry(
        act,
        date=money.entry_date if money else day,
        text=entry_text(_CONTRIBUTION_TEXT),
        sides=from_suspense(
            chart_of_suspense(), money.fund, [booking.contribution(chart, fund, won)]
        )
        if money
        else booking.coming_in(chart, fund, won),
        source=Source("mutual_aid.AidEnrolment", enrolment.pk),
    )
    for pk, paid in parts:
        by_id[pk].paid_won += paid
    AidBill.objects.bulk_update([by_id[pk] for pk, _paid in parts], ["paid_won"])
    receipt = AidReceipt.objects.create(
        enrolment=enrolment, paid_date=day, won=won, parts=[list(one) for one in parts],
        entry=entry, bank_id=money.receipt_id if money else None,
    )  # fmt: skip
    record(act, AidContributionReceived(enrolment.pk, enrolment.party_id, won, day, entry.pk))
    return receipt


@command
def undo_aid_contribution(
    act: Act, *, receipt_id: int, reason: str, undone_date: date | None = None
) -> AidReceipt:
    """Take back a receipt that was entered wrongly: its entry is reversed, its months are open again.

    Raises AidContributionFromBank, AidContributionUndoneBefore, AidNotWaiting, AidDecisionUnnamed,
    AidDayImpossible.
    """
    receipt: AidReceipt = AidReceipt.objects.hold(receipt_id)
    policies.can_undo_aid_contribution(act, receipt.enrolment).enforce()
    if receipt.bank_id is not None:
        raise AidContributionFromBank
    reason = why(reason)
    day = day_since(act, undone_date, receipt.paid_date)
    # ---
    take_back(act, receipt.pk, reason, day)
    return receipt


@command
def watch_aid_contributions(act: Act) -> tuple[int, int]:
    """Tell those whose contract will lapse, let lapse those who were told in time and did not pay, and
    end those that can no longer revive; how many were told, how many lapsed. Raises
    AidNothingToWatch."""
    policies.can_watch_aid_contributions(act).enforce()
    late = Count(
        "bills", filter=Q(bills__due_date__lt=act.today, bills__paid_won__lt=F("bills__won"))
    )
    rows = AidEnrolment.objects.filter(state=State.RUNNING).annotate(late=late)
    noticed, lapsed, calm = [], [], []
    for one in rows.order_by("pk"):
        if one.late < enrolments.period_of(one, "lapse_months"):
            if one.noticed_date is not None:
                calm.append(one.pk)
        elif one.noticed_date is None:
            noticed.append(one.pk)
        elif act.today >= rules.lapses_on(
            one.noticed_date, enrolments.period_of(one, "lapse_notice_days")
        ):
            lapsed.append(one.pk)
    over = [one for one in _lapsed() if _revives_until(one) < act.today]
    if not (noticed or lapsed or calm or over):
        raise AidNothingToWatch
    # ---
    for ended in over:
        end_contract(act, ended, act.today, AidEnrolment.EndReason.NEVER_REVIVED)
    AidEnrolment.objects.filter(pk__in=calm).update(noticed_date=None)
    AidEnrolment.objects.filter(pk__in=noticed).update(noticed_date=act.today)
    AidEnrolment.objects.filter(pk__in=lapsed).update(state=State.LAPSED, lapsed_date=act.today)
    record(act, AidContributionsWatched(tuple(noticed), tuple(lapsed)))
    return len(noticed), len(lapsed)


@command
def debit_aid(act: Act, *, enrolment_id: int, by_debit: bool) -> AidEnrolment:
    """The member agrees that contributions are taken by direct debit, or agrees no longer; there must
    be a mandate for the account besides. Raises AidNotWaiting."""
    enrolment = hold_enrolment(enrolment_id)
    policies.can_debit_aid(act, enrolment).enforce()
    need(enrolment, State.APPROVED, State.RUNNING, State.LAPSED)
    # ---
    enrolment.by_debit = by_debit
    enrolment.save(update_fields=["by_debit"])
    record(act, AidDebitAgreed(enrolment.pk, enrolment.party_id, by_debit))
    return enrolment


@command
def revive_aid(act: Act, *, enrolment_id: int) -> AidEnrolment:
    """Revive a lapsed contract when all that was missing is paid; the waiting period begins anew.

    Raises AidNotWaiting, AidStillOpen, AidRevivalTooLate.
    """
    enrolment = hold_enrolment(enrolment_id)
    policies.can_revive_aid(act, enrolment).enforce()
    need(enrolment, State.LAPSED)
    last = _revives_until(enrolment)
    if act.today > last:
        raise AidRevivalTooLate(date=last.isoformat())
    if open_won := sum(one.won - one.paid_won for one in sums.open_bills(enrolment.pk)):
        raise AidStillOpen(open=format_won(open_won))
    # ---
    enrolment.state, enrolment.counts_from = State.RUNNING, act.today
    enrolment.noticed_date = enrolment.lapsed_date = None
    enrolment.save(update_fields=["state", "counts_from", "noticed_date", "lapsed_date"])
    record(act, AidRevived(enrolment.pk, enrolment.party_id, act.today))
    return enrolment


def _lapsed() -> list[AidEnrolment]:
    rows = AidEnrolment.objects.select_for_update(of=("self",)).select_related("plan")
    return list(rows.filter(state=State.LAPSED).order_by("pk"))


def _revives_until(enrolment: AidEnrolment) -> date:
    """The last day on which a lapsed contract revives."""
    assert enrolment.lapsed_date is not None
    return rules.revives_until(
        enrolment.lapsed_date, enrolments.period_of(enrolment, "revival_months")
    )
