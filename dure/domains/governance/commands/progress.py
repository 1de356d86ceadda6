"""How far the projects of a plan have come, and what they are measured by."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies
from ..events.plans import IndicatorMeasured, ProgressReported
from ..models import PlanIndicator, PlanLine, PlanMeasure, PlanReport
from ..rules.plans import PartKind

WHOLE = 100


class NotMeasuredBy(Refusal):
    """A project is measured by what the plan names."""

    text = _("“%(title)s” is not measured by “%(name)s”.")


class NotOfWhole(InvalidInput):
    """Between nothing and everything."""

    text = _("Type a whole number from 0 to 100.")


class NotYet(InvalidInput):
    """What will be is not measured."""

    text = _("%(date)s has not come yet.")


@command
def report_progress(
    act: Act, *, part_id: int, done_of_100: int, text: str = "", on_date: date | None = None
) -> PlanReport:
    """Say how far a project has come. Raises NotOfWhole, NotYet."""
    line = _in_force(part_id)
    policies.can_report_progress(act, line.owner_id).enforce()
    day = on_date or act.today
    if not 0 <= done_of_100 <= WHOLE:
        raise NotOfWhole
    if day > act.today:
        raise NotYet(date=day.isoformat())
    # ---
    report = PlanReport.objects.create(
        part_id=part_id, on_date=day, done_of_100=done_of_100,
        text=clean_text(text, 500, _("Text")), noted_at=act.at, noted_by_id=act.actor_id,
    )  # fmt: skip
    record(act, ProgressReported(part_id, line.title, done_of_100, report.text))
    return report


@command
def measure_indicator(
    act: Act, *, part_id: int, name: str, value_milli: int, on_date: date | None = None
) -> PlanMeasure:
    """Note what an indicator of a project came to on a day. Raises NotMeasuredBy, NotYet."""
    line = _in_force(part_id)
    policies.can_measure_indicator(act, line.owner_id).enforce()
    day = on_date or act.today
    if not PlanIndicator.objects.filter(line=line, name=name).exists():
        raise NotMeasuredBy(title=line.title, name=name)
    if day > act.today:
        raise NotYet(date=day.isoformat())
    # ---
    measure = PlanMeasure.objects.create(
        part_id=part_id, name=name, on_date=day, value_milli=value_milli, noted_at=act.at,
        noted_by_id=act.actor_id,
    )  # fmt: skip
    record(act, IndicatorMeasured(part_id, line.title, name, value_milli, day))
    return measure


def _in_force(part_id: int) -> PlanLine:
    """What the plan as adopted last says of a project; of a plan never adopted, its draft."""
    rows = PlanLine.objects.filter(part=part_id, part__kind=PartKind.PROJECT)
    line = (
        rows.select_related("version", "part__plan")
        .order_by("version__state", "-version__number")  # adopted comes before draft
        .first()
    )
    if line is None:
        raise NotFound
    return line
