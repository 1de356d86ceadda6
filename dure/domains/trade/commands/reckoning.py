"""The sums of a round of clearing as things stand: what would vanish for whom, and who would owe the
pool, if all agree and among those who agreed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from dure.domains.parties import queries as parties
from dure.kernel.acts import Act

from ..models import ClearingParty, ClearingRound
from ..queries.bars import bars_in_force
from ..queries.invoices import OpenInvoice, open_invoices
from ..queries.pools import pool_room

if TYPE_CHECKING:
    from ..rules.clearing import Cleared

# The rules of clearing are loaded when a round is reckoned: they bring a solver along.

__all__ = ["Gone", "among", "cleared", "leave", "reckon"]

Answer = ClearingParty.State
MAY_TAKE_PART = (Answer.ASKED, Answer.AGREED)
SUMS = (
    "owes_won", "owed_won", "most_won", "agreed_won", "most_lent_won", "most_paid_won",
    "agreed_lent_won", "agreed_paid_won",
)  # fmt: skip
OF_ROUND = (
    "reckoned_at", "owed_won", "most_won", "ceiling_won", "agreed_won", "alone_won",
    "most_lent_won", "agreed_lent_won",
)  # fmt: skip


class Gone:
    """What a reckoning means for each party: what vanishes of its debts, what the pool lends and pays."""

    def __init__(self, found: Cleared | None) -> None:
        self.debts, self.lent, self.paid = Counter[int](), Counter[int](), Counter[int]()
        if found is None:
            return
        firms = [int(label.rpartition("#")[2]) for label in found.invoices.firms]
        for at, won in zip(found.pairs.debtor.tolist(), found.set_off.tolist(), strict=True):
            self.debts[firms[at]] += won
        if found.pooled is not None:
            self.lent.update(dict(zip(firms, found.pooled.lent.tolist(), strict=True)))
            self.paid.update(dict(zip(firms, found.pooled.paid.tolist(), strict=True)))


def reckon(act: Act, held: ClearingRound) -> Cleared | None:
    """The sums of the round as things stand now: of all who may take part, of those who agreed; the
    set-off of the latter. Whom a seizure or insolvency bars is left out from now on."""
    rows = {one.party_id: one for one in held.parties.all()}
    _leave_out_barred(act, rows)
    may = {party for party, one in rows.items() if one.state in MAY_TAKE_PART}
    agreed = {party for party, one in rows.items() if one.state == Answer.AGREED}
    invoices = open_invoices(held.cut_off_date)
    owes, owed = (
        _sums((one.debtor_id, one.open_won) for one in invoices),
        _sums((one.creditor_id, one.open_won) for one in invoices),
    )
    among_all = among(invoices, may)
    most_lends = agreed_lends = None
    if held.pool is not None:
        room = pool_room(held.pool, may)
        promised = {party: min(room.of(party), rows[party].borrows_won) for party in agreed}
        most_lends = {party: promised.get(party, room.of(party)) for party in may}
        agreed_lends = promised
        alone = cleared(among_all)
        held.alone_won = alone.cleared if alone else 0
        most = cleared(among_all, room.won, most_lends)
        found = cleared(among(invoices, agreed), room.won, agreed_lends)
    else:
        most, found = cleared(among_all), cleared(among(invoices, agreed))
        held.alone_won = most.cleared if most else 0
    of_all, of_agreed = Gone(most), Gone(found)
    for party, one in rows.items():
        one.owes_won, one.owed_won = owes[party], owed[party]
        one.most_won, one.agreed_won = of_all.debts[party], of_agreed.debts[party]
        one.most_lent_won, one.most_paid_won = of_all.lent[party], of_all.paid[party]
        one.agreed_lent_won, one.agreed_paid_won = of_agreed.lent[party], of_agreed.paid[party]
    ClearingParty.objects.bulk_update(rows.values(), SUMS, batch_size=200)
    held.reckoned_at = act.at
    held.owed_won = most.total_debt if most else 0
    held.most_won = most.cleared if most else 0
    held.ceiling_won = most.ceiling if most else 0
    held.agreed_won = found.cleared if found else 0
    held.most_lent_won = most.pooled.won if most and most.pooled else 0
    held.agreed_lent_won = found.pooled.won if found and found.pooled else 0
    held.save(update_fields=OF_ROUND)
    return found


def leave(one: ClearingParty, state: str, act: Act, reason: str, ground: str = "") -> None:
    """A member takes no part from now on."""
    one.state, one.answered_at, one.reason, one.ground = state, act.at, reason, ground
    one.borrows_won = one.agreed_won = one.agreed_lent_won = one.agreed_paid_won = 0
    one.save()


def _leave_out_barred(act: Act, rows: Mapping[int, ClearingParty]) -> None:
    for bar in bars_in_force(act.today, rows):
        one = rows[bar.party_id]
        if one.state in MAY_TAKE_PART:
            leave(one, Answer.EXCLUDED, act, bar.paper, bar.ground)


def among(invoices: Iterable[OpenInvoice], who: set[int]) -> list[OpenInvoice]:
    return [one for one in invoices if one.debtor_id in who and one.creditor_id in who]


def cleared(
    invoices: list[OpenInvoice], pool_won: int = 0, lends: Mapping[int, int] | None = None
) -> Cleared | None:
    """The greatest set-off of deals, with a pool where it lends to anyone; None without any."""
    from ..rules import clearing as rules

    if not invoices:
        return None
    names = parties.names_of(
        {side for one in invoices for side in (one.debtor_id, one.creditor_id)}
    )
    label = {party: f"{name} #{party}" for party, name in names.items()}
    rows = [
        (str(one.id), label[one.debtor_id], label[one.creditor_id], one.open_won, one.due_date)
        for one in invoices
    ]
    pool = None
    if lends is not None:
        pool = rules.Pool(pool_won, {label[one]: lends[one] for one in lends if one in label})
    return rules.clear(rules.invoices_of(rows), pool)


def _sums(parts: Iterable[tuple[int, int]]) -> Counter[int]:
    found: Counter[int] = Counter()
    for party, won in parts:
        found[party] += won
    return found
