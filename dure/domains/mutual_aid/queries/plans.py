"""What is promised on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Q
from django.utils.translation import gettext as _now

from dure.domains.bylaws.rules import Finding, Rulebook, kept
from dure.domains.self_help import queries as self_help
from dure.kernel.acts import Act
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import AidBenefit, AidPlan
from ..rules.promises import Promised, Refund

__all__ = [
    "AidPlanCard", "BenefitLine", "aid_plan", "aid_plans", "my_aid_plans", "promised_by", "refunds_of",
    "why_aid_not_allowed",
]  # fmt: skip


ROWS_MAX = 200


@dataclass(frozen=True, slots=True)
class BenefitLine:
    """What a plan gives for an event, in words."""

    event: str
    event_label: str
    relation: str
    relation_label: str
    paid_months: int
    won: int
    most_times: int | None
    evidence: str


@dataclass(frozen=True, slots=True)
class AidPlanCard:
    """One version of a plan, in words."""

    id: int
    code: str
    name: str
    article: str
    decided_by: str
    from_date: date
    until_date: date | None
    monthly_won: int
    due_day: int
    waiting_months: int
    per_year_won: int | None
    per_person_won: int
    fund: str
    owner: str  # the fund run for others whose plan it is; "" for the network's own
    benefits: tuple[BenefitLine, ...]
    refunds: tuple[Refund, ...]
    findings: tuple[Finding, ...]

    @property
    def refund_lines(self) -> tuple[tuple[int, tuple[int, int]], ...]:
        """From how many months paid what share goes back."""
        return tuple(
            (one.paid_months, (one.share.numerator, one.share.denominator)) for one in self.refunds
        )

    def is_open(self, on: date) -> bool:
        return self.from_date <= on and (self.until_date is None or on < self.until_date)


def aid_plans(act: Act, *, on: date | None = None) -> list[AidPlanCard]:
    """What one can join on a day, with the network or in a fund run for others that the actor takes part
    in; without one, every version ever, by code and day. Raises Denied."""
    policies.can_see_aid_plans(act).enforce()
    rows = AidPlan.objects.order_by("code", "from_date").prefetch_related("benefits")
    if on is not None:
        rows = rows.filter(Q(until_date=None) | Q(until_date__gt=on), from_date__lte=on)
    cards = [_card(row) for row in rows[:ROWS_MAX]]
    return [one for one in cards if policies.can_see_aid_plan(act, one)]


def my_aid_plans(act: Act) -> list[AidPlanCard]:
    """What one can join today: with the network, and in the funds of others that one takes part in."""
    funds = {"", *(one.code for one in self_help.my_participations(act))}
    return [one for one in aid_plans(act, on=act.today) if one.owner in funds]


def aid_plan(act: Act, plan_id: int) -> AidPlanCard:
    """One version. Raises NotFound, Denied."""
    policies.can_see_aid_plans(act).enforce()
    row = AidPlan.objects.prefetch_related("benefits").filter(pk=plan_id).first()
    if row is None:
        raise NotFound
    card = _card(row)
    policies.can_see_aid_plan(act, card).enforce()
    return card


def promised_by(plan: AidPlan) -> tuple[Promised, ...]:
    """The lines of a plan as the rules read them."""
    return tuple(
        Promised(
            one.event, one.relation, one.won, one.paid_months, one.most_times, one.evidence
        )
        for one in plan.benefits.all()
    )  # fmt: skip


def refunds_of(plan: AidPlan) -> tuple[Refund, ...]:
    """What goes back to who leaves, by months paid."""
    return tuple(Refund(months, Fraction(part, all_)) for months, part, all_ in plan.refunds)


def why_aid_not_allowed(book: Rulebook) -> str:
    """The rule that says that nobody does so here."""
    rule = book.provisions.get("mutual_aid.allowed")
    if rule is None:
        return _now("nothing is laid down about mutual aid.")
    return f"{rule.citation.text or rule.label} ({rule.citation})"


def _card(row: AidPlan) -> AidPlanCard:
    return AidPlanCard(
        row.pk, row.code, row.name, row.article, row.decided_by, row.from_date, row.until_date,
        row.monthly_won, row.due_day, row.waiting_months, row.per_year_won, row.per_person_won,
        row.fund, self_help.owner_of(row.fund), tuple(_line(one) for one in row.benefits.all()), refunds_of(row),
        kept(row.findings),
    )  # fmt: skip


def _line(row: AidBenefit) -> BenefitLine:
    return BenefitLine(
        row.event, str(row.get_event_display()), row.relation, str(row.get_relation_display()),
        row.paid_months, row.won, row.most_times, row.evidence,
    )  # fmt: skip
