"""The nouns of loans."""

from .loans import Loan, LoanInstalment, LoanPayment, LoanPaymentUndone
from .products import LoanProduct
from .review import GuaranteePayment, LoanCondition, LoanGuarantee, LoanNote, LoanPaper
from .standings import LoanDay, LoanDayFund, LoanProvision, LoanStanding

__all__ = [
    "GuaranteePayment", "Loan", "LoanCondition", "LoanDay", "LoanDayFund", "LoanGuarantee",
    "LoanInstalment", "LoanNote", "LoanPaper", "LoanPayment", "LoanPaymentUndone", "LoanProduct",
    "LoanProvision", "LoanStanding",
]  # fmt: skip
