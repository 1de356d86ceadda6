"""The nouns of loans."""

from .loans import Loan, LoanInstalment, LoanPayment
from .products import LoanProduct

__all__ = ["Loan", "LoanInstalment", "LoanPayment", "LoanProduct"]
