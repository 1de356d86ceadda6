"""How receipts pay charges: worked out first, then posted and kept set by set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.utils.translation import gettext_noop

from dure.domains.ledger import commands as ledger, queries as ledger_queries
from dure.domains.ledger.rules import EntryDraft, Source
from dure.kernel.acts import Act

from ..models import Allocation, Charge, DuesPlan, DuesRun, Membership, PayerAlias, Receipt
from ..queries import books
from ..rules import booking
from ..rules.dues import OpenCharge, oldest_first
from ..rules.matching import Item, fit, hints_of, keys_of
from ..rules.sharing import Wanted, share_out
from .writing import insert_many, set_many

MATCHED_TEXT = gettext_noop("Dues paid")


@dataclass(frozen=True, slots=True)
class Settlement:
    """What one receipt is going to pay."""

    receipt: Receipt
    parts: tuple[tuple[Charge, int], ...]

    @property
    def won(self) -> int:
        return sum(won for _, won in self.parts)


def open_charges(
    membership_ids: Iterable[int] = (), charge_ids: Sequence[int] = ()
) -> list[Charge]:
    """Open charges under a lock, oldest first."""
    rows = Charge.objects.select_related("membership").select_for_update(of=("self",))
    rows = (
        rows.filter(pk__in=charge_ids)
        if charge_ids
        else rows.filter(membership__in=list(membership_ids))
    )
    found = {
        c.pk: c for c in rows.filter(amount_won__gt=F("paid_won") + F("waived_won")).order_by("pk")
    }
    plans = DuesPlan.objects.in_bulk({c.plan_id for c in found.values()})
    for charge in found.values():
        charge.plan = plans[charge.plan_id]
    order = oldest_first(tuple(OpenCharge(c.pk, c.due_date, c.open_won) for c in found.values()))
    return [found[c.charge_id] for c in order]


def in_order(receipt: Receipt, charges: Sequence[Charge]) -> list[int]:
    """The charges in the order in which a receipt pays them: what its words name or its amount fits
    first, then the oldest."""
    items = [item_of(c) for c in charges]
    hints = hints_of(f"{receipt.payer_text} {receipt.memo}")
    first = fit(items, receipt.open_won, hints).charge_ids
    return [*first, *(item.charge_id for item in items if item.charge_id not in first)]


def item_of(charge: Charge) -> Item:
    """A charge as proposals see it."""
    months = range(_index(charge.from_date), _index(charge.until_date))
    return Item(charge.pk, charge.open_won, charge.plan.kind, months)


def _index(day: date) -> int:
    return day.year * 12 + day.month


def settlements(
    receipts: Sequence[Receipt],
    charges: Iterable[Charge],
    wanted: Mapping[int, Sequence[int]],
    *,
    most_won: Mapping[int, int] | None = None,
    whole_only: bool = False,
) -> list[Settlement]:
    """What each receipt pays of the charges `wanted` for it (receipt → charge ids, in this order).

    Earlier receipts leave less for later ones. `most_won`: use no more of a receipt than this.
    """
    by_id = {c.pk: c for c in charges}
    limits = most_won or {}
    given = share_out(
        [
            Wanted(r.pk, min(r.open_won, limits.get(r.pk, r.open_won)), tuple(wanted[r.pk]))
            for r in receipts
        ],
        {c.pk: c.open_won for c in by_id.values()},
        whole_only=whole_only,
    )
    return [
        Settlement(r, tuple((by_id[pk], won) for pk, won in given[r.pk]))
        for r in receipts
        if r.pk in given
    ]


def settle_one(act: Act, settlement: Settlement) -> int:
    """Post and keep one settlement; the id of its entry."""
    days = books.BookableDays(act.today)
    draft = _draft(act, settlement, books.chart(), days, books.entry_text(MATCHED_TEXT))
    entry = ledger.post_entry(
        act, date=draft.date, text=draft.text, sides=draft.sides, source=draft.source
    )
    _keep(act, [settlement], [entry.pk], [draft.date])
    return int(entry.pk)


def settle_many(act: Act, found: Sequence[Settlement]) -> int:
    """Post and keep settlements set by set; their sum."""
    if not found:
        return 0
    chart, days = books.chart(), books.BookableDays(act.today)
    text = books.entry_text(MATCHED_TEXT)
    drafts = [_draft(act, settlement, chart, days, text) for settlement in found]
    posted = ledger.post_entries(act, batch=tuple(drafts), text=text, source=drafts[0].source)
    entries = ledger_queries.entry_ids(posted.first_number, posted.last_number)
    _keep(act, found, entries, [draft.date for draft in drafts])
    return sum(settlement.won for settlement in found)


def _draft(
    act: Act, settlement: Settlement, chart: booking.Chart, days: books.BookableDays, text: str
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


def _keep(
    act: Act, found: Sequence[Settlement], entries: Sequence[int], days: Sequence[date]
) -> None:
    for settlement in found:
        for charge, won in settlement.parts:
            charge.paid_won += won
        settlement.receipt.matched_won += settlement.won
    insert_many(
        Allocation,
        ("receipt_id", "charge_id", "amount_won", "allocated_date", "entry_id"),
        (
            (settlement.receipt.pk, charge.pk, won, day, entry_id)
            for settlement, entry_id, day in zip(found, entries, days, strict=True)
            for charge, won in settlement.parts
        ),
    )
    charges = {charge.pk: charge for s in found for charge, _won in s.parts}
    set_many(Charge, "paid_won", ((c.pk, c.paid_won) for c in charges.values()))
    set_many(Receipt, "matched_won", ((s.receipt.pk, s.receipt.matched_won) for s in found))
    add_to_runs((charge, won) for s in found for charge, won in s.parts)
    _learn(act, found)


def add_to_runs(paid: Iterable[tuple[Charge, int]]) -> None:
    """Keep the paid sums of the billing runs: (charge, won) …"""
    by_run: dict[int, int] = {}
    for charge, won in paid:
        by_run[charge.run_id] = by_run.get(charge.run_id, 0) + won
    for run_id, won in sorted(by_run.items()):
        DuesRun.objects.filter(pk=run_id).update(paid_won=F("paid_won") + won)


def _learn(act: Act, found: Sequence[Settlement]) -> None:
    """Remember under which texts members pay, where it is not their own name."""
    members = {s.parts[0][0].membership_id for s in found}
    own = dict(
        Membership.objects.filter(pk__in=members)
        .values_list("pk", "party__name_key")
        .order_by("pk")
    )
    seen = {
        (key, settlement.parts[0][0].membership_id): settlement.receipt.payer_text
        for settlement in found
        for key in keys_of(settlement.receipt.payer_text)[-1:]
        if key != own[settlement.parts[0][0].membership_id]
    }
    keep_aliases(act, seen)


def keep_aliases(act: Act, seen: Mapping[tuple[str, int], str]) -> None:
    PayerAlias.objects.bulk_create(
        (
            PayerAlias(
                membership_id=member_id,
                key=key,
                shown=shown,
                is_learned=True,
                noted_date=act.today,
            )
            for (key, member_id), shown in seen.items()
        ),
        ignore_conflicts=True,
    )
