"""When two parties become one, what stands between them and the network goes along."""

from __future__ import annotations

from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.refusals import Refusal

from .. import policies
from ..events import PartyBalancesMoved
from ..models import Entry, PartyBalance
from ..rules import Side, Source
from . import checking, writing


class NothingToMove(Refusal):
    """Nothing stands between the party and the network."""

    text = _("Nothing stands in the books for this party.")


@command
def move_party_balances(act: Act, *, from_party_id: int, to_party_id: int) -> Entry:
    """Carry every balance of one party over to another by one entry, dated today.

    The old lines stay as they are; accounts and funds hold what they held. Raises NothingToMove.
    """
    chart = checking.stand(act, act.today).chart
    policies.can_move_party_balances(act).enforce()
    held = PartyBalance.objects.filter(party_id=from_party_id).exclude(balance_won=0)
    sides: list[Side] = []
    for row in held.order_by("account_id", "fund_id"):
        account = chart.accounts_by_id[row.account_id].code
        fund = chart.funds_by_id[row.fund_id].code
        sides.append(Side(account, fund, -row.balance_won, from_party_id))
        sides.append(Side(account, fund, row.balance_won, to_party_id))
    if not sides:
        raise NothingToMove
    # ---
    entry = writing.write_entry(
        act,
        chart,
        day=act.today,
        text=_now("Balances carried over to the merged party"),
        sides=sides,
        source=Source("parties.Party", to_party_id),
    )
    assert entry.number is not None
    record(act, PartyBalancesMoved(entry.pk, entry.number, from_party_id, to_party_id))
    return entry
