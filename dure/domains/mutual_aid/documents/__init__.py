"""Mutual aid on paper."""

from .campaigns import gift_receipt_pdf as gift_receipt_pdf
from .contract import contract_pdf as contract_pdf
from .reserve import reserve_statement as reserve_statement
from .solvency import case_label as case_label
from .solvency import cover_said as cover_said
from .solvency import solvency_statement as solvency_statement
from .solvency import used_up_said as used_up_said
from .solvency import year_label as year_label
