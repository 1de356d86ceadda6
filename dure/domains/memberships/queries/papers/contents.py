"""What a paper says: plain facts of one member, kept as they were on the day of issue.

Many members are read at once, so that a thousand papers cost as many statements as one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, Sum

from dure.domains.bylaws import queries as bylaws
from dure.domains.parties import queries as parties
from dure.kernel import plain
from dure.kernel.dates import Month

from ...models import (
    Allocation,
    Charge,
    ClassSpell,
    IssuedPaper,
    Membership,
    ReceiptUse,
    ShareCertificate,
    ShareMovement,
)
from ...rules.papers import (
    LAYOUT,
    PaperKind,
    digest_of_register,
    paper_number,
    shown_code,
)

Content = dict[str, Any]
ById = dict[int, Content]


def network_facts() -> Content:
    """Who issues."""
    profile = parties.network_profile()
    if profile is None:
        return {"name": ""}
    return {
        "name": profile.name,
        "legal_form": profile.legal_form,
        "business_number": profile.business_number,
        "address": profile.address,
        "phone": profile.phone,
    }


def head(paper: IssuedPaper, network: Content, site_url: str, dated: date) -> Content:
    """What every paper carries: layout, number, code, where it is checked, who issues, when."""
    return {
        "layout": LAYOUT,
        "kind": paper.kind,
        "language": paper.language,
        "number": paper_number(paper.kind, paper.year, paper.number),
        "code": shown_code(paper.code),
        "check_url": f"{site_url}/check/{shown_code(paper.code)}/",
        "network": network,
        "dated": dated.isoformat(),
        "from": paper.from_date.isoformat(),
        "until": min(paper.until_date, dated + timedelta(days=1)).isoformat(),
    }


def party_facts(party: Any) -> Content:
    """Whom a paper is for: name, and what an organisation is found by."""
    found = {"name": party.name, "kind": party.kind}
    if party.kind == "organisation":
        one = party.organisation
        found |= {"business_number": one.business_number, "address": one.address}
    return found


def address_of(party: Any) -> str:
    """Where a member or donor lives or sits, where a paper must say so; "" when unknown."""
    found: str = getattr(party, party.kind).address
    return found


def contents(
    kind: PaperKind, memberships: Sequence[Membership], from_date: date, until_date: date, on: date
) -> ById:
    """What papers of a kind say of each membership: id → content."""
    ids = [membership.pk for membership in memberships]
    found = {
        pk: {"member": member} for pk, member in _members(memberships, min(on, until_date)).items()
    }
    for part in _PARTS[kind]:
        for pk, told in part(ids, from_date, until_date).items():
            found[pk] |= told
    return found


def _members(memberships: Sequence[Membership], on: date) -> ById:
    spells: dict[int, str] = {}
    rows = ClassSpell.objects.filter(membership__in=[m.pk for m in memberships])
    for spell in rows.select_related("member_class").order_by("membership", "from_date"):
        if spell.membership_id not in spells or spell.from_date <= on:
            spells[spell.membership_id] = spell.member_class.name
    return {
        one.pk: {
            **party_facts(one.party),
            "number": one.number,
            "class": spells.get(one.pk, ""),
            "joined": one.joined_date.isoformat(),
            "left": one.left_date.isoformat() if one.left_date else None,
        }
        for one in memberships
    }


def _dues(ids: Collection[int], from_date: date, until_date: date) -> ById:
    """What was charged in the span, what of it is open, and what was paid in the span."""
    found: ById = {pk: {"charges": [], "payments": []} for pk in ids}
    charges = Charge.objects.filter(
        membership__in=ids, billed_date__gte=from_date, billed_date__lt=until_date
    )
    for one in charges.select_related("plan").order_by("from_date", "pk"):
        found[one.membership_id]["charges"].append(
            [
                one.plan.name,
                *_months(one),
                one.due_date.isoformat(),
                one.amount_won,
                one.paid_won,
                one.waived_won,
            ]
        )
    paid = Allocation.objects.filter(
        charge__membership__in=ids, allocated_date__gte=from_date, allocated_date__lt=until_date
    ).filter(Q(undone_date=None) | Q(undone_date__gte=until_date))
    for part in paid.select_related("charge__plan").order_by("allocated_date", "pk"):
        found[part.charge.membership_id]["payments"].append(
            [
                part.allocated_date.isoformat(),
                part.charge.plan.name,
                *_months(part.charge),
                part.amount_won,
            ]
        )
    return found


def _months(charge: Charge) -> tuple[str, str]:
    """The first and the last month charged."""
    return str(Month.of(charge.from_date)), str(Month.of(charge.until_date).plus(-1)) if (
        charge.until_date > Month.of(charge.from_date).end_date
    ) else str(Month.of(charge.from_date))


def _shares(ids: Collection[int], from_date: date, until_date: date) -> ById:
    """Shares brought forward, how they moved in the span, and what is held at its end."""
    found: ById = {pk: {"shares_before_won": 0, "shares": []} for pk in ids}
    moves = ShareMovement.objects.filter(membership__in=ids, moved_date__lt=until_date)
    for move in moves.order_by("moved_date", "pk"):
        assert move.membership_id is not None
        about = found[move.membership_id]
        if move.moved_date < from_date:
            about["shares_before_won"] += move.amount_won
        else:
            about["shares"].append(
                [move.moved_date.isoformat(), move.kind, move.shares, move.amount_won]
            )
    return found


def _certificate(ids: Collection[int], from_date: date, until_date: date) -> ById:
    """The share certificate that holds now (출자증권): its number, shares, what was paid, since when."""
    return {
        one.membership_id: {
            "certificate": {
                "number": one.number,
                "shares": one.shares,
                "won": one.won,
                "issued": one.issued_date.isoformat(),
            }
        }
        for one in ShareCertificate.objects.filter(membership__in=ids, ended_date=None)
    }


def register_rows(on: date) -> list[list[Any]]:
    """The register of a day, as it reads now: number, name, address, class, since when, shares, won
    paid in, number of the certificate. Where there is share capital, supporters are not in it."""
    live = Membership.objects.filter(
        Q(left_date=None) | Q(left_date__gt=on), joined_date__lte=on
    ).select_related("party__organisation", "party__person")
    if bylaws.rules_on(on).yes("shares.held"):
        spell = ClassSpell.objects.filter(
            Q(until_date=None) | Q(until_date__gt=on), membership=OuterRef("pk"), from_date__lte=on
        )
        live = live.filter(Exists(spell.filter(member_class__holds_shares=True)))
    memberships = list(live.order_by("number"))
    members = _members(memberships, on)
    held: dict[int | None, tuple[int, int]] = {}
    moves = ShareMovement.objects.filter(moved_date__lte=on).order_by()
    for pk, shares, won in moves.values_list("membership").annotate(
        n=Sum("shares"), won=Sum("amount_won")
    ):
        held[pk] = shares, won
    certificates = dict(
        ShareCertificate.objects.filter(
            Q(ended_date=None) | Q(ended_date__gt=on), issued_date__lte=on
        )
        .order_by("number")
        .values_list("membership", "number")
    )
    return [
        [
            members[one.pk]["number"],
            members[one.pk]["name"],
            address_of(one.party),
            members[one.pk]["class"],
            members[one.pk]["joined"],
            *held.get(one.pk, (0, 0)),
            certificates.get(one.pk),
        ]
        for one in memberships
    ]


def digest_of_rows(code: str, rows: list[list[Any]]) -> str:
    """What the rows of a register are known by again: no second copy of everybody is kept."""
    return digest_of_register(code, plain.dumps({"members": rows}))


def _donations(ids: Collection[int], from_date: date, until_date: date) -> ById:
    """What the member gave in the span, receipted or not."""
    found: ById = {pk: {"donations": []} for pk in ids}
    of_party = dict(Membership.objects.filter(pk__in=ids).values_list("party", "pk"))
    gifts = ReceiptUse.objects.filter(
        purpose=ReceiptUse.Purpose.DONATION,
        undone_date=None,
        donor__in=list(of_party),
        receipt__receipt_date__gte=from_date,
        receipt__receipt_date__lt=until_date,
    )
    for party_id, day, note, won in gifts.order_by("receipt__receipt_date", "pk").values_list(
        "donor", "receipt__receipt_date", "note", "amount_won"
    ):
        found[of_party[party_id]]["donations"].append([day.isoformat(), note, won])
    return found


Part = Callable[[Collection[int], date, date], ById]
_PARTS: dict[PaperKind, tuple[Part, ...]] = defaultdict(
    tuple,
    {
        PaperKind.DUES_STATEMENT: (_dues,),
        PaperKind.YEARLY_STATEMENT: (_dues, _shares, _donations),
        PaperKind.SHARE_CERTIFICATE: (_certificate,),
    },
)
