"""The nouns of governance: bodies and seats, meetings, what is voted on and what came of it."""

from .agenda import Issue, IssueStep
from .bodies import Body, Competence, Quota, Seat, Term, Turn
from .cycles import CalendarKey, Cycle, CycleHost
from .demands import Demand, DemandSignature
from .meetings import Attendance, Item, Meeting, Notice, Proxy
from .minutes import Minutes, MinutesComment, MinutesSignature, MinutesVersion
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
    "CalendarKey",
    "Cycle",
    "CycleHost",
    "Attendance",
    "BallotTaken",
    "BarredVoter",
    "Body",
    "CastVote",
    "Competence",
    "HandCount",
    "Issue",
    "IssueStep",
    "Item",
    "Meeting",
    "Minutes",
    "MinutesComment",
    "MinutesSignature",
    "MinutesVersion",
    "Notice",
    "Option",
    "PaperTemplate",
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
    "Demand",
    "DemandSignature",
]
