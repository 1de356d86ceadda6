"""Direct debits: mandates, requests, and what the bank answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from dure.domains.bylaws import queries as bylaws
from dure.kernel import secrets
from dure.kernel.acts import Act
from dure.kernel.reads import note_read
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import Charge, DebitLine, DebitRun, Mandate, Membership
from ..rules.debits import DebitLayout, read_layout, write_request
from .payables import payables_of

__all__ = [
    "DebitPreview", "consent_forms", "debit_candidates", "debit_layouts", "debit_lines",
    "debit_preview", "debit_run", "debit_runs", "debits_waiting", "evidence_choices",
    "mandate_card", "mandates_of", "reference_of", "request_file",
]  # fmt: skip

CONSENT_FORMS = "debit.consent_forms"
KEPT_MONTHS = "debit.consent_kept_months"


@dataclass(frozen=True, slots=True)
class DebitPreview:
    """What a request would ask for."""

    count: int
    sum_won: int
    without_mandate: int  # members who owe and gave none


@dataclass(frozen=True, slots=True)
class DebitCandidate:
    membership_id: int
    mandate_id: int
    won: int
    payable: str = ""


@lru_cache(maxsize=1)
def debit_layouts() -> dict[str, DebitLayout]:
    """The layouts Dure ships, by name. Raises LayoutMalformed."""
    folder = resources.files("dure.domains.memberships") / "layouts"
    files = sorted(folder.iterdir(), key=lambda file: file.name)
    found = [
        read_layout(file.read_text("utf-8"), file.name.removesuffix(".toml"))
        for file in files
        if file.name.endswith(".toml")
    ]
    return {layout.name: layout for layout in found}


def consent_forms(act: Act) -> tuple[str, ...]:
    """The forms of consent the rules allow today; all where they say nothing."""
    book = bylaws.rules_on(act.today)
    allowed = book.choices(CONSENT_FORMS) if CONSENT_FORMS in book else Mandate.Evidence.values
    return tuple(form for form in Mandate.Evidence.values if form in allowed)


def evidence_choices(act: Act) -> list[tuple[str, str]]:
    allowed = consent_forms(act)
    return [(value, str(label)) for value, label in Mandate.Evidence.choices if value in allowed]


def mandates_of(act: Act, membership_id: int) -> QuerySet[Mandate]:
    """A member's mandates, the newest first."""
    membership = Membership.objects.filter(pk=membership_id).first()
    if membership is None:
        raise NotFound
    policies.can_see_membership(act, membership).enforce()
    return Mandate.objects.filter(membership=membership).order_by("-from_date", "-pk")


def mandate_card(act: Act, mandate_id: int) -> Mandate:
    """One of them. Raises NotFound."""
    found = Mandate.objects.select_related("membership__party").filter(pk=mandate_id).first()
    if found is None:
        raise NotFound
    policies.can_see_membership(act, found.membership).enforce()
    return found


def debit_candidates(on: date) -> list[DebitCandidate]:
    """Members with a mandate on the day and dues due by it, less what is under way already."""
    due = (
        Charge.objects.filter(
            membership=OuterRef("membership"),
            due_date__lte=on,
            amount_won__gt=F("paid_won") + F("waived_won"),
        )
        .order_by()
        .values("membership")
        .annotate(won=Sum(F("amount_won") - F("paid_won") - F("waived_won")))
        .values("won")
    )
    asked = (
        DebitLine.objects.filter(
            membership=OuterRef("membership"), state=DebitLine.State.REQUESTED, payable=""
        )
        .order_by()
        .values("membership")
        .annotate(won=Sum("amount_won"))
        .values("won")
    )
    rows = (
        _valid_on(on)
        .annotate(owed=Subquery(due), asked=Coalesce(Subquery(asked), Value(0)))
        .filter(owed__gt=F("asked"))
        .order_by("membership", "-from_date")
        .values_list("membership_id", "pk", F("owed") - F("asked"))
    )
    found: dict[int, DebitCandidate] = {}
    for membership_id, mandate_id, won in rows:
        found.setdefault(membership_id, DebitCandidate(membership_id, mandate_id, won))
    return [*found.values(), *_others(on)]


