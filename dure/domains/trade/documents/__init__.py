"""The papers of mutual trade."""

from .set_off import set_off_pdf
from .year import year_pdf

__all__ = ["set_off_pdf", "year_pdf"]
