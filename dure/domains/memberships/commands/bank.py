"""Bank files: looked at, then accepted or put away. The same file twice changes nothing."""

from __future__ import annotations

import hashlib

from django.utils.translation import gettext_lazy as _

from dure.domains.ledger import commands as ledger
from dure.domains.ledger import queries as ledger_queries
from dure.domains.ledger.rules import EntryDraft, Source
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.refusals import Refusal

from .. import policies
from ..events import ReceiptsDiscarded, ReceiptsImported, ReceiptsUploaded
from ..models import Receipt, ReceiptImport, Series
from ..queries import bank_files, books
from ..queries.matching import proposals_for
from ..rules import booking
from ..rules.bank_files import BankRow, read_grid
from ..rules.matching import Sureness, normalise
from .dues import UnknownFund
from .receipts import _RECEIVED_TEXT, _settle_many, _settlements
from .writing import set_many


class FileAlreadyDecided(Refusal):
    """The file was accepted or put away before."""

    text = _("This file is %(state)s already.")


@command
def upload_receipts(
    act: Act, *, filename: str, content: bytes, fund: str = "general"
) -> ReceiptImport:
    """Keep a bank file to be looked at; nothing is entered until it is accepted.

    Raises UnreadableFile, NoTableFound, TooManyRows.
    """
    policies.can_upload_receipts(act).enforce()
    _known_fund(fund)
    filename = clean_text(filename[-120:], 120, _("File"))
    grid = read_grid(content, filename)
    look = bank_files.look_at(grid, filename, act.today)
    # ---
    staged = ReceiptImport.objects.create(
        filename=filename,
        digest=hashlib.sha256(content).hexdigest(),
        fund=fund,
        uploaded_at=act.at,
        uploaded_by_id=act.actor_id,
        grid=[list(row) for row in grid],
        new_count=len(look.new),
        same_count=look.same,
    )
    record(act, ReceiptsUploaded(staged.pk, len(look.new), look.same, len(look.errors)))
    return staged


@command
def accept_receipts(
    act: Act, *, import_id: int, rows: tuple[int, ...] | None = None, match_sure: bool = False
) -> ReceiptImport:
    """Enter the rows of a bank file (all new ones, or those chosen by their row in the file).

    Rows entered before are passed over. With `match_sure` the sure proposals are matched too.
    Raises FileAlreadyDecided.
    """
    staged: ReceiptImport = ReceiptImport.objects.hold(import_id)
    policies.can_accept_receipts(act, staged).enforce()
    if staged.state != ReceiptImport.State.STAGED:
        raise FileAlreadyDecided(state=staged.get_state_display())
    # ---
    _enter(act, staged, tuple(tuple(row) for row in staged.grid), rows, match_sure)
    return staged


@command
def discard_receipts(act: Act, *, import_id: int) -> ReceiptImport:
    """Put a bank file away; its rows are forgotten. Raises FileAlreadyDecided."""
    staged: ReceiptImport = ReceiptImport.objects.hold(import_id)
    policies.can_discard_receipts(act, staged).enforce()
    if staged.state != ReceiptImport.State.STAGED:
        raise FileAlreadyDecided(state=staged.get_state_display())
    # ---
    staged.state, staged.grid = ReceiptImport.State.DISCARDED, []
    staged.save(update_fields=["state", "grid"])
    record(act, ReceiptsDiscarded(staged.pk))
    return staged


@command
def import_receipts(
    act: Act, *, filename: str, content: bytes, fund: str = "general", match_sure: bool = False
) -> ReceiptImport:
    """Look at a bank file and accept it at once: what scripts do. Raises what upload_receipts does."""
    policies.can_import_receipts(act).enforce()
    _known_fund(fund)
    filename = clean_text(filename[-120:], 120, _("File"))
    grid = read_grid(content, filename)
    # ---
    staged = ReceiptImport.objects.create(
        filename=filename,
        digest=hashlib.sha256(content).hexdigest(),
        fund=fund,
        uploaded_at=act.at,
        uploaded_by_id=act.actor_id,
    )
    _enter(act, staged, grid, None, match_sure)
    return staged


def _known_fund(fund: str) -> None:
    if fund not in {f.code for f in ledger_queries.funds()}:
        raise UnknownFund(fund=fund)


def _enter(
    act: Act,
    staged: ReceiptImport,
    grid: tuple[tuple[str, ...], ...],
    chosen: tuple[int, ...] | None,
    match_sure: bool,
) -> None:
    Series.objects.get_or_create(name="receipts")
    Series.objects.select_for_update().get(name="receipts")  # one file at a time
    look = bank_files.look_at(grid, staged.filename, act.today)
    wanted = [row for row in look.new if chosen is None or row.row in chosen]
    receipts = _receipts(act, staged, wanted)
    matched = matched_won = 0
    if match_sure and receipts:
        proposals = proposals_for([(r.payer_text, r.amount_won) for r in receipts], act.today)
        sure = {
            receipt.pk: proposal.membership_id
            for receipt, proposal in zip(receipts, proposals, strict=True)
            if proposal is not None and proposal.sureness == Sureness.SURE
        }
        settlements = _settlements(sure)
        if settlements:
            matched, matched_won = len(settlements), _settle_many(act, settlements)
    staged.state, staged.grid = ReceiptImport.State.ACCEPTED, []
    staged.new_count, staged.same_count = len(receipts), look.same
    staged.matched_count = matched
    staged.rejected = [
        {"row": e.row, "cell": e.cell, "reason": e.reason} for e in look.errors[:1000]
    ]
    staged.save()
    record(
        act,
        ReceiptsImported(
            staged.pk,
            len(receipts),
            sum(r.amount_won for r in receipts),
            look.same,
            matched,
            matched_won,
        ),
    )


def _receipts(act: Act, staged: ReceiptImport, rows: list[BankRow]) -> list[Receipt]:
    """Make the receipts with an entry each, set by set."""
    if not rows:
        return []
    receipts = Receipt.objects.bulk_create(
        Receipt(
            receipt_date=row.receipt_date,
            amount_won=row.amount_won,
            payer_text=row.payer,
            payer_key=normalise(row.payer),
            memo=row.memo,
            fund=staged.fund,
            import_key=row.key,
            batch=staged,
        )
        for row in rows
    )
    chart, days = books.chart(), books.BookableDays(act.today)
    posted = ledger.post_entries(
        act,
        text=books.entry_text(_RECEIVED_TEXT),
        source=Source("memberships.ReceiptImport", staged.pk),
        batch=tuple(
            EntryDraft(
                days[r.receipt_date],
                booking.receiving(chart, r.fund, r.amount_won),
                "",
                Source("memberships.Receipt", r.pk),
            )
            for r in receipts
        ),
    )
    entries = ledger_queries.entry_ids(posted.first_number, posted.last_number)
    for receipt, entry_id in zip(receipts, entries, strict=True):
        receipt.entry_id = entry_id
    set_many(
        Receipt,
        "entry_id",
        ((r.pk, entry_id) for r, entry_id in zip(receipts, entries, strict=True)),
    )
    return receipts
