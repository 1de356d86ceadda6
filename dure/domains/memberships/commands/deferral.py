"""Dues for several months, spread over them: kept out of income until their months come."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _, gettext_noop

from dure.domains.ledger import commands as ledger
from dure.domains.ledger.rules import EntryDraft, Source
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.dates import Month
from dure.kernel.deeds import command, record
from dure.kernel.refusals import Refusal

from .. import policies
from ..events import DeferralTakenBack, DuesDeferred
from ..models import DuesPlan
from ..queries import books, deferral as deferrals
from ..rules import booking
from .undoing import UnmatchUnreasoned

__all__ = ["NotDeferred", "NothingToDefer", "defer_dues", "take_back_deferral"]

_DEFERRED_TEXT = gettext_noop("%(month)s: dues of later months")


class NothingToDefer(Refusal):
    """The books say already which dues belong to later months, or no rule asks for it."""

    text = _("No dues are left to be spread at the end of %(month)s.")
    remedy = _("Whether dues are spread over their months is a rule: dues.defer_to_months.")


class NotDeferred(Refusal):
    """No entry of the month stands that could be taken back."""

    text = _("Dues were not spread at the end of %(month)s, or it was taken back before.")


@command
def defer_dues(act: Act, *, month: Month) -> int:
    """Book at a month's end which dues belong to later months; how many funds were booked.

    Dr dues income, Cr dues deferred by what is to be kept more, the other way round by what becomes
    income; dated the month's last day, an entry for each fund. It is worked out from what stands, so
    that twice is once. Raises MonthNotOver, NothingToDefer, and what the ledger refuses.
    """
    policies.can_defer_dues(act).enforce()
    if act.today <= month.last_date:
        raise ledger.MonthNotOver(month=str(month))
    list(DuesPlan.objects.select_for_update().order_by("pk"))  # as billing does: one at a time
    found = deferrals.dues_deferral(act, month)
    if found is None or not found.left:
        raise NothingToDefer(month=str(month))
    # ---
    chart, held = books.chart(), books.account(deferrals.ACCOUNT)
    source = _source(month)
    text = books.entry_text(_DEFERRED_TEXT, month=str(month))
    ledger.post_entries(
        act,
        text=text,
        source=source,
        batch=tuple(
            EntryDraft(month.last_date, booking.deferring(chart, held, one.fund, one.won))
            for one in found.left
        ),
    )
    record(act, DuesDeferred(str(month), len(found.left), found.kept_won, found.released_won))
    return len(found.left)


@command
def take_back_deferral(act: Act, *, month: Month, reason: str) -> int:
    """Reverse what was spread at a month's end, while the month is open; how many entries.

    Raises NotDeferred, UnmatchUnreasoned, and what the ledger refuses.
    """
    policies.can_take_back_deferral(act).enforce()
    reason = clean_text(reason, 200, _("Reason"))
    if not reason:
        raise UnmatchUnreasoned
    found = deferrals.dues_deferral(act, month)
    if found is None or not found.entries:
        raise NotDeferred(month=str(month))
    # ---
    for entry_id in found.entries:
        ledger.reverse_entry(
            act, entry_id=entry_id, date=month.last_date, reason=reason, source=_source(month)
        )
    record(act, DeferralTakenBack(str(month), len(found.entries), reason))
    return len(found.entries)


def _source(month: Month) -> Source:
    return Source(deferrals.SOURCE, month.year * 100 + month.month)
