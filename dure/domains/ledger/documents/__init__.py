"""The statements as sheets: one description, shown as page, PDF and Excel."""

from .kept import sheet_of_kept, sheets_of_kept
from .paper import file_name, paper, report, workbook
from .sheets import (
    Cell,
    Row,
    Sheet,
    activities_sheet,
    balance_sheet_sheet,
    fund_sheet,
    money_sheet,
    sheet_of,
    trial_balance_sheet,
)

__all__ = [
    "Cell",
    "Row",
    "Sheet",
    "activities_sheet",
    "balance_sheet_sheet",
    "file_name",
    "fund_sheet",
    "money_sheet",
    "paper",
    "report",
    "sheet_of",
    "sheet_of_kept",
    "sheets_of_kept",
    "trial_balance_sheet",
    "workbook",
]
