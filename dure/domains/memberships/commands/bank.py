"""Bank files: looked at, then accepted or put away. The same file twice changes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from dure.domains.ledger import commands as ledger, queries as ledger_queries
from dure.domains.ledger.rules import EntryDraft, Source
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.dates import Month
from dure.kernel.deeds import command, record
from dure.kernel.progress import Progress, silent
from dure.kernel.refusals import InvalidInput, Refusal

from .. import policies
from ..events import ReceiptsDiscarded, ReceiptsImported, ReceiptsMapped, ReceiptsUploaded
from ..models import BankLayout, BankLine, Receipt, ReceiptImport, Series
from ..queries import bank_files, books
from ..queries.matching import proposer
from ..queries.receipts import money_of_receipt
from ..rules import bank_layouts, booking
from ..rules.bank_files import type_cells
from ..rules.bank_layouts import Layout
from ..rules.matching import normalise
from .dues import UnknownFund
from .paying_others import take_in_sure_ones
from .receipts import RECEIVED_TEXT, may_match_sure_ones, sure_settlements
from .settling import settle_many
from .writing import insert_many, set_many

__all__ = [
    "ColumnsUnknown", "ColumnsWrong", "FileAlreadyDecided", "WrongMonth", "accept_receipts",
    "discard_receipts", "import_receipts", "map_receipts", "upload_receipts",
]  # fmt: skip

CHUNK = 2_000
SHOWN_MAX = 1_000


class FileAlreadyDecided(Refusal):
    """The file was accepted or put away before."""

    text = _("This file is %(state)s already.")


class ColumnsUnknown(Refusal):
    """Nobody said yet what the columns of the file are."""

    text = _("It is not known yet which column of this file is what.")
    remedy = _("Open the file and say where the date, the amount and the payer are.")


class ColumnsWrong(InvalidInput):
    """With these columns no payment can be read."""

    text = _("With these columns not a single row can be read: %(reason)s")
    remedy = _("Choose other columns for the date, the amount paid in and the payer.")


class WrongMonth(Refusal):
    """The file is of another month than the one that is being closed."""

    text = _("This file goes from %(first)s to %(last)s; nothing in it is of %(month)s.")
    remedy = _("Export the month at the bank and try again.")


@command
def upload_receipts(
    act: Act,
    *,
    filename: str,
    content: bytes,
    fund: str = "general",
    month: Month | None = None,
) -> ReceiptImport:
    """Keep a bank file to be looked at; nothing is entered until it is accepted.

    A file that waits already is looked at again. Where the columns are not recognised it waits for
    `map_receipts`. With `month` a file without any row of that month is refused. Raises WrongMonth,
    and what `ui.files.open_rows` does.
    """
    policies.can_upload_receipts(act).enforce()
    if fund not in {f.code for f in ledger_queries.funds()}:
        raise UnknownFund(fund=fund)
    filename = clean_text(filename[-120:], 120, _("File"))
    digest = hashlib.sha256(content).hexdigest()
    rows = bank_files.file_rows(content, filename)
    layout = bank_files.layout_of(rows, fund)
    look = bank_files.look_at(rows, filename, fund, act.today, layout) if layout else None
    if look is not None and month is not None:
        _must_touch(look, month)
    waiting = (ReceiptImport.State.STAGED, ReceiptImport.State.UNMAPPED)
    staged = (
        ReceiptImport.objects.select_for_update()
        .filter(digest=digest, fund=fund, state__in=waiting)
        .first()
    )
    # ---
    if staged is None:
        staged = ReceiptImport.objects.create(
            filename=filename,
            digest=digest,
            fund=fund,
            uploaded_at=act.at,
            uploaded_by_id=act.actor_id,
        )
    if look is None:
        staged.state = ReceiptImport.State.UNMAPPED
        staged.grid = [[number, list(cells)] for number, cells in rows]
        staged.save(update_fields=["state", "grid"])
    else:
        _stage(staged, look)
    counts = (len(look.new), look.same, len(look.errors)) if look else (0, 0, 0)
    record(act, ReceiptsUploaded(staged.pk, *counts))
    return staged


@command
def map_receipts(
    act: Act,
    *,
    import_id: int,
    columns: tuple[tuple[str, int], ...],
    head_row: int | None = None,
    signed: bool = False,
) -> ReceiptImport:
    """Say which column of a file is what; remembered for the next file that looks like it.

    `columns`: (date | time | amount | paid_out | balance | payer | memo | kind | account, column
    from 0) …; `head_row`: the row's number in the file, None: there is none; `signed`: one column
    of amounts in which what went out is negative. Raises FileAlreadyDecided, ColumnsWrong.
    """
    staged: ReceiptImport = ReceiptImport.objects.hold(import_id)
    policies.can_map_receipts(act, staged).enforce()
    if staged.state != ReceiptImport.State.UNMAPPED:
        raise FileAlreadyDecided(state=staged.get_state_display())
    rows: list[type_cells] = [(number, tuple(cells)) for number, cells in staged.grid]
    place = next((i for i, (number, _cells) in enumerate(rows) if number == head_row), -1)
    known = {name: at for name, at in columns if name in bank_layouts.FIELDS and at >= 0}
    layout = Layout(place, known, signed)
    if not layout.is_whole:
        raise ColumnsWrong(reason=_("the date, the amount and the payer are needed"))
    look = bank_files.look_at(rows, staged.filename, staged.fund, act.today, layout)
    if not look.new and not look.same:
        first = look.errors[0].reason if look.errors else _("there is no money that came in")
        raise ColumnsWrong(reason=first)
    # ---
    if place >= 0:
        BankLayout.objects.update_or_create(
            fund=staged.fund,
            signature=bank_layouts.signature(rows[place][1]),
            defaults={"columns": known, "signed": signed, "noted_at": act.at},
        )
    _stage(staged, look)
    record(act, ReceiptsMapped(staged.pk, len(look.new), look.same))
    return staged


@command
def accept_receipts(
    act: Act,
    *,
    import_id: int,
    rows: tuple[int, ...] | None = None,
    match_sure: bool = False,
    most: int | None = None,
    progress: Progress = silent,
) -> ReceiptImport:
    """Enter the rows of a bank file (all new ones, or those chosen by their row in the file).

    Rows entered before are passed over. With `match_sure` the sure proposals are matched too.
    `most`: enter so many, then stop; called again it goes on, and ends as if it had never stopped.
    Raises FileAlreadyDecided, ColumnsUnknown, SureOnesNeedAPerson.
    """
    staged: ReceiptImport = ReceiptImport.objects.hold(import_id)
    policies.can_accept_receipts(act, staged).enforce()
    if staged.state == ReceiptImport.State.UNMAPPED:
        raise ColumnsUnknown
    if staged.state != ReceiptImport.State.STAGED:
        raise FileAlreadyDecided(state=staged.get_state_display())
    if match_sure:
        may_match_sure_ones(act)
    # ---
    Series.objects.get_or_create(name="receipts")
    Series.objects.select_for_update().get(name="receipts")  # one file at a time
    lines = BankLine.objects.filter(batch=staged).order_by("row")
    if rows is not None:
        lines.exclude(row__in=rows).delete()
    left = lines.count()
    total = left if most is None else min(most, left)
    propose = proposer(total, act.today) if match_sure else None
    done = entered = entered_won = matched = matched_won = same = 0
    while done < total:
        part = list(lines[: min(CHUNK, total - done)])
        known = bank_files.known_keys([line.key for line in part])
        receipts = _receipts(act, staged, [line for line in part if line.key not in known])
        if propose and receipts:
            proposals = propose([money_of_receipt(r) for r in receipts])
            settled = sure_settlements(receipts, proposals)
            matched, matched_won = matched + len(settled), matched_won + settle_many(act, settled)
            others, others_won = take_in_sure_ones(act, receipts, proposals)
            matched, matched_won = matched + others, matched_won + others_won
        lines.filter(row__lte=part[-1].row).delete()
        done, same = done + len(part), same + len(known)
        entered += len(receipts)
        entered_won += sum(r.amount_won for r in receipts)
        progress(done, total, staged.filename)
    staged.entered_count += entered
    staged.same_count += same
    staged.matched_count += matched
    if done == left:
        staged.state = ReceiptImport.State.ACCEPTED
        staged.new_count = staged.entered_count
        own = Receipt.objects.filter(batch=staged).aggregate(won=Sum("amount_won"))
        staged.new_won = own["won"] or 0
    staged.save()
    record(act, ReceiptsImported(staged.pk, entered, entered_won, same, matched, matched_won))
    return staged


@command
def discard_receipts(act: Act, *, import_id: int) -> ReceiptImport:
    """Put a bank file away; its rows are forgotten. Raises FileAlreadyDecided."""
    staged: ReceiptImport = ReceiptImport.objects.hold(import_id)
    policies.can_discard_receipts(act, staged).enforce()
    if staged.state not in (ReceiptImport.State.STAGED, ReceiptImport.State.UNMAPPED):
        raise FileAlreadyDecided(state=staged.get_state_display())
    # ---
    BankLine.objects.filter(batch=staged).delete()
    staged.state, staged.grid = ReceiptImport.State.DISCARDED, []
    staged.save(update_fields=["state", "grid"])
    record(act, ReceiptsDiscarded(staged.pk))
    return staged


@command
def import_receipts(
    act: Act, *, filename: str, content: bytes, fund: str = "general", match_sure: bool = False
) -> ReceiptImport:
    """Look at a bank file and accept it at once: what scripts do.

    Raises what upload_receipts and accept_receipts do.
    """
    policies.can_import_receipts(act).enforce()
    # ---
    staged = upload_receipts(act, filename=filename, content=content, fund=fund)
    return accept_receipts(act, import_id=staged.pk, match_sure=match_sure)


def _must_touch(look: bank_files.Look, month: Month) -> None:
    first, last = look.from_date, look.last_date
    if first and last and (last < month.first_date or first >= month.end_date):
        raise WrongMonth(first=first.isoformat(), last=last.isoformat(), month=str(month))


def _stage(staged: ReceiptImport, look: bank_files.Look) -> None:
    """Keep what a look found; the rows wait to be entered."""
    BankLine.objects.filter(batch=staged).delete()
    insert_many(
        BankLine,
        ("batch_id", "row", "receipt_date", "amount_won", "payer", "memo", "account", "key"),
        (
            (
                staged.pk,
                row.row,
                row.receipt_date,
                row.amount_won,
                row.payer,
                row.memo,
                row.account,
                row.key,
            )
            for row in look.new
        ),
    )
    staged.state, staged.grid = ReceiptImport.State.STAGED, []
    staged.new_count, staged.new_won = len(look.new), look.sum_won
    own = Receipt.objects.filter(
        batch=staged
    ).count()  # entered by this very file before it stopped
    staged.same_count = max(look.same - own, 0)
    staged.passed_over, staged.cancelled_count = look.passed_over, look.cancelled
    staged.from_date, staged.last_date = look.from_date, look.last_date
    staged.rejected = [
        {"row": e.row, "cell": e.cell, "reason": e.reason} for e in look.errors[:SHOWN_MAX]
    ]
    staged.asides = [
        {"row": e.row, "cell": e.cell, "reason": e.reason} for e in look.asides[:SHOWN_MAX]
    ]
    staged.gaps = [
        {"row": g.row, "expected_won": g.expected_won, "found_won": g.found_won} for g in look.gaps
    ]
    staged.gap_count = look.gap_count
    staged.save()


def _receipts(act: Act, staged: ReceiptImport, lines: Sequence[BankLine]) -> list[Receipt]:
    """Make the receipts with an entry each, set by set."""
    if not lines:
        return []
    receipts = Receipt.objects.bulk_create(
        Receipt(
            receipt_date=line.receipt_date,
            amount_won=line.amount_won,
            payer_text=line.payer,
            payer_key=normalise(line.payer),
            memo=line.memo,
            virtual_account=line.account,
            fund=staged.fund,
            import_key=line.key,
            batch=staged,
        )
        for line in lines
    )
    enter_many(act, receipts, Source("memberships.ReceiptImport", staged.pk))
    return receipts


def enter_many(act: Act, receipts: Sequence[Receipt], source: Source, account: str = "") -> None:
    """Post an entry for each of these receipts; `account`: where the money is, if not in the bank."""
    chart, days = books.chart(), books.BookableDays(act.today)
    posted = ledger.post_entries(
        act,
        text=books.entry_text(RECEIVED_TEXT),
        source=source,
        batch=tuple(
            EntryDraft(
                days[r.receipt_date],
                booking.receiving(chart, r.fund, r.amount_won, account),
                "",
                Source("memberships.Receipt", r.pk),
            )
            for r in receipts
        ),
    )
    entries = ledger_queries.entry_ids(posted.first_number, posted.last_number)
    for receipt, entry_id in zip(receipts, entries, strict=True):
        receipt.entry_id = entry_id
    set_many(Receipt, "entry_id", ((r.pk, r.entry_id) for r in receipts if r.entry_id))
