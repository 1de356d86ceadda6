"""Who takes part in mutual aid, and whose it is: the network's own among its members; or that of an
association's fund among those who take part in it. Rules, capital and aid are always those of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws.rules import Rulebook
from dure.domains.ledger import queries as ledger
from dure.domains.loans.queries import Lender, lender_of
from dure.domains.memberships import queries as memberships
from dure.domains.memberships.queries.duties import Use
from dure.domains.self_help import queries as self_help
from dure.kernel.refusals import Refusal

from ..models import AidEnrolment, AidPlan

__all__ = ["AidOfOthers", "Taker", "enrolments_of", "taker", "taker_of"]


class AidOfOthers(Refusal):
    """Mutual aid is among those whose fund it is."""

    text = _("%(name)s does not take part in “%(fund)s”, whose mutual aid this is.")
    remedy = _("Choose a plan of the network, or of the fund that is taken part in.")


@dataclass(frozen=True, slots=True)
class Taker:
    """One who may take part, as it stands on a day. `lender`: whose mutual aid it is."""

    lender: Lender
    party_id: int
    name: str
    number: int | None
    is_member: bool
    joined_date: date | None
    membership_id: int | None = None
    participant_id: int | None = None

    @property
    def enrolments(self) -> Q:
        """Its own contracts."""
        if self.participant_id is not None:
            return Q(participant=self.participant_id)
        return Q(membership=self.membership_id)

    def rules_on(self, day: date) -> Rulebook:
        return self.lender.rules_on(day)

    def need_plan(self, plan: AidPlan) -> None:
        """Raises AidOfOthers when the plan is not that of whose taker this is."""
        if lender_of(plan.fund) != self.lender:
            raise AidOfOthers(name=self.name, fund=ledger.chart().fund(plan.fund).name)

    def need_benefit(self, on: date) -> None:
        """Raises BenefitRests."""
        if self.membership_id is not None:
            memberships.need_benefit(self.membership_id, Use.MUTUAL_AID, on)


def taker(
    on: date, *, membership_id: int | None = None, participant_id: int | None = None
) -> Taker:
    """A member of the network, or who takes part in a fund run for others. Raises NotFound."""
    if participant_id is not None:
        one = self_help.participation(participant_id, on)
        return Taker(
            Lender(one.code), one.party_id, one.name, None, one.is_participant, one.joined_date,
            participant_id=one.id,
        )  # fmt: skip
    found = memberships.borrower(membership_id or 0, on)
    return Taker(
        Lender(), found.party_id, found.name, found.number, found.is_member, found.joined_date,
        membership_id=membership_id,
    )  # fmt: skip


def taker_of(enrolment: AidEnrolment, on: date) -> Taker:
    """Who takes part."""
    return taker(on, membership_id=enrolment.membership_id, participant_id=enrolment.participant_id)


def enrolments_of(owner: str, path: str = "") -> Q:
    """The contracts of the network's own mutual aid, or of that of a fund run for others. `path`: from
    the rows that are asked to their contract."""
    if owner:
        return Q(**{f"{path}participant__fund__code": owner})
    return Q(**{f"{path}participant": None})
