"""Money that came in, and what waits to be matched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, Exists, F, OuterRef, QuerySet, Subquery, Sum, When

from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.dates import format_date
from dure.kernel.money import format_won
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import (
    Allocation,
    Charge,
    Credit,
    Membership,
    PayerAlias,
    Receipt,
    ReceiptImport,
    ReceiptUse,
    ShareMovement,
)
from ..rules.matching import Money, Proposal, Sureness
from . import books
from .matching import because, proposals_for
from .payables import payable_labels

__all__ = [
    "AllocationLine", "OpenReceipt", "ReceiptCard", "WaitingReceipt", "credits_of", "members_owing",
    "money_of_card", "money_of_receipt", "open_receipts", "payer_alias", "payers_of", "purpose_choices",
    "receipt_card", "receipts_visible_to", "staged_files", "unmatched_count", "unmatched_receipts",
    "usable_credits",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class AllocationLine:
    charge_id: int
    membership_id: int
    member: str
    plan: str
    from_date: date
    amount_won: int
    allocated_date: date
    undone_date: date | None
    entry_id: int


@dataclass(frozen=True, slots=True)
class CreditLine:
    """Kept for a member's dues to come; `used_won` of it are used."""

    membership_id: int
    member: str
    amount_won: int
    used_won: int
    kept_date: date
    undone_date: date | None
    entry_id: int


@dataclass(frozen=True, slots=True)
class UseLine:
    """Booked as something that is nobody's dues."""

    id: int
    purpose: str
    amount_won: int
    used_date: date
    note: str
    donor: str
    undone_date: date | None
    entry_id: int


@dataclass(frozen=True, slots=True)
class ReceiptCard:
    id: int
    receipt_date: date
    amount_won: int
    matched_won: int
    refunded_won: int
    payer: str
    memo: str
    fund: str
    entry_id: int | None
    batch_id: int | None
    virtual_account: str
    allocations: tuple[AllocationLine, ...]
    credits: tuple[CreditLine, ...]
    uses: tuple[UseLine, ...]
    shares: tuple[tuple[str, int], ...]  # member, won

    @property
    def open_won(self) -> int:
        return self.amount_won - self.matched_won - self.refunded_won


@dataclass(frozen=True, slots=True)
class WaitingReceipt:
    """A receipt in suspense with the member it probably belongs to."""

    id: int
    receipt_date: date
    amount_won: int
    open_won: int
    payer: str
    memo: str
    proposal: Proposal | None
    member: str
    member_open_won: int
    payable_label: str = ""  # what else than dues it would pay

    @property
    def because(self) -> str:
        return because(self.proposal) if self.proposal else ""

    @property
    def is_sure(self) -> bool:
        return self.proposal is not None and self.proposal.sureness == Sureness.SURE


@dataclass(frozen=True, slots=True)
class OpenReceipt:
    """Money in suspense that may pay something; `day`: on which it can be booked."""

    id: int
    day: date
    open_won: int
    payer: str

    @property
    def label(self) -> str:
        return f"{format_date(self.day)} · {self.payer or '—'} · {format_won(self.open_won)}"


def money_of_receipt(receipt: Receipt) -> Money:
    """What is asked of the proposals."""
    return Money(
        receipt.payer_text, receipt.open_won, receipt.memo, receipt.virtual_account,
        receipt.receipt_date,
    )  # fmt: skip


def waiting_before(day: date | None = None) -> QuerySet[Receipt]:
    """What waits in suspense, of all days or of those before one, in the order of entering."""
    rows = Receipt.objects.filter(amount_won__gt=F("matched_won") + F("refunded_won"))
    return (rows if day is None else rows.filter(receipt_date__lt=day)).order_by("pk")


def receipts_visible_to(act: Act, *, state: str = "", search: str = "") -> QuerySet[Receipt]:
    """Receipts, the latest first; `state`: open, used, or all."""
    policies.can_see_receipts(act).enforce()
    rows = Receipt.objects.all()
    if state == "open":
        rows = rows.filter(amount_won__gt=F("matched_won") + F("refunded_won"))
    elif state == "used":
        rows = rows.filter(amount_won=F("matched_won") + F("refunded_won"))
    if search.strip():
        rows = rows.filter(payer_text__icontains=search.strip())
    return rows.order_by("-receipt_date", "-pk")


