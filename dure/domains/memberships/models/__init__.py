"""Members, what they applied for, what they owe and what they paid.

Periods end exclusively: a member with `left_date` 2026-11-10 was a member for the last time on the
9th. `…_won` are whole won. Text about people that a deed must not keep is sealed by the events.
"""

from .dues import AgreedDues, Charge, DuesPlan, DuesRun, Waiver
from .members import Application, ClassSpell, InterviewNote, MemberClass, Membership, Series
from .receipts import Allocation, Receipt, ReceiptImport, ShareMovement

__all__ = [
    "AgreedDues",
    "Allocation",
    "Application",
    "Charge",
    "ClassSpell",
    "DuesPlan",
    "DuesRun",
    "InterviewNote",
    "MemberClass",
    "Membership",
    "Receipt",
    "ReceiptImport",
    "Series",
    "ShareMovement",
    "Waiver",
]
