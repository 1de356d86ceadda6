"""What was given, by whom, and what of it is receipted.

A donation is money booked as one, with its donor; dues count only where the network's rules say so,
with their article. It was given on the day the money came in.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from dure.domains.bylaws import queries as bylaws
from dure.domains.parties import queries as parties
from dure.kernel.acts import Act, day_of
from dure.kernel.dates import after_months
from dure.kernel.reads import note_read

from ... import policies
from ...models import Allocation, IssuedPaper, Membership, ReceiptedDonation, ReceiptUse
from ...rules.papers import PaperKind, paper_number
from .contents import Content

__all__ = [
    "Donation", "DonorRow", "donation_receipts", "donations_of", "donors", "receipt_covering",
]  # fmt: skip

ALLOWED, DUES_COUNT = "papers.donation_receipts", "papers.dues_are_donations"
CODE, KEPT_MONTHS = "papers.donation_code", "papers.donation_records_months"


@dataclass(frozen=True, slots=True)
class Donation:
    """One gift of money. Of `use_id` and `allocation_id` one is given; `paper`: what receipts it."""

    use_id: int | None
    allocation_id: int | None
    party_id: int
    date: date
    text: str
    amount_won: int
    paper: str


@dataclass(frozen=True, slots=True)
class DonorRow:
    """What one donor gave in a year, and what of it is receipted."""

    party_id: int
    name: str
    count: int
    given_won: int
    receipted_won: int

    @property
    def open_won(self) -> int:
        return self.given_won - self.receipted_won


def donations(
    from_date: date, until_date: date, on: date, party_ids: Collection[int] | None = None
) -> list[Donation]:
    """Donations of a span, by donor and day; `on`: the day whose rules decide what counts."""
    uses = ReceiptUse.objects.filter(
        purpose=ReceiptUse.Purpose.DONATION,
        undone_date=None,
        donor__isnull=False,
        receipt__receipt_date__gte=from_date,
        receipt__receipt_date__lt=until_date,
    )
    dues = Allocation.objects.none()
    if bylaws.rules_on(on).yes(DUES_COUNT):
        dues = Allocation.objects.filter(
            undone_date=None,
            receipt__receipt_date__gte=from_date,
            receipt__receipt_date__lt=until_date,
        )
    if party_ids is not None:
        uses = uses.filter(donor__in=party_ids)
        dues = dues.filter(charge__membership__party__in=party_ids)
    covered_uses = _covered("use", uses)
    covered_dues = _covered("allocation", dues)
    found = [
        Donation(pk, None, party_id, day, note, won, covered_uses.get(pk, ""))
        for pk, party_id, day, note, won in uses.order_by("pk").values_list(
            "pk", "donor", "receipt__receipt_date", "note", "amount_won"
        )
    ]
    found += [
        Donation(None, pk, party_id, day, plan, won, covered_dues.get(pk, ""))
        for pk, party_id, day, plan, won in dues.order_by("pk").values_list(
            "pk",
            "charge__membership__party",
            "receipt__receipt_date",
            "charge__plan__name",
            "amount_won",
        )
    ]
    return sorted(found, key=lambda one: (one.party_id, one.date, one.use_id or 0))


def _covered(field: str, rows: QuerySet[ReceiptUse] | QuerySet[Allocation]) -> dict[int, str]:
    """Of what is receipted by a valid paper: id → its number."""
    covered = ReceiptedDonation.objects.filter(
        paper__revocation=None, **{f"{field}__in": rows.values("pk")}
    )
    return {
        pk: paper_number(PaperKind.DONATION_RECEIPT, year, number)
        for pk, year, number in covered.order_by("pk").values_list(
            field, "paper__year", "paper__number"
        )
    }


def receipt_covering(receipt_id: int) -> str:
    """The number of a valid donation receipt that rests on this money; empty if there is none."""
    covered = ReceiptedDonation.objects.filter(paper__revocation=None)
    found = (
        covered.filter(use__receipt=receipt_id) | covered.filter(allocation__receipt=receipt_id)
    ).first()
    return str(found.paper) if found is not None else ""


def donors(act: Act, year: int, *, search: str = "") -> list[DonorRow]:
    """Who gave in a year, the largest gift first."""
    policies.can_see_papers(act).enforce()
    by_party: dict[int, list[Donation]] = {}
    for one in donations(date(year, 1, 1), date(year + 1, 1, 1), act.today):
        by_party.setdefault(one.party_id, []).append(one)
    names = parties.names_of(by_party)
    rows = [
        DonorRow(
            pk,
            names.get(pk, ""),
            len(gifts),
            sum(one.amount_won for one in gifts),
            sum(one.amount_won for one in gifts if one.paper),
        )
        for pk, gifts in by_party.items()
    ]
    if text := search.strip():
        rows = [row for row in rows if text in row.name]
    return sorted(rows, key=lambda row: (-row.given_won, row.name))


def donor_facts(party_ids: Collection[int]) -> dict[int, Content]:
    """Name, and what an organisation is found by, of those who gave."""
    found: dict[int, Content] = {}
    for rows, who in (
        (ReceiptUse.objects.filter(donor__in=party_ids), "donor"),
        (Membership.objects.filter(party__in=party_ids), "party"),
    ):
        fields = (
            "name",
            "kind",
            "organisation__business_number",
            "organisation__address",
            "person__address",
        )
        names = [who, *(f"{who}__{field}" for field in fields)]
        for pk, name, kind, number, seat, home in rows.order_by(who).values_list(*names).distinct():
            found[pk] = {
                "name": name,
                "kind": kind,
                "business_number": number or "",
                "address": seat or home or "",
            }
    return found


def donation_receipts(act: Act, year: int | None = None) -> QuerySet[IssuedPaper]:
    """기부금영수증 발급명세: every receipt that was issued, revoked ones too, by number.

    `year`: in which was given.
    """
    policies.can_see_papers(act).enforce()
    rows = IssuedPaper.objects.filter(kind=PaperKind.DONATION_RECEIPT)
    if year is not None:
        rows = rows.filter(from_date=date(year, 1, 1))
    return rows.select_related("party__organisation", "revocation").order_by("year", "number")


def donations_of(act: Act, party_id: int, year: int) -> list[Donation]:
    """What one party gave in a year; the office's look at a person's is logged."""
    policies.can_see_papers(act).enforce()
    note_read(act, party_id, "memberships.donations_of")
    return donations(date(year, 1, 1), date(year + 1, 1, 1), act.today, [party_id])


def kept_until(party_id: int, on: date) -> date | None:
    """Until when the list of receipts must be kept, if it names this party still (소득세법 제160조의3)."""
    last = (
        IssuedPaper.objects.filter(kind=PaperKind.DONATION_RECEIPT, party=party_id)
        .order_by("-issued_at")
        .first()
    )
    book = bylaws.rules_on(on)
    if last is None or KEPT_MONTHS not in book:
        return None
    day = day_of(last.issued_at)
    until = after_months(day, book.number(KEPT_MONTHS))
    return until if until > on else None
