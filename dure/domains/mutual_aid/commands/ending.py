"""A contract ends: by the member's wish, or with the membership. Part of what was paid goes back, by
the table of the plan, once."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _, gettext_noop

from dure.domains.ledger import commands as ledger, queries as books
from dure.domains.ledger.rules import Source
from dure.domains.memberships.queries.books import entry_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.money import format_won
from dure.kernel.refusals import Refusal

from .. import policies
from ..events import AidEnded, AidOfLeaverEnded, AidRefundPaid
from ..models import AidEnrolment
from ..queries import enrolments as queries, sums
from ..rules import booking
from .enrolling import OPEN, hold_enrolment
from .steps import day_since, need

__all__ = [
    "AidFundShort", "AidNoRefund", "AidRefundPaidBefore", "end_aid", "end_aid_of_leaver",
    "pay_aid_refund",
]  # fmt: skip

_REFUND_TEXT = gettext_noop("Contributions to mutual aid paid back")
State = AidEnrolment.State
EndReason = AidEnrolment.EndReason
SIGNED = (State.RUNNING, State.LAPSED)


class AidNoRefund(Refusal):
    """The table of the plan gives nothing back."""

    text = _("Nothing goes back for this contract by its regulation (%(article)s).")


class AidRefundPaidBefore(Refusal):
    """A refund is paid once."""

    text = _("The refund was paid on %(date)s.")


class AidFundShort(Refusal):
    """A fund pays out what it has."""

    text = _("The fund of mutual aid has %(has)s; %(won)s cannot be paid.")
    remedy = _("Release money of the reserve that is placed, or wait for contributions.")


@command
def end_aid(act: Act, *, enrolment_id: int, ended_date: date | None = None) -> AidEnrolment:
    """End a contract by the member's wish; what goes back by the regulation is due.

    Raises AidNotWaiting, AidDayImpossible.
    """
    enrolment = hold_enrolment(enrolment_id)
    policies.can_end_aid(act, enrolment).enforce()
    need(enrolment, *SIGNED)
    day = day_since(act, ended_date, enrolment.signed_date)
    reason = EndReason.WISH if enrolment.state == State.RUNNING else EndReason.NEVER_REVIVED
    # ---
    end_contract(act, enrolment, day, reason)
    return enrolment


@command
def end_aid_of_leaver(
    act: Act,
    *,
    left_date: date,
    reason: str = "",
    membership_id: int | None = None,
    participant_id: int | None = None,
) -> int:
    """With the membership, or the participation in a fund run for others, ends the contract, and a wish
    falls; how many it were. `reason`: of the leaving, in the words of the memberships."""
    policies.can_end_aid_of_leaver(act).enforce()
    rows = AidEnrolment.objects.select_for_update(of=("self",)).select_related("plan")
    rows = rows.filter(membership=membership_id, participant=participant_id)
    held = list(rows.filter(state__in=OPEN))
    # ---
    for one in held:
        if one.state in SIGNED:
            end_contract(act, one, left_date, WHY.get(reason, EndReason.LEFT))
        else:
            one.state = State.WITHDRAWN
            one.save(update_fields=["state"])
    record(act, AidOfLeaverEnded(membership_id or 0, len(held), left_date, participant_id or 0))
    return len(held)


WHY = {"died": EndReason.DIED, "expelled": EndReason.EXPELLED}


@command
def pay_aid_refund(act: Act, *, enrolment_id: int, paid_date: date | None = None) -> AidEnrolment:
    """Pay back what is due after the end: Dr contributions returned, Cr cash, in the fund of the plan.

    Raises AidNotWaiting, AidNoRefund, AidRefundPaidBefore, AidFundShort, AidDayImpossible, and the
    refusals of the ledger.
    """
    enrolment = hold_enrolment(enrolment_id)
    policies.can_pay_aid_refund(act, enrolment).enforce()
    need(enrolment, State.ENDED)
    if enrolment.refunded_date is not None:
        raise AidRefundPaidBefore(date=enrolment.refunded_date.isoformat())
    won, fund = enrolment.refund_won, enrolment.plan.fund
    if not won:
        raise AidNoRefund(article=enrolment.plan.article)
    day = day_since(act, paid_date, enrolment.ended_date)
    if (has := books.fund_money(fund)) < won:
        raise AidFundShort(has=format_won(has), won=format_won(won))
    # ---
    entry = ledger.post_entry(
        act,
        date=day,
        text=entry_text(_REFUND_TEXT),
        sides=booking.giving_back(sums.chart(), fund, won),
        source=Source("mutual_aid.AidEnrolment", enrolment.pk),
    )
    enrolment.refunded_date, enrolment.refund_entry = day, entry
    enrolment.save(update_fields=["refunded_date", "refund_entry"])
    record(act, AidRefundPaid(enrolment.pk, enrolment.party_id, won, day, entry.pk))
    return enrolment


def end_contract(act: Act, enrolment: AidEnrolment, day: date, reason: EndReason) -> None:
    enrolment.state, enrolment.ended_date, enrolment.end_reason = State.ENDED, day, reason
    enrolment.refund_won = queries.refund_due(enrolment)
    enrolment.save(update_fields=["state", "ended_date", "end_reason", "refund_won"])
    record(
        act,
        AidEnded(enrolment.pk, enrolment.party_id, day, str(reason.label), enrolment.refund_won),
    )
