"""What follows from consents: data given to others, and what is done by hand after a withdrawal."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dure.domains.parties import queries as parties
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.personal import Personal
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies, queries
from ..events import DataHandedOver, WithdrawalOpened, WithdrawalSettled
from ..models import HandedOver, Handover, Withdrawal

__all__ = [
    "NobodyAgrees", "NotForOthers", "SettledAlready", "SettlingUnsaid", "hand_over_data",
    "open_withdrawal", "settle_withdrawal",
]  # fmt: skip

CHUNK = 1_000


class NotForOthers(Refusal):
    """Data goes to others only by a consent that names them."""

    text = _("“%(title)s” names nobody to whom data may be given.")
    remedy = _("Publish a consent text that says to whom, which data and for how long.")


class NobodyAgrees(Refusal):
    """Only the data of those who agreed goes out."""

    text = _("Nobody has agreed to “%(title)s” yet.")


class SettlingUnsaid(InvalidInput):
    """What was done is said."""

    text = _("Say what was done.")


class SettledAlready(Refusal):
    """It is done once."""

    text = _("This was done already: %(note)s")


@command
def hand_over_data(act: Act, *, text_id: int, note: str = "") -> Handover:
    """Give the data of everybody who agrees to a text to the recipient it names; whose it is, is kept.

    Raises NotForOthers, NobodyAgrees. Source: 개인정보보호법 제17조제1항, 제2항.
    """
    policies.can_hand_over_data(act).enforce()
    text = parties.consent_text(text_id)
    note = clean_text(note, 200, _("Note"))
    if not text.recipient:
        raise NotForOthers(title=text.title)
    people = list(queries.agreeing(act, text_id).values_list("pk", flat=True))
    if not people:
        raise NobodyAgrees(title=text.title)
    # ---
    given = Handover.objects.create(
        text_id=text_id, handed_at=act.at, handed_by_id=act.actor_id, note=note
    )
    rows = [HandedOver(handover=given, person_id=pk) for pk in people]
    HandedOver.objects.bulk_create(rows, batch_size=CHUNK)
    record(act, DataHandedOver(given.pk, text.recipient, len(people)))
    return given


@command
def open_withdrawal(act: Act, *, person_id: int, text_id: int) -> Withdrawal:
    """Note that somebody has to do something because a consent was withdrawn."""
    policies.can_open_withdrawal(act, person_id).enforce()
    text = parties.consent_text(text_id)
    # ---
    opened = Withdrawal.objects.create(person_id=person_id, text_id=text_id, opened_at=act.at)
    record(act, WithdrawalOpened(person_id, opened.pk, text.title))
    return opened


@command
def settle_withdrawal(act: Act, *, withdrawal_id: int, note: str) -> Withdrawal:
    """Note what was done because a consent was withdrawn. Raises SettlingUnsaid, SettledAlready."""
    found = Withdrawal.objects.select_for_update().filter(pk=withdrawal_id).first()
    if found is None:
        raise NotFound
    policies.can_settle_withdrawal(act).enforce()
    note = clean_text(note, 300, _("Note"))
    if not note:
        raise SettlingUnsaid
    if found.settled_at is not None:
        raise SettledAlready(note=found.note)
    # ---
    found.settled_at, found.settled_by_id, found.note = act.at, act.actor_id, note
    found.save(update_fields=["settled_at", "settled_by_id", "note"])
    record(act, WithdrawalSettled(found.person_id, found.pk, Personal(note, found.person_id)))
    return found
