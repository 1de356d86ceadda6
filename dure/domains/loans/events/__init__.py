"""Facts about loans."""

from .products import LoanProductEnded, LoanProductLaidDown

__all__ = ["LoanProductEnded", "LoanProductLaidDown"]
