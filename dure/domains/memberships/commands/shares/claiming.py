"""Asking shares back: after leaving, by an heir, or some of them while staying; and claims that
lapse because nobody asked."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _, gettext_noop

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import Rulebook, enforce, keep
from dure.domains.ledger import commands as ledger, queries as ledger_queries
from dure.domains.ledger.rules import Source
from dure.domains.parties import queries as parties
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.dates import period_end
from dure.kernel.deeds import command, record
from dure.kernel.refusals import NotFound, Refusal

from ... import policies
from ...events import ShareClaimLapsed, ShareClaimsReminded, ShareRefundAsked, SharesReduced
from ...models import Membership, ShareClaim, ShareMovement
from ...queries import books, shares as held
from ...rules import booking
from ..admission import DateInFuture
from ..arrears import NobodyToRemind
from ..decisions import DecisionUnnamed
from ..members import AlreadyLeft
from .holding import (
    SharesNotHeld,
    class_on,
    first_claim_date,
    least_findings,
    lock_shares,
    renew_certificate,
    rules_of_shares,
)
from .moving import HeirUnnamed

__all__ = [
    "ClaimLapsed", "ClaimNotLapsedYet", "ClaimTwice", "NoSharesHeld", "SharesNotYetDue",
    "StillAMember", "ask_share_refund", "lapse_share_claim", "reduce_shares", "remind_share_claims",
]  # fmt: skip

_LAPSED_TEXT = gettext_noop("Claim to shares lapsed")


class StillAMember(Refusal):
    """Shares are paid back to those who left."""

    text = _("Member no. %(number)s still belongs; shares are paid back after leaving.")
    remedy = _("Leave first. The page “Withdraw and refund” says on which day what is possible.")


class SharesNotYetDue(Refusal):
    """The claim begins with the fiscal year after leaving."""

    text = _(
        "Member no. %(number)s left on %(left)s; shares can be claimed back from %(from)s on, the next fiscal year (%(article)s)."
    )
    remedy = _("Ask again on %(from)s or later.")


class ClaimLapsed(Refusal):
    """Nobody asked in time."""

    text = _(
        "The claim of member no. %(number)s could be made from %(from)s and lapsed on %(lapsed)s (%(article)s)."
    )


class ClaimNotLapsedYet(Refusal):
    """The time to ask is not over."""

    text = _(
        "The claim of member no. %(number)s lapses on %(lapses)s at the earliest (%(article)s)."
    )


class ClaimTwice(Refusal):
    """The shares were asked back before."""

    text = _("The shares of member no. %(number)s were asked back already on %(date)s.")
    remedy = _("Open the claim to see how far it is.")


class NoSharesHeld(Refusal):
    """There is nothing to ask back."""

    text = _("Member no. %(number)s has no shares paid in.")


@command
def ask_share_refund(
    act: Act,
    *,
    membership_id: int,
    asked_date: date | None = None,
    heir_id: int | None = None,
) -> ShareClaim:
    """A former member (or an heir, `heir_id` a party) asks for the shares back.

    Raises StillAMember, SharesNotYetDue with the first possible day, ClaimLapsed, ClaimTwice,
    NoSharesHeld, HeirUnnamed, DateInFuture.
    """
    lock_shares()
    membership: Membership = Membership.objects.hold(membership_id)
    policies.can_ask_share_refund(act, membership).enforce()
    day = asked_date or act.today
    if day > act.today:
        raise DateInFuture(date=day.isoformat())
    if membership.left_date is None or membership.left_date > day:
        raise StillAMember(number=membership.number)
    book = bylaws.rules_on(membership.left_date)
    first = first_claim_date(membership.left_date, book)
    if day < first:
        raise SharesNotYetDue(
            **{
                "number": membership.number,
                "left": membership.left_date.isoformat(),
                "from": first.isoformat(),
                "article": _article(book, "refund.from_next_fiscal_year"),
            }
        )
    _not_twice(membership)
    now = held.holding(membership.pk)
    if now.won <= 0:
        raise NoSharesHeld(number=membership.number)
    lapses = _lapses(first, book)
    if lapses is not None and day >= lapses:
        raise ClaimLapsed(
            **{
                "number": membership.number,
                "from": first.isoformat(),
                "lapsed": lapses.isoformat(),
                "article": _article(book, "refund.lapses_after_months"),
            }
        )
    if membership.left_reason == "died" and heir_id is None:
        raise HeirUnnamed(number=membership.number)
    if heir_id is not None and not parties.party_exists(heir_id):
        raise NotFound
    findings = book.check_all(("refund.from_next_fiscal_year", day >= first))
    # ---
    made = ShareClaim.objects.create(
        membership=membership,
        kind=ShareClaim.Kind.LEAVING,
        shares=now.shares,
        paid_in_won=now.won,
        asked_date=day,
        claimable_date=first,
        heir_id=heir_id,
        findings=keep(findings),
    )
    record(
        act,
        ShareRefundAsked(
            made.pk, membership.pk, membership.party_id, membership.number, now.won, day, heir_id
        ),
    )
    return made


@command
def reduce_shares(
    act: Act, *, membership_id: int, shares: int, asked_date: date | None = None
) -> ShareClaim:
    """A member asks some shares back and stays: where the bylaws allow it, and not below the least.

    Raises RuleNotMet, SharesNotHeld, ClaimTwice, AlreadyLeft, DateInFuture.
    """
    lock_shares()
    membership: Membership = Membership.objects.hold(membership_id)
    policies.can_reduce_shares(act, membership).enforce()
    day = asked_date or act.today
    book = rules_of_shares(day)
    if day > act.today:
        raise DateInFuture(date=day.isoformat())
    if membership.left_date is not None:
        raise AlreadyLeft(number=membership.number, date=membership.left_date.isoformat())
    allowed = book.check_all(("shares.reduction_allowed", True))
    enforce(allowed)
    _not_twice(membership)
    now = held.holding(membership.pk)
    if not 0 < shares <= now.shares:
        raise SharesNotHeld(number=membership.number, held=now.shares, asked=shares)
    won = shares * book.number("shares.unit_won")
    least = least_findings(book, class_on(membership, day), now.shares - shares, now.won - won)
    enforce(least)
    # ---
    made = ShareClaim.objects.create(
        membership=membership,
        kind=ShareClaim.Kind.REDUCTION,
        shares=shares,
        paid_in_won=won,
        asked_date=day,
        claimable_date=first_claim_date(day, book),
        findings=keep((*allowed, *least)),
    )
    record(
        act,
        SharesReduced(
            made.pk, membership.pk, membership.party_id, membership.number, shares, won, day
        ),
    )
    return made


@command
def lapse_share_claim(
    act: Act, *, membership_id: int, decided_by: str, lapsed_date: date | None = None
) -> ShareClaim:
    """Nobody asked in time: the claim ends, and the money goes where the rules say.

    Raises StillAMember, ClaimNotLapsedYet, ClaimTwice, NoSharesHeld, DecisionUnnamed, DateInFuture.
    """
    series = lock_shares()
    membership: Membership = Membership.objects.hold(membership_id)
    policies.can_lapse_share_claim(act, membership).enforce()
    decided_by = clean_text(decided_by, 200, _("Decided by"))
    if not decided_by:
        raise DecisionUnnamed
    day = lapsed_date or act.today
    if day > act.today:
        raise DateInFuture(date=day.isoformat())
    if membership.left_date is None or membership.left_date > day:
        raise StillAMember(number=membership.number)
    _not_twice(membership)
    now = held.holding(membership.pk)
    if now.won <= 0:
        raise NoSharesHeld(number=membership.number)
    book = bylaws.rules_on(membership.left_date)
    first = first_claim_date(membership.left_date, book)
    lapses = _lapses(first, book)
    if lapses is None or day < lapses:
        raise ClaimNotLapsedYet(
            number=membership.number,
            lapses=lapses.isoformat() if lapses else "–",
            article=_article(book, "refund.lapses_after_months"),
        )
    (role,) = bylaws.rules_on(day).choices("refund.lapsed_to")
    account = ledger_queries.account_for(role)
    findings = bylaws.rules_on(day).check_all(("refund.lapsed_to", role))
    # ---
    claim = ShareClaim.objects.create(
        membership=membership,
        kind=ShareClaim.Kind.LEAVING,
        state=ShareClaim.State.LAPSED,
        shares=now.shares,
        paid_in_won=now.won,
        claimable_date=first,
        decided_date=day,
        decided_by=decided_by,
        findings=keep(findings),
    )
    moved_date = books.bookable(day, act.today)
    for fund, shares, won in held.by_fund(membership.pk):
        claim.entry = ledger.post_entry(
            act,
            date=moved_date,
            text=books.entry_text(_LAPSED_TEXT),
            sides=booking.share_lapse(books.chart(), fund, membership.party_id, won, account),
            source=Source("memberships.ShareClaim", claim.pk),
        )
        ShareMovement.objects.create(
            membership=membership,
            kind=ShareMovement.Kind.LAPSE,
            moved_date=moved_date,
            shares=-shares,
            amount_won=-won,
            fund=fund,
            decided_by=decided_by,
            claim=claim,
            findings=claim.findings,
            entry=claim.entry,
        )
    claim.save(update_fields=["entry"])
    renew_certificate(series, membership, day)
    record(
        act,
        ShareClaimLapsed(
            claim.pk,
            membership.pk,
            membership.party_id,
            membership.number,
            now.won,
            role,
            decided_by,
        ),
    )
    return claim


@command
def remind_share_claims(act: Act, *, membership_ids: tuple[int, ...]) -> int:
    """Write to former members whose claim to shares lapses before long; how many letters.

    Raises NobodyToRemind.
    """
    policies.can_remind_share_claims(act).enforce()
    lapsing = {
        one.pk for one, _first, lapses in held.claims_lapsing(act, act.today) if lapses > act.today
    }
    wanted = tuple(sorted(set(membership_ids) & lapsing))
    if not wanted:
        raise NobodyToRemind
    # ---
    record(act, ShareClaimsReminded(act.today, len(wanted), wanted))
    return len(wanted)


def _not_twice(membership: Membership) -> None:
    open_states = (ShareClaim.State.ASKED, ShareClaim.State.APPROVED)
    claims = membership.claims.order_by("-pk")
    before = claims.filter(kind=ShareClaim.Kind.LEAVING).first()
    before = before or claims.filter(state__in=open_states).first()
    if before is not None:
        on = before.asked_date or before.decided_date
        raise ClaimTwice(number=membership.number, date=on.isoformat() if on else "–")


def _lapses(first: date, book: Rulebook) -> date | None:
    key = "refund.lapses_after_months"
    return period_end(first, book.number(key)) if key in book else None


def _article(book: Rulebook, key: str) -> str:
    return str(book.provision(key).citation) if key in book else "–"
