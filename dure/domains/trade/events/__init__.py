"""Facts about mutual trade."""

from .deals import DealConfirmed, DealRecorded, DealRefused, DealWithdrawn
from .rounds import (
    ClearingAgreed,
    ClearingGivenUp,
    ClearingOpened,
    ClearingPartyExcluded,
    ClearingSettled,
    ClearingWithdrawn,
)
from .settlements import DealPaid, DealSettlementTakenBack

__all__ = [
    "ClearingAgreed",
    "ClearingGivenUp",
    "ClearingOpened",
    "ClearingPartyExcluded",
    "ClearingSettled",
    "ClearingWithdrawn",
    "DealConfirmed",
    "DealPaid",
    "DealRecorded",
    "DealRefused",
    "DealSettlementTakenBack",
    "DealWithdrawn",
]
