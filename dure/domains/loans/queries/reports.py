"""The loans of the network in figures, on any day: from the books, the schedules and the payments of
then, not from what is kept of today. A fund that is run for others is reported on by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, F, Q, Sum, When
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.ledger import queries as ledger
from dure.domains.ledger.rules import fiscal_year_start
from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.dates import Month
from dure.kernel.refusals import InvalidInput

from .. import policies
from ..models import Loan, LoanChange, LoanInstalment, LoanPayment, LoanProduct, LoanProvision
from ..rules import portfolio as rules
from ..rules.portfolio import Due, LoanAt, Sums
from .borrowers import NETWORK
from .provisioning import provisioning_on

__all__ = ["PortfolioReport", "ReportSpanUnfit", "loan_funds", "portfolio_report"]

DRAWN = 12
_NOTHING = (0, 0)
_CARRIED = Case(When(is_carried=True, then=F("late_won")), default=0)


class ReportSpanUnfit(InvalidInput):
    """A report ends today at the latest, and not before it begins."""

    text = _("There is no report from %(since)s to %(on)s.")
    remedy = _("It ends today at the latest, and not before it begins.")


@dataclass(frozen=True, slots=True)
class PortfolioReport:
    """What is lent at the end of a day, and how it came to that since another."""

    since: date  # first day of the period
    on: date  # last day of it
    fund: str  # code; empty: all of the network's own
    whole: Sums
    products: tuple[Sums, ...]
    purposes: tuple[Sums, ...]
    sections: tuple[Sums, ...]
    ages: tuple[tuple[int, Sums], ...]  # from how many days late
    opening_won: int
    new_loans: int
    new_won: int
    back_won: int  # principal that came back
    written_off_won: int  # principal given up in the books
    months: tuple[
        tuple[Month, int], ...
    ]  # what was left at the end of each, the last one on the day
    loans: tuple[LoanAt, ...]

    @property
    def closing_won(self) -> int:
        return self.whole.left_won

    def told(self) -> dict[str, Any]:
        """The figures as plain values, for programs."""
        names = (
            "since",
            "on",
            "fund",
            "opening_won",
            "new_loans",
            "new_won",
            "back_won",
            "written_off_won",
        )
        splits = ("products", "purposes", "sections")
        return {
            **{name: getattr(self, name) for name in (*names, "closing_won")},
            "whole": asdict(self.whole),
            **{name: [asdict(one) for one in getattr(self, name)] for name in splits},
            "ages": [{"since_days": since, **asdict(one)} for since, one in self.ages],
            "months": [{"month": str(month), "left_won": won} for month, won in self.months],
        }


def portfolio_report(
    act: Act,
    *,
    on: date | None = None,
    since: date | None = None,
    fund: str = "",
    is_brief: bool = False,
) -> PortfolioReport:
    """The portfolio at the end of a day (today), and what moved since another (the beginning of the
    fiscal year). `is_brief`: without sections and months. Raises Denied, ReportSpanUnfit, UnknownFund."""
    policies.can_see_loans(act).enforce()
    on = on or act.today
    since = since or fiscal_year_start(on, ledger.chart().fiscal_year_start_month)
    if not since <= on <= act.today:
        raise ReportSpanUnfit(since=since.isoformat(), on=on.isoformat())
    code = ledger.chart().fund(fund).code if fund else ""
    lent = Loan.objects.filter(
        Q(product__fund=code) if code else NETWORK.loans, paid_out_date__lte=on
    )
    found = list(lent.select_related("product").order_by("pk"))
    account = ledger.account_for("member_loans")
    ours = {one.pk for one in found}
    moves = ledger.source_moves(account, "loans.Loan", since, on, code)
    moved = {pk: won for pk, won in moves.items() if pk in ours}
    loans = _loans_at(
        found, {pk: after for pk, (_before, after) in moved.items()}, since, on, is_brief
    )
    whole = rules.sums(loans, _now("All loans"))
    new = [one for one in found if one.paid_out_date and one.paid_out_date >= since]
    opening, new_won = sum(before for before, _after in moved.values()), sum(one.won for one in new)
    given_up = _written_off(ours, since, on)
    return PortfolioReport(
        since=since,
        on=on,
        fund=code,
        whole=whole,
        products=rules.split(loans, lambda one: one.product),
        purposes=rules.split(loans, lambda one: one.purpose),
        sections=rules.split(loans, lambda one: one.section),
        ages=rules.by_age(loans, rules.bounds_of(provisioning_on(on, code).steps)),
        opening_won=opening,
        new_loans=len(new),
        new_won=new_won,
        back_won=opening + new_won - whole.left_won - given_up,
        written_off_won=given_up,
        months=() if is_brief else _months(account, on, (code,) if code else NETWORK.funds),
        loans=loans,
    )


def _written_off(loans: Collection[int], since: date, on: date) -> int:
    """Rule 7, the last: of these loans."""
    if not loans:
        return 0
    rows = LoanChange.objects.filter(
        kind=LoanChange.Kind.WRITTEN_OFF, changed_date__gte=since, changed_date__lte=on
    )
    return sum(won for pk, won in rows.values_list("loan", "principal_won") if pk in loans)


def loan_funds() -> list[tuple[str, str]]:
    """The funds that lend: code and name."""
    if not ledger.books_are_open():
        return []
    lending = set(LoanProduct.objects.order_by().values_list("fund", flat=True))
    return [(one.code, one.name) for one in ledger.chart().funds.values() if one.code in lending]


def _loans_at(
    found: list[Loan], left: dict[int, int], since: date, on: date, is_brief: bool
) -> tuple[LoanAt, ...]:
    if not found:
        return ()
    stood = LoanPayment.objects.filter(paid_date__lte=on).exclude(undone__undone_date__lte=on)
    sums = stood.order_by().values_list("loan")
    paid = {
        pk: (principal, interest)
        for pk, principal, interest in sums.annotate(
            principal=Sum("principal_won"), interest=Sum("interest_won")
        )
    }
    dues: dict[int, list[Due]] = defaultdict(list)
    rows = LoanInstalment.objects.filter(loan__paid_out_date__lte=on, due_date__lt=on)
    over = {one.pk: one.repaid_date for one in found if one.repaid_date}
    for pk, day, principal, interest, carried in rows.order_by("loan", "n").values_list(
        "loan", "due_date", "principal_won", "interest_won", _CARRIED
    ):
        if day <= over.get(pk, on):  # nothing falls due of a loan that was paid off
            dues[pk].append(Due(day, principal, interest + carried))
    kept = LoanProvision.objects.filter(as_of_date__lte=on).order_by("as_of_date")
    provisions = dict(kept.values_list("standing_id", "provision_won"))  # the last one of each
    sections = {} if is_brief else parties.sections_of({one.party_id for one in found}, on)
    without = _now("without a section")
    return tuple(
        LoanAt(
            one.pk,
            one.product.name,
            str(one.get_purpose_display()),
            sections.get(one.party_id, without),
            left.get(one.pk, 0),
            rules.lateness(dues[one.pk], *paid.get(one.pk, _NOTHING), since, on),
            provisions.get(one.pk, 0),
        )
        for one in found
    )


def _months(account: str, on: date, funds: Collection[str]) -> tuple[tuple[Month, int], ...]:
    """What was left at the ends of the months up to the day."""
    moves = ledger.account_moves(account, on + timedelta(days=1), funds)
    months = [Month.of(on).plus(-back) for back in range(DRAWN - 1, -1, -1)]
    return tuple(
        (month, sum(won for day, won in moves if day < month.end_date)) for month in months
    )
