"""Who belongs, since when, as what: on any day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum

from dure.domains.bylaws import queries as bylaws
from dure.domains.parties import queries as parties
from dure.kernel.acts import Act, Capacity
from dure.kernel.dates import Month
from dure.kernel.reads import note_read
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import (
    AgreedDues,
    Charge,
    ClassSpell,
    ConductCase,
    DuesPlan,
    MemberClass,
    Membership,
)
from ..rules.conduct import ConductKind
from ..rules.duties import VOTE_RESTS
from .shares import capital, claim_days, holding

__all__ = [
    "DuesTerm", "MemberCard", "MonthCount", "SpellLine", "capacities_of", "counts_by_class",
    "member_capacities", "member_card", "member_class", "member_classes", "member_count",
    "members_on", "members_over_time", "membership_cards", "membership_of", "my_membership",
    "open_classes", "parties_that_left", "shares_total", "suspended_parties",
    "voting_members",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class SpellLine:
    member_class: str
    from_date: date
    until_date: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class DuesTerm:
    """A dues plan as it holds for one member."""

    plan_id: int
    name: str
    period: str
    amount_won: int
    agreed_won: int | None
    is_minimum: bool

    @property
    def owed_won(self) -> int:
        return self.amount_won if self.agreed_won is None else self.agreed_won


@dataclass(frozen=True, slots=True)
class MemberCard:
    """Everything about one membership on one page."""

    id: int
    party_id: int
    party_kind: str
    name: str
    number: int
    member_class: str
    class_code: str
    may_vote: bool
    joined_date: date
    left_date: date | None
    left_reason: str
    decided_by: str
    application_id: int | None
    spells: tuple[SpellLine, ...]
    terms: tuple[DuesTerm, ...]
    charged_won: int
    paid_won: int
    waived_won: int
    arrears_won: int  # open and past its due date
    open_won: int
    shares_won: int
    share_minimum_won: int
    share_article: str
    shares_due_date: date | None  # from when a leaver may claim shares back

    @property
    def shares_missing_won(self) -> int:
        return max(0, self.share_minimum_won - self.shares_won)


@dataclass(frozen=True, slots=True)
class MonthCount:
    """Members at the end of a month, and who came and went during it."""

    month: Month
    count: int
    joined: int
    left: int


def member_classes() -> list[MemberClass]:
    """All classes in the order of the network."""
    return list(MemberClass.objects.order_by("position", "pk"))


def open_classes() -> list[MemberClass]:
    """Classes one can apply for on the public form."""
    return list(MemberClass.objects.filter(is_open=True).order_by("position", "pk"))


def member_class(code: str) -> MemberClass:
    """A class by its code. Raises NotFound."""
    found = MemberClass.objects.filter(code=code).first()
    if found is None:
        raise NotFound
    return found


def members_on(
    act: Act,
    on: date,
    *,
    member_class: str = "",
    search: str = "",
    order: Iterable[str] = ("number",),
) -> QuerySet[Any]:
    """Memberships live on a day, each with `class_name`, `class_code` and `open_won` (dues open now).

    Everybody sees their own; the office sees all. Ordered as asked, then by number.
    """
    spell = ClassSpell.objects.filter(
        Q(until_date=None) | Q(until_date__gt=on), membership=OuterRef("pk"), from_date__lte=on
    ).order_by("-from_date")
    open_dues = (
        Charge.objects.filter(
            membership=OuterRef("pk"), amount_won__gt=F("paid_won") + F("waived_won")
        )
        .order_by()
        .values("membership")
        .annotate(won=Sum(F("amount_won") - F("paid_won") - F("waived_won")))
        .values("won")
    )
    rows = policies.memberships_visible_to(act, Membership.objects.all()).filter(_live(on))
    if member_class:
        rows = rows.filter(
            Q(spells__until_date=None) | Q(spells__until_date__gt=on),
            spells__from_date__lte=on,
            spells__member_class__code=member_class,
        )
    if search.strip():
        text = search.strip()
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
        rows = rows.filter(Q(party__in=parties.named_like(text)) | Q(number=number))
    return (
        rows.select_related("party")
        .annotate(
            class_name=Subquery(spell.values("member_class__name")[:1]),
            class_code=Subquery(spell.values("member_class__code")[:1]),
            open_won=Subquery(open_dues),
        )
        .order_by(*order, "number")
    )


def voting_members(on: date) -> QuerySet[Membership]:
    """The memberships that have a vote on a day, in their order: of a voting class, and not suspended
    where the bylaws let the vote rest then (never in co-operatives)."""
    voting = Membership.objects.filter(_live(on)).filter(
        Q(spells__until_date=None) | Q(spells__until_date__gt=on),
        spells__from_date__lte=on,
        spells__member_class__may_vote=True,
    )
    if bylaws.rules_on(on).yes(VOTE_RESTS):
        voting = voting.exclude(pk__in=_suspensions(on).values("membership"))
    return voting.order_by("pk").distinct()


def member_count(on: date) -> int:
    """How many belong on a day."""
    return Membership.objects.filter(_live(on)).count()


def counts_by_class(on: date) -> list[tuple[MemberClass, int]]:
    """Every class with the number of its members on a day (leaving ends the spell in a class)."""
    counted = dict(
        ClassSpell.objects.filter(Q(until_date=None) | Q(until_date__gt=on), from_date__lte=on)
        .order_by()
        .values_list("member_class")
        .annotate(n=Count("pk"))
    )
    return [(c, counted.get(c.pk, 0)) for c in member_classes()]


def members_over_time(until: Month, months: int = 36) -> list[MonthCount]:
    """Members at the end of each of the last months up to `until`, which is included."""
    first = until.plus(1 - months)
    joined, left = _by_month("joined_date", first, until), _by_month("left_date", first, until)
    before = Membership.objects.filter(joined_date__lt=first.first_date).aggregate(
        joined=Count("pk"), left=Count("pk", filter=Q(left_date__lt=first.first_date))
    )
    count = before["joined"] - before["left"]
    found = []
    for month in (first.plus(i) for i in range(months)):
        count += joined[month] - left[month]
        found.append(MonthCount(month, count, joined[month], left[month]))
    return found


def member_card(act: Act, membership_id: int) -> MemberCard:
    """One membership; the office's look at a person's is logged. Raises NotFound, Denied."""
    membership = (
        Membership.objects.select_related("party", "application").filter(pk=membership_id).first()
    )
    if membership is None:
        raise NotFound
    policies.can_see_membership(act, membership).enforce()
    if membership.party.kind == "person":
        note_read(act, membership.party_id, "memberships.member_card")
    return _card(membership, act.today)


def my_membership(act: Act) -> list[MemberCard]:
    """The memberships of the actor and of the organisations the actor speaks for, open ones first."""
    return membership_cards(act.own, act.today)


def membership_cards(party_ids: frozenset[int], today: date) -> list[MemberCard]:
    """The memberships of some parties, open ones first; whoever asks has judged who may see them."""
    rows = Membership.objects.select_related("party", "application").filter(party__in=party_ids)
    return [
        _card(membership, today)
        for membership in rows.order_by(F("left_date").desc(nulls_first=True), "number")[:20]
    ]


def membership_of(party_id: int, on: date) -> int | None:
    """The id of the membership a party has on a day."""
    return (
        Membership.objects.filter(_live(on), party=party_id)
        .order_by("-pk")
        .values_list("pk", flat=True)
        .first()
    )


def parties_that_left(party_ids: Collection[int], on: date) -> frozenset[int]:
    """Of these parties those that were members before a day and are none on it."""
    rows = Membership.objects.filter(party__in=party_ids).order_by("pk")
    was = rows.filter(left_date__lte=on).values_list("party_id", flat=True)
    return frozenset(was) - frozenset(rows.filter(_live(on)).values_list("party_id", flat=True))


def suspended_parties(party_ids: Collection[int], on: date) -> frozenset[int]:
    """Of these parties those whose membership is suspended on a day."""
    rows = _suspensions(on).filter(membership__party__in=party_ids).order_by("pk")
    return frozenset(rows.values_list("membership__party_id", flat=True))


def _suspensions(on: date) -> QuerySet[ConductCase]:
    return ConductCase.objects.filter(
        kind=ConductKind.SUSPENSION,
        state=ConductCase.State.UPHELD,
        from_date__lte=on,
        until_date__gt=on,
    )


def capacities_of(party_ids: frozenset[int], on: date) -> frozenset[Capacity]:
    """`member` of each membership live on the day of the given parties."""
    rows = Membership.objects.filter(_live(on), party__in=party_ids)
    return frozenset(
        Capacity("member", pk) for pk in rows.order_by("pk").values_list("pk", flat=True)
    )


def member_capacities(person_id: int, on: date) -> frozenset[Capacity]:
    """`member` of the person's memberships and of those of the organisations it represents."""
    return capacities_of(frozenset({person_id, *parties.represented_by(person_id, on)}), on)


