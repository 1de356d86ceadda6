"""Facts about loans."""

from .changes import (
    LoanCalledDue,
    LoanRecovered,
    LoanRescheduled,
    LoanSpared,
    LoanWrittenOff,
)
from .daily import LoanDayCarried, LoanDayRun
from .letters import LoanLettersSent
from .loans import (
    LoanApplicationWithdrawn,
    LoanAppliedFor,
    LoanApproved,
    LoanCeilingHeld,
    LoanDebitAgreed,
    LoanPaidOut,
    LoanPaymentTakenBack,
    LoanRefused,
    LoanRepaid,
    LoanSigned,
    LoansMoved,
)
from .products import LoanProductEnded, LoanProductLaidDown
from .review import (
    GuaranteeAnswered,
    GuaranteeSigned,
    GuarantorCalled,
    GuarantorNamed,
    GuarantorPaid,
    LoanCertified,
    LoanConditionMet,
    LoanNoted,
    LoanPaperHandedIn,
    LoanPapersScheduled,
    LoanPromiseLapsed,
)

__all__ = [
    "LoanCertified",
    "GuaranteeAnswered",
    "GuaranteeSigned",
    "GuarantorCalled",
    "GuarantorNamed",
    "GuarantorPaid",
    "LoanConditionMet",
    "LoanNoted",
    "LoanPaperHandedIn",
    "LoanPapersScheduled",
    "LoanPromiseLapsed",
    "LoanCalledDue",
    "LoanRecovered",
    "LoanRescheduled",
    "LoanSpared",
    "LoanWrittenOff",
    "LoanAppliedFor",
    "LoanApplicationWithdrawn",
    "LoanApproved",
    "LoanCeilingHeld",
    "LoanDayCarried",
    "LoanDayRun",
    "LoanDebitAgreed",
    "LoanLettersSent",
    "LoanPaidOut",
    "LoanPaymentTakenBack",
    "LoanProductEnded",
    "LoanProductLaidDown",
    "LoanRefused",
    "LoanRepaid",
    "LoanSigned",
    "LoansMoved",
]
