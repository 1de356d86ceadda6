"""Money paid ahead: kept for a member, and used as dues are billed."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext_lazy as _, gettext_noop

from dure.domains.ledger import commands as ledger, queries as ledger_queries
from dure.domains.ledger.rules import EntryDraft, Source
from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.money import format_won
from dure.kernel.progress import Progress, silent
from dure.kernel.refusals import Refusal

from .. import policies
from ..events import CreditKept, CreditsUsed
from ..models import Allocation, Charge, Credit, Membership, Receipt
from ..queries import books
from ..rules import booking
from ..rules.matching import keys_of, normalise
from ..rules.sharing import Wanted, share_out
from .settling import add_to_runs, keep_aliases, open_charges
from .writing import set_many

__all__ = ["CreditTooLarge", "keep_credit", "use_credits"]

KEPT_TEXT = gettext_noop("Dues paid ahead")
USED_TEXT = gettext_noop("Dues paid by what was paid ahead")
CHUNK = 1_000


class CreditTooLarge(Refusal):
    """Only what waits in suspense can be kept for a member."""

    text = _("%(open)s of this receipt are free; %(amount)s cannot be kept.")


@command
def keep_credit(
    act: Act, *, receipt_id: int, membership_id: int, amount_won: int | None = None
) -> Credit:
    """Keep what is free of a receipt for a member's dues to come.

    Dr suspense, Cr dues in advance by party. Raises CreditTooLarge.
    """
    receipt: Receipt = Receipt.objects.hold(receipt_id)
    policies.can_keep_credit(act, receipt).enforce()
    member: Membership = Membership.objects.hold(membership_id)
    won = receipt.open_won if amount_won is None else amount_won
    if not 0 < won <= receipt.open_won:
        raise CreditTooLarge(open=format_won(receipt.open_won), amount=format_won(won))
    # ---
    return keep(act, receipt, member, won)


def keep(act: Act, receipt: Receipt, member: Membership, won: int) -> Credit:
    """Post and keep a credit that was asked for and may be."""
    day = books.bookable(receipt.receipt_date, act.today)
    entry = ledger.post_entry(
        act,
        date=day,
        text=books.entry_text(KEPT_TEXT),
        sides=booking.keeping(
            books.chart(), books.account("dues_in_advance"), receipt.fund, member.party_id, won
        ),
        source=Source("memberships.Receipt", receipt.pk),
    )
    credit = Credit.objects.create(
        membership=member,
        receipt=receipt,
        amount_won=won,
        kept_date=day,
        fund=receipt.fund,
        entry=entry,
    )
    receipt.matched_won += won
    receipt.save(update_fields=["matched_won"])
    own = normalise(parties.party_name(member.party_id))
    keys = [key for key in keys_of(receipt.payer_text)[-1:] if key != own]
    keep_aliases(act, {(key, member.pk): receipt.payer_text for key in keys})
    record(act, CreditKept(receipt.pk, member.pk, member.party_id, won, entry.pk))
    return credit


@command
def use_credits(act: Act, *, membership_id: int | None = None, progress: Progress = silent) -> int:
    """Pay open dues with what their members paid ahead, the oldest first; how much, in won.

    Dr dues in advance by party, Cr dues receivable by party.
    """
    policies.can_use_credits(act).enforce()
    owing = Charge.objects.filter(
        membership=OuterRef("membership"), amount_won__gt=F("paid_won") + F("waived_won")
    )
    rows = Credit.objects.filter(undone_date=None, amount_won__gt=F("used_won")).filter(
        Exists(owing)
    )
    if membership_id is not None:
        rows = rows.filter(membership=membership_id)
    waiting = list(rows.select_for_update(of=("self",)).order_by("membership", "kept_date", "pk"))
    # ---
    won = 0
    for start in range(0, len(waiting), CHUNK):
        part = waiting[start : start + CHUNK]
        won += _use(act, part)
        progress(min(start + CHUNK, len(waiting)), len(waiting), str(_("credits")))
    record(act, CreditsUsed(len({c.membership_id for c in waiting}), won))
    return won


def _use(act: Act, credits: list[Credit]) -> int:
    charges = open_charges({c.membership_id for c in credits})
    by_member: dict[int, list[Charge]] = {}
    for charge in charges:
        by_member.setdefault(charge.membership_id, []).append(charge)
    by_id = {c.pk: c for c in charges}
    given = share_out(
        [
            Wanted(c.pk, c.open_won, tuple(m.pk for m in by_member.get(c.membership_id, ())))
            for c in credits
        ],
        {c.pk: c.open_won for c in charges},
    )
    used = [(c, [(by_id[pk], won) for pk, won in given[c.pk]]) for c in credits if c.pk in given]
    if not used:
        return 0
    chart, advance = books.chart(), books.account("dues_in_advance")
    drafts = [
        EntryDraft(
            act.today,
            booking.using(
                chart,
                advance,
                credit.fund,
                (booking.Part(c.plan.fund, c.membership.party_id, won) for c, won in parts),
            ),
            books.entry_text(USED_TEXT),
            Source("memberships.Receipt", credit.receipt_id),
        )
        for credit, parts in used
    ]
    posted = ledger.post_entries(
        act, batch=tuple(drafts), text=books.entry_text(USED_TEXT), source=drafts[0].source
    )
    entries = ledger_queries.entry_ids(posted.first_number, posted.last_number)
    paid = [
        (credit, charge, won, entry_id)
        for (credit, parts), entry_id in zip(used, entries, strict=True)
        for charge, won in parts
    ]
    for credit, charge, won, _entry in paid:
        credit.used_won += won
        charge.paid_won += won
    Allocation.objects.bulk_create(
        Allocation(
            receipt_id=credit.receipt_id,
            credit=credit,
            charge=charge,
            amount_won=won,
            allocated_date=act.today,
            entry_id=entry_id,
        )
        for credit, charge, won, entry_id in paid
    )
    set_many(Credit, "used_won", ((c.pk, c.used_won) for c, _parts in used))
    set_many(Charge, "paid_won", {c.pk: c.paid_won for _c, c, _w, _e in paid}.items())
    add_to_runs((charge, won) for _credit, charge, won, _entry in paid)
    return sum(won for _credit, _charge, won, _entry in paid)