def unmatched_receipts(
    act: Act, *, before: date | None = None, start: int = 0, limit: int = 50
) -> list[WaitingReceipt]:
    """Receipts in suspense (before a day), the oldest first, each with its proposal."""
    policies.can_see_receipts(act).enforce()
    rows = list(waiting_before(before).order_by("receipt_date", "pk")[start : start + limit])
    proposals = proposals_for([money_of_receipt(r) for r in rows], act.today)
    ids = {p.membership_id for p in proposals if p and p.membership_id}
    owed = (
        Charge.objects.filter(
            membership=OuterRef("pk"), amount_won__gt=F("paid_won") + F("waived_won")
        )
        .order_by()
        .values("membership")
        .annotate(won=Sum(F("amount_won") - F("paid_won") - F("waived_won")))
        .values("won")
    )
    members = {
        pk: (f"{name} ({number})", won or 0)
        for pk, name, number, won in Membership.objects.filter(pk__in=ids)
        .order_by("pk")
        .values_list("pk", "party__name", "number", Subquery(owed))
    }
    labels = payable_labels({p.payable: p.membership_id for p in proposals if p}, act.today)
    strangers = parties.names_of([p.party_id for p in proposals if p and p.party_id])
    return [
        WaitingReceipt(
            r.pk,
            r.receipt_date,
            r.amount_won,
            r.open_won,
            r.payer_text,
            r.memo,
            p,
            *_payer_of(p, members, strangers),
            labels.get(p.payable, "") if p else "",
        )
        for r, p in zip(rows, proposals, strict=True)
    ]


def _payer_of(
    proposal: Proposal | None, members: Mapping[int, tuple[str, int]], strangers: Mapping[int, str]
) -> tuple[str, int]:
    """Name and open dues of whoever is proposed."""
    if proposal is None:
        return "", 0
    if proposal.membership_id is not None:
        return members.get(proposal.membership_id, ("", 0))
    return strangers.get(proposal.party_id or 0, ""), 0


def open_receipts(act: Act, wanted_won: int = 0, limit: int = 100) -> list[OpenReceipt]:
    """Money in suspense to choose from: what is exactly `wanted_won` first, then the latest."""
    policies.can_see_receipts(act).enforce()
    left = F("amount_won") - F("matched_won") - F("refunded_won")
    rows = Receipt.objects.annotate(left=left, off=Case(When(left=wanted_won, then=0), default=1))
    rows = rows.filter(left__gt=0).order_by("off", "-receipt_date", "-pk")
    return [
        OpenReceipt(r.pk, books.bookable(r.receipt_date, act.today), r.open_won, r.payer_text)
        for r in rows[:limit]
    ]


def unmatched_count() -> tuple[int, int]:
    """How many receipts wait in suspense, and how much, in won."""
    found = waiting_before().aggregate(
        n=Count("pk"), won=Sum(F("amount_won") - F("matched_won") - F("refunded_won"))
    )
    return found["n"], found["won"] or 0


def receipt_card(act: Act, receipt_id: int) -> ReceiptCard:
    """One receipt and everything it paid. Raises NotFound."""
    policies.can_see_receipts(act).enforce()
    found = Receipt.objects.filter(pk=receipt_id).first()
    if found is None:
        raise NotFound
    lines = tuple(
        AllocationLine(
            a.charge_id,
            a.charge.membership_id,
            f"{a.charge.membership.party.name} ({a.charge.membership.number})",
            a.charge.plan.name,
            a.charge.from_date,
            a.amount_won,
            a.allocated_date,
            a.undone_date,
            a.entry_id,
        )
        for a in Allocation.objects.filter(receipt=found)
        .select_related("charge__membership__party", "charge__plan")
        .order_by("allocated_date", "pk")
    )
    shares = tuple(
        (m.membership.party.name, m.amount_won)
        for m in ShareMovement.objects.filter(receipt=found)
        .select_related("membership__party")
        .order_by("pk")
    )
    return ReceiptCard(
        found.pk,
        found.receipt_date,
        found.amount_won,
        found.matched_won,
        found.refunded_won,
        found.payer_text,
        found.memo,
        found.fund,
        found.entry_id,
        found.batch_id,
        found.virtual_account,
        lines,
        _credit_lines(found),
        _use_lines(found),
        shares,
    )


