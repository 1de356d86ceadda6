"""What meetings leave on paper."""

from .minutes import minutes_pdf
from .validity import validity_pdf

__all__ = ["minutes_pdf", "validity_pdf"]
