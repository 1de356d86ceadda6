"""Papers and letters of the memberships."""

from .letters import Letter, letters
from .papers import payment_certificate, statement_pdf

__all__ = ["Letter", "letters", "payment_certificate", "statement_pdf"]
