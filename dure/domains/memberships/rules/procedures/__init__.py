"""How one becomes a member, as data: procedures of typed steps, read, written and judged. Pure.

1. A procedure belongs to a class of member and holds from a day on; an application keeps the one
   it was made under.
2. A step has a kind, which says what may be noted for it and how it is judged. No network is named
   in code: what differs between networks stands in the steps.
3. What a step asks is a limit: a rule of the rulebook by its key, or a value of its own with the
   article it stands in. Every judgement is a finding of the bylaws.
4. Steps before the decision must be done before a yes; the decision is counted, not believed: so
   many in favour, of all seats or of those present.
5. Where shares are asked for, the yes is an approval, and the payment makes the member.
"""

from .changing import (
    RULES,
    free_key,
    limits_of,
    moved_up,
    new_limit,
    new_way,
    with_step,
    without_step,
)
from .judging import (
    DONE,
    WAIVED,
    Hand,
    Judged,
    Note,
    asked,
    judge,
    judged_ballot,
    ready,
    why_not_open,
)
from .reading import SHAPES, read_procedure
from .steps import (
    BASES,
    SPONSORS,
    STEP_KINDS,
    Ballot,
    Limit,
    Procedure,
    Sheet,
    Step,
    StepKind,
    Way,
    judged_period,
    last_day,
)
from .writing import write_procedure

__all__ = [
    "RULES",
    "SHAPES",
    "free_key",
    "limits_of",
    "moved_up",
    "new_limit",
    "new_way",
    "with_step",
    "without_step",
    "BASES",
    "DONE",
    "SPONSORS",
    "STEP_KINDS",
    "WAIVED",
    "Ballot",
    "Hand",
    "Judged",
    "Limit",
    "Note",
    "Procedure",
    "Sheet",
    "Step",
    "StepKind",
    "Way",
    "asked",
    "judge",
    "judged_ballot",
    "judged_period",
    "last_day",
    "read_procedure",
    "ready",
    "why_not_open",
    "write_procedure",
]
