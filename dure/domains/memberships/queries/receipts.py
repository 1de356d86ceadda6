"""Money that came in, and what waits to be matched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, QuerySet, Sum

from dure.kernel.acts import Act
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import Allocation, Charge, Membership, Receipt, ReceiptImport, ShareMovement
from ..rules.matching import Proposal, Sureness
from .matching import proposals_for


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
    allocations: tuple[AllocationLine, ...]
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

    @property
    def is_sure(self) -> bool:
        return self.proposal is not None and self.proposal.sureness == Sureness.SURE


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


def unmatched_receipts(act: Act, *, start: int = 0, limit: int = 50) -> list[WaitingReceipt]:
    """Receipts in suspense, the oldest first, each with its proposal."""
    policies.can_see_receipts(act).enforce()
    rows = list(
        Receipt.objects.filter(amount_won__gt=F("matched_won") + F("refunded_won")).order_by(
            "receipt_date", "pk"
        )[start : start + limit]
    )
    proposals = proposals_for([(r.payer_text, r.open_won) for r in rows], act.today)
    ids = {p.membership_id for p in proposals if p is not None}
    members = {
        pk: f"{name} ({number})"
        for pk, name, number in Membership.objects.filter(pk__in=ids)
        .order_by("pk")
        .values_list("pk", "party__name", "number")
    }
    owed = dict(
        Charge.objects.filter(membership__in=ids, amount_won__gt=F("paid_won") + F("waived_won"))
        .order_by()
        .values_list("membership_id")
        .annotate(won=Sum(F("amount_won") - F("paid_won") - F("waived_won")))
    )
    return [
        WaitingReceipt(
            r.pk,
            r.receipt_date,
            r.amount_won,
            r.open_won,
            r.payer_text,
            r.memo,
            p,
            members.get(p.membership_id, "") if p else "",
            owed.get(p.membership_id, 0) if p else 0,
        )
        for r, p in zip(rows, proposals, strict=True)
    ]


def unmatched_count() -> tuple[int, int]:
    """How many receipts wait in suspense, and how much, in won."""
    found = Receipt.objects.filter(amount_won__gt=F("matched_won") + F("refunded_won")).aggregate(
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
        lines,
        shares,
    )


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
