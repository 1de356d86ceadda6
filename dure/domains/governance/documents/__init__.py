"""What meetings leave on paper."""

from .calendars import feed
from .letters import minutes_letter
from .minutes import minutes_pdf, minutes_statement
from .notices import notice_letter, notice_message, notices_pdf
from .validity import validity_pdf

__all__ = [
    "feed",
    "minutes_letter",
    "minutes_pdf",
    "minutes_statement",
    "notice_letter",
    "notice_message",
    "notices_pdf",
    "validity_pdf",
]
