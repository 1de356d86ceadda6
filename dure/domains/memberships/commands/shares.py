"""Share capital: paid in by members, paid back to those who left."""

from __future__ import annotations

from datetime import date

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from dure.domains.ledger import commands as ledger
from dure.domains.ledger import queries as ledger_queries
from dure.domains.ledger.rules import Source
from dure.domains.parties import queries as parties
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.money import format_won
from dure.kernel.refusals import InvalidInput, Refusal

from .. import policies
from ..events import SharesPaidIn, SharesRefunded
from ..models import Membership, Receipt, ShareMovement
from ..queries import books
from ..rules import booking
from ..rules.dues import fiscal_year_end
from .admission import DateInFuture
from .decisions import DecisionUnnamed
from .dues import UnknownFund
from .members import AlreadyLeft
from .receipts import ReceiptAlreadyMatched

_PAID_TEXT = gettext_noop("Shares paid in")
_REFUNDED_TEXT = gettext_noop("Shares paid back")


class ShareAmountWrong(InvalidInput):
    """Shares move by an amount above zero."""

    text = _("Type an amount above 0 won.")


class StillAMember(Refusal):
    """Shares are paid back to those who left."""

    text = _("Member no. %(number)s still belongs; shares are paid back after leaving.")


class SharesNotYetDue(Refusal):
    """The claim begins with the fiscal year after leaving."""

    text = _(
        "Member no. %(number)s left on %(left)s; shares can be claimed back from %(from)s on, the next fiscal year (Framework Act on Cooperatives, Arts. 26 and 89)."
    )


class RefundsTooManyShares(Refusal):
    """More than was paid in cannot be paid back."""

    text = _("Member no. %(number)s has shares of %(held)s; %(amount)s cannot be paid back.")


@command
def pay_in_shares(
    act: Act,
    *,
    membership_id: int,
    amount_won: int,
    paid_date: date | None = None,
    fund: str = "general",
    receipt_id: int | None = None,
) -> ShareMovement:
    """A member pays in shares: Dr cash (or suspense, if a receipt brought the money), Cr share
    capital by party. Raises ShareAmountWrong, AlreadyLeft, DateInFuture, ReceiptAlreadyMatched.
    """
    receipt: Receipt | None = Receipt.objects.hold(receipt_id) if receipt_id is not None else None
    membership: Membership = Membership.objects.hold(membership_id)
    policies.can_pay_in_shares(act, membership).enforce()
    if amount_won <= 0:
        raise ShareAmountWrong
    if membership.left_date is not None and membership.left_date <= act.today:
        raise AlreadyLeft(number=membership.number, date=membership.left_date.isoformat())
    day = paid_date or (books.bookable(receipt.receipt_date, act.today) if receipt else act.today)
    if day > act.today:
        raise DateInFuture(date=day.isoformat())
    if receipt is not None and receipt.open_won < amount_won:
        raise ReceiptAlreadyMatched(amount=format_won(receipt.amount_won))
    if fund not in {f.code for f in ledger_queries.funds()}:
        raise UnknownFund(fund=fund)
    # ---
    entry = ledger.post_entry(
        act,
        date=day,
        text=books.entry_text(_PAID_TEXT),
        sides=booking.share_payment(
            books.chart(), fund, membership.party_id, amount_won, receipt.fund if receipt else None
        ),
        source=Source("memberships.Membership", membership.pk),
    )
    if receipt is not None:
        receipt.matched_won += amount_won
        receipt.save(update_fields=["matched_won"])
    movement = ShareMovement.objects.create(
        membership=membership,
        moved_date=day,
        amount_won=amount_won,
        receipt=receipt,
        entry=entry,
        fund=fund,
    )
    record(
        act,
        SharesPaidIn(membership.pk, membership.party_id, membership.number, amount_won, entry.pk),
    )
    return movement


@command
def refund_shares(
    act: Act,
    *,
    membership_id: int,
    amount_won: int,
    decided_by: str,
    refund_date: date | None = None,
    fund: str = "general",
) -> ShareMovement:
    """Pay back a leaver's shares by a decision: Dr share capital by party, Cr cash.

    `decided_by`: the resolution (for a cooperative: of the general meeting, by special majority,
    협동조합 기본법 제29조①8의2). Raises StillAMember, SharesNotYetDue, RefundsTooManyShares,
    DecisionUnnamed.
    """
    membership: Membership = Membership.objects.hold(membership_id)
    policies.can_refund_shares(act, membership).enforce()
    decided_by = clean_text(decided_by, 200, _("Decided by"))
    if not decided_by:
        raise DecisionUnnamed
    day = refund_date or act.today
    if amount_won <= 0:
        raise ShareAmountWrong
    if day > act.today:
        raise DateInFuture(date=day.isoformat())
    if membership.left_date is None or membership.left_date > day:
        raise StillAMember(number=membership.number)
    profile = parties.network_profile()
    due = fiscal_year_end(membership.left_date, profile.fiscal_year_start_month if profile else 1)
    if day < due:
        raise SharesNotYetDue(
            **{
                "number": membership.number,
                "left": membership.left_date.isoformat(),
                "from": due.isoformat(),
            }
        )
    held = (
        ShareMovement.objects.filter(membership=membership, fund=fund).aggregate(
            won=Sum("amount_won")
        )["won"]
        or 0
    )
    if amount_won > held:
        raise RefundsTooManyShares(
            number=membership.number, held=format_won(held), amount=format_won(amount_won)
        )
    # ---
    entry = ledger.post_entry(
        act,
        date=day,
        text=books.entry_text(_REFUNDED_TEXT),
        sides=booking.share_refund(books.chart(), fund, membership.party_id, amount_won),
        source=Source("memberships.Membership", membership.pk),
    )
    movement = ShareMovement.objects.create(
        membership=membership,
        moved_date=day,
        amount_won=-amount_won,
        decided_by=decided_by,
        entry=entry,
        fund=fund,
    )
    record(
        act,
        SharesRefunded(
            membership.pk, membership.party_id, membership.number, amount_won, decided_by, entry.pk
        ),
    )
    return movement
