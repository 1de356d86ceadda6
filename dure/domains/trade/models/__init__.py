"""The nouns of mutual trade."""

from .bars import ClearingBar
from .bundles import Bundle, BundleSale
from .contributions import (
    ContributionBill,
    ContributionReceipt,
    ContributionReceiptUndone,
    ContributionRule,
    FundUse,
    ProfitStatement,
)
from .deals import Deal, DealVersion
from .group_buys import (
    GroupBuy,
    GroupBuyBill,
    GroupBuyPayment,
    GroupBuyReceipt,
    GroupBuyReceiptUndone,
    GroupBuyWish,
)
from .listings import Listing, ListingImport, ListingTerm, SynonymList
from .orders import DealLine, Order, OrderLine, OrderTerms
from .pools import LiquidityPool, PoolMove, PoolMoveUndone, PoolPart
from .recurring import RecurringDeal
from .rounds import ClearingParty, ClearingRound
from .settlements import DealSettlement, DealSettlementUndone

__all__ = [
    "ClearingBar",
    "Bundle",
    "BundleSale",
    "ClearingParty",
    "ClearingRound",
    "ContributionBill",
    "ContributionReceipt",
    "ContributionReceiptUndone",
    "ContributionRule",
    "Deal",
    "DealLine",
    "DealSettlement",
    "DealSettlementUndone",
    "DealVersion",
    "FundUse",
    "Listing",
    "ListingImport",
    "ListingTerm",
    "Order",
    "OrderLine",
    "OrderTerms",
    "LiquidityPool",
    "PoolMove",
    "PoolMoveUndone",
    "PoolPart",
    "GroupBuy",
    "GroupBuyBill",
    "GroupBuyPayment",
    "GroupBuyReceipt",
    "GroupBuyReceiptUndone",
    "GroupBuyWish",
    "ProfitStatement",
    "SynonymList",
    "RecurringDeal",
]
