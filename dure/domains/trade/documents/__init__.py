"""The papers of mutual trade."""

from .order import order_pdf, order_sheet
from .set_off import set_off_pdf
from .totals import totals_pdf
from .year import year_pdf

__all__ = ["order_pdf", "order_sheet", "set_off_pdf", "totals_pdf", "year_pdf"]
