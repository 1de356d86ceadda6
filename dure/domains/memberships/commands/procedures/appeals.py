"""An applicant who was refused asks another body, and that body decides."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws import queries as bylaws
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.personal import Personal
from dure.kernel.refusals import Refusal

from ... import policies
from ...events import AppealDecided, RefusalAppealed
from ...models import Appeal, Application
from ...rules import procedures as rules
from ...rules.procedures import StepKind
from ...rules.texts import read_lines
from ..decisions import ReasonMissing, _known_party
from .deciding import _decided, _steps, say_yes

__all__ = [
    "AppealAlreadyDecided", "NoAppeal", "NotRefused", "RefusalAlreadyAppealed",
    "RefusalAppealTooLate", "appeal_refusal", "decide_appeal",
]  # fmt: skip


class NotRefused(Refusal):
    """Only a refusal is appealed."""

    text = _("Application %(reference)s is “%(state)s”; there is no refusal to appeal.")


class NoAppeal(Refusal):
    """The procedure knows no appeal."""

    text = _("The procedure of application %(reference)s knows no appeal.")
    remedy = _("The applicant may apply again, or write to the general meeting.")


class RefusalAppealTooLate(Refusal):
    """The time to appeal is over."""

    text = _("An appeal could be made until %(until)s.")


class RefusalAlreadyAppealed(Refusal):
    """A refusal is appealed once."""

    text = _("The refusal was appealed on %(date)s already.")


class AppealAlreadyDecided(Refusal):
    """The other body has decided."""

    text = _("The appeal was decided on %(date)s by %(by)s.")


@command
def appeal_refusal(act: Act, *, application_id: int, text: str) -> Appeal:
    """Ask the other body. Raises NotRefused, NoAppeal, RefusalAppealTooLate, RefusalAlreadyAppealed,
    ReasonMissing."""
    application: Application = Application.objects.hold(application_id)
    policies.can_appeal_refusal(act, application).enforce()
    if application.state != Application.State.REFUSED or application.decided_date is None:
        raise NotRefused(reference=application.reference, state=application.get_state_display())
    step = _appeal_step(application)
    if (before := Appeal.objects.filter(application=application).first()) is not None:
        raise RefusalAlreadyAppealed(date=before.appealed_date.isoformat())
    decided = application.decided_date
    until = rules.last_day(step.limit("within"), bylaws.rules_on(decided), decided)
    if until is not None and act.today > until:
        raise RefusalAppealTooLate(until=until.isoformat())
    text = read_lines(text, 4000, _("Why the decision should be changed"))
    if not text:
        raise ReasonMissing
    # ---
    appeal = Appeal.objects.create(
        application=application, body=step.body, appealed_date=act.today, text=text
    )
    told = Personal(text, application.party_id, application.matter)
    record(act, RefusalAppealed(application.pk, application.reference, step.body, told))
    return appeal


@command
def decide_appeal(
    act: Act,
    *,
    application_id: int,
    granted: bool,
    minutes: str,
    reason: str,
    decided_date: date | None = None,
    party_id: int | None = None,
) -> Appeal:
    """Record what the other body decided. Granted, the application goes on as after a yes.

    Raises NotRefused, AppealAlreadyDecided, ReasonMissing, DecisionUnnamed, AdmissionStepsMissing.
    """
    application: Application = Application.objects.hold(application_id)
    policies.can_decide_appeal(act, application).enforce()
    appeal = Appeal.objects.select_for_update().filter(application=application).first()
    if appeal is None:
        raise NotRefused(reference=application.reference, state=application.get_state_display())
    if appeal.decided_date is not None:
        raise AppealAlreadyDecided(
            date=appeal.decided_date.isoformat(), by=appeal.decided_by or appeal.body
        )
    day = decided_date or act.today
    decided_by = _decided(act, application, appeal.body, minutes, day)
    reason = read_lines(reason, 4000, _("Reason"))
    if not reason:
        raise ReasonMissing
    known = None
    if granted:
        _steps(application, day)
        known = _known_party(application, party_id, application.member_class, day)
    # ---
    appeal.decided_date, appeal.decided_by = day, decided_by
    appeal.granted, appeal.reason = granted, reason
    appeal.save()
    told = Personal(reason, application.party_id, application.matter)
    record(
        act,
        AppealDecided(application.pk, application.reference, granted, day, decided_by, told),
    )
    if granted:
        application.decided_date, application.decided_by = day, decided_by
        application.decision_reason = reason
        say_yes(act, application, known, day)
    return appeal


def _appeal_step(application: Application) -> rules.Step:
    procedure = application.procedure.read() if application.procedure else None
    step = procedure.first(StepKind.APPEAL) if procedure else None
    if step is None:
        raise NoAppeal(reference=application.reference)
    return step
