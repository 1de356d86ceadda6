"""The nouns of loans."""

from .changes import LoanChange
from .letters import LoanLetter
from .loans import Loan, LoanInstalment, LoanPayment, LoanPaymentUndone
from .products import LoanProduct
from .review import GuaranteePayment, LoanCondition, LoanGuarantee, LoanNote, LoanPaper
from .standings import LoanDay, LoanDayFund, LoanProvision, LoanStanding

__all__ = [
    "GuaranteePayment", "Loan", "LoanChange", "LoanCondition", "LoanDay", "LoanDayFund", "LoanGuarantee",
    "LoanInstalment", "LoanLetter", "LoanNote", "LoanPaper", "LoanPayment", "LoanPaymentUndone", "LoanProduct",
    "LoanProvision", "LoanStanding",
]  # fmt: skip
