"""Steps of a month-end that only a person can call done: all statements in, the balance read."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.dates import parse_month
from dure.kernel.deeds import command, record
from dure.kernel.personal import Personal
from dure.kernel.refusals import NotFound, Refusal

from .. import policies
from ..events import PeriodStepMarked, PeriodStepUnmarked
from ..models import Period, PeriodMark
from . import checking
from .checking import TextTooLong

NOTE_MAX = 200


class StepNotMarked(Refusal):
    """Nobody called the step done."""

    text = _("The step was not called done, so there is nothing to take back.")


@command
def mark_period_step(act: Act, *, month: str, step: str, note: str = "") -> PeriodMark:
    """Call a step of a month's end done. Twice is once; the later note stands. Raises PeriodNotOpen."""
    policies.can_mark_period_step(act).enforce()
    period = _open_period(act, month)
    note = note.strip()
    if not re.fullmatch(r"[a-z][a-z_-]{0,29}", step):
        raise NotFound
    if len(note) > NOTE_MAX:
        raise TextTooLong(found=len(note), allowed=NOTE_MAX)
    # ---
    mark, _made = PeriodMark.objects.update_or_create(
        period=period,
        step=step,
        defaults={"note": note, "marked_at": act.at, "marked_by_id": act.actor_id},
    )
    record(act, PeriodStepMarked(str(parse_month(month)), step, Personal(note)))
    return mark


@command
def unmark_period_step(act: Act, *, month: str, step: str) -> None:
    """Take a step up again. Raises StepNotMarked, PeriodNotOpen."""
    policies.can_unmark_period_step(act).enforce()
    period = _open_period(act, month)
    marks = PeriodMark.objects.filter(period=period, step=step)
    if not marks.exists():
        raise StepNotMarked
    # ---
    marks.delete()
    record(act, PeriodStepUnmarked(str(parse_month(month)), step))


def _open_period(act: Act, month: str) -> Period:
    wanted = parse_month(month)
    checking.stand(act, wanted.first_date)
    return Period.objects.get(pk=wanted.year * 100 + wanted.month)
