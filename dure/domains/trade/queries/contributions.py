"""What rules ask of members for the cooperative fund, what is billed, and what came in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from datetime import date
from itertools import accumulate

from django.db.models import F, Sum
from django.utils.translation import gettext as _now

from dure.domains.ledger import queries as ledger
from dure.domains.memberships import queries as memberships
from dure.domains.memberships.rules.payables import Payable
from dure.kernel.dates import Month

from ..models import ContributionBill, ContributionRule, Deal, ProfitStatement
from ..rules import contributions as rules
from ..rules.booking import Chart
from ..rules.contributions import Basis

__all__ = ["KIND", "PREFIX", "AskedBill", "contributions_to_bill", "fund_payables", "memberships_of_bills"]  # fmt: skip

KIND, PREFIX = "trade", "협동기금"


@dataclass(frozen=True, slots=True)
class AskedBill:
    """What a rule asks of a member until the end of a month, and what of it is not billed yet."""

    rule_id: int
    membership_id: int
    due_day: int
    asked_won: int
    won: int


def chart() -> Chart:
    """The accounts this room moves, by role. Raises what the ledger refuses when one is missing."""
    return Chart(*(ledger.account_for(field.name) for field in fields(Chart)))


def contributions_to_bill(month: Month) -> list[AskedBill]:
    """What would be billed with the end of a month, by rule and membership."""
    found = []
    for rule in ContributionRule.objects.filter(from_date__lt=month.end_date).order_by("pk"):
        if rules.ends_with(rule.every, month):
            asked = dict(_asked(rule, month))
            billed = _billed(rule)
            done = set(
                rule.bills.filter(month_date=month.first_date)
                .order_by()
                .values_list("membership", flat=True)
            )
            found += [
                AskedBill(rule.pk, one, rule.due_day, won, new)
                for one, won in sorted(asked.items())
                if one not in done and (new := rules.to_bill(won, billed.get(one, 0)))
            ]
    return found


def sums_of_sales(since: date, until: date) -> dict[tuple[int, int], int]:
    """{(seller, buyer): won without tax} of what both confirmed, between members, [since, until)."""
    rows = Deal.objects.filter(
        state=Deal.State.CONFIRMED, is_mutual=True, dealt_date__gte=since, dealt_date__lt=until
    )
    found = (
        rows.order_by().values_list("seller", "buyer").annotate(won=Sum(F("won") - F("vat_won")))
    )
    return {(seller, buyer): int(won) for seller, buyer, won in found}


def _asked(rule: ContributionRule, month: Month) -> Iterable[tuple[int, int]]:
    """(membership, all that the rule asks of it until the end of the month)."""
    until = min(month.end_date, rule.until_date or month.end_date)
    of_class = memberships.memberships_of_class(rule.member_class, until)
    if rule.basis == Basis.SALE:
        borne = rules.of_sales(rule.bearer, rule.ratio, sums_of_sales(rule.from_date, until))
        return [(of_class[party], won) for party, won in borne.items() if party in of_class]
    if rule.basis == Basis.PROFIT:
        profits: dict[tuple[int, int], int] = {}
        for one in ProfitStatement.objects.filter(
            year__gte=rule.from_date.year, stated_at__date__lt=month.end_date
        ).order_by("pk"):
            if rule.until_date is None or date(one.year, 12, 31) < rule.until_date:
                profits[one.membership_id, one.year] = one.net_profit_won
        by_member: dict[int, list[int]] = defaultdict(list)
        for (member, _year), won in profits.items():
            by_member[member].append(won)
        known = set(of_class.values())
        return [
            (member, rules.of_profits(rule.ratio, found))
            for member, found in by_member.items()
            if member in known
        ]
    if rule.until_date is not None and rule.until_date < month.end_date:
        return []
    billed = _billed(rule)
    return [(one, billed.get(one, 0) + rule.fixed_won) for one in of_class.values()]


def _billed(rule: ContributionRule) -> dict[int, int]:
    rows = rule.bills.order_by().values_list("membership").annotate(won=Sum("won"))
    return {member: int(won) for member, won in rows}


def fund_payables(members: Collection[int] | None, on: date) -> list[Payable]:
    """What money of these members, or of all, may pay of their contributions."""
    rows = ContributionBill.objects.filter(paid_won__lt=F("won"))
    if members is not None:
        rows = rows.filter(membership__in=list(members))
    found: dict[int, list[ContributionBill]] = defaultdict(list)
    for row in rows.order_by("membership", "month_date", "pk"):
        found[row.membership_id].append(row)
    return [_payable(one, bills) for one, bills in found.items()]


def memberships_of_bills(numbers: Collection[int]) -> set[int]:
    """Contributions are numbered by the membership."""
    rows = ContributionBill.objects.filter(membership__in=list(numbers))
    return set(rows.order_by().values_list("membership", flat=True))


def _payable(membership_id: int, bills: list[ContributionBill]) -> Payable:
    sums = tuple(accumulate(one.open_won for one in bills))
    return Payable(
        key=f"{KIND}:{membership_id}",
        membership_id=membership_id,
        label=_now("Contribution to the cooperative fund"),
        reference=f"{PREFIX}{membership_id}",
        sums=lambda day: sums,
        most=lambda day: sums[-1],
        due=lambda day: sum(one.open_won for one in bills if one.due_date <= day),
    )
