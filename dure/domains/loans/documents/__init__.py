"""The papers of loans."""

from .portfolio import Block, portfolio_blocks, portfolio_book, portfolio_pdf

__all__ = ["Block", "portfolio_blocks", "portfolio_book", "portfolio_pdf"]
