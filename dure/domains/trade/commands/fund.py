"""By which rule members put into the cooperative fund."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import enforce, keep
from dure.domains.ledger import queries as books
from dure.domains.memberships import queries as memberships
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.files import keep_file
from dure.kernel.refusals import InvalidInput, Refusal

from .. import policies
from ..events import (
    ContributionEnded,
    ContributionLaidDown,
    ProfitStated,
)
from ..models import ContributionRule, ProfitStatement
from ..rules.contributions import Basis

__all__ = [
    "ContributionArticleMissing", "ContributionEndedBefore", "ContributionImpossible",
    "end_contribution", "lay_down_contribution", "state_profit",
]  # fmt: skip


class ContributionArticleMissing(InvalidInput):
    """A contribution is asked by a regulation, and the fund used by a decision."""

    text = _("Name what it is, the article that asks it, and who decided it.")


class ContributionImpossible(InvalidInput):
    """A rule asks one thing, from the first of a month."""

    text = _("The contribution does not fit together: %(reason)s.")


class ContributionEndedBefore(Refusal):
    """A rule ends once."""

    text = _("It ended on %(date)s.")


@command
def lay_down_contribution(
    act: Act,
    *,
    name: str,
    article: str,
    decided_by: str,
    basis: str,
    every: str,
    from_date: date,
    bearer: str = "",
    ratio: tuple[int, int] = (0, 1),
    fixed_won: int = 0,
    member_class: str = "",
    due_day: int = 25,
    fund: str = "cooperative",
) -> ContributionRule:
    """Lay down what members put into the cooperative fund from the first of a month on.

    Raises ContributionArticleMissing, ContributionImpossible, RuleNotMet, UnknownFund, NotFound.
    """
    policies.can_lay_down_contribution(act).enforce()
    name, article = clean_text(name, 60, _("Name")), clean_text(article, 120, _("Article"))
    decided_by = clean_text(decided_by, 200, _("Decided by"))
    if not (name and article and decided_by):
        raise ContributionArticleMissing
    fixed = basis == Basis.FIXED
    if from_date.day != 1:
        raise ContributionImpossible(reason=_("it begins on the first of a month"))
    if fixed != (fixed_won > 0) or fixed == (ratio[0] > 0) or not 0 < ratio[1] >= ratio[0] >= 0:
        raise ContributionImpossible(
            reason=_("it asks a share or a fixed sum, and not more than all")
        )
    if (basis == Basis.SALE) != bool(bearer):
        raise ContributionImpossible(
            reason=_("the share of a sale says who bears it, others do not")
        )
    if member_class:
        memberships.member_class(member_class)
    fund = books.chart().fund(fund).code
    key = f"trade.{basis}_share_ratio"
    book = bylaws.rules_on(from_date)
    findings = (book.check(key, ratio[0], of=ratio[1]),) if key in book else ()
    enforce(findings)
    # ---
    rule = ContributionRule.objects.create(
        name=name, article=article, decided_by=decided_by, basis=basis, bearer=bearer,
        numerator=ratio[0], denominator=ratio[1], fixed_won=fixed_won, every=every,
        member_class=member_class, due_day=due_day, fund=fund, from_date=from_date,
        findings=keep(findings),
    )  # fmt: skip
    record(act, ContributionLaidDown(rule.pk, name, article, from_date))
    return rule


@command
def end_contribution(
    act: Act, *, rule_id: int, until_date: date, decided_by: str
) -> ContributionRule:
    """Let a contribution end: sales from that day on are asked for nothing.

    Raises NotFound, ContributionEndedBefore, ContributionArticleMissing, ContributionImpossible.
    """
    rule: ContributionRule = ContributionRule.objects.hold(rule_id)
    policies.can_end_contribution(act).enforce()
    decided_by = clean_text(decided_by, 200, _("Decided by"))
    if not decided_by:
        raise ContributionArticleMissing
    if rule.until_date is not None:
        raise ContributionEndedBefore(date=rule.until_date.isoformat())
    if until_date.day != 1 or until_date <= rule.from_date:
        raise ContributionImpossible(reason=_("it ends on the first of a later month"))
    # ---
    rule.until_date = until_date
    rule.save(update_fields=["until_date"])
    record(act, ContributionEnded(rule.pk, rule.name, until_date, decided_by))
    return rule


@command
def state_profit(
    act: Act, *, membership_id: int, year: int, net_profit_won: int, name: str, content: bytes
) -> ProfitStatement:
    """State the net profit of a year with its paper; a later one of the same year counts instead.

    Raises ContributionImpossible, FileUnfit, NotFound.
    """
    member = memberships.borrower(membership_id, act.today)
    policies.can_state_profit(act, member).enforce()
    if not member.joined_date.year <= year < act.today.year:
        raise ContributionImpossible(reason=_("it is of a year that is over, of a member"))
    # ---
    made = ProfitStatement.objects.create(
        membership_id=membership_id, year=year, net_profit_won=net_profit_won, stated_at=act.at
    )
    keep_file(act, subject_id=member.party_id, matter=made.matter, name=name, content=content)
    record(act, ProfitStated(made.pk, member.party_id, year))
    return made
