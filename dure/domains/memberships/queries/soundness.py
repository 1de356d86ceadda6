"""Whether the sums kept here are the sums of what they are made of. Each check says what is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from django.db.models import Count, F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from dure.domains.ledger import queries as ledger
from dure.domains.ledger.queries import Finding
from dure.kernel.money import format_won
from dure.kernel.progress import Progress, silent

from ..models import (
    Allocation,
    Charge,
    ClassSpell,
    Credit,
    DuesRun,
    Membership,
    Receipt,
    ReceiptUse,
    ShareCertificate,
    ShareClaim,
    ShareMovement,
    ShareSubscription,
    Waiver,
)

__all__ = [
    "charges_are_paid_as_kept", "check_memberships", "classes_have_no_gap", "nothing_is_unbooked",
    "receipts_are_used_as_kept", "runs_sum_up",
]  # fmt: skip

FINDINGS_MAX = 100


def check_memberships(progress: Progress = silent) -> list[Finding]:
    """Run every check; empty when all is sound."""
    found: list[Finding] = []
    for number, check in enumerate(CHECKS, 1):
        found.extend(check())
        progress(number, len(CHECKS), check.__name__)
    return found


def charges_are_paid_as_kept() -> Iterator[Finding]:
    """What a charge says was paid and waived is the sum of its allocations and waivers."""
    paid = _sum(Allocation.objects.filter(charge=OuterRef("pk"), undone_date=None), "charge")
    waived = _sum(Waiver.objects.filter(charge=OuterRef("pk")), "charge")
    rows = Charge.objects.annotate(was_paid=paid, was_waived=waived).exclude(
        paid_won=F("was_paid"), waived_won=F("was_waived")
    )
    for charge in rows.order_by("pk")[:FINDINGS_MAX]:
        kept = charge.paid_won + charge.waived_won
        yield _differs(
            "charges_are_paid_as_kept",
            _("charge %(id)s") % {"id": charge.pk},
            kept,
            charge.was_paid + charge.was_waived,
        )


def receipts_are_used_as_kept() -> Iterator[Finding]:
    """What a receipt says was matched is the sum of its allocations, credits, uses and shares."""
    of_receipt = {"receipt": OuterRef("pk"), "undone_date": None}
    matched = (
        _sum(Allocation.objects.filter(**of_receipt, credit=None), "receipt")
        + _sum(Credit.objects.filter(**of_receipt), "receipt")
        + _sum(ReceiptUse.objects.filter(**of_receipt), "receipt")
    )
    shares = _sum(ShareMovement.objects.filter(receipt=OuterRef("pk")), "receipt")
    rows = Receipt.objects.annotate(used=matched + shares).exclude(matched_won=F("used"))
    for receipt in rows.order_by("pk")[:FINDINGS_MAX]:
        yield _differs(
            "receipts_are_used_as_kept",
            _("receipt %(id)s") % {"id": receipt.pk},
            receipt.matched_won,
            receipt.used,
        )


def credits_are_used_as_kept() -> Iterator[Finding]:
    """What a credit says was used is the sum of the allocations it paid."""
    used = _sum(Allocation.objects.filter(credit=OuterRef("pk"), undone_date=None), "credit")
    rows = Credit.objects.annotate(used=used).exclude(used_won=F("used"))
    for credit in rows.order_by("pk")[:FINDINGS_MAX]:
        where = _("receipt %(id)s") % {"id": credit.receipt_id}
        yield _differs("credits_are_used_as_kept", where, credit.used_won, credit.used)


def shares_are_the_ledgers() -> Iterator[Finding]:
    """What each holder has paid in, and is to be paid back, is what the ledger has on the name."""
    held: Counter[int] = Counter()
    rows = ShareMovement.objects.order_by().values_list("membership__party")
    for party_id, won in rows.annotate(won=Sum("amount_won")):
        held[party_id] += won
    owed: Counter[int] = Counter()
    claims = ShareClaim.objects.filter(state=ShareClaim.State.APPROVED)
    for party_id, won, paid in claims.values_list("membership__party", "amount_won", "paid_won"):
        owed[party_id] += won - paid
    for role, kept in (("share_capital", held), ("share_refunds_due", owed)):
        if not kept and not ledger.books_are_open():
            continue
        booked = ledger.party_balances(ledger.account_for(role))
        wrong = [pk for pk in {*kept, *booked} if kept[pk] != booked.get(pk, 0)]
        for party_id in sorted(wrong)[:FINDINGS_MAX]:
            yield _differs(
                "shares_are_the_ledgers",
                _("shares of party %(id)s") % {"id": party_id},
                kept[party_id],
                booked.get(party_id, 0),
            )


def subscriptions_are_paid_as_kept() -> Iterator[Finding]:
    """What a subscription says was paid is the sum of its movements."""
    paid = _sum(ShareMovement.objects.filter(subscription=OuterRef("pk")), "subscription")
    rows = ShareSubscription.objects.annotate(was_paid=paid).exclude(paid_won=F("was_paid"))
    for one in rows.order_by("pk")[:FINDINGS_MAX]:
        yield _differs(
            "subscriptions_are_paid_as_kept",
            _("subscription %(id)s") % {"id": one.pk},
            one.paid_won,
            one.was_paid,
        )


def certificates_say_what_is_held() -> Iterator[Finding]:
    """The live certificate of a member says how many paid shares the member holds."""
    held = (
        ShareMovement.objects.filter(membership=OuterRef("membership"))
        .order_by()
        .values("membership")
        .annotate(n=Sum("shares"))
        .values("n")
    )
    rows = ShareCertificate.objects.filter(ended_date=None).annotate(n=Subquery(held))
    for one in rows.exclude(shares=F("n")).order_by("number")[:FINDINGS_MAX]:
        yield Finding(
            "certificates_say_what_is_held",
            _("share certificate %(number)s") % {"number": one.number},
            _("says %(said)s shares, %(held)s are held") % {"said": one.shares, "held": one.n},
        )


def runs_sum_up() -> Iterator[Finding]:
    """A billing run's count and sums are those of its charges."""
    rows = DuesRun.objects.annotate(
        n=Count("charges"),
        charged=Coalesce(Sum("charges__amount_won"), Value(0)),
        was_paid=Coalesce(Sum("charges__paid_won"), Value(0)),
        was_waived=Coalesce(Sum("charges__waived_won"), Value(0)),
    ).exclude(
        count=F("n"), sum_won=F("charged"), paid_won=F("was_paid"), waived_won=F("was_waived")
    )
    for run in rows.order_by("pk")[:FINDINGS_MAX]:
        yield _differs(
            "runs_sum_up", _("billing run %(id)s") % {"id": run.pk}, run.sum_won, run.charged
        )


