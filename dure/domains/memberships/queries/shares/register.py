"""The register of members and their shares (조합원명부·출자자명부) on any day, certificates, one member."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import Finding, Rulebook, kept
from dure.kernel.acts import Act
from dure.kernel.reads import note_read
from dure.kernel.refusals import NotFound

from ... import policies
from ...models import (
    ClassSpell,
    Membership,
    ShareCertificate,
    ShareClaim,
    ShareMovement,
    ShareSubscription,
)
from .holding import Held, capital, holding, unit_won, why_no_shares

ROWS_MAX = 500
SHOWN_MAX = 20
ADDRESS = (F("party__organisation__address"), F("party__person__address"))


@dataclass(frozen=True, slots=True)
class RegisterTotals:
    """The paid-in capital on a day.

    `above_cap`: (membership id, name, finding) of those above the cap: others leaving may do that.
    `no_address`: (party id, name) of the first whose address the register lacks.
    """

    on: date
    members: int
    shares: int
    won: int
    unit_won: int
    no_shares: str  # why there is no share capital; empty where there is
    above_cap: tuple[tuple[int, str, Finding], ...]
    no_address: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class CertificateCard:
    """What a share certificate (출자증권) says, and whether it still holds."""

    number: int
    membership_id: int
    member_number: int
    name: str
    shares: int
    unit_won: int
    won: int
    issued_date: date
    ended_date: date | None


@dataclass(frozen=True, slots=True)
class MovementLine:
    id: int
    date: date
    kind: str
    kind_name: str
    shares: int
    won: int
    held_won: int  # after it
    decided_by: str
    entry_id: int
    is_undone: bool
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class SubscriptionLine:
    id: int
    shares: int
    won: int
    paid_won: int
    open_won: int
    subscribed_date: date
    due_date: date
    ended_date: date | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class HolderCard:
    """One member as a holder of shares."""

    membership_id: int
    party_id: int
    number: int
    name: str
    member_class: str
    holds_shares: bool
    left_date: date | None
    left_reason: str
    held: Held
    unit_won: int
    minimum_won: int
    minimum_article: str
    no_shares: str  # why the network has no share capital; empty where it has
    book: Rulebook


@dataclass(frozen=True, slots=True)
class ShareCard:
    """Everything about the shares of one member."""

    holder: HolderCard
    cap: Finding | None  # how the member stands to the cap on one member
    subscriptions: tuple[SubscriptionLine, ...]
    movements: tuple[MovementLine, ...]
    certificates: tuple[CertificateCard, ...]
    claim_ids: tuple[int, ...]


def share_register(
    act: Act, on: date, *, search: str = "", order: tuple[str, ...] = ("number",)
) -> QuerySet[Any]:
    """Whoever belonged on a day as a member that holds shares, and whoever still had some then.

    Each with `shares`, `paid_in_won`, `certificate`, `class_name`, `address` and `changed_date` (the
    last movement until then). Sums of movements by their day: any past day reads like today.
    """
    policies.can_see_shares(act).enforce()
    moved = ShareMovement.objects.filter(membership=OuterRef("pk"), moved_date__lte=on).order_by()
    of_member = moved.values("membership")
    spell = _spell_on(on)
    certificate = ShareCertificate.objects.filter(
        Q(ended_date=None) | Q(ended_date__gt=on), membership=OuterRef("pk"), issued_date__lte=on
    ).order_by("-number")
    live = Q(joined_date__lte=on) & (Q(left_date=None) | Q(left_date__gt=on))
    rows = Membership.objects.annotate(
        shares_held=Coalesce(Subquery(of_member.annotate(n=Sum("shares")).values("n")), Value(0)),
        paid_in_won=Coalesce(
            Subquery(of_member.annotate(n=Sum("amount_won")).values("n")), Value(0)
        ),
    ).filter(
        (live & Exists(spell.filter(member_class__holds_shares=True)))
        | (Q(left_date__lte=on) & Q(paid_in_won__gt=0))
    )
    if search.strip():
        text = search.strip()
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
        rows = rows.filter(Q(party__name__icontains=text) | Q(number=number))
    return rows.annotate(
        name=F("party__name"),
        address=Coalesce(*ADDRESS, Value("")),
        class_name=Subquery(spell.order_by("-from_date").values("member_class__name")[:1]),
        certificate=Subquery(certificate.values("number")[:1]),
        changed_date=Subquery(of_member.annotate(n=Max("moved_date")).values("n")),
    ).order_by(*order, "number")


def _spell_on(on: date) -> QuerySet[ClassSpell]:
    """The class of an outer membership on a day."""
    return ClassSpell.objects.filter(
        Q(until_date=None) | Q(until_date__gt=on), membership=OuterRef("pk"), from_date__lte=on
    )


def register_totals(on: date) -> RegisterTotals:
    """The sums under the register: whole capital, so that they equal the ledger's on that day."""
    whole = capital(on)
    live = Q(joined_date__lte=on) & (Q(left_date=None) | Q(left_date__gt=on))
    book = bylaws.rules_on(on)
    members = Membership.objects.filter(live)
    holding = members.filter(Exists(_spell_on(on).filter(member_class__holds_shares=True)))
    bare = holding.annotate(address=Coalesce(*ADDRESS, Value(""))).filter(address="")
    named = bare.order_by("number").values_list("party", "party__name")
    return RegisterTotals(
        on,
        members.count(),
        whole.shares,
        whole.won,
        unit_won(book),
        why_no_shares(book),
        _above_cap(book, on, whole.won),
        tuple(named[:SHOWN_MAX]) if book.yes("shares.held") else (),
    )


