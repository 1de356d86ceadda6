"""Members, what they applied for, what they owe and what they paid.

Periods end exclusively: a member with `left_date` 2026-11-10 was a member for the last time on the
9th. `…_won` are whole won. Text about people that a deed must not keep is sealed by the events.
"""

from .admission import (
    Appeal,
    Procedure,
    StepNote,
)
from .arrears import ArrearsStep, InstalmentPlan
from .bank import BankLayout, BankLine, ReceiptImport
from .conduct import ConductCase, ConductNote
from .debits import DebitLine, DebitRun, Mandate
from .dues import AgreedDues, Charge, DuesPlan, DuesRun, Exemption, Waiver
from .duties import ClassTerm
from .ethics import CodeDrafting, CodeSignature, DraftingStage, EthicsCode
from .members import Application, ClassSpell, InterviewNote, MemberClass, Membership, Series
from .papers import IssuedPaper, PaperRevocation, ReceiptedDonation
from .receipts import Allocation, Credit, PayerAlias, Receipt, ReceiptUse
from .shares import (
    ShareCertificate,
    ShareClaim,
    ShareMovement,
    SharePayout,
    ShareReport,
    ShareSubscription,
)

__all__ = [
    "AgreedDues",
    "Allocation",
    "Appeal",
    "Application",
    "ArrearsStep",
    "BankLayout",
    "BankLine",
    "Charge",
    "ClassSpell",
    "ClassTerm",
    "CodeDrafting",
    "CodeSignature",
    "ConductCase",
    "ConductNote",
    "Credit",
    "DebitLine",
    "DebitRun",
    "DraftingStage",
    "DuesPlan",
    "DuesRun",
    "EthicsCode",
    "Exemption",
    "InstalmentPlan",
    "InterviewNote",
    "IssuedPaper",
    "Mandate",
    "MemberClass",
    "Membership",
    "PaperRevocation",
    "PayerAlias",
    "Procedure",
    "Receipt",
    "ReceiptImport",
    "ReceiptUse",
    "ReceiptedDonation",
    "Series",
    "ShareMovement",
    "StepNote",
    "Waiver",
    "ShareCertificate",
    "ShareClaim",
    "SharePayout",
    "ShareReport",
    "ShareSubscription",
]
