"""The nouns of mutual trade."""

from .deals import Deal, DealVersion
from .settlements import DealSettlement, DealSettlementUndone

__all__ = ["Deal", "DealSettlement", "DealSettlementUndone", "DealVersion"]
