"""The papers of loans."""

from .portfolio import age_label, definitions, portfolio_blocks, portfolio_book, portfolio_pdf

__all__ = ["age_label", "definitions", "portfolio_blocks", "portfolio_book", "portfolio_pdf"]
