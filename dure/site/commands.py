"""What the site itself does: it reminds the secretariat of what waits in several rooms."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from dure.domains.ledger import queries as ledger
from dure.domains.memberships import queries as memberships
from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.personal import Personal
from dure.kernel.reads import note_read
from dure.kernel.refusals import InvalidInput, Refusal

from . import limits, policies
from .events import KeysRotated, NetworkExported, StaffReminded


class NothingWaits(Refusal):
    """There is nothing to remind of."""

    text = _("Nothing waits for the secretariat.")


@command
def remind_staff(act: Act) -> StaffReminded:
    """Write to the secretariat what waits, once per key. Raises NothingWaits."""
    policies.can_remind_staff(act).enforce()
    ahead = timedelta(days=limits.term_reminder_days(act.today))
    close = ledger.period_to_close(act.today)
    waiting = StaffReminded(
        applications=memberships.applications_summary(act)[0],
        receipts=memberships.unmatched_summary(act).count,
        terms=len(parties.terms_ending(act.today, act.today + ahead)),
        month_to_close=close.month if close else "",
    )
    if not (waiting.applications or waiting.receipts or waiting.terms or waiting.month_to_close):
        raise NothingWaits
    # ---
    record(act, waiting)
    return waiting


class ReasonNotGiven(InvalidInput):
    """Whoever takes everything along says why."""

    text = _("Say why the network is exported. It stands in the log.")


@command
def export_network(
    act: Act, *, reason: str, form: str = "csv", waits: bool = False, keys: bool = False
) -> None:
    """Note that everything is taken along, and why; all people's data are read by it.

    With `waits` the worker writes it, to be fetched on the page; with `keys` the key of account
    numbers goes along. Raises ReasonNotGiven.
    """
    policies.can_export_network(act).enforce()
    reason = reason.strip()
    if not reason:
        raise ReasonNotGiven
    # ---
    note_read(act, None, "site.export_network", parties.people_count())
    record(act, NetworkExported(form, Personal(reason), waits, keys))


class RotationUnfinished(Refusal):
    """Rows still need the old key, so it stays."""

    text = _("%(count)d rows still need the old key, so it was not removed.")
    remedy = _("Run `dure keys rotate` again.")


@command
def rotate_keys(act: Act, *, rows: int, waiting: int) -> KeysRotated:
    """Note that every row is under the new key, so the old one may go. Raises RotationUnfinished."""
    policies.can_rotate_keys(act).enforce()
    if waiting:
        raise RotationUnfinished(count=waiting)
    # ---
    rotated = KeysRotated(rows)
    record(act, rotated)
    return rotated
