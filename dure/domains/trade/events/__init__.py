"""Facts about mutual trade."""

from .deals import DealConfirmed, DealRecorded, DealRefused, DealWithdrawn
from .settlements import DealPaid, DealSettlementTakenBack

__all__ = [
    "DealConfirmed",
    "DealPaid",
    "DealRecorded",
    "DealRefused",
    "DealSettlementTakenBack",
    "DealWithdrawn",
]
