"""An application as a checklist: what its procedure asks, what is done, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import Finding, kept
from dure.domains.parties import queries as parties

from ..models import Appeal, Application, StepNote
from ..rules import procedures as rules
from ..rules.procedures import StepKind
from . import procedures

__all__ = ["AppealLine", "Checklist", "NotedLine", "StepLine", "checklist_of"]

WAITING = (Application.State.APPLIED, Application.State.INTERVIEWED)
COUNTED = (StepKind.SPONSORS, StepKind.PAYMENT)
MEASURED = (*COUNTED, StepKind.FACT, StepKind.PLACE, StepKind.TERRITORY)
DEEDS = {  # the deed that takes a step further; the interview and noting are the office's
    StepKind.PLEDGE: "sign_pledge",
    StepKind.SPONSORS: "sponsor_application",
    StepKind.INTERVIEW: "note_interview",
}


@dataclass(frozen=True, slots=True)
class NotedLine:
    """One thing that was noted: which, by whom it was signed or sponsored, when, on what ground."""

    item: str
    who: str
    waived: bool
    on_paper: bool
    text: str
    noted_at: datetime


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step: what it asks, whether it is done, what is missing and how it is done."""

    key: str
    kind: str
    kind_text: str
    title: str
    citation: str
    about: str
    done: bool
    refused: bool
    missing: tuple[str, ...]
    finding: Finding | None
    noted: tuple[NotedLine, ...]
    deed: str  # the page that takes it further
    wording: str
    version: str

    @property
    def still(self) -> tuple[str, ...]:
        """What is missing, where that says more than the title."""
        return () if self.done else tuple(name for name in self.missing if name != self.title)

    @property
    def is_measured(self) -> bool:
        """Whether something was counted or compared, so that its finding says more than done."""
        return self.kind in MEASURED and (self.done or self.refused or self.kind in COUNTED)


@dataclass(frozen=True, slots=True)
class AppealLine:
    body: str
    appealed_date: date
    text: str
    decided_date: date | None
    decided_by: str
    granted: bool | None
    reason: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """How far an application is in its procedure, for the office and for the applicant."""

    title: str
    citation: str
    steps: tuple[StepLine, ...]
    body: str
    base_text: str
    decide_by_date: date | None
    is_late: bool
    is_waiting: bool
    is_approved: bool
    owed_won: int
    pay_until_date: date | None
    ballot: tuple[tuple[str, int], ...]
    findings: tuple[Finding, ...]
    appeal_body: str
    appeal_until_date: date | None
    may_appeal: bool
    appeal: AppealLine | None

    @property
    def ready(self) -> bool:
        return all(step.done for step in self.steps)

    @property
    def next(self) -> StepLine | None:
        """The first step that is not done."""
        return next((step for step in self.steps if not step.done), None)

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(name for step in self.steps for name in step.missing)

    @property
    def sponsors(self) -> StepLine | None:
        return next((step for step in self.steps if step.kind == StepKind.SPONSORS), None)


def checklist_of(application: Application, on: date) -> Checklist | None:
    """The checklist of an application on a day; None where no procedure asks for anything."""
    if application.procedure is None:
        return None
    procedure = application.procedure.read()
    is_waiting = application.state in WAITING
    day = on if is_waiting or application.decided_date is None else application.decided_date
    book = bylaws.rules_on(day)
    rows = list(StepNote.objects.filter(application=application).order_by("pk"))
    noted = _noted(rows)
    steps = tuple(
        _line(one, noted.get(one.step.key, ()))
        for one in procedures.judged_by(application, rows, book)
    )
    decision = procedure.first(StepKind.DECISION)
    by = procedures.last_day_to_decide(application, book)
    refused = application.state == Application.State.REFUSED
    appeal = None if is_waiting else Appeal.objects.filter(application=application).first()
    step = procedure.first(StepKind.APPEAL)
    asks_shares = procedure.first(StepKind.SHARES) is not None
    until = None
    if step and application.decided_date:
        decided = application.decided_date
        until = rules.last_day(step.limit("within"), book, decided)
    return Checklist(
        title=procedure.title,
        citation=str(procedure.sheet),
        steps=steps,
        body=decision.body if decision else "",
        base_text=str(rules.BASES[decision.base]) if decision else "",
        decide_by_date=by,
        is_late=is_waiting and by is not None and by < on,
        is_waiting=is_waiting,
        is_approved=application.state == Application.State.APPROVED,
        owed_won=application.member_class.share_minimum_won if asks_shares else 0,
        pay_until_date=application.pay_until_date,
        ballot=tuple(application.ballot.items()),
        findings=kept(application.findings),
        appeal_body=step.body if step else "",
        appeal_until_date=until if refused else None,
        may_appeal=refused and appeal is None and until is not None and on <= until,
        appeal=_appeal(appeal),
    )


def _line(judged: rules.Judged, noted: tuple[NotedLine, ...]) -> StepLine:
    step = judged.step
    return StepLine(
        key=step.key,
        kind=step.kind.value,
        kind_text=str(rules.STEP_KINDS[step.kind]),
        title=step.title,
        citation=str(step.sheet),
        about=step.sheet.text,
        done=judged.done,
        refused=judged.refused,
        missing=judged.missing,
        finding=judged.finding,
        noted=noted,
        deed=DEEDS.get(step.kind, "note_step"),
        wording=step.wording,
        version=step.version,
    )


def _noted(rows: list[StepNote]) -> dict[str, tuple[NotedLine, ...]]:
    """What was noted for each step, the latest of each item."""
    latest = {(note.step, note.item): note for note in rows}
    names = parties.names_of(note.said.get("party") for note in latest.values())
    found: dict[str, tuple[NotedLine, ...]] = {}
    for (key, item), note in latest.items():
        by = note.said.get("by", "")
        who = names.get(note.said.get("party") or 0, "") or note.said.get("name", "")
        line = NotedLine(
            item="" if by else item or _shown(note.said),
            who=str(who or rules.SPONSORS.get(by, "")),
            waived=note.outcome == StepNote.Outcome.WAIVED,
            on_paper=note.on_paper,
            text=note.text,
            noted_at=note.noted_at,
        )
        found[key] = (*found.get(key, ()), line)
    return found


def _shown(said: dict[str, object]) -> str:
    """What was found, in a few words: 60 / 120 · 41110 · 2026-11-18."""
    if "found" in said:
        return f"{said['found']} / {said['of']}" if "of" in said else str(said["found"])
    shown = (said.get(name) for name in ("designation", "number", "date"))
    return " · ".join(str(one) for one in shown if one)


def _appeal(appeal: Appeal | None) -> AppealLine | None:
    if appeal is None:
        return None
    return AppealLine(
        appeal.body,
        appeal.appealed_date,
        appeal.text,
        appeal.decided_date,
        appeal.decided_by,
        appeal.granted,
        appeal.reason,
    )
