"""Facts about mutual aid."""

from .claims import (
    AidAppealDecided,
    AidBenefitPaid,
    AidClaimApproved,
    AidClaimFiled,
    AidClaimRefused,
    AidClaimsErased,
    AidClaimWithdrawn,
    AidEvidenceAdded,
    AidRefusalAppealed,
)
from .contributions import (
    AidContributionReceived,
    AidContributionsBilled,
    AidContributionsWatched,
    AidContributionUndone,
)
from .enrolments import (
    AidApplicationWithdrawn,
    AidAppliedFor,
    AidContractSigned,
    AidEnded,
    AidEnrolmentApproved,
    AidEnrolmentRefused,
    AidOfLeaverEnded,
    AidRefundPaid,
    AidRevived,
)
from .plans import AidPlanEnded, AidPlanLaidDown
from .reserve import ReservePlaced, ReserveReturned

__all__ = [
    "AidAppealDecided",
    "AidApplicationWithdrawn",
    "AidAppliedFor",
    "AidBenefitPaid",
    "AidClaimApproved",
    "AidClaimFiled",
    "AidClaimRefused",
    "AidClaimWithdrawn",
    "AidClaimsErased",
    "AidContractSigned",
    "AidContributionReceived",
    "AidContributionUndone",
    "AidContributionsBilled",
    "AidContributionsWatched",
    "AidEnded",
    "AidEnrolmentApproved",
    "AidEnrolmentRefused",
    "AidEvidenceAdded",
    "AidOfLeaverEnded",
    "AidPlanEnded",
    "AidPlanLaidDown",
    "AidRefundPaid",
    "AidRefusalAppealed",
    "AidRevived",
    "ReservePlaced",
    "ReserveReturned",
]
