"""Papers with a number: issued, one or many, and taken back."""

from .donating import (
    DonationIsReceipted,
    DonationReceiptsNotAllowed,
    DonorMustBeKept,
    NothingDonated,
    issue_donation_receipt,
    issue_donation_receipts,
)
from .issuing import (
    AlreadyRevoked,
    CertificateIsOut,
    HoldsNoShares,
    NothingToIssue,
    RevocationUnreasoned,
    UnknownPaper,
    YearNotBegun,
    issue_paper,
    issue_papers,
    issue_register,
    revoke_paper,
)

__all__ = [
    "AlreadyRevoked",
    "CertificateIsOut",
    "DonationIsReceipted",
    "DonationReceiptsNotAllowed",
    "DonorMustBeKept",
    "HoldsNoShares",
    "NothingDonated",
    "NothingToIssue",
    "RevocationUnreasoned",
    "UnknownPaper",
    "YearNotBegun",
    "issue_donation_receipt",
    "issue_donation_receipts",
    "issue_paper",
    "issue_papers",
    "issue_register",
    "revoke_paper",
]
