"""Paying shares back: resolved by the general meeting, computed by the rule of the legal form,
withheld while the leaver owes, and paid out."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _, gettext_noop

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import Finding, enforce, keep, kept
from dure.domains.ledger import commands as ledger
from dure.domains.ledger.rules import Source
from dure.domains.parties import queries as parties
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.money import format_won, split
from dure.kernel.refusals import Refusal

from ... import policies
from ...events import ShareRefundApproved, ShareRefundPaid
from ...models import Receipt, ShareClaim, ShareMovement, SharePayout
from ...queries import books, shares as held
from ...rules import booking
from ...rules.shares import Refund
from ..admission import DateInFuture
from ..decisions import DecisionUnnamed
from .claiming import SharesNotYetDue
from .holding import lock_shares, renew_certificate
from .paying import ShareAmountWrong

__all__ = [
    "DebtsRemain", "RefundsTooManyShares", "SetOffNotAllowed", "SetOffNotDue", "ShareClaimNotWaiting",
    "ShareClaimPaid", "approve_share_refund", "pay_share_refund",
]  # fmt: skip

_DUE_TEXT = gettext_noop("Shares to be paid back")
_REFUNDED_TEXT = gettext_noop("Shares paid back")
_SET_OFF_TEXT = gettext_noop("Shares set off against what was owed")


class ShareClaimNotWaiting(Refusal):
    """The claim was decided before, or lapsed."""

    text = _("This claim is %(state)s already; it cannot be decided again.")


class ShareClaimPaid(Refusal):
    """There is nothing left to pay."""

    text = _("Nothing is to be paid on this claim: it is %(state)s.")


class RefundsTooManyShares(Refusal):
    """More than was resolved cannot be paid back."""

    text = _("%(open)s of this claim are still to be paid; %(amount)s cannot be paid back.")


class DebtsRemain(Refusal):
    """The refund is withheld while the leaver owes."""

    text = _(
        "Former member no. %(number)s still owes %(debts)s; until that is paid the refund may be withheld (%(article)s)."
    )
    remedy = _("Let the debts be paid first, or set them off where the rules allow it.")


class SetOffNotAllowed(Refusal):
    """Debts are kept back from a refund only where the rules say so."""

    text = _("The rules do not let debts be kept back from shares (%(article)s).")
    remedy = _("Lay the rule “refund.set_off” down with its article, if your bylaws allow it.")


class SetOffNotDue(Refusal):
    """Debts are set off when both are due (민법 제492조제1항)."""

    text = _("%(due)s of what is owed are due; %(won)s cannot be set off (민법 제492조제1항).")
    remedy = _(
        "Call a loan due as its contract says, or let the former member pay it off; then set it off."
    )


@command
def approve_share_refund(
    act: Act,
    *,
    claim_id: int,
    decided_by: str,
    decided_date: date,
    members_total: int | None = None,
    members_present: int | None = None,
    votes_for: int | None = None,
    resolved: tuple[Finding, ...] = (),
) -> ShareClaim:
    """The general meeting resolved to pay back (제29조제1항제8호의2): the shares become a debt.

    `decided_by`: the item of its minutes. Dr share capital by party, Cr share refunds due by party;
    the leaver's part of a loss stays in the house. `resolved`: what a resolution found of quorum and
    majority. Raises ShareClaimNotWaiting, SharesNotYetDue,
    RuleNotMet (attendance, votes), DecisionUnnamed, DateInFuture.
    """
    series = lock_shares()
    claim: ShareClaim = ShareClaim.objects.hold(claim_id)
    policies.can_approve_share_refund(act, claim).enforce()
    decided_by = clean_text(decided_by, 200, _("Decided by"))
    if not decided_by:
        raise DecisionUnnamed
    if decided_date > act.today:
        raise DateInFuture(date=decided_date.isoformat())
    if claim.state != ShareClaim.State.ASKED:
        raise ShareClaimNotWaiting(state=claim.get_state_display())
    membership = claim.membership
    book = bylaws.rules_on(decided_date)
    if decided_date < claim.claimable_date:
        raise SharesNotYetDue(
            **{
                "number": membership.number,
                "left": str(membership.left_date or claim.asked_date),
                "from": claim.claimable_date.isoformat(),
                "article": held.article(book, "refund.from_next_fiscal_year"),
            }
        )
    votes = book.check_all(("refund.special_resolution", True))
    if resolved and act.holds("resolution"):  # found where it was counted, not counted again
        votes += resolved
    else:
        present, total = members_present or 0, members_total or 0
        votes += book.check_all(
            ("meetings.quorum_ratio", present, max(total, 1)),
            ("meetings.special_ratio", votes_for or 0, max(present, 1)),
        )
    enforce(votes)
    refund = held.refund_of(claim, book)
    rules = book.check_all(
        ("refund.basis", held.choice(book, "refund.basis", "paid_in")),
        ("losses.claim", book.yes("losses.claim")),
        ("losses.shared_when", held.choice(book, "losses.shared_when", "insolvent")),
        ("refund.above_paid_in", book.yes("refund.above_paid_in")),
    )
    # ---
    day = books.bookable(decided_date, act.today)
    findings = keep((*kept(claim.findings), *votes, *rules))
    parts = held.taken_by_fund(membership.pk, claim.shares, claim.paid_in_won)
    weights = tuple(won for _fund, _shares, won in parts)
    losses, surpluses = split(refund.loss_won, weights), split(refund.surplus_won, weights)
    for (fund, shares, won), loss, surplus in zip(parts, losses, surpluses, strict=True):
        claim.entry = ledger.post_entry(
            act,
            date=day,
            text=books.entry_text(_DUE_TEXT),
            sides=booking.share_refund_due(
                books.chart(), fund, membership.party_id, Refund(won, loss, surplus)
            ),
            source=Source("memberships.ShareClaim", claim.pk),
        )
        ShareMovement.objects.create(
            membership=membership,
            kind=ShareMovement.Kind.REFUND,
            moved_date=day,
            shares=-shares,
            amount_won=-won,
            fund=fund,
            decided_by=decided_by,
            claim=claim,
            findings=findings,
            entry=claim.entry,
        )
    claim.state = ShareClaim.State.APPROVED if refund.won else ShareClaim.State.PAID
    claim.decided_date, claim.decided_by = decided_date, decided_by
    claim.members_total, claim.members_present = members_total, members_present
    claim.votes_for = votes_for
    claim.loss_won, claim.surplus_won = refund.loss_won, refund.surplus_won
    claim.amount_won = refund.won
    claim.findings = findings
    claim.save()
    renew_certificate(series, membership, day)
    record(
        act,
        ShareRefundApproved(
            claim.pk,
            membership.pk,
            membership.party_id,
            membership.number,
            claim.paid_in_won,
            claim.loss_won,
            claim.amount_won,
            decided_by,
        ),
    )
    return claim


@command
def pay_share_refund(
    act: Act,
    *,
    claim_id: int,
    amount_won: int | None = None,
    paid_date: date | None = None,
    set_off_won: int = 0,
) -> ShareClaim:
    """Pay a resolved refund, or a part of it: Dr share refunds due by party, Cr cash.

    `set_off_won` of it is kept for what the leaver owes, where the rules allow that: it comes in as
    a receipt of the member, to pay dues with. Raises DebtsRemain, SetOffNotAllowed, SetOffNotDue, ShareClaimPaid,
    RefundsTooManyShares, ShareAmountWrong, DateInFuture.
    """
    claim: ShareClaim = ShareClaim.objects.hold(claim_id)
    policies.can_pay_share_refund(act, claim).enforce()
    membership = claim.membership
    if claim.state != ShareClaim.State.APPROVED:
        raise ShareClaimPaid(state=claim.get_state_display())
    day = paid_date or act.today
    if day > act.today:
        raise DateInFuture(date=day.isoformat())
    won = claim.open_won if amount_won is None else amount_won
    if won <= 0 or set_off_won < 0 or set_off_won > won:
        raise ShareAmountWrong
    if won > claim.open_won:
        raise RefundsTooManyShares(open=format_won(claim.open_won), amount=format_won(won))
    book = bylaws.rules_on(day)
    debts, due = held.debts_on(membership, day)
    if set_off_won and not book.yes("refund.set_off"):
        raise SetOffNotAllowed(article=held.article(book, "refund.set_off"))
    if debts >= set_off_won > due:
        raise SetOffNotDue(due=format_won(due), won=format_won(set_off_won))
    if book.yes("refund.withheld_while_in_debt") and debts > set_off_won and set_off_won < won:
        raise DebtsRemain(
            number=membership.number,
            debts=format_won(debts),
            article=held.article(book, "refund.withheld_while_in_debt"),
        )
    if set_off_won > debts:
        raise RefundsTooManyShares(open=format_won(debts), amount=format_won(set_off_won))
    # ---
    findings = book.check_all(
        ("refund.withheld_while_in_debt", book.yes("refund.withheld_while_in_debt")),
        ("refund.set_off", book.yes("refund.set_off")),
    )
    _out(act, claim, day, won - set_off_won, None)
    if set_off_won:
        _out(act, claim, day, set_off_won, parties.party_name(membership.party_id))
    claim.paid_won += won
    claim.state = ShareClaim.State.APPROVED if claim.open_won else ShareClaim.State.PAID
    claim.findings = keep((*kept(claim.findings), *findings))
    claim.save(update_fields=["paid_won", "state", "findings"])
    record(
        act,
        ShareRefundPaid(
            claim.pk,
            membership.pk,
            membership.party_id,
            membership.number,
            won,
            set_off_won,
            claim.open_won,
            day,
        ),
    )
    return claim


def _out(act: Act, claim: ShareClaim, day: date, won: int, set_off_of: str | None) -> None:
    """Pay out of the funds in which the refund is owed, the first one first."""
    membership = claim.membership
    for fund, owed in held.owed_by_fund(claim):
        part = min(won, owed)
        if not part:
            continue
        won -= part
        text = _REFUNDED_TEXT if set_off_of is None else _SET_OFF_TEXT
        entry = ledger.post_entry(
            act,
            date=day,
            text=books.entry_text(text),
            sides=booking.share_refund(
                books.chart(), fund, membership.party_id, part, is_set_off=set_off_of is not None
            ),
            source=Source("memberships.ShareClaim", claim.pk),
        )
        receipt = None
        if set_off_of is not None:
            receipt = Receipt.objects.create(
                receipt_date=day, amount_won=part, payer_text=set_off_of, payer_key="",
                memo=books.entry_text(_SET_OFF_TEXT), fund=fund, entry=entry,
            )  # fmt: skip
        SharePayout.objects.create(
            claim=claim, paid_date=day, amount_won=part, receipt=receipt, entry=entry, fund=fund
        )
    assert won == 0
