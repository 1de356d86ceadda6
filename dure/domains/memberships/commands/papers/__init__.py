"""Papers with a number: issued, one or many, and taken back."""

from .issuing import (
    AlreadyRevoked,
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
    "HoldsNoShares",
    "NothingToIssue",
    "RevocationUnreasoned",
    "UnknownPaper",
    "YearNotBegun",
    "issue_paper",
    "issue_papers",
    "issue_register",
    "revoke_paper",
]
