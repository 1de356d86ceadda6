"""Dues that are not paid: waived with a reason, or reminded of."""

from __future__ import annotations

from datetime import date

from django.db.models import F
from django.utils.translation import gettext_lazy as _, gettext_noop

from dure.domains.ledger import commands as ledger
from dure.domains.ledger.rules import Source
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.money import format_won
from dure.kernel.personal import Personal
from dure.kernel.refusals import InvalidInput, Refusal

from .. import policies
from ..events import ArrearsReminded, ChargeWaived
from ..models import ArrearsStep, Charge, DuesRun, Waiver
from ..queries import billing, books
from ..rules import booking

__all__ = [
    "NobodyToRemind", "NothingOpen", "WaiverUnreasoned", "WaivesTooMuch", "remind_arrears",
    "waive_charge",
]  # fmt: skip

_WAIVED_TEXT = gettext_noop("Dues waived: %(plan)s")


class NothingOpen(Refusal):
    """Nothing is open of the charge."""

    text = _("Nothing is open of this charge: it is paid or waived.")


class WaivesTooMuch(Refusal):
    """More would be waived than is open."""

    text = _("%(open)s are open of this charge; %(amount)s cannot be waived.")


class WaiverUnreasoned(InvalidInput):
    """Giving up money needs a reason that an auditor can read."""

    text = _("Give the reason for waiving, and who decided it.")


class NobodyToRemind(Refusal):
    """None of the chosen members owes anything that is due."""

    text = _("None of the chosen members owes dues that are due.")


@command
def waive_charge(act: Act, *, charge_id: int, reason: str, amount_won: int | None = None) -> Charge:
    """Give up what is open of a charge, or a part of it. Raises NothingOpen, WaivesTooMuch."""
    charge: Charge = Charge.objects.select_related("membership", "plan").hold(charge_id)
    policies.can_waive_charge(act, charge).enforce()
    reason = clean_text(reason, 300, _("Reason"))
    if not reason:
        raise WaiverUnreasoned
    if charge.open_won <= 0:
        raise NothingOpen
    won = charge.open_won if amount_won is None else amount_won
    if not 0 < won <= charge.open_won:
        raise WaivesTooMuch(open=format_won(charge.open_won), amount=format_won(won))
    # ---
    waived_date: date = max(act.today, charge.billed_date)
    party_id = charge.membership.party_id
    entry = ledger.post_entry(
        act,
        date=waived_date,
        text=books.entry_text(_WAIVED_TEXT, plan=charge.plan.name),
        sides=booking.waiving(books.chart(), charge.plan.fund, party_id, won),
        source=Source("memberships.Charge", charge.pk),
    )
    Waiver.objects.create(
        charge=charge, amount_won=won, waived_date=waived_date, reason=reason, entry=entry
    )
    charge.waived_won += won
    charge.save(update_fields=["waived_won"])
    DuesRun.objects.filter(pk=charge.run_id).update(waived_won=F("waived_won") + won)
    record(act, ChargeWaived(charge.pk, party_id, won, entry.pk, Personal(reason, party_id)))
    return charge


@command
def remind_arrears(act: Act, *, membership_ids: tuple[int, ...]) -> int:
    """Send members a friendly letter about dues that are due; how many. Raises NobodyToRemind."""
    policies.can_remind_arrears(act).enforce()
    late = billing.overdue_sums(membership_ids, act.today)
    if not late:
        raise NobodyToRemind
    oldest = billing.oldest_due(late, act.today)
    # ---
    ArrearsStep.objects.bulk_create(
        ArrearsStep(
            membership_id=pk,
            kind=ArrearsStep.Kind.REMINDER,
            taken_date=act.today,
            owed_won=won,
            oldest_date=oldest[pk],
            taken_by_id=act.actor_id,
        )
        for pk, won in late.items()
    )
    record(act, ArrearsReminded(act.today, len(late), sum(late.values()), tuple(sorted(late))))
    return len(late)