def nothing_is_unbooked() -> Iterator[Finding]:
    """Every charge and every receipt has its entry."""
    for model, where in ((Charge, _("charge %(id)s")), (Receipt, _("receipt %(id)s"))):
        for (pk,) in (
            model.objects.filter(entry=None).order_by("pk").values_list("pk")[:FINDINGS_MAX]
        ):
            yield Finding("nothing_is_unbooked", where % {"id": pk}, _("has no entry in the books"))


def classes_have_no_gap() -> Iterator[Finding]:
    """A membership is of some class from its first to its last day."""
    first = ClassSpell.objects.filter(membership=OuterRef("pk")).order_by("from_date")
    last = ClassSpell.objects.filter(membership=OuterRef("pk")).order_by("-from_date")
    rows = Membership.objects.annotate(
        begins=Subquery(first.values("from_date")[:1]), ends=Subquery(last.values("until_date")[:1])
    )
    rows = rows.filter(
        ~Q(begins=F("joined_date"))
        | Q(begins=None)
        | Q(left_date=None, ends__isnull=False)
        | Q(left_date__isnull=False, ends=None)
        | (Q(left_date__isnull=False) & ~Q(ends=F("left_date")))
    )
    for membership in rows.order_by("number")[:FINDINGS_MAX]:
        yield Finding(
            "classes_have_no_gap",
            _("Member no. %(number)s") % {"number": membership.number},
            _("the kinds of membership do not cover the time of the membership"),
        )


CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    charges_are_paid_as_kept,
    receipts_are_used_as_kept,
    credits_are_used_as_kept,
    runs_sum_up,
    nothing_is_unbooked,
    classes_have_no_gap,
    shares_are_the_ledgers,
    subscriptions_are_paid_as_kept,
    certificates_say_what_is_held,
)


def _sum(rows, key: str) -> Coalesce:  # type: ignore[no-untyped-def]
    summed = rows.order_by().values(key).annotate(won=Sum("amount_won")).values("won")
    return Coalesce(Subquery(summed), Value(0))


def _differs(check: str, where: str, kept: int, summed: int) -> Finding:
    return Finding(
        check,
        where,
        _("kept is %(kept)s, its parts give %(summed)s")
        % {"kept": format_won(kept), "summed": format_won(summed)},
    )
