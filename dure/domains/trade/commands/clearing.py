"""Rounds of clearing: opened over what is due, agreed to, reckoned anew, settled in one go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from dure.domains.parties import queries as parties
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies
from ..events import (
    ClearingAgreed,
    ClearingGivenUp,
    ClearingOpened,
    ClearingPartyExcluded,
    ClearingSettled,
    ClearingWithdrawn,
)
from ..models import ClearingParty, ClearingRound
from ..queries.invoices import OpenInvoice, open_invoices
from .settling import set_off
from .steps import why

if TYPE_CHECKING:
    from ..rules.clearing import Cleared

# The rules of clearing are loaded when a round is reckoned: they bring a solver along.

__all__ = [
    "ClearingClosed", "ClearingPaperUnnamed", "ClearingPartyOut", "ClearingRoundOpen",
    "CutOffAhead", "NothingToClear", "agree_to_clearing", "exclude_from_clearing",
    "give_up_clearing", "open_clearing", "settle_clearing", "withdraw_from_clearing",
]  # fmt: skip

State, Answer = ClearingRound.State, ClearingParty.State
MAY_TAKE_PART = (Answer.ASKED, Answer.AGREED)


class CutOffAhead(InvalidInput):
    """Only what is due can be set off."""

    text = _("The cut-off date lies ahead: only what is due by now can be set off.")


class ClearingRoundOpen(Refusal):
    """One round at a time: two would reckon with the same invoices."""

    text = _("A round of clearing is open already.")
    remedy = _("Settle it or give it up first.")


class NothingToClear(Refusal):
    """No ring of debts that could be set off."""

    text = _("There is nothing to set off: no confirmed, due invoices form a ring.")


class ClearingClosed(Refusal):
    """The round is settled or given up."""

    text = _("The round of clearing is %(state)s.")


class ClearingPartyOut(Refusal):
    """Who was excluded does not come back into the same round."""

    text = _("This member was excluded from the round: %(reason)s")


class ClearingPaperUnnamed(InvalidInput):
    """The office answers for a member only by a paper."""

    text = _("Name the paper by which the member agreed.")


@command
def open_clearing(act: Act, *, cut_off_date: date | None = None) -> ClearingRound:
    """Reckon what members could set off of what is due, and ask each of them.

    Raises CutOffAhead, ClearingRoundOpen, NothingToClear.
    """
    policies.can_open_clearing(act).enforce()
    day = cut_off_date or act.today
    if day > act.today:
        raise CutOffAhead
    if ClearingRound.objects.select_for_update().filter(state=State.OPEN).exists():
        raise ClearingRoundOpen
    invoices = open_invoices(day)
    found = _cleared(invoices)
    if found is None or not found.cleared:
        raise NothingToClear
    # ---
    made = ClearingRound.objects.create(
        cut_off_date=day, opened_at=act.at, reckoned_at=act.at, owed_won=found.total_debt,
        most_won=found.cleared, ceiling_won=found.ceiling,
    )  # fmt: skip
    asked = sorted({side for one in invoices for side in (one.debtor_id, one.creditor_id)})
    ClearingParty.objects.bulk_create(
        (ClearingParty(round=made, party_id=one) for one in asked), batch_size=500
    )
    reckon(act, made)
    record(act, ClearingOpened(made.pk, day, len(asked), made.most_won))
    return made


@command
def agree_to_clearing(
    act: Act, *, round_id: int, party_id: int, on_paper: str = ""
) -> ClearingParty:
    """Take part, for a member; `on_paper`: by what it agreed when the office types it in.

    Raises ClearingClosed, ClearingPartyOut, ClearingPaperUnnamed.
    """
    held = _hold(round_id)
    one = _party(held, party_id)
    policies.can_agree_to_clearing(act, party_id).enforce()
    _need_in(held, one)
    on_paper = clean_text(on_paper, 200, _("Paper"))
    if party_id not in act.own and not on_paper:
        raise ClearingPaperUnnamed
    # ---
    one.state, one.answered_at, one.on_paper, one.reason = Answer.AGREED, act.at, on_paper, ""
    one.save(update_fields=["state", "answered_at", "on_paper", "reason"])
    reckon(act, held)
    one.refresh_from_db()
    record(act, ClearingAgreed(held.pk, party_id, one.most_won, on_paper))
    return one


@command
def withdraw_from_clearing(
    act: Act, *, round_id: int, party_id: int, reason: str = ""
) -> ClearingParty:
    """Take no part, or no longer: the round is reckoned without the member.

    Raises ClearingClosed, ClearingPartyOut.
    """
    held = _hold(round_id)
    one = _party(held, party_id)
    policies.can_withdraw_from_clearing(act, party_id).enforce()
    _need_in(held, one)
    reason = clean_text(reason, 300, _("Reason"))
    # ---
    one.state, one.answered_at, one.reason = Answer.WITHDRAWN, act.at, reason
    one.agreed_won = 0
    one.save(update_fields=["state", "answered_at", "reason", "agreed_won"])
    reckon(act, held)
    record(act, ClearingWithdrawn(held.pk, party_id, held.agreed_won))
    return one


@command
def exclude_from_clearing(
    act: Act, *, round_id: int, party_id: int, ground: str, reason: str
) -> ClearingParty:
    """Leave a member out whose claims are seized, or that is insolvent; the round is reckoned anew.

    Raises ClearingClosed, ClearingPartyOut, DealReasonMissing.
    """
    held = _hold(round_id)
    one = _party(held, party_id)
    policies.can_exclude_from_clearing(act).enforce()
    _need_in(held, one)
    if ground not in ClearingParty.Ground:
        raise NotFound
    reason = why(reason)
    # ---
    one.state, one.answered_at, one.ground, one.reason = Answer.EXCLUDED, act.at, ground, reason
    one.agreed_won = 0
    one.save(update_fields=["state", "answered_at", "ground", "reason", "agreed_won"])
    reckon(act, held)
    record(act, ClearingPartyExcluded(held.pk, party_id, ground, reason))
    return one


@command
def settle_clearing(act: Act, *, round_id: int) -> ClearingRound:
    """Set off what those who agreed owe each other, reckoned now, and keep the proof.

    Raises ClearingClosed, NothingToClear.
    """
    from ..rules import clearing as rules

    held = _hold(round_id)
    policies.can_settle_clearing(act).enforce()
    _need_open(held)
    found = reckon(act, held)
    if found is None or not found.cleared:
        raise NothingToClear
    table = rules.set_off_table(found)
    proof = rules.written(rules.certificate_of(found, table)).encode()
    certificate = rules.read_certificate(proof)
    rules.verify(certificate, table.encode(), found.invoices)
    # ---
    parts = {int(one.id): one.set_off for one in rules.read_set_off(table.encode()) if one.set_off}
    deals = set_off(parts, act.today, held.reference)
    held.state, held.settled_date = State.SETTLED, act.today
    held.certificate, held.set_off = proof.decode(), table
    held.save(update_fields=["state", "settled_date", "certificate", "set_off"])
    many = held.parties.filter(agreed_won__gt=0).count()
    record(
        act,
        ClearingSettled(held.pk, many, deals, found.cleared, act.today, certificate.sha256),
    )
    return held


@command
def give_up_clearing(act: Act, *, round_id: int, reason: str) -> ClearingRound:
    """End a round without setting anything off. Raises ClearingClosed, DealReasonMissing."""
    held = _hold(round_id)
    policies.can_give_up_clearing(act).enforce()
    _need_open(held)
    reason = why(reason)
    # ---
    held.state, held.end_reason = State.GIVEN_UP, reason
    held.save(update_fields=["state", "end_reason"])
    record(act, ClearingGivenUp(held.pk, reason))
    return held


# -- reckoning


def reckon(act: Act, held: ClearingRound) -> Cleared | None:
    """The sums of the round as things stand now: of all who may take part, of those who agreed; the
    set-off of the latter."""
    rows = {one.party_id: one for one in held.parties.all()}
    may = {party for party, one in rows.items() if one.state in MAY_TAKE_PART}
    agreed = {party for party, one in rows.items() if one.state == Answer.AGREED}
    invoices = open_invoices(held.cut_off_date)
    owes, owed = (
        _sums((one.debtor_id, one.open_won) for one in invoices),
        _sums((one.creditor_id, one.open_won) for one in invoices),
    )
    most, found = _cleared(_among(invoices, may)), _cleared(_among(invoices, agreed))
    vanishes, agreed_won = _given_up(most), _given_up(found)
    for party, one in rows.items():
        one.owes_won, one.owed_won = owes[party], owed[party]
        one.most_won, one.agreed_won = vanishes[party], agreed_won[party]
    ClearingParty.objects.bulk_update(
        rows.values(), ["owes_won", "owed_won", "most_won", "agreed_won"], batch_size=200
    )
    held.reckoned_at = act.at
    held.owed_won = most.total_debt if most else 0
    held.most_won = most.cleared if most else 0
    held.ceiling_won = most.ceiling if most else 0
    held.agreed_won = found.cleared if found else 0
    held.save(update_fields=["reckoned_at", "owed_won", "most_won", "ceiling_won", "agreed_won"])
    return found


def _among(invoices: Iterable[OpenInvoice], who: set[int]) -> list[OpenInvoice]:
    return [one for one in invoices if one.debtor_id in who and one.creditor_id in who]


def _cleared(invoices: list[OpenInvoice]) -> Cleared | None:
    """The greatest set-off of deals; None without any."""
    from ..rules import clearing as rules

    if not invoices:
        return None
    names = parties.names_of(
        {side for one in invoices for side in (one.debtor_id, one.creditor_id)}
    )
    label = {party: f"{name} #{party}" for party, name in names.items()}
    return rules.clear(
        rules.invoices_of(
            [
                (
                    str(one.id),
                    label[one.debtor_id],
                    label[one.creditor_id],
                    one.open_won,
                    one.due_date,
                )
                for one in invoices
            ]
        )
    )


def _sums(parts: Iterable[tuple[int, int]]) -> Counter[int]:
    found: Counter[int] = Counter()
    for party, won in parts:
        found[party] += won
    return found


def _given_up(found: Cleared | None) -> Counter[int]:
    """What vanishes of what each member owes, which is as much as vanishes of what it is owed."""
    if found is None:
        return Counter()
    labels = (found.invoices.firms[one] for one in found.pairs.debtor.tolist())
    return _sums(
        (int(label.rpartition("#")[2]), won)
        for label, won in zip(labels, found.set_off.tolist(), strict=True)
    )


def _hold(round_id: int) -> ClearingRound:
    found: ClearingRound = ClearingRound.objects.hold(round_id)
    return found


def _party(held: ClearingRound, party_id: int) -> ClearingParty:
    """Raises NotFound."""
    found = held.parties.filter(party=party_id).first()
    if found is None:
        raise NotFound
    return found


def _need_open(held: ClearingRound) -> None:
    """Raises ClearingClosed."""
    if held.state != State.OPEN:
        raise ClearingClosed(state=held.get_state_display())


def _need_in(held: ClearingRound, one: ClearingParty) -> None:
    """Raises ClearingClosed, ClearingPartyOut."""
    _need_open(held)
    if one.state == Answer.EXCLUDED:
        raise ClearingPartyOut(reason=one.reason)
