"""Changing a procedure step by step: each change is a new procedure, the old one stays as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dure.domains.bylaws.rules import Comparison, Kind, fit, read_value

from .reading import SHAPES, usual_comparison
from .steps import AFTER, Limit, Procedure, Sheet, Step, StepKind, Way

RULES: Mapping[tuple[StepKind, str], str] = {  # the network's rule that holds where none is typed
    (StepKind.DECISION, "majority"): "admission.majority_ratio",
    (StepKind.DECISION, "quorum"): "admission.quorum_ratio",
    (StepKind.DECISION, "within"): "admission.decide_within_days",
    (StepKind.SHARES, "within"): "admission.payment_within_months",
    (StepKind.APPEAL, "within"): "admission.appeal_within_days",
}


def limits_of(kind: StepKind) -> Mapping[str, tuple[Kind, ...]]:
    """The limits a step of a kind may have, with the kinds of value that fit."""
    return SHAPES[kind].limits or {}


def new_limit(kind: Kind, text: str, sheet: Sheet, label: str, comparison: str = "") -> Limit:
    """A value of the procedure's own, as typed. Raises ValueUnreadable, ComparisonUnfit."""
    compared = Comparison(comparison) if comparison else usual_comparison(kind)
    fit(kind, compared)
    return Limit(
        kind=kind, comparison=compared, value=read_value(kind, text), label=label, sheet=sheet
    )


def new_way(by: str, count: int, sheet: Sheet, label: str) -> Way:
    """A way to be sponsored: by so many."""
    limit = Limit(
        kind=Kind.COUNT, comparison=Comparison.AT_LEAST, value=count, label=label, sheet=sheet
    )
    return Way(by, limit)


def free_key(procedure: Procedure, kind: StepKind) -> str:
    """A key that no step has yet: fact, fact-2 …"""
    taken = {step.key for step in procedure.steps}
    number = 1
    while (key := kind.value if number == 1 else f"{kind.value}-{number}") in taken:
        number += 1
    return key


def with_step(procedure: Procedure, step: Step) -> Procedure:
    """With a step added before the decision (or after it, by its kind), or changed in its place."""
    steps = list(procedure.steps)
    for at, one in enumerate(steps):
        if one.key == step.key:
            steps[at] = step
            return replace(procedure, steps=tuple(steps))
    order = {kind: number for number, kind in enumerate(AFTER, 1)}
    rank = order.get(step.kind, 0)
    at = next((n for n, one in enumerate(steps) if order.get(one.kind, 0) > rank), len(steps))
    steps.insert(at, step)
    return replace(procedure, steps=tuple(steps))


def without_step(procedure: Procedure, key: str) -> Procedure:
    """Without a step; the rest as it was."""
    return replace(procedure, steps=tuple(s for s in procedure.steps if s.key != key))


def moved_up(procedure: Procedure, key: str) -> Procedure:
    """With a step one place earlier."""
    steps = list(procedure.steps)
    at = next((n for n, one in enumerate(steps) if one.key == key), 0)
    if at:
        steps[at - 1], steps[at] = steps[at], steps[at - 1]
    return replace(procedure, steps=tuple(steps))
