"""The nouns of mutual aid."""

from .campaigns import AidCampaign, AidDecider, AidGift, AidGrant, AidGrantVote
from .claims import AidClaim
from .contributions import AidBill, AidReceipt, AidReceiptUndone
from .enrolments import AidEnrolment
from .plans import AidBenefit, AidPlan
from .reserve import ReservePlacement

__all__ = [
    "AidCampaign",
    "AidDecider",
    "AidGift",
    "AidGrant",
    "AidGrantVote",
    "AidBenefit",
    "AidBill",
    "AidClaim",
    "AidEnrolment",
    "AidPlan",
    "AidReceipt",
    "AidReceiptUndone",
    "ReservePlacement",
]
