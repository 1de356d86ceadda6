"""Procedures as they are shown, and steps as they are asked about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import Kind
from dure.kernel.acts import Act
from dure.kernel.reads import note_read
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import Application, Procedure, StepNote
from ..rules import procedures as rules
from .procedures import procedure_on

__all__ = [
    "Asked", "ProcedureCard", "ProcedureLine", "asked_step", "interview_questions",
    "procedure_card", "would_pass",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProcedureLine:
    """One step of a procedure as people read it: what it asks, and where that stands."""

    step: rules.Step
    kind_text: str
    asks: tuple[tuple[str, str, str], ...]  # what, how much, citation


@dataclass(frozen=True, slots=True)
class ProcedureCard:
    """One procedure with its steps, for its page."""

    id: int
    class_code: str
    class_name: str
    from_date: date
    decided_by: str
    is_in_force: bool
    procedure: rules.Procedure
    lines: tuple[ProcedureLine, ...]
    file: str


def procedure_card(act: Act, procedure_id: int) -> ProcedureCard:
    """One procedure, its rules as they are today. Raises NotFound, Denied."""
    policies.can_see_procedures(act).enforce()
    row = Procedure.objects.select_related("member_class").filter(pk=procedure_id).first()
    if row is None:
        raise NotFound
    now = procedure_on(row.member_class_id, act.today)
    procedure = row.read()
    book = bylaws.rules_on(max(act.today, row.from_date))
    return ProcedureCard(
        id=row.pk,
        class_code=row.member_class.code,
        class_name=row.member_class.name,
        from_date=row.from_date,
        decided_by=row.decided_by,
        is_in_force=now is not None and now.pk == row.pk,
        procedure=procedure,
        lines=tuple(
            ProcedureLine(step, str(rules.STEP_KINDS[step.kind]), rules.asked(step, book))
            for step in procedure.steps
        ),
        file=row.file,
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """One step of an application's procedure, for the page where something is noted for it."""

    id: int
    name: str
    contact_name: str
    member_class: str
    step: rules.Step
    kind: Kind | None  # of the value that the step asks for
    next_item: str  # the first paper that is missing


def asked_step(act: Act, application_id: int, key: str) -> Asked:
    """One step of an application's procedure, to note something. Raises NotFound, Denied."""
    policies.can_see_applications(act).enforce()
    found = (
        Application.objects.select_related("member_class", "procedure")
        .filter(pk=application_id)
        .first()
    )
    step = found.procedure.read().step(key) if found and found.procedure else None
    if found is None or step is None:
        raise NotFound
    note_read(act, found.party_id, f"memberships.application {found.reference}")
    noted = StepNote.objects.filter(application=found, step=step.key).order_by("pk")
    there = set(noted.values_list("item", flat=True))
    limit = step.limit("asks")
    rule = limit.provision(bylaws.rules_on(act.today)) if limit else None
    return Asked(
        found.pk,
        found.name,
        found.contact_name,
        found.member_class.name,
        step,
        rule.kind if rule else None,
        next((item for item in step.items if item not in there), ""),
    )


def interview_questions(application_id: int) -> tuple[str, ...]:
    """What the procedure of an application asks in its interview."""
    found = Application.objects.select_related("procedure").filter(pk=application_id).first()
    procedure = found.procedure.read() if found and found.procedure else None
    step = procedure.first(rules.StepKind.INTERVIEW) if procedure else None
    return step.items if step else ()


def would_pass(
    act: Act, application_id: int, *, seats: int, present: int, in_favour: int, on: date
) -> bool:
    """Whether so many votes would admit, to show it before it is done. Raises NotFound."""
    policies.can_see_applications(act).enforce()
    found = Application.objects.select_related("procedure").filter(pk=application_id).first()
    step = None
    if found is not None and found.procedure is not None:
        step = found.procedure.read().first(rules.StepKind.DECISION)
    if step is None:
        raise NotFound
    ballot = rules.Ballot(seats, present, in_favour, present - in_favour)
    return rules.judged_ballot(step, ballot, bylaws.rules_on(on))[-1].passed
