"""The fee for running a fund: by the rule of the contract, once for each period that is over."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _, gettext_noop

from dure.domains.ledger import commands as ledger, queries as books
from dure.domains.ledger.rules import GENERAL, Source
from dure.domains.memberships.commands.shares.holding import lock_shares
from dure.domains.memberships.queries.books import entry_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.money import format_won
from dure.kernel.refusals import Refusal

from .. import policies, queries, rules
from ..events import CommissionCharged, CommissionsCharged
from ..models import FeeCharge, SelfHelpFund
from .taking_part import FundMoneyShort

__all__ = [
    "CommissionChargedAlready", "NoCommissionDue", "NoCommissionsDue", "charge_commission",
    "charge_commissions",
]  # fmt: skip

_TAKEN_TEXT = gettext_noop("Fee for running the self-help fund")
_RECEIVED_TEXT = gettext_noop("Fee received for running a self-help fund")


class CommissionChargedAlready(Refusal):
    """Once for each period."""

    text = _("The fee of this period was taken on %(date)s already: %(won)s.")


class NoCommissionDue(Refusal):
    """The contract asks for nothing, or the period is not over."""

    text = _("No fee of “%(name)s” is due for this period.")
    remedy = _("A fee is taken when its period is over, and by the contract that holds then.")


class NoCommissionsDue(Refusal):
    """Nothing is due, or the funds have no money for it."""

    text = _("No fee that a fund can pay is due.")
    remedy = _("A fee is due when its period is over, and taken when the fund has the money.")


@command
def charge_commission(act: Act, *, fund_id: int, month: str) -> FeeCharge:
    """Take the fee of the period that `month` belongs to: out of the fund, into the network's own.

    Raises NoCommissionDue, CommissionChargedAlready, FundMoneyShort, and the refusals of the ledger.
    """
    lock_shares()
    fund: SelfHelpFund = SelfHelpFund.objects.hold(fund_id)
    policies.can_charge_commission(act).enforce()
    due = queries.commission_of(fund, month)
    if due is None or due.won <= 0 or due.until_date > act.today:
        raise NoCommissionDue(name=fund.name)
    before = fund.charges.filter(from_date__lt=due.until_date, until_date__gt=due.from_date).first()
    if before is not None:
        raise CommissionChargedAlready(
            date=before.charged_date.isoformat(), won=format_won(before.won)
        )
    if (has := books.fund_money(fund.code)) < due.won:
        raise FundMoneyShort(fund=fund.name, has=format_won(has), won=format_won(due.won))
    # ---
    return _take(act, fund, due)


@command
def charge_commissions(act: Act, *, fund_id: int | None = None) -> tuple[FeeCharge, ...]:
    """Take every fee that is due of a fund, or of all funds, the oldest first; each once. A fund whose
    money does not suffice pays what it can, and the rest stays due.

    Raises NoCommissionsDue, and the refusals of the ledger.
    """
    lock_shares()
    policies.can_charge_commissions(act).enforce()
    found = queries.commissions_due(act, fund_id)
    if not found.takes:
        raise NoCommissionsDue
    held = SelfHelpFund.objects.select_for_update().in_bulk({one.fund_id for one in found.takes})
    # ---
    made = tuple(_take(act, held[one.fund_id], one.commission) for one in found.takes)
    record(act, CommissionsCharged(len(held), len(made), found.won))
    return made


def _take(act: Act, fund: SelfHelpFund, due: queries.Commission) -> FeeCharge:
    source = Source("self_help.SelfHelpFund", fund.pk)
    chart = queries.chart()
    taken = ledger.post_entry(
        act, date=act.today, text=entry_text(_TAKEN_TEXT), source=source,
        sides=rules.taken(chart, fund.code, due.won),
    )  # fmt: skip
    received = ledger.post_entry(
        act, date=act.today, text=entry_text(_RECEIVED_TEXT), source=source,
        sides=rules.received(chart, GENERAL.code, due.won),
    )  # fmt: skip
    charge = FeeCharge.objects.create(
        fund=fund, from_date=due.from_date, until_date=due.until_date, lent_won=due.lent_won,
        income_won=due.income_won, won=due.won, charged_date=act.today, entry=taken,
        received_entry=received,
    )  # fmt: skip
    record(
        act,
        CommissionCharged(fund.pk, fund.name, due.won, due.from_date, due.until_date, taken.pk),
    )
    return charge
