"""The nouns of loans."""

from .loans import Loan, LoanInstalment, LoanPayment, LoanPaymentUndone
from .products import LoanProduct
from .standings import LoanDay, LoanDayFund, LoanProvision, LoanStanding

__all__ = [
    "Loan", "LoanDay", "LoanDayFund", "LoanInstalment", "LoanPayment", "LoanPaymentUndone",
    "LoanProduct",
    "LoanProvision", "LoanStanding",
]  # fmt: skip
