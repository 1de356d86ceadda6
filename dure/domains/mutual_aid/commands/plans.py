"""Plans of mutual aid: laid down by regulation, version after version; ended, never changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws.rules import enforce, keep
from dure.domains.ledger import queries as ledger
from dure.domains.loans.queries import rules_of
from dure.domains.parties.rules.texts import clean_text
from dure.domains.self_help.queries import owner_of
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.refusals import InvalidInput, Refusal

from .. import policies
from ..events import AidPlanEnded, AidPlanLaidDown
from ..models import AidBenefit, AidPlan
from ..queries import plans as queries
from ..rules import promises
from ..rules.promises import Promised, Refund

__all__ = [
    "AidNotAllowed", "AidPlanArticleMissing", "AidPlanCodeUnreadable", "AidPlanEndedBefore",
    "AidPlanImpossible", "AidPlanLaterKnown", "AidPlanOfAnotherFund", "end_aid_plan", "lay_down_aid_plan",
]  # fmt: skip

_CODE = re.compile(r"[a-z][a-z0-9_-]{0,38}")


class AidNotAllowed(Refusal):
    """The network's legal form may not run mutual aid, or nobody laid down that it may."""

    text = _("This network may not run mutual aid among its members: %(rule)s")
    remedy = _("Social co-operatives may (협동조합 기본법 제94조). Ask a lawyer before others do.")


class AidPlanCodeUnreadable(InvalidInput):
    """A code is short and plain."""

    text = _("“%(code)s” cannot be a code. Use small letters, digits, “-” and “_”.")


class AidPlanArticleMissing(InvalidInput):
    """A plan is promised by a regulation."""

    text = _("Name the plan, the article of the regulation that promises it, and who decided it.")


class AidPlanImpossible(InvalidInput):
    """A plan promises something, above nothing, each of it once."""

    text = _("The plan does not fit together: %(reason)s.")


class AidPlanLaterKnown(Refusal):
    """Versions follow each other."""

    text = _("A version of “%(code)s” holds from %(date)s already. The next one begins later.")


class AidPlanOfAnotherFund(Refusal):
    """A plan stays where it was laid down: with the network, or with a fund run for others."""

    text = _("“%(code)s” is the code of a plan of another fund.")
    remedy = _("Choose another code.")


class AidPlanEndedBefore(Refusal):
    """A version ends once."""

    text = _("Nobody joins this version since %(date)s.")


@command
def lay_down_aid_plan(
    act: Act,
    *,
    code: str,
    name: str,
    article: str,
    decided_by: str,
    from_date: date,
    monthly_won: int,
    waiting_months: int,
    per_person_won: int,
    benefits: Sequence[Promised],
    refunds: Sequence[Refund] = (),
    per_year_won: int | None = None,
    due_day: int = promises.USUAL_DUE_DAY,
    fund: str = "mutual_aid",
) -> AidPlan:
    """Lay down a plan of mutual aid, or its next version from a day on; contracts signed before
    keep theirs. `fund`: the books it is kept in; of those of a fund run for others its own rules are
    asked.

    Raises AidPlanCodeUnreadable, AidPlanArticleMissing, AidPlanImpossible, AidPlanLaterKnown,
    AidPlanOfAnotherFund, AidNotAllowed, UnknownFund, RuleNotMet (event, contribution, amount, separate books).
    """
    policies.can_lay_down_aid_plan(act).enforce()
    code = code.strip().lower()
    if not _CODE.fullmatch(code):
        raise AidPlanCodeUnreadable(code=code[:40])
    name = clean_text(name, 60, _("Name"))
    article = clean_text(article, 120, _("Article"))
    decided_by = clean_text(decided_by, 200, _("Decided by"))
    if not (name and article and decided_by):
        raise AidPlanArticleMissing
    benefits = [
        replace(one, evidence=clean_text(one.evidence, 200, _("Evidence"))) for one in benefits
    ]
    wrong = promises.what_is_wrong(
        benefits, refunds, monthly_won, per_year_won, per_person_won, due_day, waiting_months
    )
    if wrong:
        raise AidPlanImpossible(reason=wrong)
    fund = ledger.chart().fund(fund).code
    owner = owner_of(fund)
    book = rules_of(fund, from_date)
    if not book.yes("mutual_aid.allowed"):
        raise AidNotAllowed(rule=queries.why_aid_not_allowed(book))
    findings = (
        *promises.findings_on_events(book, {one.event for one in benefits}),
        *book.check_all(
            ("mutual_aid.monthly_dues_won", monthly_won),
            ("mutual_aid.per_member_won", max(per_person_won, *(one.won for one in benefits))),
            ("mutual_aid.separate_books", fund not in ("general", owner)),
        ),
        *promises.findings_on_health(book, {one.event for one in benefits}),
    )
    enforce(findings)
    earlier = AidPlan.objects.select_for_update().filter(code=code).order_by("from_date")
    last = earlier.last()
    if last is not None and owner_of(last.fund) != owner:
        raise AidPlanOfAnotherFund(code=code)
    if last is not None and last.from_date >= from_date:
        raise AidPlanLaterKnown(code=code, date=last.from_date.isoformat())
    # ---
    if last is not None and last.until_date is None:
        last.until_date = from_date
        last.save(update_fields=["until_date"])
    plan = AidPlan.objects.create(
        code=code, name=name, article=article, decided_by=decided_by, from_date=from_date,
        monthly_won=monthly_won, due_day=due_day, waiting_months=waiting_months,
        per_year_won=per_year_won, per_person_won=per_person_won, fund=fund,
        refunds=[[one.paid_months, one.share.numerator, one.share.denominator] for one in refunds],
        findings=keep(findings),
    )  # fmt: skip
    AidBenefit.objects.bulk_create(
        AidBenefit(
            plan=plan, event=one.event, relation=one.relation, paid_months=one.paid_months,
            won=one.won, most_times=one.most_times, evidence=one.evidence,
        )
        for one in benefits
    )  # fmt: skip
    record(act, AidPlanLaidDown(plan.pk, code, name, article, from_date, monthly_won))
    return plan


@command
def end_aid_plan(act: Act, *, plan_id: int, until_date: date, decided_by: str) -> AidPlan:
    """Take nobody into a plan any more from a day on; contracts that run go on.

    Raises NotFound, AidPlanEndedBefore, AidPlanArticleMissing, AidPlanImpossible.
    """
    plan: AidPlan = AidPlan.objects.hold(plan_id)
    policies.can_end_aid_plan(act).enforce()
    decided_by = clean_text(decided_by, 200, _("Decided by"))
    if not decided_by:
        raise AidPlanArticleMissing
    if plan.until_date is not None:
        raise AidPlanEndedBefore(date=plan.until_date.isoformat())
    if until_date <= plan.from_date:
        raise AidPlanImpossible(reason=_("it lasts a day at least"))
    # ---
    plan.until_date = until_date
    plan.save(update_fields=["until_date"])
    record(act, AidPlanEnded(plan.pk, plan.name, until_date, decided_by))
    return plan
