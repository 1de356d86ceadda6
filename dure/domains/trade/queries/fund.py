"""The cooperative fund as members see it: its rules, what each put in, what it did, what may come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Max, Min, Q, QuerySet, Sum

from dure.domains.bylaws import queries as bylaws
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
from ..rules import contributions as rules
from ..rules.contributions import Basis
from .contributions import sums_of_sales

__all__ = [
    "BillLine", "ContributionCard", "ContributionLetter", "ForecastLine", "FundCard", "FundUseLine",
    "GiverLine", "MemberContributions", "ProfitLine", "ReceiptLine",
    "contribution_letter", "contribution_rule", "contribution_rules", "contributions_of",
    "cooperative_fund", "fund_use", "fund_use_of", "months_to_bill",
]  # fmt: skip

FUND = "cooperative"
YEAR = 12


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
    """What a member put in, what of it is billed and open, and what is late."""

    name: str
    paid_won: int
    open_won: int
    late_won: int


@dataclass(frozen=True, slots=True)
class FundUseLine:
    """What the fund is to do, or did; `report`: what that has done."""

    id: int
    party_id: int | None
    decided_date: date
    used_date: date | None
    what: str
    name: str
    won: int
    decided_by: str
    given_up_reason: str
    report: str
    reported_date: date | None

    @property
    def waits(self) -> bool:
        """Whether it is decided and not paid out."""
        return self.used_date is None and not self.given_up_reason


@dataclass(frozen=True, slots=True)
class ForecastLine:
    """What a rule brings in a year, if the year is as the last twelve months were."""

    name: str
    basis: str
    of_won: int  # from which it is reckoned; of a fixed sum how many members pay it
    won: int


@dataclass(frozen=True, slots=True)
class FundCard:
    """The fund in figures. `money_won`: its own money, and what other funds owe it; `forecast`: the
    rules in force held against the last twelve months."""

    money_won: int
    paid_won: int
    open_won: int
    used_won: int
    promised_won: int
    gifts_won: int
    late_won: int
    forecast: tuple[ForecastLine, ...]
    rules: tuple[ContributionCard, ...]
    givers: tuple[GiverLine, ...]
    uses: tuple[FundUseLine, ...]
    gifts: tuple[memberships.GiftToFund, ...]

    @property
    def forecast_won(self) -> int:
        return sum(one.won for one in self.forecast)


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
    is_open = Q(due_date__lt=act.today)
    found = ContributionBill.objects.order_by().values_list("membership__party")
    sums = {
        party: (int(paid), int(open_), int(late or 0))
        for party, paid, open_, late in found.annotate(
            paid=Sum("paid_won"), open=Sum(F("won") - F("paid_won")),
            late=Sum(F("won") - F("paid_won"), filter=is_open),
        )
    }  # fmt: skip
    uses = list(FundUse.objects.all()[:200])
    gifts = memberships.gifts_to_fund(FUND)
    names = parties.names_of({*sums, *(one.party_id for one in uses)})
    in_force = list(_in_force(act.today))
    return FundCard(
        money_won=fund_won(FUND),
        paid_won=sum(one[0] for one in sums.values()),
        open_won=sum(one[1] for one in sums.values()),
        used_won=int(FundUse.objects.exclude(entry=None).aggregate(won=Sum("won"))["won"] or 0),
        promised_won=promised_won(FUND),
        gifts_won=sum(one.won for one in gifts),
        late_won=sum(one[2] for one in sums.values()),
        forecast=tuple(_forecast(in_force, act.today)),
        rules=tuple(_card(one) for one in in_force),
        givers=tuple(
            GiverLine(names.get(party, ""), *found)
            for party, found in sorted(sums.items(), key=lambda one: -one[1][0])
        ),
        uses=tuple(_use_line(one, names) for one in uses),
        gifts=tuple(gifts),
    )  # fmt: skip


def fund_use(act: Act, use_id: int) -> FundUseLine:
    """One use of the fund. Raises NotFound."""
    policies.can_see_trade(act).enforce()
    found = FundUse.objects.filter(pk=use_id).first()
    if found is None:
        raise NotFound
    return _use_line(found, parties.names_of([found.party_id or 0]))


def fund_use_of(decided_by: str) -> FundUseLine | None:
    """What a resolution decided, by where it is found."""
    found = FundUse.objects.filter(decided_by=decided_by, resolution__isnull=False).first()
    return _use_line(found, {}) if found else None


def fund_won(fund: str) -> int:
    """What a fund has: its own money, and what other funds owe it or it owes them."""
    books = ledger.chart() if ledger.books_are_open() else None
    if books is None or fund not in books.funds:
        return 0
    held = ledger.account_balances((fund,), books)
    money = sum(held[one.code] for one in books.accounts.values() if one.is_money)
    due_from, due_to = map(books.code_for, ("due_from_funds", "due_to_funds"))
    return money + held[due_from] - held[due_to]


def promised_won(fund: str) -> int:
    """What is decided, and neither paid out nor given up."""
    rows = FundUse.objects.filter(fund=fund, entry=None, given_up_reason="")
    return int(rows.aggregate(won=Sum("won"))["won"] or 0)


def _in_force(day: date) -> QuerySet[ContributionRule]:
    return ContributionRule.objects.filter(Q(until_date=None) | Q(until_date__gt=day))


def _forecast(in_force: Iterable[ContributionRule], today: date) -> Iterable[ForecastLine]:
    """Each of these rules, held against the twelve months that are over: as much was traded among
    members, the last profits were as much, as many members are there."""
    end = Month.of(today).first_date
    sales = sums_of_sales(after_months(end, -YEAR), end)
    for rule in in_force:
        of_class = memberships.memberships_of_class(rule.member_class, end)
        if rule.basis == Basis.SALE:
            borne = rules.of_sales(rule.bearer, rule.ratio, sales)
            won = sum(some for party, some in borne.items() if party in of_class)
            yield ForecastLine(rule.name, rule.basis, sum(sales.values()), won)
        elif rule.basis == Basis.PROFIT:
            rows = ProfitStatement.objects.filter(
                year=end.year - 1, membership__in=list(of_class.values())
            )
            profits = dict(rows.order_by("pk").values_list("membership", "net_profit_won"))
            gained = [one for one in profits.values() if one > 0]
            yield ForecastLine(
                rule.name, rule.basis, sum(gained), rules.of_profits(rule.ratio, gained)
            )
        else:
            times = rules.times_a_year(rule.every)
            won = rule.fixed_won * times * len(of_class)
            yield ForecastLine(rule.name, rule.basis, len(of_class), won)


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


def months_to_bill(today: date) -> list[Month]:
    """The months that are over and come after the last one billed, the oldest first; of last month
    only from the day on that the rules name."""
    last = Month.of(today).plus(-1)
    if today.day < bylaws.rules_on(today).number("trade.bill_day"):
        last = last.plus(-1)
    billed = ContributionBill.objects.aggregate(month=Max("month_date"))["month"]
    first = ContributionRule.objects.aggregate(day=Min("from_date"))["day"]
    if first is None:
        return []
    month = Month.of(billed).next() if billed else Month.of(first)
    found = []
    while month <= last:
        found.append(month)
        month = month.next()
    return found


@dataclass(frozen=True, slots=True)
class ContributionLetter:
    """Who is late with how much."""

    email: str
    membership_id: int
    name: str
    won: int


def contribution_letter(membership_id: int, on: date) -> ContributionLetter | None:
    """To a member that is late; None where it has paid, or is not reached."""
    rows = ContributionBill.objects.filter(membership=membership_id, due_date__lt=on)
    won = int(rows.aggregate(won=Sum(F("won") - F("paid_won")))["won"] or 0)
    member = memberships.borrower(membership_id, on)
    email = parties.emails_of([member.party_id], on).get(member.party_id, "")
    return ContributionLetter(email, membership_id, member.name, won) if email and won else None


def _use_line(one: FundUse, names: Mapping[int, str]) -> FundUseLine:
    return FundUseLine(
        one.pk, one.party_id, one.decided_date,
        (one.paid_date or one.decided_date) if one.entry_id else None, one.what,
        names.get(one.party_id or 0, ""), one.won, one.decided_by, one.given_up_reason, one.report,
        one.reported_date,
    )  # fmt: skip


def _card(one: ContributionRule) -> ContributionCard:
    return ContributionCard(
        one.pk, one.name, one.article, one.decided_by, one.basis, str(one.get_basis_display()),
        str(one.get_bearer_display()), (one.numerator, one.denominator), one.fixed_won,
        str(one.get_every_display()), one.member_class, one.from_date, one.until_date,
        tuple(kept(one.findings)),
    )  # fmt: skip
