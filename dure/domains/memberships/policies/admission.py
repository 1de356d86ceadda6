"""Who applies, notes, decides: from the wish to belong to the membership."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws.queries import by_resolution
from dure.kernel.acts import Act
from dure.kernel.verdict import ALLOW, Verdict, deny

from ..rules.procedures import StepKind
from .members import decides_on_application
from .standing import by_money, by_office, is_applying

if TYPE_CHECKING:
    from ..models import Application


can_see_procedures = by_money
can_load_procedure = by_office
can_lapse_applications = by_office
can_enter_designated = by_office
can_note_step = decides_on_application
can_complete_admission = decides_on_application


def can_decide_application(act: Act, application: Application | None = None) -> Verdict:
    """The body that its procedure names decides, by resolution, where the network has it."""
    verdict = decides_on_application(act, application)
    procedure = application.procedure if application else None
    step = procedure.read().first(StepKind.DECISION) if procedure else None
    return _by_named(act, step.body) if verdict and step else verdict


def can_decide_appeal(act: Act, application: Application | None = None) -> Verdict:
    """So does the body that hears appeals."""
    verdict = decides_on_application(act, application)
    appeal = getattr(application, "appeal", None)
    return _by_named(act, appeal.body) if verdict and appeal else verdict


def _by_named(act: Act, body: str) -> Verdict:
    return by_resolution(act, "admission", lambda one: one.name == body)


def can_sign_pledge(act: Act, application: Application) -> Verdict:
    """The applicant signs; the office notes what was signed on paper."""
    return ALLOW if is_applying(act, application) else by_office(act)


def can_sponsor_application(act: Act, party_id: int | None, by: str) -> Verdict:
    """A member sponsors in its own name; seats and paper are noted by the office."""
    if by == "members" and party_id in act.own:
        return ALLOW
    return by_office(act)


def can_sponsor_own(act: Act) -> Verdict:
    """Whether the page for sponsors is of any use to the actor."""
    if act.actor_id is not None:
        return ALLOW
    return deny(_("Log in as a member to sponsor this application."))


def can_appeal_refusal(act: Act, application: Application) -> Verdict:
    """Whoever was refused; the office for what came on paper."""
    return ALLOW if is_applying(act, application) else by_office(act)
