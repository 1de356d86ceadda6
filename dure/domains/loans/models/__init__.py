"""The nouns of loans."""

from .products import LoanProduct

__all__ = ["LoanProduct"]
