"""What money of members may pay for their mutual aid: the open months, the oldest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from itertools import accumulate

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _now

from dure.domains.memberships.rules.payables import Payable

from ..models import AidBill, AidEnrolment

__all__ = [
    "KIND", "PREFIX", "aid_payables", "aid_payables_of_others", "memberships_of_aid",
    "others_fund_of_aid",
]  # fmt: skip

KIND, PREFIX = "mutual_aid", "상호부조"
PAYING = (AidEnrolment.State.RUNNING, AidEnrolment.State.LAPSED)


def aid_payables(memberships: Collection[int] | None, on: date) -> list[Payable]:
    """The contracts of these members, or of all, that have months to pay."""
    rows = AidBill.objects.filter(
        enrolment__state__in=PAYING, enrolment__participant=None, paid_won__lt=F("won")
    )
    if memberships is not None:
        rows = rows.filter(enrolment__membership__in=list(memberships))
    return _payables(rows)


def aid_payables_of_others(on: date) -> list[Payable]:
    """The contracts in the mutual aid of funds run for others that have months to pay."""
    return _payables(
        AidBill.objects.filter(
            enrolment__state__in=PAYING, enrolment__participant__isnull=False, paid_won__lt=F("won")
        )
    )


def others_fund_of_aid(enrolment_id: int) -> str:
    """The books of a fund run for others that a contract is paid into; "" for the network's own."""
    rows = AidEnrolment.objects.filter(pk=enrolment_id, participant__isnull=False)
    return rows.values_list("plan__fund", flat=True).first() or ""


def _payables(rows: QuerySet[AidBill]) -> list[Payable]:
    found: dict[AidEnrolment, list[AidBill]] = defaultdict(list)
    for row in rows.select_related("enrolment__plan").order_by("enrolment", "month_date"):
        found[row.enrolment].append(row)
    return [_payable(one, bills) for one, bills in found.items()]


def memberships_of_aid(enrolments: Collection[int]) -> set[int]:
    """Whose contracts these are."""
    rows = AidEnrolment.objects.filter(pk__in=list(enrolments), membership__isnull=False)
    return set(rows.order_by().values_list("membership", flat=True))


def _payable(enrolment: AidEnrolment, bills: list[AidBill]) -> Payable:
    sums = tuple(accumulate(one.open_won for one in bills))
    return Payable(
        key=f"{KIND}:{enrolment.pk}",
        membership_id=enrolment.membership_id,
        label=_now("%(plan)s no. %(number)d")
        % {"plan": enrolment.plan.name, "number": enrolment.pk},
        reference=f"{PREFIX}{enrolment.pk}",
        sums=lambda day: sums,
        most=lambda day: sums[-1],
        due=lambda day: sum(one.open_won for one in bills if one.due_date <= day),
        by_debit=enrolment.by_debit,
        party_id=None if enrolment.membership_id else enrolment.party_id,
    )
