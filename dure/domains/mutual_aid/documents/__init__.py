"""Mutual aid on paper."""

from .campaigns import gift_receipt_pdf as gift_receipt_pdf
from .contract import contract_pdf as contract_pdf
from .reserve import reserve_statement as reserve_statement
from .solvency import (
    case_label as case_label,
    cover_said as cover_said,
    solvency_statement as solvency_statement,
    used_up_said as used_up_said,
    year_label as year_label,
)
