"""Shares asked back: how much, from which day, what stands in the way, and what waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.utils.translation import gettext as _, gettext_noop

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import Finding, Rulebook, kept
from dure.domains.ledger import queries as ledger
from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.dates import format_date, period_end
from dure.kernel.money import format_won, split
from dure.kernel.reads import note_read
from dure.kernel.refusals import NotFound

from ... import policies
from ...models import Membership, ShareClaim, ShareMovement
from ...rules.dues import fiscal_year_end
from ...rules.shares import Refund, YearEnd, refund
from ..payables import own_payables_of
from .holding import by_fund, first_claim_date, start_month
from .register import HolderCard, holder_card

ROWS_MAX = 500
ASK = gettext_noop("Ask for the refund")  # the step from which on the money is asked for


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """One claim with all that was found about it."""

    id: int
    membership_id: int
    party_id: int
    name: str
    number: int
    kind: str
    kind_name: str
    state: str
    state_name: str
    left_date: date | None
    asked_date: date | None
    claimable_date: date
    heir: str
    shares: int
    paid_in_won: int
    loss_won: int
    surplus_won: int
    amount_won: int
    paid_won: int
    debts_won: int
    decided_date: date | None
    decided_by: str
    members_total: int | None
    members_present: int | None
    votes_for: int | None
    findings: tuple[Finding, ...]
    payouts: tuple[tuple[date, int, bool, int], ...]  # day, won, was set off, entry
    steps: tuple[RefundStep, ...]
    expected_won: int  # what the rules give by the books as they stand

    @property
    def open_won(self) -> int:
        return self.amount_won - self.paid_won


@dataclass(frozen=True, slots=True)
class RefundStep:
    """One step on the way from leaving to the money: from which day, why, and how far it is."""

    name: str
    state: str  # done | now | later | closed
    day: date | None
    why: str
    citation: str


def article(book: Rulebook, key: str) -> str:
    """Where a rule stands; a dash where nobody laid it down."""
    return str(book.provision(key).citation) if key in book else "–"


def choice(book: Rulebook, key: str, otherwise: str) -> str:
    """What a rule of one choice says."""
    return next(iter(sorted(book.choices(key)))) if key in book else otherwise


def debts_of(party_id: int) -> int:
    """What a party owes the network by its books, in won: dues, loans, all receivables."""
    books = ledger.chart()
    assets = {code for code, one in books.accounts.items() if one.kind == "asset"}
    standing = ledger.party_standing(party_id, books)
    return sum(won for code, won in standing.items() if code in assets and won > 0)


def debts_on(membership: Membership, on: date) -> tuple[int, int]:
    """What a member owes on a day in all, and what of it is due: what other rooms let money pay counts
    with its interest, and only as far as it fell due."""
    owed = due = debts_of(membership.party_id)
    for one in own_payables_of([membership.pk], on).get(membership.pk, ()):
        if one.booked_won is not None:
            owed += one.most(on) - one.booked_won
            due += one.due(on) - one.booked_won
    return owed, due


def refund_of(claim: ShareClaim, book: Rulebook) -> Refund:
    """What the rules give for a claim, by the books at the end of the fiscal year of leaving."""
    left = claim.membership.left_date if claim.kind == ShareClaim.Kind.LEAVING else None
    asked = left or claim.asked_date
    assert asked is not None
    next_year = fiscal_year_end(asked, start_month())
    last = next_year - timedelta(days=1)
    sheet = ledger.balance_sheet("", last)
    rows = ShareMovement.objects.filter(moved_date__lt=next_year).order_by()
    sums = rows.values_list("membership").annotate(won=Sum("amount_won"))
    paid_in = {pk: won for pk, won in sums if won > 0}
    holder = claim.membership_id
    paid_in[holder] = max(paid_in.get(holder, 0), claim.paid_in_won)
    return refund(
        YearEnd(sheet.assets_won, sheet.liabilities_won, paid_in),
        holder,
        claim.paid_in_won,
        by=choice(book, "refund.basis", "paid_in"),
        loss_when=choice(book, "losses.shared_when", "insolvent")
        if book.yes("losses.claim")
        else "never",
        above_paid_in=book.yes("refund.above_paid_in"),
    )


def taken_by_fund(membership_id: int, shares: int, won: int) -> list[tuple[str, int, int]]:
    """(fund, shares, won) that a claim takes out of each fund in which shares are held."""
    taken = []
    for fund, in_fund, won_in_fund in by_fund(membership_id):
        part_won = min(won, won_in_fund)
        if part_won <= 0:
            continue
        part = shares if part_won == won else min(shares, in_fund)
        taken.append((fund, part, part_won))
        shares, won = shares - part, won - part_won
    assert won == 0, "more claimed than held"
    return taken


def owed_by_fund(claim: ShareClaim) -> list[tuple[str, int]]:
    """What of an approved claim is still owed in each fund."""
    moved = [(m.fund, -m.amount_won) for m in claim.movements.order_by("fund")]
    weights = tuple(won for _fund, won in moved)
    losses, surpluses = split(claim.loss_won, weights), split(claim.surplus_won, weights)
    paid = dict(claim.payouts.order_by("fund").values_list("fund").annotate(won=Sum("amount_won")))
    return [
        (fund, won - loss + surplus - paid.get(fund, 0))
        for (fund, won), loss, surplus in zip(moved, losses, surpluses, strict=True)
    ]


def claims(act: Act, *, state: str = "") -> QuerySet[ShareClaim]:
    """Claims, the oldest first; of one state or all."""
    policies.can_see_shares(act).enforce()
    rows = ShareClaim.objects.select_related("membership__party").order_by("claimable_date", "pk")
    return rows.filter(state=state) if state else rows


def claim_choices() -> list[tuple[int, str]]:
    """Claims that wait for a resolution, the oldest first."""
    rows = ShareClaim.objects.filter(state=ShareClaim.State.ASKED)
    found = rows.select_related("membership__party").order_by("claimable_date", "pk")[:200]
    return [(one.pk, f"{one.membership.party.name} · {one.membership.number}") for one in found]


def claim_for_vote(claim_id: int) -> int:
    """Whose a claim is that waits for a resolution. Raises NotFound, when it does not wait either."""
    claim = ShareClaim.objects.select_related("membership").filter(pk=claim_id).first()
    if claim is None or claim.state != ShareClaim.State.ASKED:
        raise NotFound
    return claim.membership.party_id


def claim_card(act: Act, claim_id: int) -> ClaimCard:
    """One claim; the office's look at a person's is logged. Raises NotFound, Denied."""
    claim = ShareClaim.objects.select_related("membership__party").filter(pk=claim_id).first()
    if claim is None:
        raise NotFound
    membership = claim.membership
    policies.can_see_membership(act, membership).enforce()
    if membership.party.kind == "person":
        note_read(act, membership.party_id, "memberships.claim_card")
    waits = claim.state == ShareClaim.State.ASKED
    book = bylaws.rules_on(act.today)
    expected = refund_of(claim, book).won if waits else claim.amount_won
    debts = debts_of(membership.party_id)
    return ClaimCard(
        id=claim.pk,
        membership_id=membership.pk,
        party_id=membership.party_id,
        name=membership.party.name,
        number=membership.number,
        kind=claim.kind,
        kind_name=str(claim.get_kind_display()),
        state=claim.state,
        state_name=str(claim.get_state_display()),
        left_date=membership.left_date,
        asked_date=claim.asked_date,
        claimable_date=claim.claimable_date,
        heir=parties.party_name(claim.heir_id) if claim.heir_id else "",
        shares=claim.shares,
        paid_in_won=claim.paid_in_won,
        loss_won=claim.loss_won,
        surplus_won=claim.surplus_won,
        amount_won=claim.amount_won,
        paid_won=claim.paid_won,
        debts_won=debts,
        decided_date=claim.decided_date,
        decided_by=claim.decided_by,
        members_total=claim.members_total,
        members_present=claim.members_present,
        votes_for=claim.votes_for,
        findings=kept(claim.findings),
        payouts=tuple(
            (p.paid_date, p.amount_won, p.receipt_id is not None, p.entry_id)
            for p in (claim.payouts.order_by("paid_date", "pk") if claim.paid_won else ())
        ),
        steps=_steps(act.today, book, membership.left_date, claim, claim.paid_in_won, debts),
        expected_won=expected,
    )


def refunds_payable(act: Act) -> QuerySet[ShareClaim]:
    """Approved claims on which something is still to be paid, the oldest first."""
    return claims(act, state=ShareClaim.State.APPROVED)


def claims_lapsing(act: Act, on: date) -> list[tuple[Membership, date, date]]:
    """(membership, first day, day of lapsing) of those who left with shares, did not ask, and may
    lose the claim before long (`refund.warn_before_days`) or have lost it; the first first.
    """
    policies.can_see_shares(act).enforce()
    book = bylaws.rules_on(on)
    key = "refund.warn_before_days"
    soon = on + timedelta(days=book.number(key) if key in book else 0)
    won = (
        ShareMovement.objects.filter(membership=OuterRef("pk"))
        .order_by()
        .values("membership")
        .annotate(won=Sum("amount_won"))
        .values("won")
    )
    rows = (
        Membership.objects.select_related("party")
        .filter(left_date__isnull=False, left_date__lte=on, shares__isnull=False)
        .exclude(claims__kind=ShareClaim.Kind.LEAVING)
        .annotate(shares_won=Subquery(won))
        .filter(shares_won__gt=0)
        .order_by("left_date", "number")
        .distinct()
    )
    found: list[tuple[Membership, date, date]] = []
    for membership in rows[:ROWS_MAX]:
        assert membership.left_date is not None
        first, lapses = claim_days(membership.left_date)
        if lapses is not None and lapses <= soon:
            found.append((membership, first, lapses))
    return found


def claim_days(left: date) -> tuple[date, date | None]:
    """The first day on which one who left may ask, and the day on which the claim lapses."""
    book = bylaws.rules_on(left)
    first = first_claim_date(left, book, start_month())
    key = "refund.lapses_after_months"
    return first, period_end(first, book.number(key)) if key in book else None


def refund_path(act: Act, membership_id: int) -> tuple[RefundStep, ...]:
    """The way from leaving to the money, step by step, as it stands for one member today."""
    return path_of(act, holder_card(act, membership_id))


def path_of(act: Act, card: HolderCard) -> tuple[RefundStep, ...]:
    """The same for a member whose card was read already."""
    claims = ShareClaim.objects.filter(membership=card.membership_id)
    claim = claims.exclude(state="paid", kind="reduction").order_by("-pk").first()
    debts = debts_of(card.party_id)
    return _steps(act.today, card.book, card.left_date, claim, card.held.won, debts)


def _steps(
    today: date,
    book: Rulebook,
    left: date | None,
    claim: ShareClaim | None,
    held_won: int,
    debts: int,
) -> tuple[RefundStep, ...]:
    notice = book.number("withdrawal.notice_days") if "withdrawal.notice_days" in book else 0
    leaving = left or today + timedelta(days=notice)
    first, lapses = claim_days(leaving)
    state = claim.state if claim else ""
    stays = claim is not None and claim.kind == ShareClaim.Kind.REDUCTION
    steps = [
        RefundStep(
            _("Give notice and leave"),
            "done" if left and left <= today else "later" if left else "now",
            leaving,
            _("Notice is given %(days)d days ahead.") % {"days": notice}
            if notice
            else _("No notice is asked for."),
            article(book, "withdrawal.notice_days"),
        )
    ]
    if stays:
        steps.clear()
    asked = claim is not None and claim.asked_date is not None
    lapsed = state == "lapsed" or (not asked and lapses is not None and today >= lapses)
    may_ask = left is not None and first <= today
    steps.append(
        RefundStep(
            _(ASK),
            "done" if asked else "closed" if lapsed else "now" if may_ask else "later",
            claim.asked_date if claim and claim.asked_date else first,
            _("The claim lapsed on %(day)s.") % {"day": format_date(lapses)}
            if lapsed and lapses
            else _("From the next fiscal year on, until %(day)s.") % {"day": format_date(lapses)}
            if lapses
            else _("From the next fiscal year on.")
            if book.yes("refund.from_next_fiscal_year")
            else _("From the day of leaving on."),
            article(book, "refund.from_next_fiscal_year"),
        )
    )
    resolved = state in ("approved", "paid")
    steps.append(
        RefundStep(
            _("The general meeting resolves"),
            "done" if resolved else "now" if state == "asked" else "later",
            claim.decided_date if claim and resolved else None,
            claim.decided_by
            if claim and resolved
            else _("By special majority: it decides on %(won)s.") % {"won": format_won(held_won)},
            article(book, "meetings.special_ratio"),
        )
    )
    withheld = bool(debts) and book.yes("refund.withheld_while_in_debt")
    steps.append(
        RefundStep(
            _("Pay what is still owed"),
            "now" if withheld else "done",
            None,
            _("%(won)s are owed; until then the refund may be withheld.")
            % {"won": format_won(debts)}
            if withheld
            else _("%(won)s are owed; no rule withholds the refund for that.")
            % {"won": format_won(debts)}
            if debts
            else _("Nothing is owed."),
            article(book, "refund.withheld_while_in_debt"),
        )
    )
    paid = state == "paid"
    steps.append(
        RefundStep(
            _("The shares are paid back"),
            "done" if paid else "now" if state == "approved" and not withheld else "later",
            None,
            _("%(won)s are to be paid.") % {"won": format_won(claim.open_won)}
            if claim and state == "approved"
            else _("%(won)s were paid.") % {"won": format_won(claim.paid_won)}
            if claim and paid
            else "",
            article(book, "refund.basis"),
        )
    )
    return tuple(steps)
