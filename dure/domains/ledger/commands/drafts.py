"""Drafts: entries that wait for a second person."""

from __future__ import annotations

from datetime import date as Date

from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.personal import Personal
from dure.kernel.refusals import NotFound, Refusal

from .. import policies
from ..events import DraftWithdrawn, EntryApproved, EntryDrafted
from ..models import Entry
from ..queries.guards import ask_guards
from ..rules import Side
from . import checking, writing
from .posting import ReasonMissing, moved, sides_of, write


class NotADraft(Refusal):
    """The entry is posted or withdrawn already."""

    text = _("This entry is no draft any more.")


@command
def draft_entry(
    act: Act, *, date: Date, text: str, sides: tuple[Side, ...], note: str = ""
) -> Entry:
    """Write an entry that counts only once another person has approved it. Raises as post_entry."""
    checking.check_day(date)
    chart = checking.stand(act, date).chart
    policies.can_draft_entry(act).enforce()
    text = checking.clean_text(text)
    sides = checking.by_code(chart, sides)
    checking.check_sides(chart, sides)
    checking.check_parties(sides)
    # ---
    entry = write(act, chart, date, text, sides, None, note, posted=False)
    record(act, EntryDrafted(entry.pk, moved(sides)))
    return entry


@command
def approve_entry(act: Act, *, entry_id: int) -> Entry:
    """Post a draft of somebody else. Raises NotADraft, PeriodNotOpen, FundBelowFloor."""
    entry = Entry.objects.filter(pk=entry_id).first()
    if entry is None:
        raise NotFound
    policies.can_approve_entry(act, entry).enforce()
    _refuse_unless_draft(entry)
    chart = checking.stand(act, entry.booked_date).chart
    _refuse_unless_draft(_locked(entry_id))
    sides = sides_of(chart, entry_id)
    checking.check_sides(chart, sides)
    ask_guards(chart, sides, entry.booked_date, None)
    # ---
    number = writing.post_written(act, entry_id)
    if chart.provisions:
        checking.check_floors(chart, sides, entry.booked_date)
    record(act, EntryApproved(entry_id, number, moved(sides), entry.written_by_id))
    entry.refresh_from_db()
    return entry


@command
def withdraw_draft(act: Act, *, entry_id: int, reason: str) -> Entry:
    """Take a draft back; it stays readable and never counts. Raises NotADraft, ReasonMissing."""
    entry = _locked(entry_id)
    policies.can_withdraw_draft(act, entry).enforce()
    _refuse_unless_draft(entry)
    reason = reason.strip()
    if not reason:
        raise ReasonMissing
    # ---
    entry.withdrawn_at = act.at
    entry.save(update_fields=["withdrawn_at"])
    record(act, DraftWithdrawn(entry_id, Personal(reason)))
    return entry


def _locked(entry_id: int) -> Entry:
    entry = Entry.objects.select_for_update().filter(pk=entry_id).first()
    if entry is None:
        raise NotFound
    return entry


def _refuse_unless_draft(entry: Entry) -> None:
    if entry.posted_at is not None or entry.withdrawn_at is not None:
        raise NotADraft