def share_certificate(act: Act, number: int) -> CertificateCard:
    """A certificate by its number. Raises NotFound, Denied."""
    found = (
        ShareCertificate.objects.select_related("membership__party").filter(number=number).first()
    )
    if found is None:
        raise NotFound
    policies.can_see_membership(act, found.membership).enforce()
    return _certificate(found, found.membership.party.name)


def _certificate(one: ShareCertificate, name: str) -> CertificateCard:
    return CertificateCard(
        one.number,
        one.membership_id,
        one.membership.number,
        name,
        one.shares,
        one.won // one.shares,
        one.won,
        one.issued_date,
        one.ended_date,
    )


def holder_card(act: Act, membership_id: int) -> HolderCard:
    """A member as holder; the office's look at a person's is logged. Raises NotFound, Denied."""
    membership = Membership.objects.select_related("party").filter(pk=membership_id).first()
    if membership is None:
        raise NotFound
    policies.can_see_membership(act, membership).enforce()
    if membership.party.kind == "person":
        note_read(act, membership.party_id, "memberships.holder_card")
    spells = list(membership.spells.select_related("member_class").order_by("-from_date"))
    spell = next((s for s in spells if s.from_date <= act.today), spells[-1])
    book = bylaws.rules_on(act.today)
    return HolderCard(
        membership_id=membership.pk,
        party_id=membership.party_id,
        number=membership.number,
        name=membership.party.name,
        member_class=spell.member_class.name,
        holds_shares=spell.member_class.holds_shares,
        left_date=membership.left_date,
        left_reason=membership.left_reason,
        held=holding(membership.pk),
        unit_won=unit_won(book),
        minimum_won=spell.member_class.share_minimum_won,
        minimum_article=spell.member_class.share_article,
        no_shares=why_no_shares(book),
        book=book,
    )


def share_card(act: Act, membership_id: int) -> ShareCard:
    """The shares of one member. Raises NotFound, Denied."""
    holder = holder_card(act, membership_id)
    total = capital().won
    capped = total > 0 and "shares.cap_ratio" in holder.book
    subscriptions = ShareSubscription.objects.filter(membership=membership_id)
    certificates = ShareCertificate.objects.filter(membership=membership_id)
    return ShareCard(
        holder=holder,
        cap=holder.book.check("shares.cap_ratio", holder.held.won, of=total) if capped else None,
        subscriptions=tuple(
            _subscription(one) for one in subscriptions.order_by("subscribed_date", "pk")[:ROWS_MAX]
        ),
        movements=_movements(membership_id),
        certificates=tuple(
            _certificate(one, holder.name)
            for one in certificates.select_related("membership").order_by("-number")[:ROWS_MAX]
        ),
        claim_ids=tuple(
            ShareClaim.objects.filter(membership=membership_id)
            .order_by("-pk")
            .values_list("pk", flat=True)
        ),
    )


