"""What happened in bodies and meetings."""

from .bodies import BodyAdded, BodyEnded, CompetenceGranted, SeatAdded, SeatFilled, TermEnded
from .meetings import (
    CheckedIn,
    CheckedOut,
    ItemAdded,
    MeetingCalledOff,
    MeetingClosed,
    MeetingConvened,
    MeetingOpened,
    MeetingPlanned,
    NoticesNoted,
    ProxyGiven,
    ProxyWithdrawn,
)
from .votes import (
    BallotCast,
    HandsCounted,
    ResolutionAdopted,
    ResolutionCarriedOut,
    VoteBrokenOff,
    VoteCast,
    VoteClosed,
    VoteOpened,
)

__all__ = [
    "ProxyGiven",
    "ProxyWithdrawn",
    "BallotCast",
    "BodyAdded",
    "BodyEnded",
    "CheckedIn",
    "CheckedOut",
    "CompetenceGranted",
    "HandsCounted",
    "ItemAdded",
    "MeetingCalledOff",
    "MeetingClosed",
    "MeetingConvened",
    "MeetingOpened",
    "MeetingPlanned",
    "NoticesNoted",
    "ResolutionAdopted",
    "ResolutionCarriedOut",
    "SeatAdded",
    "SeatFilled",
    "TermEnded",
    "VoteBrokenOff",
    "VoteCast",
    "VoteClosed",
    "VoteOpened",
]