def money_of_card(card: ReceiptCard) -> Money:
    """What is asked of the proposals."""
    return Money(card.payer, card.open_won, card.memo, card.virtual_account, card.receipt_date)


def _credit_lines(receipt: Receipt) -> tuple[CreditLine, ...]:
    rows = Credit.objects.filter(receipt=receipt).select_related("membership__party")
    return tuple(
        CreditLine(
            c.membership_id,
            f"{c.membership.party.name} ({c.membership.number})",
            c.amount_won,
            c.used_won,
            c.kept_date,
            c.undone_date,
            c.entry_id,
        )
        for c in rows.order_by("kept_date", "pk")
    )


def _use_lines(receipt: Receipt) -> tuple[UseLine, ...]:
    rows = ReceiptUse.objects.filter(receipt=receipt).select_related("donor")
    return tuple(
        UseLine(
            u.pk,
            u.get_purpose_display(),
            u.amount_won,
            u.used_date,
            u.note,
            u.donor.name if u.donor else "",
            u.undone_date,
            u.entry_id,
        )
        for u in rows.order_by("used_date", "pk")
    )


def purpose_choices() -> list[tuple[str, str]]:
    """What money may be booked as that is nobody's dues."""
    kinds = ReceiptUse.Purpose
    chosen = (kinds.DONATION, kinds.SPONSORSHIP, kinds.OTHER_INCOME)
    return [(str(kind), str(kind.label)) for kind in chosen]


def credits_of(act: Act, membership_id: int) -> int:
    """What a member paid ahead and is not used yet, in won."""
    policies.can_see_receipts(act).enforce()
    rows = Credit.objects.filter(membership=membership_id, undone_date=None)
    return int(rows.aggregate(won=Sum(F("amount_won") - F("used_won")))["won"] or 0)


def usable_credits() -> tuple[int, int]:
    """How many members paid ahead and owe now, and what was paid ahead by them, in won."""
    owing = Charge.objects.filter(
        membership=OuterRef("membership"), amount_won__gt=F("paid_won") + F("waived_won")
    )
    found = Credit.objects.filter(Exists(owing), undone_date=None).aggregate(
        members=Count("membership", distinct=True), won=Sum(F("amount_won") - F("used_won"))
    )
    return found["members"], found["won"] or 0


def payers_of(act: Act, membership_id: int) -> QuerySet[PayerAlias]:
    """Under which texts and accounts a member's money comes."""
    policies.can_see_receipts(act).enforce()
    return PayerAlias.objects.filter(membership=membership_id).order_by("kind", "key")


def payer_alias(act: Act, alias_id: int) -> PayerAlias:
    """One of them. Raises NotFound."""
    policies.can_see_receipts(act).enforce()
    found = PayerAlias.objects.select_related("membership").filter(pk=alias_id).first()
    if found is None:
        raise NotFound
    return found


def staged_files(act: Act) -> QuerySet[ReceiptImport]:
    """Bank files, the latest first."""
    policies.can_see_receipts(act).enforce()
    return ReceiptImport.objects.defer("grid").order_by("-pk")


def members_owing(act: Act, search: str, limit: int = 20) -> list[tuple[int, str, int]]:
    """Memberships for a picker: id, name and number, won open; those that owe come first."""
    policies.can_see_members(act).enforce()
    rows = Membership.objects.select_related("party")
    if search.strip():
        rows = rows.filter(party__name__icontains=search.strip())
    picked = list(rows.order_by("party__name", "number")[: limit * 5])
    owed = dict(
        Charge.objects.filter(membership__in=picked, amount_won__gt=F("paid_won") + F("waived_won"))
        .order_by()
        .values_list("membership_id")
        .annotate(won=Sum(F("amount_won") - F("paid_won") - F("waived_won")))
    )
    found = [(m.pk, f"{m.party.name} ({m.number})", owed.get(m.pk, 0)) for m in picked]
    return sorted(found, key=lambda row: row[2] == 0)[:limit]
