"""The papers of loans."""

from .disclosure import lending_sheet
from .letters import letters_pdf, loan_letter
from .portfolio import age_label, definitions, portfolio_blocks, portfolio_book, portfolio_pdf
from .statement import statement_book, statement_pdf

__all__ = [
    "age_label",
    "definitions",
    "lending_sheet",
    "letters_pdf",
    "loan_letter",
    "portfolio_blocks",
    "portfolio_book",
    "portfolio_pdf",
    "statement_book",
    "statement_pdf",
]