def _subscription(one: ShareSubscription) -> SubscriptionLine:
    return SubscriptionLine(
        one.pk,
        one.shares,
        one.won,
        one.paid_won,
        one.open_won,
        one.subscribed_date,
        one.due_date,
        one.ended_date,
        kept(one.findings),
    )


def _movements(membership_id: int) -> tuple[MovementLine, ...]:
    held, lines = 0, []
    rows = ShareMovement.objects.filter(membership=membership_id).select_related("undone_by")
    rows = rows.order_by("moved_date", "pk")
    for m in rows[:ROWS_MAX]:
        held += m.amount_won
        lines.append(
            MovementLine(
                m.pk,
                m.moved_date,
                m.kind,
                str(m.get_kind_display()),
                m.shares,
                m.amount_won,
                held,
                m.decided_by,
                m.entry_id,
                hasattr(m, "undone_by"),
                kept(m.findings),
            )
        )
    return tuple(reversed(lines))


@dataclass(frozen=True, slots=True)
class SubscriptionCard:
    """A subscription, with whose it is."""

    id: int
    membership_id: int
    party_id: int
    name: str
    line: SubscriptionLine

    @property
    def open_won(self) -> int:
        return self.line.open_won


def subscription_card(act: Act, subscription_id: int) -> SubscriptionCard:
    """One subscription. Raises NotFound, Denied."""
    found = (
        ShareSubscription.objects.select_related("membership__party")
        .filter(pk=subscription_id)
        .first()
    )
    if found is None:
        raise NotFound
    policies.can_see_membership(act, found).enforce()
    return SubscriptionCard(
        found.pk,
        found.membership_id,
        found.party_id,
        found.membership.party.name,
        _subscription(found),
    )


def member_of_movement(act: Act, movement_id: int) -> int:
    """Whose movement it is. Raises NotFound, Denied."""
    policies.can_see_shares(act).enforce()
    found = ShareMovement.objects.filter(pk=movement_id).values_list("membership_id")
    if not found:
        raise NotFound
    return found[0][0]


def membership_numbered(number: int) -> int:
    """The membership with a member number. Raises NotFound."""
    found = Membership.objects.filter(number=number).values_list("pk", flat=True).first()
    if found is None:
        raise NotFound
    return found


def latest_claim(membership_id: int) -> int | None:
    """The id of a member's last claim."""
    rows = ShareClaim.objects.filter(membership=membership_id).order_by("-pk")
    return rows.values_list("pk", flat=True).first()


def shares_waiting(act: Act, on: date) -> QuerySet[ShareSubscription]:
    """Subscriptions with something open that fell due before a day, the oldest due first."""
    policies.can_see_shares(act).enforce()
    return (
        ShareSubscription.objects.select_related("membership__party")
        .filter(ended_date=None, paid_won__lt=F("shares") * F("unit_won"), due_date__lt=on)
        .order_by("due_date", "pk")
    )


def _above_cap(book: Rulebook, on: date, total: int) -> tuple[tuple[int, str, Finding], ...]:
    if "shares.cap_ratio" not in book or total <= 0:
        return ()
    limit = book.ratio("shares.cap_ratio") * total
    rows = (
        ShareMovement.objects.filter(moved_date__lte=on)
        .order_by()
        .values_list("membership", "membership__party__name")
        .annotate(won=Sum("amount_won"))
        .filter(won__gt=int(limit))
        .order_by("-won", "membership")[:ROWS_MAX]
    )
    found = [(pk, name, book.check("shares.cap_ratio", won, of=total)) for pk, name, won in rows]
    return tuple(one for one in found if not one[2].passed)