def shares_total(on: date | None = None) -> int:
    """납입 출자금 총액 on a day (now, without one), in won."""
    return capital(on).won


def _live(on: date) -> Q:
    return Q(joined_date__lte=on) & (Q(left_date=None) | Q(left_date__gt=on))


def _by_month(field: str, first: Month, last: Month) -> Counter[Month]:
    """How many rows have the day in each month: counted by day in the index, summed here."""
    rows = Membership.objects.filter(
        **{f"{field}__gte": first.first_date, f"{field}__lt": last.end_date}
    )
    found: Counter[Month] = Counter()
    for day, n in rows.order_by(field).values_list(field).annotate(n=Count("pk")):
        found[Month.of(day)] += n
    return found


def _card(membership: Membership, today: date) -> MemberCard:
    spells = tuple(membership.spells.select_related("member_class").order_by("from_date"))
    now = next(
        (s for s in reversed(spells) if s.from_date <= max(today, membership.joined_date)),
        spells[0],
    )
    sums = Charge.objects.filter(membership=membership).aggregate(
        charged=Sum("amount_won"),
        paid=Sum("paid_won"),
        waived=Sum("waived_won"),
        late=Sum(F("amount_won") - F("paid_won") - F("waived_won"), filter=Q(due_date__lt=today)),
    )
    charged, paid, waived = (sums[k] or 0 for k in ("charged", "paid", "waived"))
    shares = holding(membership.pk).won
    shares_due = claim_days(membership.left_date)[0] if membership.left_date and shares else None
    application = getattr(membership, "application", None)
    return MemberCard(
        id=membership.pk,
        party_id=membership.party_id,
        party_kind=membership.party.kind,
        name=membership.party.name,
        number=membership.number,
        member_class=now.member_class.name,
        class_code=now.member_class.code,
        may_vote=now.member_class.may_vote,
        joined_date=membership.joined_date,
        left_date=membership.left_date,
        left_reason=membership.left_reason,
        decided_by=membership.decided_by,
        application_id=application.pk if application else None,
        spells=tuple(
            SpellLine(s.member_class.name, s.from_date, s.until_date, s.reason) for s in spells
        ),
        terms=_terms(membership, now.member_class_id, today),
        charged_won=charged,
        paid_won=paid,
        waived_won=waived,
        arrears_won=sums["late"] or 0,
        open_won=charged - paid - waived,
        shares_won=shares,
        share_minimum_won=now.member_class.share_minimum_won,
        share_article=now.member_class.share_article,
        shares_due_date=shares_due,
    )


def _terms(membership: Membership, class_id: int, today: date) -> tuple[DuesTerm, ...]:
    plans = DuesPlan.objects.filter(
        Q(until_date=None) | Q(until_date__gt=today), member_class=class_id, from_date__lte=today
    ).order_by("pk")
    agreed = dict(
        AgreedDues.objects.filter(membership=membership, from_date__lte=today)
        .order_by("from_date")
        .values_list("plan_id", "amount_won")
    )
    return tuple(
        DuesTerm(p.pk, p.name, p.get_period_display(), p.amount_won, agreed.get(p.pk), p.is_minimum)
        for p in plans
    )
