"""Facts about mutual trade."""

from .contributions import (
    ContributionEnded,
    ContributionLaidDown,
    ContributionReceived,
    ContributionsBilled,
    ContributionUndone,
    CooperativeFundUsed,
    ProfitStated,
)
from .corrections import (
    DealCorrected,
    DealCorrectionDeclined,
    DealCorrectionProposed,
    DealDisputed,
    DealDisputeSettled,
)
from .deals import DealConfirmed, DealRecorded, DealRefused, DealsMoved, DealWithdrawn
from .imports import DealsImported
from .orders import (
    OrderAccepted,
    OrderCountered,
    OrderDeclined,
    OrderDelivered,
    OrderEnded,
    OrderProposed,
    OrderWithdrawn,
)
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
    "ContributionEnded",
    "ContributionLaidDown",
    "ContributionReceived",
    "ContributionUndone",
    "ContributionsBilled",
    "CooperativeFundUsed",
    "DealConfirmed",
    "DealCorrected",
    "DealCorrectionDeclined",
    "DealCorrectionProposed",
    "DealDisputeSettled",
    "DealDisputed",
    "DealPaid",
    "DealRecorded",
    "DealRefused",
    "DealSettlementTakenBack",
    "DealWithdrawn",
    "DealsImported",
    "DealsMoved",
    "OrderAccepted",
    "OrderCountered",
    "OrderDeclined",
    "OrderDelivered",
    "OrderEnded",
    "OrderProposed",
    "OrderWithdrawn",
    "ProfitStated",
]