def _others(on: date) -> list[DebitCandidate]:
    """What is due besides dues, where its payer agreed that it is debited."""
    wanted = [
        (pk, one, won)
        for pk, rows in payables_of(None, on).items()
        for one in rows
        if one.by_debit and (won := one.due(on)) > 0
    ]
    if not wanted:
        return []
    members = {pk for pk, _one, _won in wanted}
    mandates = dict(
        _valid_on(on)
        .filter(membership__in=members)
        .order_by("membership", "from_date")
        .values_list("membership_id", "pk")
    )
    asked = set(
        DebitLine.objects.filter(membership__in=members, state=DebitLine.State.REQUESTED)
        .exclude(payable="")
        .values_list("payable", flat=True)
    )
    return [
        DebitCandidate(pk, mandates[pk], won, one.key)
        for pk, one, won in wanted
        if pk in mandates and one.key not in asked
    ]


def debit_preview(act: Act, on: date) -> DebitPreview:
    """What a request for the day would ask for."""
    policies.can_request_debits(act).enforce()
    found = debit_candidates(on)
    owing = Charge.objects.filter(
        due_date__lte=on, amount_won__gt=F("paid_won") + F("waived_won")
    ).exclude(membership__in=_valid_on(on).order_by().values("membership"))
    without = owing.order_by().values("membership").distinct().count()
    return DebitPreview(len(found), sum(one.won for one in found), without)


def debit_runs(act: Act) -> QuerySet[DebitRun]:
    """Requests, the latest first."""
    policies.can_see_dues(act).enforce()
    return DebitRun.objects.order_by("-collect_date", "-pk")


def debit_run(act: Act, run_id: int) -> DebitRun:
    """One request. Raises NotFound."""
    policies.can_see_dues(act).enforce()
    found = DebitRun.objects.filter(pk=run_id).first()
    if found is None:
        raise NotFound
    return found


def debit_lines(act: Act, run_id: int, *, search: str = "") -> QuerySet[DebitLine]:
    """Its lines, those that failed first."""
    policies.can_see_dues(act).enforce()
    rows = DebitLine.objects.select_related("membership__party", "mandate").filter(run=run_id)
    if search.strip():
        rows = rows.filter(membership__party__name__icontains=search.strip())
    return rows.order_by("state", "membership__number")


def request_file(act: Act, run: DebitRun) -> tuple[str, bytes]:
    """The file for the bank: its name and bytes. Full account numbers; the reading is noted."""
    policies.can_see_debit_accounts(act).enforce()
    layout = debit_layouts()[run.layout]
    lines = DebitLine.objects.select_related("membership__party", "mandate").filter(run=run)
    rows = [
        {
            "number": line.membership.number,
            "reference": reference_of(line.pk),
            "name": line.membership.party.name,
            "holder": line.mandate.holder,
            "bank": line.mandate.bank,
            "account": _account(line.mandate),
            "amount": line.amount_won,
            "collect_date": run.collect_date,
        }
        for line in lines.order_by("pk")
    ]
    note_read(act, None, "memberships.debit_accounts", len(rows), download=True)
    return f"debits-{run.collect_date:%Y%m%d}-{run.pk}.csv", write_request(layout, rows)


def _account(mandate: Mandate) -> str:
    """The number, unless it was destroyed."""
    return secrets.decrypt(mandate.account_secret) if mandate.account_secret else ""


def reference_of(line_id: int) -> str:
    """How a line is known to the bank."""
    return f"D{line_id:09d}"


def debits_waiting() -> int:
    """How many requests wait for their result."""
    return DebitRun.objects.filter(state=DebitRun.State.REQUESTED).count()


def _valid_on(on: date) -> QuerySet[Mandate]:
    return Mandate.objects.filter(Q(until_date=None) | Q(until_date__gt=on), from_date__lte=on)
