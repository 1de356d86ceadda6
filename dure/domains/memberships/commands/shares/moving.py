"""Shares that change hands: with the consent of the body that the law names, or to an heir."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _, gettext_noop

from dure.domains.bylaws.rules import Finding, Rulebook, enforce, keep
from dure.domains.ledger import commands as ledger
from dure.domains.ledger.rules import Source
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.refusals import InvalidInput, Refusal

from ... import policies
from ...events import SharesInherited, SharesTransferred
from ...models import Membership, Series, ShareMovement
from ...queries import books, shares as held
from ...rules import booking
from ..admission import DateInFuture
from ..decisions import DecisionUnnamed
from ..joining import Joining, fit_to_join, join_by_shares
from ..members import AlreadyLeft
from .holding import (
    SharesNotHeld,
    class_on,
    enforce_cap,
    holds_shares,
    least_findings,
    lock_shares,
    renew_certificate,
    rules_of_shares,
)

__all__ = [
    "HeirUnnamed", "NobodyDied", "ReceiverUnnamed", "SameHolder", "inherit_shares",
    "transfer_shares",
]  # fmt: skip

_TRANSFER_TEXT = gettext_noop("Shares transferred")
_SUCCESSION_TEXT = gettext_noop("Shares inherited")


class SameHolder(InvalidInput):
    """Shares change hands between two."""

    text = _("Choose another member: shares cannot be transferred to whoever holds them.")


class HeirUnnamed(InvalidInput):
    """A member who died has heirs."""

    text = _("Member no. %(number)s died: say which heir is meant.")
    remedy = _("Add the heir to the directory, then choose the heir here.")


class ReceiverUnnamed(InvalidInput):
    """Shares go to a member, or to someone being admitted."""

    text = _("Say who gets the shares: a member, or an approved applicant.")


class NobodyDied(Refusal):
    """Only the shares of a member who died are inherited."""

    text = _("Member no. %(number)s did not leave by death; shares are transferred or paid back.")


@command
def transfer_shares(
    act: Act,
    *,
    membership_id: int,
    shares: int,
    decided_by: str,
    body: str = "general_meeting",
    members_total: int | None = None,
    members_present: int | None = None,
    votes_for: int | None = None,
    to_membership_id: int | None = None,
    to_application_id: int | None = None,
    moved_date: date | None = None,
) -> ShareMovement:
    """Shares go from one member to another, or to an approved applicant, a member from then on.

    The body that consents is a provision (for cooperatives the general meeting, 제24조제3항), its
    minutes are `decided_by`. Least shares are kept by the giver, the cap by the receiver. Raises
    RuleNotMet, DecisionUnnamed, SharesNotHeld, SameHolder, ReceiverUnnamed, AlreadyLeft,
    ClassHoldsNoShares, DateInFuture, and what `complete_admission` raises.
    """
    series = lock_shares()
    giver: Membership = Membership.objects.hold(membership_id)
    policies.can_transfer_shares(act, giver).enforce()
    day = moved_date or act.today
    book = rules_of_shares(day)
    decided_by = clean_text(decided_by, 200, _("Decided by"))
    if not decided_by:
        raise DecisionUnnamed
    if day > act.today:
        raise DateInFuture(date=day.isoformat())
    if giver.left_date is not None:
        raise AlreadyLeft(number=giver.number, date=giver.left_date.isoformat())
    now = held.holding(giver.pk)
    if not 0 < shares <= now.shares:
        raise SharesNotHeld(number=giver.number, held=now.shares, asked=shares)
    won = shares * book.number("shares.unit_won")
    consent = _consent(book, body, members_total, members_present, votes_for)
    least = least_findings(book, class_on(giver, day), now.shares - shares, now.won - won)
    enforce((*consent, *least))
    receiver, cap = _receiver(act, book, giver, to_membership_id, to_application_id, won, day)
    # ---
    findings = (*consent, *least, *cap)
    made = _move(
        act, series, giver, receiver, shares, won, day,
        ShareMovement.Kind.TRANSFER, decided_by, findings,
    )  # fmt: skip
    record(
        act,
        SharesTransferred(
            giver.pk,
            giver.party_id,
            giver.number,
            made.membership_id,
            shares,
            won,
            day,
            decided_by,
            made.entry_id,
        ),
    )
    return made


@command
def inherit_shares(
    act: Act,
    *,
    membership_id: int,
    decided_by: str,
    to_membership_id: int | None = None,
    to_application_id: int | None = None,
    moved_date: date | None = None,
) -> ShareMovement:
    """All shares of a member who died go to an heir who is a member, or an approved applicant.

    An heir who does not become a member asks for the refund instead (ask_share_refund with
    `heir_id`). Raises NobodyDied, SharesNotHeld, ReceiverUnnamed, RuleNotMet (cap), DecisionUnnamed.
    """
    series = lock_shares()
    giver: Membership = Membership.objects.hold(membership_id)
    policies.can_inherit_shares(act, giver).enforce()
    day = moved_date or act.today
    book = rules_of_shares(day)
    decided_by = clean_text(decided_by, 200, _("Decided by"))
    if not decided_by:
        raise DecisionUnnamed
    if giver.left_reason != "died" or giver.left_date is None or giver.left_date > day:
        raise NobodyDied(number=giver.number)
    if day > act.today:
        raise DateInFuture(date=day.isoformat())
    now = held.holding(giver.pk)
    if now.won <= 0 or giver.claims.exists():
        raise SharesNotHeld(number=giver.number, held=0, asked=now.shares)
    receiver, cap = _receiver(act, book, giver, to_membership_id, to_application_id, now.won, day)
    # ---
    made = _move(
        act, series, giver, receiver, now.shares, now.won, day,
        ShareMovement.Kind.SUCCESSION, decided_by, cap,
    )  # fmt: skip
    record(
        act,
        SharesInherited(
            giver.pk,
            giver.party_id,
            giver.number,
            made.membership_id,
            now.shares,
            now.won,
            day,
            decided_by,
            made.entry_id,
        ),
    )
    return made


def _consent(
    book: Rulebook, body: str, total: int | None, present: int | None, votes: int | None
) -> tuple[Finding, ...]:
    """Whether the right body consented, with enough votes where it is the general meeting."""
    asked = book.yes("shares.transfer_needs_meeting")
    found = book.check_all(("shares.transfer_needs_meeting", body == "general_meeting"))
    found = found if asked else ()
    if body != "general_meeting":
        return found
    return (
        *found,
        *book.check_all(
            ("meetings.quorum_ratio", present or 0, max(total or 0, 1)),
            ("meetings.ordinary_ratio", votes or 0, max(present or 0, 1)),
        ),
    )


def _receiver(
    act: Act,
    book: Rulebook,
    giver: Membership,
    to_membership_id: int | None,
    to_application_id: int | None,
    won: int,
    day: date,
) -> tuple[Membership | Joining, tuple[Finding, ...]]:
    """Who gets the shares, and the cap on what they hold then."""
    receiver: Membership | Joining
    if to_membership_id is not None:
        member: Membership = Membership.objects.hold(to_membership_id)
        if member.left_date is not None:
            raise AlreadyLeft(number=member.number, date=member.left_date.isoformat())
        holds_shares(class_on(member, day))
        receiver, before = member, held.holding(member.pk)
    elif to_application_id is not None:
        joining = fit_to_join(act, to_application_id, won, day)
        holds_shares(joining.member_class)
        receiver, before = joining, held.Held(0, 0)
    else:
        raise ReceiverUnnamed
    if receiver.party_id == giver.party_id:
        raise SameHolder
    total = held.held_in_all()
    holders = total.others(before) + 1 - (held.holding(giver.pk).won <= won)
    return receiver, enforce_cap(book, before.won + won, total.won, holders)


def _move(
    act: Act,
    series: Series,
    giver: Membership,
    receiver: Membership | Joining,
    shares: int,
    won: int,
    day: date,
    kind: str,
    decided_by: str,
    findings: tuple[Finding, ...],
) -> ShareMovement:
    """Book it fund by fund, and write both movements; answers with the receiver's (last) one."""
    member = receiver if isinstance(receiver, Membership) else join_by_shares(act, receiver)
    text = _SUCCESSION_TEXT if kind == ShareMovement.Kind.SUCCESSION else _TRANSFER_TEXT
    left_shares, left_won = shares, won
    made: ShareMovement | None = None
    for fund, in_fund, won_in_fund in held.by_fund(giver.pk):
        part_won = min(left_won, won_in_fund)
        if not part_won:
            break
        part = left_shares if part_won == left_won else min(left_shares, in_fund)
        left_shares, left_won = left_shares - part, left_won - part_won
        entry = ledger.post_entry(
            act,
            date=day,
            text=books.entry_text(text),
            sides=booking.share_transfer(
                books.chart(), fund, giver.party_id, member.party_id, part_won
            ),
            source=Source("memberships.Membership", giver.pk),
        )
        common = {
            "kind": kind, "moved_date": day, "fund": fund, "decided_by": decided_by,
            "findings": keep(findings), "entry": entry,
        }  # fmt: skip
        ShareMovement.objects.create(membership=giver, shares=-part, amount_won=-part_won, **common)
        made = ShareMovement.objects.create(
            membership=member, shares=part, amount_won=part_won, **common
        )
    assert made is not None and left_won == 0
    for one in (giver, member):
        renew_certificate(series, one, day)
    return made
