"""The nouns of governance: bodies and seats, meetings, what is voted on and what came of it."""

from .agenda import Issue, IssueStep
from .bodies import Body, Competence, Quota, Seat, Term, Turn
from .cycles import CalendarKey, Cycle, CycleHost
from .demands import Demand, DemandSignature
from .items import ActionItem, ItemPaper
from .meetings import Attendance, Item, Meeting, Notice, Proxy
from .minutes import Minutes, MinutesComment, MinutesSignature, MinutesVersion
from .plans import (
    Plan,
    PlanBudget,
    PlanIndicator,
    PlanLine,
    PlanMeasure,
    PlanPart,
    PlanReport,
    PlanVersion,
)
from .templates import PaperTemplate
from .votes import (
    BallotTaken,
    BarredVoter,
    CastVote,
    HandCount,
    Option,
    Resolution,
    Roll,
    Vote,
    Voter,
)
from .writing import WrittenVote

__all__ = [
    "ActionItem",
    "Attendance",
    "BallotTaken",
    "BarredVoter",
    "Body",
    "CalendarKey",
    "CastVote",
    "Competence",
    "Cycle",
    "CycleHost",
    "Demand",
    "DemandSignature",
    "HandCount",
    "Issue",
    "IssueStep",
    "Item",
    "ItemPaper",
    "Meeting",
    "Minutes",
    "MinutesComment",
    "MinutesSignature",
    "MinutesVersion",
    "Notice",
    "Option",
    "PaperTemplate",
    "Plan",
    "PlanBudget",
    "PlanIndicator",
    "PlanLine",
    "PlanMeasure",
    "PlanPart",
    "PlanReport",
    "PlanVersion",
    "Proxy",
    "Quota",
    "Resolution",
    "Roll",
    "Seat",
    "Term",
    "Turn",
    "Vote",
    "Voter",
    "WrittenVote",
]
