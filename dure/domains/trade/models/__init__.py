"""The nouns of mutual trade."""

from .deals import Deal, DealVersion
from .rounds import ClearingParty, ClearingRound
from .settlements import DealSettlement, DealSettlementUndone

__all__ = [
    "ClearingParty",
    "ClearingRound",
    "Deal",
    "DealSettlement",
    "DealSettlementUndone",
    "DealVersion",
]
