"""Papers and letters of the memberships."""

from .bundle import papers_zip
from .issued import MANY_MAX, file_name, papers_pdf
from .letters import Letter, letter, letter_pdf
from .papers import dues_notice, statement_pdf
from .shares import share_report_pdf, share_report_sheet

__all__ = [
    "MANY_MAX",
    "Letter",
    "dues_notice",
    "file_name",
    "letter",
    "letter_pdf",
    "papers_pdf",
    "papers_zip",
    "statement_pdf",
    "share_report_pdf",
    "share_report_sheet",
]
