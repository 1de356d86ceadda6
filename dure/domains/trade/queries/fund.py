"""The cooperative fund as members see it: its rules, what each put in, what it did, what may come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q, Sum

from dure.domains.bylaws.rules import Finding, kept
from dure.domains.ledger import queries as ledger
from dure.domains.memberships import queries as memberships
from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.dates import Month, after_months
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import (
    ContributionBill,
    ContributionReceipt,
    ContributionRule,
    FundUse,
    ProfitStatement,
)

__all__ = [
    "BillLine", "ContributionCard", "FundCard", "FundUseLine", "GiverLine", "MemberContributions",
    "ProfitLine", "ReceiptLine", "contribution_rule", "contribution_rules",
    "contributions_of", "cooperative_fund", "late_contributions",
]  # fmt: skip

FUND = "cooperative"


@dataclass(frozen=True, slots=True)
class ContributionCard:
    """A rule, in words."""

    id: int
    name: str
    article: str
    decided_by: str
    basis: str
    basis_label: str
    bearer_label: str
    ratio: tuple[int, int]
    fixed_won: int
    every_label: str
    member_class: str
    from_date: date
    until_date: date | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class GiverLine:
    """What a member put in, and what of it is billed and open."""

    name: str
    paid_won: int
    open_won: int


@dataclass(frozen=True, slots=True)
class FundUseLine:
    """What the fund did."""

    used_date: date
    what: str
    name: str
    won: int
    decided_by: str


@dataclass(frozen=True, slots=True)
class FundCard:
    """The fund in figures. `forecast_won`: of the coming year, as in the last twelve months billed."""

    money_won: int
    paid_won: int
    open_won: int
    used_won: int
    forecast_won: int
    rules: tuple[ContributionCard, ...]
    givers: tuple[GiverLine, ...]
    uses: tuple[FundUseLine, ...]


@dataclass(frozen=True, slots=True)
class BillLine:
    """What was billed to a member."""

    id: int
    rule: str
    month: Month
    due_date: date
    won: int
    paid_won: int
    is_late: bool

    @property
    def open_won(self) -> int:
        return self.won - self.paid_won


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """What came in from a member."""

    id: int
    paid_date: date
    won: int
    by_bank: bool
    is_undone: bool


@dataclass(frozen=True, slots=True)
class ProfitLine:
    """The net profit of a year as stated."""

    id: int
    year: int
    net_profit_won: int
    stated_at: datetime


@dataclass(frozen=True, slots=True)
class MemberContributions:
    """What a member was asked, and put in."""

    membership_id: int
    party_id: int
    name: str
    bills: tuple[BillLine, ...]
    receipts: tuple[ReceiptLine, ...]
    profits: tuple[ProfitLine, ...]

    @property
    def open_won(self) -> int:
        return sum(one.open_won for one in self.bills)

    @property
    def paid_won(self) -> int:
        return sum(one.paid_won for one in self.bills)


def contribution_rules(act: Act) -> list[ContributionCard]:
    """Every rule, the newest first."""
    policies.can_see_trade(act).enforce()
    return [_card(one) for one in ContributionRule.objects.all()]


def contribution_rule(act: Act, rule_id: int) -> ContributionCard:
    """One rule. Raises NotFound."""
    policies.can_see_trade(act).enforce()
    found = ContributionRule.objects.filter(pk=rule_id).first()
    if found is None:
        raise NotFound
    return _card(found)


def cooperative_fund(act: Act) -> FundCard:
    """The fund with each member's part; who belongs may see it."""
    policies.can_see_trade(act).enforce()
    bills = ContributionBill.objects.order_by()
    found = bills.values_list("membership__party").annotate(
        paid=Sum("paid_won"), open=Sum(F("won") - F("paid_won"))
    )
    sums = {party: (int(paid), int(open_)) for party, paid, open_ in found}
    uses = list(FundUse.objects.all()[:200])
    names = parties.names_of({*sums, *(one.party_id for one in uses)})
    year_ago = after_months(Month.of(act.today).first_date, -12)
    last_year = bills.filter(month_date__gt=year_ago)
    return FundCard(
        money_won=ledger.fund_money(FUND) if _has_fund() else 0,
        paid_won=sum(paid for paid, _open in sums.values()),
        open_won=sum(open_ for _paid, open_ in sums.values()),
        used_won=int(FundUse.objects.aggregate(won=Sum("won"))["won"] or 0),
        forecast_won=int(last_year.aggregate(won=Sum("won"))["won"] or 0),
        rules=tuple(
            _card(one)
            for one in ContributionRule.objects.filter(
                Q(until_date=None) | Q(until_date__gt=act.today)
            )
        ),
        givers=tuple(
            GiverLine(names.get(party, ""), paid, open_)
            for party, (paid, open_) in sorted(sums.items(), key=lambda one: -one[1][0])
        ),
        uses=tuple(
            FundUseLine(
                one.used_date, one.what, names.get(one.party_id or 0, ""), one.won, one.decided_by
            )
            for one in uses
        ),
    )  # fmt: skip


def contributions_of(act: Act, membership_id: int) -> MemberContributions:
    """What a member was asked and put in. Raises NotFound."""
    member = memberships.borrower(membership_id, act.today)
    if not act.holds(*policies.READERS):
        policies.can_see_contributions_of(act, member).enforce()
    bills = ContributionBill.objects.filter(membership=membership_id).select_related("rule")
    receipts = ContributionReceipt.objects.filter(membership=membership_id)
    undone = set(receipts.exclude(undone=None).order_by().values_list("pk", flat=True))
    return MemberContributions(
        membership_id, member.party_id, member.name,
        tuple(
            BillLine(
                one.pk, one.rule.name, Month.of(one.month_date), one.due_date, one.won,
                one.paid_won, bool(one.open_won) and one.due_date < act.today,
            )
            for one in bills.order_by("-month_date", "-pk")[:120]
        ),
        tuple(
            ReceiptLine(one.pk, one.paid_date, one.won, one.bank_id is not None, one.pk in undone)
            for one in receipts.order_by("-paid_date", "-pk")[:120]
        ),
        tuple(
            ProfitLine(one.pk, one.year, one.net_profit_won, one.stated_at)
            for one in ProfitStatement.objects.filter(membership=membership_id)[:30]
        ),
    )  # fmt: skip


def late_contributions(on: date) -> tuple[int, int]:
    """(members, won) that are late with their contributions on a day."""
    rows = ContributionBill.objects.filter(due_date__lt=on, paid_won__lt=F("won")).order_by()
    won = rows.aggregate(won=Sum(F("won") - F("paid_won")))["won"]
    return rows.values("membership").distinct().count(), int(won or 0)


def _has_fund() -> bool:
    return ledger.books_are_open() and any(one.code == FUND for one in ledger.funds())


def _card(one: ContributionRule) -> ContributionCard:
    return ContributionCard(
        one.pk, one.name, one.article, one.decided_by, one.basis, str(one.get_basis_display()),
        str(one.get_bearer_display()), (one.numerator, one.denominator), one.fixed_won,
        str(one.get_every_display()), one.member_class, one.from_date, one.until_date,
        tuple(kept(one.findings)),
    )  # fmt: skip
