"""What the cooperative fund does: decided by a resolution or by hand, paid out once, told of."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _, gettext_noop

from dure.domains.ledger import commands as ledger, queries as books
from dure.domains.ledger.rules import Source
from dure.domains.memberships.commands.shares.holding import lock_shares
from dure.domains.memberships.queries.books import entry_text
from dure.domains.parties import queries as parties
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.money import format_won
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies
from ..events import (
    CooperativeFundUsed,
    FundUseDecided,
    FundUseGivenUp,
    FundUseReported,
)
from ..models import FundUse
from ..queries import contributions as queries
from ..queries.fund import fund_won, promised_won
from ..rules import booking
from .fund import ContributionArticleMissing, ContributionImpossible
from .steps import why

__all__ = [
    "CooperativeFundTooSmall", "FundUseElsewhere", "FundUseUntold", "decide_fund_use",
    "give_up_fund_use", "pay_fund_use", "report_fund_use", "use_cooperative_fund",
]  # fmt: skip

_USE_TEXT = gettext_noop("Cooperative fund: %(what)s")


class CooperativeFundTooSmall(Refusal):
    """No more is promised than there is."""

    text = _("The fund has %(free)s that are promised to nobody; %(won)s cannot be given.")


class FundUseElsewhere(Refusal):
    """It is paid out once, or given up once."""

    text = _("This was paid out or given up already, or is not paid out yet.")


class FundUseUntold(InvalidInput):
    """A report says something."""

    text = _("Say what the money has done. Members read it.")


@command
def decide_fund_use(
    act: Act,
    *,
    what: str,
    won: int,
    decided_by: str,
    party_id: int | None = None,
    decided_date: date | None = None,
    resolution_id: int | None = None,
    fund: str = "cooperative",
) -> FundUse:
    """Promise out of the cooperative fund what was decided; it is paid out afterwards, once.

    Raises ContributionArticleMissing, ContributionImpossible, CooperativeFundTooSmall, NotFound.
    """
    lock_shares()
    policies.can_decide_fund_use(act, party_id).enforce()
    made = _decided(act, what, won, decided_by, party_id, decided_date, resolution_id, fund)
    # ---
    made.save()
    record(act, FundUseDecided(made.pk, party_id, made.what, won, made.decided_by))
    return made


@command
def pay_fund_use(act: Act, *, use_id: int, used_date: date | None = None) -> FundUse:
    """Pay out what was decided: Dr support paid, Cr cash. Raises FundUseElsewhere, and the ledger's."""
    lock_shares()
    made: FundUse = FundUse.objects.hold(use_id)
    policies.can_pay_fund_use(act, made.party_id).enforce()
    day = used_date or act.today
    if made.entry_id is not None or made.given_up_reason:
        raise FundUseElsewhere
    if not made.decided_date <= day <= act.today:
        raise ContributionImpossible(reason=_("it is paid after the decision, not in the future"))
    # ---
    _pay(act, made, day)
    return made


@command
def give_up_fund_use(act: Act, *, use_id: int, reason: str) -> FundUse:
    """Let go what was decided and is not paid out. Raises FundUseElsewhere, DealReasonMissing."""
    made: FundUse = FundUse.objects.hold(use_id)
    policies.can_give_up_fund_use(act).enforce()
    if made.entry_id is not None or made.given_up_reason:
        raise FundUseElsewhere
    reason = why(reason)
    # ---
    made.given_up_reason = reason
    made.save(update_fields=["given_up_reason"])
    record(act, FundUseGivenUp(made.pk, made.party_id, made.what, made.won, reason))
    return made


@command
def report_fund_use(act: Act, *, use_id: int, report: str) -> FundUse:
    """Tell members what the money has done; a later report takes the place of the one before.

    Raises FundUseElsewhere, FundUseUntold.
    """
    made: FundUse = FundUse.objects.hold(use_id)
    policies.can_report_fund_use(act, made.party_id).enforce()
    if made.entry_id is None:
        raise FundUseElsewhere
    report = clean_text(report, 1000, _("Report"))
    if not report:
        raise FundUseUntold
    # ---
    made.report, made.reported_date = report, act.today
    made.save(update_fields=["report", "reported_date"])
    record(act, FundUseReported(made.pk, made.party_id, made.what))
    return made


@command
def use_cooperative_fund(
    act: Act,
    *,
    what: str,
    won: int,
    decided_by: str,
    party_id: int | None = None,
    used_date: date | None = None,
    fund: str = "cooperative",
) -> FundUse:
    """Give out of the cooperative fund at once what was decided: Dr support paid, Cr cash.

    Raises ContributionArticleMissing, ContributionImpossible, CooperativeFundTooSmall, NotFound, and
    the ledger's refusals.
    """
    lock_shares()
    policies.can_use_cooperative_fund(act, party_id).enforce()
    made = _decided(act, what, won, decided_by, party_id, used_date, None, fund)
    # ---
    made.save()
    _pay(act, made, made.decided_date)
    return made


def _decided(
    act: Act, what: str, won: int, decided_by: str, party_id: int | None, day: date | None,
    resolution_id: int | None, fund: str,
) -> FundUse:  # fmt: skip
    """What is decided, not written yet."""
    what, decided_by = clean_text(what, 200, _("What")), clean_text(decided_by, 200, _("By"))
    if not (what and decided_by):
        raise ContributionArticleMissing
    day = day or act.today
    if won <= 0 or day > act.today:
        raise ContributionImpossible(reason=_("it is above 0 won and not in the future"))
    if party_id is not None and not parties.party_exists(party_id):
        raise NotFound
    fund = books.chart().fund(fund).code
    free = fund_won(fund) - promised_won(fund)
    if won > free:
        raise CooperativeFundTooSmall(free=format_won(free), won=format_won(won))
    return FundUse(
        fund=fund, decided_date=day, won=won, what=what, party_id=party_id, decided_by=decided_by,
        resolution=resolution_id,
    )  # fmt: skip


def _pay(act: Act, made: FundUse, day: date) -> None:
    made.paid_date = day
    made.entry = ledger.post_entry(
        act, date=day, text=entry_text(_USE_TEXT, what=made.what[:150]),
        sides=booking.using(queries.chart(), made.fund, made.won, made.party_id),
        source=Source("trade.FundUse", made.pk),
    )  # fmt: skip
    made.save(update_fields=["paid_date", "entry"])
    record(act, CooperativeFundUsed(made.pk, made.party_id, made.what, made.won, made.decided_by))
