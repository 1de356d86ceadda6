"""An approved applicant becomes a member by its shares: paid in, handed over, or inherited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.deeds import record
from dure.kernel.money import format_won
from dure.kernel.refusals import Refusal

from .. import policies
from ..events import AdmissionCompleted
from ..models import Application, MemberClass, Membership
from .admission import DateInFuture
from .decisions import _join, _known_party

__all__ = ["ApprovalLapsed", "NotApproved", "PaidBeforeApproved", "PaidTooLittle"]


class NotApproved(Refusal):
    """Only an approval is completed by a payment."""

    text = _("Application %(reference)s is not waiting for payment: it is “%(state)s”.")


class ApprovalLapsed(Refusal):
    """Paid too late: the approval is gone."""

    text = _("The shares were to be paid until %(until)s; the approval has lapsed.")
    remedy = _("Give the money back, and ask the applicant to apply again.")


class PaidTooLittle(Refusal):
    """The class asks for more shares."""

    text = _("“%(class)s” asks for shares of at least %(least)s; %(paid)s was paid.")


class PaidBeforeApproved(Refusal):
    """The payment answers the approval."""

    text = _("The approval is of %(approved)s; the membership cannot begin on %(paid)s.")


@dataclass(frozen=True, slots=True)
class Joining:
    """An applicant who may join on a day with shares of so much."""

    application: Application
    party_id: int | None  # None: not in the register yet
    won: int
    day: date

    @property
    def member_class(self) -> MemberClass:
        wanted: MemberClass = self.application.member_class
        return wanted


def fit_to_join(act: Act, application_id: int, won: int, day: date) -> Joining:
    """Whether shares of `won` make the applicant a member on a day.

    Raises NotApproved, ApprovalLapsed, PaidTooLittle, PaidBeforeApproved, DateInFuture,
    AlreadyMember.
    """
    application: Application = Application.objects.hold(application_id)
    policies.can_complete_admission(act, application).enforce()
    if application.state != Application.State.APPROVED:
        raise NotApproved(reference=application.reference, state=application.get_state_display())
    until, decided = application.pay_until_date, application.decided_date
    assert until is not None and decided is not None
    if day > act.today:
        raise DateInFuture(date=day.isoformat())
    if day < decided:
        raise PaidBeforeApproved(approved=decided.isoformat(), paid=day.isoformat())
    if day > until:
        raise ApprovalLapsed(until=until.isoformat())
    wanted = application.member_class
    if won < wanted.share_minimum_won:
        raise PaidTooLittle(
            **{
                "class": wanted.name,
                "least": format_won(wanted.share_minimum_won),
                "paid": format_won(won),
            }
        )
    return Joining(application, _known_party(application, None, wanted, day), won, day)


def join_by_shares(act: Act, one: Joining) -> Membership:
    """The applicant is a member; the shares themselves are booked by whoever asks."""
    membership = _join(act, one.application, one.member_class, one.party_id, one.day)
    record(
        act,
        AdmissionCompleted(
            one.application.pk, one.application.reference, membership.pk, one.won, one.day
        ),
    )
    return membership
