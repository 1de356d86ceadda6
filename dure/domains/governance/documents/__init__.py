"""What meetings leave on paper."""

from .minutes import minutes_pdf
from .notices import notice_letter, notices_pdf
from .validity import validity_pdf

__all__ = ["minutes_pdf", "notice_letter", "notices_pdf", "validity_pdf"]
